"""A map for a projector: the same shapes fitted to the slide, with larger letters."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from typing import Any, Final

from components.exhibits.deck import HEIGHT, HEIGHTS, DeckMap, ThemedDeck, ThemeName
from components.exhibits.deck_shapes import compact, fitted_lines
from data.memo import kept

_ZOOM: Final = re.compile(r'("zoom":)(-?[\d.]+)')
_LETTERS: Final = re.compile(r'("getSize":)([\d.]+)')
_MARKS: Final = re.compile(r'("getRadius":)([\d.]+)')

STRETCH: Final = 1.6
"""How much wider than high hexagons are on a slide."""
STRETCH_BELOW: Final = 2.0
"""The same where points stand below the picture, which is lower and has more room beside."""
_SIZES: Final = re.compile(r'("s":)([\d.]+)')
_SHORT: Final = {
    "Cambridgeshire": "Cambs", "Derbyshire": "Derbys", "Gloucestershire": "Glos",
    "Hampshire": "Hants", "Herefordshire": "Herefs", "Hertfordshire": "Herts",
    "Lancashire": "Lancs", "Leicestershire": "Leics", "Lincolnshire": "Lincs",
    "Northamptonshire": "Northants", "Nottinghamshire": "Notts", "Peterborough": "P'boro",
    "Shropshire": "Shrops", "Staffordshire": "Staffs", "Warwickshire": "Warks",
    "Worcestershire": "Worcs", "Yorkshire": "Yorks",
    "Leicester, Leics": "Leics", "Shrops, Telford & Wrekin": "Shrops & Telford",
    "North Central": "N Central",
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


def _stretched(text: str, deck: DeckMap, stretch: float) -> str:
    """A map of hexagons that are wider than high: a slide is, and so are names.

    Every system keeps the same size and its neighbours; letters grow by half.
    """
    message = json.loads(text)
    middle = message["initialViewState"]["longitude"]
    for layer in message["layers"]:
        layer["data"] = _wider(layer["data"], middle, stretch)
        if layer["id"] != "labels":
            continue
        shared = any(a.chips or a.letter for a in deck.areas)
        for row, area in zip(layer["data"], deck.areas, strict=True):
            row["t"], row["s"] = fitted_lines(
                shortened(area.name), is_shared=shared, stretch=stretch
            )
    return compact(message)


def _wider(data: Any, middle: float, stretch: float) -> Any:
    """A copy in which every position lies further from the middle.

    No other value is a pair, but ``o``, the offset of a mark in pixels.
    """
    if isinstance(data, dict):
        return {k: v if k == "o" else _wider(v, middle, stretch) for k, v in data.items()}
    if not isinstance(data, list):
        return data
    if len(data) == 2 and all(isinstance(v, int | float) for v in data):
        return [round(middle + (data[0] - middle) * stretch, 4), data[1]]
    return [_wider(v, middle, stretch) for v in data]


@kept(6)
def _message(deck: DeckMap, name: ThemeName, height: int, scale: float, stretch: float) -> str:
    closer = math.log2(height / HEIGHT)
    # On hexagons names are fitted into their shape; on the ground there is room for larger ones.
    grow = height / HEIGHT if deck.form == "hexagon" else 1.3 * scale
    text = _in_view(deck).message(name, "wide")
    if deck.form == "hexagon":
        text = _stretched(text, deck, stretch)
    text = _ZOOM.sub(lambda m: f"{m[1]}{float(m[2]) + closer:.3f}", text)
    text = _LETTERS.sub(lambda m: f"{m[1]}{float(m[2]) * grow:.1f}", text)
    text = _SIZES.sub(lambda m: f"{m[1]}{float(m[2]) * grow:.1f}", text)
    return _MARKS.sub(lambda m: f"{m[1]}{float(m[2]) * scale:.1f}", text)


@dataclass(frozen=True)
class StagedDeck(ThemedDeck):
    """A map in one theme for a slide of a certain height."""

    height: int = HEIGHT
    scale: float = 1.0
    stretch: float = STRETCH

    def to_json(self) -> str:
        """The deck.gl message."""
        return _message(self.deck, self.theme_name, self.height, self.scale, self.stretch)


def staged_deck(
    deck: DeckMap, name: ThemeName, height: int, scale: float, *, is_stacked: bool = False
) -> StagedDeck:
    """A map as ``st.pydeck_chart`` takes it.

    Args:
        deck: The map.
        name: Theme.
        height: Pixels of the slide's picture.
        scale: Size of the screen, 1 for 720 lines.
        is_stacked: Whether points stand below the picture.
    """
    stretch = STRETCH_BELOW if is_stacked else STRETCH
    return StagedDeck(deck, name, "wide", height, scale, stretch)


@dataclass(frozen=True)
class LyingDeck(ThemedDeck):
    """A map on a phone that lies on its side: that of an upright one, as high as there is room."""

    height: int = HEIGHTS["narrow"]

    def to_json(self) -> str:
        """The deck.gl message."""
        closer = math.log2(self.height / HEIGHTS["narrow"])
        text = super().to_json()
        return _ZOOM.sub(lambda m: f"{m[1]}{float(m[2]) + closer:.3f}", text)


def phone_deck(deck: DeckMap, name: ThemeName, height: int) -> ThemedDeck:
    """A map for a slide that is read on a phone, as ``st.pydeck_chart`` takes it.

    Args:
        deck: The map.
        name: Theme.
        height: Pixels of the picture.
    """
    return LyingDeck(_in_view(deck), name, "narrow", height)
