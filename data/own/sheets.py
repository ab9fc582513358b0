"""The values that pass between the steps: a file, its sheets, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

_SHOWN = 60
_UNFIT = re.compile(r"[^\w .()\-]+")


@dataclass(frozen=True)
class Upload:
    """A file as it was brought.

    Attributes:
        name: Its name, for people.
        data: Its bytes.
    """

    name: str
    data: bytes = field(repr=False)

    @property
    def label(self) -> str:
        """The name without what could be markup or a path, at most 80 characters."""
        base = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return _UNFIT.sub("_", base).strip(" .")[-80:] or "file"


@dataclass(frozen=True)
class WaveDetails:
    """What a file of survey results does not say of its wave.

    Attributes:
        title: Name of the wave.
        fieldwork: When answers were collected.
        responses: Number of responses, for results in per cent.
        population: How many collaboratives there are, where known.
    """

    title: str = "Your survey"
    fieldwork: str = "Not stated"
    responses: int | None = None
    population: int | None = None


@dataclass(frozen=True, order=True)
class OwnProblem:
    """One problem of a file, in one place.

    Attributes:
        file: Name of the file.
        sheet: Sheet of a workbook or table of a package; ``""`` for a CSV file.
        row: Row as the spreadsheet numbers it; 0 for the whole sheet.
        column: Heading as it stands in the file, or ``""``.
        found: What stands there.
        expected: What should stand there.
        action: What to do.
    """

    file: str
    sheet: str
    row: int
    column: str
    found: str
    expected: str
    action: str

    def __str__(self) -> str:
        place = self.file
        place += f", sheet {self.sheet}" if self.sheet else ""
        place += f", row {self.row}" if self.row else ""
        place += f", column {self.column}" if self.column else ""
        return f"{place}: found {self.found}; expected {self.expected}. {self.action}"

    def as_dict(self) -> dict[str, str | int]:
        """The problem as plain values, for a table."""
        return asdict(self)


class UnreadableError(Exception):
    """A file cannot be read at all; carries the problems that say why.

    Args:
        problems: At least one.
    """

    def __init__(self, *problems: OwnProblem) -> None:
        self.problems = problems
        super().__init__(str(problems[0]))


@dataclass(frozen=True)
class Sheet:
    """A sheet as text.

    Attributes:
        file: Label of the file.
        name: Name of the sheet or table; ``""`` for a CSV file.
        stem: By which the table may be told: the name, or that of the file without its ending.
        rows: Cells as text, blanks around them removed; rows may differ in length.
        numbers: The number of each row as the spreadsheet shows it.
        notes: What a person should know of how it was read.
    """

    file: str
    name: str
    stem: str
    rows: Sequence[Sequence[str]] = field(repr=False)
    numbers: Sequence[int] = field(repr=False)
    notes: tuple[str, ...] = ()

    def problem(self, row: int, column: str, found: str, expected: str, action: str) -> OwnProblem:
        """A problem of this sheet."""
        return OwnProblem(self.file, self.name, row, column, found, expected, action)


def shown(value: object) -> str:
    """A cell as a problem quotes it."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    return "an empty cell" if text == "" else repr(text[:_SHOWN])


def column_letter(index: int) -> str:
    """``A`` for 0, ``AA`` for 26: how a spreadsheet names its columns."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def folded(heading: str) -> str:
    """A heading or a name as it is compared: ``Governance model`` -> ``governance_model``."""
    return re.sub(r"[^a-z0-9]+", "_", heading.strip().casefold()).strip("_")
