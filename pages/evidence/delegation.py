import streamlit as st

from components.ui import card, frame

_, selection = frame.context()
frame.heading("Delegation readiness", "delegation")
left, right = st.columns(2, gap="medium")
with left:
    card.show("delegation-intent", selection)
    card.show("governance-models", selection)
with right:
    card.show("delegation-barriers", selection)
    card.show("governance-options", selection)
card.show("delegation-insights", selection)
