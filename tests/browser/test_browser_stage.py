"""Giving a talk: the keys, the two windows, phones that follow, and a lost connection."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from data.walkthrough_files import read_walkthroughs
from tests.browser.conftest import NO_MAP, WITHOUT_MAPS, follow

pytestmark = pytest.mark.browser
PROJECTOR = {"width": 1280, "height": 720}
SUBJECT = {"your-system": "&subject=E54000054"}
SCROLLS = (
    "() => document.scrollingElement.scrollHeight > innerHeight || "
    "document.scrollingElement.scrollWidth > innerWidth"
)
# What of the slide seen does not lie within it.
CUT = """() => {
    const slot = document.documentElement.dataset.stageSlot;
    const slide = document.querySelector(`.st-key-stage-slot-${slot}`);
    const box = slide.getBoundingClientRect();
    const parts = 'h1, .points li, .rows, .js-plotly-plot, [data-testid=stDeckGlJsonChart]';
    return [...slide.querySelectorAll(parts)].filter(e => {
        const r = e.getBoundingClientRect();
        return r.bottom > box.bottom + 3 || r.right > box.right + 3 ||
            e.matches('.rows') && e.scrollHeight > e.clientHeight + 3;
    }).map(e => e.tagName + ' ' + e.textContent.slice(0, 60));
}"""

# Stories of many maps take half a minute in software. The boxes of maps stay and are laid
# out alike; that maps are drawn on the stage without an error is seen in "Your system".
MANY_MAPS = {"where-collaboratives-are", "what-has-been-gained"}


class Stage:
    """The stage in a window of a projector's size, driven by the keyboard alone."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.problems: list[str] = []
        self.is_cut = False
        self.has_maps = True
        self._lines: list[WebSocketRoute] = []
        self._watch(page)
        page.context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        own = (self.base, self.base.replace("http", "ws"), "data:", "blob:", "about:")
        page.on(
            "request",
            lambda r: None if r.url.startswith(own) else self.problems.append(f"outside: {r.url}"),
        )
        page.on("pageerror", self._failed)

    def _failed(self, error: object) -> None:
        if self.has_maps or NO_MAP not in str(error):
            self.problems.append(f"page error: {error}")

    def draw_no_maps(self) -> None:
        """Let the boxes of maps stay empty."""
        self.has_maps = False
        self.page.add_init_script(WITHOUT_MAPS)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}/{path}")
        expect(self.page.locator("html[data-stage-slot]")).to_have_count(1)

    def hold_the_line(self) -> None:
        """From now on the connection can be cut."""

        def connect(line: WebSocketRoute) -> None:
            if self.is_cut:
                line.close()
            else:
                line.connect_to_server()
                self._lines.append(line)

        self.page.route_web_socket(re.compile(r"/_stcore/stream"), connect)

    def cut(self) -> None:
        self.is_cut = True
        for line in self._lines:
            line.close()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def open_notes(self) -> Page:
        """Open the presenter's own window, at the first step."""
        with self.page.expect_popup() as opened:
            self.press("p")
        expect(opened.value.locator("#notes")).to_contain_text("Begin with the base")
        return opened.value

    def at(self, step: int) -> None:
        """The step is on the screen, in the address, and the server has followed."""
        expect(self.page.locator("#stage-where")).to_have_text(re.compile(rf"^{step} / \d+$"))
        expect(self.page.locator(f'h1[data-stage-step="{step}"]')).to_be_visible()
        expect(self.page.locator(f'#stage-facts[data-step="{step}"]')).to_have_count(1)
        expect(self.page).to_have_url(re.compile(rf"[?&]step={step}(&|$)"))

    @property
    def steps(self) -> int:
        return int(self.page.locator("#stage-facts").get_attribute("data-steps") or 0)


@pytest.fixture
def stage(browser: Browser, base: str) -> Iterator[Stage]:
    """A stage; the test fails at its end on an error or a request to outside."""
    # A sixteenth of the pixels: maps are drawn without a graphics card here, and laid out alike.
    context = browser.new_context(viewport=PROJECTOR, device_scale_factor=0.25)  # type: ignore[arg-type]
    talk = Stage(context.new_page(), base)
    yield talk
    context.close()
    assert talk.problems == []


@pytest.mark.parametrize("story", [f.path.stem for f in read_walkthroughs()])
def test_a_story_is_given_from_start_to_end_with_the_keyboard(stage: Stage, story: str) -> None:
    talk = stage
    if story in MANY_MAPS:
        talk.draw_no_maps()
    talk.open(f"present?story={story}&step=1{SUBJECT.get(story, '')}")
    for step in range(1, talk.steps + 1):
        talk.at(step)
        assert not talk.page.evaluate(SCROLLS), f"step {step} scrolls"
        assert talk.page.evaluate(CUT) == [], f"step {step} is cut off"
        talk.press("PageDown")
    talk.at(talk.steps)


def test_keys_jump_blank_help_and_return_to_the_script(stage: Stage) -> None:
    talk = stage
    talk.open("present?story=ready-for-delegation&step=2")
    talk.at(2)
    talk.press("End")
    talk.at(talk.steps)
    talk.press("4", "Enter")
    talk.at(4)
    talk.press("Home", "ArrowRight", "ArrowLeft")
    talk.at(1)
    talk.press("b")
    expect(talk.page.locator("#stage-over-blank")).to_be_visible()
    talk.press("b", "?")
    expect(talk.page.locator("#stage-over-help")).to_contain_text("Step before")
    talk.press("Escape")
    expect(talk.page.locator("#stage-over-help")).to_be_hidden()
    # A question from the room, and back to the script with one key.
    talk.press("2", "Enter")
    talk.at(2)
    scripted = talk.page.locator('h1[data-stage-step="2"]').inner_text()
    talk.page.get_by_role("button", name="And in your sector?").click()
    talk.page.get_by_role("combobox", name="Sector").click()
    talk.page.get_by_role("option", name="Ambulance").click()
    talk.page.keyboard.press("Escape")
    expect(talk.page.locator(".live")).to_contain_text("Live: Ambulance")
    talk.page.locator('h1[data-stage-step="2"]').click()
    talk.press("r")
    expect(talk.page.locator(".live")).to_have_count(0)
    expect(talk.page.locator('h1[data-stage-step="2"]')).to_have_text(scripted)


def ask(talk: Stage, step: int, sector: str) -> None:
    """Choose a sector beside the script of a step, as a presenter who is asked for it."""
    talk.page.get_by_role("button", name="And in your sector?").click()
    talk.page.get_by_role("combobox", name="Sector").click()
    # No Escape: where the list has closed by itself already, it empties the box.
    talk.page.get_by_role("option", name=sector).click()
    expect(talk.page.locator(f'#stage-facts[data-step="{step}"]')).not_to_have_attribute(
        "data-asked", ""
    )
    talk.page.locator(f'h1[data-stage-step="{step}"]').click()


def test_back_and_forward_undo_and_redo_steps_and_live_filters_one_by_one(stage: Stage) -> None:
    talk, live = stage, "live=intent.sector.ambulance"
    begun = "present?story=ready-for-delegation&step=2"
    talk.open(begun)
    talk.at(2)
    ask(talk, 2, "Ambulance")
    address = f"{talk.base}/{begun}&{live}"
    expect(talk.page).to_have_url(address)
    # As fast as a clicker is pressed: the server need not follow each of them.
    talk.press("ArrowRight", "ArrowRight")
    talk.at(4)
    expect(talk.page).to_have_url(address.replace("step=2", "step=4"))
    expect(talk.page.locator(".live:visible")).to_have_count(0)
    talk.page.go_back()
    talk.at(3)
    talk.page.go_back()
    talk.at(2)
    # What is asked on a step is there again when the presenter comes back to it.
    expect(talk.page.locator(".live:visible")).to_contain_text("Live: Ambulance")
    talk.page.go_back()
    expect(talk.page.locator(".live")).to_have_count(0)
    talk.at(2)
    expect(talk.page).to_have_url(f"{talk.base}/{begun}")
    talk.page.go_forward()
    expect(talk.page.locator(".live:visible")).to_contain_text("Live: Ambulance")
    talk.page.go_forward()
    talk.at(3)
    talk.page.go_back()
    talk.at(2)
    talk.press("r")
    expect(talk.page).to_have_url(f"{talk.base}/{begun}")
    expect(talk.page.locator(".live")).to_have_count(0)
    talk.page.go_back()
    expect(talk.page.locator(".live:visible")).to_contain_text("Live: Ambulance")


def test_what_was_taken_away_stays_away_on_the_steps_that_follow(stage: Stage) -> None:
    """The box is in a popover that is closed: the browser must not say again what it held."""
    talk = stage
    begun = "present?story=ready-for-delegation&step=2"
    for takes_away in (lambda: talk.press("r"), talk.page.go_back):
        talk.open(begun)
        talk.at(2)
        ask(talk, 2, "Ambulance")
        takes_away()
        expect(talk.page).to_have_url(f"{talk.base}/{begun}")
        talk.press("ArrowRight")
        talk.at(3)
        expect(talk.page).to_have_url(f"{talk.base}/{begun.replace('step=2', 'step=3')}")
        talk.press("ArrowLeft")
        talk.at(2)
        expect(talk.page.locator(".live")).to_have_count(0)


def test_what_lies_over_a_slide_is_used_with_the_keyboard_alone(stage: Stage) -> None:
    talk = stage
    talk.open("present?story=ready-for-delegation&step=2")
    talk.at(2)
    ask_button = talk.page.get_by_role("button", name="And in your sector?")
    ask_button.focus()
    talk.press("Enter")
    expect(talk.page.get_by_role("combobox", name="Sector")).to_be_visible()
    talk.press("Escape")
    ask_button.focus()
    talk.press("?")
    keys = talk.page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_focused()
    talk.press("Shift+Tab")
    expect(keys.get_by_role("button", name="Close", exact=True)).to_be_focused()
    talk.press("Tab")
    expect(keys.get_by_role("button", name="Next step")).to_be_focused()
    talk.press("Escape")
    expect(keys).to_be_hidden()
    expect(ask_button).to_be_focused()
    talk.press("?", "Tab", "Enter")
    talk.at(3)
    # And with the mouse: the number of the step opens them.
    talk.page.locator("#stage-where").click()
    keys.get_by_role("button", name="Step before").click()
    talk.at(2)


def test_a_copied_link_opens_the_step_with_what_is_asked_in_another_browser(
    stage: Stage, browser: Browser
) -> None:
    talk = stage
    talk.open("present?story=ready-for-delegation&step=2")
    talk.at(2)
    ask(talk, 2, "Ambulance")
    talk.press("ArrowRight")
    talk.at(3)
    ask(talk, 3, "Acute")
    expect(talk.page).to_have_url(re.compile("live=intent.sector.ambulance%2Csectors.sector.acute"))
    other = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme="dark", device_scale_factor=0.25
    )
    second = Stage(other.new_page(), talk.base)
    try:
        second.open(talk.page.url.split("/", 3)[3])
        second.at(3)
        expect(second.page.locator(".live:visible")).to_contain_text("Live: Acute")
        # Letters are as large as this window allows, not as the other one did.
        expect(second.page.locator("#stage-facts")).to_have_attribute("data-size", "tall-900")
        second.press("ArrowLeft")
        second.at(2)
        expect(second.page.locator(".live:visible")).to_contain_text("Live: Ambulance")
        assert second.problems == []
    finally:
        other.close()


SHOWN = """() => {
    const maps = [...document.querySelectorAll("#deckgl-wrapper")];
    const slot = `.st-key-stage-slot-${document.documentElement.dataset.stageSlot}`;
    return window.atlasMaps?.()[maps.findIndex(map => map.closest(slot))];
}"""
"""Where the map of the step that is shown looks, of those that are drawn ahead."""


def test_where_a_hand_moved_the_map_of_a_step_is_in_its_address_and_in_no_other(
    stage: Stage, browser: Browser
) -> None:
    talk = stage
    talk.open("present?story=where-collaboratives-are&step=3")
    talk.at(3)
    before = talk.page.wait_for_function(SHOWN).json_value()
    box = (
        talk.page.locator("h1[data-stage-step='3']")
        .locator("xpath=ancestor::*[contains(@class, 'st-key-stage-slot-')]")
        .locator("canvas")
        .first.bounding_box()
    )
    assert box is not None
    talk.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    talk.page.mouse.wheel(0, -300)
    expect(talk.page).to_have_url(re.compile(r"step=3.*&moved="))
    moved = talk.page.evaluate(SHOWN)
    assert moved != before
    entries = talk.page.evaluate("history.length")
    looks_there = f"there => ({SHOWN})() === there"
    other = browser.new_context(viewport=PROJECTOR, device_scale_factor=0.25)  # type: ignore[arg-type]
    second = Stage(other.new_page(), talk.base)
    try:
        second.open(talk.page.url.split("/", 3)[3])
        second.page.wait_for_function(looks_there, arg=moved)
        assert second.problems == []
    finally:
        other.close()
    talk.press("ArrowRight")
    talk.at(4)
    expect(talk.page).not_to_have_url(re.compile("moved="))
    assert talk.page.evaluate("history.length") == entries + 1
    talk.page.wait_for_function(f"there => ({SHOWN})() !== there", arg=moved)
    talk.page.go_back()
    talk.at(3)
    expect(talk.page).to_have_url(re.compile("&moved="))
    talk.page.wait_for_function(looks_there, arg=moved)


def test_what_of_a_link_cannot_be_used_is_among_the_keys_and_in_the_presenters_window(
    stage: Stage,
) -> None:
    talk = stage
    talk.open("present?story=ready-for-delegation&step=2&live=gone.sector.acute")
    talk.at(2)
    words = "“gone” is not a step of this walkthrough"
    expect(talk.page.get_by_text(words).locator("visible=true")).to_have_count(0)
    talk.press("?")
    expect(talk.page.locator("#stage-over-help")).to_contain_text(words)
    talk.press("Escape")
    with talk.page.expect_popup() as opened:
        talk.press("p")
    expect(opened.value.locator("#link")).to_contain_text(words)
    opened.value.close()


def test_the_link_of_a_step_opens_the_part_of_the_page_that_shows_its_exhibit(
    stage: Stage,
) -> None:
    talk = stage
    talk.open("present?story=ready-for-delegation&step=6")
    talk.at(6)
    talk.page.get_by_role("link", name="Where from: ").locator("visible=true").click()
    card = talk.page.locator(".st-key-exhibit-governance-models")
    expect(card.get_by_role("heading").first).to_be_in_viewport()
    expect(talk.page).to_have_url(re.compile(r"/delegation\?part=governance$"))
    talk.page.go_back()
    talk.at(6)


def test_a_look_at_where_a_number_comes_from_leads_back_to_the_step(stage: Stage) -> None:
    talk = stage
    talk.open("present?story=ready-for-delegation&step=2&live=intent.sector.ambulance")
    talk.at(2)
    talk.press("ArrowRight")
    talk.at(3)
    with talk.page.expect_popup() as opened:
        talk.press("p")
    window = opened.value
    expect(window.locator("#where")).to_contain_text("3 of")
    talk.page.bring_to_front()
    began = talk.page.locator("#stage-timer").inner_text()
    for step in (3, 2):
        talk.press(str(step), "Enter")
        talk.at(step)
        link = talk.page.get_by_role("link", name="Where from: ").locator("visible=true")
        link.focus()
        talk.page.keyboard.press("Enter")
        expect(talk.page.locator("[data-testid=stMain]").get_by_text("Version ")).to_be_visible()
        talk.page.go_back()
        talk.at(step)
    expect(talk.page.locator(".live:visible")).to_contain_text("Live: Ambulance")
    # The talk goes on: its time, and who follows it.
    assert talk.page.locator("#stage-timer").inner_text() > began
    talk.press("ArrowRight")
    talk.at(3)
    expect(window.locator("#where")).to_contain_text("3 of")
    window.close()


SECONDS = """id => {
    const [minutes, seconds] = document.getElementById(id).textContent.split(':').map(Number);
    return 60 * minutes + seconds;
}"""


def test_the_time_goes_back_to_zero_in_both_windows_whichever_asks(stage: Stage) -> None:
    talk = stage
    talk.open("present?story=ready-for-delegation&step=1")
    talk.at(1)
    window = talk.open_notes()
    for asking in (talk.page, window):
        for page, clock in ((talk.page, "stage-timer"), (window, "talk-time")):
            page.bring_to_front()
            page.wait_for_function(f"id => ({SECONDS})(id) >= 3", arg=clock)
        asking.bring_to_front()
        asking.keyboard.press("t")
        for page, clock in ((talk.page, "stage-timer"), (window, "talk-time")):
            page.bring_to_front()
            page.wait_for_function(f"id => ({SECONDS})(id) < 3", arg=clock)
    window.close()


def test_two_windows_and_a_phone_stay_together(stage: Stage) -> None:
    talk = stage
    talk.open("present?story=ready-for-delegation&step=1")
    talk.at(1)
    window = talk.open_notes()
    talk.press("q")
    code = talk.page.locator(".code").inner_text()
    phone = talk.page.context.new_page()
    phone.goto(f"{talk.base}/follow")
    phone.get_by_label("Code on the screen").fill(code.lower())
    phone.get_by_role("button", name="Follow").click()
    expect(phone.locator("article.now")).to_have_attribute("data-step", "1")
    # Whoever joins is counted while the code is on the screen; the presenter's own windows are not.
    expect(talk.page.locator("#stage-count")).to_have_text("1 following")
    expect(window.locator("#status")).to_contain_text("1 following")
    expect(window.get_by_role("button", name="End the talk")).to_be_in_viewport()
    talk.press("Escape", "ArrowRight")
    expect(window.locator("#where")).to_contain_text("2 of")
    expect(phone.locator("article.now")).to_have_attribute("data-step", "2")
    # A question from the room: phones see its answer, and return to the script with the stage.
    talk.at(2)
    talk.page.bring_to_front()
    talk.page.get_by_role("button", name="And in your sector?").click()
    talk.page.get_by_role("combobox", name="Sector").click()
    talk.page.get_by_role("option", name="Ambulance").click()
    talk.page.keyboard.press("Escape")
    expect(talk.page.locator(".live")).to_contain_text("Live: Ambulance")
    expect(phone.locator("article.now .tag")).to_have_text(re.compile("Sector: Ambulance"))
    expect(phone.locator("article.now .asked h2")).to_be_visible()
    talk.page.locator('h1[data-stage-step="2"]').click()
    talk.press("r")
    expect(phone.locator(".asked")).to_have_count(0)
    window.keyboard.press("ArrowRight")
    talk.at(3)
    expect(phone.locator("article.now")).to_have_attribute("data-step", "3")
    window.on("dialog", lambda dialog: dialog.accept())
    window.get_by_role("button", name="End the talk").click()
    expect(phone.locator("#status")).to_contain_text("has ended")
    window.close()
    phone.close()


def test_phones_keep_to_the_step_of_the_stage_where_own_rows_tell_more_steps(
    stage: Stage,
) -> None:
    talk = stage
    talk.draw_no_maps()
    page = talk.page
    page.goto(f"{talk.base}/own")
    rows = b"collaborative_id,icb_code,coverage,basis\nwyaat,E54000024,whole,stated\n"
    file = {"name": "reach.csv", "mimeType": "text/csv", "buffer": rows}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_text("reach.csv is in.")).to_be_visible()
    follow(page, "present?story=your-system&subject=E54000024&step=6")
    talk.at(6)
    expect(page.locator(".foot .own")).to_have_text("Includes the presenter’s own data: reach.csv.")
    with page.expect_popup() as opened:
        talk.press("p")
    window = opened.value
    # Without the row, two steps of the stage are told as one with that before them.
    expect(window.locator("#where")).to_contain_text("5 of 6")
    expect(window.locator("#own")).to_be_visible()
    page.bring_to_front()
    talk.press("q")
    code = page.locator(".code").inner_text()
    phone = page.context.new_page()
    phone.goto(f"{talk.base}/follow/{code}")
    expect(phone.locator("article.now")).to_have_attribute("data-step", "5")
    expect(phone.locator("#own")).to_be_visible()
    assert "reach.csv" not in phone.content() + window.content()
    page.bring_to_front()
    talk.press("Escape", "End")
    talk.at(8)
    expect(phone.locator("article.now")).to_have_attribute("data-step", "6")
    expect(phone.locator("#own")).to_be_hidden()
    # The presenter's window counts the steps of the room.
    window.get_by_role("button", name="← Back").click()
    talk.at(5)
    expect(phone.locator("article.now")).to_have_attribute("data-step", "5")
    window.get_by_role("button", name="Next →").click()
    talk.at(8)
    window.close()
    phone.close()


def test_a_lost_connection_keeps_the_step_and_resumes_there(stage: Stage) -> None:
    talk = stage
    talk.hold_the_line()
    talk.open("present?story=ready-for-delegation&step=2")
    talk.at(2)
    expect(talk.page.locator('h1[data-stage-step="3"]')).to_have_count(1)
    talk.cut()
    # The next slide was prepared: it comes although nobody answers.
    talk.press("ArrowRight")
    expect(talk.page.locator('h1[data-stage-step="3"]')).to_be_visible()
    expect(talk.page.locator('#stage-facts[data-step="2"]')).to_have_count(1)
    expect(talk.page).to_have_url(re.compile(r"[?&]step=3(&|$)"))
    talk.is_cut = False
    talk.at(3)
    talk.press("ArrowRight")
    talk.at(4)


def test_a_number_of_a_slide_leads_to_its_row_and_back_to_the_slide(stage: Stage) -> None:
    stage.open("present?story=ready-for-delegation&step=2")
    stage.at(2)
    page = stage.page
    headline = page.locator('h1[data-stage-step="2"]')
    # In a row of boxes the words beside a link would lose their spaces.
    assert headline.inner_text().endswith("; 40% are considering delegation")
    headline.get_by_role("link", name="40%").click()
    expect(page).to_have_url(re.compile(r"/row\?row=survey_results%2Fnov-2022~delegation-intent"))
    expect(page.get_by_role("heading", name="Considering it", level=2)).to_be_visible()
    page.go_back()
    expect(headline).to_be_visible()
