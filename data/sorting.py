"""Rows of a table in the order of one of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

DOWN: Final = "-"
"""Before the name of a column: the largest first."""


def column_of(sort: str) -> str:
    """The column that an order such as ``-value`` names."""
    return sort.removeprefix(DOWN)


def in_order(
    rows: pd.DataFrame, sort: str, labels: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Rows in the order of a column; rows that are equal in it keep theirs, empty cells are last.

    Numbers go by size, text by the alphabet without regard to capitals.

    Args:
        rows: The rows.
        sort: A column, with ``-`` before it for the largest first; ``""`` leaves the order.
        labels: Code -> label of the column: codes are ordered by what people read.

    Raises:
        KeyError: There is no such column.
    """
    if not sort:
        return rows
    cells = rows[column_of(sort)]
    if labels:
        cells = cells.map(lambda code: labels.get(code, code), na_action="ignore")
    if pd.api.types.is_string_dtype(cells) or cells.dtype == object:
        cells = cells.astype("string").str.casefold()
    order = cells.reset_index(drop=True).sort_values(
        ascending=not sort.startswith(DOWN), na_position="last", kind="stable"
    )
    return rows.iloc[order.index]
