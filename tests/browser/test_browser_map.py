"""The map as an executive uses it: click, search, list, hexagons, the newer boundaries."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from components.exhibits.deck import HEIGHT
from components.exhibits.deck_message import FIT_WIDTH
from geo.layers import label_points
from geo.views import view_for
from tests.browser.drawn import until

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
HUMBER = "E54000051"
# One task of the browser: without a graphics card a drawn frame takes so long that a press and a
# release apart would be taken for a long press.
PRESS = """([x, y]) => {
    const target = document.elementFromPoint(x, y);
    const init = {bubbles: true, cancelable: true, clientX: x, clientY: y, pointerId: 1,
                  pointerType: 'mouse', isPrimary: true, button: 0, view: window};
    target.dispatchEvent(new PointerEvent('pointermove', {...init, buttons: 0, button: -1}));
    target.dispatchEvent(new PointerEvent('pointerdown', {...init, buttons: 1}));
    target.dispatchEvent(new PointerEvent('pointerup', {...init, buttons: 0}));
}"""


def card_of(page: Page, exhibit_id: str = "footprint-map") -> Locator:
    return page.locator(f".st-key-exhibit-{exhibit_id}")


def place(page: Page, code: str, exhibit_id: str = "footprint-map") -> tuple[float, float]:
    """Where a system stands on the screen while the map looks at England."""
    canvas = card_of(page, exhibit_id).locator("canvas").first
    canvas.wait_for()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    longitude, latitude, zoom = view_for((), FIT_WIDTH["wide"], HEIGHT, padding=8)
    x, y = label_points("icb")[code]
    world = 512 * 2**zoom

    def down(degrees: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(degrees) / 2)) / (2 * math.pi)

    return (
        box["x"] + box["width"] / 2 + (x - longitude) / 360 * world,
        box["y"] + box["height"] / 2 - (down(y) - down(latitude)) * world,
    )


def press(page: Page, spot: tuple[float, float], done: Callable[[], bool]) -> None:
    """Click until it is taken: software drawing can be too busy to notice the first time.

    A click that was taken asks the server; a second one then would undo it.
    """
    asked: list[int] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.webSocketFrameSent", lambda frame: asked.append(len(frame)))
    for _ in range(20):
        page.evaluate(PRESS, spot)
        if until(page, lambda: bool(asked), 2):
            break
    client.detach()
    if not until(page, done):
        pytest.fail(f"the map did not take a click; the server was asked {len(asked)} times")


def find(page: Page, text: str) -> None:
    box = page.get_by_role("combobox", name="Find a system, collaborative, trust")
    box.click()
    box.fill(text)
    page.keyboard.press("Enter")


def test_a_click_selects_a_system_and_a_second_click_lets_it_go(visit: Open) -> None:
    page = visit("footprints").page
    panel = page.locator(".st-key-map-panel")
    expect(panel).to_contain_text("Nothing selected yet")
    spot = place(page, HUMBER)
    page.mouse.move(*spot, steps=2)
    tooltip = page.locator(".deck-tooltip")
    expect(tooltip).to_contain_text("Humber & N Yorkshire")
    assert "<" not in tooltip.inner_text()
    press(page, spot, lambda: "icb=" in page.url)
    expect(panel).to_contain_text("Humber & N Yorkshire")
    expect(page.get_by_role("button", name="System: Humber & N Yorkshire")).to_be_visible()
    expect(page).to_have_url(re.compile(f"icb={HUMBER}"))
    # The filters named above the map have moved it down.
    press(page, place(page, HUMBER), lambda: "icb=" not in page.url)
    expect(panel).to_contain_text("Nothing selected yet")


def test_a_postcode_district_finds_its_system(visit: Open) -> None:
    page = visit("footprints").page
    find(page, "LS1")
    expect(page.get_by_text("The postcode district LS1 is in West Yorkshire.")).to_be_visible()
    expect(page.locator(".st-key-map-panel")).to_contain_text("West Yorkshire")
    expect(page.get_by_role("button", name="System: West Yorkshire")).to_be_visible()


def test_what_is_not_found_is_said_and_the_map_is_not_sent_again(visit: Open) -> None:
    seen = visit("footprints")
    page, sizes = seen.page, []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on(
        "Network.webSocketFrameReceived",
        lambda frame: sizes.append(len(base64.b64decode(frame["response"]["payloadData"]))),
    )
    find(page, "Nowhere in particular")
    expect(page.get_by_text("Nothing is called “Nowhere in particular”")).to_be_visible()
    seen.settle()
    client.detach()
    # The map alone is more than 80 kB.
    assert 0 < sum(sizes) < 30_000


def test_a_trust_leads_to_its_collaboratives_and_to_its_system(visit: Open) -> None:
    page = visit("footprints").page
    find(page, "Leeds Teaching Hospitals NHS Trust")
    panel = page.locator(".st-key-map-panel")
    expect(panel).to_contain_text("Has a part in")
    expect(panel.get_by_role("link", name="WYAAT")).to_be_visible()
    panel.get_by_role("button", name="Who else is in West Yorkshire?").click()
    expect(panel).to_contain_text("collaboratives")
    expect(page.get_by_role("button", name="System: West Yorkshire")).to_be_visible()


def test_the_list_selects_what_the_map_selects(visit: Open) -> None:
    page = visit("footprints?form=hexagons").page
    card = card_of(page, "systems-hexmap")
    card.get_by_role("radio", name="List", exact=True).click()
    box = card.get_by_role("checkbox", name="West Yorkshire")
    expect(box).not_to_be_checked()
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="System: West Yorkshire")).to_be_visible()
    expect(card.get_by_role("checkbox", name="West Yorkshire")).to_be_checked()
    expect(card).to_contain_text("Selected: West Yorkshire")


def test_the_selection_outlives_another_view_and_form(visit: Open) -> None:
    page = visit("footprints?icb=E54000054").page
    page.get_by_role("radio", name="Footprints and overlap").click()
    expect(card_of(page, "overlap-map")).to_contain_text("Selected")
    page.get_by_role("radio", name="Hexagons").click()
    expect(card_of(page, "overlap-hexmap")).to_contain_text("Selected")
    expect(page).to_have_url(re.compile("icb=E54000054"))


def test_a_system_that_was_merged_becomes_its_successor(visit: Open) -> None:
    page = visit("footprints?icb=E54000022").page
    page.get_by_role("radio", name="April 2026").click()
    expect(page.get_by_role("button", name="System: Norfolk & Suffolk")).to_be_visible()
    card = card_of(page)
    expect(card).to_contain_text("Boundaries of April 2026")
    expect(card).to_contain_text("carried over")
    expect(page).to_have_url(re.compile("vintage=2026"))


def test_two_selected_systems_can_be_compared(visit: Open) -> None:
    page = visit("footprints?icb=E54000054,E54000061").page
    panel = page.locator(".st-key-map-panel")
    panel.get_by_role("link", name="Compare these 2 systems").click()
    expect(page.get_by_role("heading", name="Compare", level=1)).to_be_visible()
    expect(page.get_by_text("South Yorkshire and West Yorkshire differ in")).to_be_visible()


def test_moving_the_map_asks_nothing_of_the_server(visit: Open) -> None:
    page = visit("footprints").page
    x, y = place(page, HUMBER)
    canvas = card_of(page).locator("canvas").first

    def is_named() -> bool:
        page.mouse.move(x, y, steps=2)
        return any("Humber" in t for t in page.locator(".deck-tooltip").all_inner_texts())

    assert until(page, is_named), "the map never named the system under the pointer"
    pictures = [canvas.screenshot()]

    def is_still() -> bool:
        pictures.append(canvas.screenshot())
        return pictures[-1] == pictures[-2] != pictures[0]

    sent: list[int] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.webSocketFrameSent", lambda frame: sent.append(len(frame)))
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=3)
    page.mouse.up()
    page.mouse.wheel(0, -200)
    assert until(page, is_still), "the map did not move, or never came to rest"
    client.detach()
    assert sent == []
