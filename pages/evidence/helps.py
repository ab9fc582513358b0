import streamlit as st

from components.ui import card, frame
from components.ui.text import text

_, selection = frame.context()
frame.heading("What helps and what hinders", "helps")
with st.expander("How to read the percentages and the thin lines"):
    st.markdown(text("method-intervals"))
left, right = st.columns(2, gap="medium")
with left:
    card.show("challenges", selection)
with right:
    card.show("board-questions", selection)
card.show("enablers", selection)
card.show("risks", selection)
card.show("opportunities", selection)
card.show("good-practice", selection)
