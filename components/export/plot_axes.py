"""The axes of a plot: where they begin and end, and what is written on them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from components import theme

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Axis:
    """One axis.

    Attributes:
        low: Value at its beginning: left, or bottom.
        high: Value at its end; smaller than ``low`` where it runs the other way.
        ticks: (Place, label with its markup).
        title: Its title.
        categories: Names of the places 0, 1, 2 …, where it has names instead of numbers.
        domain: Part of the figure that it takes, from 0 to 1.
        is_log: Whether places are powers of ten.
        grid: Whether lines are drawn at its ticks.
        visible: Whether anything of it is drawn.
        far: Whether it stands at the top or at the right.
        angle: Slant of the labels in degrees.
        unit: What is written before and behind a number.
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    title: str = ""
    categories: tuple[str, ...] = ()
    domain: tuple[float, float] = (0.0, 1.0)
    is_log: bool = False
    grid: bool = True
    visible: bool = True
    far: bool = False
    angle: float = 0.0
    unit: tuple[str, str] = ("", "")

    def part(self, value: float) -> float:
        """Where a value lies between beginning and end, from 0 to 1."""
        place = math.log10(value) if self.is_log and value > 0 else value
        return (place - self.low) / ((self.high - self.low) or 1.0)


def row_place(axis: Axis, value: Any) -> float:
    """A value as a place on an axis."""
    if axis.categories:
        return float(axis.categories.index(str(value)))
    if isinstance(value, str):
        return date_place(value)
    return float(value)


def date_place(value: str) -> float:
    """A date or year as a number of years."""
    parts = [int(p) for p in value[:10].split("-")]
    month, day = (parts[1] if len(parts) > 1 else 1), (parts[2] if len(parts) > 2 else 1)
    return parts[0] + (month - 1) / 12 + (day - 1) / 365


def axis_of(layout: Mapping[str, Any], values: Iterable[Any], letter: str) -> Axis:
    """Read an axis of a layout and the values on it."""
    flat = [v for part in values for v in (part if part is not None else ())]
    words = [str(v) for v in flat if isinstance(v, str)]
    categories: tuple[str, ...] = ()
    if words and not all(w[:4].isdigit() for w in words):
        categories = tuple(layout.get("categoryarray") or ()) or tuple(dict.fromkeys(words))
        categories = tuple(str(c) for c in categories)
        categories += tuple(w for w in dict.fromkeys(words) if w not in categories)
    numbers = [
        date_place(v) if isinstance(v, str) else float(v)
        for v in (() if categories else flat)
        if v is not None and not (isinstance(v, float) and math.isnan(v))
    ]
    is_log = layout.get("type") == "log"
    limits = layout.get("range")
    if limits is not None:
        low, high = (date_place(v) if isinstance(v, str) else float(v) for v in limits)
    elif categories:
        low, high = -0.5, len(categories) - 0.5
    else:
        low, high = min([*numbers, 0.0]), max([*numbers, 1.0]) * 1.04
    if layout.get("autorange") == "reversed":
        low, high = high, low
    unit = str(layout.get("tickprefix") or ""), str(layout.get("ticksuffix") or "")
    title = layout.get("title") or {}
    side = str(layout.get("side") or "")
    return Axis(
        low,
        high,
        _ticks(layout, low, high, categories, is_log=is_log),
        str(title.get("text") or "") if isinstance(title, Mapping) else str(title),
        categories,
        tuple(layout.get("domain") or (0.0, 1.0)),
        is_log,
        layout.get("showgrid") is not False,
        layout.get("visible") is not False,
        side == ("top" if letter == "x" else "right"),
        float(layout.get("tickangle") or 0),
        unit,
    )


def _ticks(
    layout: Mapping[str, Any], low: float, high: float, categories: tuple[str, ...], *, is_log: bool
) -> tuple[tuple[float, str], ...]:
    if layout.get("visible") is False or layout.get("showticklabels") is False:
        return ()
    given = layout.get("tickvals")
    if given is not None:
        words = layout.get("ticktext")
        labels = list(given if words is None else words)
        places = [categories.index(str(v)) if categories else v for v in given]
        return tuple(
            (date_place(p) if isinstance(p, str) else float(p), str(t))
            for p, t in zip(places, labels, strict=False)
        )
    if categories:
        return tuple((float(n), c) for n, c in enumerate(categories))
    left, right = min(low, high), max(low, high)
    if is_log:
        powers = range(math.ceil(left - 1e-9), math.floor(right + 1e-9) + 1)
        places_ = [10.0**p for p in powers]
    else:
        step = float(layout.get("dtick") or 0) or _step((right - left), layout.get("nticks") or 6)
        first = math.ceil(left / step - 1e-9)
        places_ = [n * step for n in range(first, math.floor(right / step + 1e-9) + 1)]
    prefix, suffix = str(layout.get("tickprefix") or ""), str(layout.get("ticksuffix") or "")
    last_only = layout.get("showticksuffix") == "last"
    return tuple(
        (p, f"{prefix}{number(p)}{suffix if not last_only or n == len(places_) - 1 else ''}")
        for n, p in enumerate(places_)
    )


def number(value: float) -> str:
    """A number as it stands on an axis; years have no comma."""
    plain = round(value, 6)
    if plain == round(plain):
        return f"{plain:.0f}" if abs(plain) < 10_000 and 1900 < plain < 2100 else f"{plain:,.0f}"
    return f"{plain:,.2f}".rstrip("0")


def _step(span: float, wanted: int) -> float:
    rough = span / max(1, int(wanted))
    power = 10.0 ** math.floor(math.log10(rough or 1))
    return next((s * power for s in _STEPS if s * power >= rough - 1e-12), 10 * power)


FAINT = theme.FAINT["light"]
"""Colour of what is written on axes."""
