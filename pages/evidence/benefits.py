import streamlit as st

from components.ui import card, cells, chapters, evidence, frame
from components.ui.parts import BENEFITS

tables, selection = frame.context()
frame.heading("Benefits", "benefits")
evidence.narrow(tables, selection)
evidence.search(tables, selection)
chapter = chapters.choose(BENEFITS, selection)
chapters.show(chapter, selection)
if chapter.id == "who":
    whole = cells.around(selection)
    left, right = st.columns([0.64, 0.36], gap="medium")
    with left:
        card.show("benefit-evidence-map", whole)
    with right:
        evidence.open_cell(tables, whole)
