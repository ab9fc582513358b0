"""Frames as CSV files that name what they hold and are safe to open in a spreadsheet."""

from __future__ import annotations

import re

import pandas as pd

from data.selection import Selection

_FORMULA = re.compile(r"^[=+\-@\t\r]")
_MAX_NAME = 120


def _neutral(value: object) -> object:
    """A text cell that a spreadsheet would run as a formula gets a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def to_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV in UTF-8 with a byte-order mark, which spreadsheets need to see it.

    Args:
        frame: Any frame; missing values become empty cells.
    """
    text = frame.apply(lambda column: column.map(_neutral, na_action="ignore"))
    return text.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def file_name(exhibit_id: str, selection: Selection, ending: str) -> str:
    """A file name that says what is in it, such as ``delegation-intent_sector-acute.csv``."""
    filters = "_".join(f"{d}-{v}" for d, v in selection.active)
    stem = "_".join(p for p in (exhibit_id, filters) if p)[:_MAX_NAME]
    return f"{stem}.{ending}"
