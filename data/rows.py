"""Cells of a row as plain values: an empty cell is ``""`` or ``None``, never a guess."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from data.catalogue import Catalogue

Row = dict[Any, Any]


def text(value: object) -> str:
    """A text cell; ``""`` where it is empty."""
    return value if isinstance(value, str) else ""


def number(value: Any) -> float | None:
    """A number cell; ``None`` where it is empty."""
    return None if value is None or pd.isna(value) else float(value)


def whole(value: Any) -> int | None:
    """A whole number or a year; ``None`` where it is empty."""
    return None if value is None or pd.isna(value) else int(value)


def listed(value: object) -> tuple[str, ...]:
    """A cell that lists several values, separated by semicolons."""
    return tuple(part.strip() for part in text(value).split(";") if part.strip())


def where(catalogue: Catalogue, table: str, column: str, keys: Iterable[str]) -> list[Row]:
    """Rows of a table whose column holds one of some keys, in file order."""
    frame = catalogue.table(table)
    rows: list[Row] = frame[frame[column].isin(list(keys))].to_dict("records")
    return rows


def flagged(frame: pd.DataFrame, flags: Iterable[bool]) -> pd.DataFrame:
    """The rows whose flag is set; unlike a list of flags, also right for a frame without rows."""
    return frame[pd.Series(list(flags), index=frame.index, dtype=bool)]
