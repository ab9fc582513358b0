"""A running Atlas and a browser that reports what should not happen.

The browser reaches nothing but this machine, as in a hall without wi-fi, and a test whose page asks
for anything outside fails.

All workers share one Atlas, and tests share tabs: a tab in which the Atlas's scripts have been read
and compiled opens the next page for a third of what a new one costs. A tab goes back to the others
when its test has passed and is closed when it has not.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36"
)
# Streamlit looks for its server below the address of a sub-page first; these two are its own.
ALLOWED_404 = re.compile(r"/[a-z-]+/_stcore/(health|host-config)$")
QUIET = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Without a graphics card, putting the page together is cheaper without pretending to have one.
    "--disable-gpu-compositing",
    # The network to the outside is cut: no name but this machine's is found.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip

# A wait, not a claim about speed: CI's two cores draw a first chart or map while both are busy.
WAIT_MS = 45_000
expect.set_options(timeout=WAIT_MS)

# Chromium keeps 50 entries of a tab's history and counts no further: a test that counts them
# needs room.
MOST_ENTRIES = 25

# A stage whose maps are left out, and what a page says of each.
NO_MAP = "Failed to create WebGL context"
WITHOUT_MAPS = """(() => {
    const plain = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return /webgl/.test(kind) ? null : plain.call(this, kind, ...more);
    };
})()"""

# Resolves when no script runs and the page has stayed the same for a moment, or after ten seconds
# for a page that never does.
STILL = """() => new Promise(done => {
    const begun = performance.now();
    const runs = () => !document.querySelector(
        '[data-testid=stApp][data-test-script-state=notRunning]');
    const late = () => performance.now() - begun > 10000;
    let quiet;
    const end = () => { clearTimeout(quiet); watcher.disconnect(); done(); };
    const wait = () => {
        clearTimeout(quiet);
        quiet = setTimeout(() => runs() ? wait() : end(), 400);
    };
    const watcher = new MutationObserver(() => late() && !runs() ? end() : wait());
    watcher.observe(document.querySelector('[data-testid=stMain]') ?? document.body,
                    {subtree: true, childList: true, characterData: true});
    wait();
})"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int) -> dict[str, int]:
    """Serve an Atlas as `make run` does; its port, its process and that nobody uses it yet."""
    said = folder / "atlas.log"
    with said.open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "tools.serve"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    until = time.monotonic() + 180
    while f"127.0.0.1:{port}" not in said.read_text("utf-8"):
        if server.poll() is not None or time.monotonic() > until:
            server.terminate()
            pytest.fail(f"the Atlas did not start: {said.read_text('utf-8')}")
        time.sleep(0.1)
    return {"port": port, "process": server.pid, "users": 0}


def stop(state: dict[str, int]) -> None:
    """Stop an Atlas that this worker or another one started, and wait until it has stopped."""
    os.kill(state["process"], signal.SIGTERM)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", state["port"])):
                return
        time.sleep(0.1)


def follow(page: Page, goal: str) -> None:
    """Go to an address of the Atlas as a link in a text does: within the session."""
    page.evaluate(
        """goal => {
            const link = document.createElement("a");
            link.href = goal;
            document.querySelector("[data-testid=stMain]").append(link);
            link.click();
            link.remove();
        }""",
        goal,
    )


@contextmanager
def _noted(folder: Path) -> Iterator[dict[str, int]]:
    """What the workers know of their Atlas, while no other worker reads or changes it."""
    note = folder / "atlas.json"
    with (folder / "atlas.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = json.loads(note.read_text()) if note.exists() else {}
        yield state
        note.write_text(json.dumps(state))


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an Atlas served as `make run` serves it; the last worker to leave stops it."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with _noted(folder) as state:
        if not state.get("users"):
            state.update(start(folder, free_port()))
        state["users"] += 1
        port = state["port"]
    yield f"http://127.0.0.1:{port}"
    with _noted(folder) as state:
        state["users"] -= 1
        if not state["users"]:
            stop(state)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, found by tools/chromium.sh."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("no Chromium: run `make test`, which installs one, or set CHROMIUM")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page opened in the browser, and everything on it that should not be."""

    page: Page
    base: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the script has run and what it drew is there."""
        # The frame's last words are drawn at the end of a run. The state says "not running" before
        # a run has begun too: wait until nothing more is drawn.
        self.page.locator("[data-testid=stMain]").get_by_text("Version ").last.wait_for()
        self.page.evaluate(STILL)

    def problems(self) -> list[str]:
        """Requests to outside, console errors and exceptions shown."""
        shown = self.page.locator("[data-testid=stException]").all_inner_texts()
        return [*self.outside, *self.errors, *shown]


class Tab:
    """A tab that tells whoever visits a page in it what should not have happened."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.seen: Visit | None = None
        page.on("request", lambda r: self._asked(r.url))
        page.on("websocket", lambda w: self._asked(w.url))
        page.on("pageerror", lambda e: self._failed(f"page error: {e}"))
        page.on("response", self._answered)
        page.on("console", self._said)

    def visit(self, path: str, size: str, scheme: str) -> Visit:
        """Open an address at a look, whatever the tab showed before."""
        self.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        self.page.emulate_media(
            color_scheme=scheme,  # type: ignore[arg-type]
            media="null",
            reduced_motion="reduce",
        )
        self.seen = Visit(self.page, self.base)
        self.page.goto(f"{self.base}/{path}")
        self.seen.settle()
        return self.seen

    def leave(self) -> None:
        """Forget the visit; the mouse goes where it points at nothing."""
        self.seen = None
        self.page.unroute_all()
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.mouse.move(0, 0)

    def _asked(self, url: str) -> None:
        own = (self.base, self.base.replace("http", "ws"), "data:", "blob:")
        if self.seen and not url.startswith(own):
            self.seen.outside.append(url)

    def _failed(self, what: str) -> None:
        if self.seen:
            self.seen.errors.append(what)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400 and not ALLOWED_404.search(answer.url):
            self._failed(f"{answer.status} {answer.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "404 (Not Found)" not in message.text:
            self._failed(f"console: {message.text}")


class Tabs:
    """The tabs that nobody uses, by size of the screen."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.contexts: dict[str, BrowserContext] = {}
        self.free: dict[str, list[Tab]] = {size: [] for size in SIZES}

    def take(self, size: str) -> Tab:
        """A tab, a new one where none is free."""
        if self.free[size]:
            return self.free[size].pop()
        if size not in self.contexts:
            phone = PHONE if size == "narrow" else None
            # Maps are drawn in software: half as fine is a quarter of the work, and laid out alike.
            self.contexts[size] = self.browser.new_context(
                user_agent=phone, accept_downloads=True, device_scale_factor=0.5
            )
            self.contexts[size].set_default_timeout(WAIT_MS)
        return Tab(self.contexts[size].new_page(), self.base)

    def give_back(self, size: str, tab: Tab) -> None:
        """Let another test have the tab, unless its history is so full that it stops counting."""
        if tab.page.evaluate("history.length") > MOST_ENTRIES:
            tab.page.close()
            return
        tab.leave()
        self.free[size].append(tab)


@pytest.fixture(scope="session")
def tabs(base: str, browser: Browser) -> Iterator[Tabs]:
    """Tabs of the browser, each used by one test at a time."""
    pool = Tabs(browser, base)
    yield pool
    for context in pool.contexts.values():
        context.close()


FAILED = pytest.StashKey[bool]()


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Give a browser's test that failed one more try, and say so in the summary.

    Two browsers that draw maps without a graphics card, a server and the tests share two cores: now
    and then a click meets a page that still moves. What is broken fails both times.
    """
    if not isinstance(item, pytest.Function) or ROOT / "tests/browser" not in item.path.parents:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    failed = [report for report in reports if report.failed]
    if failed:
        crash = getattr(failed[0].longrepr, "reprcrash", None)
        where = f"{Path(crash.path).name}:{crash.lineno}: {crash.message}" if crash else ""
        said = " ".join((where or failed[0].longreprtext[-300:]).split())[:300]
        with warnings.catch_warnings():
            # Where every warning is an error, this one would end the worker.
            warnings.simplefilter("always")
            item.warn(pytest.PytestWarning(f"failed once and was tried again: {said}"))
        item.stash[FAILED] = False
        item._initrequest()
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test failed, for the fixtures that clean up after it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def visit(tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visit]]:
    """Open an address of the Atlas; the test fails at its end on any problem met on the way.

    Each call opens a tab of its own.
    """
    used: list[tuple[str, Tab]] = []

    def open_page(path: str = "", size: str = "wide", scheme: str = "light") -> Visit:
        tab = tabs.take(size)
        used.append((size, tab))
        return tab.visit(path, size, scheme)

    yield open_page
    problems = [p for _, tab in used if tab.seen for p in tab.seen.problems()]
    for size, tab in used:
        if problems or request.node.stash.get(FAILED, False):
            tab.page.close()
        else:
            tabs.give_back(size, tab)
    assert problems == []


@pytest.fixture
def phone(browser: Browser, base: str) -> Iterator[Callable[..., Page]]:
    """Open an address on a phone with a touch screen; all addresses of a test on the same one.

    Each in the tab of the one before, unless ``new_tab`` is asked for.
    """
    context = browser.new_context(
        user_agent=PHONE,
        has_touch=True,
        viewport={"width": SIZES["narrow"]["width"], "height": SIZES["narrow"]["height"]},
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT_MS)
    tab = context.new_page()

    def open_page(path: str, new_tab: bool = False) -> Page:
        page = context.new_page() if new_tab else tab
        page.goto(f"{base}/{path}")
        page.locator("[data-testid=stMain]").get_by_text("Version ").last.wait_for()
        page.evaluate(STILL)
        return page

    yield open_page
    context.close()
