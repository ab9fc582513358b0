"""Streamlit only: filters, exhibit card, source note, page frame. No figures are made here."""
