"""Native charts: bars with intervals and patterns, marks in rows, slopes; all editable."""

from __future__ import annotations

import math
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from components import theme
from components.export.plot_axes import Axis
from components.export.pptx_base import FAINT, FONT, INK, Area, rgb

GRID = "#DDE2E5"
_SPARE = 0.35
"""Less than this part of a step beyond the last gridline is the plot's own margin."""
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "diamond-tall": XL_MARKER_STYLE.DIAMOND,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "pentagon": XL_MARKER_STYLE.CIRCLE,
    "cross": XL_MARKER_STYLE.PLUS,
    "star": XL_MARKER_STYLE.STAR,
    "line-ns": XL_MARKER_STYLE.DASH,
}


def number_format(axis: Axis) -> str:
    """Excel's way to write a value with its unit; a distance to the left has no minus."""
    before, after = (f'"{u}"' if u else "" for u in axis.unit)
    plain = f"{before}#,##0{after}"
    signed = axis.low < 0 and not any(t.startswith("-") for _, t in axis.ticks)
    return f"{plain};{plain}" if signed else plain


def manual_layout(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """Fix the inner plot area, in parts of the chart, so that labels beside it fit its rows."""
    area = chart._chartSpace.find(f".//{{{_C}}}plotArea")
    for old in area.findall(f"{{{_C}}}layout"):
        area.remove(old)
    places = "".join(
        f'<c:{k} val="{v:.4f}"/>' for k, v in zip("xywh", (left, top, width, height), strict=True)
    )
    area.insert(
        0,
        parse_xml(
            f'<c:layout xmlns:c="{_C}"><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{places}</c:manualLayout></c:layout>'
        ),
    )


def error_bars(
    series: Any, minus: list[float | None], plus: list[float | None], colour: str
) -> None:
    """Intervals of a series as native error bars.

    Args:
        series: The series.
        minus: Arm to the left of each point; ``None``: none.
        plus: Arm to the right.
        colour: Colour of the line.
    """
    if all(v is None for v in plus):
        return

    def values(arms: list[float | None]) -> str:
        points = "".join(
            f'<c:pt idx="{n}"><c:v>{v or 0:g}</c:v></c:pt>'
            for n, v in enumerate(arms)
            if v is not None
        )
        return (
            f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(arms)}"/>'
            f"{points}</c:numLit>"
        )

    ink = str(rgb(colour))
    bars = parse_xml(
        f'<c:errBars xmlns:c="{_C}" xmlns:a="{_A}"><c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="0"/><c:plus>{values(plus)}</c:plus>'
        f'<c:minus>{values(minus)}</c:minus><c:spPr><a:ln w="15875"><a:solidFill>'
        f'<a:srgbClr val="{ink}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    node = series._element
    after = node.find(qn("c:cat"))
    after = node.find(qn("c:xVal")) if after is None else after
    after = node.find(qn("c:val")) if after is None else after
    after.addprevious(bars)


def plain_axis(axis: Any, size: float = 11) -> None:
    """The quiet look of an axis."""
    axis.format.line.fill.background()
    axis.tick_labels.font.size = Pt(size)
    axis.tick_labels.font.name = FONT
    axis.tick_labels.font.color.rgb = rgb(FAINT)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE


def value_axis(axis: Any, spec: Axis) -> None:
    """A value axis with the range, steps and unit of the plot."""
    plain_axis(axis)
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(GRID)
    axis.major_gridlines.format.line.width = Pt(0.75)
    if spec.is_log:
        low, high = 10 ** math.floor(spec.low + 1e-9), 10 ** math.ceil(spec.high)
        axis.minimum_scale, axis.maximum_scale = low, high
        scaling = axis._element.find(qn("c:scaling"))
        base = etree.SubElement(scaling, qn("c:logBase"))
        base.set("val", "10")
        scaling.remove(base)
        scaling.insert(0, base)
    else:
        axis.minimum_scale, axis.maximum_scale = spec.low, spec.high
        places = [p for p, _ in spec.ticks]
        if len(places) > 1:
            step = places[1] - places[0]
            axis.major_unit = step
            # The scale begins and ends on a gridline, as PowerPoint counts from its minimum.
            axis.minimum_scale = math.floor(spec.low / step + _SPARE) * step
            axis.maximum_scale = math.ceil(spec.high / step - _SPARE) * step
    axis.tick_labels.number_format = number_format(spec)
    axis.tick_labels.number_format_is_linked = False


def at_foot(category: Any, values: Any) -> None:
    """Write the values below the bars although the rows run from the top."""
    values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    node = values._element.find(qn("c:crosses"))
    if node is not None:
        node.set("val", "autoZero")
    del category


def even_counts(chart: Any) -> None:
    """Give every series of a scatter chart the same number of places, the last ones blank.

    LibreOffice leaves a series with fewer places than its neighbours out.
    """
    caches = chart._chartSpace.findall(f".//{{{_C}}}ser//{{{_C}}}numCache")
    caches += chart._chartSpace.findall(f".//{{{_C}}}errBars//{{{_C}}}numLit")
    counts = [node.find(f"{{{_C}}}ptCount") for node in caches]
    most = max((int(c.get("val")) for c in counts), default=0)
    for count in counts:
        count.set("val", str(most))


def label_of(point: Any, text: str, size: float, colour: str, place: Any) -> None:
    """The words of one point."""
    label = point.data_label
    frame = label.text_frame
    frame.text = text
    frame.word_wrap = False
    font = frame.paragraphs[0].runs[0].font
    font.size, font.name, font.bold = Pt(size), FONT, False
    font.color.rgb = rgb(colour)
    if place is not None:
        label.position = place


def readable(colour: str) -> str:
    """White or dark words, whichever is read better on a colour."""
    red, green, blue = (int(str(rgb(colour))[i : i + 2], 16) for i in (0, 2, 4))
    return "#FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 150 else INK


def fill_point(fill: Any, colour: str, pattern: str) -> None:
    """A plain or patterned fill: strokes for what is approximate, dots for a plan or a bound."""
    if pattern:
        fill.patterned()
        fill.pattern = (
            MSO_PATTERN_TYPE.PERCENT_20 if pattern == "." else MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        )
        fill.fore_color.rgb = rgb("#FFFFFF")
        fill.back_color.rgb = rgb(colour)
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(colour)


def legend(chart: Any, *, wanted: bool) -> None:
    """A legend at the foot, or none."""
    chart.has_legend = wanted
    if wanted:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size, chart.legend.font.name = Pt(11), FONT
        chart.legend.font.color.rgb = rgb(INK)


def place_chart(slide: Any, kind: Any, area: Area, data: CategoryChartData | XyChartData) -> Any:
    """A chart on a slide, without a title of its own."""
    frame = slide.shapes.add_chart(kind, *area.emu, data)
    frame.chart.has_title = False
    frame.chart.font.name = FONT
    return frame


def dash_of(style: str) -> Any:
    """A dash style of Plotly as PowerPoint's."""
    if style in {"", "solid"}:
        return None
    return MSO_LINE_DASH_STYLE.ROUND_DOT if style == "dot" else MSO_LINE_DASH_STYLE.DASH


ABOVE, RIGHT, CENTRE = XL_LABEL_POSITION.ABOVE, XL_LABEL_POSITION.RIGHT, XL_LABEL_POSITION.CENTER
INSIDE, OUTSIDE = XL_LABEL_POSITION.INSIDE_BASE, XL_LABEL_POSITION.OUTSIDE_END
INSIDE_END, BELOW = XL_LABEL_POSITION.INSIDE_END, XL_LABEL_POSITION.BELOW
BARS, STACKED = XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BAR_STACKED
SCATTER, SLOPE = XL_CHART_TYPE.XY_SCATTER, XL_CHART_TYPE.LINE_MARKERS
LOW, NO_LABELS = XL_TICK_LABEL_POSITION.LOW, XL_TICK_LABEL_POSITION.NONE
NEUTRAL = theme.NEUTRAL
