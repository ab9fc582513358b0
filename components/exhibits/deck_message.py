"""The compact message that draws a map in the browser.

pydeck pretty-prints every coordinate on a line of its own; here it writes the frame of the
message only, and shapes that were turned into text once per process are put in its places.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pydeck as pdk

from components import theme
from components.exhibits.deck import HEIGHTS, DeckMap, Device, ThemeName
from components.exhibits.deck_layers import layers
from components.exhibits.deck_shapes import compact, hexagon_view
from components.public_url import base_path
from data.memo import kept
from geo.views import view_for

# The browser alone knows how wide the map is; these widths keep England whole on each device.
FIT_WIDTH = {"wide": 560, "narrow": 330}
# Hexagons lie within this width; the smallest phone's map is 311 wide.
HEXAGONS_WIDTH = {"wide": 430, "narrow": 308}
# Too small to be seen, enough for the browser to go back to a view that it has left.
_NUDGE = 1e-6


@kept(4)
def message(deck: DeckMap, name: ThemeName, device: Device) -> str:
    """The deck.gl message of a map for one theme and device: compact JSON, cached."""
    width = FIT_WIDTH[device]
    if deck.form == "hexagon":
        across = HEXAGONS_WIDTH[device]
        longitude, latitude, zoom = hexagon_view(deck.hexes, across, HEIGHTS[device])
    else:
        longitude, latitude, zoom = view_for(
            deck.focus, width, HEIGHTS[device], padding=8, vintage=deck.vintage_id
        )
    drawn = list(layers(deck, name, zoom))
    nudge = deck.nudge * _NUDGE
    view = pdk.ViewState(
        longitude=round(longitude, 3) + nudge, latitude=round(latitude, 3) + nudge,
        zoom=round(zoom, 2) + nudge, min_zoom=4, max_zoom=11,
    )  # fmt: skip
    spec = pdk.Deck(
        layers=[layer for layer, _, _ in drawn],
        initial_view_state=view,
        map_provider="carto",
        map_style=f"{base_path()}/app/static/map-{name}.json",
        views=[pdk.View(type="MapView", controller=True)],
    )
    frame = compact(json.loads(spec.to_json()))
    # All places in one pass: a name within the shapes may read as a place does.
    texts = {f'"{place}"': text for _, place, text in drawn}
    return re.sub("|".join(map(re.escape, texts)), lambda found: texts[found[0]], frame)


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
