"""Clicking marks, rows and cells: what is set, what is said below, and what the address keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from components import theme
from components.exhibits import REGISTRY, build_exhibit
from components.exhibits.picks import marks_of, name_of
from data import Catalogue, Selection
from tests.browser.conftest import Visit
from tests.browser.drawn import easel, until

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
CHIPS = ".st-key-active-filters"


def click(page: Page, mark: Locator) -> None:
    """Plotly listens to a layer above its marks, so the pointer has to be put there."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def line_below(page: Page, exhibit_id: str) -> Locator:
    return page.locator(f".st-key-whence-{exhibit_id}")


def elsewhere(visit: Open, page: Page) -> Page:
    """The address of a page opened in another browser."""
    return visit(page.url.split("/", 3)[3], size="narrow", scheme="dark").page


def test_a_segment_of_all_respondents_says_why_it_filters_nothing_and_whence(visit: Open) -> None:
    page = visit("delegation?part=barriers").page
    click(page, page.locator(".st-key-exhibit-challenges .barlayer .point path").first)
    line = line_below(page, "challenges")
    expect(line).to_contain_text("no filter stands for it")
    expect(line).to_contain_text("Priorities and challenges")
    expect(page).to_have_url(re.compile("mark=challenges"))
    expect(page.locator(CHIPS).get_by_role("button", name="Sector: ")).to_have_count(0)
    page.go_back()
    expect(page).not_to_have_url(re.compile("mark="))
    page.go_forward()
    expect(line).to_contain_text("no filter stands for it")
    other = elsewhere(visit, page)
    expect(line_below(other, "challenges")).to_contain_text("no filter stands for it")


def test_the_stem_of_a_value_filters_and_one_step_back_undoes_it(visit: Open) -> None:
    page = visit("benefits?part=units").page
    stem = page.locator(".st-key-exhibit-procurement-savings .barlayer .point path").first
    click(page, stem)
    chip = page.locator(CHIPS).get_by_role("button", name="Collaborative: ")
    expect(chip).to_have_count(1)
    expect(line_below(page, "procurement-savings")).to_contain_text(
        "Savings from joint procurement"
    )
    expect(page).to_have_url(re.compile("collaborative=.*mark=procurement-savings"))
    page.go_back()
    expect(chip).to_have_count(0)
    expect(page).to_have_url(re.compile(r"benefits\?part=units$"))


def test_a_mark_of_the_network_filters_and_names_the_rows_that_it_sums_up(visit: Open) -> None:
    page = visit("connections").page
    mark = page.locator(".st-key-exhibit-trust-network .scatterlayer path.point").first
    click(page, mark)
    line = line_below(page, "trust-network")
    expect(line).to_contain_text("rows make this mark")
    expect(page.locator(CHIPS).get_by_role("button", name="Organisation: ")).to_have_count(1)
    expect(line.get_by_role("link").first).to_have_attribute("href", re.compile("row=memberships"))
    expect(page).to_have_url(re.compile("organisation=.*mark=trust-network"))
    # A phone opens the network in words, but for a link to a mark of it.
    other = elsewhere(visit, page)
    expect(line_below(other, "trust-network")).to_contain_text("rows make this mark")


def test_a_row_that_is_ticked_is_in_the_address_with_what_it_sets(visit: Open) -> None:
    page = visit("sources").page
    card = page.locator(".st-key-exhibit-discrepancy-register")
    expect(card.locator("[data-testid=stDataFrame]")).to_be_visible()
    table = card.locator("[data-testid=stDataFrame] canvas").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    # The first cell of the first row: of the whole survey, so no filter stands for it.
    page.mouse.click(box["x"] + 120, box["y"] + 52)
    expect(card.get_by_text("no filter stands for it")).to_be_visible()
    expect(card.get_by_role("link", name="Where does this come from?")).to_be_visible()
    expect(card.get_by_role("button", name="Tier of source: ")).to_be_visible()
    expect(page).to_have_url(re.compile("mark=discrepancy-register"))
    other = elsewhere(visit, page)
    there = other.locator(".st-key-exhibit-discrepancy-register")
    expect(there.get_by_role("link", name="Where does this come from?")).to_be_visible()


def test_the_list_of_cells_filters_by_keyboard_and_the_grid_stays_whole(visit: Open) -> None:
    page = visit("benefits?part=who").page
    box = page.get_by_role("combobox", name="Choose a cell of the grid")
    rows = page.locator(".st-key-exhibit-benefit-evidence-map .ytick")
    expect(rows.nth(3)).to_be_attached()
    box.focus()
    page.keyboard.type("WYAAT: Reducing unwarranted")
    page.keyboard.press("Enter")
    chip = page.locator(CHIPS).get_by_role("button", name="Collaborative: ")
    expect(chip).to_have_count(1)
    expect(page).to_have_url(re.compile("collaborative=wyaat&benefit=unwarranted_variation"))
    expect(rows.nth(3)).to_be_attached()
    page.get_by_role("button", name="Read it without the filter").click()
    expect(chip).to_have_count(0)
    expect(page.locator(".found h3").first).to_have_text("WYAAT")


DRAW = """async figure => {
    const place = document.querySelector('#chart');
    Plotly.purge(place);
    const {data, layout} = JSON.parse(figure);
    // As Streamlit draws a chart whose points can be selected.
    Object.assign(layout, {clickmode: 'event+select', hovermode: 'closest', dragmode: 'pan'});
    await Plotly.newPlot(place, data, layout, {displayModeBar: false, doubleClickDelay: 5});
    place.removeAllListeners('plotly_selected');
    place.on('plotly_selected', e => { window.got = e?.points[0]?.customdata ?? ''; });
}"""
MARKS = """() => [...document.querySelectorAll('#chart .trace')].flatMap(drawn => {
    const mark = drawn.__data__, trace = (Array.isArray(mark) ? mark[0] : mark).trace;
    const points = [...drawn.querySelectorAll('.point')];
    // The first and the last of a trace stand for it.
    const ends = trace.customdata ? new Set([points[0], points.at(-1)].filter(Boolean)) : [];
    return [...ends].map(point => {
        const box = point.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    });
})"""


def test_a_pointer_on_any_mark_meets_a_mark_that_says_what_it_is(
    catalogue: Catalogue, browser: Browser
) -> None:
    page = easel(browser)
    silent: list[tuple[str, Any]] = []
    for exhibit in REGISTRY:
        figure = build_exhibit(catalogue, Selection(), exhibit.id).figure
        if not isinstance(figure, go.Figure):
            continue
        names = {name_of(mark) for mark in marks_of(figure)}
        page.set_viewport_size({"width": 900, "height": int(figure.layout.height) + 40})
        page.evaluate(DRAW, theme.themed(figure, "light").to_json())
        for x, y in page.evaluate(MARKS):
            page.evaluate("() => { window.got = null; }")
            page.mouse.move(0, 0)
            page.mouse.move(x, y)
            page.wait_for_timeout(60)
            # Where another mark lies on top that was clicked before, a click lets go of it first.
            for _ in range(2):
                page.mouse.click(x, y)
                if until(page, lambda: page.evaluate("() => window.got") is not None, 0.5):
                    break
            got = page.evaluate("() => window.got")
            if name_of(got) not in names - {""}:
                silent.append((exhibit.id, got))
    page.close()
    assert silent == []
