"""A running Atlas and a browser that reports what should not happen."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36"
)
# Streamlit looks for its server below the address of a sub-page first; these two are its own.
ALLOWED_404 = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
QUIET = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)  # fmt: skip

# A wait, not a claim about speed: CI's two cores draw a first chart or map while both are busy.
WAIT_MS = 45_000
expect.set_options(timeout=WAIT_MS)

# Resolves when the text of the page has stayed the same for half a second (at most ten seconds).
STILL = """() => new Promise(done => {
    const text = () => document.querySelector('[data-testid=stMain]')?.innerText ?? '';
    let last = text(), since = performance.now();
    const begun = since;
    const timer = setInterval(() => {
        const now = performance.now(), seen = text();
        if (seen !== last) { last = seen; since = now; }
        if (now - since > 500 || now - begun > 10000) { clearInterval(timer); done(); }
    }, 50);
})"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    """Address of an Atlas served as `make run` serves it."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tools.serve"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    line = server.stdout.readline()
    if f"127.0.0.1:{port}" not in line:
        server.terminate()
        pytest.fail(f"the Atlas did not start: {line}")
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=20)


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
        self.page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning]", timeout=WAIT_MS
        )
        # The state also says "not running" before a run has begun: wait for the frame's last words
        # and until nothing more is drawn.
        self.page.locator("[data-testid=stMain]").get_by_text("Version ").last.wait_for(
            timeout=WAIT_MS
        )
        self.page.evaluate(STILL)

    def problems(self) -> list[str]:
        """Requests to outside, console errors and exceptions shown."""
        shown = self.page.locator("[data-testid=stException]").all_inner_texts()
        return [*self.outside, *self.errors, *shown]


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[[str, str], BrowserContext]]:
    """One browser profile for each look, so that scripts are read from its cache after the first.

    The Atlas keeps nothing in the browser: what it knows of a reader lives in one tab's socket.
    """
    made: dict[tuple[str, str], BrowserContext] = {}

    def context(size: str, scheme: str) -> BrowserContext:
        if (size, scheme) not in made:
            made[size, scheme] = browser.new_context(
                viewport=SIZES[size],  # type: ignore[arg-type]
                color_scheme=scheme,  # type: ignore[arg-type]
                user_agent=PHONE if size == "narrow" else None,
                accept_downloads=True,
            )
        return made[size, scheme]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def visit(
    base: str, contexts: Callable[[str, str], BrowserContext]
) -> Iterator[Callable[..., Visit]]:
    """Open an address of the Atlas; the test fails at its end on any problem met on the way."""
    visits: list[Visit] = []

    def open_page(path: str = "", size: str = "wide", scheme: str = "light") -> Visit:
        page = contexts(size, scheme).new_page()
        seen = Visit(page, base)
        visits.append(seen)
        own = (base, base.replace("http", "ws"), "data:", "blob:")
        page.on("request", lambda r: None if r.url.startswith(own) else seen.outside.append(r.url))
        page.on(
            "websocket", lambda w: None if w.url.startswith(own) else seen.outside.append(w.url)
        )
        page.on("pageerror", lambda e: seen.errors.append(f"page error: {e}"))
        page.on(
            "response",
            lambda r: (
                seen.errors.append(f"{r.status} {r.url}")
                if r.status >= 400 and not ALLOWED_404.search(r.url)
                else None
            ),
        )
        page.on(
            "console",
            lambda m: (
                seen.errors.append(f"console: {m.text}")
                if m.type == "error" and "404 (Not Found)" not in m.text
                else None
            ),
        )
        page.goto(f"{base}/{path}")
        seen.settle()
        return seen

    yield open_page
    problems = [p for v in visits for p in v.problems()]
    for seen in visits:
        seen.page.close()
    assert problems == []
