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
from components.exhibits.row_picks import row_offers, row_picks, set_by, why_not
from components.ui import lineage, marked
from components.ui.filter_bar import BAR, Holder
from components.ui.text import as_named, plain
from data import Catalogue
from data.lineage import known
from data.lineage import lineage as lineage_of
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
    own = set_by(picks)
    is_set = bool(own) and not holder.is_on(*own)
    marked.click(place, ref, *(own if is_set else ()), holder=holder)
    if is_set:
        count = f"_ticks-{key}"
        st.session_state[count] = st.session_state.get(count, 0) + 1


def _named(tables: Catalogue, *picks: Pick) -> str:
    """Values of one dimension in words."""
    values = as_named(tables, " and ".join(value_label(tables, *pick) for pick in picks))
    return f"{DIMENSION_NAMES[picks[0][0]].capitalize()}: {values}"


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
        st.caption(
            f"Choose a row to filter {holder.whose} by what it is, and to see its source; a "
            "heading to sort by it."
        )
        return
    marked.keep(found, holder)
    ref = found.name
    # Under the filter that it set, or by a link, the row may stand elsewhere or be left out.
    row = frame.iloc[refs.index(ref)].to_dict() if ref in refs else {}
    picks = row_picks(tables, ref, row)
    own = set_by(picks)
    undone = found.before if own and holder.is_on(*own) else None
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if undone is not None:
            st.button(
                f"Undo: {_named(tables, *own)}", key=f"{key}-undo",
                icon=":material/undo:", on_click=holder.apply, args=(undone,),
                help="The filters as they were before the row was ticked",
            )  # fmt: skip
        lineage.link(ref)
        offers = dict.fromkeys((*picks, *row_offers(tables, ref)))
        done = own if undone is not None else ()
        for pick in [pick for pick in offers if pick not in done][:_MOST]:
            is_on = holder.is_on(pick)
            st.button(
                _named(tables, pick),
                key=f"{key}-{pick[0]}-{pick[1]}",
                icon=":material/close:" if is_on else ":material/add:",
                on_click=marked.also,
                args=(found, pick, holder),
                help="No longer filter by this" if is_on else f"Filter {holder.whose} by this too",
            )
        if not picks:
            st.caption(why_not(ref))
    said = f"**{plain(lineage_of(tables, ref).name)}**", lineage.source_line(tables, ref)
    st.caption("  \n".join(filter(None, said)))
