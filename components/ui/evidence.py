"""What the page of benefits adds to its exhibits: the rubric, two filters, and a cell's rows."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components import theme
from components.ui import cache, filters
from components.ui.choice import choose_many, choose_one
from components.ui.table import show_table
from components.ui.text import text
from data import Catalogue, Selection
from data.query import value_label

_BOXES = {
    "service": ("Service", "Type: ENT, out-of-area, procurement, retention"),
    "grade": ("Grade of evidence", "All grades"),
}
_CELL_COLUMNS = ("metric", "value_in_words", "status", "evidence", "why", "source", "locator")


def narrow(tables: Catalogue, selection: Selection) -> Selection:
    """Draw the boxes for service and grade and the rubric; return the narrowed selection.

    A box is left out where the filter bar has that dimension.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    places = st.columns([0.5, 0.32, 0.18], vertical_alignment="bottom", gap="small")
    for place, (dimension, (label, prompt)) in zip(places, _BOXES.items(), strict=False):
        if dimension in filters.FILTERS:
            continue
        options = {v: value_label(tables, dimension, v) for v in tables.known_values[dimension]}
        with place:
            chosen[dimension] = choose_many(label, dimension, options, prompt)
    with places[-1], st.popover("How grades work", width="stretch"):
        st.markdown(text("evidence-rubric"))
    return replace(selection, **chosen)  # type: ignore[arg-type]


def open_cell(selection: Selection) -> None:
    """Choose a cell of the evidence map, kept in the address, and read the outcomes in it."""
    grid = cache.built("benefit-evidence-map", selection).frame
    if grid.empty:
        return
    options = {
        f"{r['collaborative_id']}:{r['benefit']}": f"{r['collaborative']}: {r['benefit_label']} "
        f"({r['evidence'] if not r['outcomes'] else theme.plural(r['outcomes'], 'outcome')})"
        for r in grid.to_dict("records")
    }
    cell = choose_one("Open a cell of the grid", "cell", options, "Choose collaborative: benefit")
    if cell is None:
        return
    key, benefit = cell.split(":")
    row = grid[(grid["collaborative_id"] == key) & (grid["benefit"] == benefit)].iloc[0]
    listed = cache.built("outcome-list", selection).frame
    rows = listed[listed["outcome_id"].isin(str(row["outcome_ids"]).split("; "))]
    if rows.empty:
        st.info(
            f"The sources report nothing of {row['collaborative']} under this benefit that fits "
            "the filters. That is not the same as no benefit.",
            icon="ℹ️",
        )
    else:
        show_table(rows[list(_CELL_COLUMNS)], key="cell-rows", title=options[cell])
