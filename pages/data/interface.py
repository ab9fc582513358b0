import streamlit as st

from components.ui import frame, interface

_, selection = frame.context()
frame.heading("Interface and downloads", "interface")
with st.container(border=True):
    interface.show_package()
with st.container(border=True):
    interface.show_builder(selection)
with st.container(border=True):
    interface.show_lines()
