import streamlit as st

from components.ui import card, frame
from components.ui.text import text

_, selection = frame.context()
frame.heading("Delegation readiness", "delegation")
with st.expander("How to read the percentages and the thin lines"):
    st.markdown(text("method-intervals"))
left, right = st.columns(2, gap="medium")
with left:
    card.show("delegation-intent", selection)
    card.show("governance-models", selection)
with right:
    card.show("delegation-barriers", selection)
    card.show("governance-options", selection)
card.show("sector-differences", selection)
card.show("delegation-insights", selection)
