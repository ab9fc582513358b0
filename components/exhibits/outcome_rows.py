"""Outcomes as labelled rows, a panel for each unit: how a reported value is drawn everywhere.

A change against before is a bar from zero, a level is a dot on a stem, a pair runs from a tick (the
value before) to a dot. Status is a pattern or a shape and a word, never colour alone; a value that
a discrepancy's rule did not choose is an open diamond on the row of the one that it did.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import plotly.graph_objects as go

from components import theme
from components.exhibits.charts import finish
from components.exhibits.outcome_labels import (
    Row,
    aside_hover,
    before_hover,
    hover,
    kind_of,
    mark_of,
    start_of,
    values_of,
)
from components.exhibits.picks import token

_LINE, _MARK, _GAP, _AXIS = 18, 17, 9, 40
_FAINT_GRID: Final = "rgba(138,151,161,0.18)"
_UNLIKE: Final = frozenset({"count", "people"})
_SPREAD: Final = 50
"""Counts are of unlike things: a panel whose largest is this many times its smallest has a log
scale, and dots only, for no length stands for a value there."""


@dataclass
class Panel:
    """Rows that share a unit and an axis.

    Attributes:
        title: Heading, or ``""``.
        unit: Unit of every value.
        rows: Outcomes, and headings of groups as text, from top to bottom.
        top: End of the axis, or ``None`` for the largest value.
    """

    title: str
    unit: str
    rows: list[Row | str] = field(default_factory=list)
    top: float | None = None


class _Drawing:
    """Positions in pixels, and the traces made from them."""

    def __init__(self) -> None:
        self.figure = go.Figure()
        self.named: set[str] = set()

    def legend(self, name: str, status: str = "") -> dict[str, Any]:
        """How a trace stands in the legend, whose entry may stand for a status."""
        first = name not in self.named
        self.named.add(name)
        meant = {"meta": token(status=status)} if first and status else {}
        return {"name": name, "legendgroup": name, "showlegend": first, **meant}

    def panel(self, panel: Panel, number: int) -> int:
        """Draw one panel on axes of its own; returns its height in pixels."""
        axes = {"xaxis": f"x{number or ''}", "yaxis": f"y{number or ''}"}
        rows = [r for r in panel.rows if isinstance(r, Row)]
        values = [v for r in rows for v in values_of(r)]
        is_log = (
            panel.unit in _UNLIKE
            and min(values, default=0) > 0
            and max(values) > _SPREAD * min(values)
        )
        left = min(values) * 0.8 if is_log else 0
        texts, tops, marks = [], [], []
        y = 0
        if panel.title:
            steps = " (each gridline ten times the last)" if is_log else ""
            texts.append(f"<b>{panel.title}</b>{steps}")
            tops.append(y)
            y += _LINE + _GAP
        for row in panel.rows:
            text = row if isinstance(row, str) else row.text
            texts.append(text)
            tops.append(y)
            y += _LINE * (text.count("<br>") + 1)
            if isinstance(row, Row):
                marks.append(y + _MARK // 2)
                y += _MARK
            y += _GAP
        for status in theme.STATUS_COLOURS:
            self.marks(
                [(r, m) for r, m in zip(rows, marks, strict=True) if r.outcome["status"] == status],
                status, is_log, axes,
            )  # fmt: skip
        aside = [(v, m, aside_hover(v, r), mark) for r, m in zip(rows, marks, strict=True)
                 for o, mark in zip(r.others, r.other_marks, strict=True)
                 for v in o if v is not None]  # fmt: skip
        self.set_aside(aside, axes)
        self.figure.add_scatter(
            x=[left] * len(texts), y=tops, text=texts, mode="text", textposition="bottom right",
            textfont={"size": theme.LABEL_SIZE}, hoverinfo="skip", showlegend=False,
            cliponaxis=False, **axes,
        )  # fmt: skip
        self.axes(panel, number, y, left, max(values, default=1), is_log=is_log)
        return y + _AXIS

    def marks(
        self, part: list[tuple[Row, int]], status: str, is_log: bool, axes: dict[str, str]
    ) -> None:
        """Bars, dots and ticks of the outcomes with one status."""
        colour = theme.STATUS_COLOURS[status]
        bars = [(r, m) for r, m in part if kind_of(r.outcome) == "change" and not is_log]
        dots = [(r, m) for r, m in part if kind_of(r.outcome) != "change" or is_log]
        pairs = [(r, m) for r, m in dots if kind_of(r.outcome) == "pair"]
        if bars:
            self.figure.add_bar(
                y=[m for _, m in bars], x=[float(r.outcome["value"]) for r, _ in bars],
                orientation="h", width=13,
                marker={"color": colour, "pattern": {
                    "shape": theme.STATUS_PATTERNS[status], "fillmode": "overlay",
                    "fgcolor": "rgba(255,255,255,0.75)", "size": 6}},
                hovertext=[hover(r.outcome) for r, _ in bars], hoverinfo="text",
                customdata=[mark_of(r.outcome) for r, _ in bars],
                **self.legend(status.capitalize(), status), **axes,
            )  # fmt: skip
        if dots and not is_log:
            starts = [start_of(r) for r, _ in dots]
            self.figure.add_bar(
                y=[m for _, m in dots], base=starts, orientation="h", width=3,
                x=[float(r.outcome["value"]) - s for (r, _), s in zip(dots, starts, strict=True)],
                marker={"color": colour}, showlegend=False, hoverinfo="text",
                hovertext=[hover(r.outcome) for r, _ in dots],
                customdata=[mark_of(r.outcome) for r, _ in dots], **axes,
            )  # fmt: skip
        if pairs:
            self.figure.add_scatter(
                x=[start_of(r) for r, _ in pairs], y=[m for _, m in pairs], mode="markers",
                marker={"symbol": "line-ns-open", "size": 13, "color": theme.NEUTRAL,
                        "line": {"width": 3, "color": theme.NEUTRAL}},
                hovertext=[before_hover(r) for r, _ in pairs], hoverinfo="text",
                customdata=[mark_of(r.outcome) for r, _ in pairs],
                **self.legend("Value before"), **axes,
            )  # fmt: skip
        if dots:
            self.figure.add_scatter(
                x=[float(r.outcome["value"]) for r, _ in dots], y=[m for _, m in dots],
                mode="markers",
                marker={"symbol": theme.STATUS_SYMBOLS[status], "size": 13, "color": colour,
                        "line": {"width": 2.5, "color": colour}},
                hovertext=[hover(r.outcome) for r, _ in dots], hoverinfo="text",
                customdata=[mark_of(r.outcome) for r, _ in dots],
                cliponaxis=False, **self.legend(status.capitalize(), status), **axes,
            )  # fmt: skip

    def set_aside(self, found: list[tuple[float, int, str, str]], axes: dict[str, str]) -> None:
        """The values that a rule did not choose, each with its hover text and token."""
        if found:
            self.figure.add_scatter(
                x=[v for v, *_ in found], y=[m for _, m, *_ in found], mode="markers",
                marker={"symbol": "diamond-open", "size": 14,
                        "color": theme.DISAGREE[0], "line": {"width": 2.5}},
                hovertext=[told for *_, told, _ in found], hoverinfo="text",
                customdata=[mark for *_, mark in found],
                cliponaxis=False, **self.legend("Also stated, not chosen"), **axes,
            )  # fmt: skip

    def axes(
        self, panel: Panel, number: int, height: int, left: float, most: float, *, is_log: bool
    ) -> None:
        """The axes of a panel; its place in the figure is set when all heights are known."""
        money = panel.unit == "gbp_million"
        top = panel.top or most
        if is_log:
            scale = {
                "type": "log",
                "dtick": 1,
                "range": [math.log10(left) - 0.01, math.log10(top * 1.3)],
            }
        else:
            scale = {"nticks": 6, "range": [0, top * 1.04]}
        self.figure.layout[f"xaxis{number or ''}"] = {
            **scale, "tickformat": ",.2~f", "anchor": f"y{number or ''}", "gridcolor": _FAINT_GRID,
            "tickprefix": "£" if money else "",
            "ticksuffix": {"percent": "%", "gbp_million": "m"}.get(panel.unit, ""),
        }  # fmt: skip
        self.figure.layout[f"yaxis{number or ''}"] = {
            "range": [height, 0], "anchor": f"x{number or ''}", "visible": False,
        }  # fmt: skip


def draw(panels: Sequence[Panel]) -> go.Figure:
    """A figure of panels below one another, each with its own unit and axis.

    Args:
        panels: At least one, each with at least one row or heading.
    """
    drawing = _Drawing()
    # The first axes of a figure have no number, the second have the number 2.
    numbers = [0, *range(2, len(panels) + 1)]
    heights = [drawing.panel(p, n) for p, n in zip(panels, numbers, strict=True)]
    total, y = sum(heights), 0
    for number, height in zip(numbers, heights, strict=True):
        bottom = 1 - (y + height - _AXIS) / total
        drawing.figure.layout[f"yaxis{number or ''}"]["domain"] = [max(bottom, 0), 1 - y / total]
        y += height
    return finish(
        drawing.figure,
        total + 60,
        barmode="overlay",
        margin={"l": 16, "r": 16, "t": 44, "b": 4},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
    )
