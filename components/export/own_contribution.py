"""Own rows as a contribution, of which no cell is run by a spreadsheet."""

from __future__ import annotations

from components.export.tabular import neutralised
from data.own import OwnData
from data.own.contributing import packed


def contribution(data: OwnData) -> bytes:
    """Everything own as a zip: tables, their schema and what to do.

    Args:
        data: What the session brought.
    """
    return packed(data, neutralised)
