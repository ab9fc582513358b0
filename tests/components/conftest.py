"""Exhibits built once for all the tests that look at them."""

from collections.abc import Callable

import pytest

from components.exhibits import REGISTRY, Built
from data import Catalogue, Selection

Build = Callable[[str, Selection], Built]


@pytest.fixture(scope="session")
def build(catalogue: Catalogue) -> Build:
    """Build an exhibit for a selection, each as seldom as the app would."""
    known: dict[tuple[str, Selection], Built] = {}

    def built(exhibit_id: str, selection: Selection) -> Built:
        exhibit = REGISTRY[exhibit_id]
        relevant = selection.only(exhibit.responds_to)
        key = exhibit_id, relevant
        if key not in known:
            known[key] = exhibit.build(catalogue, relevant)
        return known[key]

    return built
