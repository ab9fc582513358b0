"""From the bytes of a file to sheets of text; what kind of file it is, its first bytes tell."""

from __future__ import annotations

from data.own import limits
from data.own.reading_book import read_book
from data.own.reading_package import read_package
from data.own.reading_text import read_text
from data.own.sheets import OwnProblem, Sheet, UnreadableError, Upload
from data.own.zipped import ZIP_MARK, open_zip

_WANTED = "a CSV file, an Excel workbook (.xlsx) or a data package (.zip)"
_SAVE = "Save it as CSV in UTF-8 or as an .xlsx workbook."
_MARKS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls), or a workbook with a password"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"7z\xbc\xaf", "a 7-Zip file"),
    (b"Rar!", "a RAR file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document"),
    (b"<?xml", "an XML file"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
)

_DOCUMENTS = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "content.xml": "an OpenDocument file, such as .ods",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "Index/Document.iwa": "a Numbers or Pages document",
}
"""Part of a zip file -> what such a file is, where it is no workbook and no package."""


def read_sheets(upload: Upload) -> list[Sheet]:
    """The sheets of a file as text.

    Args:
        upload: The file.

    Returns:
        At least one sheet: the file itself for CSV, every sheet of a workbook, every table of a
        data package.

    Raises:
        UnreadableError: It is too large, not of a known kind, broken, or could do harm.
    """
    data, name = upload.data, upload.label
    if len(data) > limits.FILE_MB * limits.MB:
        found = f"{len(data) / limits.MB:.1f} MB"
        action = "Leave out what is not needed, or split the file."
        raise _refused(name, found, f"at most {limits.FILE_MB} MB", action)
    if not data.strip():
        raise _refused(name, "an empty file", _WANTED, "Choose the file that holds the rows.")
    if data.startswith(ZIP_MARK):
        archive = open_zip(data, name)
        with archive:
            parts = set(archive.namelist())
            if "xl/workbook.xml" in parts:
                return read_book(data, archive, name)
            for part, what in _DOCUMENTS.items():
                if part in parts:
                    raise _refused(name, what, _WANTED, _SAVE)
            return read_package(archive, name)
    for mark, what in _MARKS:
        if data.lstrip()[: len(mark)].lower() == mark.lower():
            raise _refused(name, what, _WANTED, _SAVE)
    return [read_text(data, name, "", name.rsplit(".", 1)[0])]


def _refused(file: str, found: str, expected: str, action: str) -> UnreadableError:
    return UnreadableError(OwnProblem(file, "", 0, "", found, expected, action))
