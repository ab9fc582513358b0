"""Neighbours of ICBs, from the embedded boundaries."""

from __future__ import annotations

from functools import lru_cache

import shapely

from geo import coverage
from geo.boundaries_io import load_boundaries

METRES = "EPSG:27700"
# Shorter contacts are corners where four areas meet, not borders.
SHORTEST_BORDER_M = 100.0


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
