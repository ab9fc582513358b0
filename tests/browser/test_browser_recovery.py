"""A talk whose server is restarted, and a phone that slept: everybody is back where the talk is."""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import free_port, start, stop

pytestmark = pytest.mark.browser
FULL = 8_000
STORY = "present?story=ready-for-delegation&step=2"


class Server:
    """An Atlas of its own, which can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.state: dict[str, int] | None = None
        self.start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.state = start(self.folder, self.port)

    def stop(self) -> None:
        if self.state is not None:
            stop(self.state)
            self.state = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An Atlas that no other test uses."""
    atlas = Server(tmp_path)
    yield atlas
    atlas.stop()


@pytest.fixture
def room(browser: Browser) -> Iterator[Any]:
    """Windows of a hall: a projector's size, drawn coarsely."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, device_scale_factor=0.5)
    yield context
    context.close()


def at(page: Page, step: int) -> None:
    """The step is on the stage, which has its keys, and the server has followed."""
    expect(page.locator("html[data-stage-slot]")).to_have_count(1)
    expect(page.locator(f'h1[data-stage-step="{step}"]')).to_be_visible()
    expect(page.locator(f'#stage-facts[data-step="{step}"]')).to_have_count(1)
    expect(page).to_have_url(re.compile(rf"[?&]step={step}(&|$)"))


def opened(page: Page) -> str:
    """Open the talk to the room; its code."""
    page.keyboard.press("q")
    code = page.locator(".code").inner_text()
    page.keyboard.press("Escape")
    return code


def running(page: Page) -> int:
    """Seconds that the presenter's window shows for the talk, once it is connected."""
    expect(page.locator("#status")).to_contain_text("following")
    told = re.compile(r"^(\d+):(\d\d)$")
    expect(page.locator("#talk-time")).not_to_have_text("0:00")
    found = told.match(page.locator("#talk-time").inner_text())
    assert found is not None
    return int(found[1]) * 60 + int(found[2])


def test_a_restart_keeps_the_step_the_clock_and_the_room(server: Server, room: Any) -> None:
    stage = room.new_page()
    stage.goto(f"{server.base}/{STORY}")
    at(stage, 2)
    expect(stage.locator('h1[data-stage-step="3"]')).to_have_count(1)
    code = opened(stage)
    with stage.expect_popup() as popped:
        stage.keyboard.press("p")
    window = popped.value
    before, noted = running(window), time.monotonic()
    # Until the phone has seen that the talk is missing, the stage may not open it again.
    stage.route(re.compile(r"/live$"), lambda route: route.abort())
    server.stop()
    window.close()
    stage.bring_to_front()
    stage.keyboard.press("ArrowRight")
    expect(stage.locator('h1[data-stage-step="3"]')).to_be_visible()
    server.start()
    phone = room.new_page()
    phone.goto(f"{server.base}/follow/{code}")
    expect(phone.locator("#status")).to_contain_text("opens here by itself")
    stage.unroute_all()
    expect(phone.locator("article.now")).to_have_attribute("data-step", "3")
    at(stage, 3)
    stage.bring_to_front()
    with stage.expect_popup() as popped:
        stage.keyboard.press("p")
    passed = time.monotonic() - noted
    expect(popped.value.locator("#where")).to_contain_text("3 of")
    assert running(popped.value) >= before + passed - 3, "the clock of the talk began anew"


def test_a_phone_that_slept_shows_where_the_talk_is(base: str, room: Any) -> None:
    stage = room.new_page()
    stage.goto(f"{base}/{STORY}")
    at(stage, 2)
    code = opened(stage)
    phone = room.new_page()
    phone.goto(f"{base}/follow/{code}")
    expect(phone.locator("article.now")).to_have_attribute("data-step", "2")
    tab = room.new_cdp_session(phone)
    tab.send("Page.setWebLifecycleState", {"state": "frozen"})
    stage.bring_to_front()
    stage.keyboard.press("ArrowRight")
    at(stage, 3)
    tab.send("Page.setWebLifecycleState", {"state": "active"})
    phone.bring_to_front()
    expect(phone.locator("article.now")).to_have_attribute("data-step", "3")


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a running process are Linux's")
def test_a_file_for_which_the_disk_has_no_room_is_told_and_made_once_there_is(
    server: Server, room: Any
) -> None:
    """A picture needs its font on the server's disk, which is full while files have a limit."""
    page = room.new_page()
    page.goto(f"{server.base}/delegation")
    card = page.locator(".st-key-exhibit-delegation-intent")
    card.get_by_text("Take away", exact=True).click()
    card.get_by_role("combobox", name="As").click()
    page.get_by_role("option", name="Picture (PNG)").click()
    expect(card.get_by_text("For documents and messages.")).to_be_visible()
    make = card.get_by_role("button", name="Make the file")
    save = card.get_by_role("button", name="Save delegation-intent.png")
    assert server.state is not None
    keeper = server.state["process"]
    served = int(Path(f"/proc/{keeper}/task/{keeper}/children").read_text("ascii").split()[0])
    before = resource.prlimit(served, resource.RLIMIT_FSIZE)
    # Less than the font, more than the server's log.
    resource.prlimit(served, resource.RLIMIT_FSIZE, (FULL, before[1]))
    make.click()
    expect(card.get_by_role("alert")).to_contain_text("File too large. Nothing was saved.")
    expect(save).to_have_count(0)
    expect(card.get_by_role("heading")).to_be_visible()
    resource.prlimit(served, resource.RLIMIT_FSIZE, before)
    make.click()
    expect(save).to_be_visible()
    with page.expect_download() as download:
        save.click()
    assert Path(download.value.path()).read_bytes()[:4] == b"\x89PNG"
