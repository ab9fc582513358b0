"""Side by side with a mouse: what is clicked on a side filters that side, and back undoes it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.drawn import until

pytestmark = pytest.mark.browser
Open = Callable[..., Visit]


def side(page: Page, exhibit_id: str, name: str) -> Locator:
    return page.locator(f".st-key-side-{exhibit_id}-{name}")


def head(page: Page, exhibit_id: str, name: str) -> Locator:
    return side(page, exhibit_id, name).locator("h2")


def click_at(page: Page, box: Locator, x: float, y: float) -> None:
    """Click as a hand does, which comes from somewhere; ``x`` and ``y`` as fractions or pixels.

    Again where nothing was asked of the server: a machine that draws slowly may have moved what is
    clicked in the meantime. A click that was taken is never repeated, as it would undo itself.
    """
    asked: list[int] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.webSocketFrameSent", lambda frame: asked.append(len(frame)))
    for _ in range(6):
        box.scroll_into_view_if_needed()
        found = box.bounding_box()
        assert found is not None
        right = found["x"] + (x * found["width"] if x < 1 else x)
        down = found["y"] + (y * found["height"] if y < 1 else y)
        page.mouse.move(right + 30, down + 30)
        page.mouse.move(right, down, steps=4)
        page.mouse.click(right, down)
        if until(page, lambda: bool(asked), 3):
            break
    client.detach()


def test_a_mark_clicked_on_a_side_filters_it_and_back_undoes_one_at_a_time(
    visit: Open, browser: Browser
) -> None:
    seen = visit("side-by-side?exhibit=outcomes-by-benefit")
    page, shown = seen.page, "outcomes-by-benefit"

    def says(first: str, second: str) -> None:
        expect(head(page, shown, "a")).to_have_text(first)
        expect(head(page, shown, "b")).to_have_text(second)
        # The address is written when the run ends, which is after what it draws.
        seen.settle()

    says("A: everything", "B: everything")
    click_at(page, side(page, shown, "a").locator(".barlayer .point path").first, 0.5, 0.5)
    expect(head(page, shown, "a")).not_to_have_text("A: everything")
    expect(head(page, shown, "b")).to_have_text("B: everything")
    first = head(page, shown, "a").inner_text()
    # What is said above both sides has changed, and with it where they stand.
    seen.settle()
    click_at(page, side(page, shown, "b").locator(".barlayer .point path").nth(4), 0.5, 0.5)
    expect(head(page, shown, "b")).not_to_have_text("B: everything")
    second = head(page, shown, "b").inner_text()
    expect(page).to_have_url(re.compile(r"&collaborative=[^&]+&.*b\.collaborative=[^&]+"))
    # Below each chart: the row, the document, and the way to all the rest.
    for name in "ab":
        line = page.locator(f".st-key-whence-side-{name}-{shown}")
        expect(line).to_contain_text(re.compile(r"\(.+\) · .+20\d\d"))
        link = line.get_by_role("link", name="Where does this come from?")
        expect(link).to_have_attribute("href", re.compile("row=outcomes"))
    expect(side(page, shown, "a")).to_contain_text("to filter side A, and every page, by its")
    expect(side(page, shown, "b")).to_contain_text("to filter side B by its")

    # A copied link opens the same two sides for somebody else.
    guest = browser.new_context()
    copy = guest.new_page()
    copy.goto(page.url)
    expect(head(copy, shown, "a")).to_have_text(first)
    expect(head(copy, shown, "b")).to_have_text(second)
    for name in "ab":
        line = copy.locator(f".st-key-whence-side-{name}-{shown}")
        expect(line.get_by_role("link", name="Where does this come from?")).to_be_visible()
    guest.close()

    page.go_back()
    says(first, "B: everything")
    page.go_back()
    says("A: everything", "B: everything")
    page.go_forward()
    says(first, "B: everything")
    page.go_forward()
    says(first, second)


def test_a_row_clicked_on_b_filters_b_alone(visit: Open) -> None:
    seen = visit("side-by-side?exhibit=outcome-list")
    page = seen.page
    rows = side(page, "outcome-list", "b").locator("[data-testid=stDataFrame] canvas").first
    click_at(page, rows, 100, 55)
    undo = side(page, "outcome-list", "b").get_by_role("button", name="Undo: Collaborative")
    expect(undo).to_be_visible()
    expect(head(page, "outcome-list", "a")).to_have_text("A: everything")
    expect(page).to_have_url(re.compile(r"exhibit=outcome-list&b\.collaborative=(?!.*[?&]collab)"))
    undo.click()
    expect(head(page, "outcome-list", "b")).to_have_text("B: everything")
    expect(page).to_have_url(f"{seen.base}/side-by-side?exhibit=outcome-list")
    page.go_back()
    expect(head(page, "outcome-list", "b")).not_to_have_text("B: everything")


def test_an_area_clicked_on_a_side_is_what_that_side_is_about(visit: Open) -> None:
    page = visit("side-by-side?exhibit=system-map&system=E54000054&b.system=E54000057").page
    page.wait_for_function("() => window.atlasMaps?.()?.length === 2")
    first, second = page.evaluate("() => window.atlasMaps()")
    assert first != second, "each side looks at its own system"
    canvas = side(page, "system-map", "b").locator("canvas").first
    click_at(page, canvas, 0.08, 0.1)
    expect(head(page, "system-map", "b")).not_to_have_text("B: Greater Manchester")
    expect(head(page, "system-map", "a")).to_have_text("A: West Yorkshire")
    expect(page).to_have_url(re.compile(r"system=E54000054&b\.system=(?!E54000057)"))
    page.go_back()
    expect(head(page, "system-map", "b")).to_have_text("B: Greater Manchester")


def looks(page: Page, *places: str) -> None:
    page.wait_for_function(
        "places => window.atlasMaps?.()?.join(';') === places.join(';')", arg=list(places)
    )


def test_maps_of_two_places_are_moved_apart_and_another_browser_looks_there(
    visit: Open, browser: Browser
) -> None:
    """Each has its own parameter; a side with another place begins anew and back moves it there."""
    seen = visit("side-by-side?exhibit=system-map&system=E54000054&b.system=E54000057")
    page = seen.page
    page.wait_for_function("() => window.atlasMaps?.()?.length === 2")
    seen.settle()
    second = page.evaluate("() => window.atlasMaps()[1]")

    def zoomed(name: str, at: int) -> str:
        before = page.evaluate("at => window.atlasMaps()[at]", at)
        plus = side(page, "system-map", name).get_by_role("button", name="Zoom In")
        plus.scroll_into_view_if_needed()
        plus.click()
        page.wait_for_function(
            "([at, before]) => window.atlasMaps()[at] !== before", arg=[at, before]
        )
        param = "b.moved" if at else "moved"
        page.wait_for_function(
            "([at, param]) => new URL(location).searchParams.get(param) === atlasMaps()[at]",
            arg=[at, param],
        )
        return str(page.evaluate("at => window.atlasMaps()[at]", at))

    here = zoomed("a", 0)
    looks(page, here, second)
    there = zoomed("b", 1)
    looks(page, here, there)

    guest = browser.new_context()
    copy = guest.new_page()
    copy.goto(page.url)
    looks(copy, here, there)
    expect(copy).to_have_url(page.url)
    guest.close()

    seen.settle()
    page.get_by_role("button", name="Swap").click()
    expect(head(page, "system-map", "a")).to_have_text("A: Greater Manchester")
    looks(page, there, here)
    page.go_back()
    expect(head(page, "system-map", "a")).to_have_text("A: West Yorkshire")
    looks(page, here, there)
    seen.settle()
    page.get_by_role("button", name="Copy A to B").click()
    expect(head(page, "system-map", "b")).to_have_text("B: West Yorkshire")
    looks(page, here, here)
    expect(page).not_to_have_url(re.compile("b.moved="))


def test_filters_of_a_side_are_open_where_a_link_says_so(visit: Open) -> None:
    seen = visit("side-by-side?exhibit=challenges")
    page = seen.page
    for name in "AB":
        page.get_by_role("button", name=f"Filters of {name}").click()
        expect(page.get_by_role("button", name=f"Clear {name}", exact=True)).to_be_visible()
        expect(page).to_have_url(re.compile(rf"exhibit=challenges&open=filters-{name.lower()}$"))
        seen.settle()
    page.go_back()
    expect(page.get_by_role("button", name="Clear A", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Clear B", exact=True)).to_have_count(0)
    other = visit("side-by-side?exhibit=challenges&open=filters-b", size="narrow").page
    expect(other.get_by_role("button", name="Clear B", exact=True)).to_be_visible()


def test_a_card_leads_to_two_selections_of_it_with_its_filters(visit: Open) -> None:
    seen = visit("delegation?sector=acute")
    page = seen.page
    card = page.locator(".st-key-exhibit-delegation-intent")
    card.get_by_role("link", name="Two selections side by side").click()
    expect(head(page, "delegation-intent", "a")).to_have_text("A: Acute")
    expect(head(page, "delegation-intent", "b")).to_have_text("B: everything")
    expect(page).to_have_url(f"{seen.base}/side-by-side?exhibit=delegation-intent&sector=acute")
    page.go_back()
    expect(card).to_be_visible()
