"""The lowest floor: a Streamlit page with one title."""

import streamlit as st

st.title("A title")
