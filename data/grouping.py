"""Group and count the rows of a table without code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from data.counted import MOST_CONDITIONS, texts_of
from data.schema import TableSchema

MEASURES: Final = {
    "rows": "Number of rows",
    "sum": "Sum",
    "mean": "Mean",
    "min": "Smallest",
    "max": "Largest",
}
"""Measure -> label; all but the first need a column of numbers."""
MOST_VALUES: Final = 60
"""Columns with more different values than this say nothing when they are grouped by."""


def can_group(schema: TableSchema, frame: pd.DataFrame) -> list[str]:
    """Columns by which grouping says something: no keys of rows, no long texts.

    What names a row of another table does, however many there are: each is counted there.
    """
    names = {own[0] for own, _, _ in schema.foreign_keys if len(own) == 1}
    return [
        f.name
        for f in schema.fields
        if (schema.primary_key != (f.name,))
        and (f.name in names or frame[f.name].nunique() <= max(MOST_VALUES, len(frame) // 3))
        and frame[f.name].notna().any()
    ]


def can_measure(schema: TableSchema, frame: pd.DataFrame) -> list[str]:
    """Columns whose numbers can be added or averaged: years, positions and places cannot."""
    skipped = ("_order", "position", "hex_row", "hex_col", "latitude", "longitude")
    return [
        f.name
        for f in schema.fields
        if f.type in ("number", "integer")
        and not f.name.endswith(skipped)
        and frame[f.name].notna().any()
    ]


def _in_words(schema: TableSchema, column: pd.Series) -> pd.Series:
    """A column as it is shown: labels of a closed vocabulary, "not published" where empty."""
    labels = schema.field(str(column.name)).labels
    shown = column.astype("string").map(lambda v: labels.get(v, v), na_action="ignore")
    return shown.astype("string").fillna(NONE_STATED)


NONE_STATED: Final = "not published"
"""What a group is called whose rows state nothing."""


def told_as(
    schema: TableSchema, frame: pd.DataFrame, by: Sequence[str], values: Sequence[str]
) -> tuple[str, ...]:
    """The conditions on cells (``data.counted``) that leave the rows of one group.

    Args:
        schema: Schema of the table.
        frame: The rows that were grouped.
        by: The columns by which they were.
        values: What the group has in these, in words as :func:`group` gives them.

    Returns:
        A condition for each column, or one for each row by its key where a value has a comma,
        which stands between conditions; ``()`` where neither tells these rows alone.
    """
    words = pd.DataFrame({name: _in_words(schema, frame[name]) for name in by}, index=frame.index)
    rows = frame[(words == list(values)).all(axis="columns")]
    if rows.empty:
        return ()
    found = tuple(f"{name}:{texts_of(rows[name])[0] or ''}" for name in by)
    if any("," in one for one in found):
        keys = schema.primary_key
        found = tuple(f"{keys[0]}:{cell}" for cell in texts_of(rows[keys[0]])) * (len(keys) == 1)
    return () if len(found) > MOST_CONDITIONS or any("," in one for one in found) else found


def group(
    schema: TableSchema,
    frame: pd.DataFrame,
    by: Sequence[str],
    measure: str = "rows",
    column: str | None = None,
) -> pd.DataFrame:
    """Rows grouped by some columns, with their number and a measure.

    Args:
        schema: Schema of the table.
        frame: Rows of the table.
        by: Columns to group by, at least one. A cell that is empty is a group of its own, "not
            published".
        measure: Key of ``MEASURES``.
        column: Column of numbers that is measured, for all measures but ``rows``.

    Returns:
        A row a group: the columns of ``by`` in words, ``rows``, and, where something is measured,
        ``stated`` (how many rows state a number) and ``<measure>_of_<column>``, missing where
        no row does; the largest group first.

    Raises:
        ValueError: Nothing to group by, an unknown measure, or a measure without a column.
        KeyError: There is no such column.
    """
    if not by:
        raise ValueError("expected at least one column to group by, found none")
    if measure not in MEASURES:
        raise ValueError(f"expected a measure of {', '.join(MEASURES)}, found {measure!r}")
    if measure != "rows" and column is None:
        raise ValueError(f"the measure {measure!r} needs a column of numbers, found none")
    words = pd.DataFrame({name: _in_words(schema, frame[name]) for name in by}, index=frame.index)
    keys = [words[name] for name in by]
    found = words.groupby(keys, sort=False).size().rename("rows").to_frame()
    if measure != "rows" and column is not None:
        schema.field(column)
        numbers = frame[column].groupby(keys, sort=False)
        found["stated"] = numbers.count()
        totals = numbers.sum(min_count=1) if measure == "sum" else numbers.agg(measure)
        found[f"{measure}_of_{column}"] = totals
    ordered = found.reset_index().sort_values(["rows", *by], ascending=[False] + [True] * len(by))
    return ordered.reset_index(drop=True)
