"""Exhibits built once for all the tests that look at them."""

from collections.abc import Callable, Iterator

import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.base import Builder
from components.exhibits.own_marking import built_and_marked
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


@pytest.fixture(scope="module")
def curated_once() -> Iterator[None]:
    """What own rows are compared with is built once a module, not once for each file that is tried.

    An exhibit beside own rows is built of the Atlas's tables alone as well, to tell what they
    change, and is only looked at. Exhibits of own rows, and those that no own rows are beside, are
    built each time as in the app.
    """
    # The tables are kept with what was built of them, so that their id stays theirs.
    known: dict[tuple[Builder, int, Selection], tuple[Catalogue, Built]] = {}

    def marked(build: Builder, catalogue: Catalogue, selection: Selection) -> Built:
        def once(tables: Catalogue, chosen: Selection) -> Built:
            if tables is not catalogue.curated:
                return build(tables, chosen)
            key = build, id(tables), chosen
            if key not in known:
                known[key] = tables, build(tables, chosen)
            return known[key][1]

        return built_and_marked(once if catalogue.own else build, catalogue, selection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("components.exhibits.base.built_and_marked", marked)
        yield
