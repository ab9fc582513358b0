"""What a tick on a row of a table does: it filters every page by what the row is.

Beside the table stands what was set, how to undo it, and where the row comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from components.exhibits import Built
from components.exhibits.appearances import row_refs
from components.exhibits.picks import Pick
from components.exhibits.row_picks import row_offers, row_picks, why_not
from components.ui import lineage, marked
from components.ui.filter_bar import BAR, Holder
from data import Catalogue
from data.lineage import known
from data.memo import kept
from data.query import DIMENSION_NAMES, value_label

_MOST: Final = 3
"""Buttons beside the one that undoes."""


@kept(100)
def refs_of_built(tables: Catalogue, built: Built) -> list[str]:
    """References of the rows of an exhibit's frame; ``""`` for a row that has none."""
    return list(built.refs) or row_refs(tables, built.frame)


def table_key(key: str) -> str:
    """The key of a table whose rows can be ticked; another one after each tick that filtered.

    Streamlit remembers a tick by its position, where another row stands then.
    """
    return f"{key}-{st.session_state.get(f'_ticks-{key}', 0)}"


def ticker(
    tables: Catalogue,
    frame: pd.DataFrame,
    refs: list[str],
    key: str,
    place: str,
    holder: Holder = BAR,
) -> Callable[[int], None]:
    """The callback of a table.

    Args:
        tables: The catalogue.
        frame: The rows.
        refs: Their references.
        key: Key of the table.
        place: Id of the exhibit, or name of the table.
        holder: Whose filters a tick sets.
    """
    return partial(_tick, tables, frame, refs, key, place, holder)


def _tick(
    tables: Catalogue,
    frame: pd.DataFrame,
    refs: list[str],
    key: str,
    place: str,
    holder: Holder,
    at: int,
) -> None:
    if at >= len(frame):
        return
    ref = refs[at] if at < len(refs) else ""
    picks = row_picks(tables, ref, frame.iloc[at].to_dict())
    # A row that is set already is only looked at: a tick is no switch.
    is_set = bool(picks) and not holder.is_on(picks[0])
    marked.click(place, ref, *picks[:is_set], holder=holder)
    if is_set:
        count = f"_ticks-{key}"
        st.session_state[count] = st.session_state.get(count, 0) + 1


def _named(tables: Catalogue, pick: Pick) -> str:
    return f"{DIMENSION_NAMES[pick[0]].capitalize()}: {value_label(tables, *pick)}"


def draw(
    tables: Catalogue,
    key: str,
    place: str,
    frame: pd.DataFrame,
    refs: list[str],
    holder: Holder = BAR,
) -> None:
    """A line of what was set by the row ticked last, with undo and its source; or what to do.

    Args:
        tables: The catalogue.
        key: Key of the table.
        place: Id of the exhibit, or name of the table.
        frame: The rows.
        refs: Their references.
        holder: Whose filters a tick sets.
    """
    found = marked.now(place, holder)
    if found is None or not known(tables, found.name):
        st.caption(f"Click a row to filter {holder.whose} by what it is, and to see its source.")
        return
    marked.keep(found, holder)
    ref = found.name
    # Under the filter that it set, or by a link, the row may stand elsewhere or be left out.
    row = frame.iloc[refs.index(ref)].to_dict() if ref in refs else {}
    picks = row_picks(tables, ref, row)
    undone = found.before if picks and holder.is_on(picks[0]) else None
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if undone is not None:
            st.button(
                f"Undo: {_named(tables, picks[0])}", key=f"{key}-undo",
                icon=":material/undo:", on_click=holder.apply, args=(undone,),
                help="The filters as they were before the row was ticked",
            )  # fmt: skip
        lineage.link(ref)
        offers = dict.fromkeys((*picks[undone is not None :], *row_offers(tables, ref)))
        for pick in list(offers)[:_MOST]:
            is_on = holder.is_on(pick)
            st.button(
                f"{'✕' if is_on else '＋'} {_named(tables, pick)}",
                key=f"{key}-{pick[0]}-{pick[1]}",
                on_click=marked.also,
                args=(found, pick, holder),
                help="No longer filter by this" if is_on else f"Filter {holder.whose} by this too",
            )
        if not picks:
            st.caption(why_not(ref))
    if said := lineage.source_line(tables, ref):
        st.caption(said)
