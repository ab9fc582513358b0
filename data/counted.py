"""Where a number comes from: one row, or the rows that it counts.

The rows are told as conditions on cells of one whole table, such as ``status:achieved``, so that
they fit into an address and a reader finds exactly the rows that were counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.catalogue import Catalogue
from data.lineage import place_of, refs_of
from data.schema import TableSchema
from data.selection import Selection
from data.table_filters import table_rows

STATED: Final = "*"
"""In place of a value: any that is stated. No value at all means that none is stated."""
MOST_CONDITIONS: Final = 60


@dataclass(frozen=True)
class Counted:
    """Rows of one table that a number counts.

    Attributes:
        table: Name of the table.
        where: Conditions ``column:value``. Those of one column are alternatives, those of different
            columns hold together; ``column:*`` is any value, ``column:`` none.
        selection: Filters that hold beside them (``data.table_filters``).
    """

    table: str
    where: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)

    def to_params(self) -> dict[str, str]:
        """Parameters of the page *Tables* that leave these rows."""
        params = {"table": self.table}
        if self.where:
            params["where"] = ",".join(self.where)
        if self.selection.active:
            params |= {**self.selection.to_params(), "filtered": "yes"}
        return params


Whence = str | Counted
"""The reference of a row (``data.lineage``), ``""`` for none, or the rows that are counted."""


def _texts(column: pd.Series) -> pd.Series:
    texts = column.astype("string")
    return texts.str.lower() if pd.api.types.is_bool_dtype(column) else texts


def _fits(column: pd.Series, values: list[str]) -> npt.NDArray[np.bool_]:
    fits = np.zeros(len(column), dtype=bool)
    if STATED in values:
        fits |= column.notna().to_numpy(dtype=bool)
    if "" in values:
        fits |= column.isna().to_numpy(dtype=bool)
    return fits | _texts(column).isin([v for v in values if v not in ("", STATED)]).to_numpy(
        dtype=bool
    )


def _mask(frame: pd.DataFrame, where: Iterable[str]) -> npt.NDArray[np.bool_]:
    asked: dict[str, list[str]] = {}
    for condition in where:
        column, _, value = condition.partition(":")
        asked.setdefault(column, []).append(value)
    mask = np.ones(len(frame), dtype=bool)
    for column, values in asked.items():
        mask &= _fits(frame[column], values)
    return mask


def with_cells(frame: pd.DataFrame, where: Iterable[str]) -> pd.DataFrame:
    """The rows of a table in which conditions on cells hold.

    Args:
        frame: Rows with the columns that the conditions name.
        where: As of :class:`Counted`.

    Raises:
        KeyError: There is no such column.
    """
    return frame[_mask(frame, where)]


def rows_counted(catalogue: Catalogue, counted: Counted) -> pd.DataFrame:
    """The rows, in file order, with the columns of their table."""
    return with_cells(table_rows(catalogue, counted.table, counted.selection), counted.where)


def conditions(schema: TableSchema, frame: pd.DataFrame) -> Mapping[str, tuple[str, str]]:
    """What can be chosen from: every value of a closed vocabulary or a yes and no that occurs.

    Args:
        schema: Of the table.
        frame: The whole table.

    Returns:
        Condition -> column and value in words.
    """
    found: dict[str, tuple[str, str]] = {}
    for one in schema.fields:
        labels = _labels(schema, one.name)
        seen = set(_texts(frame[one.name])) if labels else set()
        for value, label in labels.items():
            if value in seen:
                found[f"{one.name}:{value}"] = (one.name, label)
    return found


def _labels(schema: TableSchema, column: str) -> Mapping[str, str]:
    one = schema.field(column)
    return {"true": "Yes", "false": "No"} if one.type == "boolean" else one.labels


def condition(
    catalogue: Catalogue, schema: TableSchema, frame: pd.DataFrame, text: str
) -> tuple[str, str] | None:
    """One condition that an address asks for: its column, and its value in words.

    Returns:
        ``None`` where there is no such column, or no row of the table has the value.
    """
    column, colon, value = text.partition(":")
    if not colon or column not in schema.columns or not _mask(frame, (text,)).any():
        return None
    if value in ("", STATED):
        return column, "any value" if value else "not published"
    names = {
        "collaborative_id": catalogue.collaborative_names,
        "organisation_id": catalogue.organisation_names,
        "icb_code": catalogue.area_names,
        "from_icb_code": catalogue.area_names,
        "region_code": catalogue.regions,
    }.get(column, _labels(schema, column))
    return column, names.get(value, value)


def whence_of(catalogue: Catalogue, refs: Iterable[str], *hints: str) -> Whence:
    """Where a number comes from that rests on some rows of one table.

    Args:
        catalogue: The tables.
        refs: References of the rows; those of rows that are not there are left out.
        hints: Conditions that are expected to leave these rows; those that none of them fits are
            not used.

    Returns:
        The one row, or a filter that leaves exactly the rows; ``""`` where there is neither.

    Raises:
        ValueError: The rows are of several tables.
    """
    places = {r: p for r in dict.fromkeys(refs) if (p := place_of(catalogue, r)) is not None}
    tables = {table for table, _ in places.values()}
    if len(tables) > 1:
        raise ValueError(f"expected rows of one table, found {sorted(tables)}")
    if len(places) <= 1:
        return next(iter(places), "")
    (table,) = tables
    frame = catalogue.frames[table]
    wanted = np.zeros(len(frame), dtype=bool)
    wanted[[at for _, at in places.values()]] = True
    # An alternative that none of the rows has may fit no row at all, and an address with it would
    # be refused in part.
    hints = tuple(hint for hint in hints if (_mask(frame, (hint,)) & wanted).any())
    for where in _ways(catalogue, table, frame[wanted], hints):
        if len(where) <= MOST_CONDITIONS and (_mask(frame, where) == wanted).all():
            return Counted(table, where)
    return ""


def _ways(
    catalogue: Catalogue, table: str, rows: pd.DataFrame, hints: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """Filters that may leave some rows: the hints, then with the cells of the key listed."""
    yield hints
    listed = []
    for column in catalogue.schema.tables[table].primary_key:
        cells = rows[column].astype("string").dropna().unique().tolist()
        if not any("," in cell for cell in cells):
            listed.append(tuple(f"{column}:{cell}" for cell in cells))
    # The fewest first: it makes the shortest address.
    for one in sorted(listed, key=len):
        yield one
        yield (*hints, *one)
    yield tuple(condition for one in listed for condition in one)


def refs_counted(catalogue: Catalogue, whence: Whence) -> list[str]:
    """References of the row or the rows, for whoever goes on to them."""
    if isinstance(whence, str):
        return [whence] if whence else []
    return refs_of(catalogue, whence.table, rows_counted(catalogue, whence))
