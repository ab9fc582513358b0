"""The search answers whatever exhibit is looked for, with the files that it hands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import streamlit as st

from components.exhibits import REGISTRY
from components.ui.navigation import PAGES, page
from components.ui.search import BOX, index, results, target
from data import Catalogue
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


@pytest.mark.parametrize(
    ("typed", "url_path", "params"),
    [
        ("memberships", "tables", {"table": "memberships"}),
        ("outcomes by service", "benefits", {"at": "outcomes-by-service"}),
        ("precision column survey results", "dictionary", {"of": "survey_results",
                                                           "find": "precision"}),
        ("upload", "own", {}),
        ("API", "interface", {}),
        ("LS1", "footprints", {"found": "LS1"}),
        ("ls1 4ap", "footprints", {"found": "LS1"}),
    ],
)  # fmt: skip
def test_the_first_result_opens_the_right_page_in_the_right_state(
    catalogue: Catalogue, typed: str, url_path: str, params: dict[str, str]
) -> None:
    """Opened as the result says: a page that drops a part of its address warns of it."""
    first = results(catalogue, typed)[0]
    goal = target(first)
    assert (goal.url_path, dict(goal.params)) == (url_path, params)
    app = open_page(page(url_path), params)
    assert [e.message for e in app.exception] == []
    assert [w.value for w in app.warning if w.value.startswith("Part of this link")] == []
    # Where an exhibit stands is read and not kept.
    kept = {name: value for name, value in params.items() if name != "at"}
    assert {name: app.query_params[name] for name in kept} == kept


def test_every_exhibit_is_found_by_its_id(catalogue: Catalogue) -> None:
    shown = {e for spec in PAGES for e in (*spec.exhibits, *spec.on_choice)}
    found = index(catalogue)
    pages = {e.key.partition("#")[2] for e in found.entries if e.kind == "page"}
    missing = [
        e for e in sorted(shown & pages)
        if e not in {h.entry.key.partition("#")[2] for h in found.find(e.replace("-", " "))}
    ]  # fmt: skip
    assert missing == []


def test_a_table_is_offered_with_the_filter_for_a_sector_that_acts_on_it() -> None:
    app = open_page(page(""), {})
    app.session_state[BOX] = "memberships mental health"
    app.button(key="search").click().run(timeout=60)
    links = [(link.proto.label, link.proto.query_string) for link in app.get("page_link")]
    assert any("Memberships (table)" in label and "sector=mhlda" in query
               for label, query in links)  # fmt: skip
