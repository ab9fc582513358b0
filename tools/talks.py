"""Give every story with the keyboard alone and photograph each step: ``python -m tools.talks OUT``.

With ``--cut`` the Atlas and the browser run in a network of their own, with no way out of the
machine, as in a hall without wi-fi. Pictures go to ``OUT/<light|dark>/<story>-<step>.png``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from data.walkthrough_files import read_walkthroughs

ROOT = Path(__file__).resolve().parents[1]
STORIES = [f.path.stem for f in read_walkthroughs()]
STILL_SECONDS = 20
# The first page of a machine at work takes a while.
expect.set_options(timeout=60_000)
# The software drawing of maps is slow; a projector's laptop is not.
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@contextmanager
def atlas(port: int) -> Iterator[str]:
    """The Atlas as ``make run`` serves it, until the block ends."""
    with tempfile.NamedTemporaryFile("w+") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "tools.serve"],
            cwd=ROOT, env={**os.environ, "PORT": str(port)}, stdout=said, stderr=said,
        )  # fmt: skip
        try:
            while f":{port}" not in Path(said.name).read_text("utf-8"):
                if server.poll() is not None:
                    raise SystemExit(f"no Atlas: {Path(said.name).read_text('utf-8')}")
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def at(page: Page, step: int) -> None:
    """Wait until the step is on the screen; the step indicator says so."""
    expect(page.locator("#stage-where")).to_have_text(re.compile(rf"^{step} / \d+$"))
    expect(page.locator(f'h1[data-stage-step="{step}"]')).to_be_visible()
    expect(page.locator(f'#stage-facts[data-step="{step}"]')).to_have_count(1)


def photograph(page: Page, path: Path) -> None:
    """A picture of the stage when two in a row are alike; the clock's line at the foot may run."""
    size = page.viewport_size or {"width": 1280, "height": 720}
    above_clock = {"x": 0, "y": 0, "width": size["width"], "height": size["height"] - 48}
    seen, until = b"", time.monotonic() + STILL_SECONDS
    while time.monotonic() < until:
        page.wait_for_timeout(500)
        now = page.screenshot(clip=above_clock)  # type: ignore[arg-type]
        if now == seen:
            break
        seen = now
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)


def give(
    browser: Browser,
    base: str,
    story: str,
    out: Path,
    look: Literal["light", "dark"],
    size: tuple[int, int],
    subject: str,
) -> list[str]:
    """Give one story with keys only; what went wrong on the way, nothing when all went well."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=look)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("requestfailed", lambda r: wrong.append(f"failed: {r.url}"))
    page.goto(f"{base}/present?story={story}&step=1&subject={subject}")
    at(page, 1)
    steps = int(page.locator("#stage-facts").get_attribute("data-steps") or 0)
    name = f"{story}-{size[0]}" if size[0] != 1280 else story
    for step in range(1, steps + 1):
        at(page, step)
        photograph(page, out / look / f"{name}-{step:02}.png")
        page.keyboard.press("ArrowRight" if step % 2 else "PageDown")
    moves = [("ArrowLeft", steps - 1), ("PageUp", steps - 2), ("Home", 1), ("End", steps)]
    for key, step in moves:
        page.keyboard.press(key)
        at(page, step)
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    at(page, 2)
    for key, over in (("b", "#stage-over-blank"), ("?", "#stage-over-help")):
        page.keyboard.press(key)
        expect(page.locator(over)).to_be_visible()
        photograph(page, out / look / f"{name}-{over.rsplit('-', 1)[1]}.png")
        page.keyboard.press("Escape" if key == "?" else key)
        expect(page.locator(over)).to_be_hidden()
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    context.close()
    # Streamlit looks for its server below the address of a sub-page first.
    return [f"{story} ({look}): {w}" for w in wrong if "404 (Not Found)" not in w]


def main() -> None:
    """Read the command line, give the stories, say what went wrong."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path, help="folder for the pictures")
    ask.add_argument("--story", choices=STORIES, action="append", help="only this story")
    ask.add_argument("--look", choices=("light", "dark"), action="append")
    ask.add_argument("--size", default="1280x720")
    ask.add_argument("--subject", default="E54000054", help="whom Your system is about")
    ask.add_argument("--port", type=int, default=8690)
    ask.add_argument("--cut", action="store_true", help="in a network without a way out")
    told = ask.parse_args()
    if told.cut:
        again = [sys.executable, "-m", "tools.talks", *(a for a in sys.argv[1:] if a != "--cut")]
        inside = 'ip link set lo up && exec "$@"'
        os.execvp("unshare", ["unshare", "-rn", "sh", "-c", inside, "sh", *again])
    width, height = (int(n) for n in told.size.split("x"))
    path, wrong = os.environ.get("CHROMIUM") or shutil.which("chromium"), []
    with atlas(told.port) as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        for look in told.look or ("light", "dark"):
            for story in told.story or STORIES:
                wrong += give(browser, base, story, told.out, look, (width, height), told.subject)
                print(f"given: {story}, {look}", flush=True)
        browser.close()
    raise SystemExit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
