"""What the page of benefits adds to its exhibits: the rubric, two filters, and a cell's rows."""

from __future__ import annotations

import streamlit as st

from components import theme
from components.ui import cache, filters
from components.ui.choice import choose_one
from components.ui.table import show_table
from components.ui.text import text
from data import Catalogue, Selection

_CELL_COLUMNS = ("metric", "value_in_words", "status", "evidence", "why", "source", "locator")


def narrow(tables: Catalogue, selection: Selection) -> None:
    """Draw the filters for service and grade, and the rubric."""
    places = st.columns([0.5, 0.32, 0.18], vertical_alignment="bottom", gap="small")
    for place, dimension in zip(places, filters.ON_PAGE["benefits"], strict=False):
        with place:
            filters.box(tables, selection, dimension)
    with places[-1], st.popover("How grades work", width="stretch"):
        st.markdown(text("evidence-rubric"))


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
