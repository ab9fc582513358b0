"""Two to four collaboratives, or systems, side by side: the same rows in the same order.

Everything is in words. An item is one thing that a value says, with the places in the sources that
it rests on; a value without items is not published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from data.catalogue import Catalogue
from data.counted import Whence, whence_of
from data.lineage import refs_of

FEWEST, MOST = 2, 4
"""How many subjects can stand side by side."""

Verdict = Literal["differs", "same", "not all published"]
Places = tuple[tuple[str, str], ...]
OutcomeWords = Callable[[Mapping[Any, Any]], str]
NONE_NAMED: Final = "none in the tables"


@dataclass(frozen=True)
class Item:
    """One thing that a value says.

    Attributes:
        text: In words.
        places: (source_id, locator) of every row behind it, each once.
        whence: The row that says it, or the rows that it counts.
    """

    text: str
    places: Places
    whence: Whence


@dataclass(frozen=True)
class Value:
    """What is known of one subject in one row.

    Attributes:
        items: What it says; empty: not published.
        silent: Where a source would have stated it, for a value that is not published.
        own: The subject's own row, in which it is not published.
    """

    items: tuple[Item, ...]
    silent: Places
    own: Whence

    @property
    def texts(self) -> tuple[str, ...]:
        """The items in words."""
        return tuple(i.text for i in self.items)


@dataclass(frozen=True)
class Row:
    """One aspect of every subject.

    Attributes:
        id: Stable id.
        label: What the row is about.
        values: One a subject, in the order of the subjects.
    """

    id: str
    label: str
    values: tuple[Value, ...]

    @property
    def differs(self) -> bool:
        """Whether two published values are not the same."""
        return len({v.texts for v in self.values if v.items}) > 1

    @property
    def verdict(self) -> Verdict:
        """Whether the subjects differ; what is not published is no difference and no agreement."""
        if self.differs:
            return "differs"
        return "same" if all(v.items for v in self.values) else "not all published"


@dataclass(frozen=True)
class Comparison:
    """Subjects side by side.

    Attributes:
        subjects: (id, name), by name.
        rows: Always the same rows in the same order.
    """

    subjects: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]

    def frame(self) -> pd.DataFrame:
        """One row an item, aspect by aspect and subject by subject.

        Returns:
            Columns ``aspect``, ``subject``, ``value`` (missing: not published), ``compared`` (a
            :data:`Verdict` on the aspect), ``other_source_ids``, ``source_id``, ``locator``.
        """
        found: list[tuple[str | None, ...]] = []
        for row in self.rows:
            for (_, name), value in zip(self.subjects, row.values, strict=True):
                for text, places, _ in _lines(value):
                    others = dict.fromkeys(s for s, _ in places[1:] if s != places[0][0])
                    found.append(
                        (row.label, name, text, row.verdict, ";".join(others) or None, *places[0])
                    )
        columns = [
            "aspect", "subject", "value", "compared", "other_source_ids", "source_id", "locator",
        ]  # fmt: skip
        return pd.DataFrame(found, columns=columns).astype("string")

    def whence(self) -> tuple[Whence, ...]:
        """Where each row of :meth:`frame` comes from."""
        values = (value for row in self.rows for value in row.values)
        return tuple(whence for value in values for _, _, whence in _lines(value))

    def subject_ids(self) -> tuple[str, ...]:
        """The subject of each row of :meth:`frame`."""
        return tuple(
            key
            for row in self.rows
            for (key, _), value in zip(self.subjects, row.values, strict=True)
            for _ in _lines(value)
        )

    def places(self) -> pd.DataFrame:
        """Every place that any value rests on: columns ``source_id``, ``locator``."""
        found = [
            place
            for row in self.rows
            for value in row.values
            for _, places, _ in _lines(value)
            for place in places
        ]
        return pd.DataFrame(list(dict.fromkeys(found)), columns=["source_id", "locator"]).astype(
            "string"
        )


def _lines(value: Value) -> list[tuple[str | None, Places, Whence]]:
    found = [(i.text, i.places, i.whence) for i in value.items]
    return [*found] or [(None, value.silent, value.own)]


def places_of(rows: pd.DataFrame) -> Places:
    """(source_id, locator) of rows, each once, in their order."""
    pairs = rows[["source_id", "locator"]].itertuples(index=False, name=None)
    return tuple(dict.fromkeys((str(s), str(at)) for s, at in pairs))


def compare(
    subjects: Iterable[tuple[str, str]],
    labels: Mapping[str, str],
    values: Callable[[str], Mapping[str, Value]],
) -> Comparison:
    """Put subjects side by side.

    Args:
        subjects: (id, name) of each.
        labels: Row id -> label, in the order of the rows.
        values: Subject id -> row id -> value; has to give every row.

    Raises:
        ValueError: There are fewer than two subjects, or more than four.
    """
    ordered = tuple(sorted(set(subjects), key=lambda s: (s[1].lower(), s[0])))
    if not FEWEST <= len(ordered) <= MOST:
        raise ValueError(
            f"expected {FEWEST} to {MOST} different subjects to compare, found {len(ordered)}"
        )
    known = [values(key) for key, _ in ordered]
    rows = tuple(Row(key, label, tuple(k[key] for k in known)) for key, label in labels.items())
    return Comparison(ordered, rows)


class Words:
    """Values in words for one subject.

    Args:
        catalogue: The tables.
        table: The table of the subject.
        own: The subject's own row, which is where a source is silent.
    """

    def __init__(self, catalogue: Catalogue, table: str, own: pd.Series) -> None:
        self._catalogue = catalogue
        self._own: Places = ((str(own["source_id"]), str(own["locator"])),)
        self._ref: Whence = refs_of(catalogue, table, own.to_frame().T)[0]

    def _value(self, *items: Item) -> Value:
        return Value(items, self._own, self._ref)

    def said(self, text: object) -> Value:
        """A value of one item that the subject's own row says; ``NA`` is not published."""
        if pd.isna(text):  # type: ignore[call-overload]
            return self._value()
        return self._value(Item(str(text), self._own, self._ref))

    def of_rows(self, text: object, table: str, rows: pd.DataFrame, *hints: str) -> Item:
        """An item that rests on rows of a table.

        Args:
            text: In words.
            table: The table.
            rows: Rows with its key, ``source_id`` and ``locator``; none: the subject's own row.
            hints: Conditions that are expected to leave these rows (``data.counted``).
        """
        if rows.empty:
            return Item(str(text), self._own, self._ref)
        refs = refs_of(self._catalogue, table, rows)
        return Item(str(text), places_of(rows), whence_of(self._catalogue, refs, *hints))

    def each(
        self,
        table: str,
        rows: pd.DataFrame,
        text: Callable[[Mapping[Any, Any]], str],
        none: str = "",
    ) -> Value:
        """An item a row of a table; no rows: ``none``, or not published."""
        refs = refs_of(self._catalogue, table, rows)
        items = tuple(
            Item(text(row), ((str(row["source_id"]), str(row["locator"])),), ref)
            for row, ref in zip(rows.to_dict("records"), refs, strict=True)
        )
        return self._value(*items) if items or not none else self.said(none)

    def counted(
        self,
        table: str,
        rows: pd.DataFrame,
        column: str,
        *hints: str,
        none: str = NONE_NAMED,
    ) -> Value:
        """An item a value of a closed vocabulary, with how many rows of the table have it."""
        items = []
        for key, label in self._catalogue.schema.labels(table, column).items():
            part = rows[rows[column] == key]
            if not part.empty:
                told = f"{label}: {len(part)}"
                items.append(self.of_rows(told, table, part, *hints, f"{column}:{key}"))
        return self._value(*items) if items else self.said(none)

    def number(self, table: str, rows: pd.DataFrame, *hints: str) -> Value:
        """How many rows there are; none is none in the tables, which is not zero in England."""
        told = len(rows) if len(rows) else NONE_NAMED
        return self._value(self.of_rows(told, table, rows, *hints))


def of_ids(frame: pd.DataFrame, column: str, values: Sequence[str]) -> pd.DataFrame:
    """The rows whose ``column`` is one of ``values``."""
    return frame[frame[column].isin(list(values))]
