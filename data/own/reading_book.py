"""Excel workbooks through openpyxl, as values: formulas are never run, macros never read."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from data.own import limits
from data.own.reading_text import plain
from data.own.sheets import Sheet, UnreadableError
from data.own.zipped import member_bytes, refused

_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_NEVER_RUN = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
"""A cell with a formula and no result: a spreadsheet has never opened the workbook."""
_AGAIN = "Open it in a spreadsheet, save it as .xlsx again, and upload the new file."
_SOUND = "an Excel workbook (.xlsx)"


def read_book(data: bytes, archive: zipfile.ZipFile, file: str) -> list[Sheet]:
    """Every sheet of a workbook.

    Args:
        data: Its bytes.
        archive: The same, opened and within the limits.
        file: Its name, for problems.

    Raises:
        UnreadableError: It is damaged, has macros or declares entities, or is beyond the limits.
    """
    formulas = merged = 0
    for name in archive.namelist():
        if name.lower().endswith("vbaproject.bin"):
            action = "Save it as .xlsx, which has none."
            raise refused(file, "", "a workbook with macros", _SOUND, action)
        part = member_bytes(archive, name, file)
        # An entity can stand for a gigabyte, and no spreadsheet writes one.
        is_markup = name.lower().endswith((".xml", ".rels", ".vml"))
        if is_markup and (_DECLARES.search(part) or part[:2] in {b"\xff\xfe", b"\xfe\xff"}):
            raise refused(file, name, "a part that declares entities", _SOUND, _AGAIN)
        if name.lower().startswith("xl/worksheets/"):
            formulas += len(_NEVER_RUN.findall(part))
            merged += part.count(b"<mergeCell ")
    try:
        sheets = _sheets(data, file)
    except UnreadableError:
        raise
    # openpyxl meets a damaged workbook with whatever its parts raise: KeyError, ValueError,
    # ParseError, AttributeError. Each means the same to the person who brought it.
    except Exception as error:
        found = f"a workbook that cannot be read ({type(error).__name__})"
        raise refused(file, "", found, _SOUND, _AGAIN) from error
    if formulas:
        told = "1 formula has" if formulas == 1 else f"{formulas:,} formulas have"
        note = (
            f"{told} no result in the file, which was read as empty. Open the workbook in a "
            "spreadsheet, save it, and bring it again."
        )
        sheets[0] = replace(sheets[0], notes=(*sheets[0].notes, note))
    if merged:
        note = (
            f"Merged cells ({merged:,}) hold their value in the first cell; the others were read "
            "as empty. Where a problem names such a cell, unmerge it and fill each one in."
        )
        sheets[0] = replace(sheets[0], notes=(*sheets[0].notes, note))
    return sheets


def _sheets(data: bytes, file: str) -> list[Sheet]:
    # Imported here: only an upload of a workbook needs it.
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        # Sheets of charts have no cells.
        sheets = [s for s in book.worksheets if hasattr(s, "iter_rows")]
        if len(sheets) > limits.SHEETS:
            found, expected = f"{len(sheets)} sheets", f"at most {limits.SHEETS}"
            raise refused(file, "", found, expected, "Leave out what is not needed.")
        read = [_sheet(s, file) for s in sheets if s.sheet_state == "visible"]
    finally:
        book.close()
    hidden = [str(s.title)[:60] for s in sheets if s.sheet_state != "visible"]
    if not any(s.rows for s in read):
        found = "a workbook without rows" + (", but for hidden sheets" if hidden else "")
        action = "Fill in the template, save the workbook and upload it again."
        raise refused(file, "", found, "a header row and rows below it", action)
    if hidden:
        names = ", ".join(f"“{name}”" for name in hidden[:5]) + (" …" if len(hidden) > 5 else "")
        note = f"Hidden sheets were not read: {names}. Show them in the workbook to bring them."
        read[0] = replace(read[0], notes=(*read[0].notes, note))
    return read


def _sheet(sheet: Any, file: str) -> Sheet:
    name = str(sheet.title)[:60]
    # What a sheet says of its own size may be wrong: rows beyond it would be lost in silence.
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    numbers: list[int] = []
    most = limits.BOOK_ROWS + limits.HEADER_ROWS
    for number, cells in enumerate(sheet.iter_rows(max_row=most + 1), start=1):
        if number > most:
            found, expected = "more rows", f"at most {limits.BOOK_ROWS:,} rows in a workbook"
            action = "Delete rows that are not needed (empty ones too), or save it as CSV."
            raise refused(file, name, found, expected, action)
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > limits.COLUMNS:
            found, expected = f"{len(texts):,} columns", f"at most {limits.COLUMNS}"
            raise refused(file, name, found, expected, "Keep the columns of the template.")
        if max(map(len, texts), default=0) > limits.CELL:
            found = f"a cell of more than {limits.CELL:,} characters in row {number}"
            raise refused(file, name, found, f"at most {limits.CELL:,}", "Shorten it.")
        if texts:
            rows.append(texts)
            numbers.append(number)
    return Sheet(file, name, name, rows, numbers)


def _text(cell: Any) -> str:
    """A cell as the person sees it: dates in ISO form, 45% as 45, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if "%" in str(getattr(cell, "number_format", "")):
            value = round(value * 100, 6)
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return plain(str(value))
