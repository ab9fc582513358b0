"""A frame as a table with headings, units and links from the schema."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from components.exhibits.headings import fields_by_name, heading, reading_order
from components.exhibits.in_words import LINK, in_words, vocabulary, with_sources
from data import Catalogue

_REMARKS = ("note", "aliases", "discrepancy_id", "source_ids", "url", "subject_id", "subject_table")
_ABSENT_WIDTH: Final = 118
"""Pixels that "not published" needs: a column is made as wide as its cells, which are shorter."""
_SHORT: Final = 14
"""Characters in less than that width."""
_SITE: Final = r"^https?://(?:www\.)?([^/]+)"
"""The part of an address that a link shows."""


def _config(frame: pd.DataFrame) -> dict[str, Any]:
    fields = fields_by_name()
    config: dict[str, Any] = {
        LINK: st.column_config.LinkColumn(heading(LINK), display_text=_SITE, width=170)
    }
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
            config[column] = st.column_config.Column(
                heading(column), help=help_text, width=_width(frame[column], frame.columns)
            )
    return config


def _width(cells: pd.Series, columns: pd.Index | None = None) -> int | None:
    """Room for "not published" where neither the heading nor a cell asks for as much."""
    if not cells.isna().any() or len(heading(str(cells.name))) >= _SHORT:
        return None
    if columns is not None:
        words = vocabulary(tuple(columns), str(cells.name))
        texts = {str(c) for c in cells.dropna().unique()}
        if any(len(words.get(text, text)) >= _SHORT for text in texts):
            return None
    return _ABSENT_WIDTH


def for_screen(
    frame: pd.DataFrame,
    hide: tuple[str, ...] = (),
    ordered: bool = True,
    tables: Catalogue | None = None,
) -> pd.DataFrame:
    """A frame as it is shown: in words, without some columns, with remarks blank where absent.

    What a row is stands first and its ids last, unless the order is the reader's own. Only cells
    that hold a fact can be "not published"; remarks and keys are just absent. Given the tables,
    sources are named and linked.
    """
    shown = in_words(frame.drop(columns=[c for c in hide if c in frame]))
    if tables is not None:
        shown = with_sources(tables, shown)
    if ordered:
        shown = shown[reading_order(shown.columns)]
    remarks = [c for c in shown.columns if c.endswith((*_REMARKS, LINK)) and shown[c].isna().any()]
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
    tables: Catalogue | None = None,
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
        tables: The tables, to name the source of each row and link to it.
    """
    arguments: dict[str, Any] = {
        "hide_index": True,
        "column_config": _config(frame),
        "placeholder": absent,
        "height": height,
        "key": key,
        "alt": f"Table: {title}, {len(frame)} rows",
    }
    rows = for_screen(frame, ordered=ordered, tables=tables) if ready is None else ready
    if on_tick is not None:
        arguments["on_select"] = partial(_ticked, key, on_tick)
        arguments["selection_mode"] = "single-row"
    st.dataframe(rows, **arguments)
