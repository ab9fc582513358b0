"""The stage in a hand: every step of every story, upright and lying, by finger alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from data.walkthrough_files import read_walkthroughs
from tests.browser.conftest import NO_MAP, PHONE, WITHOUT_MAPS

pytestmark = pytest.mark.browser
SUBJECT = {"your-system": "&subject=E54000054"}
UPRIGHT, LYING = {"width": 390, "height": 844}, {"width": 844, "height": 390}
# What of the slide or of the bar lies over another part, beside the screen, or is too small.
WRONG = """() => {
    const slot = document.querySelector(
        `.st-key-stage-slot-${document.documentElement.dataset.stageSlot}`);
    const bad = [], name = e => `${e.tagName} ${e.className} ${e.textContent.slice(0, 30)}`;
    const box = e => {
        const r = e.getBoundingClientRect();
        const wide = e.closest('[class*="st-key-scroll-"]')?.getBoundingClientRect();
        return wide ? {left: Math.max(r.left, wide.left), right: Math.min(r.right, wide.right),
                       top: r.top, bottom: r.bottom} : r;
    };
    const over = (a, b) => {
        const p = box(a), q = box(b);
        return Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1
            && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 1;
    };
    const apart = (parts, what) => parts.forEach((a, n) => {
        const r = box(a);
        if (r.left < -1 || r.right > innerWidth + 1) bad.push(`${what} beside: ${name(a)}`);
        parts.slice(n + 1).filter(b => !a.contains(b) && over(a, b))
            .forEach(b => bad.push(`${what}: ${name(a)} over ${name(b)}`));
    });
    const parts = [...slot.querySelectorAll('h1, .live, div.points, .rows, .js-plotly-plot, .foot, '
        + '.nothing, [data-testid=stDeckGlJsonChart], [role=note], [role=note] + div')];
    apart(parts, 'slide');
    for (const e of slot.querySelectorAll('*')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        const picture = e.closest('.js-plotly-plot, [data-testid=stDeckGlJsonChart]');
        const style = getComputedStyle(e);
        if (own && !picture && style.display !== 'none' && parseFloat(style.fontSize) < 13.9)
            bad.push(`small: ${name(e)}`);
    }
    const pressed = '.st-key-stage-foot :is(.do, .where, .stPopover button)';
    const bar = [...document.querySelectorAll(pressed)].filter(e => e.offsetParent);
    apart(bar, 'bar');
    for (const e of bar) {
        const r = e.getBoundingClientRect();
        if (r.bottom > innerHeight + 1) bad.push(`bar below: ${name(e)}`);
        if (e.matches('button') && Math.min(r.width, r.height) < 40) bad.push(`tiny: ${name(e)}`);
    }
    if (bar.length < 4) bad.push(`bar: only ${bar.length} parts`);
    if (slot.scrollWidth > slot.clientWidth + 1) bad.push('the slide is wider than the screen');
    slot.scrollTop = slot.scrollHeight;
    const end = Math.max(...parts.map(e => e.getBoundingClientRect().bottom));
    const top = document.querySelector('.st-key-stage-foot').getBoundingClientRect().top;
    if (end > top + 1) bad.push(`the bar hides ${Math.round(end - top)} pixels`);
    slot.scrollTop = 0;
    return bad;
}"""


class Hand:
    """A phone with the stage on it."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.problems: list[str] = []
        page.on("pageerror", self._failed)
        self._touch: CDPSession = page.context.new_cdp_session(page)

    def _failed(self, error: object) -> None:
        if NO_MAP not in str(error):
            self.problems.append(str(error))

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}/{path}")
        expect(self.page.locator("html[data-stage-slot]")).to_have_count(1)

    def at(self, step: int) -> None:
        expect(self.page.locator(f'h1[data-stage-step="{step}"]')).to_be_visible()
        expect(self.page.locator(f'#stage-facts[data-step="{step}"]')).to_have_count(1)
        expect(self.page).to_have_url(re.compile(rf"[?&]step={step}(&|$)"))
        expect(self.page.locator("[data-test-script-state=notRunning]")).to_have_count(1)

    def is_laid_out(self, shape: str, step: int) -> None:
        expect(self.page.locator(f'#stage-facts[data-size="{shape}"]')).to_have_count(1)
        wrong: list[str] = []
        for _ in range(20):
            wrong = self.page.evaluate(WRONG)
            if not wrong:
                return
            # A chart takes its width a moment after it is drawn.
            self.page.wait_for_timeout(150)
        pytest.fail(f"step {step}, {shape}: {wrong}")

    def swipe(self, by: int, y: int = 40) -> None:
        """A finger that goes to a side, by so many pixels."""
        x = 300 if by < 0 else 90
        for n in range(6):
            kind = "touchMove" if n else "touchStart"
            points = [{"x": x + by * n / 5, "y": y}]
            self._touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self._touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def hand(browser: Browser, base: str) -> Iterator[Hand]:
    """A phone; the test fails at its end on an error of the page."""
    context = browser.new_context(
        viewport=UPRIGHT, user_agent=PHONE, has_touch=True, is_mobile=True  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    page.add_init_script(WITHOUT_MAPS)
    held = Hand(page, base)
    yield held
    context.close()
    assert held.problems == []


@pytest.mark.parametrize("story", [f.path.stem for f in read_walkthroughs()])
def test_every_step_can_be_read_on_a_phone_upright_and_lying(hand: Hand, story: str) -> None:
    hand.open(f"present?story={story}&step=1{SUBJECT.get(story, '')}")
    steps = int(hand.page.locator("#stage-facts").get_attribute("data-steps") or 0)
    for step in range(1, steps + 1):
        hand.at(step)
        hand.is_laid_out("phone", step)
        if step < steps:
            hand.page.get_by_role("button", name="Next step").tap()
    expect(hand.page.get_by_role("button", name="Next step")).to_be_disabled()
    hand.page.set_viewport_size(LYING)  # type: ignore[arg-type]
    for step in range(steps, 0, -1):
        hand.at(step)
        hand.is_laid_out("lying", step)
        if step > 1:
            hand.page.get_by_role("button", name="Step before").tap()


def test_a_finger_turns_asks_and_finds_everything_that_keys_do(hand: Hand) -> None:
    page = hand.page
    hand.open("present?story=ready-for-delegation&step=2")
    hand.at(2)
    before = page.evaluate("history.length")
    hand.swipe(-240)
    hand.at(3)
    # Over a chart as well, which keeps other touches to itself.
    hand.swipe(240, 300)
    hand.at(2)
    # Each is one entry: the browser took neither for a step of its own.
    assert page.evaluate("history.length") == before + 2
    hand.swipe(-30)
    page.get_by_role("button", name="Your sector?").tap()
    page.get_by_role("combobox", name="Sector").tap()
    page.get_by_role("option", name="Ambulance").tap()
    expect(page).to_have_url(re.compile("live=intent.sector.ambulance"))
    hand.at(2)
    page.locator("h1[data-stage-step='2']").tap(position={"x": 20, "y": 8})
    page.get_by_role("button", name="Live: Ambulance").tap()
    expect(page.locator(".live")).to_have_count(0)
    page.get_by_role("button", name="Menu").tap()
    shown = page.get_by_role("dialog")
    expect(shown.get_by_role("button", name="To step 2", exact=True)).to_have_attribute(
        "aria-current", "step"
    )
    shown.get_by_role("button", name="Blank screen").tap()
    expect(page.locator("#stage-over-blank")).to_be_visible()
    page.touchscreen.tap(150, 300)
    expect(page.locator("#stage-over-blank")).to_be_hidden()
    page.get_by_role("button", name="Menu").tap()
    shown.get_by_role("button", name="Code to follow along").tap()
    expect(page.locator("#stage-over-follow .code")).to_be_in_viewport()
    page.locator("#stage-over-follow").get_by_role("button", name="Close").tap()
    page.get_by_role("button", name="Menu").tap()
    shown.get_by_role("button", name="To step 7").tap()
    hand.at(7)
    page.get_by_role("button", name="Menu").tap()
    shown.get_by_role("button", name="Leave the stage").tap()
    expect(page.get_by_role("button", name="Present").first).to_be_visible()
