"""A chart as plain values: panels with axes, bars, points and lines.

Slides and pictures are made from these, so that neither has to know Plotly (``plot_read.py`` does).
Places are numbers: a category is its position on its axis.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from components import theme
from components.export.plot_axes import Axis


@dataclass(frozen=True)
class Bar:
    """A bar that lies: from ``low`` to ``high`` at the height ``row``."""

    row: float
    low: float
    high: float
    thickness: float
    colour: str
    pattern: str = ""
    text: str = ""
    inside: bool = True
    name: str = ""
    hover: str = ""

    @property
    def value(self) -> float:
        """The number drawn: negative where the bar goes to the left."""
        return self.high - self.low


@dataclass(frozen=True)
class Point:
    """A mark or a text at a place; ``minus`` and ``plus`` are the arms of its interval."""

    x: float
    y: float
    symbol: str = "circle"
    size: float = 8
    colour: str = "#000000"
    shown: bool = True
    text: str = ""
    text_at: str = "middle center"
    text_colour: str = ""
    text_size: float = theme.FONT_SIZE
    minus: float | None = None
    plus: float | None = None
    arm_colour: str = ""
    name: str = ""
    hover: str = ""

    @property
    def is_open(self) -> bool:
        """Whether only its edge is drawn."""
        return self.symbol.endswith("-open") or self.symbol == "line-ns"


@dataclass(frozen=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 2
    dash: str = ""
    name: str = ""


@dataclass(frozen=True)
class Key:
    """A line of the legend."""

    label: str
    colour: str
    symbol: str = ""
    pattern: str = ""


@dataclass
class Panel:
    """What one pair of axes holds."""

    x: Axis
    y: Axis
    bars: list[Bar] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def marks(self) -> list[Point]:
        """Points with a mark that is seen."""
        return [p for p in self.points if p.shown]

    @property
    def texts(self) -> list[Point]:
        """Points that are a text and nothing else."""
        return [p for p in self.points if not p.shown and p.text]


@dataclass(frozen=True)
class Plot:
    """A whole figure.

    Attributes:
        panels: Pairs of axes, in the order of their first trace.
        keys: The legend.
        height: Pixels, as the figure asks for.
        stacked: Whether bars of one row follow one another.
    """

    panels: tuple[Panel, ...]
    keys: tuple[Key, ...]
    height: int
    stacked: bool
