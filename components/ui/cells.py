"""What a click on a cell of a chart does: it opens the rows of the cell, and filters by it.

The grid itself stays whole around the cell, so that the next one can be clicked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from components.exhibits import picks
from components.ui import address, filters
from data import Selection

CELL_PARAM: Final = "cell"
OPENS: Final = {"benefit-evidence-map": CELL_PARAM}
"""Exhibit whose marks open their rows -> name of the choice that a click makes.

The list of cells beside the chart is the same choice for whoever uses the keyboard.
"""
SAYS: Final = (
    "**Choose** a cell to read what is in it and to filter every page by it; one of a row that "
    "sums up collaboratives filters by its benefit. An entry of the key filters by its "
    "grade of evidence."
)
_OPEN: Final = "_cell-open"


def on_click(exhibit_id: str) -> Callable[[], None] | None:
    """The callback of the chart of an exhibit whose cells open; ``None`` for every other."""
    if exhibit_id not in OPENS:
        return None
    return partial(_open, f"chart-{exhibit_id}", OPENS[exhibit_id])


def _open(key: str, param: str) -> None:
    """Make the choice that the clicked mark stands for; a second click on it changes nothing."""
    points = st.session_state[key]["selection"]["points"]
    cell = clicked(points)
    if cell:
        st.session_state[f"choice-{param}"] = cell
        filter_by(cell)
    elif points:
        filters.toggle(*picks.read(points[0].get("customdata")))


def choose() -> None:
    """Filter by the cell that was chosen from the list, as a click on it does; its callback."""
    cell = str(st.session_state.get(f"choice-{CELL_PARAM}") or "")
    if cell:
        filter_by(cell)
    else:
        leave(closes=True)


def is_filtered(cell: str) -> bool:
    """Whether every page is filtered by a cell."""
    return _is_by(filters.current(), cell)


def _is_by(selection: Selection, cell: str) -> bool:
    collaborative, _, benefit = cell.partition(":")
    return (tuple(selection.collaborative), tuple(selection.benefit)) == (
        (collaborative,),
        (benefit,),
    )


def filter_by(cell: str) -> None:
    """Filter by a cell, such as ``wyaat:efficiency``, instead of by another; for callbacks."""
    if is_filtered(cell):
        address.step((CELL_PARAM,))
        return
    collaborative, _, benefit = cell.partition(":")
    filters.apply(
        replace(filters.current(), collaborative=(collaborative,), benefit=(benefit,)),
        {CELL_PARAM: cell},
    )


def leave(*, closes: bool = False) -> None:
    """Filter no longer by the cell that is open; for callbacks.

    Args:
        closes: Whether nothing is open any more; else it is read on.
    """
    cell = str(st.session_state.get(_OPEN, ""))
    if is_filtered(cell):
        kept = {CELL_PARAM: "" if closes else cell}
        filters.apply(replace(filters.current(), collaborative=(), benefit=()), kept)
    elif closes:
        address.step((CELL_PARAM,))


def around(selection: Selection, exhibit_id: str = "benefit-evidence-map") -> Selection:
    """What a grid shows: not the two filters of its own cell that is open.

    Args:
        selection: What is filtered.
        exhibit_id: The grid.
    """
    param = OPENS[exhibit_id]
    arrival = address.now()
    asked = address.asked(param) if arrival.is_new and param not in arrival.taken else ""
    cell = str(asked or st.session_state.get(f"choice-{param}") or "")
    st.session_state[_OPEN] = cell
    if _is_by(selection, cell):
        return replace(selection, collaborative=(), benefit=())
    return selection


def clicked(points: list[dict[str, Any]]) -> str:
    """The cell of the first of some selected points, such as ``wyaat:efficiency``, or ``""``."""
    for point in points:
        found = dict(picks.read(point.get("customdata")))
        if {"collaborative", "benefit"} <= found.keys():
            return f"{found['collaborative']}:{found['benefit']}"
    return ""
