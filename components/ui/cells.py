"""What a click on a cell of a chart does: it opens the rows that the cell stands for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import streamlit as st

from components.exhibits import picks

CELL_PARAM: Final = "cell"
OPENS: Final = {"benefit-evidence-map": CELL_PARAM}
"""Exhibit whose marks open their rows, and do not filter -> name of the choice that a click makes.

The list of cells beside the chart is the same choice for whoever uses the keyboard.
"""
SAYS: Final = "**Click** a cell to read what is in it."


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


def clicked(points: list[dict[str, Any]]) -> str:
    """The cell of the first of some selected points, such as ``wyaat:efficiency``, or ``""``."""
    for point in points:
        found = dict(picks.read(point.get("customdata")))
        if {"collaborative", "benefit"} <= found.keys():
            return f"{found['collaborative']}:{found['benefit']}"
    return ""
