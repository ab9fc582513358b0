import streamlit as st

from components.ui import chapters, frame, opening
from components.ui.parts import DELEGATION
from components.ui.text import text

_, selection = frame.context()
frame.heading("Delegation readiness", "delegation", "place", "Place your collaborative in it")
with opening.expander("How to read the percentages and the thin lines", "method"):
    st.markdown(text("method-intervals"))
chapters.show(chapters.choose(DELEGATION, selection), selection)
