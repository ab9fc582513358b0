import streamlit as st

from components.ui import card, frame, profile
from components.ui.choice import choose_one
from data.query import collaboratives

tables, selection = frame.context()
frame.heading("Collaboratives", "collaboratives")
left = set(collaboratives(tables, selection)["collaborative_id"])
names = {key: name for key, name in tables.collaborative_names.items() if key in left}
chosen = choose_one("One collaborative", "id", names, "Choose a collaborative")
if chosen is None:
    st.info("Choose a collaborative to see what the sources say of it.", icon="ℹ️")
else:
    profile.collaborative(tables, chosen)
card.show("collaborative-list", selection)
