"""Bars and slopes on slides, as native charts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.oxml.ns import qn
from pptx.util import Pt

from components.export.chart_pages import weight
from components.export.chart_spec import BESIDE, BarChart, MarkChart, Series, SlopeChart
from components.export.chart_stacked import arms_in
from components.export.pptx_base import (
    FAINT,
    INK,
    Area,
    add_text,
    describe,
    fitting,
    line_count,
    rgb,
    width_of,
)
from components.export.pptx_chart import (
    ABOVE,
    BARS,
    BELOW,
    LOW,
    NO_LABELS,
    OUTSIDE,
    RIGHT,
    SLOPE,
    STACKED,
    at_foot,
    error_bars,
    fill_point,
    label_of,
    legend,
    manual_layout,
    place_chart,
    plain_axis,
    readable,
    value_axis,
)  # fmt: skip
from components.export.pptx_labels import (
    LABEL,
    Plotted,
    at_bar,
    in_segment,
    lift_label,
    mask_label,
)
from components.export.tabular import neutralised

_FOOT = 0.34
_GAP = 45
"""Between bars, in parts of a hundred of a bar."""


def add_bars(slide: Any, chart: BarChart, area: Area, alt: str, *, place: int = -1) -> None:
    """A chart of bars; long labels stand in text boxes beside it.

    Args:
        slide: The slide.
        chart: What it shows.
        area: Where it stands.
        alt: Text alternative.
        place: Which of several charts beside one another it is; the first labels the rows.
    """
    beside = any(len(r) > BESIDE for r in chart.rows)
    room = area
    if (chart.title or place >= 0) and not beside:
        if chart.title:
            add_text(slide, Area(area.left, area.top, area.width, 0.25), chart.title, 11,
                     colour=FAINT, align="right", name="Axis title")  # fmt: skip
        room = Area(area.left, area.top + 0.25, area.width, area.height - 0.25)
    left = area.width * 0.46 if beside else 0.0
    data: Any = CategoryChartData(number_format="General")  # type: ignore[no-untyped-call]
    # PowerPoint keeps them in a workbook, which would run a name such as "=1+1" as a formula.
    data.categories = [neutralised(row) for row in chart.rows]
    for series in chart.series:
        data.add_series(neutralised(series.name), series.values)
    if not chart.series:
        # Rows that have no number: the words stay, and an empty chart beside them.
        _beside(slide, chart.rows, Area(area.left, area.top, area.width, area.height), 12)
        return
    frame = place_chart(
        slide, STACKED if chart.stacked else BARS,
        Area(room.left + left, room.top, room.width - left, room.height), data,
    )  # fmt: skip
    made = frame.chart
    plot = made.plots[0]
    plot.overlap, plot.gap_width = 100, _GAP
    category = made.category_axis
    plain_axis(category, 12 if len(chart.rows) <= 9 else 10.5)
    category.tick_labels.font.color.rgb = rgb(INK)
    category.reverse_order = True
    category.has_major_gridlines = False
    category.tick_label_position = NO_LABELS if beside or place > 0 else LOW
    value_axis(made.value_axis, chart.axis)
    at_foot(category, made.value_axis)
    several = len(chart.series) > 1
    legend(made, wanted=several)
    # The plot's own place is set, so that it is known what an interval leaves of a bar.
    wide = room.width - left
    names = 0.0 if beside or place > 0 else _names_width(chart.rows, wide)
    edge = max(0.05, names / wide)
    inner = wide * (0.965 - edge)
    keys = [s.name for s in chart.series] if several else []
    tall = room.height - _FOOT - _legend_height(keys, wide)
    manual_layout(made, edge, 0.0, 0.965 - edge, tall / room.height)
    values = made.value_axis
    bar = tall / max(1, len(chart.rows)) / (1 + _GAP / 100)
    plotted = Plotted(values.minimum_scale, values.maximum_scale, inner, wide, bar, room.height)
    for n, (spec, series) in enumerate(zip(chart.series, plot.series, strict=True)):
        before = chart.series[:n] if chart.stacked else None
        _series(spec, series, plotted, chart.series, before)
    if beside:
        _beside(slide, chart.rows, Area(area.left, room.top, left - 0.12, tall), 11)
    describe(frame, alt, "Chart")


def _names_width(rows: Sequence[str], wide: float) -> float:
    """Room for the names of rows on their axis, where long ones break."""
    size = 12 if len(rows) <= 9 else 10.5
    return min(max((width_of(row, size) for row in rows), default=0.0) + 0.15, wide * 0.42)


def _legend_height(names: Sequence[str], wide: float) -> float:
    """Height of a legend at the foot, as many lines as its keys take."""
    if not names:
        return 0.0
    # Keys stand in columns as wide as the longest of them.
    across = max(1, int(wide * 0.8 // (max(width_of(n, 11) for n in names) + 0.4)))
    return 0.1 + 0.24 * -(-len(names) // across)


def _clear_of_each_other(
    rows: Sequence[str], width: float, step: float, sizes: Sequence[float]
) -> float:
    """The largest size at which no label touches the next: a long one uses a short one's room."""
    for size in sizes:
        high = [line_count(row, width - 0.02, size) * size * 1.22 / 72 for row in rows]
        ends = all(h <= step * 1.4 for h in (high[:1] + high[-1:]))
        if ends and all((a + b) / 2 <= step for a, b in pairwise(high)):
            return size
    return sizes[-1]


def _beside(slide: Any, rows: Sequence[str], area: Area, size: float) -> None:
    """Labels of rows in a column: each as high as its row of the chart."""
    step = area.height / max(1, len(rows))
    fits = _clear_of_each_other(rows, area.width, step, (size, 10, 9, 8, 7))
    for n, row in enumerate(rows):
        box = Area(area.left, area.top + n * step, area.width, step)
        add_text(slide, box, row, fits, anchor="middle", align="right", name=f"Row {n + 1}")


def _series(
    spec: Series,
    series: Any,
    plotted: Plotted,
    every: Sequence[Series],
    before: Sequence[Series] | None,
) -> None:
    """Colours, patterns, words and intervals of the bars of one name."""
    first = next((c for c in spec.colours if c), "")
    kinds = {p for p, v in zip(spec.patterns, spec.values, strict=True) if v is not None}
    series.invert_if_negative = False
    if first:
        fill_point(series.format.fill, first, next(iter(kinds)) if len(kinds) == 1 else "")
    for n, value in enumerate(spec.values):
        if value is None:
            continue
        point = series.points[n]
        colour = spec.colours[n] or first
        if spec.colours[n] != first or spec.patterns[n]:
            fill_point(point.format.fill, colour, spec.patterns[n])
        text = spec.labels[n]
        if not text:
            continue
        if before is not None:
            start = sum(s.values[n] or 0.0 for s in before if (s.values[n] or 0.0) * value > 0)
            found = in_segment(text, start, value, arms_in(every, n), plotted)
        else:
            own = next(iter(arms_in((spec,), n)), None)
            found = at_bar(text, value, own, plotted, plain=not spec.patterns[n])
        if found is None:
            continue
        ink = INK if found.place == OUTSIDE else readable(colour)
        label_of(point, text, LABEL, ink, found.place)
        if found.lift:
            lift_label(point, found.lift)
        if found.masks:
            mask_label(point, colour)
    # A line from a bar to words above its interval would be read as an interval.
    for node in series._element.iter(qn("c:showLeaderLines")):
        node.set("val", "0")
    error_bars(series, spec.minus, spec.plus, spec.arm or INK)


def add_slopes(slide: Any, charts: Sequence[SlopeChart], area: Area, alt: str) -> None:
    """Values before and after, a small native line chart each, two or three in a row."""
    across = 4 if len(charts) > 6 else 3 if len(charts) > 2 else max(1, len(charts))
    down = -(-len(charts) // across)
    wide, tall = area.width / across, area.height / down
    for n, spec in enumerate(charts):
        left, top = area.left + (n % across) * wide, area.top + (n // across) * tall
        head = 0.72
        size = fitting(spec.title, wide - 0.3, head, (12, 11, 10, 9, 8))
        box = Area(left, top, wide - 0.3, head)
        add_text(slide, box, spec.title, size, name=f"Heading {n + 1}")
        data: Any = CategoryChartData(number_format="General")  # type: ignore[no-untyped-call]
        data.categories = ["Before", "After"]
        data.add_series("Value", spec.values)
        for name, value in spec.others:
            data.add_series(neutralised(name), (None, value))
        frame = place_chart(
            slide, SLOPE, Area(left, top + head, wide - 0.3, tall - head - 0.1), data
        )
        made = frame.chart
        legend(made, wanted=bool(spec.others))
        plain_axis(made.category_axis)
        made.value_axis.visible = False
        made.value_axis.has_major_gridlines = False
        # Values of nought at both ends still need a scale.
        most = max(*spec.values, *(v for _, v in spec.others)) or 1
        made.value_axis.minimum_scale, made.value_axis.maximum_scale = -0.3 * most, 1.35 * most
        made.category_axis.tick_label_position = LOW
        line = made.plots[0].series[0]
        line.smooth = False
        line.format.line.color.rgb = rgb(spec.colour)
        line.format.line.width = Pt(2.5)
        line.marker.format.fill.solid()
        line.marker.format.fill.fore_color.rgb = rgb(spec.colour)
        line.marker.size = 9
        for k, text in enumerate(spec.labels):
            if text:
                # On the side from which no line comes.
                is_higher = spec.values[k] >= spec.values[1 - k]
                label_of(line.points[k], text, 12, INK, ABOVE if is_higher else BELOW)
        for other, (name, value) in zip(list(made.plots[0].series)[1:], spec.others, strict=True):
            other.format.line.fill.background()
            label_of(other.points[1], f"{value:g}", 10, FAINT, RIGHT)
            other.marker.size = 9
            del name
        describe(frame, f"{spec.title}. Before: {spec.labels[0]}, after: {spec.labels[1]}. {alt}",
                 f"Chart {n + 1}")  # fmt: skip


def rows_height(chart: BarChart | MarkChart) -> float:
    """Lines that a chart takes, for sharing a slide; what follows in a row has a long key."""
    key = 0.4 * len(chart.series) if isinstance(chart, BarChart) and chart.stacked else 0.0
    return sum(weight(r) for r in chart.rows) + 1.5 + key
