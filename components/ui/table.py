"""A frame as a table with headings, units and links from the schema."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from components.exhibits.headings import fields_by_name, heading, reading_order

_REMARKS = ("note", "aliases", "discrepancy_id", "source_ids", "url", "subject_id", "subject_table")


_ABSENT_WIDTH = 118
"""Pixels that "not published" needs: a column is made as wide as its numbers, which are shorter."""


def _config(frame: pd.DataFrame) -> dict[str, Any]:
    fields = fields_by_name()
    config: dict[str, Any] = {}
    for column in frame.columns:
        field = fields.get(column)
        help_text = field.description if field else None
        if column == "url" or column.endswith("_url"):
            config[column] = st.column_config.LinkColumn(heading(column), help=help_text)
        elif pd.api.types.is_bool_dtype(frame[column]):
            config[column] = st.column_config.CheckboxColumn(heading(column), help=help_text)
        elif pd.api.types.is_integer_dtype(frame[column]):
            config[column] = st.column_config.NumberColumn(
                heading(column), help=help_text, format="%d", width=_width(frame[column])
            )
        elif pd.api.types.is_numeric_dtype(frame[column]):
            config[column] = st.column_config.NumberColumn(
                heading(column), help=help_text, width=_width(frame[column])
            )
        else:
            config[column] = st.column_config.Column(heading(column), help=help_text)
    return config


def _width(numbers: pd.Series) -> int | None:
    return _ABSENT_WIDTH if numbers.isna().any() else None


def for_screen(
    frame: pd.DataFrame, hide: tuple[str, ...] = (), ordered: bool = True
) -> pd.DataFrame:
    """A frame as it is shown: without some columns, and with remarks blank where absent.

    What a row is stands first and its ids last, unless the order is the reader's own. Only cells
    that hold a fact can be "not published"; remarks and keys are just absent.
    """
    shown = frame.drop(columns=[c for c in hide if c in frame])
    if ordered:
        shown = shown[reading_order(shown.columns)]
    remarks = [c for c in shown.columns if c.endswith(_REMARKS) and shown[c].isna().any()]
    return shown.assign(**{c: shown[c].astype("string").fillna("") for c in remarks})


def _ticked(key: str, on_tick: Callable[[int], None]) -> None:
    """A row was ticked; the callback of a table."""
    rows = st.session_state[key].selection.rows
    if rows:
        on_tick(int(rows[0]))


def show_table(
    frame: pd.DataFrame,
    *,
    key: str,
    title: str,
    height: int | str = "auto",
    ready: pa.Table | None = None,
    on_tick: Callable[[int], None] | None = None,
    absent: str = "not published",
    ordered: bool = True,
) -> None:
    """Show a frame; an empty cell that holds a fact is shown as "not published".

    Args:
        frame: Any frame whose columns are those of tables or derived by exhibits.
        key: Widget key.
        title: What it holds, for people who cannot see it.
        height: Pixels, or ``auto``.
        ready: The same rows converted before (``cache.arrow``).
        on_tick: Called with the position in ``frame`` of a row that the reader ticks; without it no
            row can be ticked.
        absent: What stands in an empty cell.
        ordered: Whether names go first and ids last; not where the reader chose the columns.
    """
    arguments: dict[str, Any] = {
        "hide_index": True,
        "column_config": _config(frame),
        "placeholder": absent,
        "height": height,
        "key": key,
        "alt": f"Table: {title}, {len(frame)} rows",
    }
    rows = for_screen(frame, ordered=ordered) if ready is None else ready
    if on_tick is not None:
        arguments["on_select"] = partial(_ticked, key, on_tick)
        arguments["selection_mode"] = "single-row"
    st.dataframe(rows, **arguments)
