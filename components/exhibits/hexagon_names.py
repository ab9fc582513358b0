"""Names in hexagons that are too small for them, as a phone draws them."""

from __future__ import annotations

import re
from typing import Final

from components.exhibits.deck_shapes import label_lines

SMALLEST: Final = 9.0
"""Pixels of a letter below which a name is left out: a tap tells it, and so does the list."""
_SIZES: Final = tuple(half / 2 for half in range(24, 17, -1))
_LETTER: Final = 0.53
"""Width of a letter, in times of its size."""
_LEAD: Final = 1.05
_GAP: Final = 3.0
"""Pixels between the letters and the edges, together."""
LIFT: Final = 0.1
"""How far a name is lifted above a letter or discs, in times of the hexagon's width."""
_BRIEF: Final = {
    "Birmingham": "B'ham", "Derbyshire": "Derbys", "Gloucestershire": "Glos", "Greater": "Gtr",
    "Hampshire": "Hants", "Heartlands": "H'lands", "Herefordshire": "Herefs",
    "Lancashire": "Lancs", "Leicester, Leics": "Leics", "Lincolnshire": "Lincs",
    "Manchester": "Man- chester", "Merseyside": "M'side", "Northamptonshire": "North- ants",
    "Nottingham & Notts": "Notts", "Peterborough": "P'boro",
    "Shropshire, Telford & Wrekin": "Shrops & Telford", "Warwickshire": "Warks",
    "Yorkshire": "Yorks",
}  # fmt: skip
"""Counties and cities as British maps shorten them, in letters that deck.gl has without asking."""
_BRIEFEST: Final = {
    "North East": "NE", "North West": "NW", "North Central": "NC", "South East": "SE",
    "South West": "SW", "North": "N", "South": "S", "West": "W", "Norfolk": "Norf",
    "Suffolk": "Suff", "Cumbria": "Cumb",
}  # fmt: skip
"""What is left where a letter or discs share the hexagon with the name."""


def _with(name: str, shorter: dict[str, str]) -> str:
    for whole, short in shorter.items():
        # "North- ants" is a county, and no north of anything.
        name = re.sub(rf"{re.escape(whole)}(?![\w-])", short, name)
    return name


def lines_in(name: str, across: float, *, is_shared: bool = False) -> tuple[str, float]:
    """A name in lines that lie within a hexagon, and the size of their letters.

    Args:
        name: The name.
        across: Width of the hexagon in pixels; a corner is its top.
        is_shared: Whether a letter or discs stand below the name.

    Returns:
        The lines and pixels of a letter: the whole name where it fits, else the name with its
        words shortened; ``""`` and 0 where none fits in letters of ``SMALLEST``.
    """
    short = _with(name, _BRIEF)
    for words in (name, short, _with(short, _BRIEFEST)):
        ways = [label_lines(words, width) for width in range(3, 11)]
        sized = [(w, _size(w.split("\n"), across, is_shared)) for w in ways if "…" not in w]
        lines, size = max(sized, key=lambda found: found[1], default=("", 0.0))
        if size:
            return lines, size
    return "", 0.0


def _size(lines: list[str], across: float, is_shared: bool) -> float:
    return next((s for s in _SIZES if _is_within(lines, s, across, is_shared)), 0.0)


def _is_within(lines: list[str], size: float, across: float, is_shared: bool) -> bool:
    """Whether each line lies between the edges, which come together above and below the middle."""
    high = across * 2 / 3**0.5
    lead, lift = size * _LEAD, across * LIFT * is_shared
    top = -lead * len(lines) / 2 - lift
    if is_shared and top + lead * len(lines) > high * 0.2:
        return False
    for n, line in enumerate(lines):
        # Letters fill the middle of their line.
        upper, lower = top + n * lead + 0.15 * size, top + (n + 1) * lead - 0.15 * size
        far = max(abs(upper), abs(lower))
        room = across * min(1.0, 2 - 4 * far / high) - _GAP
        if len(line) * size * _LETTER > room:
            return False
    return True
