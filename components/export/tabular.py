"""Frames as CSV files that name what they hold and are safe to open in a spreadsheet."""

from __future__ import annotations

import re

import pandas as pd

from components.export.own_mark import in_name
from data.formulas import marked
from data.selection import Selection

_MAX_NAME = 120
_UNFIT = re.compile(r"[^\w.,-]+")
"""What a free text may hold and a file name may not."""


def neutralised(value: object) -> object:
    """A cell that no spreadsheet runs.

    Args:
        value: Any cell. Only text is ever changed; numbers, dates and missing values are not.

    Returns:
        Text that a spreadsheet would take for a formula with an apostrophe in front, which is how
        spreadsheets themselves mark text; everything else as it is, negative numbers included.
    """
    return marked(value) if isinstance(value, str) else value


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame of which no cell and no heading is run by a spreadsheet; see ``neutralised``."""
    safe = frame.apply(lambda column: column.map(neutralised, na_action="ignore"))
    return safe.rename(columns=lambda name: str(neutralised(str(name))))


def to_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV in UTF-8 with a byte-order mark, which spreadsheets need to see it.

    Args:
        frame: Any frame; missing values become empty cells.
    """
    return harmless(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def file_stem(words: str) -> str:
    """Words as a file name without its ending: nothing that a file system refuses, not too long."""
    return _UNFIT.sub("-", words[:_MAX_NAME])


def file_name(exhibit_id: str, selection: Selection, ending: str, *, is_own: bool = False) -> str:
    """A file name that says what is in it, such as ``delegation-intent_sector-acute.csv``.

    Rows of the reader's own are told of at its end, which is never cut off.
    """
    filters = "_".join(f"{d}-{v}" for d, v in selection.active)
    stem = "_".join(p for p in (exhibit_id, filters) if p)
    return f"{file_stem(stem)}{in_name(is_own)}.{ending}"
