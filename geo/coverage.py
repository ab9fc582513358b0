"""Operations on a polygonal coverage: areas that share their borders exactly.

Every function takes and returns one geometry per area, in the same order, so that codes stay
aligned, and keeps the coverage free of gaps and overlaps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError

Geometries = npt.NDArray[np.object_]


def as_array(geometries: Sequence[BaseGeometry] | Geometries) -> Geometries:
    """Put geometries into a NumPy object array.

    Args:
        geometries: Any sequence of geometries.

    Returns:
        An object array of the same length.
    """
    array: Geometries = np.empty(len(geometries), dtype=object)
    array[:] = list(geometries)
    return array


def check_coverage(areas: Geometries, where: str) -> None:
    """Make sure that no area is empty or invalid and that the areas form a coverage.

    Args:
        areas: One geometry per area.
        where: What is being checked, for the message.

    Raises:
        GeoError: If they do not.
    """
    empty = int(shapely.is_empty(areas).sum())
    invalid = int((~shapely.is_valid(areas)).sum())
    if empty or invalid or not shapely.coverage_is_valid(areas):
        raise GeoError(
            f"Expected a gap-free coverage of {len(areas)} valid areas in {where}, found {empty} "
            f"empty and {invalid} invalid areas or borders that do not match. A larger tolerance "
            "than 800 m breaks the coverage: use a smaller one."
        )


def dissolve(areas: Geometries, groups: Sequence[str]) -> dict[str, BaseGeometry]:
    """Merge the areas of each group.

    Args:
        areas: One geometry per area, forming a coverage.
        groups: The group of each area.

    Returns:
        One geometry per group, sorted by group; borders are those of the areas, unchanged.
    """
    names = np.asarray(groups, dtype=object)
    return {
        name: shapely.normalize(shapely.coverage_union_all(areas[names == name]))
        for name in sorted(set(groups))
    }


def _nearest_area(
    gap: BaseGeometry, areas: Geometries, near: list[int], step_m: float
) -> list[tuple[int, BaseGeometry]]:
    """Split a gap between its neighbours along the middle line (Voronoi cells of its banks)."""
    points: dict[tuple[float, float], int] = {}
    for index in near:
        bank = shapely.intersection(shapely.boundary(areas[index]), shapely.buffer(gap, 1.0))
        for x, y in shapely.get_coordinates(shapely.segmentize(bank, step_m)):
            points.setdefault((float(x), float(y)), index)
    owners = np.array(list(points.values()))
    if len(points) < 2 or len(set(owners.tolist())) < 2:
        return [(near[0], gap)]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(
            shapely.multipoints(np.array(list(points))), extend_to=gap, ordered=True
        )
    )
    shares: list[tuple[int, BaseGeometry]] = []
    for index in sorted(set(owners.tolist())):
        share = shapely.intersection(gap, shapely.union_all(cells[owners == index]))
        shares.extend((index, part) for part in shapely.get_parts(share) if part.area > 0)
    return shares


def _without_ponds(land: BaseGeometry, largest_m2: float) -> BaseGeometry:
    """Fill small holes: what is left of a creek whose mouth was closed."""
    parts = [
        shapely.Polygon(
            part.exterior,
            [ring for ring in part.interiors if shapely.Polygon(ring).area > largest_m2],
        )
        for part in shapely.get_parts(land)
    ]
    # A union, because an island in a filled pond lies inside another part now.
    return shapely.union_all(parts)


def close_creeks(
    areas: Geometries, width_m: float, pond_m2: float, snap_m: float = 1.0
) -> Geometries:
    """Fill tidal creeks and rivers narrower than a width, which otherwise shred the coast.

    A creek inside one area goes to that area; a river between two areas is split along its
    middle, so that neither side gains at the expense of the other.

    Args:
        areas: One geometry per area, in metres.
        width_m: Creeks narrower than this are filled.
        pond_m2: Water that this leaves enclosed by land is filled too, up to this area.
        snap_m: Snapping distance of the final cleaning.

    Returns:
        The areas with their creeks filled.
    """
    land = shapely.coverage_union_all(areas)
    radius = width_m / 2
    closed = shapely.buffer(shapely.buffer(land, radius, quad_segs=4), -radius, quad_segs=4)
    closed = _without_ponds(closed, pond_m2)
    pieces: list[BaseGeometry] = list(areas)
    owners = list(range(len(areas)))
    for gap in shapely.get_parts(shapely.difference(closed, land)):
        if gap.area <= snap_m**2 or gap.geom_type != "Polygon":
            continue
        near = [int(i) for i in np.flatnonzero(shapely.dwithin(areas, gap, snap_m))]
        shares = [(near[0], gap)] if len(near) == 1 else _nearest_area(gap, areas, near, 40.0)
        for owner, share in shares:
            owners.append(owner)
            pieces.append(share)
    return _faces_by_owner(as_array(pieces), np.array(owners), len(areas), snap_m)


def _faces_by_owner(
    pieces: Geometries, owners: npt.NDArray[np.int_], count: int, grid: float
) -> Geometries:
    """Node all borders together on a grid and give each face to the owner of its piece.

    Snap rounding cannot fail on pieces that overlap by a hair, as ``coverage_clean`` can. Faces
    that no piece holds are holes and stay holes, unless they are slivers of the cutting.
    """
    lines = shapely.union_all(shapely.boundary(pieces), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    tree = shapely.STRtree(pieces)
    inside, holder = tree.query(shapely.point_on_surface(faces), predicate="intersects")
    # The lowest owner wins where pieces overlap, so that the order of the tree does not matter.
    owner = np.full(len(faces), count)
    np.minimum.at(owner, inside, owners[holder])
    for sliver in np.flatnonzero((owner == count) & (shapely.area(faces) < (3 * grid) ** 2)):
        owner[sliver] = owners[tree.nearest(faces[sliver])]
    return as_array([shapely.coverage_union_all(faces[owner == i]) for i in range(count)])


def drop_islets(
    areas: Geometries, smallest_m2: float, metric: Geometries | None = None
) -> Geometries:
    """Drop islands smaller than a size; a part that borders another area always stays.

    To be done after rounding, which can pinch a narrow spit into an islet.

    Args:
        areas: One geometry per area, in any units.
        smallest_m2: Islands below this area go.
        metric: The same areas in metres, part by part; by default ``areas`` is in metres.

    Returns:
        The areas without their islets; the largest part of an area is always kept.
    """
    kept = []
    for position, area in enumerate(areas):
        parts = shapely.get_parts(area)
        sizes = shapely.area(parts if metric is None else shapely.get_parts(metric[position]))
        others = np.delete(areas, position)
        keep = [
            part
            for part, size in zip(parts, sizes, strict=True)
            if size >= smallest_m2 or size == sizes.max() or shapely.intersects(others, part).any()
        ]
        kept.append(keep[0] if len(keep) == 1 else shapely.multipolygons(keep))
    return as_array(kept)


def round_coverage(areas: Geometries, decimals: int) -> Geometries:
    """Round coordinates so that the result is still a coverage.

    Rounding each vertex by itself can make a border cross another one. Here all borders are noded
    together on the grid (snap rounding), turned into faces again, and each face goes to the area
    that it came from.

    Args:
        areas: One geometry per area, in any units.
        decimals: Decimal places to keep.

    Returns:
        The areas with rounded coordinates, normalised (the same input gives the same bytes).

    Raises:
        GeoError: If an area vanishes or the result is not a coverage.
    """
    faces = _faces_by_owner(areas, np.arange(len(areas)), len(areas), 10.0**-decimals)

    def rounded(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        # Adding 0.0 turns -0.0, which JSON would write differently, into 0.0.
        return np.asarray(np.round(xy, decimals) + 0.0)

    result = shapely.normalize(shapely.transform(faces, rounded))
    check_coverage(result, f"the areas rounded to {decimals} decimals")
    return result
