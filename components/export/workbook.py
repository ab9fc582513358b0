"""Rows as a workbook for Excel: typed cells, and sheets of notes, sources and columns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from components import theme
from components.export.columns import columns_of
from components.export.holding import ATLAS, Holding
from components.export.tabular import neutralised
from components.export.workbook_bytes import to_bytes

ROWS, NOTES, SOURCES, COLUMNS = "Rows", "Notes", "Sources", "Columns"
_NARROWEST, _WIDEST = 9, 60
_MOST_LETTERS: Final = 32_767
# Control characters that the format has no way to write.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f￾￿]")


def _cell(value: Any) -> Any:
    """A value as the workbook takes it: a number stays one, a missing one is an empty cell."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return neutralised(_UNWRITABLE.sub("", value)[:_MOST_LETTERS])
    if hasattr(value, "item"):
        return value.item()
    return value if isinstance(value, int | float | bool) else neutralised(str(value))


def _fill(sheet: Worksheet, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write header and rows; freeze the header, make it stand out and fit the widths."""
    sheet.append([_cell(h) for h in header])
    widths = [len(h) for h in header]
    for row in rows:
        cells = [_cell(v) for v in row]
        sheet.append(cells)
        widths = [
            max(w, min(len(str(c or "")), _WIDEST)) for w, c in zip(widths, cells, strict=True)
        ]
    for line in sheet.iter_rows():
        for cell in line:
            # openpyxl takes any text that begins with "=" for a formula; none is ever meant.
            if cell.data_type == "f":
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(cell.value, str))
    colour, ink = theme.NHS_BLUE.lstrip("#"), theme.BACKGROUND["light"].lstrip("#")
    for cell in sheet[1]:
        cell.font = Font(bold=True, color=ink)
        cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    for number, width in enumerate(widths, 1):
        size = max(_NARROWEST, min(width + 2, _WIDEST))
        sheet.column_dimensions[get_column_letter(number)].width = size
    sheet.freeze_panes = "A2"
    if sheet.max_row > 1:
        sheet.auto_filter.ref = sheet.dimensions


def to_xlsx(holding: Holding) -> bytes:
    """Rows as a workbook.

    Args:
        holding: The rows and what goes with them.

    Returns:
        An XLSX file with the sheets Rows (header in row 1, frozen, filterable), Notes, Sources
        and Columns. Missing values are empty cells; text that a spreadsheet would run is made
        harmless as in CSV.
    """
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):  # a new workbook always has one
        raise TypeError(f"expected a worksheet, found {first!r}")
    first.title = ROWS
    frame = holding.frame
    _fill(first, [str(c) for c in frame.columns], frame.astype(object).itertuples(index=False))
    _fill(book.create_sheet(NOTES), ["What", "In words"], holding.facts())
    sources = holding.sources()
    _fill(book.create_sheet(SOURCES), list(sources.columns), sources.itertuples(index=False))
    _fill(
        book.create_sheet(COLUMNS),
        ["Column", "Heading", "Type", "Unit", "Meaning"],
        [tuple(column.values()) for column in columns_of(frame)],
    )
    written = datetime.fromisoformat(holding.taken_on)
    book.properties.created = book.properties.modified = written
    book.properties.title = holding.title
    book.properties.creator = ATLAS
    book.properties.description = f"{holding.taken_from}. Taken on {holding.taken_on}."
    book.properties.keywords = holding.licence
    return to_bytes(book)
