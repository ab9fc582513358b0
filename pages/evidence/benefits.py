import streamlit as st

from components.ui import card, evidence, frame

tables, selection = frame.context()
frame.heading("Benefits", "benefits")
evidence.narrow(tables, selection)
left, right = st.columns(2, gap="medium")
with left:
    card.show("outcomes-by-benefit", selection)
with right:
    card.show("before-and-after", selection)
    card.show("outcomes-by-service", selection)
card.show("benefit-evidence-map", selection)
evidence.open_cell(selection)
left, right = st.columns(2, gap="medium")
with left:
    card.show("outcomes-in-own-units", selection)
with right:
    card.show("procurement-savings", selection)
card.show("outcome-list", selection)
