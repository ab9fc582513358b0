"""What the numbers within the sentence of an exhibit count, noted while it is being written.

The sentence stays plain words, for files, slides and the interface; whoever draws it can lead from
each number to the rows behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.lineage import refs_of


@dataclass(frozen=True, eq=False)
class Number:
    """A number in a sentence, and the rows of one table that it counts or is read from.

    Attributes:
        words: The number with its noun, as the sentence has it, such as ``83 achieved``.
        table: The table.
        rows: Rows with the key of the table, or references of rows.
        hints: Conditions that are expected to leave these rows (``data.counted``).
        by: Columns, with commas between them, of whose different values the number is one; ``""``:
            it counts the rows.
        within: Dimension -> values of filters that are expected to leave them, beside those set.
        each: Whether each of these values has the number of rows; else it is how many there are.
        worked: How the number was worked out, where it is neither a count of rows nor a cell; the
            rows are then those it was worked out from. ``""`` for all others.
    """

    words: str
    table: str
    rows: pd.DataFrame | tuple[str, ...]
    hints: tuple[str, ...] = ()
    by: str = ""
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    each: bool = False
    worked: str = ""

    def refs(self, catalogue: Catalogue) -> list[str]:
        """References of the rows.

        Raises:
            KeyError: The rows lack a column of the key.
        """
        if isinstance(self.rows, tuple) or self.rows.empty:
            return list(self.rows) if isinstance(self.rows, tuple) else []
        return refs_of(catalogue, self.table, self.rows)


class Sentence:
    """Notes what the numbers of a sentence count; each call gives back its words."""

    def __init__(self) -> None:
        self._said: list[Number] = []

    def __call__(
        self,
        words: str,
        table: str,
        rows: pd.DataFrame | Iterable[str],
        *hints: str,
        by: str = "",
        within: Mapping[str, tuple[str, ...]] | None = None,
        each: bool = False,
    ) -> str:
        """Note what a number counts.

        Args:
            words: As of :class:`Number`, as are all others.
            table: The table.
            rows: The rows; of no rows nothing is noted.
            hints: Conditions.
            by: Column, or several with commas between them.
            within: Filters.
            each: Whether it is the number of rows of each value.
        """
        held = rows if isinstance(rows, pd.DataFrame) else tuple(rows)
        if len(held):
            self._said.append(Number(words, table, held, hints, by, within or {}, each))
        return words

    def worked(
        self, words: str, how: str, table: str = "", rows: pd.DataFrame | Iterable[str] = ()
    ) -> str:
        """Note from what a number was worked out that no row holds and no filter counts.

        Args:
            words: As of :class:`Number`.
            how: How, in a few words without quotation marks or brackets.
            table: The table of the rows.
            rows: They; without any it leads to the rows of its exhibit, as a table.
        """
        held = rows if isinstance(rows, pd.DataFrame) else tuple(rows)
        self._said.append(Number(words, table, held, worked=how))
        return words

    def row(self, words: str, table: str, row: Mapping[Any, Any]) -> str:
        """Note of which one row a number is; the row has the key of the table."""
        return self(words, table, pd.DataFrame([dict(row)]))

    @property
    def numbers(self) -> tuple[Number, ...]:
        """What was noted, in the order of the sentence."""
        return tuple(self._said)


def found_in(sentence: str, numbers: Iterable[Number]) -> Iterator[tuple[int, int, Number]]:
    """Where in a sentence its numbers stand: begin, end and what each counts.

    Each is looked for behind the one before it; one that is not there is left out.
    """
    at = 0
    for number in numbers:
        found = re.compile(rf"(?<![\w.,]){re.escape(number.words)}(?!\w)").search(sentence, at)
        if found:
            at = found.end()
            yield found.start(), at, number
