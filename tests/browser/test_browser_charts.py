"""What a hand does to a chart: it filters, or nothing that the address does not hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from components import theme
from components.exhibits import REGISTRY, build_exhibit
from components.export.sheet import document_of_story
from components.export.story_html import document_html
from components.stories import tell, walkthroughs
from data import Catalogue, Selection
from tests.browser.conftest import STILL, Visit
from tests.browser.drawn import easel

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]
CHIPS = ".st-key-active-filters"

STATE = """chart => {
    const layout = chart._fullLayout, said = {};
    for (const name of Object.keys(layout)) {
        if (/^[xy]axis\\d*$/.test(name)) said[name] = layout[name].range;
    }
    return JSON.stringify([said, chart._fullData.map(trace => trace.visible)]);
}"""
"""Where the axes of a chart are and which of its series are seen."""
CAN = """chart => {
    const layout = chart._fullLayout;
    return Object.keys(layout).filter(name =>
        /^[xy]axis\\d*$/.test(name) && !layout[name].fixedrange
        || /^legend\\d*$/.test(name) && (layout[name]?.itemclick || layout[name]?.itemdoubleclick));
}"""
"""The axes of a chart that a hand can move, and the legends that hide something."""
DRAW = """async figure => {
    const place = document.querySelector('#chart');
    Plotly.purge(place);
    const {data, layout} = JSON.parse(figure);
    // As Streamlit draws a chart whose points can be selected.
    Object.assign(layout, {clickmode: 'event+select', hovermode: 'closest', dragmode: 'pan'});
    await Plotly.newPlot(place, data, layout, {displayModeBar: false, scrollZoom: false});
}"""


def chart_of(page: Page, exhibit_id: str) -> Locator:
    return page.locator(f".st-key-exhibit-{exhibit_id} .js-plotly-plot")


def entry(chart: Locator, name: str) -> Locator:
    """An entry of the legend by its name, as a pointer meets it."""
    named = chart.page.locator(".legendtext").get_by_text(name, exact=True)
    return chart.locator("g.traces").filter(has=named).locator("rect[class*=toggle]")


def chip(page: Page, words: str) -> Locator:
    return page.locator(CHIPS).get_by_role("button", name=words)


def by_hand(page: Page, chart: Locator) -> None:
    """Whatever may move a chart or hide a part of it: drags, wheel, double clicks."""
    plot = chart.locator(".nsewdrag").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    # Near its upper edge: of a high chart nothing else is sure to be in view.
    x, y = box["x"] + box["width"] / 2, max(box["y"], 0) + 12
    for key in ("", "Shift"):
        page.mouse.move(x, y)
        if key:
            page.keyboard.down(key)
        page.mouse.down()
        page.mouse.move(x + 60, y + 25, steps=4)
        page.mouse.up()
        if key:
            page.keyboard.up(key)
    page.mouse.dblclick(x + 3, y)
    for one in chart.locator("rect[class*=toggle]").all()[-1:]:
        one.dblclick()


def test_what_a_figure_says_of_its_axes_and_keys_holds_for_all_of_them(
    catalogue: Catalogue, browser: Browser
) -> None:
    """Every figure says it (tests/components/test_exhibits_hands.py); Plotly is asked of some."""
    page = easel(browser)
    chart, free, moved, several = page.locator("#chart"), {}, [], 0
    figures = ((e.id, build_exhibit(catalogue, Selection(), e.id).figure) for e in REGISTRY)
    charts = [(name, figure) for name, figure in figures if isinstance(figure, go.Figure)]
    for number, (exhibit_id, figure) in enumerate(charts):
        # Those with several axes or keys, of which a template may forget one, and some others.
        has_several = {"legend2", "xaxis2", "yaxis2"} & set(figure.layout.to_plotly_json())
        several += bool(has_several)
        if not has_several and number % 6:
            continue
        page.set_viewport_size({"width": 900, "height": int(figure.layout.height) + 40})
        page.evaluate(DRAW, theme.themed(figure, "light").to_json())
        free[exhibit_id] = chart.evaluate(CAN)
        before = chart.evaluate(STATE)
        by_hand(page, chart)
        # Plotly waits for a second click before it acts on the first.
        page.wait_for_timeout(350)
        if chart.evaluate(STATE) != before:
            moved.append(exhibit_id)
    page.close()
    assert {name: what for name, what in free.items() if what} == {}
    assert moved == []
    assert several


def test_a_chart_that_was_dragged_is_what_its_link_shows(visit: Open) -> None:
    page = visit("priorities").page
    chart = chart_of(page, "priorities-shift")
    expect(chart.locator(".nsewdrag")).to_be_attached()
    before, address = chart.evaluate(STATE), page.url
    by_hand(page, chart)
    page.wait_for_timeout(500)
    page.evaluate(STILL)
    assert chart.evaluate(STATE) == before
    assert page.url == address
    other = visit(page.url.split("/", 3)[3]).page
    there = chart_of(other, "priorities-shift")
    expect(there.locator(".nsewdrag")).to_be_attached()
    assert there.evaluate(STATE) == before


def test_an_entry_of_the_key_filters_as_a_mark_does_and_is_in_the_address(visit: Open) -> None:
    page = visit("benefits?part=units").page
    chart = chart_of(page, "outcomes-in-money")
    entry(chart, "Expected").click()
    expect(chip(page, "Status of outcomes: Expected")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"benefits\?part=units&status=expected$"))
    expect(entry(chart, "Achieved")).to_have_count(0)
    other = visit(page.url.split("/", 3)[3]).page
    expect(chip(other, "Status of outcomes: Expected")).to_have_count(1)
    expect(entry(chart_of(other, "outcomes-in-money"), "Achieved")).to_have_count(0)
    page.go_back()
    expect(chip(page, "Status of outcomes: Expected")).to_have_count(0)
    expect(entry(chart, "Achieved")).to_have_count(1)
    page.go_forward()
    expect(chip(page, "Status of outcomes: Expected")).to_have_count(1)
    # A second click takes it away, and both clicks of a double one are one.
    page.evaluate(STILL)
    entry(chart, "Expected").click()
    expect(page).to_have_url(re.compile(r"benefits\?part=units$"))
    page.evaluate(STILL)
    entry(chart, "Achieved").dblclick()
    expect(chip(page, "Status of outcomes: Achieved")).to_have_count(1)
    page.evaluate(STILL)
    expect(chip(page, "Status of outcomes: Achieved")).to_have_count(1)


def test_an_entry_that_stands_for_no_filter_does_nothing_and_looks_so(visit: Open) -> None:
    page = visit("benefits?part=who").page
    chart = chart_of(page, "benefit-evidence-map")
    gap, grade = entry(chart, "nothing reported"), entry(chart, "D said to have happened")
    gap.hover()
    assert gap.evaluate("e => getComputedStyle(e).cursor") == "default"
    address = page.url
    gap.click()
    page.wait_for_timeout(500)
    page.evaluate(STILL)
    assert page.url == address
    grade.hover()
    assert grade.evaluate("e => getComputedStyle(e).cursor") == "pointer"
    grade.click()
    expect(chip(page, "Grade of evidence: ")).to_have_count(1)
    expect(page).to_have_url(re.compile("grade="))


def test_an_entry_of_the_key_of_one_side_filters_that_side(visit: Open) -> None:
    page = visit("side-by-side?exhibit=formation-timeline&b.sector=acute,mhlda").page
    side = page.locator(".st-key-side-formation-timeline-b .js-plotly-plot")
    entry(side, "MHLDA").click()
    expect(page).to_have_url(re.compile(r"b\.sector=acute(&|$)"))
    assert "&sector=" not in page.url.replace("b.sector", "")
    entry(side, "Acute").click()
    expect(page).not_to_have_url(re.compile(r"b\.sector"))


class Finger:
    """A finger on the screen of a phone."""

    def __init__(self, page: Page) -> None:
        self.page, self.tell = page, page.context.new_cdp_session(page)

    def _touch(self, kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        self.tell.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    def swipe(self, x: float, y: float, dx: float, dy: float) -> None:
        self._touch("touchStart", (x, y))
        for part in range(1, 11):
            self._touch("touchMove", (x + dx * part / 10, y + dy * part / 10))
            self.page.wait_for_timeout(16)
        self._touch("touchEnd")
        self.page.wait_for_timeout(400)

    def tap(self, mark: Locator) -> None:
        mark.evaluate("e => e.scrollIntoView({block: 'center', inline: 'center'})")
        self.page.wait_for_timeout(300)
        box = mark.bounding_box()
        assert box is not None
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def down(page: Page) -> float:
    return float(page.locator("[data-testid=stMain]").evaluate("e => e.scrollTop"))


def centred(plot: Locator) -> tuple[float, float]:
    """A point of a plot that is in view, the plot being in the middle of the screen."""
    plot.evaluate("e => e.scrollIntoView({block: 'center'})")
    plot.page.wait_for_timeout(300)
    box = plot.bounding_box()
    assert box is not None
    x = min(max(box["x"] + box["width"] / 2, 60), 330)
    return x, min(max(box["y"] + box["height"] / 2, 200), 600)


def test_a_finger_that_is_drawn_over_a_chart_scrolls_the_page(
    phone: Callable[[str], Page],
) -> None:
    for path in ("benefits?part=units", "priorities"):
        page = phone(path)
        finger, plots = Finger(page), page.locator(".js-plotly-plot")
        for number in range(plots.count()):
            plot = plots.nth(number)
            x, y = centred(plot.locator(".nsewdrag").first)
            before, was = plot.evaluate(STATE), down(page)
            finger.swipe(x, y, 0, -120)
            assert down(page) > was + 40, (path, number)
            assert plot.evaluate(STATE) == before


def test_a_finger_scrolls_a_wide_chart_sideways(phone: Callable[[str], Page]) -> None:
    page = phone("benefits?part=who")
    box = page.locator(".st-key-scroll-benefit-evidence-map")
    x, y = centred(box.locator(".nsewdrag").first)
    Finger(page).swipe(x, y, -150, 0)
    assert box.evaluate("e => e.scrollLeft") > 50


def test_a_tap_filters_by_the_mark_or_the_entry_under_the_finger(
    phone: Callable[[str], Page],
) -> None:
    page = phone("benefits?part=units")
    finger, chart = Finger(page), chart_of(page, "outcomes-in-money")
    marks = chart.locator(".scatterlayer path.point")
    finger.tap(marks.nth(0))
    expect(page).to_have_url(re.compile("mark=outcomes-in-money"))
    first = page.url
    page.go_back()
    expect(chip(page, "Collaborative: ")).to_have_count(0)
    page.evaluate(STILL)
    finger.tap(marks.nth(2))
    expect(page).to_have_url(re.compile("mark=outcomes-in-money"))
    assert page.url != first, "the mark that was tapped before"
    page.go_back()
    expect(chip(page, "Collaborative: ")).to_have_count(0)
    page.evaluate(STILL)
    finger.tap(entry(chart, "Achieved"))
    expect(chip(page, "Status of outcomes: Achieved")).to_have_count(1)


def test_a_phone_that_was_turned_from_words_to_the_chart_has_it_in_its_link(
    phone: Callable[..., Page],
) -> None:
    page = phone("connections")
    card = page.locator(".st-key-exhibit-trust-network")
    expect(card.locator(".js-plotly-plot")).to_have_count(0)
    card.get_by_role("radio", name="Chart").click()
    expect(card.locator(".js-plotly-plot")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"connections\?show=trust-network\.chart$"))
    other = phone(page.url.split("/", 3)[3], new_tab=True).locator(".st-key-exhibit-trust-network")
    expect(other.locator(".js-plotly-plot")).to_have_count(1)
    page.go_back()
    expect(card.locator(".js-plotly-plot")).to_have_count(0)


def test_a_chart_in_a_file_stands_still_under_a_finger_too(
    catalogue: Catalogue, browser: Browser, tmp_path: Path
) -> None:
    first = next(w for w in walkthroughs(catalogue) if w.id == "ready-for-delegation")
    path = tmp_path / "story.html"
    path.write_text(document_html(document_of_story(catalogue, tell(catalogue, first))), "utf-8")
    size = {"width": 390, "height": 600}
    context = browser.new_context(offline=True, has_touch=True, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path.as_uri() + "#2")
    chart = page.locator(".step.now .js-plotly-plot").first
    expect(chart.locator(".nsewdrag").first).to_be_attached()
    assert chart.evaluate(CAN) == []
    before = chart.evaluate(STATE)
    x, y = centred(chart.locator(".nsewdrag").first)
    was = page.evaluate("scrollY")
    Finger(page).swipe(x, y, 0, -120)
    assert page.evaluate("scrollY") > was + 40
    by_hand(page, chart)
    page.wait_for_timeout(400)
    assert chart.evaluate(STATE) == before
    context.close()
