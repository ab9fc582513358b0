"""Marks in rows as native scatter charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Inches, Pt

from components.export.chart_spec import MarkChart, Marks
from components.export.plot_layout import lines_of, plain
from components.export.pptx_base import (
    FAINT,
    INK,
    Area,
    add_text,
    describe,
    fitting,
    flat,
    line_count,
    rgb,
    tinted,
    width_of,
)
from components.export.pptx_chart import (
    ABOVE,
    CENTRE,
    GRID,
    LOW,
    MARKERS,
    NO_LABELS,
    RIGHT,
    SCATTER,
    dash_of,
    even_counts,
    label_of,
    legend,
    manual_layout,
    place_chart,
    plain_axis,
    readable,
    value_axis,
)  # fmt: skip
from components.export.tabular import neutralised

_SYMBOLS = {
    "circle": MSO_SHAPE.OVAL, "square": MSO_SHAPE.RECTANGLE, "diamond": MSO_SHAPE.DIAMOND,
    "triangle-up": MSO_SHAPE.ISOSCELES_TRIANGLE, "pentagon": MSO_SHAPE.REGULAR_PENTAGON,
    "cross": MSO_SHAPE.CROSS, "diamond-tall": MSO_SHAPE.DIAMOND, "star": MSO_SHAPE.STAR_5_POINT,
    "line-ns": MSO_SHAPE.MATH_MINUS,
}  # fmt: skip


def add_marks(slide: Any, chart: MarkChart, area: Area, alt: str) -> None:
    """A scatter chart: rows are labelled in a column beside it, categories above it."""
    longest = max((width_of(r, 11) for r in chart.rows), default=1.0)
    left = min(max(longest + 0.2, 1.2), area.width * 0.42)
    named = chart.axis.categories or any("<b>" in t for _, t in chart.axis.ticks)
    columns = chart.axis.ticks if named else ()
    head = _column_height(columns, area.width - left - 0.35)
    names = list(dict.fromkeys(s.name for s in chart.series if s.name))
    legend_room = 0.34 if len(names) > 1 else 0.0
    foot = (0.08 if named or not chart.axis.visible else 0.34) + legend_room
    if chart.title:
        foot += 0.24
    tall = area.height - head - foot
    inner = Area(area.left + left, area.top + head, area.width - left - 0.35, tall)
    chart = replace(chart, series=(*_intervals(chart.series), *chart.series))
    data: Any = XyChartData(number_format="General")  # type: ignore[no-untyped-call]
    for one in chart.series:
        series = data.add_series(neutralised(one.name) or ("Line" if one.width else "Value"))
        for x, y in one.places:
            series.add_data_point(x, y)
    whole = Area(area.left + left - 0.1, area.top + head, area.width - left + 0.1, tall + foot)
    frame = place_chart(slide, SCATTER, whole, data)
    made = frame.chart
    _axes(made, chart, named=bool(named))
    manual_layout(made, 0.1 / whole.width, 0.0, inner.width / whole.width, tall / whole.height)
    legend(made, wanted=False)
    # Marks of neighbouring rows must not touch.
    largest = max(5, round(tall / max(1, len(chart.rows)) * 72 * 0.72))
    for spec, series in zip(chart.series, made.plots[0].series, strict=True):
        _series(spec, series, largest)
    even_counts(made)
    _labels(slide, chart, inner, area.left, left - 0.2)
    _columns(slide, chart, columns, inner, head)
    if chart.title:
        top = inner.top + inner.height + (0.05 if named else 0.34)
        add_text(slide, Area(inner.left, top, inner.width, 0.22), chart.title, 11, colour=FAINT,
                 align="center", name="Axis title")  # fmt: skip
    if legend_room:
        _legend(slide, chart, Area(area.left, area.top + area.height - 0.26, area.width, 0.24))
    describe(frame, alt, "Chart")


def _intervals(series: Sequence[Marks]) -> Iterator[Marks]:
    """Each interval as a line of its own.

    Error bars along the values of a scatter chart are left out by LibreOffice; lines are drawn, and
    can be edited, everywhere.
    """
    for one in series:
        for (x, y), minus, plus in zip(one.places, one.minus, one.plus, strict=False):
            if minus is not None and plus is not None:
                ends = [(x - minus, y), (x + plus, y)]
                yield Marks("95% interval", ends, one.arm or INK, "", 0, width=2.0)


def _column_height(columns: tuple[tuple[float, str], ...], width: float) -> float:
    if not columns:
        return 0.0
    step = width / len(columns)
    if _lies(columns, step):
        size = _lying(step)
        lines = max(line_count(_heading(t), step - 0.06, size) for _, t in columns)
        return lines * size * 1.22 / 72 + 0.1
    longest = max(width_of(plain(t), 10) for _, t in columns)
    return min(1.55, longest + 0.1)


def _lying(step: float) -> float:
    return 11.0 if step >= 1.2 else 10.0 if step >= 0.95 else 9.0


def _lies(columns: tuple[tuple[float, str], ...], step: float) -> bool:
    """Whether headings fit between their neighbours with their words one below another."""
    words = [word for _, label in columns for word in plain(label).split()]
    words += [line for _, label in columns for line in _heading(label).split("\n")[1:]]
    return all(width_of(word, _lying(step)) <= step - 0.06 for word in words)


def _heading(markup: str) -> str:
    """A heading whose name may break anywhere, and whose count ("0 of 14") has its own line."""
    lines = [line for line in lines_of(markup) if line]
    parts = groupby(lines, key=lambda line: line[0].bold)
    return "\n".join(" ".join("".join(r.text for r in line) for line in part) for _, part in parts)


def _axes(made: Any, chart: MarkChart, *, named: bool) -> None:
    value, rows = made.category_axis, made.value_axis
    value_axis(value, chart.axis)
    if named or not chart.axis.visible:
        value.tick_label_position = NO_LABELS
        value.minimum_scale, value.maximum_scale = chart.axis.low, chart.axis.high
        value.major_unit = 1
        value.has_major_gridlines = False
    else:
        # Below the plot, not at the lowest row, which lies above its edge.
        value.tick_label_position = LOW
    if not named and chart.axis.visible and chart.axis.ticks and not chart.axis.is_log:
        value.minimum_scale, value.maximum_scale = chart.axis.low, chart.axis.high
        first, step = chart.axis.ticks[0][0], value.major_unit or 1
        value.minimum_scale = first if abs(first - chart.axis.low) < step else chart.axis.low
        if chart.axis.low < first - 0.02 * step:
            value.minimum_scale = first - step if first - step >= chart.axis.low - step else first
        if 1900 < first < 2100:
            value.tick_labels.number_format = "0"
    plain_axis(rows)
    rows.minimum_scale, rows.maximum_scale = -0.5, len(chart.rows) - 0.5
    rows.major_unit = 1
    rows.tick_label_position = NO_LABELS
    rows.has_major_gridlines = False


def _series(spec: Marks, series: Any, largest: int) -> None:
    """The look of the marks, or of the line, of one name; ``largest`` in points."""
    if spec.width:
        series.format.line.color.rgb = rgb(spec.colour if spec.colour.startswith("#") else GRID)
        series.format.line.width = Pt(max(0.75, spec.width * 0.75))
        if dash_of(spec.dash) is not None:
            series.format.line.dash_style = dash_of(spec.dash)
        _no_marker(series)
        return
    series.format.line.fill.background()
    if not spec.symbol:
        _no_marker(series)
    else:
        base = spec.symbol.removesuffix("-open")
        series.marker.style = MARKERS.get(base, MARKERS["circle"])
        series.marker.size = int(min(24, largest, max(5, round(spec.size * 0.8))))
        fill = series.marker.format.fill
        fill.solid()
        is_open = spec.symbol.endswith("-open")
        fill.fore_color.rgb = rgb(tinted(spec.colour) if is_open else spec.colour)
        series.marker.format.line.color.rgb = rgb(spec.colour)
        series.marker.format.line.width = Pt(1.75 if is_open else 0.75)
    place = {"ctr": CENTRE, "t": ABOVE, "r": RIGHT}[spec.label_at]
    on_mark = spec.label_at == "ctr" and spec.symbol and not spec.symbol.endswith("-open")
    ink = readable(spec.colour) if on_mark else INK
    for n, text in enumerate(spec.labels):
        if text:
            label_of(series.points[n], text, 9.5 if spec.label_at == "ctr" else 11, ink, place)


def _no_marker(series: Any) -> None:
    series.marker.style = XL_MARKER_STYLE.NONE


def _labels(slide: Any, chart: MarkChart, inner: Area, left: float, width: float) -> None:
    step = inner.height / max(1, len(chart.rows))
    size = min((fitting(row, width, step, (11, 10, 9, 8, 7)) for row in chart.rows), default=11)
    for n, row in enumerate(chart.rows):
        top = inner.top + n * step
        add_text(slide, Area(left, top, width, step), row, size, anchor="middle", align="right",
                 name=f"Row {n + 1}")  # fmt: skip
        line = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Inches(inner.left), Inches(top + step / 2),
            Inches(inner.left + inner.width), Inches(top + step / 2),
        )  # fmt: skip
        flat(line)
        line.line.color.rgb, line.line.width = rgb(GRID), Pt(0.5)
        describe(line, f"Guide line of {row or 'a row'}", f"Guide {n + 1}")
        # Behind the chart: guides are paper, marks are ink.
        slide.shapes._spTree.remove(line._element)
        slide.shapes._spTree.insert(2, line._element)


def _columns(
    slide: Any, chart: MarkChart, columns: tuple[tuple[float, str], ...], inner: Area, head: float
) -> None:
    step = inner.width / max(1, len(columns))
    lies = bool(columns) and _lies(columns, step)
    every = (fitting(plain(t), head - 0.06, min(0.2, step) + 0.04, (10, 9, 8, 7, 6))
             for _, t in columns)  # fmt: skip
    upright = min(every, default=10.0)
    for n, (place, label) in enumerate(columns):
        x = inner.left + chart.axis.part(place) * inner.width
        words = plain(label)
        if lies:
            box = Area(x - step / 2 + 0.03, inner.top - head, step - 0.06, head - 0.04)
            add_text(slide, box, _heading(label), _lying(step),
                     anchor="bottom", align="center", name=f"Column {n + 1}")  # fmt: skip
            continue
        # Upright words: a box turned by a quarter around its middle.
        long, high = head - 0.06, min(0.2, step)
        middle = inner.top - head / 2
        shape = add_text(
            slide, Area(x - long / 2, middle - high / 2, long, high), words,
            upright, anchor="middle",
            name=f"Column {n + 1}", wrap=False,
        )  # fmt: skip
        shape.rotation = -90


def _legend(slide: Any, chart: MarkChart, area: Area) -> None:
    seen: dict[str, Marks] = {}
    for one in chart.series:
        if one.name and one.symbol and one.name not in seen:
            seen[one.name] = one
    x = area.left
    size = 11.0 if sum(width_of(n, 11) + 0.4 for n in seen) <= area.width else 9.0
    for name, one in seen.items():
        symbol(slide, one.symbol, one.colour, Area(x, area.top + 0.05, 0.13, 0.13), name)
        wide = width_of(name, size)
        add_text(slide, Area(x + 0.19, area.top, wide + 0.1, 0.22), name, size, name="Legend",
                 wrap=False)  # fmt: skip
        x += wide + 0.42


def symbol(slide: Any, kind: str, colour: str, area: Area, words: str) -> None:
    """One mark as a shape."""
    base, is_open = kind.removesuffix("-open"), kind.endswith("-open")
    shape = slide.shapes.add_shape(_SYMBOLS.get(base, MSO_SHAPE.OVAL), *area.emu)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(tinted(colour) if is_open else colour)
    shape.line.color.rgb, shape.line.width = rgb(colour), Pt(1.5 if is_open else 0.5)
    flat(shape)
    describe(shape, words, words)
