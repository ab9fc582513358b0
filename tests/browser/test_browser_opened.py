"""What is opened and unfolded on a page stands in its address, which opens the same elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
METHOD = "How to read the percentages"


def unfolded(page: Page) -> list[str]:
    """Heads of the statements that are unfolded."""
    return page.locator(".statements details[open] summary").all_inner_texts()


def test_what_was_opened_is_open_in_another_browser_and_back_closes_it(visit: Open) -> None:
    seen = visit("helps?part=helps")
    page = seen.page
    heads = page.locator(".statements details summary")
    heads.nth(1).click()
    heads.nth(3).click()
    expect(page).to_have_url(re.compile(r"unfolded=[a-z0-9-]+%2C[a-z0-9-]+$"))
    entries = page.evaluate("history.length")
    page.get_by_text(METHOD).click()
    expect(page).to_have_url(re.compile(r"open=method.*&unfolded="))
    seen.settle()
    assert page.evaluate("history.length") == entries + 1
    wanted = unfolded(page)
    assert len(wanted) == 2
    other = visit(page.url.removeprefix(f"{seen.base}/"), size="narrow")
    assert unfolded(other.page) == wanted
    expect(other.page.locator("details[open]", has_text=METHOD)).to_be_visible()
    expect(other.page).to_have_url(page.url)
    page.go_back()
    expect(page.locator("details[open]", has_text=METHOD)).to_have_count(0)
    assert unfolded(page) == wanted


def test_what_is_unfolded_before_its_script_is_there_stays_unfolded(visit: Open) -> None:
    page = visit("about").page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/unfolded.js", hold)
    page.goto(page.url.replace("about", "helps?part=helps"))
    head = page.locator(".statements details summary").nth(1)
    head.click()
    expect(page.locator(".statements details[open]")).to_have_count(1)
    assert "unfolded" not in page.url
    for route in held:
        route.continue_()
    expect(page).to_have_url(re.compile(r"&unfolded=[a-z0-9-]+$"))
    expect(page.locator(".statements details[open]")).to_have_count(1)


def test_another_view_and_another_page_unfold_again_what_the_address_says(visit: Open) -> None:
    seen = visit("helps?part=helps")
    page = seen.page
    page.locator(".statements details summary").first.click()
    expect(page).to_have_url(re.compile(r"&unfolded=[a-z0-9-]+$"))
    wanted = unfolded(page)
    view = page.get_by_role("radiogroup", name="View of")
    view.get_by_text("Table and CSV").click()
    expect(page).to_have_url(re.compile(r"show=enablers.table.*&unfolded="))
    view.get_by_text("List", exact=True).click()
    expect(page.locator(".statements details[open]")).to_have_count(1)
    # Whoever leaves while a run goes on leaves before it has written the address.
    expect(page).not_to_have_url(re.compile("show="))
    page.get_by_role("button", name="Data", exact=True).click()
    page.get_by_role("menuitem", name="About").click()
    expect(page).to_have_url(f"{seen.base}/about")
    page.go_back()
    expect(page.locator(".statements details[open]")).to_have_count(1)
    assert unfolded(page) == wanted
    page.locator(".statements details[open] summary").click()
    expect(page).to_have_url(f"{seen.base}/helps?part=helps")


def test_words_folded_on_a_phone_and_places_of_a_source_stand_in_the_address(visit: Open) -> None:
    page = visit("priorities", size="narrow").page
    page.locator("details.said summary").nth(1).click()
    expect(page).to_have_url(re.compile(r"\?unfolded=[a-z-]+\.words$"))
    seen = visit("collaboratives?id=wyaat")
    page = seen.page
    page.locator(".profile ol details summary").nth(1).click()
    expect(page).to_have_url(re.compile(r"\?id=wyaat&unfolded=source\.\d+$"))
    other = visit(page.url.removeprefix(f"{seen.base}/"))
    expect(other.page.locator(".profile ol details[open]")).to_have_count(1)
