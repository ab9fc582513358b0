"""Find the ICB at a point, for checking where trusts are."""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import shapely

from geo import coverage
from geo.boundaries_io import load_boundaries

METRES = "EPSG:27700"
# Simplification may move the coast and fill or open a creek by this much.
NEAREST_WITHIN_M = 2000.0


@lru_cache(maxsize=4)
def _tree(vintage: str) -> tuple[shapely.STRtree, list[str]]:
    """Index of the fine ICBs in EPSG:27700, with their codes."""
    frame = load_boundaries("icb", vintage, "fine")
    areas = coverage.as_array(list(frame.geometry.to_crs(METRES)))
    return shapely.STRtree(areas), frame["icb_code"].tolist()


def icb_at(lon: float, lat: float, vintage: str = "2023") -> str | None:
    """Find the ICB that a point lies in.

    Args:
        lon: Longitude in degrees, EPSG:4326.
        lat: Latitude in degrees, EPSG:4326.
        vintage: Id of the vintage.

    Returns:
        The ICB code (of 2026: the area id). A point outside all of them (on a quay that
        simplification cut off, or in a creek) gets the nearest within 2 km; farther away, None.
        On a border the lower code wins. Within some 200 m of a border the answer may be the
        neighbour.

    Raises:
        GeoError: If the boundaries cannot be read.
    """
    tree, codes = _tree(vintage)
    point = gpd.GeoSeries([shapely.Point(lon, lat)], crs="EPSG:4326").to_crs(METRES).iloc[0]
    if point.is_empty or not shapely.is_valid(point):
        return None
    inside = tree.query(point, predicate="intersects")
    if len(inside):
        return min(codes[i] for i in inside)
    nearest = tree.query_nearest(point, max_distance=NEAREST_WITHIN_M)
    return min((codes[i] for i in nearest), default=None)
