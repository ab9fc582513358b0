"""How large letters may be on a slide, and how many rows stand on it: estimates, no browser.

Lengths are pixels of a screen of 720 lines. Estimates are on the safe side: what does not fit is
not seen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Final

LETTER: Final = 0.45
"""Width of a letter of the stage's font in its size, over many words."""
_WORD: Final = 0.5
"""The same of a single word with a capital."""
SIZE: Final = 22.0
"""Letters of a table and of statements before they grow."""
LARGEST: Final = 1.6
"""How much larger letters of a few rows become."""
_CELL, _HEAD, _MORE = 14.0, 17.0, 42.0
_POINT_INDENT, _POINT_GAP, _POINT_SPACE = 25.0, 24.0, 18.0
_LEGEND_LINE, _LEGEND_SMALL = 30.0, 19.0
BESIDE: Final = range(33, 23, -1)
"""Letters of points beside a picture, the largest first."""
BELOW: Final = range(26, 16, -1)
"""Letters of points in a row below a picture."""


def _lines(text: str, width: float, size: float) -> int:
    letters = max(int(width / (LETTER * size)), 1)
    return max(len(textwrap.wrap(text, letters, break_long_words=False)), 1)


def _grown(height_at: Callable[[float], float], height: float) -> float:
    """The largest growth at which something still fits; 1 where nothing larger does."""
    steps = [LARGEST - n * 0.05 for n in range(int((LARGEST - 1) / 0.05) + 1)]
    return next((round(g, 2) for g in steps if height_at(g) <= height), 1.0)


def points_size(
    points: Sequence[str], width: float, height: float, *, is_stacked: bool = False
) -> int:
    """Pixels of the letters of points, so that all of them are seen.

    Args:
        points: The points.
        width: Pixels that all of them share: their column, or the row below a picture.
        height: Pixels that there are.
        is_stacked: Whether they stand side by side below the picture.
    """
    sizes = BELOW if is_stacked else BESIDE
    beside = max(len(points), 1) if is_stacked else 1
    each = (width - _POINT_GAP * (beside - 1)) / beside - _POINT_INDENT

    def taken(size: int) -> float:
        heights = [_lines(p, each, size) * (1.22 if is_stacked else 1.28) * size for p in points]
        if is_stacked:
            return max(heights, default=0.0)
        return sum(heights) + _POINT_SPACE * len(points)

    return next((s for s in sizes if taken(s) <= height), sizes[-1])


def legend_height(labels: Sequence[str], attribution: str, width: float) -> float:
    """Pixels that a map's legend takes, with what is said of its boundaries."""
    left, lines = 0.0, 0
    for label in labels:
        room = 40 + len(label) * 16 * LETTER
        if room > left:
            left, lines = width, lines + 1
        left -= room
    return lines * _LEGEND_LINE + _lines(attribution, width, 12.6) * _LEGEND_SMALL + 8


def table_fit(
    headings: Sequence[str], rows: Sequence[Sequence[str]], total: int, width: float, height: float
) -> tuple[int, float]:
    """How many rows of a table stand on a slide, at least one, and how much larger than ``SIZE``.

    Args:
        headings: Those of the columns.
        rows: Cells of the first rows, as many as may stand there.
        total: How many rows there are.
        width: Pixels.
        height: Pixels.
    """

    def taken(count: int, grow: float) -> float:
        shown, size = rows[:count], SIZE * grow
        columns = _columns(headings, shown, size, width)
        head = max(_lines(h, c - _CELL, _HEAD) for h, c in zip(headings, columns, strict=True))
        body = [
            max(_lines(t, c - _CELL, size) for t, c in zip(row, columns, strict=True))
            for row in shown
        ]
        rest = _MORE if total > count else 0.0
        # A word more in a line than reckoned, and a row is a line higher.
        rest += size
        return head * _HEAD * 1.2 + 15 + sum(n * size * 1.2 + 15 for n in body) + rest

    fit = next((n for n in range(len(rows), 1, -1) if taken(n, 1.0) <= height), 1)
    return fit, _grown(lambda grow: taken(fit, grow), height)


def _columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], size: float, width: float
) -> list[float]:
    """Widths of columns as a browser shares them: between the longest word and the longest cell."""
    least, most = [], []
    for heading, cells in zip(headings, zip(*rows, strict=True), strict=True):
        longest = max(len(w) for c in cells for w in (c.replace("-", "- ").split() or [""]))
        head = max(len(w) for w in heading.split()) * _WORD * _HEAD
        least.append(max(longest * _WORD * size, head) + _CELL)
        most.append(
            max(max(map(len, cells)) * LETTER * size, len(heading) * LETTER * _HEAD) + _CELL
        )
    spare, asked = width - sum(least), sum(most) - sum(least)
    share = min(max(spare / asked, 0.0), 1.0) if asked else 1.0
    return [low + (high - low) * share for low, high in zip(least, most, strict=True)]


def statements_fit(
    statements: Sequence[tuple[str, str]], total: int, width: float, height: float
) -> tuple[int, float]:
    """How many statements stand on a slide, at least one, and how much larger than ``SIZE``.

    Args:
        statements: Title and words of the first ones, as many as may stand there.
        total: How many there are.
        width: Pixels.
        height: Pixels.
    """

    def taken(count: int, grow: float) -> float:
        size = SIZE * grow
        inside = width - 1.3 * size
        # Titles are bold, which is wider.
        lines = sum(
            _lines(title, inside * 0.93, size) + _lines(words, inside, size)
            for title, words in statements[:count]
        )
        return lines * size * 1.28 + count * 13 + (_MORE if total > count else 0.0)

    fit = next((n for n in range(len(statements), 1, -1) if taken(n, 1.0) <= height), 1)
    return fit, _grown(lambda grow: taken(fit, grow), height)
