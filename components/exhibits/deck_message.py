"""The compact message that draws a map in the browser.

pydeck pretty-prints every coordinate on a line of its own; here it writes the frame of the
message only, and shapes that were turned into text once per process are put in its places.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pydeck as pdk

from components import theme
from components.exhibits.deck import HEIGHT, DeckMap, Device, ThemeName
from components.exhibits.deck_shapes import (
    HEX_DEGREES,
    compact,
    focused,
    hexagon_lines,
    hexagon_shapes,
    hexagon_view,
    label_lines,
)
from geo.layers import label_points
from geo.tiles import hexagon_centres
from geo.views import view_for

# The browser alone knows how wide the map is; these widths keep England whole on each device.
FIT_WIDTH = {"wide": 560, "narrow": 330}


def fill_colour(key: str, name: ThemeName) -> tuple[int, int, int, int]:
    """The fill of a legend key in one theme."""
    if key == "none":
        return theme.MAP_NONE[name]
    if key == "filtered":
        return theme.MAP_FILTERED[name]
    return theme.MAP_STEPS[name][int(key) - 1]


def _features(deck: DeckMap, shapes: dict[str, str], name: ThemeName) -> str:
    parts = []
    for area in deck.areas:
        properties = {
            "code": area.code,
            "name": area.name,
            "detail": "<br/>".join(area.detail),
            "f": fill_colour(area.fill, name),
        }
        parts.append(
            f'{{"type":"Feature","properties":{compact(properties)},"geometry":{shapes[area.code]}}}'
        )
    return "[" + ",".join(parts) + "]"


def _points(deck: DeckMap) -> dict[str, tuple[float, float]]:
    if deck.form == "hexagon":
        centres = hexagon_centres({code: (row, col) for code, row, col, _ in deck.hexes})
        return {c: (x * HEX_DEGREES, y * HEX_DEGREES) for c, (x, y) in centres.items()}
    return label_points("icb")


def _rings(deck: DeckMap) -> list[dict[str, Any]]:
    """Places of the ring that marks inferred or partial footprints."""
    points = _points(deck)
    drop = 0.17 if deck.form == "hexagon" else 0.0
    return [
        {"p": [round(points[a.code][0], 4), round(points[a.code][1] - drop, 4)], "name": a.name,
         "detail": "<br/>".join(a.detail)}
        for a in deck.areas
        if a.inferred
    ]  # fmt: skip


def _layers(deck: DeckMap, name: ThemeName) -> tuple[list[pdk.Layer], dict[str, str]]:
    """Layers with named places for their data, and the data as text."""
    hexagon = deck.form == "hexagon"
    if hexagon:
        shapes, lines = hexagon_shapes(deck.hexes), hexagon_lines(deck.hexes)
    else:
        shapes, lines = focused(deck.focus)
    data = {
        "@areas": _features(deck, shapes, name),
        "@regions": lines,
        "@rings": compact(_rings(deck)),
    }
    ink = [int(theme.INK[name][i : i + 2], 16) for i in (1, 3, 5)]
    layers = [
        pdk.Layer(
            "GeoJsonLayer", "@areas", id="areas", pickable=True, stroked=True, filled=True,
            auto_highlight=True, highlight_color=[255, 184, 28, 110],
            get_fill_color="properties.f", get_line_color=list(theme.MAP_LINE[name]),
            line_width_min_pixels=1, get_line_width=1, line_width_units=pdk.types.String("pixels"),
        ),
        pdk.Layer(
            "PathLayer", "@regions", id="regions", get_path="path", width_min_pixels=1.6,
            get_width=1.6, width_units=pdk.types.String("pixels"),
            get_color=list(theme.MAP_REGION_LINE[name]), joint_rounded=True, cap_rounded=True,
        ),
        pdk.Layer(
            "ScatterplotLayer", "@rings", id="inferred", get_position="p", filled=False,
            stroked=True, get_radius=5, radius_units=pdk.types.String("pixels"),
            get_line_color=list(theme.MAP_INFERRED_LINE[name]), get_line_width=2.5,
            line_width_units=pdk.types.String("pixels"), pickable=True,
        ),
    ]  # fmt: skip
    if hexagon:
        points = _points(deck)
        fills = {a.code: a.fill for a in deck.areas}
        dark_steps = {"3", "4"} if name == "light" else {"1", "2"}
        texts = []
        for area in deck.areas:
            light = fills[area.code] in dark_steps
            on_pale = name == "dark" and fills[area.code] in {"3", "4"}
            colour = [255, 255, 255] if light else [16, 24, 32] if on_pale else ink
            texts.append({"p": [round(v, 4) for v in points[area.code]], "c": colour,
                          "t": label_lines(area.name)})  # fmt: skip
        data["@labels"] = compact(texts)
        layers.append(
            pdk.Layer(
                "TextLayer", "@labels", id="labels", get_position="p", get_text="t",
                get_color="c", get_size=9.5, size_units=pdk.types.String("pixels"),
                font_family=pdk.types.String("Source Sans, Arial, sans-serif"),
                font_weight=pdk.types.String("600"), line_height=1.05,
            )
        )  # fmt: skip
    elif deck.markers:
        data["@members"] = compact(
            [
                {"p": [round(m.longitude, 4), round(m.latitude, 4)], "name": m.name,
                 "detail": "<br/>".join(m.detail), "r": 7 if m.lead else 4.5,
                 "f": [255, 184, 28] if m.lead else ink}
                for m in deck.markers
            ]
        )  # fmt: skip
        layers.append(
            pdk.Layer(
                "ScatterplotLayer", "@members", id="members", pickable=True, get_position="p",
                get_radius="r", radius_units=pdk.types.String("pixels"), get_fill_color="f",
                stroked=True, get_line_color=list(theme.MAP_LINE[name]), get_line_width=1.5,
                line_width_units=pdk.types.String("pixels"),
            )
        )  # fmt: skip
    return layers, data


@lru_cache(maxsize=256)
def message(deck: DeckMap, name: ThemeName, device: Device) -> str:
    """The deck.gl message of a map for one theme and device: compact JSON, cached."""
    layers, data = _layers(deck, name)
    width = FIT_WIDTH[device]
    if deck.form == "hexagon":
        longitude, latitude, zoom = hexagon_view(deck.hexes, min(width, 430))
    else:
        longitude, latitude, zoom = view_for(deck.focus, width, HEIGHT, padding=8)
    view = pdk.ViewState(
        longitude=round(longitude, 3), latitude=round(latitude, 3), zoom=round(zoom, 2),
        min_zoom=4, max_zoom=11,
    )  # fmt: skip
    spec = pdk.Deck(
        layers=layers,
        initial_view_state=view,
        map_provider="carto",
        map_style=f"/app/static/map-{name}.json",
        views=[pdk.View(type="MapView", controller=True)],
    )
    frame = compact(json.loads(spec.to_json()))
    for place, text in data.items():
        frame = frame.replace(f'"{place}"', text)
    return frame


def style_document(name: ThemeName, context: dict[str, Any]) -> dict[str, Any]:
    """The map style of one theme: a plain background and a quiet outline of the neighbours.

    It is served from the app's own static folder, so that no map asks for tiles from outside.

    Args:
        name: Theme.
        context: GeoJSON of Wales and Scotland.
    """
    red, green, blue, _ = theme.MAP_CONTEXT[name]
    return {
        "version": 8,
        "name": f"Atlas, {name}",
        "sources": {"context": {"type": "geojson", "data": context}},
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": theme.MAP_SEA[name]}},
            {
                "id": "context",
                "type": "fill",
                "source": "context",
                "paint": {"fill-color": f"rgb({red},{green},{blue})"},
            },
        ],
    }
