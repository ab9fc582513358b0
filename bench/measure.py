"""The measurements of one page: its script, its CPU, its bytes, its behaviour under load."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.client import Session, learn
from bench.load import SETTLE_SECONDS, Level, Load, Visit, drive
from bench.messages import Rerun
from bench.pages import PageSpec
from bench.server import Server, ServerSpec, running
from bench.stats import median, slope

# Streamlit reports the script's own time to the browser when usage statistics are on. The bench
# turns them on for its own timing server: the message goes to the bench and nowhere else.
TIMING_OPTIONS = {"browser.gatherUsageStats": "true"}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Change:
    """One filter change from a fresh first view."""

    query: str
    n_bytes: int
    wire_bytes: int
    map_bytes: int
    map_changed: bool
    expected_to_move: bool
    applied_by: str
    largest: tuple[str, int]


@dataclass
class PageReport:
    """Everything measured for one page."""

    page: PageSpec
    script_ms: float = float("nan")
    script_source: str = "server"
    cpu_ms: float = float("nan")
    cpu_reruns: int = 0
    seen_ms: float = float("nan")
    first_view_bytes: int = 0
    first_view_wire: int = 0
    has_map: bool = False
    first_view_kinds: list[tuple[str, int]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    loads: list[Load] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def change_bytes(self, *, map_changed: bool) -> list[float]:
        """Return the bytes of the changes that did, or did not, change a map."""
        return [float(c.n_bytes) for c in self.changes if c.map_changed == map_changed]

    @property
    def change_wire(self) -> int:
        """The bytes that travelled for the heaviest change."""
        return max((c.wire_bytes for c in self.changes), default=0)

    def warnings(self) -> list[str]:
        """Return what the reader of the figures should know about this page."""
        label = self.page.label
        found = [f"{label}: {problem}" for problem in dict.fromkeys(self.problems)]
        for change in self.changes:
            if change.map_changed and not change.expected_to_move:
                found.append(f"{label}: ?{change.query} was to leave the map, but did not")
            if change.expected_to_move and self.has_map and not change.map_changed:
                found.append(f"{label}: ?{change.query} was to change a map, but did not")
            if change.applied_by == "url":
                found.append(
                    f"{label}: ?{change.query} was applied by URL; no widget answers to it"
                )
        return found


def discover(server: Server) -> dict[str, str]:
    """Return the pages of an app, title by URL path, from the navigation that it sends."""

    async def look() -> dict[str, str]:
        async with Session(server.url) as session:
            await session.open()
            return session.pages or {"": ""}

    return asyncio.run(look())


def script_times(spec: ServerSpec, pages: Sequence[PageSpec], reruns: int) -> list[list[float]]:
    """Return, for each page, the script's own times in ms as Streamlit itself measures them.

    The list of a page is empty when the server does not report them.
    """

    async def one(server: Server, visit: Visit) -> list[float]:
        async with _session(server, visit) as session:
            await session.open()
            runs = [await session.change(_step(visit, i)) for i in range(1, reruns + 1)]
        return [run.exec_ms for run in runs if run.exec_ms is not None]

    with running(spec.with_options(spec.name, TIMING_OPTIONS)) as server:
        return [asyncio.run(one(server, visit)) for visit in warm_up(server, pages)]


def warm_up(server: Server, pages: Sequence[PageSpec]) -> list[Visit]:
    """Visit every page in every state, so that imports and caches are not measured.

    Returns:
        For each page where a session goes, and how its widgets are set to get there.
    """

    async def visit(page: PageSpec) -> Visit:
        settings = await learn(server.url, page.url_path, page.cycle)
        found = Visit(page.url_path, page.cycle, settings)
        async with _session(server, found) as session:
            await session.open()
            for query in page.cycle:
                await session.change(query)
        return found

    return [asyncio.run(visit(page)) for page in pages]


def _session(server: Server, visit: Visit) -> Session:
    return Session(server.url, visit.page, visit.settings)


def measure_page(
    server: Server, page: PageSpec, levels: Sequence[Level], reruns: int, say: Say
) -> PageReport:
    """Warm a server up and measure one page on it."""
    report = PageReport(page)
    [visit] = warm_up(server, [page])
    asyncio.run(_measure_bytes(server, visit, report))
    asyncio.run(_measure_cpu(server, visit, report, reruns))
    for level in levels:
        load = asyncio.run(drive(server, [visit], level))
        report.loads.append(load)
        report.problems.extend(load.errors)
        say(
            f"  {level.sessions:>3} sessions, {level.label}: {load.per_second:.1f}/s, "
            f"p95 {load.p95 * 1000:.0f} ms, {len(load.errors)} errors"
        )
    return report


async def _measure_bytes(server: Server, visit: Visit, report: PageReport) -> None:
    """Record the first view and each change, each change in a session of its own."""
    page = report.page
    for query in page.changes or ("",):
        async with _session(server, visit) as session:
            first = await session.open()
            await session.settle(first)
            report.first_view_bytes = max(report.first_view_bytes, first.n_bytes)
            report.first_view_wire = max(report.first_view_wire, first.wire_bytes)
            report.has_map = report.has_map or bool(first.map_hashes)
            report.first_view_kinds = first.bytes_by_kind.most_common(4)
            run = await session.change(query)
            await session.settle(run)
        report.changes.append(_change(page, query, run))
        report.problems.extend([*first.problems, *run.problems])


def _change(page: PageSpec, query: str, run: Rerun) -> Change:
    return Change(
        query=query,
        n_bytes=run.n_bytes,
        wire_bytes=run.wire_bytes,
        map_bytes=run.map_bytes,
        map_changed=run.map_changed,
        expected_to_move=query in page.moves_map,
        applied_by=run.applied_by,
        largest=run.bytes_by_kind.most_common(1)[0],
    )


async def _measure_cpu(server: Server, visit: Visit, report: PageReport, reruns: int) -> None:
    """Divide the server's CPU time over reruns that follow one another in one session."""
    async with _session(server, visit) as session:
        await session.open()
        await asyncio.sleep(SETTLE_SECONDS)
        before = server.cpu_seconds()
        runs = [await session.change(_step(visit, i)) for i in range(1, reruns + 1)]
        await asyncio.sleep(SETTLE_SECONDS)
        report.cpu_ms = (server.cpu_seconds() - before) * 1000 / reruns
    report.cpu_reruns = reruns
    report.seen_ms = median([run.script_seconds * 1000 for run in runs])


def _step(visit: Visit, number: int) -> str:
    return visit.cycle[number % len(visit.cycle)]


@dataclass
class Soak:
    """Memory over time under a steady load."""

    load: Load
    samples: list[tuple[float, int]]

    @property
    def bytes_per_second(self) -> float:
        """The slope over the second half, after caches and pools have filled."""
        half = self.samples[len(self.samples) // 2 :]
        return slope([(at, float(size)) for at, size in half])


def soak(server: Server, pages: Sequence[PageSpec], level: Level, say: Say) -> Soak:
    """Warm a server up, drive all pages at once and watch the server's memory."""
    visits = warm_up(server, pages)
    samples: list[tuple[float, int]] = []
    every = max(1.0, level.seconds / 20)

    async def watch(start: float) -> None:
        while True:
            samples.append((time.perf_counter() - start, server.rss_bytes()))
            say(f"  soak {samples[-1][0]:6.0f} s  {samples[-1][1] / 1e6:7.1f} MB")
            await asyncio.sleep(every)

    async def both() -> Load:
        watcher = asyncio.create_task(watch(time.perf_counter()))
        try:
            return await drive(server, visits, level)
        finally:
            watcher.cancel()

    return Soak(asyncio.run(both()), samples)
