"""What an analyst does in a live meeting: filter, undo, share, search, ask where it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from data import load_catalogue

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def search(page: Page, words: str) -> Locator:
    """Open the search by its key and type; returns the dialog."""
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    box = dialog.locator("input").first
    box.press_sequentially(words)
    return dialog


def click_first_bar(page: Page, card: Locator) -> None:
    """Plotly listens to a layer above its bars, so the pointer has to be put there."""
    bar = card.locator(".barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_back_and_forward_undo_and_redo_a_filter_and_a_view(visit: Open) -> None:
    seen = visit("delegation")
    page = seen.page
    card = page.locator(".st-key-exhibit-delegation-intent")
    chip = page.get_by_role("button", name="Sector: Acute")
    page.get_by_role("combobox", name="Sector").click()
    page.get_by_role("option", name="Acute (").click()
    page.keyboard.press("Escape")
    # Two changes made while one run lasts are one entry of the history.
    expect(page).to_have_url(f"{seen.base}/delegation?sector=acute")
    card.get_by_role("radio", name="Table and CSV").click()
    expect(card.locator("[data-testid=stDataFrame]")).to_be_visible()
    expect(page).to_have_url(f"{seen.base}/delegation?sector=acute&show=delegation-intent.table")
    page.go_back()
    expect(card.locator(".js-plotly-plot")).to_be_visible()
    expect(chip).to_be_visible()
    page.go_back()
    expect(chip).to_have_count(0)
    page.go_forward()
    expect(chip).to_be_visible()
    page.go_forward()
    expect(card.locator("[data-testid=stDataFrame]")).to_be_visible()


def test_an_outdated_link_opens_with_what_is_valid_and_says_what_was_dropped(visit: Open) -> None:
    page = visit("benefits?sector=mhlda&status=achived&formed=2016-2018").page
    said = page.get_by_text("Part of this link could not be used")
    expect(said).to_contain_text("“achived” is not a known status; did you mean “achieved”")
    expect(page.get_by_role("button", name="Sector: Mental health")).to_be_visible()
    expect(page.get_by_role("button", name="Year formed: 2017")).to_be_visible()


def test_a_mistyped_search_by_keyboard_leads_to_the_place_in_the_source(visit: Open) -> None:
    page = visit("").page
    dialog = search(page, "forensc patients out of area")
    result = dialog.get_by_role("link", name="Forensic patients cared for out of area")
    expect(result).to_be_visible()
    result.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Where does this come from?")).to_be_visible()
    row = load_catalogue().row("outcomes", "slp-forensic-out-of-area")
    main = page.locator("[data-testid=stMain]")
    place = f"Place in it: {str(row['locator'])[:60]}"
    expect(main.get_by_text(place)).to_be_visible()
    expect(main.get_by_role("link", name="Reported outcomes by benefit of scale")).to_be_visible()


def test_a_question_for_one_sector_is_answered_from_the_search(visit: Open) -> None:
    page = visit("").page
    # As fast as a person who knows the key: the first letters come before the box does.
    page.keyboard.press("Control+k")
    page.keyboard.type("priorities mental health")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("input").first).to_have_value("priorities mental health")
    # What the first letters found stands there until the last ones have been answered.
    expect(dialog.get_by_text("For Mental health")).to_be_visible()
    dialog.get_by_role("link", name="Top three priorities").first.click()
    expect(page.get_by_role("button", name="Sector: Mental health")).to_be_visible()
    card = page.locator(".st-key-exhibit-priorities-next-year")
    expect(card.get_by_text("No value published for MHLDA.")).to_be_visible()


def test_clicking_a_bar_filters_the_page_and_a_second_click_undoes_it(visit: Open) -> None:
    seen = visit("benefits")
    page = seen.page
    card = page.locator(".st-key-exhibit-outcomes-by-benefit")
    chip = page.locator(".st-key-active-filters").get_by_role("button", name="Collaborative: ")
    click_first_bar(page, card)
    expect(chip).to_have_count(1)
    expect(page.locator(".st-key-exhibit-before-and-after").get_by_text("No pairs")).to_be_visible()
    seen.settle()
    click_first_bar(page, card)
    expect(chip).to_have_count(0)


def test_a_copied_link_to_a_grouped_table_opens_it_in_another_browser(visit: Open) -> None:
    first = visit("tables?table=outcomes&as=groups")
    page = first.page
    page.get_by_role("combobox", name="Group by").click()
    # Typed: a list that is scrolled to an option and pressed at once moves under the pointer.
    # No Escape: where the list has closed by itself already, it empties the box.
    page.keyboard.type("Status")
    page.get_by_role("option", name="Status").click()
    # The address is written when the run has ended, after what it drew is there.
    expect(page).to_have_url(re.compile(r"[?&]by=status(&|$)"))
    second = visit(page.url.split("/", 3)[3], size="narrow", scheme="dark").page
    expect(second.get_by_role("combobox", name="Group by")).to_be_visible()
    expect(second.get_by_text("Status", exact=True).first).to_be_visible()
    expect(second.locator("[data-testid=stDataFrame]")).to_be_visible()
