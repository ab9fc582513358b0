"""The path of an executive, on a laptop and on a phone, each step within a few clicks."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from components import theme
from tests.browser.drawn import until

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def find(page: Page, text: str) -> None:
    box = page.get_by_role("combobox", name="Find a system, collaborative, trust")
    box.click()
    box.fill(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_from_a_trust_to_its_system_a_comparison_a_brief_and_2026(visit: Open, size: str) -> None:
    seen = visit("footprints", size=size)
    page = seen.page
    # On a phone it moves to the top once something is selected.
    panel = page.locator(".st-key-map-panel").first
    # Whose collaboratives? One search.
    find(page, "Bradford District Care")
    expect(panel).to_contain_text("Bradford District Care NHS Foundation Trust")
    expect(panel).to_contain_text("Has a part in 2 collaboratives")
    # Who else is in its system? One click.
    panel.get_by_role("button", name="Who else is in West Yorkshire?").click()
    expect(panel).to_contain_text("6 collaboratives")
    # Two and more side by side: one click.
    panel.get_by_role("link", name="Compare the first 4").click()
    expect(page.get_by_role("heading", name="Compare", level=1)).to_be_visible()
    expect(page.locator(".side-by-side")).to_contain_text("Provider leadership board")
    page.goto(f"{seen.base}/footprints?icb=E54000054")
    # The brief: one click to the collaborative, one to its brief, which opens in a tab of its own.
    panel.get_by_role("link", name="WYAAT").click()
    head = page.locator(".st-key-profile-head")
    expect(head).to_contain_text("West Yorkshire Association of Acute Trusts")
    with page.expect_popup() as opened:
        head.get_by_role("link", name="Open the brief").click()
    expect(opened.value.locator("main")).to_contain_text("Boundaries of April 2023")
    opened.value.close()
    # The boundaries of April 2026: one click, and said to be carried over.
    page.get_by_role("radio", name="April 2026").click()
    card = page.locator(".st-key-exhibit-collaborative-footprint")
    expect(card).to_contain_text("of April 2026, carried over")
    expect(card).to_contain_text("Boundaries of April 2026")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth"), "the page scrolls sideways"


def fills(page: Page) -> set[str]:
    """Which fills of the map are seen in its picture, by legend key."""
    shot = page.locator("[data-testid=stDeckGlJsonChart]").first.screenshot()
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    colours = picture.getcolors(picture.width * picture.height) or []
    counts = {colour: count for count, colour in colours}
    wanted = {str(n): c[:3] for n, c in enumerate(theme.MAP_STEPS["light"], start=1)}
    wanted |= {"filtered": theme.MAP_FILTERED["light"][:3], "sea": (220, 232, 239)}
    # Half of what the smallest group of areas takes up at half the fineness of a screen.
    least = picture.width * picture.height // 1000
    return {key for key, colour in wanted.items() if counts.get(colour, 0) > least}


def wait_for_fills(page: Page, wanted: set[str]) -> None:
    """Fail unless the map comes to show exactly these fills besides the sea."""
    if not until(page, lambda: fills(page) - {"sea"} == wanted):
        seen = sorted(fills(page) - {"sea"})
        pytest.fail(f"expected areas filled as {sorted(wanted)}, the map shows {seen}")


def test_areas_are_filled_on_the_first_draw_and_after_every_change(visit: Open) -> None:
    page = visit("footprints").page
    wait_for_fills(page, {"1", "2", "3", "4"})
    page.get_by_role("radio", name="April 2026").click()
    expect(page.get_by_text("Boundaries of April 2026.").first).to_be_visible()
    wait_for_fills(page, {"1", "2", "3", "4"})
    find(page, "Leeds Teaching Hospitals NHS Trust")
    expect(page.locator(".st-key-map-panel")).to_contain_text("Has a part in")
    wait_for_fills(page, {"1", "filtered"})
