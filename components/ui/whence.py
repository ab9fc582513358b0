"""Where the number of a mark comes from, in a line below the chart on which it was clicked."""

from __future__ import annotations

import streamlit as st

from components.exhibits import picks
from components.ui import lineage
from components.ui.filter_bar import BAR, Holder
from data import Catalogue
from data.lineage import known
from data.lineage import lineage as lineage_of


def clicked(key: str, holder: Holder = BAR) -> str:
    """Reference of the row of the mark that is clicked on a chart; ``""`` for none.

    A mark that filters is remembered (``picking.on_chart``) for as long as its filters hold.
    """
    state = st.session_state.get(key)
    points = state["selection"]["points"] if state else []
    if points:
        return picks.row_of(points[0].get("customdata"))
    row, held = st.session_state.get(f"_whence-{key}", ("", None))
    return row if held == holder.current() else ""


def draw(tables: Catalogue, key: str, exhibit_id: str, holder: Holder = BAR) -> None:
    """The row of the clicked mark with its source, the place in it, and the way to all the rest.

    Args:
        tables: The catalogue.
        key: Key of the chart, which is drawn.
        exhibit_id: Id of the exhibit, or of a side of it.
        holder: Whose filters a click sets.
    """
    # This place exists on every run, as the chips of the filters do.
    with st.container(
        key=f"whence-{exhibit_id}", horizontal=True, gap="small", vertical_alignment="center"
    ):
        ref = clicked(key, holder)
        if not ref or not known(tables, ref):
            return
        found = lineage_of(tables, ref)
        said = [f"**{found.name}**"]
        if found.citations:
            first = found.citations[0]
            said.append(f"{first.publisher}, {first.published}" if first.published
                        else first.publisher)  # fmt: skip
            said.extend(first.locators[:1])
        if found.discrepancies:
            said.append("sources disagree")
        st.markdown(":small[" + " · ".join(said) + "]", width="stretch")
        lineage.link(ref)
