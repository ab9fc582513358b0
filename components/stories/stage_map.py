"""A map for a projector: the same shapes fitted to the slide, with larger letters."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Final

from components.exhibits.deck import HEIGHT, DeckMap, ThemedDeck, ThemeName
from data.memo import kept

_ZOOM: Final = re.compile(r'("zoom":)(-?[\d.]+)')
_LETTERS: Final = re.compile(r'("getSize":)([\d.]+)')
_MARKS: Final = re.compile(r'("getRadius":)([\d.]+)')

_SIZES: Final = re.compile(r'("s":)([\d.]+)')
_SHORT: Final = {
    "Cambridgeshire": "Cambs", "Derbyshire": "Derbys", "Gloucestershire": "Glos",
    "Hampshire": "Hants", "Herefordshire": "Herefs", "Hertfordshire": "Herts",
    "Lancashire": "Lancs", "Leicestershire": "Leics", "Lincolnshire": "Lincs",
    "Northamptonshire": "Northants", "Nottinghamshire": "Notts", "Peterborough": "P'boro",
    "Shropshire": "Shrops", "Staffordshire": "Staffs", "Warwickshire": "Warks",
    "Worcestershire": "Worcs", "Yorkshire": "Yorks",
}  # fmt: skip
"""Counties as they are shortened on letters, so that a room can read them in a hexagon."""


def shortened(name: str) -> str:
    """A name with its counties shortened."""
    for whole, short in _SHORT.items():
        name = name.replace(whole, short)
    return name


def is_shaded(deck: DeckMap) -> bool:
    """Whether the map shows anything of its subject in any area."""
    return any(a.fill not in {"none", "filtered"} for a in deck.areas)


def _in_view(deck: DeckMap) -> DeckMap:
    """The map with all that is shaded in view: a room sees whole footprints, not their middle."""
    if not deck.focus:
        return deck
    shaded = tuple(a.code for a in deck.areas if a.fill not in {"none", "filtered"})
    return replace(deck, focus=shaded or deck.focus)


@kept(6)
def _message(deck: DeckMap, name: ThemeName, height: int, scale: float) -> str:
    closer = math.log2(height / HEIGHT)
    # On hexagons names are fitted into their shape; on the ground there is room for larger ones.
    grow = height / HEIGHT if deck.form == "hexagon" else 1.3 * scale
    if deck.form == "hexagon":
        areas = tuple(replace(a, label=shortened(a.name)) for a in deck.areas)
        deck = replace(deck, areas=areas)
    text = _in_view(deck).message(name, "wide")
    text = _ZOOM.sub(lambda m: f"{m[1]}{float(m[2]) + closer:.3f}", text)
    text = _LETTERS.sub(lambda m: f"{m[1]}{float(m[2]) * grow:.1f}", text)
    text = _SIZES.sub(lambda m: f"{m[1]}{float(m[2]) * grow:.1f}", text)
    return _MARKS.sub(lambda m: f"{m[1]}{float(m[2]) * scale:.1f}", text)


@dataclass(frozen=True)
class StagedDeck(ThemedDeck):
    """A map in one theme for a slide of a certain height."""

    height: int = HEIGHT
    scale: float = 1.0

    def to_json(self) -> str:
        """The deck.gl message."""
        return _message(self.deck, self.theme_name, self.height, self.scale)


def staged_deck(deck: DeckMap, name: ThemeName, height: int, scale: float) -> StagedDeck:
    """A map as ``st.pydeck_chart`` takes it.

    Args:
        deck: The map.
        name: Theme.
        height: Pixels of the slide's picture.
        scale: Size of the screen, 1 for 720 lines.
    """
    return StagedDeck(deck, name, "wide", height, scale)
