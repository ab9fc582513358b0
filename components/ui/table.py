"""A frame as a table with headings, units and links from the schema."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from data.schema import Field, package_schema

_OWN_HEADINGS = {
    "icb_name": "System",
    "group": "Respondents",
    "names": "Collaboratives (names)",
    "collaboratives": "Collaboratives",
    "became_in_april_2026": "From April 2026",
    "members_named": "Members named",
    "systems_mapped": "Systems mapped",
    "outcomes_reported": "Outcomes reported",
    "percent_past": "Past year, %",
    "percent_next": "Next year, %",
    "base_past": "Base, past year",
    "locator_next": "Where in the source (next year)",
    "rows": "Rows",
    "home": "Home system",
    "memberships": "Collaboratives it belongs to",
    "first": "First",
    "second": "Second",
    "shared_members": "Members shared",
    "role_first": "Role in the first",
    "role_second": "Role in the second",
    "other_locator": "Where in the source (second)",
    "aspect": "What is compared",
    "subject": "Of",
    "value": "Value",
    "compared": "Compared",
    "what": "What",
    "statement": "Statement",
    "partner": "Partner",
    "challenge": "Challenge",
    "count_fitted": "Count that fits",
    "bases_possible": "Bases that would fit",
    "interval_low": "95% interval, low",
    "interval_high": "95% interval, high",
    "interval_method": "How the interval was made",
    "interval_past": "95% interval, past year",
    "interval_next": "95% interval, next year",
    "earlier_percent": "Earlier wave, %",
    "change_points": "Change, points",
    "change_low": "Change, low",
    "change_high": "Change, high",
    "percent_first": "First, %",
    "percent_second": "Second, %",
    "bases_first": "First, bases",
    "bases_second": "Second, bases",
    "difference_points": "Difference, points",
    "is_clear": "Leaves out zero",
    "locator_second": "Where in the source (second)",
    "percent_of_estimate": "Of the estimate, %",
}
"""Headings of columns that exhibits derive; all others come from the schema."""

_REMARKS = ("note", "aliases", "discrepancy_id", "source_ids", "url", "subject_id", "subject_table")


@lru_cache(maxsize=1)
def _fields() -> dict[str, Field]:
    found: dict[str, Field] = {}
    for table in package_schema().tables.values():
        for field in table.fields:
            found.setdefault(field.name, field)
    return found


def heading(column: str) -> str:
    """The heading of a column: from the schema, with its unit, or of a derived column."""
    if column in _OWN_HEADINGS:
        return _OWN_HEADINGS[column]
    field = _fields().get(column)
    if field is None:
        return column.replace("_", " ").capitalize()
    return f"{field.title} ({field.unit})" if field.unit else field.title


def _config(frame: pd.DataFrame) -> dict[str, Any]:
    fields = _fields()
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
) -> None:
    """Show a frame; an empty cell that holds a fact is shown as "not published".

    Args:
        frame: Any frame whose columns are those of tables or derived by exhibits.
        key: Widget key.
        title: What it holds, for people who cannot see it.
        height: Pixels, or ``auto``.
        ready: The same rows converted before (``cache.arrow``).
    """
    st.dataframe(
        for_screen(frame) if ready is None else ready,
        hide_index=True,
        column_config=_config(frame),
        placeholder="not published",
        height=height,  # type: ignore[arg-type]
        key=key,
        alt=f"Table: {title}, {len(frame)} rows",
    )
