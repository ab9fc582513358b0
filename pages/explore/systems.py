import streamlit as st

from components.ui import card, frame, profile_system
from components.ui.choice import choose_one

tables, selection = frame.context()
frame.heading("Systems", "systems")
chosen = choose_one("One system", "system", tables.icb_names, "Choose a system")
if chosen is None:
    st.info("Choose a system above to see who collaborates in it.", icon="ℹ️")
    card.show("system-list", selection)
    card.show("systems-hexmap", selection)
else:
    profile_system.show(chosen)
