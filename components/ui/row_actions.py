"""What can be done with a row that is ticked: see where it comes from, filter every page by it."""

from __future__ import annotations

import streamlit as st

from components.exhibits import Built
from components.exhibits.appearances import row_refs
from components.ui import filters, lineage
from data import Catalogue
from data.lineage import lineage as lineage_of
from data.memo import kept
from data.query import DIMENSION_NAMES, value_label

_COLUMNS = {
    "collaborative_id": "collaborative",
    "icb_code": "icb",
    "organisation_id": "organisation",
    "benefit": "benefit",
    "sector": "sector",
    "sector_group": "sector",
}
"""Column of a table -> dimension by which its cell can filter."""
_MOST = 3


@kept(100)
def _refs(tables: Catalogue, built: Built) -> list[str]:
    return row_refs(tables, built.frame)


def picks(tables: Catalogue, ref: str) -> list[tuple[str, str]]:
    """(dimension, value) of each filter that a row of a table stands for, the finest first."""
    row = lineage_of(tables, ref).row
    known = tables.known_values
    return [
        (dimension, str(row[column]))
        for column, dimension in _COLUMNS.items()
        if column in row and row[column] in known[dimension]
    ][:_MOST]


def draw(tables: Catalogue, built: Built, picked: int | None, key: str) -> None:
    """A line of links and buttons for the row that is ticked, or how to get it.

    Args:
        tables: The catalogue.
        built: The exhibit whose frame is shown.
        picked: Position of the row that is ticked.
        key: Beginning of the keys of the buttons.
    """
    refs = _refs(tables, built)
    ref = refs[picked] if picked is not None and picked < len(refs) else ""
    if not ref:
        if any(refs):
            st.caption("Tick a row to see where it comes from or to filter by it.")
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        lineage.link(ref)
        for dimension, value in picks(tables, ref):
            label = value_label(tables, dimension, value)
            is_on = value in getattr(filters.current(), dimension)
            st.button(
                f"{'✕ ' if is_on else ''}{DIMENSION_NAMES[dimension].capitalize()}: {label}",
                key=f"{key}-{dimension}-{value}",
                on_click=filters.toggle,
                args=(dimension, value),
                help="No longer filter by this" if is_on else "Filter every page by this",
            )
