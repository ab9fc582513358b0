"""A frame as a table with headings, units and links from the schema."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from components.exhibits.headings import fields_by_name, heading

_REMARKS = ("note", "aliases", "discrepancy_id", "source_ids", "url", "subject_id", "subject_table")


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
                heading(column), help=help_text, format="%d"
            )
        elif pd.api.types.is_numeric_dtype(frame[column]):
            config[column] = st.column_config.NumberColumn(heading(column), help=help_text)
        else:
            config[column] = st.column_config.Column(heading(column), help=help_text)
    return config


def for_screen(frame: pd.DataFrame, hide: tuple[str, ...] = ()) -> pd.DataFrame:
    """A frame as it is shown: without some columns, and with remarks blank where absent.

    Only cells that hold a fact can be "not published"; remarks and keys are just absent.
    """
    shown = frame.drop(columns=[c for c in hide if c in frame])
    remarks = [c for c in shown.columns if c.endswith(_REMARKS) and shown[c].isna().any()]
    return shown.assign(**{c: shown[c].astype("string").fillna("") for c in remarks})


def show_table(
    frame: pd.DataFrame,
    *,
    key: str,
    title: str,
    height: int | str = "auto",
    ready: pa.Table | None = None,
    selectable: bool = False,
    absent: str = "not published",
) -> int | None:
    """Show a frame; an empty cell that holds a fact is shown as "not published".

    Args:
        frame: Any frame whose columns are those of tables or derived by exhibits.
        key: Widget key.
        title: What it holds, for people who cannot see it.
        height: Pixels, or ``auto``.
        ready: The same rows converted before (``cache.arrow``).
        selectable: Whether a row can be ticked.
        absent: What stands in an empty cell.

    Returns:
        Position in ``frame`` of the row that is ticked, or ``None``.
    """
    arguments: dict[str, Any] = {
        "hide_index": True,
        "column_config": _config(frame),
        "placeholder": absent,
        "height": height,
        "key": key,
        "alt": f"Table: {title}, {len(frame)} rows",
    }
    rows = for_screen(frame) if ready is None else ready
    if not selectable:
        st.dataframe(rows, **arguments)
        return None
    event: Any = st.dataframe(rows, on_select="rerun", selection_mode="single-row", **arguments)
    ticked = event.selection.rows
    # The rows may have changed since the tick.
    return int(ticked[0]) if ticked and ticked[0] < len(frame) else None
