"""The naive floor: one map of 42 areas and one bar chart, read, built and sent on every rerun.

What a first draft of the Atlas would do: GeoPandas reads the file, every shape goes inline to
pydeck, Plotly draws from a frame, with Streamlit's default settings. Two filters: `sector`
recolours the map and the bars, `order` changes only the bars.
"""

import json

import geopandas
import plotly.express as px
import pydeck
import streamlit as st

SECTORS = ["all", "acute", "mhlda", "community", "all_in", "specialised", "ambulance"]

st.title("Provider collaboratives by system")
sector = st.selectbox("Sector", SECTORS, key="sector", bind="query-params")
order = st.selectbox("Order", ["name", "value", "reverse"], key="order", bind="query-params")

areas = geopandas.read_file("static/boundaries.geojson")
areas["label"] = [f"System {i}" for i in range(len(areas))]
areas["value"] = [(i * 7 + SECTORS.index(sector) * 11) % 17 for i in range(len(areas))]
areas["fill"] = [[0, 94, 184, 40 + 12 * value] for value in areas["value"]]

layer = pydeck.Layer(
    "GeoJsonLayer",
    json.loads(areas.to_json()),
    id="systems",
    get_fill_color="properties.fill",
    get_line_color=[255, 255, 255],
    line_width_min_pixels=1,
    pickable=True,
)
view = pydeck.ViewState(latitude=52.8, longitude=-1.6, zoom=5.4)
deck = pydeck.Deck(layers=[layer], initial_view_state=view, map_style=None)
st.pydeck_chart(deck, key="map", on_select="rerun")

bars = areas.drop(columns="geometry")
if order != "name":
    bars = bars.sort_values("value", ascending=order == "value")
st.plotly_chart(px.bar(bars, x="label", y="value"), key="bars")
