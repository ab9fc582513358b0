import streamlit as st

from components.ui import address, card, frame
from components.ui.choice import choose_kind, choose_several
from components.ui.compared import KINDS
from data import Catalogue, Selection
from data.comparison import MOST
from data.query import collaboratives, systems


def names(tables: Catalogue, selection: Selection, kind: str) -> dict[str, str]:
    """What can be chosen: what the filters leave, and what is chosen already."""
    if kind == "systems":
        left, every = systems(tables, selection)["icb_code"], tables.icb_names
    else:
        left = collaboratives(tables, selection)["collaborative_id"]
        every = tables.collaborative_names
    asked = address.asked(kind).split(",")
    kept = {*left, *asked, *st.session_state.get(f"choice-{kind}", ())}
    return {key: name for key, name in every.items() if key in kept}


tables, selection = frame.context()
frame.heading("Compare", "compare")
kind = choose_kind("What to compare", "compare", KINDS)
options = names(tables, selection, kind)
chosen = choose_several(f"Two to four {kind}", kind, options, f"Choose {kind}", MOST)
if chosen:  # their parameter says the kind
    address.put("compare", None)
subjects = Selection(icb=chosen) if kind == "systems" else Selection(collaborative=chosen)
card.show(f"compare-{kind}", subjects)
