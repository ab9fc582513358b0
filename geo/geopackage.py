"""Layers and tables in one GeoPackage file."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Mapping
from contextlib import closing

import geopandas as gpd
import pandas as pd
import pyogrio

# Where GDAL writes the moment of writing. Its own clock can be set for the whole process only, and
# other threads write too; so the moment is replaced in the file.
_MOMENTS = (("gpkg_contents", "last_change"), ("gpkg_metadata_reference", "timestamp"))

_COUNTERS = (slice(24, 28), slice(92, 96))
"""Where the head of an SQLite file counts its changes, and says at which count it was written."""


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Extension types as GDAL takes them: text and numbers, missing values kept."""
    made = frame.reset_index(drop=True).copy()
    for column in made.columns:
        if column == "geometry" or pd.api.types.is_bool_dtype(made[column]):
            continue
        if pd.api.types.is_numeric_dtype(made[column]):
            whole = pd.api.types.is_integer_dtype(made[column]) and not made[column].isna().any()
            made[column] = made[column].astype("int64" if whole else "float64")
        else:
            made[column] = made[column].astype(object).where(made[column].notna(), None)
    return made


def to_geopackage(
    layers: Mapping[str, pd.DataFrame], metadata: Mapping[str, str], taken_on: str
) -> bytes:
    """Write layers and plain tables into one GeoPackage, in memory only.

    GDAL adds a layer to files alone, and what a reader brought must never be on the disk. So each
    layer is made by itself and moved into the first one; a GeoPackage is an SQLite database.

    Args:
        layers: Name -> GeoDataFrame (a layer, in its own CRS) or DataFrame (a table).
        metadata: Words for the whole file (GeoPackage metadata): title, attribution and so on.
        taken_on: YYYY-MM-DD, written as the date of change, so that equal input gives equal bytes.

    Returns:
        The file.

    Raises:
        ValueError: There is no layer.
    """
    made: sqlite3.Connection | None = None
    for name, frame in layers.items():
        one = _layer(name, frame, metadata if made is None else None)
        if made is None:
            made = _opened(one)
        else:
            _add(made, name, one)
    if made is None:
        raise ValueError("expected at least one layer, found none")
    with closing(made):
        for table, column in _MOMENTS:
            if _has(made, table):
                made.execute(f"update {table} set {column} = ?", (f"{taken_on}T00:00:00.000Z",))
        made.commit()
        data = bytearray(made.serialize())
    # GDAL commits once more where its clock has moved on between two layers.
    for place in _COUNTERS:
        data[place] = (1).to_bytes(4, "big")
    return bytes(data)


def _has(base: sqlite3.Connection, table: str) -> bool:
    asked = base.execute("select 1 from sqlite_master where name = ?", (table,))
    return asked.fetchone() is not None


def _opened(data: bytes) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    return base


def _layer(name: str, frame: pd.DataFrame, metadata: Mapping[str, str] | None) -> bytes:
    """A GeoPackage of one layer, in memory."""
    plain = _plain(frame)
    options: dict[str, str] = {}
    if isinstance(frame, gpd.GeoDataFrame):
        plain = gpd.GeoDataFrame(plain, geometry="geometry", crs=frame.crs)
        # The index of a layer that is moved would stay behind; only the first has one.
        options = {} if metadata is not None else {"SPATIAL_INDEX": "NO"}
    sink = io.BytesIO()
    pyogrio.write_dataframe(
        plain, sink, layer=name, driver="GPKG", layer_options=options,
        dataset_metadata=dict(metadata) if metadata is not None else None,
    )  # fmt: skip
    return sink.getvalue()


def _add(base: sqlite3.Connection, name: str, data: bytes) -> None:
    """Move the one layer of a GeoPackage into another: its table, and what describes it."""
    with closing(_opened(data)) as other:
        (create,) = other.execute(
            "select sql from sqlite_master where type = 'table' and name = ?", (name,)
        ).fetchone()
        base.execute(create)
        _copy(other, base, name, f'select * from "{name}"')
        for table in ("gpkg_contents", "gpkg_geometry_columns"):
            if _has(other, table):
                _copy(other, base, table, f"select * from {table}")
    base.commit()


def _copy(other: sqlite3.Connection, base: sqlite3.Connection, table: str, ask: str) -> None:
    rows = other.execute(ask)
    marks = ", ".join("?" for _ in rows.description)
    base.executemany(f'insert into "{table}" values ({marks})', rows)
