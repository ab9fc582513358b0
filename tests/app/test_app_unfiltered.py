"""A page that is whole whatever is filtered names the filters that are set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from components.stories import walkthroughs
from components.ui.navigation import page
from data import Catalogue
from tests.app.opening import open_page

WHOLE = [
    ("collaboratives", {"id": "wyaat"}, "This profile shows all that is known"),
    ("systems", {"system": "E54000054"}, "This profile shows all that is known"),
    ("place", {}, "Your answers stand beside all that are published"),
    (
        "tables",
        {"table": "outcomes", "filtered": "no"},
        "the filters that are set are not applied here",
    ),
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


def told(params: dict[str, str]) -> dict[str, str]:
    """Title of each walkthrough -> what its card says of filters that it does not follow."""
    app = open_page(page("present"), params)
    titles = [m.value.split("\n")[0].removeprefix("## ") for m in app.markdown
              if m.value.startswith("## ")]  # fmt: skip
    captions = [c.value for c in app.caption if " · about " in c.value]
    assert len(titles) == len(captions) > 1
    return {
        title: said.partition("not filtered by ")[2]
        for title, said in zip(titles, captions, strict=True)
    }


def test_a_walkthrough_names_the_filters_that_are_set_and_that_it_does_not_follow(
    catalogue: Catalogue,
) -> None:
    assert set(told({}).values()) == {""}
    found = told({"icb": "E54000054", "tier": "press"})
    free = {story.title for story in walkthroughs(catalogue) if not story.subject}
    system = {s.title for s in walkthroughs(catalogue) if s.subject in {"system", "any"}}
    assert free
    assert system
    for title in free:
        assert found[title].startswith("System: West Yorkshire; Tier of source: "), title
    # What is told of a system proposes the one that is filtered by.
    for title in system:
        assert found[title].startswith("Tier of source: "), title


def test_of_two_sectors_a_walkthrough_follows_neither() -> None:
    found = told({"sector": "acute,mhlda"})
    assert all(said.startswith("Sector: Acute") for said in found.values()), found
