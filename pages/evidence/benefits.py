import streamlit as st

from components.ui import card, frame

_, selection = frame.context()
frame.heading("Benefits", "benefits")
card.show("outcomes-by-benefit", selection)
card.show("benefit-evidence-map", selection)
left, right = st.columns(2, gap="medium")
with left:
    card.show("procurement-savings", selection)
with right:
    card.show("before-and-after", selection)
