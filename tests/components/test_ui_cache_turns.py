"""Places for scripts: what takes long leaves its own to others."""

from __future__ import annotations

import threading
from contextlib import ExitStack

from components.ui import cache

PATIENCE_S = 20


def test_reading_a_file_keeps_nobody_from_a_place() -> None:
    with ExitStack() as stack:
        # As many as there are places hold one each and read a file each.
        begun, reading, done = threading.Barrier(3), threading.Event(), threading.Event()
        inside: list[int] = []

        def read() -> None:
            with cache.turn():
                begun.wait(PATIENCE_S)
                with cache.aside():
                    inside.append(1)
                    reading.set()
                    done.wait(PATIENCE_S)
                    inside.append(-1)

        readers = [threading.Thread(target=read) for _ in range(2)]
        stack.callback(done.set)
        for thread in readers:
            thread.start()
        begun.wait(PATIENCE_S)
        taken = threading.Event()

        def other() -> None:
            with cache.turn():
                taken.set()

        threading.Thread(target=other).start()
        assert taken.wait(PATIENCE_S), "nobody else got a place while two files were read"
        assert reading.wait(PATIENCE_S), "nobody reads"
        assert sum(inside) == 1, "files are read one at a time"
        done.set()
        for thread in readers:
            thread.join(PATIENCE_S)
    # Every place was given back once: a bounded semaphore refuses one too many.
    with cache.turn(), cache.aside():
        pass


def test_a_script_without_a_place_gives_none_back() -> None:
    with cache.aside():
        pass
    with cache.turn():
        pass
