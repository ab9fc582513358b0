import streamlit as st

from components.ui import card, frame, profile
from components.ui.choice import choose_one

tables, selection = frame.context()
frame.heading("Systems", "systems")
left, right = st.columns([0.46, 0.54], gap="medium")
with left:
    card.show("systems-hexmap", selection)
with right:
    chosen = choose_one("One system", "system", tables.icb_names, "Choose a system")
    if chosen is None:
        st.info("Choose a system to see who collaborates in it.", icon="ℹ️")
    else:
        profile.system(tables, chosen)
card.show("system-list", selection)
