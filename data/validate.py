"""Checks tables against ``datapackage.json`` with the Frictionless library."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.problems import Problem
from data.schema import PACKAGE_PATH, PackageSchema, TableSchema, read_schema

_MAX_SHOWN = 60


def validate_package(path: Path = PACKAGE_PATH) -> list[Problem]:
    """Check every table of a data package.

    Types, required cells, keys, foreign keys, enumerations, patterns and ranges are checked by
    Frictionless from the descriptor. Columns that hold several ids in one cell (``listOf`` in the
    descriptor) are checked here, because the Table Schema has no word for them.

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
    missing = [t for t in schema.tables.values() if not (path.parent / t.path).is_file()]
    if missing:
        return [_missing(t) for t in missing]
    try:
        report = Package(str(path)).validate()
    except FrictionlessException as error:
        note = "; ".join(e.note for e in (error.reasons or [error.error]))
        return [Problem(path.name, 0, "", note, "a valid descriptor", "Mend the descriptor.")]
    found: list[Problem] = []
    by_path = {t.path: t for t in schema.tables.values()}
    for task in report.tasks:
        table = by_path[Path(task.place).as_posix()]
        found.extend(_problem(table, error.to_descriptor()) for error in task.errors)
    found.extend(_list_problems(schema, path.parent))
    return sorted(set(found))


def _missing(table: TableSchema) -> Problem:
    return Problem(
        table.path, 0, "", "no file", "a CSV file", "Restore it, or add it with its header row."
    )


def _shown(value: object) -> str:
    text = str(value)
    return "an empty cell" if text == "" else repr(text[:_MAX_SHOWN])


def _problem(table: TableSchema, raw: dict[str, Any]) -> Problem:
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
        return Problem(*place, cell, f"a value of type {kind_of}", "Correct the cell.")
    if kind == "primary-key":
        key = " + ".join(table.primary_key)
        return Problem(
            table.path, row, key, f"a key {note}", "a key that no other row has",
            "Change the id, or remove the row that says it twice.",
        )  # fmt: skip
    if kind == "foreign-key":
        own = " + ".join(raw.get("fieldNames", []))
        values = ", ".join(str(c) for c in raw.get("fieldCells", []))
        other = raw.get("referenceName", "")
        return Problem(
            table.path, row, own, _shown(values), f"a key that exists in {other}",
            f"Correct the id, or add its row to {other} first.",
        )  # fmt: skip
    if kind in {"missing-cell", "extra-cell", "blank-row"}:
        return Problem(
            *place, raw.get("title", kind).lower(), f"{len(table.fields)} cells in every row",
            "Count the commas; quote cells that hold one.",
        )  # fmt: skip
    if "label" in kind or "header" in kind:
        wanted = ",".join(table.columns)
        return Problem(
            table.path, 1, column, _shown(raw.get("label", note)), f"the header {wanted}",
            "Restore the header row.",
        )  # fmt: skip
    return Problem(*place, note or raw.get("message", kind), "a readable UTF-8 CSV", "Mend it.")


def _constraint(table: TableSchema, column: str, note: str) -> str:
    field = table.field(column)
    if '"enum"' in note:
        return "one of " + ", ".join(field.labels)
    if '"required"' in note:
        return f"a value ({field.description.rstrip('.')})"
    return note.removeprefix("constraint ").replace('"', "")


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
    with path.open(encoding="utf-8", newline="") as handle:
        yield from enumerate(csv.DictReader(handle), start=2)
