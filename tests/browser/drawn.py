"""Drawing figures alone, and waiting for what no element of a page says: the picture of a map."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import plotly
from playwright.sync_api import Browser, Page

PATIENCE_S = 60.0
_FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def until(page: Page, seen: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    """Look again after every frame that the browser draws.

    Args:
        page: The page.
        seen: Whether what a person waits for is there.
        patience_s: Seconds after which a person would give up.

    Returns:
        Whether it was seen.
    """
    end = time.monotonic() + patience_s
    while not seen():
        if time.monotonic() > end:
            return False
        page.evaluate(_FRAME)
    return True


def easel(browser: Browser) -> Page:
    """A page with Plotly and one empty place, ``#chart``, to draw a figure on."""
    page = browser.new_page()
    page.set_content("<div id='chart'></div>")
    page.add_script_tag(path=Path(plotly.__file__).parent / "package_data" / "plotly.min.js")
    return page
