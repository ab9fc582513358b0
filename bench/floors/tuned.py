"""The naive page done with care, to show what is within reach (not a floor, a comparison).

The boundaries are served once as a static file and the deck refers to them by URL; the figures
are built once per choice and shared by all sessions; what was loaded at the start is frozen out
of the garbage collector's sight. Run it with ``server.enableStaticServing``, and with
``runner.postScriptGC=false`` for the lowest cost.
"""

import gc
import json

import geopandas
import plotly.express as px
import plotly.graph_objects as go
import streamlit as st

SECTORS = ["all", "acute", "mhlda", "community", "all_in", "specialised", "ambulance"]


@st.cache_resource
def labels() -> list[str]:
    """Read the areas once per process, and freeze what is loaded."""
    areas = geopandas.read_file("static/boundaries.geojson")
    found = [f"System {i}" for i in range(len(areas))]
    gc.collect()
    gc.freeze()
    return found


class Deck:
    """A deck that is already written: `st.pydeck_chart` asks only for `to_json`."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text

    def to_json(self) -> str:
        """Return the text."""
        return self._text


def values(sector: str) -> list[int]:
    """Return the naive page's values."""
    return [(i * 7 + SECTORS.index(sector) * 11) % 17 for i in range(len(labels()))]


@st.cache_resource
def deck(sector: str) -> Deck:
    """Build the map of a sector once: shapes by URL, colour by sector."""
    shade = 40 + 30 * SECTORS.index(sector)
    layer = {
        "@@type": "GeoJsonLayer",
        "id": "systems",
        "data": "/app/static/boundaries.geojson",
        "getFillColor": [0, 94, 184, shade],
        "getLineColor": [255, 255, 255],
        "lineWidthMinPixels": 1,
    }
    view = {"latitude": 52.8, "longitude": -1.6, "zoom": 5.4}
    spec = {"initialViewState": view, "layers": [layer], "views": [{"@@type": "MapView"}]}
    return Deck(json.dumps(spec, separators=(",", ":")))


@st.cache_resource
def bars(sector: str, order: str) -> go.Figure:
    """Build the bar chart of a choice once."""
    rows = list(zip(labels(), values(sector), strict=True))
    if order != "name":
        rows.sort(key=lambda row: row[1], reverse=order == "reverse")
    return px.bar(x=[label for label, _ in rows], y=[value for _, value in rows])


st.title("Provider collaboratives by system")
chosen = st.selectbox("Sector", SECTORS, key="sector", bind="query-params")
ordered = st.selectbox("Order", ["name", "value", "reverse"], key="order", bind="query-params")
st.pydeck_chart(deck(chosen), key="map")
st.plotly_chart(bars(chosen, ordered), key="bars")
