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
SAYS: Final = "**Click** a cell to read what is in it and to filter every page by it."


def on_click(exhibit_id: str) -> Callable[[], None] | None:
    """The callback of the chart of an exhibit whose cells open; ``None`` for every other."""
    if exhibit_id not in OPENS:
        return None
    return partial(_open, f"chart-{exhibit_id}", OPENS[exhibit_id])


def _open(key: str, param: str) -> None:
    """Make the choice that the clicked mark stands for; a second click on it changes nothing."""
    cell = clicked(st.session_state[key]["selection"]["points"])
    if cell:
        st.session_state[f"choice-{param}"] = cell
        filter_by(*cell.split(":"))


def filter_by(collaborative: str, benefit: str) -> None:
    """Filter by a cell, instead of by another one; for callbacks."""
    filters.apply(replace(filters.current(), collaborative=(collaborative,), benefit=(benefit,)))


def around(selection: Selection, exhibit_id: str = "benefit-evidence-map") -> Selection:
    """What a grid shows: not the two filters of its own cell that is open.

    Args:
        selection: What is filtered.
        exhibit_id: The grid.
    """
    param = OPENS[exhibit_id]
    asked = address.asked(param) if address.now().is_new else ""
    cell = str(asked or st.session_state.get(f"choice-{param}") or "")
    collaborative, _, benefit = cell.partition(":")
    if (tuple(selection.collaborative), tuple(selection.benefit)) == ((collaborative,), (benefit,)):
        return replace(selection, collaborative=(), benefit=())
    return selection


def clicked(points: list[dict[str, Any]]) -> str:
    """The cell of the first of some selected points, such as ``wyaat:efficiency``, or ``""``."""
    for point in points:
        found = dict(picks.read(point.get("customdata")))
        if {"collaborative", "benefit"} <= found.keys():
            return f"{found['collaborative']}:{found['benefit']}"
    return ""
