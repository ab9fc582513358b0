import streamlit as st

from components.ui import card, frame, opening
from components.ui.text import text

_, selection = frame.context()
frame.heading("Priorities", "priorities")
with opening.expander("How to read the percentages and the thin lines", "method"):
    st.markdown(text("method-intervals"))
card.show("survey-respondents", selection)
left, right = st.columns(2, gap="medium")
with left:
    card.show("priorities-past-year", selection)
    card.show("improvement-journey", selection)
with right:
    card.show("priorities-next-year", selection)
    card.show("improvement-approach", selection)
card.show("priorities-shift", selection)
card.show("benefits-named", selection)
card.show("named-priorities", selection)
