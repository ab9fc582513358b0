"""Work that is done ahead, slowly, so that no reader is the first to wait for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from components.ui import cache
from data import DataError

BEGIN_S: Final = 5.0
"""Seconds after the start: the first pages come first."""
REST: Final = 4.0
"""Rest after each piece, in times of what it took: a fifth of one core at most."""


def work(stop: threading.Event, begin: float = BEGIN_S, rest: float = REST) -> None:
    """Do all of it, with rests, until it is done or the server stops.

    Args:
        stop: Set when the server stops.
        begin: Seconds to wait before.
        rest: Rest after each piece, in times of what the piece took.
    """
    if stop.wait(begin):
        return
    pieces = cache.ahead()
    try:
        while True:
            begun = time.perf_counter()
            if next(pieces, "done") == "done" or stop.wait(rest * (time.perf_counter() - begun)):
                return
    # Whoever asks for it makes it then, and is told what is wrong.
    except DataError:
        return
    except Exception:
        logging.getLogger(__name__).exception("could not work ahead")


@asynccontextmanager
async def working_ahead(_: Any) -> AsyncIterator[None]:
    """Work ahead in a thread for as long as the server runs."""
    stop = threading.Event()
    threading.Thread(target=work, args=(stop,), name="ahead", daemon=True).start()
    try:
        yield
    finally:
        stop.set()
