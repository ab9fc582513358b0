"""A page that is whole whatever is filtered names the filters that are set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from components.ui.navigation import page
from tests.app.opening import open_page

WHOLE = [
    ("collaboratives", {"id": "wyaat"}, "This profile shows all that is known"),
    ("systems", {"system": "E54000054"}, "This profile shows all that is known"),
    ("place", {}, "Your answers stand beside all that are published"),
    ("tables", {"table": "outcomes"}, "the filters that are set are not applied here"),
]


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.mark.parametrize(("path", "params", "words"), WHOLE, ids=[w[0] for w in WHOLE])
def test_filters_that_change_nothing_are_named_and_none_are_where_none_is_set(
    path: str, params: dict[str, str], words: str
) -> None:
    def said(more: dict[str, str]) -> list[str]:
        app = open_page(page(path), {**params, **more})
        return [c.value for c in app.caption if words in c.value]

    assert said({}) == []
    found = said({"sector": "mhlda"})
    assert len(found) == 1
    assert path == "tables" or "Sector: " in found[0]
