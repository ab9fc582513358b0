"""CSV files as people have them: encodings, separators, quotes, and titles above the headings."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from data.formulas import unmarked
from data.own import limits
from data.own.reading_dialect import Written
from data.own.sheets import OwnProblem, Sheet, UnreadableError, shown

AS_FOUND: Final = Written()
"""Nothing is said of how a file is written."""
_DELIMITERS = (",", ";", "\t", "|")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Marks of direction, joiners and blanks without width: they make one text look like another.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LINE_END = re.compile("\r\n?")
_UTF8 = "Save it as “CSV UTF-8” in the spreadsheet."


def read_text(data: bytes, file: str, sheet: str, stem: str, way: Written = AS_FOUND) -> Sheet:
    """A CSV file as a sheet.

    Args:
        data: Its bytes.
        file: Name of the file that was brought.
        sheet: Name of the table within a package, or ``""``.
        stem: By which its table may be told.
        way: What a package says of how it is written.

    Raises:
        UnreadableError: It is not text, its quotes do not close, or it is beyond the limits.
    """
    text, notes = _decoded(data, file, sheet, way.encoding)
    if not text.strip():
        action = "Choose the file that holds the rows."
        raise _refused(file, sheet, 0, "an empty file", "a header row and rows below it", action)
    if _CONTROL.search(text):
        row = text.count("\n", 0, _CONTROL.search(text).start()) + 1  # type: ignore[union-attr]
        found = "characters that no text has (a binary file, or a damaged one)"
        raise _refused(file, sheet, row, found, "text in UTF-8", _UTF8)
    delimiter = way.delimiter or _delimiter(text)
    rows: list[list[str]] = [list(way.headings)] if way.headings else []
    # Many cells repeat: one copy of each is a fifth of the memory, and is cleaned once.
    seen: dict[str, str] = {}
    reader = csv.reader(
        _rows_alone(text, way.comment), delimiter=delimiter, strict=True,
        quotechar=way.quote or None, quoting=csv.QUOTE_MINIMAL if way.quote else csv.QUOTE_NONE,
        doublequote=way.is_doubled, escapechar=way.escape, skipinitialspace=way.skips_blanks,
    )  # fmt: skip
    try:
        for cells in reader:
            if len(rows) >= limits.ANSWER_ROWS + limits.HEADER_ROWS:
                expected = f"at most {limits.ANSWER_ROWS:,} rows"
                raise _refused(file, sheet, 0, "more rows", expected, "Split the file.")
            if len(cells) > limits.COLUMNS and any(c.strip() for c in cells[limits.COLUMNS :]):
                found = f"{len(cells):,} columns"
                expected = f"at most {limits.COLUMNS}"
                action = "Keep the columns of the template; one row a line."
                raise _refused(file, sheet, len(rows) + 1, found, expected, action)
            for cell in cells:
                if cell not in seen:
                    seen[cell] = plain(cell)
                    if len(cell) > limits.CELL:
                        found = "a cell that is too long (or a quotation mark that is not closed)"
                        expected = f"at most {limits.CELL:,} characters"
                        row = len(rows) + 1
                        raise _refused(file, sheet, row, found, expected, "Shorten it.")
            rows.append([seen[cell] for cell in cells[: limits.COLUMNS]])
    except csv.Error as error:
        found = f"quotation marks that do not pair ({error})"
        action = "Close the quotation mark, and double those within a cell."
        raise _refused(file, sheet, len(rows) + 1, found, "a CSV file", action) from error
    if delimiter != ",":
        named = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
        notes = (*notes, f"Cells are separated by {named.get(delimiter, shown(delimiter))}.")
    # Headings of the descriptor stand in no row of the file.
    first = 0 if way.headings else 1
    return Sheet(file, sheet, stem, rows, range(first, len(rows) + first), notes)


def _rows_alone(text: str, comment: str) -> Iterable[str]:
    """The lines; of those that are comments, empty ones, so that rows keep their numbers."""
    lines = io.StringIO(text, newline="")
    if not comment:
        return lines
    return ("\n" if line.startswith(comment) else line for line in lines)


def plain(cell: str) -> str:
    """A cell without blanks around it and without the apostrophe that marks text.

    A line end within it is a line feed, whoever wrote it: a lone return would end a row elsewhere.
    Characters that no XML file may hold become blanks: slides, workbooks and pictures are XML.
    Those that nobody sees go: an id with one is not found, and a name could read as another.
    """
    cell = _LINE_END.sub("\n", cell.replace("\N{NO-BREAK SPACE}", " "))
    cell = _INVISIBLE.sub("", _NOT_IN_XML.sub(" ", cell)).strip()
    return unmarked(cell).strip()


def _decoded(data: bytes, file: str, sheet: str, encoding: str = "") -> tuple[str, tuple[str, ...]]:
    """The text, and how it was decoded where that is worth saying."""
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), ()
        except UnicodeDecodeError as error:
            row = data.count(b"\n", 0, error.start) + 1
            found = f"a byte that is none of {encoding} ({shown(hex(data[error.start]))})"
        except UnicodeError:
            row, found = 0, f"text that is not in {encoding}"
        expected = f"text in {encoding}, as the descriptor says"
        action = "Mend “encoding” in the descriptor, or save the file in UTF-8."
        raise _refused(file, sheet, row, found, expected, action)
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _refused(file, sheet, 0, "text in UTF-32", "text in UTF-8", _UTF8)
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        found = "a zero byte (a binary file, or text in UTF-16 without its mark)"
        raise _refused(file, sheet, row, found, "text in UTF-8", _UTF8)
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        broken = error
    if encoding == "utf-8-sig":
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            note = "Read as Windows-1252, since it is not UTF-8: check accents and dashes."
            return text, (note,)
    row = data.count(b"\n", 0, broken.start) + 1
    found = f"a byte that is not text ({shown(hex(data[broken.start]))})"
    raise _refused(file, sheet, row, found, "text in UTF-8", _UTF8)


def _delimiter(text: str) -> str:
    """The separator that is most frequent, outside quotes, in the first lines."""
    head = re.sub(r'"[^"]*"', "", "\n".join(text[:20_000].splitlines()[: limits.HEADER_ROWS]))
    best = max(_DELIMITERS, key=head.count)
    return best if head.count(best) else ","


def _refused(
    file: str, sheet: str, row: int, found: str, expected: str, action: str
) -> UnreadableError:
    return UnreadableError(OwnProblem(file, sheet, row, "", found, expected, action))
