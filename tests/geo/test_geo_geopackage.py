"""GeoPackages: the same rows give the same bytes, without a clock that other threads see."""

import sqlite3

import geopandas as gpd
import pandas as pd
import pytest
from pyogrio import get_gdal_config_option
from shapely.geometry import Point

from geo.geopackage import to_geopackage


def test_the_moment_of_writing_is_not_in_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    def set_for_all(options: object) -> None:
        raise AssertionError(f"{options} set for the whole process")

    monkeypatch.setattr("pyogrio.set_gdal_config_options", set_for_all)
    places = gpd.GeoDataFrame({"name": ["A"]}, geometry=[Point(-1.4, 50.9)], crs=4326)
    layers = {"areas": places, "notes": pd.DataFrame({"note": ["b"]})}
    first, second = (to_geopackage(layers, {"title": "T"}, "2026-11-24") for _ in range(2))
    assert first == second
    with sqlite3.connect(":memory:") as base:
        base.deserialize(first)
        moments = base.execute("select distinct last_change from gpkg_contents").fetchall()
    assert moments == [("2026-11-24T00:00:00.000Z",)]
    assert get_gdal_config_option("OGR_CURRENT_DATE") is None
