import streamlit as st

from components.ui import frame, opening, place, unfiltered
from components.ui.text import text

tables, selection = frame.context()
frame.heading("Place your collaborative", "place")
with opening.expander("How to read the percentages and the lines", "method"):
    st.markdown(text("method-intervals"))
unfiltered.say(
    tables, selection, "Your answers stand beside all that are published", ("vintage", "wave")
)
place.show(tables, selection)
