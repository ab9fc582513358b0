"""The tables of the report, as Markdown that reads well in a terminal, and as JSON. Pure."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from bench.load import Load
from bench.measure import PageReport, Soak
from bench.stats import kilobytes, median, megabytes, percentile

AIM_CPU_SHARE = 0.5
AIM_FIRST_VIEW_KB = 400
AIM_MAP_KEPT_KB = 20
AIM_MAP_MOVED_KB = 150
AIM_SESSIONS = 200
AIM_P95_SECONDS = 0.5
NOTHING = "–"

METHOD = """\
- *Script*: median of the time that Streamlit itself reports for the script (`exec_time`), without
  serialising, sending and collecting garbage; a ~ marks the client's own time from the first to
  the last message of a run, which includes them (where the server does not report).
- *CPU*: user and system time of the server process over reruns one after another in one session,
  collections included, divided by their number. Each rerun is a filter change of the page's cycle.
- *First view* and *change*: websocket payload, in kB of 1000 bytes, as a browser would receive it:
  a message that the browser still holds arrives as a reference. Each change starts from a fresh
  first view. Whether a map changed is seen from its message, not assumed. Files fetched over HTTP
  (boundaries by URL, Streamlit's own code) are not in it.
- *Sent*: the same as it travels, framed; the Atlas packs its messages, the floors do not.
- *Under load*: sessions over the websocket from this machine, which also pays for driving them
  (*driver*: share of one core). Latency runs from sending the change to the end of the run, as
  nearest-rank percentiles. Requests still open at the end are waited for and counted, for a
  minute; then they count as an error, and with that minute. Server CPU is a share of one core:
  Python runs the scripts on about one. With one session in a closed loop about 40 ms of each answer
  of the floors can be TCP's (Streamlit opens its socket without TCP_NODELAY, so that small messages
  wait for a delayed acknowledgement); it costs no CPU, and goes when a session pauses. RSS is the
  server's before and after a level; Streamlit itself holds up to 128 closed sessions for two
  minutes, which is in it."""


@dataclass
class Results:
    """A whole run of the bench."""

    command: str
    machine: dict[str, str]
    floors: list[PageReport] = field(default_factory=list)
    pages: list[PageReport] = field(default_factory=list)
    variants: list[PageReport] = field(default_factory=list)
    soak: Soak | None = None

    @property
    def naive_cpu_ms(self) -> float:
        """The CPU per rerun of the naive floor in this run, or NaN."""
        return next((r.cpu_ms for r in self.floors if "naive" in r.page.label), math.nan)


def number(value: float, digits: int = 0, unit: str = "") -> str:
    """Write a number and its unit, or a dash where there is none."""
    return NOTHING if math.isnan(value) else f"{value:,.{digits}f}{unit}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write an aligned Markdown table: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first = cells[0].ljust(widths[0])
        rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        return "| " + " | ".join([first, *rest]) + " |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([line(head), line(rule), *(line(row) for row in rows)])


def _spread(sizes: Sequence[float]) -> str:
    if not sizes:
        return NOTHING
    return f"{kilobytes(max(sizes)):,.1f} / {kilobytes(median(sizes)):,.1f}"


def cost_table(reports: Sequence[PageReport], naive_cpu_ms: float) -> str:
    """Write what one session costs, one line per page."""
    head = (
        "Page",
        "Script ms",
        "CPU ms / rerun",
        "of naive",
        "First view kB",
        "Change kB, map kept (max / median)",
        "Change kB, map changed (max / median)",
        "Sent kB: first view / heaviest change",
    )
    rows = [
        (
            r.page.label,
            ("~" if r.script_source == "client" else "") + number(r.script_ms, 1),
            number(r.cpu_ms, 1),
            number(100 * r.cpu_ms / naive_cpu_ms if naive_cpu_ms else math.nan, unit=" %"),
            number(kilobytes(r.first_view_bytes), 1),
            _spread(r.change_bytes(map_changed=False)),
            _spread(r.change_bytes(map_changed=True)),
            f"{kilobytes(r.first_view_wire):,.1f} / {kilobytes(r.change_wire):,.1f}",
        )
        for r in reports
    ]
    return table(head, rows)


def load_table(reports: Sequence[PageReport]) -> str:
    """Write the behaviour under load, one line per page and level."""
    head = (
        "Page",
        "Sessions",
        "Driven",
        "Reruns",
        "Reruns/s",
        "p50 ms",
        "p95 ms",
        "max ms",
        "Errors",
        "Server CPU",
        "RSS MB",
        "Driver",
    )
    rows = [_load_row(r.page.label, load) for r in reports for load in r.loads]
    return table(head, rows)


def _load_row(label: str, load: Load) -> tuple[str, ...]:
    elapsed = load.elapsed_seconds or math.nan
    before, after = megabytes(load.rss_before), megabytes(load.rss_after)
    return (
        label,
        str(load.level.sessions),
        load.level.label,
        str(load.reruns),
        number(load.per_second, 1),
        number(percentile(load.latencies, 0.5) * 1000),
        number(load.p95 * 1000),
        number(max(load.latencies, default=math.nan) * 1000),
        str(len(load.errors)),
        number(100 * load.server_cpu_seconds / elapsed) + " %",
        f"{before:,.0f} → {after:,.0f}",
        number(100 * load.driver_cpu_seconds / elapsed) + " %",
    )


def misses(report: PageReport, naive_cpu_ms: float) -> list[str]:
    """Return each aim that a page misses, with its figure."""
    found = []
    if report.cpu_ms >= AIM_CPU_SHARE * naive_cpu_ms:
        share = 100 * report.cpu_ms / naive_cpu_ms
        found.append(f"CPU {share:.0f} % of the naive floor's (aim: under 50 %)")
    first = kilobytes(report.first_view_bytes)
    if first >= AIM_FIRST_VIEW_KB:
        found.append(f"first view {first:.0f} kB (aim: under {AIM_FIRST_VIEW_KB})")
    for changed, aim in ((False, AIM_MAP_KEPT_KB), (True, AIM_MAP_MOVED_KB)):
        worst = kilobytes(max(report.change_bytes(map_changed=changed), default=0))
        if worst >= aim:
            where = "changed" if changed else "kept"
            found.append(f"filter change with the map {where} {worst:.0f} kB (aim: under {aim})")
    for load in report.loads:
        if load.level.sessions != AIM_SESSIONS or load.level.think_seconds is None:
            continue
        if not load.p95 < AIM_P95_SECONDS:
            found.append(f"p95 {load.p95:.2f} s with {AIM_SESSIONS} sessions (aim: under 0.5 s)")
    errors = dict.fromkeys([*report.problems, *(e for load in report.loads for e in load.errors)])
    if errors:
        found.append(f"errors on the page or the connection: {'; '.join(errors)}")
    return found


def summary(results: Results) -> str:
    """Write for each aim how many pages meet it and which do not, worst first."""
    cpu = results.naive_cpu_ms * AIM_CPU_SHARE
    lines = []
    for label, aim, unit, of in (
        ("CPU per rerun under half of the naive floor's", cpu, "ms", lambda r: r.cpu_ms),
        (f"first view under {AIM_FIRST_VIEW_KB} kB", AIM_FIRST_VIEW_KB, "kB",
         lambda r: kilobytes(r.first_view_bytes)),
        (f"filter change under {AIM_MAP_KEPT_KB} kB where the map does not change",
         AIM_MAP_KEPT_KB, "kB", lambda r: _worst(r, map_changed=False)),
        (f"filter change under {AIM_MAP_MOVED_KB} kB where the map changes",
         AIM_MAP_MOVED_KB, "kB", lambda r: _worst(r, map_changed=True)),
        (f"{AIM_SESSIONS} sessions, five seconds' think time, p95 under 500 ms",
         AIM_P95_SECONDS * 1000, "ms", _p95_ms),
    ):  # fmt: skip
        values = {r.page.label: of(r) for r in results.pages}
        measured = {page: v for page, v in values.items() if not math.isnan(v)}
        if not measured or math.isnan(aim):
            lines.append(f"- **{label}**: not measured in this run.")
            continue
        over = sorted((p for p, v in measured.items() if v >= aim), key=lambda p: -measured[p])
        told = ", ".join(f"{p} ({measured[p]:,.0f} {unit})" for p in over)
        met = len(measured) - len(over)
        lines.append(
            f"- **{label}**: met by {met} of {len(measured)} pages"
            + (f"; missed by {told}." if over else ".")
        )
    return "\n".join(lines)


def _worst(report: PageReport, *, map_changed: bool) -> float:
    sizes = report.change_bytes(map_changed=map_changed)
    return kilobytes(max(sizes)) if sizes else math.nan


def _p95_ms(report: PageReport) -> float:
    found = [
        load.p95 * 1000
        for load in report.loads
        if load.level.sessions == AIM_SESSIONS and load.level.think_seconds is not None
    ]
    return max(found, default=math.nan)


BEGIN = "<!-- bench: from here to the end mark written by `make bench` -->"
END = "<!-- bench: end -->"


def put_into(document: str, report: str) -> str:
    """Replace what stands between the two marks of a document by a report.

    Raises:
        ValueError: The marks do not stand there once each, in order.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in after or END in before:
        raise ValueError(f"expected the marks {BEGIN!r} and {END!r}, once each and in this order")
    return f"{before}{BEGIN}\n\n{report.strip()}\n\n{END}{after}"


def aims(results: Results) -> str:
    """Write which pages meet the aims, and what each other one misses."""
    lines = []
    for report in results.pages:
        missed = misses(report, results.naive_cpu_ms)
        lines.append(f"- {report.page.label}: {'; '.join(missed) if missed else 'meets every aim'}")
    return "\n".join(lines)


def notes(results: Results) -> list[str]:
    """Return the warnings of all pages."""
    every = [*results.floors, *results.pages, *results.variants]
    return [warning for report in every for warning in report.warnings()]


def soak_text(found: Soak) -> str:
    """Write how memory went under a steady load."""
    rows = [(f"{at:.0f}", f"{megabytes(size):,.1f}") for at, size in found.samples]
    per_minute = megabytes(found.bytes_per_second) * 60
    load = found.load
    return (
        f"{load.level.sessions} sessions, {load.level.label}, {load.reruns} reruns, "
        f"{len(load.errors)} errors; over the second half memory changes by "
        f"{per_minute:+.2f} MB a minute.\n\n" + table(("Second", "RSS MB"), rows)
    )


def render(results: Results) -> str:
    """Write the whole report."""
    parts = [
        f"Measured with `{results.command}`.",
        "\n".join(f"- {name}: {value}" for name, value in results.machine.items()),
    ]
    measured = [*results.floors, *results.pages]
    if measured:
        parts += ["### What one session costs", cost_table(measured, results.naive_cpu_ms)]
    if any(r.loads for r in measured):
        parts += ["### Under load", load_table(measured)]
    if results.variants:
        parts += [
            "### The floors under other settings",
            cost_table(results.variants, results.naive_cpu_ms),
            load_table(results.variants),
        ]
    if results.soak:
        parts += ["### Memory under a steady load", soak_text(results.soak)]
    if results.pages:
        parts += ["### Against the aims", summary(results), "Page by page:", aims(results)]
    if warned := notes(results):
        parts += ["### To know when reading this", "\n".join(f"- {line}" for line in warned)]
    parts += ["### What is measured", METHOD]
    return "\n\n".join(parts) + "\n"


def as_json(results: Results) -> str:
    """Write everything that was measured as JSON; latencies in seconds, sizes in bytes."""
    return json.dumps(asdict(results), indent=1, default=_plain) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, set | tuple):
        return sorted(value)
    raise TypeError(f"cannot write {type(value).__name__} as JSON")
