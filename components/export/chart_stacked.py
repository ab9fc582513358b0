"""The intervals of bars that follow one another in a row."""

from __future__ import annotations

from collections.abc import Iterable

from components.export.chart_spec import UNSURE, Series, nearest
from components.export.plot import Panel

_SAME_PLACE = 1.0
"""Ends of bars that are rounded lie this near to where an interval is measured."""
Arms = tuple[float, float]


def arms_in(series: Iterable[Series], row: int) -> list[Arms]:
    """Both ends of each interval of a row, counted as the axis does.

    Bars that follow one another are counted from the foot of the row.
    """
    at = 0.0
    found = []
    for one in series:
        at += max(one.values[row] or 0.0, 0.0)
        minus, plus = one.minus[row], one.plus[row]
        if one.values[row] is not None and minus is not None and plus is not None:
            found.append((at - minus, at + plus))
    return found


def stacked_intervals(
    found: dict[str, Series], panel: Panel, at: tuple[tuple[float, str], ...]
) -> bool:
    """Give each interval to the bar that ends where it is measured, counted from the row's foot.

    A row may have several: of a total, or of a share counted from the other end. Those of another
    kind of base are held by a bar of no length at the same place, as a series has one colour. One
    that would lie over another of its row is left out: both would be read as one.

    Returns:
        Whether any was left out.
    """
    crossed = False
    for point in panel.points:
        if point.plus is None or point.minus is None:
            continue
        row = nearest(at, point.y)
        foot = 0.0
        ends: list[tuple[float, Series]] = []
        for one in found.values():
            foot += max(one.values[row] or 0.0, 0.0)
            if (one.values[row] or 0.0) > 0:
                ends.append((abs(foot - point.x), one))
        away, holder = min(ends, key=lambda end: end[0], default=(float("inf"), None))
        if holder is None or away > _SAME_PLACE or holder.minus[row] is not None:
            continue
        here = (point.x - point.minus, point.x + point.plus)
        if any(here[0] < high and low < here[1] for low, high in arms_in(found.values(), row)):
            crossed = True
            continue
        if holder.arm and holder.arm != point.arm_colour:
            colour = holder.colours[row]
            holder = _after(found, holder)
            holder.values[row], holder.colours[row] = 0.0, colour
        holder.arm = holder.arm or point.arm_colour
        holder.minus[row], holder.plus[row] = point.minus, point.plus
    return crossed


def _after(found: dict[str, Series], holder: Series) -> Series:
    """The series of no length behind another, made where there is none."""
    name = f"{holder.name}{UNSURE}"
    if name not in found:
        size = len(holder.values)
        blank: list[float | None] = [None] * size
        made = Series(name, blank[:], [""] * size, [""] * size, [""] * size, blank[:], blank[:])
        every = list(found.items())
        found.clear()
        for key, one in every:
            found[key] = one
            if one is holder:
                found[name] = made
    return found[name]
