"""Checks tables against ``datapackage.json`` with the Frictionless library."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from data.formulas import runs
from data.problems import Problem
from data.schema import PACKAGE_PATH, PackageSchema, TableSchema, read_schema

_MAX_SHOWN = 60
# Said outright: left alone, Frictionless guesses separator and header from the first rows.
_DIALECT = {
    "header": True,
    "headerRows": [1],
    "csv": {"delimiter": ",", "quoteChar": '"', "skipInitialSpace": False},
}
# Frictionless reads more than these (1_000, full-width digits, 1 for true), which pandas reads
# differently or not at all.
_PLAIN = {
    "integer": (re.compile(r"[+-]?[0-9]{1,15}"), "a whole number such as 42"),
    "number": (re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]+)?"), "a number such as 12.5"),
    "year": (re.compile(r"[0-9]{4}"), "a year such as 2018"),
    "boolean": (re.compile(r"true|false|True|False|TRUE|FALSE"), "true or false"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date such as 2023-04-01"),
}
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_DAYS = frozenset({"as_of", "published", "accessed", "effective_on"})
"""Columns with a date as precise as it is stated; the schema knows its form only."""
_YEARS = (1900, 2100)
_BOUNDS = {"minimum": "at least", "maximum": "at most", "pattern": "text of the form"}


def validate_package(path: Path = PACKAGE_PATH) -> list[Problem]:
    """Check every table of a data package.

    Types, required cells, keys, foreign keys, enumerations, patterns and ranges are checked by
    Frictionless from the descriptor. Checked here is what the Table Schema has no word for:
    columns that hold several ids in one cell (``listOf`` in the descriptor), text that a
    spreadsheet would run, and that a file is a comma-separated UTF-8 table with the header of its
    schema, without which no cell can be judged.

    Args:
        path: The descriptor; tables are read relative to its folder.

    Returns:
        Every problem, sorted by file, row and column; empty when the package is valid.

    Raises:
        DataError: The descriptor itself cannot be read.
    """
    # Imported here: it takes most of a second and pages never need it after start-up.
    from frictionless import FrictionlessException, Package  # noqa: PLC0415

    schema = read_schema(path)
    broken = [p for t in schema.tables.values() for p in _structure(t, path.parent)]
    if broken:
        return sorted(broken)
    resources = [{**r, "dialect": _DIALECT} for r in schema.descriptor["resources"]]
    descriptor = {**schema.descriptor, "resources": resources}
    try:
        report = Package.from_descriptor(descriptor, basepath=str(path.parent)).validate()
    except FrictionlessException as error:
        note = "; ".join(e.note for e in (error.reasons or [error.error]))
        return [Problem(path.name, 0, "", note, "a valid descriptor", "Mend the descriptor.")]
    found = [
        Problem(path.name, 0, "", e.note, "a valid package", "Mend it.") for e in report.errors
    ]
    for task in report.tasks:
        table = schema.tables[task.name]
        found.extend(
            problem_of(table, error.to_descriptor())
            for error in task.errors
            if not is_echo(error.to_descriptor())
        )
    places = {(p.file, p.row, p.column) for p in found}
    for table in schema.tables.values():
        rows = list(_rows(path.parent / table.path))
        own = [*form_problems(table, rows), *formula_problems(table, rows)]
        found.extend(p for p in own if (p.file, p.row, p.column) not in places)
    found.extend(_list_problems(schema, path.parent))
    return sorted(set(found))


def _structure(table: TableSchema, folder: Path) -> list[Problem]:
    """Why a file is not a comma-separated UTF-8 table with its header, where it is not."""
    path = folder / table.path
    wanted = f"the header {','.join(table.columns)}"
    if not path.is_file():
        action = "Restore it, or add it with its header row."
        return [Problem(table.path, 0, "", "no file", "a CSV file", action)]
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"a byte that is not UTF-8 (0x{raw[error.start]:02x})"
        action = "Save the file as CSV in UTF-8."
        return [Problem(table.path, line, "", found, "text in UTF-8", action)]
    if not text.strip():
        action = "Restore the file from version control."
        return [Problem(table.path, 0, "", "an empty file", wanted, action)]
    header = next(csv.reader(io.StringIO(text, newline="")))
    if tuple(header) == table.columns:
        return []
    if len(header) == 1 < len(table.columns):
        action = "Separate the cells by commas, and begin the file with the header row."
        return [Problem(table.path, 1, "", _shown(",".join(header)), wanted, action)]
    lacking = [
        Problem(table.path, 1, name, "no such column", wanted, "Add it, with a cell in every row.")
        for name in table.columns
        if name not in header
    ]
    unknown = [
        Problem(
            table.path, 1, "", f"{_shown(name)} as a column", wanted,
            "Remove it, correct its name, or describe it in datapackage.json.",
        )
        for name in dict.fromkeys(header)
        if name not in table.columns
    ]  # fmt: skip
    if lacking or unknown:
        return [*lacking, *unknown]
    found = "columns in another order, or one of them twice"
    return [Problem(table.path, 1, "", found, wanted, "Put the columns in this order.")]


def _shown(value: object) -> str:
    text = str(value)
    return "an empty cell" if text == "" else repr(text[:_MAX_SHOWN])


def is_echo(raw: dict[str, Any]) -> bool:
    """Whether an error says again that a row is blank or that its required key is empty."""
    return raw["type"] == "primary-key" and 'all "None"' in raw.get("note", "")


def problem_of(table: TableSchema, raw: dict[str, Any]) -> Problem:
    """One Frictionless error in the project's form: found, expected, where, what to do."""
    kind, note = raw["type"], raw.get("note", "")
    row = int(raw.get("rowNumber", 0))
    column = str(raw.get("fieldName", ""))
    cell = _shown(raw.get("cell", ""))
    place = (table.path, row, column)
    if kind == "constraint-error":
        return Problem(*place, cell, _constraint(table, column, note), "Correct the cell.")
    if kind == "type-error":
        kind_of = table.field(column).type
        wanted = _PLAIN[kind_of][1] if kind_of in _PLAIN else f"a value of type {kind_of}"
        return Problem(*place, cell, wanted, "Correct the cell.")
    if kind == "primary-key":
        cells = dict(zip(table.columns, raw.get("cells", []), strict=False))
        values = ", ".join(str(cells.get(k, "")) for k in table.primary_key)
        return Problem(
            table.path, row, " + ".join(table.primary_key),
            f"{_shown(values)}, {note.replace('the row at position', 'row')}",
            "a key that no other row has", "Change the id, or remove the row that says it twice.",
        )  # fmt: skip
    if kind == "foreign-key":
        own = " + ".join(raw.get("fieldNames", []))
        values = ", ".join(str(c) for c in raw.get("fieldCells", []))
        other = raw.get("referenceName", "")
        return Problem(
            table.path, row, own, _shown(values), f"a key that exists in {other}",
            f"Correct the id, or add its row to {other} first.",
        )  # fmt: skip
    if kind == "blank-row":
        return Problem(
            *place, "a blank row", f"{len(table.fields)} cells in every row", "Remove the row."
        )
    if kind in {"missing-cell", "extra-cell"}:
        named = "an extra cell" if kind == "extra-cell" else "no such cell"
        return Problem(
            *place, named, f"{len(table.fields)} cells in every row",
            "Count the commas; quote cells that hold one.",
        )  # fmt: skip
    return Problem(*place, note or raw.get("message", kind), "a readable UTF-8 CSV", "Mend it.")


def _constraint(table: TableSchema, column: str, note: str) -> str:
    field = table.field(column)
    if '"enum"' in note:
        return "one of " + ", ".join(field.labels)
    if '"required"' in note:
        return f"a value ({field.description.rstrip('.')})"
    match = re.fullmatch(r'constraint "(\w+)" is "(.*)"', note, re.DOTALL)
    if match is None:
        return note
    return f"{_BOUNDS.get(match[1], match[1])} {match[2]}"


def form_problems(
    table: TableSchema, rows: Iterable[tuple[int, Mapping[str, str]]]
) -> Iterator[Problem]:
    """Numbers, years, dates and truth values that are not written in the plain form.

    Args:
        table: The schema.
        rows: (number of the row, its cells by column).
    """
    forms = {f.name: _PLAIN[f.type] for f in table.fields if f.type in _PLAIN}
    days = [f.name for f in table.fields if f.type == "year" or f.name in _DAYS]
    for number, row in rows:
        for name, (form, wanted) in forms.items():
            cell = row.get(name) or ""
            if cell and not form.fullmatch(cell):
                yield Problem(table.path, number, name, _shown(cell), wanted, "Correct the cell.")
        for name in days:
            cell = row.get(name) or ""
            if cell and _DATE.fullmatch(cell) and not _is_day(cell):
                yield Problem(
                    table.path, number, name, _shown(cell),
                    f"a day, month or year that there is, from {_YEARS[0]} to {_YEARS[1]}",
                    "Correct the cell.",
                )  # fmt: skip


def _is_day(cell: str) -> bool:
    """Whether a date as precise as stated is one of the calendar, in a year that makes sense."""
    year, month, day = (int(p) for p in (*cell.split("-"), "1", "1")[:3])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return _YEARS[0] <= year <= _YEARS[1]


def formula_problems(
    table: TableSchema, rows: Iterable[tuple[int, Mapping[str, str]]]
) -> Iterator[Problem]:
    """Text that a spreadsheet would run as a formula: tables hold none, so they open safely.

    Args:
        table: The schema.
        rows: (number of the row, its cells by column).
    """
    texts = [f.name for f in table.fields if f.type not in _PLAIN]
    for number, row in rows:
        for name in texts:
            cell = row.get(name) or ""
            if runs(cell):
                yield Problem(
                    table.path, number, name, _shown(cell),
                    "text that a spreadsheet does not run: not beginning with =, +, -, @, a tab or "
                    "a line end (a number with its sign may stand alone)",
                    "Begin it with a letter or a digit, or leave the cell empty.",
                )  # fmt: skip


def _list_problems(schema: PackageSchema, folder: Path) -> Iterator[Problem]:
    """Ids in semicolon-separated cells that no row of the other table has."""
    for resource in schema.descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            target = field.get("listOf")
            if not target:
                continue
            other = schema.tables[target["resource"]]
            known = {row.get(target["field"]) for _, row in _rows(folder / other.path)}
            for number, row in _rows(folder / resource["path"]):
                for value in (row.get(field["name"]) or "").split(";"):
                    if value.strip() and value.strip() not in known:
                        yield Problem(
                            resource["path"], number, field["name"], _shown(value.strip()),
                            f"keys that exist in {other.name}, separated by semicolons",
                            f"Correct the id, or add its row to {other.name} first.",
                        )  # fmt: skip


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        yield from enumerate(csv.DictReader(handle), start=2)
