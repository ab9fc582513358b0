"""The search by keyboard on a slow machine: what is typed while a page is loading is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES, WAIT_MS

pytestmark = pytest.mark.browser
SLOWED = 4
WORDS = "priorities mental health"
BOX = ".st-key-search-box input"
INSTANTS = {
    "the page is a shell": "() => !!window.atlasSearch",
    "the first run has begun": "() => !!document.querySelector('[data-testid=stApp]')",
    "its button is drawn": "() => !!document.querySelector('.st-key-search button')",
}
"""From when on somebody types, and how the page tells that it has come to it."""


@pytest.fixture
def slow(browser: Browser) -> Iterator[Page]:
    """A browser on a machine that is several times slower; nothing is kept from before."""
    context = browser.new_context(
        viewport={"width": SIZES["wide"]["width"], "height": SIZES["wide"]["height"]},
        device_scale_factor=0.5,
        reduced_motion="reduce",
    )
    context.set_default_timeout(2 * WAIT_MS)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    yield page
    context.close()


@pytest.mark.parametrize("instant", INSTANTS)
def test_what_is_typed_while_a_page_loads_is_searched_for(
    slow: Page, base: str, instant: str
) -> None:
    slow.goto(f"{base}/", wait_until="commit")
    slow.wait_for_function(INSTANTS[instant])
    slow.keyboard.press("Control+k")
    slow.keyboard.type(WORDS)
    box = slow.locator(BOX)
    expect(box).to_have_value(WORDS)
    expect(slow.get_by_role("dialog").get_by_text("For Mental health")).to_be_visible()
    expect(box).to_have_value(WORDS)
    expect(box).to_be_focused()


def test_enter_typed_while_a_page_loads_opens_the_first_result_of_all_letters(
    slow: Page, base: str
) -> None:
    slow.goto(f"{base}/", wait_until="commit")
    slow.wait_for_function(INSTANTS["the page is a shell"])
    slow.keyboard.press("Control+k")
    slow.keyboard.type("glossarx")
    slow.keyboard.press("Backspace")
    slow.keyboard.type("y")
    slow.keyboard.press("Enter")
    expect(slow).to_have_url(re.compile("/glossary"))
    expect(slow.get_by_role("heading", name="Glossary", exact=True)).to_be_visible()


def test_letters_go_into_the_box_whatever_of_the_dialog_has_the_focus(
    slow: Page, base: str
) -> None:
    slow.goto(f"{base}/glossary", wait_until="commit")
    slow.wait_for_function(INSTANTS["the page is a shell"])
    slow.keyboard.press("Control+k")
    box = slow.locator(BOX)
    expect(box).to_be_focused()
    box.evaluate("e => e.blur()")
    # Streamlit takes each of these letters for a command.
    slow.keyboard.type("rc")
    expect(box).to_have_value("rc")
    slow.keyboard.press("Escape")
    expect(slow.get_by_role("dialog")).to_have_count(0)
