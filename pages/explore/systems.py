import streamlit as st

from components.ui import card, frame, profile_system, unfiltered, vintage
from components.ui.choice import choose_one
from data.profile_areas import vintage_of
from data.vintages import OLDER

tables, selection = frame.context()
frame.heading("Systems", "systems")
wanted = selection.vintage or OLDER
box, switch = st.columns([0.7, 0.3], vertical_alignment="bottom")
with box:
    chosen = choose_one(
        "One system", "system", profile_system.options(tables, wanted), "Choose a system"
    )
with switch:
    vintage.choose(tables, selection)
if chosen is None:
    st.info("Choose a system above to see who collaborates in it.", icon=":material/info:")
    card.show("system-list", selection)
    card.show("systems-hexmap", selection)
else:
    unfiltered.say(tables, selection, "This profile shows all that is known")
    profile_system.show(chosen, vintage_of(tables, chosen, wanted))
