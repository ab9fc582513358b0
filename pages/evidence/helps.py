import streamlit as st

from components.ui import card, chapters, checklist, frame, opening
from components.ui.parts import HELPS
from components.ui.text import text

tables, selection = frame.context()
frame.heading("What helps and what hinders", "helps")
with opening.expander("How to read the percentages and the thin lines", "method"):
    st.markdown(text("method-intervals"))
chapter = chapters.choose(HELPS, selection)
chapters.show(chapter, selection)
if chapter.id == "board":
    left, right = st.columns([0.66, 0.34], gap="medium")
    with left:
        checklist.show(tables, selection)
    with right:
        card.show("board-questions", selection)
