"""Which texts a spreadsheet would run, and the apostrophe that keeps it from doing so."""

from __future__ import annotations

import re
from typing import Final

MARK: Final = "'"
"""What spreadsheets themselves put in front of a text that is not to be run."""

# What Excel, LibreOffice and Google Sheets take as the start of a formula, also after blanks and
# in its full-width forms; a tab or a line end in front is a known way round a naive check.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
# A number with its sign is what it is: "-2.5", "-5%" and "+5%" run nothing.
_NUMBER = re.compile(r"[-+]([0-9]+(\.[0-9]+)?|\.[0-9]+)%?")


def runs(text: str) -> bool:
    """Whether a spreadsheet that opens the text in a CSV file would run it."""
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def _is_marked(text: str) -> bool:
    """Whether the text would run but for apostrophes in front: ours, or somebody's own."""
    return runs(text.lstrip(MARK))


def marked(text: str) -> str:
    """The text as no spreadsheet runs it; ``unmarked`` gives it back, whatever it is.

    A text that has such an apostrophe of its own takes another, so that only ours is taken away.
    """
    return f"{MARK}{text}" if _is_marked(text) else text


def unmarked(text: str) -> str:
    """The text without the apostrophe that ``marked``, or a spreadsheet, has put in front."""
    return text[1:] if text.startswith(MARK) and _is_marked(text) else text
