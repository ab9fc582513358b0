"""What is wrong with a table, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One problem in one place.

    Attributes:
        file: File name below the package folder, such as ``tables/outcomes.csv``.
        row: Line of the file as an editor counts it (the header is line 1); 0 for the whole file.
        column: Column name, or ``""`` where the row or the file is meant.
        found: What stands there.
        expected: What should stand there.
        action: What to do.
    """

    file: str
    row: int
    column: str
    found: str
    expected: str
    action: str

    def __str__(self) -> str:
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: found {self.found}; expected {self.expected}. {self.action}"

    def as_dict(self) -> dict[str, str | int]:
        """The problem as plain values, for ``--json``."""
        return asdict(self)


class DataError(Exception):
    """The tables cannot be used; carries every problem found.

    Args:
        problems: At least one problem.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(p) for p in self.problems]
        head = f"{len(lines)} problem{'s' if len(lines) != 1 else ''} in the tables:"
        super().__init__("\n".join([head, *lines]))
