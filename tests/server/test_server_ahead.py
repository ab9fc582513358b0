"""What is made ahead is there when somebody asks, and the server can stop in the middle of it."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from components.exhibits import REGISTRY
from components.ui import cache
from data import Catalogue
from server.ahead import work


@pytest.fixture
def fresh(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Tables of which nothing has been made yet, and two exhibits."""
    tables = replace(catalogue)
    monkeypatch.setattr(cache, "shared", lambda: (tables, ()))
    some = [REGISTRY["outcome-list"], REGISTRY["collaborative-list"]]
    monkeypatch.setattr(cache, "REGISTRY", some)
    return tables


def test_rows_know_their_exhibits_before_anybody_asks(
    fresh: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(threading.Event(), begin=0, rest=0)
    monkeypatch.setattr(cache, "build_exhibit", None)  # nothing is built from now on
    assert cache.shown_in(fresh)["collaboratives/wyaat"] == ("collaborative-list",)


def test_a_server_that_stops_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, done = threading.Event(), []

    def pieces() -> Iterator[None]:
        for number in range(5):
            done.append(number)
            if number == 1:
                stop.set()
            yield

    monkeypatch.setattr(cache, "ahead", pieces)
    work(stop, begin=0, rest=1)
    assert done == [0, 1]
    work(stop, begin=60)
    assert done == [0, 1], "stopped while it waits to begin"
