"""Loads all tables once into one validated catalogue that every session shares."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from data.problems import DataError, Problem
from data.schema import PACKAGE_PATH, PackageSchema, TableSchema, read_schema
from data.selection import NOT_PUBLISHED, vocabulary
from data.validate import validate_package

OWN_TIER = "own_file"
"""The tier of a source that is a reader's own file; no curated source has it."""
OWN_TITLE = "Your own file: "
"""What the title of such a source begins with; the name of the file follows."""


# Compared and hashed by identity: it is a key of the caches, and no two are alike.
@dataclass(frozen=True, eq=False)
class Catalogue:
    """All tables of the Atlas; nothing changes it after loading.

    Attributes:
        schema: The schema that the tables were checked against.
        frames: Table name -> frame; use :meth:`table`, which hands out protected copies.
        own: Table name -> keys (values of its primary key) of rows that a reader brought; empty
            in the catalogue that all sessions share.
        curated: The tables without those rows, where there are any: the shared catalogue.
    """

    schema: PackageSchema
    frames: Mapping[str, pd.DataFrame] = field(repr=False)
    own: Mapping[str, frozenset[tuple[str, ...]]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    curated: Catalogue | None = field(default=None, repr=False)

    @cached_property
    def own_sources(self) -> frozenset[str]:
        """Ids of the sources that a reader brought, and of those that stand for the files."""
        return frozenset(key[0] for key in self.own.get("sources", ()))

    def table(self, name: str) -> pd.DataFrame:
        """A table as a frame with the columns of its schema, in file order.

        The copy is shallow: pandas copies on write, so a caller cannot change the catalogue.

        Raises:
            KeyError: There is no such table.
        """
        if name not in self.frames:
            raise KeyError(f"no table {name!r}; the tables are {', '.join(self.frames)}")
        return self.frames[name].copy(deep=False)

    def row(self, name: str, key: str) -> pd.Series:
        """The row of a table whose (single-column) primary key is ``key``.

        Raises:
            KeyError: There is no such row.
        """
        column = self.schema.tables[name].primary_key[0]
        frame = self.frames[name]
        hits = frame[frame[column] == key]
        if hits.empty:
            raise KeyError(f"table {name} has no row with {column} {key!r}")
        return hits.iloc[0]

    def label(self, table: str, column: str, value: object) -> str:
        """The label of a value of a closed vocabulary; "Not published" for an empty cell."""
        return self.schema.label(table, column, value)

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """Region code -> name, in the order of the hexagon map from north to south."""
        icbs = self.frames["icbs"].sort_values(["hex_row", "hex_col"])
        pairs = icbs[["region_code", "region"]].drop_duplicates("region_code")
        return MappingProxyType(dict(pairs.itertuples(index=False, name=None)))

    @cached_property
    def icb_names(self) -> Mapping[str, str]:
        """ICB code -> short name, by name."""
        icbs = self.frames["icbs"].sort_values("short_name")
        names = icbs[["icb_code", "short_name"]].itertuples(index=False, name=None)
        return MappingProxyType(dict(names))

    @cached_property
    def area_names(self) -> Mapping[str, str]:
        """ICB code of April 2023, then area of April 2026 that is new, -> short name."""
        newer = self.frames["icbs_2026"].sort_values("short_name")
        pairs = newer[["area_id", "short_name"]].itertuples(index=False, name=None)
        later = {code: name for code, name in pairs if code not in self.icb_names}
        return MappingProxyType({**self.icb_names, **later})

    @cached_property
    def collaborative_names(self) -> Mapping[str, str]:
        """Collaborative id -> short name, by name."""
        frame = self.frames["collaboratives"].sort_values("short_name")
        names = frame[["collaborative_id", "short_name"]].itertuples(index=False, name=None)
        return MappingProxyType(dict(names))

    @cached_property
    def organisation_names(self) -> Mapping[str, str]:
        """Organisation id -> name, by name."""
        frame = self.frames["organisations"].sort_values("name")
        names = frame[["organisation_id", "name"]].itertuples(index=False, name=None)
        return MappingProxyType(dict(names))

    @cached_property
    def known_values(self) -> Mapping[str, tuple[str, ...]]:
        """Dimension of a selection -> every value that it can take."""
        known = vocabulary(self.schema)
        if not self.own:
            known["tier"] = tuple(t for t in known["tier"] if t != OWN_TIER)
        known["region"] = tuple(self.regions)
        known["icb"] = tuple(self.area_names)
        known["collaborative"] = tuple(self.collaborative_names)
        known["organisation"] = tuple(self.organisation_names)
        years = self.frames["collaboratives"]["formed_year"].dropna().unique()
        known["formed"] = (*(str(y) for y in sorted(years)), NOT_PUBLISHED)
        known["wave"] = tuple(self.frames["survey_waves"]["wave_id"])
        known["vintage"] = ("2023", "2026")
        return MappingProxyType(known)


def _read_table(table: TableSchema, folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(
        folder / table.path,
        dtype={f.name: f.dtype for f in table.fields if f.dtype != "boolean"},
        keep_default_na=False,
        na_values={f.name: [""] for f in table.fields},
        encoding="utf-8",
    )
    for column in table.fields:
        if column.dtype == "boolean":
            truth = frame[column.name].map({True: True, False: False, "true": True, "false": False})
            frame[column.name] = truth.astype("boolean")
    return frame[list(table.columns)]


def load_catalogue(path: Path = PACKAGE_PATH) -> Catalogue:
    """Validate and load the tables of a data package.

    Args:
        path: Its descriptor.

    Returns:
        The catalogue; cells that are empty in a file are missing values (``pd.NA``).

    Raises:
        DataError: Any table breaks the schema; carries every problem.
    """
    problems = validate_package(path)
    if problems:
        raise DataError(problems)
    schema = read_schema(path)
    frames = {name: _read_table(table, path.parent) for name, table in schema.tables.items()}
    return Catalogue(schema, MappingProxyType(frames))


class CatalogueStore:
    """Keeps the last good catalogue while someone edits the tables.

    Args:
        path: The descriptor of the data package.
        every_s: Seconds for which the files are taken to be unchanged.
    """

    def __init__(self, path: Path = PACKAGE_PATH, every_s: float = 1.0) -> None:
        self._path = path
        self._every_s = every_s
        self._lock = threading.Lock()
        self._checked = 0.0
        self._signature: tuple[tuple[str, int, int], ...] = ()
        self._catalogue: Catalogue | None = None
        self._problems: tuple[Problem, ...] = ()

    def get(self) -> tuple[Catalogue, tuple[Problem, ...]]:
        """The catalogue, read again if a file has changed since the last call.

        Returns:
            The newest valid catalogue, and the problems of newer files that are not valid
            (empty when the catalogue is what the files hold).

        Raises:
            DataError: The files are not valid and never were in this process.
        """
        with self._lock:
            # Many sessions ask many times a second; a person edits a file less often.
            now = time.monotonic()
            if self._catalogue is not None and now - self._checked < self._every_s:
                return self._catalogue, self._problems
            self._checked = now
            signature = self._read_signature()
            if signature != self._signature:
                try:
                    self._catalogue, self._problems = load_catalogue(self._path), ()
                except DataError as error:
                    self._problems = error.problems
                self._signature = signature
            if self._catalogue is None:
                raise DataError(self._problems)
            return self._catalogue, self._problems

    def _read_signature(self) -> tuple[tuple[str, int, int], ...]:
        files = [self._path, *sorted((self._path.parent / "tables").glob("*.csv"))]
        stats = [(f.name, f.stat()) for f in files if f.exists()]
        return tuple((name, s.st_mtime_ns, s.st_size) for name, s in stats)
