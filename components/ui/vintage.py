"""The choice of boundaries: one control, on every page whose areas are those of a vintage."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.ui import filters
from components.ui.filter_bar import BAR, Holder
from data import Catalogue, Selection
from data.map_rows import DEFAULT_VINTAGE
from geo.boundaries_io import VINTAGE_TITLES

_KEY = "map-vintage"


def _choose(tables: Catalogue, key: str, holder: Holder) -> None:
    holder.apply(filters.with_vintage(tables, holder.current(), st.session_state[key]))


def choose(
    tables: Catalogue,
    selection: Selection,
    label: str = "Boundaries of",
    key: str = _KEY,
    holder: Holder = BAR,
) -> None:
    """Buttons for the boundaries of April 2023 and of April 2026; they set the filter.

    Args:
        tables: The catalogue.
        selection: The filters.
        label: Label for people who cannot see it.
        key: Key of the control.
        holder: Whose filters these are.
    """
    st.session_state[key] = selection.vintage or DEFAULT_VINTAGE
    st.segmented_control(
        label,
        list(VINTAGE_TITLES),
        format_func=VINTAGE_TITLES.__getitem__,
        key=key,
        required=True,
        on_change=partial(_choose, tables, key, holder),
        label_visibility="collapsed",
    )
