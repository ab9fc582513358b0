import streamlit as st

from components.ui import card, frame

_, selection = frame.context()
frame.heading("Footprints", "footprints")
form = st.segmented_control(
    "Form of the map",
    ["Geographic", "Hexagons"],
    default="Geographic",
    required=True,
    key="map-form",
    label_visibility="collapsed",
)
card.show("footprint-map" if form == "Geographic" else "systems-hexmap", selection)
card.show("footprint-matrix", selection)
card.show("formation-timeline", selection)
