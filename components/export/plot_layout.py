"""Where the parts of a plot stand on a drawing: margins, the box of each panel, wrapped words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from components import theme
from components.export.brief_fit import MM_PER_PT, width_mm
from components.export.plot import Key, Panel, Plot

LINE = 1.2
LEGEND_LINE = 22.0
_TAG = re.compile(r"(</?[bi]>)")
_SLANT = 0.64
"""Height of a slanted label in parts of its length."""


@dataclass(frozen=True)
class Run:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


def lines_of(markup: str) -> list[list[Run]]:
    """Plotly's markup (``<br>``, ``<b>``, ``<i>``) as lines of runs."""
    found: list[list[Run]] = []
    bold = italic = False
    for line in markup.split("<br>"):
        runs = []
        for part in _TAG.split(line):
            if part in {"<b>", "</b>"}:
                bold = part == "<b>"
            elif part in {"<i>", "</i>"}:
                italic = part == "<i>"
            elif part:
                runs.append(Run(html.unescape(part), bold, italic))
        found.append(runs)
    return found


def plain(markup: str) -> str:
    """The words of a markup on one line."""
    return " ".join("".join(r.text for r in runs) for runs in lines_of(markup)).strip()


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of plain words in the unit of the font size."""
    return width_mm(text, size, bold=bold) / MM_PER_PT


def markup_width(markup: str, size: float) -> float:
    """Width of the longest line of a markup."""
    return max(
        (sum(text_width(r.text, size, bold=r.bold) for r in runs) for runs in lines_of(markup)),
        default=0.0,
    )


def legend_rows(keys: tuple[Key, ...], width: float, size: float) -> list[list[tuple[Key, float]]]:
    """The legend over as many lines as it needs: each entry with its place from the left."""
    rows: list[list[tuple[Key, float]]] = []
    x = width
    for key in keys:
        room = 26 + text_width(key.label, size) + 16
        if x + room > width:
            rows.append([])
            x = 0.0
        rows[-1].append((key, x))
        x += room
    return rows


@dataclass(frozen=True)
class Box:
    """The rectangle of a panel on the drawing."""

    panel: Panel
    left: float
    top: float
    width: float
    height: float

    def x(self, value: float) -> float:
        """Where a value is across."""
        return self.left + self.panel.x.part(value) * self.width

    def y(self, value: float) -> float:
        """Where a value is down."""
        return self.top + (1 - self.panel.y.part(value)) * self.height


@dataclass(frozen=True)
class Layout:
    """A plot on a drawing.

    Attributes:
        boxes: The panels' boxes.
        width: Width of the drawing.
        height: Height of the drawing.
        legend: Lines of the legend, above all panels.
    """

    boxes: tuple[Box, ...]
    width: float
    height: float
    legend: tuple[tuple[tuple[Key, float], ...], ...]


def lay_out(plot: Plot, width: float, size: float = theme.LABEL_SIZE) -> Layout:
    """Place a plot on a drawing of some width; the height follows from the figure's own.

    Args:
        plot: What is drawn.
        width: Width of the drawing in pixels.
        size: Font size of labels.
    """
    left, right = 20.0, 18.0
    top, bottom = 8.0, 10.0
    for panel in plot.panels:
        labels = max((markup_width(t, size) for _, t in panel.y.ticks), default=0.0)
        if panel.y.visible and labels:
            if panel.y.far:
                right = max(right, labels + 16)
            else:
                left = max(left, labels + 16)
        if panel.x.visible and panel.x.ticks:
            rows = max(t.count("<br>") + 1 for _, t in panel.x.ticks) * size * LINE
            if panel.x.angle:
                longest = max(markup_width(t, size) for _, t in panel.x.ticks)
                rows = longest * _SLANT + size
            if panel.x.far:
                top = max(top, rows + 14)
                right = max(right, 90.0 if panel.x.angle else right)
            else:
                bottom = max(bottom, rows + 12 + (size * 1.6 if panel.x.title else 0))
        right = max(right, *(_overhang(panel, p.text, p.x, size) for p in panel.points), 0.0)
    legend = legend_rows(plot.keys, width - 8, size)
    head = len(legend) * LEGEND_LINE + (6 if legend else 0) + top
    room = max(plot.height - 48.0, 60.0)
    inner = width - left - right
    boxes = tuple(
        Box(
            p,
            left + p.x.domain[0] * inner,
            head + (1 - p.y.domain[1]) * room,
            (p.x.domain[1] - p.x.domain[0]) * inner,
            (p.y.domain[1] - p.y.domain[0]) * room,
        )
        for p in plot.panels
    )
    return Layout(boxes, width, head + room + bottom, tuple(tuple(r) for r in legend))


def _overhang(panel: Panel, text: str, x: float, size: float) -> float:
    """Room that a text at the right end needs beyond the panel; a third of it is enough."""
    if not text or panel.x.part(x) < 0.9:
        return 0.0
    return min(120.0, markup_width(text, size) * 0.6 + 6)
