"""Does the stage slow when people follow? ``python -m bench.followers [--followers 200]``.

A browser gives a talk on a server started here; followers are event streams without a browser. For
each number of followers it prints how long the server takes to confirm a step on the stage, and how
long a step takes from the key to every follower.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import threading
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from bench.server import Server, atlas, running
from bench.stats import percentile

STEPS = 24
MOST = 500
STORY = "ready-for-delegation"


class Followers:
    """Event streams in a thread of their own; notes when each hears of a step.

    Args:
        url: Where the server is.
        code: The room.
        count: How many.
    """

    def __init__(self, url: str, code: str, count: int) -> None:
        self._url, self._code, self._count = urlsplit(url), code, count
        self.heard: dict[int, list[float]] = {}
        self.ready = threading.Event()
        self._open = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),))

    def start(self) -> None:
        """Open every stream and wait until each has had its first event."""
        self._thread.start()
        if not self.ready.wait(60):
            raise TimeoutError(f"only {self._open} of {self._count} followers were let in")

    def wait(self) -> None:
        """Wait until the talk has ended for all of them."""
        self._thread.join(timeout=60)

    async def _run(self) -> None:
        await asyncio.gather(*(self._follow() for _ in range(self._count)))

    async def _follow(self) -> None:
        host, port = str(self._url.hostname), int(self._url.port or 80)
        reader, writer = await asyncio.open_connection(host, port)
        request = f"GET /live/{self._code}/events HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"
        writer.write(request.encode())
        await writer.drain()
        first = True
        while line := await reader.readline():
            if not line.startswith(b"data: {"):
                continue
            now = time.perf_counter()
            if first:
                first = False
                self._open += 1
                if self._open == self._count:
                    self.ready.set()
                continue
            if b'"ended": true' in line:
                break
            version = int(line.split(b'"version": ')[1].split(b",")[0])
            self.heard.setdefault(version, []).append(now)
        writer.close()


def give(page: Page, server: Server, count: int) -> tuple[list[float], list[float]]:
    """Give a talk to so many followers: seconds for the server's steps, and to each follower."""
    page.goto(f"{server.url}/present?story={STORY}&step=1")
    page.wait_for_selector("#stage-facts[data-step='1']", state="attached")
    page.wait_for_selector("html[data-stage-slot]", state="attached")
    # Every slide once, so that what is measured is the talk and not the first drawing.
    for _ in range(9):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(700)
    page.keyboard.press("q")
    code = page.locator(".code").inner_text()
    page.keyboard.press("Escape")
    followers = Followers(server.url, code, count) if count else None
    if followers:
        followers.start()
    confirmed: list[float] = []
    pressed: list[float] = []
    step = 9
    for n in range(STEPS):
        step += -1 if n // 8 % 2 == 0 else 1
        begun = time.perf_counter()
        pressed.append(begun)
        page.keyboard.press("PageUp" if n // 8 % 2 == 0 else "PageDown")
        page.wait_for_selector(f"#stage-facts[data-step='{step}']", state="attached")
        confirmed.append(time.perf_counter() - begun)
        page.wait_for_timeout(250)
    page.keyboard.press("x")
    delivered: list[float] = []
    if followers:
        followers.wait()
        for key, (_, times) in zip(pressed, sorted(followers.heard.items()), strict=False):
            delivered.extend(t - key for t in times)
    return confirmed, delivered


def _row(words: str, seconds: Sequence[float]) -> str:
    if not seconds:
        return f"{words}: none"
    half, most = percentile(seconds, 0.5), percentile(seconds, 0.95)
    return f"{words}: p50 {half * 1000:.0f} ms, p95 {most * 1000:.0f} ms ({len(seconds)} measured)"


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.followers", description=__doc__)
    parser.add_argument("--followers", type=int, default=200)
    options = parser.parse_args(words)
    if not 1 <= options.followers <= MOST:
        parser.error(f"followers lie between 1 and {MOST}, found {options.followers}")
    with running(atlas()) as server, sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": 1280, "height": 720})
        for count in (0, options.followers):
            confirmed, delivered = give(page, server, count)
            print(f"{count} followers", flush=True)
            print(_row("  step confirmed by the server", confirmed))
            print(_row("  key to follower", delivered), flush=True)
        chromium.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
