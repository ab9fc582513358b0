"""References for copying: an exhibit and its sources, in one of four styles."""

from __future__ import annotations

import streamlit as st

from components.exhibits import Built
from components.export.citing import STYLES
from components.ui import row_files, views
from data import Selection


@st.fragment
def show(exhibit_id: str, built: Built, selection: Selection, address: str) -> None:
    """Draw the choice of a style and the references in it, with a button that copies them.

    Args:
        exhibit_id: Id in the registry.
        built: It, built for the selection.
        selection: The filters.
        address: Root of the Atlas as the reader sees it, ending in a slash, or ``""``.
    """
    key = f"cite-{exhibit_id}"
    if st.session_state.get(key) not in STYLES:
        st.session_state[key] = "plain"
    style = st.segmented_control(
        "Cite this exhibit and its sources",
        list(STYLES),
        required=True,
        format_func=lambda key: STYLES[key].label,
        key=key,
        on_change=views.choose_within,
    )
    text = row_files.references(exhibit_id, built, selection, address, str(style or "plain"))
    st.code(text, language=None, wrap_lines=True, height=220 if len(text) > 900 else "content")
