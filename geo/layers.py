"""Compact shapes for the browser: as few characters as the eye allows.

A map whose areas can be clicked carries its shapes in the message to the browser, on every rerun.
Here the coverage is simplified once more, rounded on a grid and given as plain numbers; shared
borders still coincide, because the whole coverage is simplified and rounded together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import coverage
from geo.boundaries_io import Kind, LevelName, load_boundaries

Point = tuple[float, float]
Ring = tuple[Point, ...]
METRES = "EPSG:27700"
LONLAT = "EPSG:4326"
# 800 m is below one pixel while England fills a screen; 3 decimals are about 70 m by 110 m.
COMPACT_TOLERANCE_M = 800.0
COMPACT_DECIMALS = 3
COMPACT_SMALLEST_KM2 = 3.0
# For a map that shows all of England and more in its message than shapes: a fifth smaller.
OVERVIEW_TOLERANCE_M = 1000.0
OVERVIEW_SMALLEST_KM2 = 5.0


@dataclass(frozen=True)
class CompactArea:
    """One area with rounded coordinates.

    Attributes:
        code: ICB code (E54... or icb26-...) or region code (E40...).
        name: Name of the ICB or region.
        polygons: Per part, its rings (the outline, then holes); a ring is closed and made of
            (longitude, latitude) in EPSG:4326. The largest part comes first.
    """

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]

    def geometry(self) -> dict[str, Any]:
        """Give the area as a GeoJSON geometry, for a GeoJsonLayer.

        Returns:
            A ``Polygon`` or ``MultiPolygon`` with lists as coordinates.
        """
        parts = [[[list(point) for point in ring] for ring in part] for part in self.polygons]
        if len(parts) == 1:
            return {"type": "Polygon", "coordinates": parts[0]}
        return {"type": "MultiPolygon", "coordinates": parts}

    def flat(self) -> list[list[float] | dict[str, list[float] | list[int]]]:
        """Give each part flat, for a PolygonLayer with ``positionFormat: "XY"``.

        Returns:
            Per part ``[x, y, x, y, ...]``, or, where it has holes, deck.gl's
            ``{"positions": [x, y, ...], "holeIndices": [index into positions, ...]}``.
        """
        parts: list[list[float] | dict[str, list[float] | list[int]]] = []
        for rings in self.polygons:
            positions = [value for ring in rings for point in ring for value in point]
            starts: list[int] = []
            count = 0
            for ring in rings[:-1]:
                count += 2 * len(ring)
                starts.append(count)
            parts.append({"positions": positions, "holeIndices": starts} if starts else positions)
        return parts


@lru_cache(maxsize=16)
def _icb_coverage(
    level: LevelName, decimals: int, tolerance_m: float, smallest_km2: float, vintage: str
) -> coverage.Geometries:
    """Simplify, thin out and round the ICBs of a level together; EPSG:4326."""
    frame = load_boundaries("icb", vintage, level)
    metric = coverage.as_array(list(frame.geometry.to_crs(METRES)))
    if tolerance_m > 0:
        metric = shapely.coverage_simplify(metric, tolerance_m)
    lonlat = gpd.GeoSeries(list(metric), crs=METRES).to_crs(LONLAT)
    rounded = coverage.round_coverage(coverage.as_array(list(lonlat)), decimals)
    if smallest_km2 > 0:
        metric = coverage.as_array(list(gpd.GeoSeries(list(rounded), crs=LONLAT).to_crs(METRES)))
        rounded = coverage.drop_islets(rounded, smallest_km2 * 1e6, metric)
    return rounded


@lru_cache(maxsize=16)
def compact_polygons(
    kind: Kind = "icb",
    level: LevelName = "coarse",
    *,
    decimals: int = COMPACT_DECIMALS,
    tolerance_m: float = COMPACT_TOLERANCE_M,
    smallest_km2: float = COMPACT_SMALLEST_KM2,
    vintage: str = "2023",
) -> tuple[CompactArea, ...]:
    """Give the areas in as few numbers as possible; cached.

    ICBs and regions made with the same arguments share their borders exactly.

    Args:
        kind: ``icb`` (42 or 36 areas) or ``region`` (7 areas).
        level: The embedded boundaries to start from.
        decimals: Decimal places of longitude and latitude.
        tolerance_m: Tolerance of a further simplification in metres; 0 for none.
        smallest_km2: Islands below this size go; 0 keeps all. An area never vanishes.
        vintage: Id of the vintage.

    Returns:
        The areas in EPSG:4326, sorted by code.

    Raises:
        GeoError: If the boundaries cannot be read or the coverage breaks (a tolerance or a
            rounding too coarse for them).
    """
    frame = load_boundaries("icb", vintage, level)
    areas = _icb_coverage(level, decimals, tolerance_m, smallest_km2, vintage)
    shapes: dict[str, BaseGeometry]
    if kind == "icb":
        names = dict(zip(frame["icb_code"], frame["name"], strict=True))
        shapes = dict(zip(frame["icb_code"], areas, strict=True))
    else:
        names = dict(zip(frame["region_code"], frame["region"], strict=True))
        shapes = coverage.dissolve(areas, frame["region_code"].tolist())
    return tuple(CompactArea(code, names[code], _polygons(shapes[code])) for code in sorted(shapes))


def _polygons(shape: BaseGeometry) -> tuple[tuple[Ring, ...], ...]:
    """Turn a geometry into rings of plain numbers, outlines anticlockwise, largest part first."""
    parts = shapely.get_parts(shapely.orient_polygons(shape, exterior_cw=False))
    ordered = sorted(parts, key=lambda part: (-part.area, part.wkt))
    return tuple(
        tuple(_ring(ring) for ring in (part.exterior, *part.interiors)) for part in ordered
    )


def _ring(ring: BaseGeometry) -> Ring:
    """Give the points of a ring without consecutive repeats."""
    points: list[Point] = []
    for x, y in shapely.get_coordinates(ring):
        point = (float(x), float(y))
        if not points or points[-1] != point:
            points.append(point)
    return tuple(points)


@lru_cache(maxsize=16)
def border_lines(
    kind: Kind = "region",
    level: LevelName = "coarse",
    *,
    decimals: int = COMPACT_DECIMALS,
    tolerance_m: float = COMPACT_TOLERANCE_M,
    smallest_km2: float = COMPACT_SMALLEST_KM2,
    vintage: str = "2023",
    coast: bool = True,
) -> tuple[Ring, ...]:
    """Give every border once, for a PathLayer over the areas; cached.

    Args:
        kind: Borders of ``icb`` or ``region`` areas.
        level: The embedded boundaries to start from.
        decimals: As for ``compact_polygons``; the same values give coinciding lines.
        tolerance_m: As for ``compact_polygons``.
        smallest_km2: As for ``compact_polygons``.
        vintage: Id of the vintage.
        coast: Whether the coast and the borders with Wales and Scotland are wanted too.

    Returns:
        Lines of (longitude, latitude) in EPSG:4326, in a fixed order.

    Raises:
        GeoError: As ``compact_polygons``.
    """
    frame = load_boundaries("icb", vintage, level)
    areas = _icb_coverage(level, decimals, tolerance_m, smallest_km2, vintage)
    if kind == "region":
        regions = coverage.dissolve(areas, frame["region_code"].tolist())
        areas = coverage.as_array(list(regions.values()))
    lines = shapely.union_all(shapely.boundary(areas))
    if not coast:
        lines = shapely.difference(lines, shapely.boundary(shapely.coverage_union_all(areas)))
    merged = shapely.normalize(shapely.line_merge(lines))
    return tuple(_ring(line) for line in shapely.get_parts(merged))


@lru_cache(maxsize=8)
def label_points(
    kind: Kind = "icb", level: LevelName = "coarse", vintage: str = "2023"
) -> dict[str, Point]:
    """Give a point inside each area where a label or a marker can stand; cached, do not change.

    It is the centre of the largest circle that fits, which keeps labels off narrow necks and
    islands.

    Args:
        kind: ``icb`` or ``region``.
        level: The boundaries to use.
        vintage: Id of the vintage.

    Returns:
        (longitude, latitude) in EPSG:4326, 4 decimals, by code, sorted by code.
    """
    frame = load_boundaries(kind, vintage, level)
    metric = coverage.as_array(list(frame.geometry.to_crs(METRES)))
    circles = shapely.maximum_inscribed_circle(metric, tolerance=100.0)
    centres = [shapely.Point(shapely.get_coordinates(circle)[0]) for circle in circles]
    lonlat = gpd.GeoSeries(centres, crs=METRES).to_crs(LONLAT)
    return {
        code: (round(point.x, 4), round(point.y, 4))
        for code, point in zip(frame[f"{kind}_code"], lonlat, strict=True)
    }


@lru_cache(maxsize=8)
def bounds_by_code(vintage: str = "2023") -> dict[str, tuple[float, float, float, float]]:
    """Give the bounding box of every ICB and region; cached, do not change.

    Args:
        vintage: Id of the vintage.

    Returns:
        (west, south, east, north) in degrees, EPSG:4326, by ICB and region code.
    """
    boxes: dict[str, tuple[float, float, float, float]] = {}
    kinds: Sequence[Kind] = ("icb", "region")
    for kind in kinds:
        frame = load_boundaries(kind, vintage, "coarse")
        for code, box in zip(frame[f"{kind}_code"], frame.geometry.bounds.to_numpy(), strict=True):
            boxes[code] = (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
    return boxes
