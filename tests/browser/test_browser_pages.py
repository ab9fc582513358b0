"""What a person sees on every page, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from components.exhibits import REGISTRY
from components.ui.navigation import PAGES, PageSpec

pytestmark = pytest.mark.browser
# Every page on a wide screen; those that a phone is likely to open on a phone, in the dark; and
# the page with the map in the other two looks.
ON_A_PHONE = {"", "footprints", "collaboratives", "compare", "priorities", "benefits"}
LOOKS = {
    ("wide", "light"): {spec.url_path for spec in PAGES},
    ("narrow", "dark"): ON_A_PHONE,
    ("wide", "dark"): {"footprints"},
    ("narrow", "light"): {"footprints"},
}
VIEWS = [
    pytest.param(spec, look, id=f"{spec.url_path or 'overview'}-{'-'.join(look)}")
    for look, paths in LOOKS.items()
    for spec in PAGES
    if spec.url_path in paths
]
HEADINGS = """() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]
    .filter(heading => heading.checkVisibility()).map(heading => +heading.tagName[1])"""
Open = Callable[..., Any]


@pytest.mark.parametrize(("spec", "look"), VIEWS)
def test_page_opens_with_its_exhibits(spec: PageSpec, look: tuple[str, str], visit: Open) -> None:
    seen = visit(spec.url_path, *look)
    page = seen.page
    assert page.get_by_text("Page not found").count() == 0
    for exhibit_id in spec.exhibits:
        card = page.locator(f".st-key-exhibit-{exhibit_id}")
        expect(card).to_contain_text(REGISTRY[exhibit_id].title)
        expect(card).to_contain_text("Source:")
    levels = page.evaluate(HEADINGS)
    assert [one for one in levels if one == 1] == [1]
    assert [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1] == [], "headings skip one"
    width = page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= page.viewport_size["width"], "the page scrolls sideways"


def test_charts_and_maps_are_drawn_with_a_text_alternative(visit: Open) -> None:
    page = visit("footprints").page
    for exhibit_id, inside in (
        ("footprint-map", "canvas"),
        ("footprint-matrix", ".js-plotly-plot"),
        ("formation-timeline", ".js-plotly-plot"),
    ):
        card = page.locator(f".st-key-exhibit-{exhibit_id}")
        card.locator(inside).first.wait_for()
        told = card.locator(f'[aria-label*="{REGISTRY[exhibit_id].alt[:40]}"]')
        told.first.wait_for(state="attached")


def test_map_says_its_vintage_and_attribution(visit: Open) -> None:
    card = visit("footprints").page.locator(".st-key-exhibit-footprint-map")
    for words in (
        "Boundaries of April 2023",
        "Open Government Licence v.3.0",
        "Inferred, not stated",
    ):
        expect(card).to_contain_text(words)
