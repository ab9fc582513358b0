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
from data.where import told

STATED: Final = "*"
"""In place of a value: any that is stated. No value at all means that none is stated."""
NOT: Final = "!"
"""Before a value: every other one, and none."""
MOST_CONDITIONS: Final = 60
WHOLE: Final = "filtered"
"""The parameter of the page *Tables* that says ``no`` where filters leave it whole."""


@dataclass(frozen=True)
class Counted:
    """Rows of one table that a number counts.

    Attributes:
        table: Name of the table.
        where: Conditions ``column:value``. Those of one column are alternatives, those of different
            columns hold together; ``column:*`` is any value, ``column:`` none, ``column:!value``
            leaves out the rows with a value.
        selection: Filters that hold beside them (``data.table_filters``).
        by: Columns, with commas between them, of whose different values the number is one, such as
            ``collaborative_id`` for how many collaboratives the rows are of; ``""`` where it counts
            the rows themselves.
    """

    table: str
    where: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)
    by: str = ""

    def to_params(self) -> dict[str, str]:
        """Parameters of the page *Tables* that leave these rows."""
        params = {"table": self.table}
        if self.where:
            params["where"] = told(self.where)
        if self.by:
            params |= {"as": "groups", "by": self.by}
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


def texts_of(column: pd.Series) -> Cells:
    """A column as conditions name its cells; ``None`` where nothing is stated."""
    texts = column.astype("string")
    if pd.api.types.is_bool_dtype(column):
        texts = texts.str.lower()
    return [None if pd.isna(text) else str(text) for text in texts]


@kept(250)
def _column(catalogue: Catalogue, table: str, column: str) -> Cells:
    return texts_of(catalogue.frames[table][column])


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
        barred = {value[1:] for value in values if value.startswith(NOT)}
        wanted = {value for value in values if not value.startswith(NOT)}
        cells = cells_of(column)
        if barred:
            mask &= np.fromiter((c not in barred for c in cells), dtype=bool, count=count)
        if wanted:
            stated, named = STATED in wanted, wanted - {STATED, ""}
            fits = (("" in wanted) if c is None else (stated or c in named) for c in cells)
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
    return frame[_mask(len(frame), where, lambda column: texts_of(frame[column]))]


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
        seen = set(texts_of(frame[one.name])) if labels else set()
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
    barred = value.startswith(NOT)
    value = value.removeprefix(NOT)
    if barred and with_cells(frame, (f"{column}:{value}",)).empty:
        return None
    names = {
        "collaborative_id": catalogue.collaborative_names,
        "organisation_id": catalogue.organisation_names,
        "icb_code": catalogue.area_names,
        "from_icb_code": catalogue.area_names,
        "region_code": catalogue.regions,
    }.get(column, _labels(schema, column))
    return column, f"{'not ' if barred else ''}{names.get(value, value)}"


@kept(60)
def _left(catalogue: Catalogue, table: str, selection: Selection) -> npt.NDArray[np.bool_]:
    """Which rows of a table filters leave."""
    index = catalogue.frames[table].index
    return np.asarray(index.isin(table_rows(catalogue, table, selection).index), dtype=bool)


def whence_of(
    catalogue: Catalogue,
    refs: Iterable[str],
    *hints: str,
    by: str = "",
    within: Selection | None = None,
) -> Whence:
    """Where a number comes from that rests on some rows of one table.

    Args:
        catalogue: The tables.
        refs: References of the rows; those of rows that are not there are left out.
        hints: Conditions that are expected to leave these rows; those that none of them fits are
            not used.
        by: Of which column the number counts the different values, as of :class:`Counted`.
        within: Filters that are expected to leave these rows together with the hints; tried first.

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
    keys, hinted = catalogue.schema.tables[table].primary_key, _mask(len(wanted), hints, cells)

    def told(left: npt.NDArray[np.bool_]) -> tuple[str, ...] | None:
        """The conditions that leave exactly the rows of some."""
        listed = [tuple(_listed(name, cells(name), wanted, hinted & left)) for name in keys]
        for where in _ways(hints, listed):
            is_short = len(where) <= MOST_CONDITIONS
            if is_short and ((_mask(len(wanted), where, cells) & left) == wanted).all():
                return where
        return None

    left = None
    if within is not None and within.active:
        left = _left(catalogue, table, within)
        if ((hinted & left) == wanted).all():
            return Counted(table, hints, within, by)
    found = told(np.ones(len(wanted), dtype=bool))
    if found is None and left is not None and within is not None:
        found = told(left)
        return "" if found is None else Counted(table, found, within, by)
    return "" if found is None else Counted(table, found, by=by)


def _listed(
    column: str, cells: Cells, wanted: npt.NDArray[np.bool_], hinted: npt.NDArray[np.bool_]
) -> Iterator[str]:
    """A condition for each cell of a column of the key in some rows, or for each that is in none.

    The fewer of the two; of the others those that hints leave are enough.
    """
    named = dict.fromkeys(cells[at] for at in np.flatnonzero(wanted).tolist())
    others = dict.fromkeys(cells[at] for at in np.flatnonzero(hinted & ~wanted).tolist())
    barred = [cell for cell in others if cell not in named]
    if 0 < len(barred) < len(named):
        yield from (f"{column}:{NOT}{cell}" for cell in barred)
    else:
        yield from (f"{column}:{cell}" for cell in named)


def _ways(hints: tuple[str, ...], listed: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Filters that may leave some rows: the hints, then with the cells of the key listed."""
    yield hints
    # A comma stands between conditions in an address. The fewest first: the shortest address.
    usable = sorted((one for one in listed if not any("," in cell for cell in one)), key=len)
    for one in usable:
        yield one
        yield (*hints, *one)
    yield tuple(condition for one in usable for condition in one)


def how_many(catalogue: Catalogue, whence: Whence) -> int:
    """The number that the row or the rows make: of rows, or of different values in them.

    Raises:
        KeyError: There is no such table or column.
    """
    if isinstance(whence, str):
        return int(bool(whence))
    rows = rows_counted(catalogue, whence)
    return len(rows.drop_duplicates(whence.by.split(","))) if whence.by else len(rows)


def refs_counted(catalogue: Catalogue, whence: Whence) -> list[str]:
    """References of the row or the rows, for whoever goes on to them."""
    if isinstance(whence, str):
        return [whence] if whence else []
    return refs_of(catalogue, whence.table, rows_counted(catalogue, whence))
