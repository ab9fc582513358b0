"""Where the words of a bar stand, so that no interval runs through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from components.export.chart_stacked import Arms
from components.export.pptx_base import rgb, width_of
from components.export.pptx_chart import CENTRE, INSIDE, INSIDE_END, OUTSIDE

LABEL: Final = 11.0
_PAD: Final = 0.12
"""Room that PowerPoint keeps around the words of a bar, both sides together, in inches."""
_HALF: Final = 0.06
"""Half the height of a number in those letters, in inches."""
_LIFT: Final = _HALF + 0.035
"""At least, from the line of an interval to the middle of words above it, in inches."""
_MARGIN: Final = 0.1
"""What a chart has beyond the end of its axis, in inches."""


@dataclass(frozen=True)
class Plotted:
    """The axis of values as it is drawn.

    Attributes:
        low: Where it begins.
        high: Where it ends.
        inner: How long it is, in inches.
        chart: Width of the whole chart, in inches.
        bar: How thick a bar is, in inches.
        tall: Height of the whole chart, in inches.
    """

    low: float
    high: float
    inner: float
    chart: float
    bar: float = 0.0
    tall: float = 1.0

    @property
    def inch(self) -> float:
        """Inches of one unit."""
        return self.inner / (abs(self.high - self.low) or 1)

    @property
    def lift(self) -> float:
        """How far above the middle of a bar words clear a line there, as a part of the height."""
        return max(_LIFT, self.bar * 0.28) / self.tall

    @property
    def is_high(self) -> bool:
        """Whether a bar has room for words above a line in its middle."""
        return self.bar / 2 >= _LIFT + _HALF


@dataclass(frozen=True)
class Label:
    """Where words stand.

    Attributes:
        place: PowerPoint's name of it.
        lift: How far above there, as a part of the chart's height.
        masks: Whether the words cover what runs behind them.
    """

    place: Any
    lift: float = 0.0
    masks: bool = False


def at_bar(text: str, value: float, arms: Arms | None, plotted: Plotted, *, plain: bool) -> Label:
    """Words of a bar alone in its row: at its foot, else above the line of its interval.

    At the end of that line they would be read as the value of its end.

    Args:
        text: The words.
        value: Length of the bar.
        arms: Ends of its interval.
        plotted: The axis.
        plain: Whether the bar has a plain fill, on which words can be read.
    """
    needs = width_of(text, LABEL) + _PAD
    foot = max(0.0, plotted.low)
    free = min(value, arms[0]) - foot if arms else abs(value)
    if plain and free * plotted.inch >= needs:
        return Label(INSIDE)
    if arms is None:
        return Label(OUTSIDE)
    if plain and plotted.is_high and (value - foot) * plotted.inch >= needs:
        return Label(INSIDE, plotted.lift)
    if (plotted.high - value) * plotted.inch + _MARGIN >= needs or not plain:
        return Label(OUTSIDE, plotted.lift)
    return Label(INSIDE, masks=True)


def in_segment(
    text: str, start: float, value: float, arms: Sequence[Arms], plotted: Plotted
) -> Label | None:
    """Words within a bar that follows others: where the interval leaves room, else above its line.

    Returns:
        ``None`` where the bar is shorter than its words.
    """
    long, needs = abs(value) * plotted.inch, width_of(text, LABEL) + _PAD
    if long < needs * 0.8:
        return None
    if value < 0:
        return Label(CENTRE)
    taken = [((low - start) * plotted.inch, (high - start) * plotted.inch) for low, high in arms]
    places = ((CENTRE, (long - needs) / 2), (INSIDE, 0.0), (INSIDE_END, long - needs))
    for place, at in places:
        if all(at + needs <= low or at >= high for low, high in taken):
            return Label(place)
    return Label(CENTRE, plotted.lift) if plotted.is_high else Label(CENTRE, masks=True)


def lift_label(point: Any, part: float) -> None:
    """Move the words of a point upwards by a part of the chart's height."""
    label = point.data_label._dLbl
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="0"/><c:y val="{-part:.4f}"/>'
        "</c:manualLayout></c:layout>"
    )
    label.find(qn("c:idx")).addnext(layout)


def mask_label(point: Any, colour: str) -> None:
    """Give the words of a point a ground of their bar's colour."""
    label = point.data_label._dLbl
    ground = parse_xml(
        f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:srgbClr val="{rgb(colour)}"/></a:solidFill>'
        "</c:spPr>"
    )
    label.find(qn("c:tx")).addnext(ground)
