"""Charts shared out over slides: rows are split where a slide is full."""

from __future__ import annotations

import itertools
from dataclasses import replace

from components.export.chart_spec import (
    BESIDE,
    BarChart,
    Chart,
    MarkChart,
    Marks,
    Network,
    Series,
    SlopeChart,
)

_ROWS = 13.0
"""Rows of one line that a slide holds."""
_LETTERS = 44
_SLOPES = 8
_NETWORK = 22.0


def weight(label: str) -> float:
    """Height of a row in lines."""
    return 1.0 if len(label) <= BESIDE else 0.55 * (1 + len(label) // _LETTERS) + 0.35


def _chunks(rows: tuple[str, ...], most: float) -> list[tuple[int, int]]:
    """Ranges of rows, about the same weight each, none above ``most``."""
    total = sum(weight(r) for r in rows)
    parts = max(1, -(-int(total * 100) // int(most * 100)))
    share = total / parts
    found: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for n, row in enumerate(rows):
        # A row belongs to the part in which its middle lies.
        if n > start and used + weight(row) / 2 > share * (len(found) + 1):
            found.append((start, n))
            start = n
        used += weight(row)
    return [*found, (start, len(rows))]


def _cut_bars(chart: BarChart, start: int, end: int) -> BarChart:
    series = tuple(
        Series(s.name, s.values[start:end], s.colours[start:end], s.patterns[start:end],
               s.labels[start:end], s.minus[start:end], s.plus[start:end], s.arm)
        for s in chart.series
    )  # fmt: skip
    kept = tuple(s for s in series if any(v is not None for v in s.values))
    return replace(chart, rows=chart.rows[start:end], series=kept)


def _cut_marks(chart: MarkChart, start: int, end: int) -> MarkChart:
    top = len(chart.rows) - 1
    low, high = top - end + 1, top - start
    kept = []
    for one in chart.series:
        if one.width:
            if all(y < low - 0.5 or y > high + 0.5 for _, y in one.places) and not (
                min(y for _, y in one.places) < low and max(y for _, y in one.places) > high
            ):
                continue
            places = [(x, min(max(y, low - 0.5), high + 0.5) - low) for x, y in one.places]
            if len({y for _, y in places}) == 1 and len({x for x, _ in places}) == 1:
                continue
            kept.append(replace(one, places=places))
            continue
        own = [n for n, (_, y) in enumerate(one.places) if low - 0.5 <= y <= high + 0.5]
        if own:
            kept.append(
                Marks(
                    one.name, [(one.places[n][0], one.places[n][1] - low) for n in own],
                    one.colour, one.symbol, one.size, [one.labels[n] for n in own], one.label_at,
                    [one.minus[n] for n in own], [one.plus[n] for n in own], one.arm,
                )
            )  # fmt: skip
    return replace(chart, rows=chart.rows[start:end], series=tuple(kept))


def _cut_network(chart: Network) -> list[Network]:
    """Groups that hang together stay together."""
    places = sorted({y for y, _, _ in (*chart.left, *chart.right)})
    gaps = [0.0]
    for before, after in itertools.pairwise(places):
        crossed = any(min(a, b) <= before and max(a, b) >= after for a, b, _ in chart.lines)
        if not crossed and after - before > 0.9:
            gaps.append((before + after) / 2)
    gaps.append(places[-1] + 1)
    cuts, start = [], gaps[0]
    for here, following in zip(gaps[1:], [*gaps[2:], gaps[-1] + 1e9], strict=True):
        if following - start > _NETWORK or here == gaps[-1]:
            cuts.append((start, here))
            start = here
    return [
        Network(
            tuple(e for e in chart.left if low <= e[0] < high),
            tuple(e for e in chart.right if low <= e[0] < high),
            tuple(e for e in chart.lines if low <= e[0] < high),
        )
        for low, high in cuts
    ]


def pages_of(charts: list[Chart]) -> list[list[Chart]]:
    """Charts slide by slide.

    Charts that stand side by side (they take a part of the width each) stay on one slide.
    """
    if charts and isinstance(charts[0], SlopeChart):
        return [charts[n : n + _SLOPES] for n in range(0, len(charts), _SLOPES)]
    if charts and isinstance(charts[0], Network):
        return [[part] for part in _cut_network(charts[0])]
    if len(charts) > 1 and all(
        isinstance(c, BarChart | MarkChart) and c.span != (0.0, 1.0) for c in charts
    ):
        return [charts]
    parts: list[tuple[Chart, float]] = []
    for chart in charts:
        if isinstance(chart, BarChart):
            cuts = _chunks(chart.rows, _ROWS)
            parts += [
                (_cut_bars(chart, a, b), sum(weight(r) for r in chart.rows[a:b])) for a, b in cuts
            ]
        elif isinstance(chart, MarkChart):
            most = _ROWS + (5 if len(chart.rows) > 24 else 2)
            cuts = _chunks(chart.rows, most)
            parts += [
                (_cut_marks(chart, a, b), sum(weight(r) for r in chart.rows[a:b])) for a, b in cuts
            ]
    pages: list[list[Chart]] = []
    used = 99.0
    for part, size in parts:
        room = size + 1.5
        if used + room > _ROWS + 1.5:
            pages.append([])
            used = 0.0
        pages[-1].append(part)
        used += room
    return pages
