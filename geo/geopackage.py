"""Layers and tables in one GeoPackage file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

# GeoPackage is SQLite: the moment of writing would otherwise be in the bytes.
_CLOCK = "OGR_CURRENT_DATE"


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
    """Write layers and plain tables into one GeoPackage.

    Args:
        layers: Name -> GeoDataFrame (a layer, in its own CRS) or DataFrame (a table).
        metadata: Words for the whole file (GeoPackage metadata): title, attribution and so on.
        taken_on: YYYY-MM-DD, written as the date of change, so that equal input gives equal bytes.

    Returns:
        The file.
    """
    pyogrio.set_gdal_config_options({_CLOCK: f"{taken_on}T00:00:00.000Z"})
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "atlas.gpkg"
            for number, (name, frame) in enumerate(layers.items()):
                plain = _plain(frame)
                if isinstance(frame, gpd.GeoDataFrame):
                    plain = gpd.GeoDataFrame(plain, geometry="geometry", crs=frame.crs)
                pyogrio.write_dataframe(
                    plain,
                    path,
                    layer=name,
                    driver="GPKG",
                    append=number > 0,
                    dataset_metadata=dict(metadata) if number == 0 else None,
                )
            return path.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({_CLOCK: None})
