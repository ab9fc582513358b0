"""Back undoes exactly one step, and the search is used by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def test_one_press_of_back_leaves_a_page_of_the_menu_that_was_reached_with_filters(
    visit: Open,
) -> None:
    seen = visit("benefits?sector=acute")
    page = seen.page
    page.get_by_role("button", name="Evidence", exact=True).click()
    page.get_by_role("menuitem", name="Delegation readiness").click()
    expect(page).to_have_url(f"{seen.base}/delegation?sector=acute")
    page.go_back()
    expect(page.get_by_role("heading", name="Benefits", level=1)).to_be_visible()
    expect(page).to_have_url(f"{seen.base}/benefits?sector=acute")
    page.go_forward()
    expect(page.get_by_role("heading", name="Delegation readiness", level=1)).to_be_visible()


def test_the_search_is_used_by_keyboard_from_its_first_letter(visit: Open) -> None:
    page = visit("").page
    page.keyboard.press("Control+k")
    box = page.get_by_role("dialog").locator("input").first
    expect(box).to_be_focused()
    page.keyboard.type("kent medway")
    first = page.get_by_role("dialog").get_by_role("link").first
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/(systems|collaboratives)\?"))


def test_two_things_changed_before_the_page_answers_are_undone_one_by_one(visit: Open) -> None:
    seen = visit("dictionary")
    page = seen.page
    # Leaving the box tells what was typed, and the click that leaves it chooses a table.
    page.get_by_label("Search in tables and fields").fill("base")
    page.get_by_role("combobox", name="Table").click()
    page.get_by_role("option", name="Outcomes").first.click()
    expect(page).to_have_url(f"{seen.base}/dictionary?find=base&of=outcomes")
    page.go_back()
    expect(page).to_have_url(f"{seen.base}/dictionary?find=base")
    expect(page.get_by_text(re.compile(r"fields of \d+ tables"))).to_be_visible()
    page.go_back()
    expect(page).to_have_url(f"{seen.base}/dictionary")


def test_where_the_map_looks_stands_in_a_link_and_is_kept_when_it_is_opened(visit: Open) -> None:
    seen = visit("footprints")
    page = seen.page
    page.get_by_role("combobox", name="Zoom to").click()
    page.get_by_role("option", name="London").first.click()
    expect(page).to_have_url(f"{seen.base}/footprints?look=E40000003")
    copied = page.url.removeprefix(f"{seen.base}/")
    other = visit(copied, size="narrow")
    expect(other.page).to_have_url(page.url)
