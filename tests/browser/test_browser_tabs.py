"""Links opened in another tab: each in the right state, and this tab stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from data.where import read_out

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
Key = Literal["Control", "Shift"]
WAYS: tuple[Key | None, ...] = ("Control", "Shift", None)
"""What is held while a link is pressed; ``None``: the middle button."""
MAIN = "[data-testid=stMain]"
LINKS = {
    "where a number comes from": ("priorities", f"{MAIN} a[href*='row?row=']"),
    "rows behind a number": ("delegation", f"{MAIN} a[href*='tables?']"),
    "a term": ("", f"{MAIN} a[href*='glossary?term']"),
    "a button that is a link": (
        "collaboratives?id=wyaat", f"{MAIN} a[data-testid=stPageLink-NavLink]",
    ),
    "a row that is named": (
        "row?row=collaboratives/wyaat", f"{MAIN} a[data-testid=stPageLink-NavLink][href*='row=']",
    ),
}  # fmt: skip


def opened(page: Page, link: Locator, key: Key | None) -> Page:
    """The tab that a link opens."""
    link.scroll_into_view_if_needed()
    with page.context.expect_page() as found:
        if key is None:
            link.click(button="middle")
        else:
            link.click(modifiers=[key])
    return found.value


@pytest.mark.parametrize("name", LINKS)
def test_a_link_opens_in_another_tab_in_the_right_state(visit: Open, name: str) -> None:
    path, css = LINKS[name]
    seen = visit(f"{path}{'&' if '?' in path else '?'}sector=acute")
    page = seen.page
    link = page.locator(css).locator("visible=true").first
    goal = urlsplit(link.evaluate("e => e.href"))
    # Every way for a link of a text; of the other kinds, whose click the same script sees, one.
    for key in WAYS if name == "rows behind a number" else WAYS[:1]:
        before = page.url, page.evaluate("history.length")
        other = opened(page, link, key)
        expect(other.locator(MAIN).get_by_text("Version ").last).to_be_visible()
        there = urlsplit(other.url)
        assert there.path == goal.path
        asked, said = parse_qs(goal.query), parse_qs(there.query)
        for params in (asked, said):
            # A link has them shorter than the page writes them.
            params["where"] = [",".join(read_out(text)) for text in params.get("where", [])]
        assert {k: said.get(k) for k in asked} == asked, "the state of the link is lost"
        # Rows of a number bring their own filters, or say that there are none.
        if "filtered" not in asked:
            assert said.get("sector") == ["acute"], f"{key}: the filter is lost"
        other.close()
        assert (page.url, page.evaluate("history.length")) == before, f"{key}: this tab went on"
        assert urlsplit(link.evaluate("e => e.href")).path == goal.path


def test_a_link_of_the_menu_opens_in_another_tab(visit: Open) -> None:
    page = visit("priorities?sector=acute").page
    for key in WAYS:
        before = page.url
        link = page.locator("[data-testid=stTopNavDropdownLink][href$='/systems']")
        page.locator("[data-testid=stTopNavSection]").first.click()
        expect(link).to_be_visible()
        other = opened(page, link, key)
        expect(other).to_have_url(f"{before.rsplit('/', 1)[0]}/systems?sector=acute")
        other.close()
        assert page.url == before, f"{key}: this tab went on"
        page.bring_to_front()
        page.keyboard.press("Escape")
        expect(link).to_have_count(0)


def test_a_result_of_the_search_opens_in_another_tab(visit: Open) -> None:
    page = visit("priorities?sector=acute").page
    page.keyboard.press("Control+k")
    page.keyboard.type("glossary")
    result = page.get_by_role("dialog").get_by_role("link").filter(has_text="Glossary").first
    expect(result).to_be_visible()
    before = page.url
    other = opened(page, result, "Control")
    expect(other).to_have_url(f"{before.rsplit('/', 1)[0]}/glossary?sector=acute")
    other.close()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.url == before
