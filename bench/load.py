"""Many sessions at once, bounded in number and time.

Two ways of driving: *with think time* each session waits, changes a filter, reads the answer, and
waits again, as people do; *closed loop* each session asks again as soon as it is answered, which
finds the highest throughput. Requests still open when the time is up are waited for and counted,
so that a server that falls behind cannot hide its slowest answers.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.client import NoAnswerError, Session, SessionError
from bench.messages import CacheMissError
from bench.server import Server
from bench.stats import percentile
from bench.widgets import Settings

MAX_SESSIONS = 500
MAX_SECONDS = 3600.0
OPEN_AT_ONCE = 8
SETTLE_SECONDS = 0.4
FAILURES = (SessionError, CacheMissError, OSError)


@dataclass(frozen=True)
class Level:
    """How hard to drive: think time None is a closed loop."""

    sessions: int
    seconds: float
    think_seconds: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is out of bounds."""
        if not 1 <= self.sessions <= MAX_SESSIONS:
            raise ValueError(f"sessions lie between 1 and {MAX_SESSIONS}, found {self.sessions}")
        if not 0 < self.seconds <= MAX_SECONDS:
            raise ValueError(f"seconds lie between 0 and {MAX_SECONDS:.0f}, found {self.seconds}")

    @property
    def label(self) -> str:
        """The name in the report."""
        if self.think_seconds is None:
            return "closed loop"
        return f"think {self.think_seconds:g} s"


@dataclass
class Load:
    """What a level gave."""

    level: Level
    latencies: list[float] = field(default_factory=list)
    """In seconds; a rerun that was given up counts with the time that it was waited for."""
    given_up: int = 0
    opening: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elapsed_seconds: float = 0.0
    server_cpu_seconds: float = 0.0
    driver_cpu_seconds: float = 0.0
    n_bytes: int = 0
    rss_before: int = 0
    rss_after: int = 0

    @property
    def reruns(self) -> int:
        """How many reruns were answered."""
        return len(self.latencies) - self.given_up

    @property
    def per_second(self) -> float:
        """Reruns answered per second."""
        return self.reruns / self.elapsed_seconds if self.elapsed_seconds else 0.0

    @property
    def p95(self) -> float:
        """The 95th percentile of the latency in seconds."""
        return percentile(self.latencies, 0.95)


@dataclass(frozen=True)
class Visit:
    """Where one session goes: a page and the filter states that it cycles through."""

    page: str
    cycle: tuple[str, ...]
    settings: Settings = field(default_factory=dict)


async def drive(server: Server, visits: Sequence[Visit], level: Level, seed: int = 7) -> Load:
    """Drive a level: open every session first, then measure.

    Args:
        server: The server to drive.
        visits: Given to the sessions in turn.
        level: How many sessions, how long, how fast.
        seed: Of the waiting times.

    Returns:
        The measurements of the time after the last session was opened.
    """
    load = Load(level, rss_before=server.rss_bytes())
    gate = asyncio.Semaphore(OPEN_AT_ONCE)
    sessions = [
        (Session(server.url, visit.page, visit.settings), visit)
        for visit in (visits[i % len(visits)] for i in range(level.sessions))
    ]
    try:
        opened = await asyncio.gather(*(_open(session, gate, load) for session, _ in sessions))
        await asyncio.sleep(SETTLE_SECONDS)
        cpu, own, start = server.cpu_seconds(), time.process_time(), time.perf_counter()
        dice = random.Random(seed)
        await asyncio.gather(
            *(
                _work(session, visit, load, start=start, number=number, first_wait=dice.random())
                for number, ((session, visit), ready) in enumerate(
                    zip(sessions, opened, strict=True)
                )
                if ready
            )
        )
        load.elapsed_seconds = time.perf_counter() - start
        load.driver_cpu_seconds = time.process_time() - own
        await asyncio.sleep(SETTLE_SECONDS)  # the collection after the last run counts, too
        load.server_cpu_seconds = server.cpu_seconds() - cpu
        load.rss_after = server.rss_bytes()
    finally:
        await asyncio.gather(*(session.close() for session, _ in sessions), return_exceptions=True)
    return load


async def _open(session: Session, gate: asyncio.Semaphore, load: Load) -> bool:
    async with gate:
        try:
            run = await session.open()
        except FAILURES as error:
            load.errors.append(str(error))
            return False
    load.opening.append(run.latency_seconds)
    load.errors.extend(run.problems)
    return True


async def _work(
    session: Session,
    visit: Visit,
    load: Load,
    *,
    start: float,
    number: int,
    first_wait: float,
) -> None:
    """Cycle through the states until the time is up; sessions start at different states."""
    level = load.level
    deadline = start + level.seconds
    if level.think_seconds is not None:
        await asyncio.sleep(first_wait * level.think_seconds)
    step = number
    while time.perf_counter() < deadline:
        step += 1
        try:
            run = await session.change(visit.cycle[step % len(visit.cycle)])
        except FAILURES as error:
            load.errors.append(str(error))
            if isinstance(error, NoAnswerError):
                load.given_up += 1
                load.latencies.append(error.seconds)
            return
        load.latencies.append(run.latency_seconds)
        load.n_bytes += run.n_bytes
        load.errors.extend(run.problems)
        if level.think_seconds is not None:
            left = deadline - time.perf_counter()
            if level.think_seconds >= left:
                return
            await asyncio.sleep(level.think_seconds)
