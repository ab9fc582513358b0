"""Where the number of a mark comes from, in a line below the chart on which it was clicked."""

from __future__ import annotations

import textwrap
from typing import Final

import plotly.graph_objects as go
import streamlit as st

from components.exhibits import Built, Exhibit, picks
from components.exhibits.row_picks import why_not
from components.ui import address, lineage, marked
from components.ui.filter_bar import BAR, Holder
from components.ui.text import plain
from data import Catalogue
from data.lineage import known
from data.lineage import lineage as lineage_of
from data.selection import plain_text

_MOST: Final = 3
"""Rows of one mark that are named below the chart; its table has all."""
_WIDTH: Final = 90
"""Characters of the name of each of them."""


def draw(tables: Catalogue, exhibit: Exhibit, built: Built, holder: Holder = BAR) -> None:
    """The rows behind the clicked mark with their source, its place, and the way to all the rest.

    Args:
        tables: The catalogue.
        exhibit: The exhibit, whose chart is drawn.
        built: What it is under the filters.
        holder: Whose filters these are, of which a page may show several.
    """
    of = "" if holder.prefix == BAR.prefix else f"{holder.prefix}-"
    # This place exists on every run, as the chips of the filters do.
    with st.container(
        key=f"whence-{of}{exhibit.id}", horizontal=True, gap="small", vertical_alignment="center"
    ):
        found = marked.now(exhibit.id, holder)
        if found is None or not isinstance(built.figure, go.Figure):
            return
        refs = [r for r in built.behind.get(found.name, (found.name,)) if known(tables, r)]
        if not refs or found.name not in picks.names_of(built.figure):
            if marked.is_asked(found, holder):
                name = plain_text(found.name)
                address.drop(f"“{name}” is not a mark of “{exhibit.title}” as it is shown here")
            return
        marked.keep(found, holder)
        stands_for = picks.first_pick(built.figure, found.name)
        if len(refs) == 1:
            st.markdown(f":small[{_said(tables, refs[0], not stands_for)}]", width="stretch")
            lineage.link(refs[0])
        else:
            _several(tables, refs)


def _said(tables: Catalogue, ref: str, is_no_filter: bool) -> str:
    """A row, its source and its place there, and why it filters nothing."""
    found = lineage_of(tables, ref)
    said = [f"**{plain(found.name)}**"]
    if is_no_filter:
        said.append(why_not(ref).removesuffix("."))
    if found.citations:
        first = found.citations[0]
        said.append(f"{first.publisher}, {first.published}" if first.published else first.publisher)
        said.extend(first.locators[:1])
    if found.discrepancies:
        said.append("sources disagree")
    return " · ".join(said)


def _several(tables: Catalogue, refs: list[str]) -> None:
    """The rows that a mark sums up, the first by name."""
    more = len(refs) - _MOST
    rest = f", {more} more under “Table and CSV”" if more > 0 else ""
    st.markdown(f":small[**{len(refs)} rows** make this mark{rest}:]")
    names = [lineage_of(tables, ref).name for ref in refs[:_MOST]]
    # What they all begin with is what was clicked; on a phone there would be room for no more.
    begin = {name.rpartition(", ")[0] for name in names}
    for ref, name in zip(refs, names, strict=False):
        rest = name.rpartition(", ")[2] if len(begin) == 1 else name
        lineage.link(ref, plain(textwrap.shorten(rest, _WIDTH, placeholder=" …")))
