"""Making native charts of a plot: which bars, marks, slopes and connections it holds."""

from __future__ import annotations

from dataclasses import replace

from components.export.chart_spec import (
    UNSURE,
    BarChart,
    Chart,
    MarkChart,
    Marks,
    Network,
    Series,
    SlopeChart,
    nearest,
    row_label,
)
from components.export.chart_stacked import stacked_intervals
from components.export.plot import Bar, Panel, Plot, Point
from components.export.plot_axes import Axis
from components.export.plot_layout import plain


def charts_of(plot: Plot) -> list[Chart]:
    """The native charts of a plot, in reading order."""
    if any(len(line.points) > 8 for p in plot.panels for line in p.lines):
        return [_network(plot)]
    slopes = [p for p in plot.panels if p.lines and not p.y.ticks]
    if slopes and all(
        {x for x, _ in line.points} == {0.0, 1.0} for p in slopes for line in p.lines
    ):
        return list(_slopes(slopes, plot))
    charts: list[Chart] = []
    shared = plot.panels[0].y.ticks
    for panel in plot.panels:
        has_rows = panel.y.ticks or (panel.bars and not panel.texts and shared)
        if not has_rows:
            panel = _told_rows(panel)  # noqa: PLW2901
            ticks = panel.y.ticks
        else:
            ticks = panel.y.ticks or shared
        if panel.bars and not panel.x.is_log:
            charts.append(_bar_chart(panel, ticks, stacked=plot.stacked))
        else:
            charts.append(_mark_chart(panel, ticks))
    return charts


def _told_rows(panel: Panel) -> Panel:
    """Rows of a panel whose labels stand above their marks, as an axis with ticks.

    A text without a mark below it, before the next text, is a heading of its own.
    """
    at = sorted({b.row for b in panel.bars} | {p.y for p in panel.marks})
    texts = sorted(panel.texts, key=lambda t: t.y)
    ticks: list[tuple[float, str]] = []
    for n, text in enumerate(texts):
        end = texts[n + 1].y if n + 1 < len(texts) else float("inf")
        own = [row for row in at if text.y <= row < end]
        ticks.append((own[0] if own else text.y, text.text))
    points = [p for p in panel.points if p not in panel.texts]
    return Panel(panel.x, replace(panel.y, ticks=tuple(ticks)), panel.bars, points, panel.lines)


def _bar_chart(panel: Panel, ticks: tuple[tuple[float, str], ...], *, stacked: bool) -> BarChart:
    ordered = sorted(ticks, key=lambda t: -panel.y.part(t[0]))
    at = tuple(ordered)
    count = len(at)
    found: dict[str, Series] = {}

    def series(name: str) -> Series:
        blank: list[float | None] = [None] * count
        return found.setdefault(
            name,
            Series(name, blank[:], [""] * count, [""] * count, [""] * count, blank[:], blank[:]),
        )

    bars = [b for b in panel.bars if abs(b.value) > 0 or b.thickness > 3 or b.text]
    taken = set()
    for bar in bars:
        row = nearest(at, bar.row)
        name = _bar_name(bar, panel)
        one = series(name)
        taken.add(row)
        one.values[row] = bar.value if stacked else bar.high
        one.colours[row], one.patterns[row] = bar.colour, bar.pattern
        one.labels[row] = plain(bar.text)
    for point in panel.marks:
        row = nearest(at, point.y)
        label = plain(point.text)
        if row in taken:
            _beside(found, row, point, panel.x)
            continue
        one = series(point.name)
        taken.add(row)
        one.values[row], one.colours[row] = point.x, point.colour
        one.labels[row] = label or written(panel.x, point.x)
    for text in panel.texts:
        row = nearest(at, text.y)
        holder = next((s for s in found.values() if s.values[row] is not None), None)
        if holder and not holder.labels[row]:
            holder.labels[row] = plain(text.text)
    crossed = False
    if stacked:
        crossed = stacked_intervals(found, panel, at)
    else:
        _intervals(found, panel, at)
    rows = tuple(row_label(t) for _, t in at)
    return BarChart(
        plain(panel.x.title),
        rows,
        tuple(found.values()),
        stacked,
        panel.x,
        panel.x.domain,
        crossed,
    )


def _bar_name(bar: Bar, panel: Panel) -> str:
    """The name of a bar; a thin stem takes that of the mark at its end."""
    if bar.name:
        return bar.name
    ends = [p for p in panel.marks if p.y == bar.row and p.name]
    chosen = min(ends, key=lambda p: abs(p.x - bar.high), default=None)
    return chosen.name if chosen else "Value"


def _beside(found: dict[str, Series], row: int, point: Point, axis: Axis) -> None:
    """A second mark in the row of a bar: told in the label of the bar."""
    holder = next(s for s in found.values() if s.values[row] is not None)
    if holder.name == point.name or holder.values[row] == point.x:
        holder.labels[row] = holder.labels[row] or written(axis, point.x)
        holder.colours[row] = point.colour or holder.colours[row]
        return
    words = f"{point.name[:1].lower()}{point.name[1:]} {written(axis, point.x)}"
    before = holder.labels[row] or written(axis, float(holder.values[row] or 0))
    holder.labels[row] = f"{before} ({words})"


def written(axis: Axis, value: float) -> str:
    """A value with the unit of its axis."""
    plain_value = f"{value:,.1f}".removesuffix(".0")
    return f"{axis.unit[0]}{plain_value}{axis.unit[1]}"


def _intervals(found: dict[str, Series], panel: Panel, at: tuple[tuple[float, str], ...]) -> None:
    """Give the intervals to the bars of their rows.

    A series has one colour of interval: bars of another kind of base become a series of their own.
    """
    for point in panel.points:
        if point.shown and point.plus is None:
            continue
        if point.plus is None:
            continue
        row = nearest(at, point.y)
        holders = [s for s in found.values() if s.values[row] is not None]
        if not holders:
            continue
        holder = holders[-1]
        if holder.arm and holder.arm != point.arm_colour:
            name = f"{holder.name}{UNSURE}"
            size = len(holder.values)
            other = found.setdefault(
                name,
                Series(name, [None] * size, [""] * size, [""] * size, [""] * size, [None] * size,
                       [None] * size),
            )  # fmt: skip
            other.values[row], holder.values[row] = holder.values[row], None
            other.colours[row], other.patterns[row] = holder.colours[row], holder.patterns[row]
            other.labels[row], holder.labels[row] = holder.labels[row], ""
            holder = other
        holder.arm = holder.arm or point.arm_colour
        holder.minus[row], holder.plus[row] = point.minus, point.plus


def _mark_chart(panel: Panel, ticks: tuple[tuple[float, str], ...]) -> MarkChart:
    at = tuple(sorted(ticks, key=lambda t: -panel.y.part(t[0])))
    if not at:
        heights = sorted({p.y for p in panel.points}, key=lambda y: -panel.y.part(y))
        at = tuple((y, "") for y in heights)
    up = len(at) - 1

    def level(y: float) -> float:
        """Rows counted from the bottom, parts of a row between them."""
        part = panel.y.part(y)
        parts = [panel.y.part(t) for t, _ in at]
        for n in range(len(at) - 1):
            if parts[n + 1] <= part <= parts[n]:
                return up - n - (parts[n] - part) / ((parts[n] - parts[n + 1]) or 1)
        if part == parts[0]:  # The only row has no neighbour to lie between.
            return up
        return up + 0.45 if part > parts[0] else -0.45

    found: dict[tuple[str, str, str, bool], Marks] = {}
    for line in panel.lines:
        places = [(x, level(y)) for x, y in line.points]
        key = (f"{line.name}{len(found)}", "", line.colour, True)
        found[key] = Marks("", places, line.colour, "", 0, width=line.width, dash=line.dash)
    for point in panel.points:
        if not point.shown and not point.text and point.plus is None:
            continue
        middle = point.text_at == "middle center"
        symbol = point.symbol if point.shown else ""
        key = (point.name, symbol, point.colour, middle)
        one = found.setdefault(
            key, Marks(point.name, [], point.colour, symbol, point.size, arm=point.arm_colour)
        )
        one.places.append((point.x, level(point.y)))
        one.labels.append(plain(point.text))
        side = "ctr" if middle else "t" if point.text_at.startswith("top") else "r"
        one.label_at = side
        one.minus.append(point.minus)
        one.plus.append(point.plus)
    return MarkChart(
        plain(panel.x.title), tuple(row_label(t) for _, t in at), tuple(found.values()), panel.x,
        panel.x.domain,
    )  # fmt: skip


def _slopes(panels: list[Panel], plot: Plot) -> list[SlopeChart]:
    """A chart for each pair of values; its title stands above it in the plot."""
    texts = [t for p in plot.panels for t in p.texts]
    heads: list[str] = []
    unit = ""
    for text in sorted(texts, key=lambda t: t.y):
        words = plain(text.text)
        if ":" not in words:
            unit = words
        else:
            heads.append(f"{unit}: {words}" if unit else words)
    found = []
    for n, panel in enumerate(panels):
        line = panel.lines[0]
        ends = dict(line.points)
        labels = {p.x: plain(p.text) for p in panel.points if p.text}
        others = tuple(
            (p.name, p.y) for p in panel.marks if not p.text and p.y not in ends.values()
        )
        title = heads[n] if n < len(heads) else ""
        found.append(
            SlopeChart(
                title, (ends[0.0], ends[1.0]), (labels.get(0.0, ""), labels.get(1.0, "")),
                line.colour, others,
            )
        )  # fmt: skip
    return found


def _network(plot: Plot) -> Network:
    left, right = plot.panels[0], plot.panels[1]

    def side(panel: Panel) -> tuple[tuple[float, str, Point], ...]:
        names = dict(panel.y.ticks)
        points = sorted(panel.marks, key=lambda p: p.y)
        return tuple((p.y, plain(names.get(p.y, "")), p) for p in points)

    lines = tuple((line.points[0][1], line.points[-1][1], line) for line in left.lines)
    return Network(side(left), side(right), lines)
