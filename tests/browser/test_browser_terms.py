"""A technical term on a card is explained to a mouse, a keyboard and a finger."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visit

Open = Callable[..., Visit]


def test_a_term_is_explained_once_and_by_keyboard(visit: Open) -> None:
    page = visit("delegation").page
    terms = page.locator("[class*=st-key-exhibit-] a[href*='glossary?term=']")
    expect(terms.first).to_be_visible()
    links = [str(a.get_attribute("href")) for a in terms.all()]
    assert len(links) == len(set(links))
    base = page.locator("[class*=st-key-exhibit-] a[href$='term=Base']")
    base.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(base).to_be_focused()
    shown = base.evaluate("e => getComputedStyle(e, '::after').content")
    assert "number of answers" in shown


def test_a_finger_on_a_term_reads_it_in_the_glossary(visit: Open) -> None:
    page = visit("delegation", size="narrow").page
    link = page.locator("[class*=st-key-exhibit-] a[href$='term=Base']")
    # On a phone all that is said of a chart but its first line is folded.
    term = page.locator("a[href$='term=Base']")
    page.locator("details.said", has=term).locator("summary").click()
    link.click()
    expect(page.locator("dl.glossary dt", has_text="Base").first).to_be_visible()
    page.go_back()
    expect(page.locator("details.said").first).to_be_visible()
