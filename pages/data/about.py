import streamlit as st

from components.ui import card, frame
from components.ui.table import show_table

tables, selection = frame.context()
frame.heading("About", "about")
card.show("key-messages", selection)
with st.container(border=True):
    st.markdown("### Glossary", anchors=False)
    show_table(
        tables.table("glossary").sort_values("term", key=lambda s: s.str.lower()),
        key="glossary",
        title="Glossary",
        height=420,
    )
