import streamlit as st

from components.ui import card, frame, opening
from components.ui.text import text

_, selection = frame.context()
frame.heading("Partners and resources", "partners")
with opening.expander("How to read the percentages and the thin lines", "method"):
    st.markdown(text("method-intervals"))
left, right = st.columns(2, gap="medium")
with left:
    card.show("icb-relationship", selection)
    card.show("dedicated-resource", selection)
with right:
    card.show("partner-meetings", selection)
    card.show("funded-posts", selection)
