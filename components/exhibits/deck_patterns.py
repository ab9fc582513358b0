"""Strokes over inferred areas and dots over those stated in part, as a layer of their own.

They are drawn as lines and points, over areas that are filled without them: nothing has to be
loaded before an area has its colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pydeck as pdk

from components import theme
from components.exhibits.deck import DeckMap, ThemeName
from components.exhibits.deck_base import PIXELS, Layered
from components.exhibits.deck_shapes import compact
from data.map_rows import Pattern
from geo.hatching import specks, strokes

PATTERNS = get_args(Pattern)
# Pixels from one stroke or dot to the next along a row, at the zoom of the first view.
_STROKES_APART, _DOTS_APART = 10.0, 11.0
# The middle of a hexagon is left to its name.
_LABEL = 0.72
_UNSHADED = {"none", "filtered"}
_STRONG = {"3", "4"}


def _degrees(pixels: float, zoom: float) -> float:
    return round(pixels * 360 / (512 * 2**zoom), 5)


def patterns(
    deck: DeckMap, shapes: dict[str, str], name: ThemeName, zoom: float
) -> Iterator[Layered]:
    """The layer of patterns over areas that are shaded; none where all is stated.

    Args:
        deck: The map.
        shapes: GeoJSON text of each area by code.
        name: Theme.
        zoom: Zoom of the first view; patterns are spaced for it.
    """
    made = {
        "hatch": ("MultiLineString", strokes, _degrees(_STROKES_APART, zoom)),
        "dots": ("MultiPoint", specks, _degrees(_DOTS_APART, zoom)),
    }
    hollow = _LABEL if deck.form == "hexagon" else 0.0
    features = []
    for area in deck.areas:
        if area.pattern in made and area.fill not in _UNSHADED:
            kind, draw, apart = made[area.pattern]
            features.append(
                {
                    "type": "Feature",
                    "properties": {"c": list(theme.MAP_STROKES[name][area.fill in _STRONG])},
                    "geometry": {
                        "type": kind,
                        "coordinates": draw(shapes[area.code], apart, hollow),
                    },
                }
            )
    if features:
        yield (
            pdk.Layer(
                "GeoJsonLayer", "@patterns", id="patterns", stroked=False,
                get_line_color="properties.c", get_line_width=2.2, line_width_units=PIXELS,
                get_fill_color="properties.c", get_point_radius=1.9, point_radius_units=PIXELS,
            ),
            "@patterns",
            compact(features),
        )  # fmt: skip
