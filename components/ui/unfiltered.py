"""What is shown whole whatever is filtered says so, where filters are set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields

import streamlit as st

from components.export.holding import table_filters
from components.ui.text import plain
from data import Catalogue, Selection


def words(
    tables: Catalogue, selection: Selection, what: str, reads: Collection[str] = ("vintage",)
) -> str:
    """A sentence that names the filters that leave something whole; ``""`` where none is set.

    Args:
        tables: The catalogue.
        selection: What is filtered.
        what: What stays whole, such as ``This profile shows all that is known``.
        reads: Dimensions that it does follow.
    """
    others = selection.only([f.name for f in fields(Selection) if f.name not in reads])
    named = "; ".join(f"{name}: {plain(value)}" for name, value in table_filters(tables, others))
    return f"{what}; not filtered by {named}." if named else ""


def say(
    tables: Catalogue, selection: Selection, what: str, reads: Collection[str] = ("vintage",)
) -> None:
    """Write the sentence in a place that stands on every run, as ``words`` makes it."""
    place, said = st.container(), words(tables, selection, what, reads)
    if said:
        place.caption(said)
