import streamlit as st

from components.ui import frame, opening, own, own_loaded
from components.ui.text import text

tables, _ = frame.context()
frame.heading("Bring your own", "own")
with opening.expander("What happens to your file, in full", "privacy"):
    st.markdown(text("own-data"))
own.show_result()
own_loaded.show(st.session_state["_pages"])
with st.container(border=True):
    kind = own.choose_kind()
    own.show_template(tables, kind)
    details = own.ask_details(kind)
    own.take_file(kind, details)
