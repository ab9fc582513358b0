"""A checklist for a board: tick, note, add what matters here, take it away."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from functools import partial
from typing import Final

import streamlit as st

from components.exhibits.insight_links import links_of
from components.export import checklist_page
from components.export.checklist_page import Item
from components.export.tabular import to_csv
from components.ui import address
from components.ui.choice import choose_several
from components.ui.statements import links_html
from data import Catalogue, Selection

ADDABLE: Final = ("risk", "enabler", "practice", "opportunity")
MOST_ADDED: Final = 20
TICKS: Final = "ticks"
_REMEMBERED: Final = "_checklist"


def show(tables: Catalogue, selection: Selection) -> None:
    """Draw the checklist.

    Args:
        tables: The catalogue.
        selection: ``sector`` narrows what can be added.
    """
    insights = tables.table("insights").set_index("insight_id")
    board = insights[insights["kind"] == "board_question"].sort_values("position")
    more = insights[insights["kind"].isin(ADDABLE)]
    if selection.sector:
        more = more[more["sector"].isna() | more["sector"].isin(selection.sector)]
    options = {
        str(key): f"{tables.label('insights', 'kind', row['kind'])}: {row['title']}"
        for key, row in more.iterrows()
    }
    st.markdown(
        "Tick what your board has settled and note what is open. Ticks stand in the address, notes "
        "in this browser session only; nothing is stored on the server."
    )
    added = choose_several(
        "Add a risk, an enabler, a practice or an opportunity", "add", options,
        "Choose what matters here", MOST_ADDED,
    )  # fmt: skip
    ids = [*map(str, board.index), *added]
    _adopt(ids)
    items = []
    for key in ids:
        row = insights.loc[key]
        with st.container(border=True):
            left, right = st.columns([3, 2], gap="medium")
            with left:
                ticked = st.checkbox(f"**{row['title']}**", key=f"tick-{key}")
                told = (
                    f"<p>{html.escape(str(row['summary']))}</p>{links_html(links_of(tables, key))}"
                )
                st.html(f'<div class="statements" style="columns:1">{told}</div>')
            with right:
                note = st.text_area(
                    f"Note on “{row['title']}”", key=f"note-{key}", height=90, max_chars=600,
                    placeholder="Note", label_visibility="collapsed",
                )  # fmt: skip
        items.append(Item(key, bool(ticked), str(note or "").strip()))
    address.put(TICKS, ",".join(i.insight_id for i in items if i.ticked) or None)
    st.session_state[_REMEMBERED] = {i.insight_id: (i.ticked, i.note) for i in items}
    _take_away(tables, tuple(items))


def _adopt(ids: list[str]) -> None:
    """Ticks from a link that was followed; ticks and notes that another page made us forget."""
    asked = address.asked(TICKS)
    if address.takes(address.now(), TICKS) and (asked or address.now().is_history):
        wanted = set(asked.split(","))
        for key in ids:
            st.session_state[f"tick-{key}"] = key in wanted
    for key, (ticked, note) in st.session_state.get(_REMEMBERED, {}).items():
        st.session_state.setdefault(f"tick-{key}", ticked)
        st.session_state.setdefault(f"note-{key}", note)


def _take_away(tables: Catalogue, items: tuple[Item, ...]) -> None:
    today = datetime.now(UTC).date()
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Printable checklist (HTML, A4)", data=partial(_page, tables, items),
            file_name=checklist_page.file_name(today, "html"), mime="text/html",
            key="checklist-print", on_click="ignore", type="primary",
        )  # fmt: skip
        st.download_button(
            "Checklist (CSV)", data=partial(_csv, tables, items),
            file_name=checklist_page.file_name(today, "csv"), mime="text/csv",
            key="checklist-csv", on_click="ignore",
        )  # fmt: skip


def _page(tables: Catalogue, items: tuple[Item, ...]) -> bytes:
    return checklist_page.page(tables, items, datetime.now(UTC).date()).encode("utf-8")


def _csv(tables: Catalogue, items: tuple[Item, ...]) -> bytes:
    return to_csv(checklist_page.frame(tables, items))
