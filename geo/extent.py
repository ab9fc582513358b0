"""Whether coordinates lie in England, read as their file declares them."""

from __future__ import annotations

import geopandas as gpd

from geo.errors import GeoError

# Areas are measured on the British National Grid, in metres.
GRID = "EPSG:27700"
LONLAT = "EPSG:4326"
# England lies inside this (west, south, east, north in degrees), the Isles of Scilly included.
ENGLAND = (-7.0, 49.5, 2.5, 56.5)


def check_crs(frame: gpd.GeoDataFrame, label: str) -> None:
    """Make sure that boundaries say in which reference system their coordinates are.

    Args:
        frame: What was read.
        label: What it was read from, for the message.

    Raises:
        GeoError: If they do not.
    """
    if frame.crs is None:
        raise GeoError(
            f"Expected a declared coordinate reference system in {label}, found none. Write it "
            "into the file (for example EPSG:4326 or EPSG:27700)."
        )


def check_extent(frame: gpd.GeoDataFrame, label: str) -> None:
    """Make sure that the coordinates lie in England when read in the declared CRS.

    Args:
        frame: Boundaries with a declared CRS.
        label: What they were read from, for the message.

    Raises:
        GeoError: If they lie elsewhere.
    """
    west, south, east, north = (float(edge) for edge in frame.total_bounds)
    inside = False
    if not frame.crs.is_geographic or (abs(west) <= 180 and abs(north) <= 90):
        bounds = frame.to_crs(LONLAT).total_bounds
        inside = bool(
            ENGLAND[0] <= bounds[0] <= bounds[2] <= ENGLAND[2]
            and ENGLAND[1] <= bounds[1] <= bounds[3] <= ENGLAND[3]
        )
    if not inside:
        raise GeoError(
            f"Expected coordinates in England for the declared CRS ({frame.crs.to_string()}) of "
            f"{label}, found x {west:.3f} to {east:.3f}, y {south:.3f} to {north:.3f}. Declare the "
            "CRS that the coordinates are in (metres are EPSG:27700, degrees EPSG:4326), or use "
            "boundaries of England."
        )
