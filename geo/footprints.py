"""Neighbours of ICBs and outlines of sets of ICBs, from the embedded boundaries."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import shapely

from geo import coverage
from geo.boundaries_io import LevelName, load_boundaries
from geo.errors import GeoError

METRES = "EPSG:27700"
# Shorter contacts are corners where four areas meet, not borders.
SHORTEST_BORDER_M = 100.0

Ring = tuple[tuple[float, float], ...]


@lru_cache(maxsize=4)
def neighbours(vintage: str = "2023") -> dict[str, tuple[str, ...]]:
    """Find the ICBs that share a land border of more than 100 m; cached, do not change.

    Areas that only face each other across an open river or estuary (such as North East and South
    East London over the lower Thames) are not neighbours.

    Args:
        vintage: Id of the vintage.

    Returns:
        Codes of the neighbours by ICB code, both sorted. The relation is symmetric.

    Raises:
        GeoError: If the boundaries cannot be read.
    """
    frame = load_boundaries("icb", vintage, "fine")
    codes = frame["icb_code"].tolist()
    areas = coverage.as_array(list(frame.geometry.to_crs(METRES)))
    found: dict[str, set[str]] = {code: set() for code in codes}
    tree = shapely.STRtree(areas)
    left, right = tree.query(areas, predicate="intersects")
    ahead = left < right
    left, right = left[ahead], right[ahead]
    edges = shapely.boundary(areas)
    shared = shapely.length(shapely.intersection(edges[left], edges[right]))
    for i, j in zip(
        left[shared > SHORTEST_BORDER_M], right[shared > SHORTEST_BORDER_M], strict=True
    ):
        found[codes[i]].add(codes[j])
        found[codes[j]].add(codes[i])
    return {code: tuple(sorted(found[code])) for code in sorted(found)}


def outline_of(
    codes: Iterable[str], level: LevelName = "coarse", vintage: str = "2023"
) -> tuple[Ring, ...]:
    """Give the border around a set of ICBs, such as the footprint of a collaborative; cached.

    Args:
        codes: ICB codes, in any order; repeats do not matter. No codes give no rings.
        level: ``coarse`` or ``fine``, to match the areas below.
        vintage: Id of the vintage.

    Returns:
        Closed rings of (longitude, latitude) in EPSG:4326; a footprint of several pieces or with
        islands or holes has several.

    Raises:
        GeoError: If a code is not an ICB of this vintage.
    """
    return _outline(tuple(sorted(set(codes))), level, vintage)


@lru_cache(maxsize=512)
def _outline(codes: tuple[str, ...], level: LevelName, vintage: str) -> tuple[Ring, ...]:
    """Dissolve the ICBs and give their rings."""
    frame = load_boundaries("icb", vintage, level)
    unknown = sorted(set(codes) - set(frame["icb_code"]))
    if unknown:
        raise GeoError(
            f"Expected ICB codes of vintage {vintage}, found {', '.join(unknown)}. Codes look like "
            "E54000008 or icb26-essex; those of other vintages differ (data.vintages.resolve "
            "translates them)."
        )
    if not codes:
        return ()
    chosen = np.isin(frame["icb_code"].to_numpy(dtype=object), list(codes))
    areas = coverage.as_array(list(frame.geometry))[chosen]
    shape = shapely.normalize(shapely.coverage_union_all(areas))
    return tuple(
        tuple((float(x), float(y)) for x, y in shapely.get_coordinates(ring))
        for part in shapely.get_parts(shape)
        for ring in (part.exterior, *part.interiors)
    )
