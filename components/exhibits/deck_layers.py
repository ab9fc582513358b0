"""The layers of a map, each with its data as JSON text made for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pydeck as pdk

from components import theme
from components.exhibits.deck import DeckMap, ThemeName
from components.exhibits.deck_base import (
    BOLD,
    FONT,
    PIXELS,
    Layered,
    fill_colour,
    ink_on,
    points_of,
    rgb,
)
from components.exhibits.deck_overlays import chips, cities, letters, outlines, selected
from components.exhibits.deck_patterns import patterns
from components.exhibits.deck_shapes import (
    HEX_DEGREES,
    compact,
    fitted_lines,
    focused,
    hexagon_lines,
    hexagon_shapes,
)
from components.exhibits.hexagon_names import lines_in

TILE: Final = 512
"""Pixels of the whole world at zoom 0."""
_ROOMY: Final = 52
"""Pixels of a hexagon from which on every name fits as it is."""


def _features(deck: DeckMap, shapes: dict[str, str], name: ThemeName) -> str:
    parts = []
    for area in deck.areas:
        properties = {
            "code": area.code,
            "name": area.name,
            "detail": "\n".join(area.detail),
            "f": fill_colour(area.fill, name),
        }
        parts.append(
            f'{{"type":"Feature","properties":{compact(properties)},"geometry":{shapes[area.code]}}}'
        )
    return "[" + ",".join(parts) + "]"


def layers(deck: DeckMap, name: ThemeName, zoom: float) -> Iterator[Layered]:
    """Every layer of a map, from the bottom up.

    Args:
        deck: The map.
        name: Theme.
        zoom: Zoom of the first view; patterns are sized for it.
    """
    if deck.form == "hexagon":
        shapes, lines = hexagon_shapes(deck.hexes), hexagon_lines(deck.hexes)
    else:
        shapes, lines = focused(deck.focus, deck.vintage_id)
    yield (
        pdk.Layer(
            "GeoJsonLayer", "@areas", id=f"areas-{deck.state}", pickable=True, stroked=True,
            filled=True, auto_highlight=True, highlight_color=[255, 184, 28, 110],
            get_fill_color="properties.f", get_line_color=list(theme.MAP_LINE[name]),
            line_width_min_pixels=1, get_line_width=1, line_width_units=PIXELS,
        ),
        "@areas",
        _features(deck, shapes, name),
    )  # fmt: skip
    yield from patterns(deck, shapes, name, zoom)
    yield (
        pdk.Layer(
            "PathLayer", "@regions", id="regions", get_path="path", width_min_pixels=1.6,
            get_width=1.6, width_units=PIXELS, get_color=list(theme.MAP_REGION_LINE[name]),
            joint_rounded=True, cap_rounded=True,
        ),
        "@regions",
        lines,
    )  # fmt: skip
    yield from outlines(deck, name)
    yield from selected(deck, name)
    if deck.form == "hexagon":
        yield _labels(deck, name, zoom)
    yield from letters(deck, name)
    yield from chips(deck)
    if deck.markers:
        yield _members(deck, name)
    lettered = any(a.letter or a.chips for a in deck.areas)
    if deck.form == "geographic" and not lettered:
        yield from cities(deck, name)


def _labels(deck: DeckMap, name: ThemeName, zoom: float) -> Layered:
    across = HEX_DEGREES * TILE / 360 * 2**zoom
    points = points_of(deck)
    lift = 0.05 if any(a.chips or a.letter for a in deck.areas) else 0.0
    rows = []
    for area in deck.areas:
        called = area.label or area.name
        if across < _ROOMY:
            words, size = lines_in(called, across, is_shared=lift > 0)
        else:
            words, size = fitted_lines(called, is_shared=lift > 0)
        if not words:
            continue
        x, y = points[area.code]
        rows.append(
            {"p": [round(x, 4), round(y + lift, 4)], "c": ink_on(area.fill, name), "t": words,
             "s": size}
        )  # fmt: skip
    return (
        pdk.Layer(
            "TextLayer", "@labels", id="labels", get_position="p", get_text="t", get_color="c",
            get_size="s", size_units=PIXELS, font_family=FONT, font_weight=BOLD, line_height=1.05,
        ),
        "@labels",
        compact(rows),
    )  # fmt: skip


def _members(deck: DeckMap, name: ThemeName) -> Layered:
    ink = rgb(theme.INK[name])
    small, large, edge = (4.5, 7, 1.5) if deck.focus else (3.2, 5.5, 1)
    rows = [
        {"p": [round(m.longitude, 4), round(m.latitude, 4)], "id": m.organisation_id,
         "name": m.name, "detail": "\n".join(m.detail),
         "r": large if m.lead or m.selected else small,
         "f": [255, 184, 28] if m.lead else ink,
         "l": list(theme.MAP_SELECTED_HALO if m.selected else theme.MAP_LINE[name]),
         "w": 4 if m.selected else edge}
        for m in deck.markers
    ]  # fmt: skip
    return (
        pdk.Layer(
            "ScatterplotLayer", "@members", id=f"members-{deck.state}", pickable=True,
            get_position="p", get_radius="r", radius_units=PIXELS, get_fill_color="f",
            stroked=True, get_line_color="l", get_line_width="w", line_width_units=PIXELS,
        ),
        "@members",
        compact(rows),
    )  # fmt: skip
