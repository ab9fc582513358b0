"""What the parts of a page need to know of the run that goes on: tables, filters, other pages.

Below the frame, which sets it up, so that parts which the frame itself needs can ask for it.
"""

from __future__ import annotations

import streamlit as st

from components.ui import cache
from data import Catalogue, Selection

PAGES_KEY = "_pages"
SELECTION_KEY = "selection"


def context() -> tuple[Catalogue, Selection]:
    """What a page needs: the tables and the reader's selection."""
    tables, _ = cache.catalogue()
    selection = st.session_state.get(SELECTION_KEY, Selection())
    return tables, selection


def link(url_path: str) -> st.Page:
    """The page at an address, for ``st.page_link``."""
    pages: dict[str, st.Page] = st.session_state[PAGES_KEY]
    return pages[url_path]
