from collections.abc import Callable
from typing import Any

from bench.client import Session
from bench.load import Level, Visit, drive
from bench.server import floor, running


def test_one_session_of_the_title_page_is_measured_over_the_websocket(
    run_async: Callable[..., Any],
) -> None:
    with running(floor("title", {"browser.gatherUsageStats": "true"})) as server:

        async def look() -> None:
            async with Session(server.url) as session:
                first = await session.open()
                await session.settle(first)
                again = await session.change("")
                assert first.problems == again.problems == []
                assert first.bytes_by_kind["heading"] > 0
                assert 0 < again.n_bytes < 20_000
                # Not packed on the floor: what travels is what is said and a frame around each.
                assert again.n_bytes < again.wire_bytes < again.n_bytes + 20 * again.n_messages
                assert again.exec_ms is not None
                assert again.exec_ms / 1000 < again.latency_seconds

        run_async(look())
        load = run_async(drive(server, [Visit("", ("",))], Level(1, 1.0)))
        assert load.errors == []
        assert load.reruns > 1
        assert load.server_cpu_seconds > 0
        assert load.rss_after > 0


def test_what_travels_is_counted_as_packed(run_async: Callable[..., Any]) -> None:
    packed = floor("title", {"server.enableWebsocketCompression": "true"})
    with running(packed) as server:

        async def look() -> tuple[int, int]:
            async with Session(server.url) as session:
                first = await session.open()
                await session.settle(first)
                return first.n_bytes, first.wire_bytes

        said, sent = run_async(look())
    assert 0 < sent < said
