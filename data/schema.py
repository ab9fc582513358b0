"""The schema of the tables, read from ``datapackage.json`` and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.problems import DataError, Problem

PACKAGE_PATH = Path(__file__).parent / "datapackage.json"

# Nullable pandas types: an empty cell stays "not stated" and never turns into 0 or False.
_DTYPES = {
    "string": "string",
    "date": "string",
    "integer": "Int64",
    "year": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}


@dataclass(frozen=True)
class Field:
    """One column of a table.

    Attributes:
        name: Column name.
        title: Heading for people.
        description: What the column holds.
        type: Frictionless type.
        unit: Unit in words, or ``None``.
        required: Whether every row must have a value.
        labels: For a closed vocabulary: value -> label, in order; else empty.
    """

    name: str
    title: str
    description: str
    type: str
    unit: str | None
    required: bool
    labels: Mapping[str, str]

    @property
    def dtype(self) -> str:
        """The nullable pandas type of the column."""
        return _DTYPES[self.type]


@dataclass(frozen=True)
class TableSchema:
    """One table.

    Attributes:
        name: Table name.
        path: File below the package folder.
        title: Heading for people.
        description: What one row is.
        fields: Columns in order.
        primary_key: Names of the key columns.
        foreign_keys: (own columns, other table, its columns).
    """

    name: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]

    def field(self, name: str) -> Field:
        """The column called ``name``.

        Raises:
            KeyError: There is no such column.
        """
        for field in self.fields:
            if field.name == name:
                return field
        known = ", ".join(f.name for f in self.fields)
        raise KeyError(f"table {self.name} has no column {name!r}; its columns are {known}")

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(f.name for f in self.fields)


@dataclass(frozen=True)
class PackageSchema:
    """The whole data package.

    Attributes:
        path: The descriptor file.
        version: Version of the tables.
        tables: Table name -> schema, in the order of the descriptor.
        descriptor: The descriptor as read, for the library that validates.
    """

    path: Path
    version: str
    tables: Mapping[str, TableSchema]
    descriptor: Mapping[str, Any]

    def labels(self, table: str, column: str) -> Mapping[str, str]:
        """The closed vocabulary of a column: value -> label."""
        return self.tables[table].field(column).labels

    def label(self, table: str, column: str, value: object) -> str:
        """The label of one value; "Not published" for an empty cell."""
        if not isinstance(value, str) or value == "":
            return "Not published"
        return self.labels(table, column).get(value, value)


def _as_tuple(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _field(raw: Mapping[str, Any]) -> Field:
    return Field(
        name=raw["name"],
        title=raw["title"],
        description=raw["description"],
        type=raw["type"],
        unit=raw.get("unit"),
        required=bool(raw.get("constraints", {}).get("required", False)),
        labels=MappingProxyType(dict(raw.get("enumLabels", {}))),
    )


def _table(raw: Mapping[str, Any]) -> TableSchema:
    schema = raw["schema"]
    return TableSchema(
        name=raw["name"],
        path=raw["path"],
        title=raw["title"],
        description=raw["description"],
        fields=tuple(_field(f) for f in schema["fields"]),
        primary_key=_as_tuple(schema["primaryKey"]),
        foreign_keys=tuple(
            (
                _as_tuple(k["fields"]),
                k["reference"]["resource"],
                _as_tuple(k["reference"]["fields"]),
            )
            for k in schema.get("foreignKeys", [])
        ),
    )


def read_schema(path: Path = PACKAGE_PATH) -> PackageSchema:
    """Read a data package descriptor.

    Args:
        path: A ``datapackage.json``.

    Returns:
        The schema of every table in it.

    Raises:
        DataError: The file is missing, is not JSON or lacks a required part.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        tables = {t["name"]: _table(t) for t in raw["resources"]}
    except FileNotFoundError as error:
        raise _unreadable(path, "no such file", "Restore it from version control.") from error
    except json.JSONDecodeError as error:
        found = f"text that is not JSON ({error.msg}, line {error.lineno})"
        raise _unreadable(path, found, "Mend the JSON at that line.") from error
    except (IsADirectoryError, PermissionError) as error:
        found = error.strerror.lower() if error.strerror else "no readable file"
        raise _unreadable(path, found, "Name the datapackage.json itself.") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "text that is not UTF-8", "Save the file as UTF-8.") from error
    except KeyError as error:
        found = f"a part without {error.args[0]!r}"
        raise _unreadable(path, found, "Add it; see the neighbouring entries.") from error
    except (TypeError, AttributeError) as error:
        found = f"parts of another shape ({error})"
        raise _unreadable(path, found, "Give it tables under “resources”.") from error
    return PackageSchema(path, str(raw.get("version", "")), MappingProxyType(tables), raw)


def _unreadable(path: Path, found: str, action: str) -> DataError:
    return DataError([Problem(path.name, 0, "", found, "a data package descriptor", action)])


@lru_cache(maxsize=1)
def package_schema() -> PackageSchema:
    """The schema of the Atlas's own tables, read once per process."""
    return read_schema()
