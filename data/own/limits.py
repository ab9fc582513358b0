"""What an uploaded file may be: said before it is chosen, enforced before it is read."""

from __future__ import annotations

from typing import Final

MB: Final = 1024 * 1024

FILE_MB: Final = 64
"""Size of an uploaded file; ``server.maxUploadSize`` in ``.streamlit/config.toml`` is the same."""

UNZIPPED_MB: Final = 160
"""Size of everything in a workbook or package together, once unzipped."""

RATIO: Final = 120
"""How many times larger than its zipped form a part of 1 MB or more may be."""

MEMBERS: Final = 200
"""Parts of a workbook or files of a package."""

SHEETS: Final = 20
"""Sheets of a workbook, or tables of a package."""

COLUMNS: Final = 120
"""Columns of a sheet."""

ROWS: Final = 5_000
"""Rows of a sheet of the Atlas's tables."""

ANSWER_ROWS: Final = 120_000
"""Rows of a CSV file of answers, one row for each respondent."""

BOOK_ROWS: Final = 20_000
"""Rows of any sheet of a workbook; longer ones are quicker as CSV."""

CELL: Final = 4_000
"""Characters of a cell."""

ID: Final = 80
"""Characters of an id, which stands in addresses."""

NAME: Final = 300
"""Characters of a name, which stands in headings and keys."""

HEADER_ROWS: Final = 20
"""Rows from the top among which the headings are looked for."""

FILES: Final = 12
"""Files that a session holds at once."""

PROBLEMS: Final = 100
"""Problems that are listed; the rest are counted."""

ENDINGS: Final = ("csv", "xlsx", "zip")
"""Endings of the files that can be brought."""


def in_words() -> tuple[str, ...]:
    """The limits as sentences, in the order in which a person meets them."""
    return (
        f"A CSV file, an Excel workbook (.xlsx, no macros) or a data package (.zip) of at most "
        f"{FILE_MB} MB.",
        f"At most {ROWS:,} rows and {COLUMNS} columns a sheet; answers of respondents up to "
        f"{ANSWER_ROWS:,} rows as CSV, or {BOOK_ROWS:,} in a workbook.",
        f"At most {SHEETS} sheets or tables and {CELL:,} characters a cell, {NAME} a name and "
        f"{ID} an id.",
        f"A workbook or package holds at most {MEMBERS} parts and {UNZIPPED_MB} MB once unzipped; "
        f"a part that grows more than {RATIO} times is refused, and so is a zip within a zip.",
        f"At most {FILES} files in a session.",
    )
