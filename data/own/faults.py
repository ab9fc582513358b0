"""What is wrong with cells and rows of a person's own that the tables' schema has no word for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from data.own import limits
from data.own.sheets import OwnProblem, shown
from data.own.tables import OwnTable
from data.schema import TableSchema

_ERRORS: Final = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
     "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#ERROR!", "#####"}
)  # fmt: skip
"""What a spreadsheet shows in place of a value: a formula that could not be worked out."""
_NAMES: Final = {
    "collaboratives": ("name", "short_name"), "organisations": ("name",), "outcomes": ("metric",),
    "priorities": ("priority",), "survey_waves": ("title",), "sources": ("title",),
}  # fmt: skip
"""Table -> columns that stand in headings, keys and lists."""


def faults(schemas: Mapping[str, TableSchema], tables: Sequence[OwnTable]) -> Iterator[OwnProblem]:
    """Errors of formulas, ids and names that no list has room for, and keys told twice.

    Args:
        schemas: Name of a table -> its schema.
        tables: Completed own tables of one file.
    """
    for table in tables:
        yield from _of_cells(schemas[table.table], table)
    yield from _told_twice(schemas, tables)


def _of_cells(schema: TableSchema, table: OwnTable) -> Iterator[OwnProblem]:
    ids = {*schema.primary_key, *(c for columns, *_ in schema.foreign_keys for c in columns)}
    names = _NAMES.get(table.table, ())
    for row in table.rows:
        for column, cell in row.given.items():
            heading = table.headings.get(column, column)
            most = limits.ID if column in ids else limits.NAME if column in names else limits.CELL
            if cell.upper() in _ERRORS:
                yield table.sheet.problem(
                    row.number, heading, f"{shown(cell)}, the error of a formula", "a value",
                    "Mend the formula in the spreadsheet, save it, and upload the file again.",
                )  # fmt: skip
            elif len(cell) > most:
                what = "an id" if column in ids else "a name"
                yield table.sheet.problem(
                    row.number, heading, f"{len(cell):,} characters",
                    f"{what} of at most {most} characters", "Shorten it.",
                )  # fmt: skip


def _told_twice(
    schemas: Mapping[str, TableSchema], tables: Sequence[OwnTable]
) -> Iterator[OwnProblem]:
    """Rows of one key in two sheets of a file; of one sheet, the schema's own check tells."""
    seen: dict[tuple[str, tuple[str, ...]], OwnTable] = {}
    for table in tables:
        key = schemas[table.table].primary_key
        for row in table.rows:
            values = tuple(row.cells[k] for k in key)
            first = seen.setdefault((table.table, values), table)
            if first is not table:
                yield table.sheet.problem(
                    row.number, " + ".join(table.headings.get(k, k) for k in key),
                    f"{shown(', '.join(values))}, which the sheet {first.sheet.name} has, too",
                    "every id once in a file", "Delete one of the two rows.",
                )  # fmt: skip
