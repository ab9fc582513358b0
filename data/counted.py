"""Where a number comes from: one row, or the rows that it counts.

The rows are told as conditions on cells of one whole table, such as ``status:achieved``, so that
they fit into an address and a reader finds exactly the rows that were counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.catalogue import Catalogue
from data.lineage import place_of, refs_of
from data.memo import kept
from data.schema import TableSchema
from data.selection import Selection
from data.table_filters import table_rows

STATED: Final = "*"
"""In place of a value: any that is stated. No value at all means that none is stated."""
MOST_CONDITIONS: Final = 60
WHOLE: Final = "filtered"
"""The parameter of the page *Tables* that says ``no`` where filters leave it whole."""


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
        # Filters of its own stand in place of those that a reader has set; without any, those of
        # the reader would leave fewer rows than were counted.
        return params | (self.selection.to_params() if self.selection.active else {WHOLE: "no"})


def whole_table(table: str) -> dict[str, str]:
    """Parameters of the page *Tables* that show every row of a table, whatever is filtered."""
    return Counted(table).to_params()


Whence = str | Counted
"""The reference of a row (``data.lineage``), ``""`` for none, or the rows that are counted."""


Cells = Sequence[str | None]
"""A column as an address writes it; ``None`` where nothing is stated."""


def _cells(column: pd.Series) -> Cells:
    texts = column.astype("string")
    if pd.api.types.is_bool_dtype(column):
        texts = texts.str.lower()
    return [None if pd.isna(text) else str(text) for text in texts]


@kept(250)
def _column(catalogue: Catalogue, table: str, column: str) -> Cells:
    return _cells(catalogue.frames[table][column])


def _mask(
    count: int, where: Iterable[str], cells_of: Callable[[str], Cells]
) -> npt.NDArray[np.bool_]:
    """In which of some rows conditions hold.

    Args:
        count: Number of rows.
        where: The conditions.
        cells_of: Column -> its cells.
    """
    asked: dict[str, set[str]] = {}
    for condition in where:
        column, _, value = condition.partition(":")
        asked.setdefault(column, set()).add(value)
    mask = np.ones(count, dtype=bool)
    for column, values in asked.items():
        stated, named = STATED in values, values - {STATED, ""}
        fits = (("" in values) if c is None else (stated or c in named) for c in cells_of(column))
        mask &= np.fromiter(fits, dtype=bool, count=count)
    return mask


def with_cells(frame: pd.DataFrame, where: Iterable[str]) -> pd.DataFrame:
    """The rows of a table in which conditions on cells hold.

    Args:
        frame: Rows with the columns that the conditions name.
        where: As of :class:`Counted`.

    Raises:
        KeyError: There is no such column.
    """
    return frame[_mask(len(frame), where, lambda column: _cells(frame[column]))]


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
        seen = set(_cells(frame[one.name])) if labels else set()
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
    if not colon or column not in schema.columns or with_cells(frame, (text,)).empty:
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
    wanted = np.zeros(len(catalogue.frames[table]), dtype=bool)
    wanted[[at for _, at in places.values()]] = True

    def cells(column: str) -> Cells:
        return _column(catalogue, table, column)

    # An alternative that none of the rows has may fit no row at all, and an address with it would
    # be refused in part.
    hints = tuple(h for h in hints if (_mask(len(wanted), (h,), cells) & wanted).any())
    keys = catalogue.schema.tables[table].primary_key
    listed = [tuple(_listed(column, cells(column), wanted)) for column in keys]
    for where in _ways(hints, listed):
        if len(where) <= MOST_CONDITIONS and (_mask(len(wanted), where, cells) == wanted).all():
            return Counted(table, where)
    return ""


def _listed(column: str, cells: Cells, wanted: npt.NDArray[np.bool_]) -> Iterator[str]:
    """A condition for each cell of a column of the key in some rows."""
    for cell in dict.fromkeys(cells[at] for at in np.flatnonzero(wanted).tolist()):
        yield f"{column}:{cell}"


def _ways(hints: tuple[str, ...], listed: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Filters that may leave some rows: the hints, then with the cells of the key listed."""
    yield hints
    # A comma stands between conditions in an address. The fewest first: the shortest address.
    usable = sorted((one for one in listed if not any("," in cell for cell in one)), key=len)
    for one in usable:
        yield one
        yield (*hints, *one)
    yield tuple(condition for one in usable for condition in one)


def refs_counted(catalogue: Catalogue, whence: Whence) -> list[str]:
    """References of the row or the rows, for whoever goes on to them."""
    if isinstance(whence, str):
        return [whence] if whence else []
    return refs_of(catalogue, whence.table, rows_counted(catalogue, whence))
