"""Which native charts a plot becomes on slides: bars, marks on a grid, slopes, connections.

A spec is plain values, a few for each slide: rows are split where a slide is full.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from components.export.plot import Line, Point
from components.export.plot_axes import Axis
from components.export.plot_layout import lines_of

BESIDE = 46
"""Labels longer than this stand in text boxes beside the chart, where they can break."""


@dataclass
class Series:
    """Bars of one name: a value, colour, label and interval for each row."""

    name: str
    values: list[float | None]
    colours: list[str]
    patterns: list[str]
    labels: list[str]
    minus: list[float | None]
    plus: list[float | None]
    arm: str = ""


@dataclass(frozen=True)
class BarChart:
    """Bars that lie, a row a category.

    Attributes:
        title: Heading of the chart, or ``""``.
        rows: Labels from the top.
        series: The bars.
        stacked: Whether bars of a row follow one another.
        axis: The axis of values.
        span: Part of the width that the chart takes.
        crossed: Whether an interval is left out, as it would lie over another of its row.
    """

    title: str
    rows: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool
    axis: Axis
    span: tuple[float, float] = (0.0, 1.0)
    crossed: bool = False


@dataclass
class Marks:
    """Marks, or a line, of one name: places are (value, row counted from the bottom)."""

    name: str
    places: list[tuple[float, float]]
    colour: str
    symbol: str
    size: float
    labels: list[str] = field(default_factory=list)
    label_at: str = "r"
    minus: list[float | None] = field(default_factory=list)
    plus: list[float | None] = field(default_factory=list)
    arm: str = ""
    width: float = 0.0
    dash: str = ""


@dataclass(frozen=True)
class MarkChart:
    """Marks in rows: a native scatter chart whose rows are labelled beside it."""

    title: str
    rows: tuple[str, ...]
    series: tuple[Marks, ...]
    axis: Axis
    span: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True)
class SlopeChart:
    """A value before and after."""

    title: str
    values: tuple[float, float]
    labels: tuple[str, str]
    colour: str
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Network:
    """Two columns of names and the lines between them, as rows from the top."""

    left: tuple[tuple[float, str, Point], ...]
    right: tuple[tuple[float, str, Point], ...]
    lines: tuple[tuple[float, float, Line], ...]


Chart = BarChart | MarkChart | SlopeChart | Network


UNSURE = " (base not published)"


def nearest(ticks: tuple[tuple[float, str], ...], place: float) -> int:
    """The row that lies nearest to a place on the axis of rows."""
    return min(range(len(ticks)), key=lambda n: abs(ticks[n][0] - place))


def row_label(markup: str) -> str:
    """A label on one line; what is set in italics follows a dash."""
    runs = [r for line in lines_of(markup) for r in line]
    upright = " ".join(r.text.strip() for r in runs if not r.italic).strip().replace(" :", ":")
    slanted = " ".join(r.text.strip() for r in runs if r.italic).strip()
    return " – ".join(p for p in (upright, slanted) if p) if upright else f"– {slanted}".strip()
