import streamlit as st

from components.ui import card, frame, profile_collaborative, unfiltered, vintage
from components.ui.choice import choose_one
from data.query import collaboratives
from data.vintages import OLDER

tables, selection = frame.context()
frame.heading("Collaboratives", "collaboratives")
left = set(collaboratives(tables, selection)["collaborative_id"])
# A link to a profile opens it whatever is filtered.
left.add(st.query_params.get("id", ""))
names = {key: name for key, name in tables.collaborative_names.items() if key in left}
box, switch = st.columns([0.7, 0.3], vertical_alignment="bottom")
with box:
    chosen = choose_one("One collaborative", "id", names, "Choose a collaborative")
with switch:
    vintage.choose(tables, selection)
if chosen is None:
    st.info("Choose a collaborative above to open its profile.", icon=":material/info:")
    card.show("collaborative-list", selection)
else:
    unfiltered.say(tables, selection, "This profile shows all that is known")
    profile_collaborative.show(chosen, selection.vintage or OLDER)
