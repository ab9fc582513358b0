"""Exhibits as files that people take away. Pure: no Streamlit."""
