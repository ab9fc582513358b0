"""What is shown whole whatever is filtered says so, where filters are set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields

import streamlit as st

from components.export.holding import table_filters
from components.ui.text import plain
from data import Catalogue, Selection
from data.connections import joined
from data.query import DIMENSION_NAMES
from data.table_filters import table_responds_to


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


def of_table(
    name: str, selection: Selection, left_by: tuple[tuple[str, str], ...], filtered: bool
) -> list[str]:
    """What is to be said of the filters that are set: which act on a table, and which do not.

    Args:
        name: Name of the table.
        selection: What is filtered.
        left_by: The filters that act, as (dimension, its values in words).
        filtered: Whether they are applied.
    """
    reached = table_responds_to(name)
    idle = dict.fromkeys(DIMENSION_NAMES[d] for d, _ in selection.active if d not in reached)
    if not filtered:
        acts = any(d in reached for d, _ in selection.active)
        return ["the filters that are set are not applied here"] if acts else []
    said = []
    if left_by:
        told = " · ".join(f"{dimension}: {plain(value)}" for dimension, value in left_by)
        said.append(f"filtered by {told}")
    if idle:
        filters = "filter for {} does" if len(idle) == 1 else "filters for {} do"
        said.append(f"the {filters.format(joined(idle))} not act on this table")
    return said
