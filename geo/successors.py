"""The areas of April 2026, put together from those of April 2023 without moving a border.

Where a whole ICB was merged, its finished (simplified and rounded) area is taken as it is. Where
one was split, its finished area is cut along the border that the LSOAs give; the cut ends on
corners that the area already has. So every border of 2023 that still exists in 2026 is the same
line, corner by corner, and the 36 areas leave no gap between them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import coverage
from geo.boundaries_io import BOUNDARIES
from geo.errors import GeoError

METRES = "EPSG:27700"
LONLAT = "EPSG:4326"
ALL = "all"
METHOD = (
    "That gives the areas of April 2023. For April 2026 those ICBs that were merged are dissolved "
    "as they are; the three that were split (E54000023, E54000025, E54000034) are cut along the "
    "border between their LSOAs, by local authority as icb_2026_parts.csv lists them, simplified "
    "by tolerance_m, its ends on corners that the area already has. So every other border is "
    "exactly that of April 2023, and the NHS regions are the same."
)

Point = tuple[float, float]


@dataclass(frozen=True)
class Part:
    """One row of ``icb_2026_parts.csv``: what of an ICB of 2023 went into an area of 2026.

    Attributes:
        icb_code: ICB code of April 2023.
        authorities: Names of the local authorities of 2011 (as LSOA names of 2011 carry them)
            whose LSOAs within the ICB went there; empty: the whole ICB.
        area_id: The area of April 2026.
    """

    icb_code: str
    authorities: tuple[str, ...]
    area_id: str


def read_parts(path: Path | None = None) -> tuple[Part, ...]:
    """Read which parts of the ICBs of 2023 make up the areas of 2026.

    Args:
        path: A CSV with columns icb_code, authorities (``all``, or names separated by
            semicolons), area_id; by default the embedded one.

    Returns:
        The rows, in the order of the file.

    Raises:
        GeoError: If the file does not exist or a cell is empty, or if an ICB is listed whole
            beside other rows.
    """
    path = path or BOUNDARIES / "icb_2026_parts.csv"
    if not path.is_file():
        raise GeoError(f"Expected the parts of the areas of 2026 in {path.name}, found no file.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = ("icb_code", "authorities", "area_id")
    if not rows or any(not row.get(column) for row in rows for column in wanted):
        raise GeoError(
            f"Expected columns {', '.join(wanted)} without empty cells in {path.name}, found "
            f"{', '.join(rows[0]) if rows else 'no rows'}."
        )
    parts = []
    for row in rows:
        names = [name.strip() for name in row["authorities"].split(";")]
        parts.append(Part(row["icb_code"], () if names == [ALL] else tuple(names), row["area_id"]))
    codes = [part.icb_code for part in parts]
    for part in parts:
        if not part.authorities and codes.count(part.icb_code) > 1:
            raise GeoError(
                f"Expected {part.icb_code} once in {path.name} because a row gives it whole, "
                f"found {codes.count(part.icb_code)} rows. Name the local authorities in each."
            )
    return tuple(parts)


def pieces_of(lsoas: gpd.GeoDataFrame, parts: Sequence[Part]) -> dict[str, dict[str, BaseGeometry]]:
    """Dissolve the LSOAs of every ICB that was split into its pieces.

    Args:
        lsoas: Columns zone (ICB of 2023), authority (local authority of 2011) and geometry, a
            clean coverage in EPSG:27700 (metres).
        parts: What went where.

    Returns:
        ICB code of 2023 -> area of 2026 -> piece, unsimplified, in EPSG:27700.

    Raises:
        GeoError: If an LSOA of a split ICB went nowhere or to two areas, or a local authority
            that a part names has no LSOA in the ICB.
    """
    found: dict[str, dict[str, BaseGeometry]] = {}
    for code in sorted({part.icb_code for part in parts if part.authorities}):
        own = [part for part in parts if part.icb_code == code]
        named = [name for part in own for name in part.authorities]
        target = {name: part.area_id for part in own for name in part.authorities}
        inside = lsoas[lsoas["zone"] == code]
        authorities = set(inside["authority"])
        if authorities != set(named) or len(named) != len(target):
            twice = sorted({name for name in named if named.count(name) > 1})
            raise GeoError(
                f"Expected each local authority of {code} in one row of icb_2026_parts.csv, found "
                f"without a row: {sorted(authorities - set(named))}, without an LSOA in the ICB: "
                f"{sorted(set(named) - authorities)}, in two rows: {twice}. Correct the rows."
            )
        areas = coverage.as_array(list(inside.geometry))
        found[code] = coverage.dissolve(areas, [target[name] for name in inside["authority"]])
    return found


def _borders(
    pieces: Sequence[BaseGeometry], tolerance_m: float, decimals: int
) -> list[list[Point]]:
    """Borders between pieces, simplified, as rounded points in longitude and latitude."""
    simple = shapely.coverage_simplify(coverage.as_array(list(pieces)), tolerance_m)
    edges = shapely.boundary(simple)
    lines: list[BaseGeometry] = []
    for i in range(len(edges)):
        for j in range(i):
            shared = shapely.line_merge(shapely.intersection(edges[i], edges[j]))
            lines += [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
    lonlat = gpd.GeoSeries(lines, crs=METRES).to_crs(LONLAT)
    borders = []
    for line in lonlat:
        points: list[Point] = []
        for x, y in np.round(shapely.get_coordinates(line), decimals) + 0.0:
            if not points or points[-1] != (float(x), float(y)):
                points.append((float(x), float(y)))
        borders.append(points)
    return borders


def _attached(points: list[Point], whole: BaseGeometry) -> list[Point]:
    """The line with its first point moved to the nearest corner of the area around it.

    Points that the simplified area has left outside are dropped, until the way from the corner
    to the next point lies inside.
    """
    corners = shapely.get_coordinates(shapely.boundary(whole))
    # A degree of longitude is shorter than one of latitude: compare distances, not degrees.
    scale = np.array([np.cos(np.radians(points[0][1])), 1.0])
    nearest = corners[np.argmin((((corners - points[0]) * scale) ** 2).sum(axis=1))]
    corner = (float(nearest[0]), float(nearest[1]))
    rest = points[1:]
    while len(rest) > 1 and not shapely.covers(whole, shapely.LineString([corner, rest[0]])):
        rest = rest[1:]
    return [corner, *rest]


def _points(shape: BaseGeometry) -> set[Point]:
    return {(float(x), float(y)) for x, y in shapely.get_coordinates(shape)}


def cut(
    whole: BaseGeometry, pieces: Mapping[str, BaseGeometry], tolerance_m: float, decimals: int
) -> dict[str, BaseGeometry]:
    """Cut a finished area along the borders between its pieces.

    Args:
        whole: The area, simplified and rounded, in EPSG:4326.
        pieces: The unsimplified pieces by area of 2026, in EPSG:27700.
        tolerance_m: Tolerance of the simplification of the borders between them, in metres.
        decimals: Decimal places of longitude and latitude.

    Returns:
        The pieces by area of 2026, in EPSG:4326; together exactly ``whole``, with no new corner
        on its border.

    Raises:
        GeoError: If a piece comes out empty or a border crosses that of the area.
    """
    names = sorted(pieces)
    borders = _borders([pieces[name] for name in names], tolerance_m, decimals)
    ends = [end for points in borders for end in (points[0], points[-1])]
    lines = []
    for points in borders:
        begun = _attached(points, whole) if ends.count(points[0]) == 1 else points
        ended = _attached(begun[::-1], whole) if ends.count(points[-1]) == 1 else begun[::-1]
        lines.append(shapely.LineString(ended))
    noded = shapely.union_all([shapely.boundary(whole), *lines])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    faces = faces[shapely.covers(whole, shapely.point_on_surface(faces))]
    exact = coverage.as_array(
        list(gpd.GeoSeries([pieces[name] for name in names], crs=METRES).to_crs(LONLAT))
    )
    shares = np.array([shapely.area(shapely.intersection(piece, faces)) for piece in exact])
    owner = shares.argmax(axis=0)
    result = {
        name: shapely.normalize(shapely.coverage_union_all(faces[owner == index]))
        for index, name in enumerate(names)
    }
    empty = [name for name in names if shapely.is_empty(result[name])]
    added: set[Point] = set()
    if not empty:
        outline = shapely.boundary(shapely.coverage_union_all(list(result.values())))
        added = _points(outline) - _points(shapely.boundary(whole))
    if empty or added:
        raise GeoError(
            f"Expected the borders between {', '.join(names)} to cut their area into them, found "
            f"empty: {empty}, new corners on its border: {sorted(added)[:3]}. Try another "
            "tolerance."
        )
    return result


def assemble(
    areas: Mapping[str, BaseGeometry],
    pieces: Mapping[str, Mapping[str, BaseGeometry]],
    parts: Sequence[Part],
    tolerance_m: float,
    decimals: int,
) -> dict[str, BaseGeometry]:
    """Put the areas of 2026 together.

    Args:
        areas: The finished areas of the ICBs of 2023, by code, in EPSG:4326.
        pieces: The pieces of those that were split, as ``pieces_of`` gives them.
        parts: What went where; an ICB without a row keeps its area and its code.
        tolerance_m: Tolerance of the borders that are new in 2026, in metres.
        decimals: Decimal places of longitude and latitude.

    Returns:
        The areas of 2026 by id, sorted, in EPSG:4326, forming a coverage.

    Raises:
        GeoError: If a part names an ICB that there is not, or the coverage breaks.
    """
    unknown = sorted({part.icb_code for part in parts} - set(areas))
    if unknown:
        raise GeoError(
            f"Expected ICBs of April 2023 in icb_2026_parts.csv, found {', '.join(unknown)}."
        )
    target = {part.icb_code: part.area_id for part in parts if not part.authorities}
    shapes: dict[str, list[BaseGeometry]] = {}
    for code, area in areas.items():
        cuts = (
            cut(area, pieces[code], tolerance_m, decimals)
            if code in pieces
            else {target.get(code, code): area}
        )
        for area_id, shape in cuts.items():
            shapes.setdefault(area_id, []).append(shape)
    # An area that did not change is passed on as it is, so that it is written in the same bytes.
    merged = {
        area_id: own[0]
        if len(own) == 1
        else shapely.normalize(shapely.coverage_union_all(coverage.as_array(own)))
        for area_id, own in sorted(shapes.items())
    }
    coverage.check_coverage(coverage.as_array(list(merged.values())), "the areas of April 2026")
    return merged
