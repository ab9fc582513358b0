"""Hatching and dots inside an area, as plain lines and points.

A pattern drawn as geometry is there with the shapes themselves; a pattern taken from a picture is
not, until the picture has come, and a browser draws nothing inside an area that waits for one.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Segment = list[list[float]]
DECIMALS = 3
# However closely a view looks: as many strokes across one area, and no more.
MOST_STROKES = 26
_SHORTEST = 0.15


def _flattened(geometry: str, hollow: float) -> tuple[BaseGeometry, float]:
    """A shape stretched so that a degree is as long either way, and by how much."""
    area = shape(json.loads(geometry))
    stretch = 1 / math.cos(math.radians(area.centroid.y))
    area = shapely.transform(area, lambda xy: xy * [1, stretch])
    return area.difference(scale(area, hollow, hollow)) if hollow else area, stretch


def _step(area: BaseGeometry, spacing: float) -> float:
    west, south, east, north = area.bounds
    wide, high = east - west, north - south
    return max(min(spacing, wide / 2, high / 2), (wide + high) / MOST_STROKES)


@lru_cache(maxsize=2000)
def strokes(geometry: str, spacing: float, hollow: float = 0.0) -> tuple[Segment, ...]:
    """Lines from lower left to upper right across an area.

    Args:
        geometry: A GeoJSON polygon or multipolygon as text, longitude and latitude.
        spacing: Degrees of longitude from one line to the next; more where an area would take more
            than ``MOST_STROKES``.
        hollow: Share of the area's width and height that is left free in its middle.

    Returns:
        Lines of two points (longitude, latitude), 3 decimals; at least one.
    """
    area, stretch = _flattened(geometry, hollow)
    west, south, east, north = area.bounds
    step = _step(area, spacing)
    # On whole steps, so that the strokes of neighbours run on into one another.
    starts = np.arange(math.floor((south - east) / step), math.ceil((north - west) / step) + 1)
    lines = shapely.linestrings(
        [[(south - c, south), (north - c, north)] for c in (starts * step).tolist()]
    )
    cut = shapely.get_parts(shapely.intersection(lines, area))
    kept = cut[shapely.length(cut) > step * _SHORTEST]
    ends = shapely.get_coordinates(kept if len(kept) else cut[:1]).reshape(-1, 2, 2)
    ends = (ends / [1, stretch]).round(DECIMALS)
    return tuple(ends.tolist())


@lru_cache(maxsize=2000)
def specks(geometry: str, spacing: float, hollow: float = 0.0) -> tuple[list[float], ...]:
    """Points in a grid of lozenges inside an area.

    Args:
        geometry: A GeoJSON polygon or multipolygon as text, longitude and latitude.
        spacing: Degrees of longitude from one point to the next in its row.
        hollow: As for ``strokes``.

    Returns:
        Points (longitude, latitude), 3 decimals; at least one.
    """
    area, stretch = _flattened(geometry, hollow)
    west, south, east, north = area.bounds
    step = _step(area, spacing)
    columns = np.arange(math.floor(2 * west / step), math.ceil(2 * east / step) + 1)
    rows = np.arange(math.floor(2 * south / step), math.ceil(2 * north / step) + 1)
    x, y = (g.ravel() for g in np.meshgrid(columns, rows))
    x, y = x[(x + y) % 2 == 0] * step / 2, y[(x + y) % 2 == 0] * step / 2
    inside = shapely.contains_xy(area, x, y)
    points = np.column_stack([x[inside], y[inside]])
    if not len(points):
        points = shapely.get_coordinates(shapely.point_on_surface(area))
    return tuple((points / [1, stretch]).round(DECIMALS).tolist())
