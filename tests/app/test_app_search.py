"""The search answers whatever exhibit is looked for, with the files that it hands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import streamlit as st

from components.exhibits import REGISTRY
from components.ui.navigation import PAGES
from components.ui.search import BOX
from tests.app.opening import open_page

ON_SEVERAL = sorted(
    exhibit for exhibit, pages in Counter(
        e for spec in PAGES for e in (*spec.exhibits, *(spec.on_choice if spec.in_parts else ()))
    ).items() if pages > 1
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def test_an_exhibit_on_several_pages_is_found_on_each_without_an_error() -> None:
    assert ON_SEVERAL
    app = open_page(PAGES[-1], {"sector": "acute"})
    for typed in (*(REGISTRY[exhibit].title for exhibit in ON_SEVERAL), "acute challenges"):
        app.session_state[BOX] = typed
        app.button(key="search").click().run(timeout=60)
        assert [e.message for e in app.exception] == [], typed
        assert len(app.get("download_button")) > 1, typed
