"""A click on the heading of a table sorts it, in the address and in the file taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def click_heading(page: Page, grid: Locator, at: int = 80) -> None:
    """Click the heading of a table that is so many pixels from its left edge."""
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + at, box["y"] + 15)


def headings(grid: Locator) -> Locator:
    return grid.locator("canvas [role=columnheader]")


def cells(grid: Locator, column: int) -> list[str]:
    """The first rows of a column, as people who cannot see the table have them."""
    rows = grid.locator("canvas [role=row]").filter(has=grid.page.locator("[role=gridcell]"))
    return [r.locator("[role=gridcell]").nth(column).inner_text() for r in rows.all()[:6]]


PLACES = [
    ("tables?table=organisations", "[data-testid=stMain]", "&sort={}", "name"),
    ("benefits?show=outcomes-by-benefit.table", ".st-key-exhibit-outcomes-by-benefit", ".{}",
     "collaborative"),
    ("dictionary", "[data-testid=stMain]", "?sort={}", "table"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "place", "added", "column"), PLACES, ids=["table", "card", "dic"])
def test_a_heading_sorts_up_down_and_not_and_back_undoes_each(
    visit: Open, path: str, place: str, added: str, column: str
) -> None:
    seen = visit(path)
    page, grid = seen.page, seen.page.locator(f"{place} [data-testid=stDataFrame]").first
    plain = headings(grid).first.inner_text()
    steps = [
        (f"{path}{added.format(column)}", f"{plain} ↑"),
        (f"{path}{added.format('-' + column)}", f"{plain} ↓"),
        (path, plain),
        (f"{path}{added.format(column)}", f"{plain} ↑"),
    ]
    for address, said in steps:
        click_heading(page, grid)
        expect(page).to_have_url(f"{seen.base}/{address}")
        expect(headings(grid).first).to_have_text(said)
        seen.settle()
    for address, said in reversed([(path, plain), *steps[:-1]]):
        page.go_back()
        expect(page).to_have_url(f"{seen.base}/{address}")
        expect(headings(grid).first).to_have_text(said)
    page.go_forward()
    expect(headings(grid).first).to_have_text(f"{plain} ↑")
    # Undone in another way, the heading that was clicked is not held either.
    seen.settle()
    click_heading(page, grid)
    expect(headings(grid).first).to_have_text(f"{plain} ↓")


def open_menu(page: Page, grid: Locator, edge: int) -> Locator:
    """Open the menu of the heading whose column ends so many pixels from the table's left edge."""
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    # A heading shows its menu, at its end, while the mouse is on it.
    page.mouse.move(box["x"] + edge - 60, box["y"] + 15)
    page.mouse.click(box["x"] + edge - 14, box["y"] + 15)
    return page.get_by_test_id("stDataFrameColumnMenu")


MENUS = [
    # A text and numbers, whose menus have statistics, those of numbers formats as
    # well; columns in which texts repeat have none.
    ("tables?table=survey_waves", "Title", 412, ["Statistics", "Autosize"]),
    ("tables?table=survey_waves", "Responses (responses)", 758, ["Statistics", "Autosize"]),
    ("tables?table=outcomes", "Collaborative", 268, ["Autosize"]),
    ("dictionary", "Table", 160, ["Autosize"]),
]


@pytest.mark.parametrize(
    ("path", "column", "edge", "offered"), MENUS, ids=["text", "number", "table", "dictionary"]
)
def test_the_menu_of_a_heading_changes_nothing_that_no_address_says(
    visit: Open, path: str, column: str, edge: int, offered: list[str]
) -> None:
    page = visit(path).page
    grid = page.locator("[data-testid=stDataFrame]").first
    menu = open_menu(page, grid, edge)
    expect(menu.get_by_text(column, exact=True)).to_be_visible()
    items = [item for item in menu.get_by_role("menuitem").all() if item.is_visible()]
    assert [item.inner_text().split("\n")[1] for item in items] == offered
    # Streamlit has them all the same: the test would not see what it calls otherwise.
    for hidden in ("Sort ascending", "Sort descending", "Pin column", "Hide column"):
        expect(menu.get_by_text(hidden)).to_have_count(1)
    page.keyboard.press("Escape")
    grid.hover()
    tools = page.get_by_test_id("stElementToolbar").first
    expect(tools.get_by_role("button", name=re.compile("^Search"))).to_be_visible()
    for hidden in ("Show/hide columns", "Download as CSV"):
        expect(tools.locator(f"button[aria-label^='{hidden}']")).to_be_hidden()


def test_the_order_of_a_card_is_in_its_file_and_in_a_copied_link(
    visit: Open, tmp_path: Path
) -> None:
    path = "benefits?show=outcomes-by-benefit.table.-collaborative"
    page = visit(path, size="narrow", scheme="dark").page
    card = page.locator(".st-key-exhibit-outcomes-by-benefit")
    grid = card.locator("[data-testid=stDataFrame]")
    expect(headings(grid).first).to_have_text("Collaborative ↓")
    expect(card.get_by_role("region", name=re.compile("sorted by Collaborative"))).to_be_visible()
    with page.expect_download() as saved:
        card.get_by_role("button", name="Download CSV").click()
    saved.value.save_as(tmp_path / "rows.csv")
    rows = pd.read_csv(tmp_path / "rows.csv")
    names = rows["collaborative"].str.casefold().tolist()
    assert names == sorted(names, reverse=True)
    assert "Sorted by: Collaborative ↓" in rows.iloc[0].astype(str).str.cat(sep=" ")


def test_the_order_of_a_card_is_chosen_by_keyboard_and_a_row_still_filters(visit: Open) -> None:
    seen = visit("benefits?show=outcomes-by-benefit.table")
    page = seen.page
    card = page.locator(".st-key-exhibit-outcomes-by-benefit")
    grid = card.locator("[data-testid=stDataFrame]")
    box = card.get_by_role("combobox", name="Sort the rows of")
    box.focus()
    page.keyboard.type("Collaborative ↓")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"outcomes-by-benefit\.table\.-collaborative$"))
    expect(headings(grid).first).to_have_text("Collaborative ↓")
    seen.settle()
    first = cells(grid, 0)[0]
    grid.scroll_into_view_if_needed()
    place = grid.bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + 150, place["y"] + 50)
    # The row that is seen at this place, not the one that stood there as the exhibit is drawn.
    chip = page.locator(".st-key-active-filters").get_by_role("button", name="Collaborative: ")
    expect(chip).to_contain_text(first)
    expect(headings(grid).first).to_have_text("Collaborative ↓")


def test_a_group_that_is_clicked_shows_its_rows_and_back_the_groups(visit: Open) -> None:
    seen = visit("tables?as=groups&by=status")
    page, grid = seen.page, seen.page.locator("[data-testid=stDataFrame]").first
    expect(headings(grid).first).to_have_text("Status")
    status, count = cells(grid, 0)[0], cells(grid, 1)[0]
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 80, box["y"] + 50)
    expect(page).to_have_url(re.compile(rf"where=status(:|%3A){status.lower()}"))
    expect(page.get_by_text(re.compile(rf"^{count} of \d+ rows"))).to_be_visible()
    page.go_back()
    expect(page).to_have_url(f"{seen.base}/tables?as=groups&by=status")
    expect(page.get_by_text(re.compile(r"groups of \d+ rows"))).to_be_visible()


def test_the_tabulator_passes_a_table_and_enter_chooses_its_first_row(visit: Open) -> None:
    seen = visit("tables?table=outcomes")
    page, grid = seen.page, seen.page.locator("[data-testid=stDataFrame]").first
    first = cells(grid, 0)[0]
    page.get_by_role("combobox", name="Sort by").focus()
    kinds = page.get_by_role("combobox", name="Take these rows away as")
    passed = 0
    while not kinds.evaluate("box => box === document.activeElement"):
        page.keyboard.press("Tab")
        passed += 1
        assert passed < 12
    # Longer than the grid waits before it tells what was chosen.
    page.wait_for_timeout(500)
    seen.settle()
    expect(page).to_have_url(f"{seen.base}/tables?table=outcomes")
    while page.evaluate("document.activeElement.tagName") != "CANVAS":
        page.keyboard.press("Shift+Tab")
        passed += 1
        assert passed < 24
    page.keyboard.press("Enter")
    chip = page.locator(".st-key-active-filters").get_by_role("button", name="Collaborative: ")
    expect(chip).to_contain_text(first)
