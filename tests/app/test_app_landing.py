"""A link to an exhibit opens the part of the page, or the view of the map, that shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from components.ui import address
from components.ui.landing import opened_by
from components.ui.navigation import PAGES, page
from components.ui.parts import PARTS
from tests.app.opening import open_page


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def test_every_exhibit_that_a_page_does_not_show_at_first_is_opened_by_a_link() -> None:
    needing = {(s.url_path, key) for s in PAGES if s.in_parts for key in s.on_choice}
    needing |= {("footprints", key) for key in page("footprints").on_choice}
    assert {pair for pair in needing if not opened_by(*pair)} == set()
    for path, parts in PARTS.items():
        for part in parts:
            for key in part.exhibits:
                assert opened_by(path, key)["part"] in {p.id for p in parts if key in p.exhibits}


@pytest.mark.parametrize("is_history", [False, True], ids=["opened", "a step in the history"])
@pytest.mark.parametrize(
    ("path", "exhibit", "expected"),
    [
        ("delegation", "governance-models", {"part": "governance"}),
        ("helps", "board-questions", {"part": "board"}),
        ("footprints", "benefit-hexmap", {"view": "benefits", "form": "hexagons"}),
    ],
)
def test_it_is_shown_however_the_link_was_followed(
    monkeypatch: pytest.MonkeyPatch, path: str, exhibit: str, expected: dict[str, str],
    is_history: bool,
) -> None:  # fmt: skip
    # A link in a text goes there by a step in the browser's history (server/assets/links.js).
    monkeypatch.setattr(address, "_in_history", lambda: is_history)
    app = open_page(page(path), {"at": exhibit, "sector": "acute"})
    assert dict(app.query_params) == {"sector": "acute", **expected}
    assert [w.value for w in app.warning] == []
