"""The important paths, with mouse and keyboard."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawn import until

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a multiselect in the filter bar."""
    page.get_by_role("combobox", name=label).click()
    # Each option says how many rows it leaves.
    page.get_by_role("option", name=re.compile(rf"^{option}( \([\d,]+\))?$")).click()
    page.keyboard.press("Escape")


def test_filter_is_named_in_the_address_and_kept_on_the_next_page(visit: Open) -> None:
    seen = visit("benefits")
    page = seen.page
    choose(page, "Sector", "Acute")
    expect(page.get_by_role("button", name="Sector: Acute")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]sector=acute(&|$)"))
    page.get_by_role("button", name="Evidence", exact=True).click()
    page.get_by_role("menuitem", name="Delegation readiness").click()
    expect(page.get_by_role("heading", name="Delegation readiness", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Sector: Acute")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/delegation\?(.*&)?sector=acute(&|$)"))


def test_a_copied_link_opens_the_same_view(visit: Open) -> None:
    first = visit("benefits?sector=mhlda&status=achieved").page
    reading = first.locator(".st-key-exhibit-outcomes-by-benefit strong").first.inner_text()
    second = visit(first.url.split("/", 3)[3]).page
    again = second.locator(".st-key-exhibit-outcomes-by-benefit strong").first.inner_text()
    assert again == reading


def test_clear_all_empties_filters_and_address(visit: Open) -> None:
    seen = visit("benefits?sector=mhlda&status=achieved")
    seen.page.get_by_role("button", name="Clear filters", exact=True).click()
    expect(seen.page.get_by_role("button", name="Clear filters", exact=True)).to_have_count(0)
    expect(seen.page).to_have_url(f"{seen.base}/benefits")


def test_empty_result_says_why_and_one_click_widens_it(visit: Open) -> None:
    page = visit("benefits?sector=specialised").page
    card = page.locator(".st-key-exhibit-outcomes-by-benefit")
    expect(card.get_by_text("No outcomes in the tables fit sector: Specialised")).to_be_visible()
    card.get_by_role("button", name="Clear sector").click()
    expect(card.locator(".js-plotly-plot")).to_be_visible()


def test_table_and_sources_are_one_click_away(visit: Open) -> None:
    page = visit("delegation").page
    card = page.locator(".st-key-exhibit-delegation-intent")
    card.get_by_role("radio", name="Table and CSV").click()
    expect(card.locator("[data-testid=stDataFrame]")).to_be_visible()
    card.get_by_role("radio", name="Sources and notes").click()
    expect(card.get_by_text("The evolution of provider collaboration").first).to_be_visible()
    expect(card.get_by_text("Delegated responsibilities from ICBs").first).to_be_visible()


def test_csv_holds_the_rows_drawn_with_their_sources(visit: Open) -> None:
    page = visit("delegation?sector=acute").page
    card = page.locator(".st-key-exhibit-delegation-intent")
    card.get_by_role("radio", name="Table and CSV").click()
    with page.expect_download() as waiting:
        card.get_by_role("button", name="Download CSV").click()
    download = waiting.value
    assert download.suggested_filename == "delegation-intent_sector-acute.csv"
    rows = list(csv.DictReader(io.StringIO(Path(download.path()).read_text("utf-8-sig"))))
    assert ("Considering it", "Acute", "60.0") in {
        (r["option"], r["group"], r["percent"]) for r in rows
    }
    assert all(r["source_id"] and r["locator"] for r in rows)


def test_pointing_at_the_map_names_the_system(visit: Open) -> None:
    page = visit("footprints?icb=E54000054").page
    canvas = page.locator(".st-key-exhibit-footprint-map canvas").first
    canvas.wait_for()
    box = canvas.bounding_box()
    assert box is not None
    # The view is fitted to the one system; a few points, because members lie on top of the area.
    # Again until the map is drawn: it answers to nothing before.
    names: set[str] = set()
    spots = cycle(((0.5, 0.5), (0.47, 0.42), (0.53, 0.58), (0.45, 0.5)))

    def is_named() -> bool:
        dx, dy = next(spots)
        page.mouse.move(box["x"] + box["width"] * dx, box["y"] + box["height"] * dy, steps=2)
        names.update(page.locator(".deck-tooltip").all_inner_texts())
        return any("West Yorkshire" in name and "WYAAT" in name for name in names)

    if not until(page, is_named):
        pytest.fail(f"the map never named West Yorkshire with WYAAT, but {names}")


def test_hexagons_in_one_click(visit: Open) -> None:
    page = visit("footprints?sector=mhlda").page
    page.get_by_role("radio", name="Hexagons").click()
    card = page.locator(".st-key-exhibit-systems-hexmap")
    expect(card.get_by_role("heading", level=2)).to_be_visible()
    expect(page.get_by_role("button", name="Sector: Mental health")).to_be_visible()


def test_deep_link_to_a_collaborative(visit: Open) -> None:
    page = visit("collaboratives?id=south-london-mh-community-partnership").page
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("Oxleas NHS Foundation Trust")
    expect(main).to_contain_text("Average distance from home")


def test_a_choice_is_kept_in_the_address(visit: Open) -> None:
    seen = visit("systems")
    page = seen.page
    page.get_by_role("combobox", name="One system").click()
    page.get_by_role("option", name="BSW", exact=True).click()
    expect(page.get_by_text("NHS Bath and North East Somerset").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]system=E54000040(&|$)"))


def test_statements_open_by_keyboard(visit: Open) -> None:
    page = visit("helps?part=board").page
    first = page.locator(".st-key-exhibit-board-questions summary").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-exhibit-board-questions details[open] p").first).to_be_visible()


@pytest.mark.parametrize("door", ["Explore the map", "Walk the charts", "Use the tables"])
def test_every_door_leads_into_a_room(door: str, visit: Open) -> None:
    seen = visit("")
    seen.page.get_by_role("link", name=door).click()
    expect(seen.page.get_by_role("heading", level=1)).not_to_have_text(
        "Provider Collaboratives Atlas"
    )


def test_a_number_of_the_overview_leads_to_the_rows_counted(visit: Open) -> None:
    page = visit("").page
    page.locator(".st-key-held").get_by_role("link", name="Survey values").click()
    expect(page.get_by_role("heading", name="Survey results", level=2)).to_be_visible()


def test_search_in_a_table_leaves_the_rows_that_match(visit: Open) -> None:
    page = visit("tables?table=organisations").page
    page.get_by_role("textbox", name="Search in this table").fill("Oxleas")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 row contains “Oxleas”.")).to_be_visible()
