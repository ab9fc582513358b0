"""What every layer of a map shares: types, colours and where labels stand."""

from __future__ import annotations

import pydeck as pdk

from components import theme
from components.exhibits.deck import DeckMap, ThemeName
from components.exhibits.deck_shapes import HEX_DEGREES
from geo.layers import label_points
from geo.tiles import hexagon_centres

PIXELS = pdk.types.String("pixels")
FONT = pdk.types.String("Source Sans, Arial, sans-serif")
BOLD = pdk.types.String("600")
HEAVY = pdk.types.String("700")
Layered = tuple[pdk.Layer, str, str]
"""A layer, the place of its data in the message, and the data as JSON text."""


def rgb(colour: str) -> list[int]:
    """``#RRGGBB`` as numbers."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def fill_colour(key: str, name: ThemeName) -> tuple[int, int, int, int]:
    """The fill of a legend key in one theme."""
    if key == "none":
        return theme.MAP_NONE[name]
    if key == "filtered":
        return theme.MAP_FILTERED[name]
    return theme.MAP_STEPS[name][int(key) - 1]


def ink_on(fill: str, name: ThemeName) -> list[int]:
    """A colour of text that can be read on a fill."""
    if name == "light":
        return [255, 255, 255] if fill in {"3", "4"} else rgb(theme.INK[name])
    return [16, 24, 32] if fill in {"3", "4"} else [255, 255, 255]


def points_of(deck: DeckMap) -> dict[str, tuple[float, float]]:
    """Where a label stands in each area."""
    if deck.form == "hexagon":
        centres = hexagon_centres({code: (row, col) for code, row, col, _ in deck.hexes})
        return {c: (x * HEX_DEGREES, y * HEX_DEGREES) for c, (x, y) in centres.items()}
    return label_points("icb", vintage=deck.vintage_id)
