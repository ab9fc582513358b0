"""What a tick on a row of a table does: it filters every page by what the row is.

Beside the table stands what was set, how to undo it, and where the row comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from components.exhibits import Built
from components.exhibits.appearances import row_refs
from components.exhibits.picks import Pick
from components.exhibits.row_picks import row_picks
from components.ui import lineage
from components.ui.filter_bar import BAR, Holder
from data import Catalogue, Selection
from data.memo import kept
from data.query import DIMENSION_NAMES, value_label

_MOST = 3


@dataclass(frozen=True)
class Ticked:
    """The row that was ticked last.

    Attributes:
        ref: Reference of the row, or ``""``.
        picks: What it stands for; the first is set.
        before: The filters before.
        is_set: Whether the tick changed them.
    """

    ref: str
    picks: tuple[Pick, ...]
    before: Selection
    is_set: bool


@kept(100)
def refs_of_built(tables: Catalogue, built: Built) -> list[str]:
    """References of the rows of an exhibit's frame."""
    return row_refs(tables, built.frame)


def _memory(key: str) -> str:
    return f"_ticked-{key}"


def table_key(key: str) -> str:
    """The key of a table whose rows can be ticked; another one after each tick that filtered.

    Streamlit remembers a tick by its position, where another row stands then.
    """
    return f"{key}-{st.session_state.get(f'_ticks-{key}', 0)}"


def ticker(
    tables: Catalogue, frame: pd.DataFrame, refs: list[str], key: str, holder: Holder = BAR
) -> Callable[[int], None]:
    """The callback of a table.

    Args:
        tables: The catalogue.
        frame: The rows.
        refs: Their references.
        key: Key of the table.
        holder: Whose filters a tick sets.
    """
    return partial(_tick, tables, frame, refs, key, holder)


def _tick(
    tables: Catalogue, frame: pd.DataFrame, refs: list[str], key: str, holder: Holder, at: int
) -> None:
    if at >= len(frame):
        return
    before = holder.current()
    ref = refs[at] if at < len(refs) else ""
    picks = row_picks(tables, ref, frame.iloc[at].to_dict())
    is_set = bool(picks) and not _is_on(before, picks[0])
    if is_set:
        holder.toggle(picks[0])
        count = f"_ticks-{key}"
        st.session_state[count] = st.session_state.get(count, 0) + 1
    st.session_state[_memory(key)] = Ticked(ref, picks, before, is_set)


def _is_on(selection: Selection, pick: Pick) -> bool:
    chosen = getattr(selection, pick[0])
    return chosen == pick[1] if isinstance(chosen, str) else pick[1] in chosen


def _named(tables: Catalogue, pick: Pick) -> str:
    return f"{DIMENSION_NAMES[pick[0]].capitalize()}: {value_label(tables, *pick)}"


def _last(key: str, holder: Holder) -> Ticked | None:
    """The row that was ticked last, as long as what it did still holds."""
    ticked: Ticked | None = st.session_state.get(_memory(key))
    if ticked is None:
        return None
    now = holder.current()
    holds = _is_on(now, ticked.picks[0]) if ticked.is_set else now == ticked.before
    if not holds:
        st.session_state.pop(_memory(key))
    return ticked if holds else None


def draw(tables: Catalogue, key: str, holder: Holder = BAR) -> None:
    """A line of what was set by the row ticked last, with undo and its source; or what to do.

    Args:
        tables: The catalogue.
        key: Key of the table.
        holder: Whose filters a tick sets.
    """
    ticked = _last(key, holder)
    if ticked is None:
        st.caption(f"Click a row to filter {holder.whose} by what it is, and to see its source.")
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if ticked.is_set:
            st.button(
                f"Undo: {_named(tables, ticked.picks[0])}", key=f"{key}-undo",
                icon=":material/undo:", on_click=holder.apply, args=(ticked.before,),
                help="The filters as they were before the row was ticked",
            )  # fmt: skip
        if ticked.ref:
            lineage.link(ticked.ref)
        for pick in ticked.picks[ticked.is_set : _MOST]:
            is_on = _is_on(holder.current(), pick)
            st.button(
                f"{'✕' if is_on else '＋'} {_named(tables, pick)}",
                key=f"{key}-{pick[0]}-{pick[1]}",
                on_click=holder.toggle,
                args=(pick,),
                help="No longer filter by this" if is_on else f"Filter {holder.whose} by this too",
            )
        if not ticked.picks:
            st.caption("No filter stands for such a row.")
    if ticked.ref and (said := lineage.source_line(tables, ticked.ref)):
        st.caption(said)
