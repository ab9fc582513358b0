"""What a finger meets on a phone: every page fits, every target is large enough."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from components.exhibits import REGISTRY, build_exhibit
from components.ui.navigation import PAGES
from data import Catalogue, Selection
from tests.browser.conftest import STILL
from tests.browser.drawn import until

pytestmark = pytest.mark.browser
Open = Callable[[str], Page]
BAR = "[data-testid=stSidebar][data-collapsed=false]"
CHOSEN = (
    "systems?system=E54000054",
    "collaboratives?id=wyaat",
    "compare?compare=systems&systems=E54000054,E54000050",
    "row?row=collaboratives/wyaat",
    "tables?as=groups&by=sector",
    "benefits?part=who",
    "connections?show=trust-network.chart",
    "side-by-side?exhibit=formation-timeline&b.sector=acute",
    "side-by-side?exhibit=challenges&open=filters-a",
)
"""Pages with something chosen, which have more on them than those that open with nothing."""

FAULTS = """least => {
    const bar = document.querySelector('[data-testid=stSidebar]');
    const seen = e => e.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && !(bar?.contains(e) && bar.dataset.collapsed !== 'false');
    const called = (e, what) =>
        `${what}: ${(e.innerText || e.ariaLabel || e.tagName).slice(0, 50)}`;
    const found = [];
    const main = document.querySelector('[data-testid=stMain]');
    for (const part of [document.scrollingElement, main]) {
        if (part.scrollWidth > innerWidth) found.push(`scrolls sideways: ${part.tagName}`);
    }
    const own = 'button, a[href], summary, input:not([type=checkbox]), [role=option]';
    for (const e of document.querySelectorAll(`${own}, rect[class*=toggle]`)) {
        // What only the keyboard reaches is no target of a finger.
        if (!seen(e) || e.dataset.testid === 'stSkipToContent') continue;
        // An entry of a key that stands for no filter does nothing.
        if (e.matches('rect') && !e.parentNode.__data__?.[0]?.trace?.meta) continue;
        const {width, height} = e.getBoundingClientRect();
        if (width && height && Math.min(width, height) < least - 0.1) {
            const name = e.matches('rect') ? e.closest('.traces') : e;
            found.push(`${called(name, 'small')}, ${Math.round(width)}x${Math.round(height)}`);
        }
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const e = texts.currentNode.parentElement;
        if (!texts.currentNode.nodeValue.trim() || !e.checkVisibility() || !seen(e)) continue;
        const size = parseFloat(getComputedStyle(e).fontSize);
        // Letters of charts are those of the exhibit, which other tests hold.
        if (size < 12 && !e.closest('svg, script, style')) found.push(called(e, `${size} px`));
    }
    return [...new Set(found)];
}"""
"""What of a page a finger cannot hit or an eye cannot read, in words."""


def test_every_page_fits_a_phone_and_a_finger(phone: Open) -> None:
    faults = {}
    for path in (*(spec.url_path for spec in PAGES), *CHOSEN):
        found = phone(path).evaluate(FAULTS, 24)
        if found:
            faults[path] = found
    assert faults == {}


def test_the_bar_opens_by_its_name_and_its_lists_say_how_many_rows_are_left(phone: Open) -> None:
    page = phone("priorities")
    page.get_by_role("button", name="Menu and filters").tap()
    expect(page.locator(BAR)).to_be_visible()
    page.evaluate(STILL)
    page.get_by_role("combobox", name="Sector").tap()
    option = page.get_by_role("option").nth(1)
    expect(option).to_contain_text(re.compile(r"\(\d+\)$"))
    cut = option.evaluate(
        "e => { const text = document.createRange(); text.selectNodeContents(e);"
        " const [said, box] = [text, e].map(one => one.getBoundingClientRect());"
        " return said.right > box.right || said.bottom > box.bottom + 1; }"
    )
    assert not cut, "the end of the option, with its count, is cut off"


def test_a_result_of_the_search_and_a_link_open_the_page_and_not_the_bar(phone: Open) -> None:
    page = phone("priorities")
    page.get_by_role("button", name="Menu and filters").tap()
    page.get_by_role("button", name="Search").first.tap()
    page.locator(".st-key-search-box input").fill("glossary")
    page.locator("[role=dialog]").get_by_role("link", name=re.compile("^Glossary")).first.tap()
    expect(page).to_have_url(re.compile("/glossary"))
    expect(page.locator(BAR)).to_have_count(0)
    # Streamlit remembers that the bar was open, in this browser, for every page.
    page.evaluate("localStorage.setItem('stSidebarCollapsed-', 'false')")
    page = phone("systems")
    expect(page.locator(BAR)).to_have_count(0)


def test_a_wide_chart_scrolls_on_each_side_of_side_by_side(
    phone: Open, catalogue: Catalogue
) -> None:
    built = ((e.id, build_exhibit(catalogue, Selection(), e.id)) for e in REGISTRY)
    wide = [name for name, one in built if one.scrolls and isinstance(one.figure, go.Figure)]
    assert len(wide) > 2
    shrunk = []
    for name in wide:
        page = phone(f"side-by-side?exhibit={name}")
        for side in "ab":
            box = page.locator(f".st-key-scroll-{name}-{side}")
            if not box.count() or not box.evaluate("e => e.scrollWidth > e.clientWidth + 100"):
                shrunk.append(f"{name}, side {side.upper()}")
    assert shrunk == []


def test_each_side_is_taken_away_by_a_finger(phone: Open) -> None:
    page = phone("side-by-side?exhibit=outcome-list&b.sector=acute")
    rows = {}
    for side in "ab":
        button = page.locator(f".st-key-side-outcome-list-{side}").get_by_role(
            "button", name="Download CSV"
        )
        button.scroll_into_view_if_needed()
        with page.expect_download() as taken:
            button.tap()
        rows[taken.value.suggested_filename] = len(pd.read_csv(taken.value.path()))
    (all_of, every), (acute_of, acute) = rows.items()
    assert "acute" in acute_of
    assert "acute" not in all_of
    assert 0 < acute < every


SLOW = """() => {
    window.told = [];
    document.addEventListener('pointerdown', event => {
        const end = performance.now() + 400;
        if (!event.isTrusted) window.told.push([event.clientX, event.clientY]);
        else while (performance.now() < end);
    }, true);
}"""
"""A map that takes longer than a tap to look under a finger, and what it is told after."""


def test_a_tap_on_a_map_that_is_slow_is_told_to_it_again(phone: Open) -> None:
    page = phone("footprints")
    canvas = page.locator(".st-key-exhibit-footprint-map canvas").first
    canvas.wait_for(state="attached")
    box = canvas.bounding_box()
    assert box is not None
    page.evaluate(SLOW)
    spot = [round(box["x"] + box["width"] * 0.4), round(box["y"] + box["height"] * 0.25)]
    page.touchscreen.tap(*spot)
    assert until(page, lambda: bool(page.evaluate("told.length")), 10), "the tap was lost"
    assert page.evaluate("told") == [spot]


MAPS = {
    "footprints": ("footprint-map", 0.4, 0.25),
    "footprints?form=hexagons": ("systems-hexmap", 0.43, 0.62),
    "footprints?view=sectors": ("sector-map", 0.4, 0.25),
    "side-by-side?exhibit=footprint-map": ("", 0.4, 0.25),
}
"""Pages with maps: the exhibit, and where on its map some system lies (parts of its size)."""


def drawn(page: Page, spot: tuple[float, float]) -> bool:
    """Whether the map is painted at a spot: a picture of the place has an area's edge in it."""
    x, y = spot
    clip = {"x": x - 60, "y": y - 60, "width": 120, "height": 120}
    taken = page.screenshot(clip=clip)  # type: ignore[arg-type]
    colours = Image.open(io.BytesIO(taken)).convert("RGB").getcolors(20_000) or []
    return len(colours) > 30


@pytest.mark.parametrize("path", MAPS)
def test_the_first_tap_on_a_map_chooses(phone: Open, path: str) -> None:
    page = phone(path)
    exhibit_id, across, down = MAPS[path]
    card = f".st-key-exhibit-{exhibit_id} " if exhibit_id else "[data-testid=stMain] "
    canvas = page.locator(f"{card}[data-testid=stDeckGlJsonChart] canvas").first
    canvas.wait_for(state="attached")
    canvas.scroll_into_view_if_needed()
    page.evaluate(STILL)
    box = canvas.bounding_box()
    assert box is not None
    spot = (box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    assert until(page, lambda: drawn(page, spot)), "the map is not drawn"
    before = page.url
    page.touchscreen.tap(*spot)
    assert until(page, lambda: page.url != before), "the first tap chose nothing"
    assert re.search(r"[?&](icb|region)=E", page.url), page.url


def test_a_tap_on_a_map_chooses_and_the_line_below_says_what(phone: Open) -> None:
    page = phone("footprints")
    canvas = page.locator(".st-key-exhibit-footprint-map canvas").first
    canvas.wait_for(state="attached")
    box = canvas.bounding_box()
    assert box is not None
    # Software drawing can be too busy to draw the map at all before it is tapped.
    for _ in range(5):
        page.touchscreen.tap(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.25)
        if until(page, lambda: "icb=E54000050" in page.url, 12):
            break
    said = page.locator(".st-key-chosen-footprint-map")
    expect(said).to_contain_text("North East & N Cumbria")
