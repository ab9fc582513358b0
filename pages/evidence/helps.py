import streamlit as st

from components.ui import card, frame

_, selection = frame.context()
frame.heading("What helps and what hinders", "helps")
left, right = st.columns(2, gap="medium")
with left:
    card.show("challenges", selection)
with right:
    card.show("board-questions", selection)
card.show("enablers", selection)
card.show("risks", selection)
card.show("opportunities", selection)
card.show("good-practice", selection)
