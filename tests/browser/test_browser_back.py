"""Back undoes exactly one step, and the search is used by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
LOOKS = "() => window.atlasMaps?.()"
# A map that is drawn anew is no map for a moment.
ELSEWHERE = "before => (window.atlasMaps()[0] ?? before) !== before"
MOVED = re.compile(r"[?&]moved=[-\d.]+%2C[-\d.]+%2C[\d.]+$")


def zoom_by_hand(page: Page, button: str = "") -> str:
    """Turn the wheel above the first map, or press a button of it; where it looks then."""
    page.mouse.move(0, 0)
    shown = page.get_by_test_id("stDeckGlJsonChart").first
    shown.locator("canvas").first.wait_for()
    shown.scroll_into_view_if_needed()
    page.wait_for_function("() => window.atlasMaps?.()?.length > 0")
    before = page.evaluate(LOOKS)[0]
    box = shown.bounding_box()
    assert box is not None
    if button:
        shown.get_by_role("button", name=button).click()
    else:
        page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4)
        page.mouse.wheel(0, -200)
    page.wait_for_function(ELSEWHERE, arg=before)
    expect(page).to_have_url(MOVED)
    return str(page.evaluate(LOOKS)[0])


def looks(page: Page, *wanted: str) -> None:
    """Wait until the maps look at these places."""
    page.wait_for_function(
        "wanted => String(window.atlasMaps?.()) === String(wanted)", arg=list(wanted)
    )


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


BACK = {
    # As the button of the browser does, and as a script of a page does.
    "browser": lambda page: page.go_back(wait_until="commit", timeout=5000),
    "script": lambda page: page.evaluate("history.back()"),
}


@pytest.mark.parametrize("by", BACK)
def test_back_before_the_answer_undoes_what_was_changed_last(visit: Open, by: str) -> None:
    seen = visit("dictionary")
    page = seen.page
    page.get_by_label("Search in tables and fields").fill("base")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{seen.base}/dictionary?find=base")
    seen.settle()
    page.get_by_role("combobox", name="Table").click()
    entries = page.evaluate("history.length")
    page.get_by_role("option", name="Outcomes").first.click()
    assert page.url == f"{seen.base}/dictionary?find=base", "answered too soon to go back before"
    with suppress(PlaywrightError):
        # A step that is held does not arrive where it was told to.
        BACK[by](page)
    expect(page.get_by_text(re.compile(r"fields of \d+ tables"))).to_be_visible()
    page.wait_for_function("before => history.length > before", arg=entries)
    seen.settle()
    expect(page).to_have_url(f"{seen.base}/dictionary?find=base")
    page.go_forward()
    expect(page).to_have_url(f"{seen.base}/dictionary?find=base&of=outcomes")
    page.go_back()
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


def test_where_a_hand_moved_the_map_stands_in_a_link_and_another_browser_looks_there(
    visit: Open,
) -> None:
    seen = visit("footprints?sector=mhlda")
    moved = zoom_by_hand(seen.page, "Zoom In")
    other = visit(seen.page.url.removeprefix(f"{seen.base}/"), size="narrow")
    looks(other.page, moved)


def test_a_map_moved_by_hand_stays_there_when_filtered_and_returns_there_by_back(
    visit: Open,
) -> None:
    seen = visit("footprints")
    page = seen.page
    moved = zoom_by_hand(page)
    page.get_by_role("radiogroup", name="What the map shows").get_by_text("Benefits").click()
    expect(page).to_have_url(re.compile(r"view=benefits.*&moved="))
    looks(page, moved)
    page.get_by_role("combobox", name="Zoom to").click()
    page.get_by_role("option", name="London").first.click()
    expect(page).to_have_url(f"{seen.base}/footprints?view=benefits&look=E40000003")
    page.go_back()
    looks(page, moved)


def test_two_maps_side_by_side_move_together(visit: Open) -> None:
    page = visit("side-by-side?exhibit=footprint-map&b.sector=mhlda").page
    page.wait_for_function("() => window.atlasMaps?.()?.length === 2")
    moved = zoom_by_hand(page)
    looks(page, moved, moved)


def test_a_button_of_a_map_moves_it_and_selects_nothing_below_it(
    visit: Open,
) -> None:
    seen = visit("footprints?icb=E54000054")
    page = seen.page
    plus = page.get_by_role("button", name="Zoom In").first
    page.wait_for_function("() => window.atlasMaps?.()?.length === 1")
    for _ in range(3):
        before = page.evaluate("() => window.atlasMaps()[0]")
        plus.click()
        page.wait_for_function(ELSEWHERE, arg=before)
    seen.settle()
    expect(page).to_have_url(re.compile(r"\?icb=E54000054&moved="))
    # Further than a wheel goes: the link looks there all the same.
    zoomed = page.evaluate("() => window.atlasMaps()[0]")
    assert float(zoomed.split(",")[2]) > 11
    expect(page).to_have_url(re.compile(re.escape(quote(zoomed, safe=""))))
    other = visit(page.url.removeprefix(f"{seen.base}/")).page
    looks(other, zoomed)
    assert other.get_by_text("could not be used").count() == 0


def test_what_is_written_for_another_page_is_no_entry_of_this_one(visit: Open) -> None:
    page = visit("helps?part=gain").page
    entries = page.evaluate("history.length")
    here = page.url
    # As a run tells it that opens a page before the browser has gone there.
    for written in ("?part=board&_page=about", "?_page=benefits"):
        for kind in ("pushState", "replaceState"):
            page.evaluate(f"history.{kind}({{}}, '', location.pathname + '{written}')")
    assert (page.url, page.evaluate("history.length")) == (here, entries)
    page.evaluate("history.pushState({}, '', location.pathname + '?part=board&_page=helps')")
    assert page.url == here.replace("gain", "board")
    assert page.evaluate("history.length") == entries + 1


def test_no_run_of_a_page_that_was_left_goes_back_to_it(visit: Open) -> None:
    page = visit("helps?part=gain").page
    entries = page.evaluate("history.length")
    here = page.url
    # As Streamlit does when it hears late of a run: the page's own name, and what it was told last.
    for told in ("tables", "about?part=gain", "benefits?_page=helps"):
        page.evaluate(f"history.pushState({{}}, '', '{told}')")
    assert (page.url, page.evaluate("history.length")) == (here, entries)


def test_a_page_is_gone_to_without_the_address_of_the_one_before(visit: Open) -> None:
    seen = visit("helps?part=gain")
    page = seen.page
    # A run of a page left before told Streamlit its address last, and a page is chosen by the menu.
    page.evaluate("""() => document.addEventListener("click", event => {
        if (!event.target.closest("a[href$=about]")) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        history.pushState({}, "", "about?table=insights&_page=tables");
    }, {once: true, capture: true})""")
    page.evaluate("""() => {
        const link = document.body.appendChild(document.createElement("a"));
        link.href = "about";
        link.click();
    }""")
    assert page.url == f"{seen.base}/about"


def test_the_logo_leads_to_the_first_page_and_back_leads_on(visit: Open) -> None:
    seen = visit("about")
    page = seen.page
    page.get_by_role("button", name="Navigate to home page").click()
    expect(
        page.get_by_role("heading", level=1, name="Provider Collaboratives Atlas")
    ).to_be_visible()
    expect(page).to_have_url(f"{seen.base}/")
    seen.settle()
    page.go_back()
    expect(page).to_have_url(f"{seen.base}/about")
    expect(page.get_by_role("heading", level=1, name="About")).to_be_visible()


def test_quick_steps_back_and_forth_come_to_rest_where_they_lead(visit: Open) -> None:
    seen = visit("helps?part=gain")
    page = seen.page
    for name in ("About", "Tables"):
        page.get_by_role("button", name="Data", exact=True).click()
        page.get_by_role("menuitem", name=name).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        seen.settle()
    for by in (-1, -1, 1, -1, 1, 1, -2, 2, -1, -1):
        page.evaluate(f"history.go({by})")
        page.wait_for_timeout(60)
    expect(page).to_have_url(f"{seen.base}/helps?part=gain")
    expect(page.get_by_role("radio", name="What each can gain")).to_be_checked()
    seen.settle()
    expect(page).to_have_url(f"{seen.base}/helps?part=gain")
    page.get_by_role("radio", name="What helps", exact=True).click()
    expect(page).to_have_url(f"{seen.base}/helps?part=helps")


def test_who_leaves_while_a_change_is_answered_finds_it_again_by_going_back(visit: Open) -> None:
    seen = visit("helps?part=gain")
    page = seen.page
    way = page.get_by_title("Where does “Good practice” come from?")
    parts = {"What hinders": "", "What others do": "?part=practice", "What helps": "?part=helps"}
    for name, said in parts.items():
        box = way.bounding_box()
        assert box is not None
        page.get_by_role("radio", name=name, exact=True).click()
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        expect(page).to_have_url(re.compile(r"/tables\?table=insights"))
        expect(page.get_by_role("heading", level=1, name="Tables")).to_be_visible()
        seen.settle()
        page.go_back()
        expect(page).to_have_url(f"{seen.base}/helps{said}")
        expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()
        seen.settle()


def test_back_from_a_page_opened_at_once_leads_to_the_part_that_was_left(visit: Open) -> None:
    seen = visit("helps?part=gain")
    page = seen.page
    for _ in range(5):
        page.get_by_role("button", name="Data", exact=True).click()
        page.get_by_role("menuitem", name="About").click()
        expect(page).to_have_url(f"{seen.base}/about")
        page.go_back()
        expect(page).to_have_url(f"{seen.base}/helps?part=gain")
        expect(page.get_by_role("radio", name="What each can gain")).to_be_checked()
