"""Connections as native shapes."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR
from pptx.util import Inches, Pt

from components import theme
from components.export.chart_spec import Network
from components.export.plot import Point
from components.export.pptx_base import FAINT, Area, add_text, describe, flat, rgb
from components.export.pptx_chart import dash_of
from components.export.pptx_marks import symbol


def add_network(slide: Any, chart: Network, area: Area) -> None:
    """Names in two columns with a line for each tie: shapes, as no chart kind has this form."""
    places = sorted({y for y, _, _ in (*chart.left, *chart.right)})
    low, high = places[0] - 0.5, places[-1] + 0.5
    tall = area.height - 0.3
    wide = 3.7
    x0, x1 = area.left + wide + 0.15, area.left + area.width - wide - 0.15

    def down(y: float) -> float:
        return area.top + (y - low) / (high - low) * tall

    left, right = {y: n for y, n, _ in chart.left}, {y: n for y, n, _ in chart.right}
    for start, end, line in chart.lines:
        tie = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Inches(x0), Inches(down(start)), Inches(x1), Inches(down(end))
        )
        flat(tie)
        tie.line.color.rgb = rgb(theme.NEUTRAL)
        tie.line.width = Pt(max(0.75, line.width * 0.7))
        if dash_of(line.dash) is not None:
            tie.line.dash_style = dash_of(line.dash)
        role = "leads" if line.width >= 3 else "is a partner in" if line.dash else "is a member of"
        describe(tie, f"{left.get(start, '')} {role} {right.get(end, '')}", "Tie")
    step = tall / max(1.0, high - low)
    size = 11.0 if step >= 0.22 else 9.0 if step >= 0.17 else 8.0
    for side, x, edge, align in (
        (chart.left, x0, area.left, "right"), (chart.right, x1, x1 + 0.15, "left"),
    ):  # fmt: skip
        for y, name, point in side:
            at = down(y)
            _dot(slide, point, x, at, name)
            add_text(slide, Area(edge, at - 0.11, wide, 0.22), name, size, anchor="middle",
                     align=align, name=name)  # fmt: skip
    words = "Thick line: lead provider · thin line: member · dotted line: partner"
    add_text(slide, Area(area.left, area.top + area.height - 0.24, area.width, 0.22), words, 11,
             colour=FAINT, align="center", name="Legend")  # fmt: skip


def _dot(slide: Any, point: Point, x: float, y: float, name: str) -> None:
    words = f"{name} ({point.name})" if point.name else name
    symbol(slide, point.symbol, point.colour, Area(x - 0.07, y - 0.07, 0.14, 0.14), words)
