"""Hexagons for the map on which every system is the same size.

Pointy-top hexagons; centres in a row are 1 apart, odd rows are shifted right by half, row 0 is at
the top. Coordinates are unitless, x to the right and y upwards (so rows go down from 0).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import shapely

from geo import coverage
from geo.errors import GeoError

Point = tuple[float, float]

# Every corner lies on a grid of 1/2 by sqrt(3)/6; counting on it makes the corners that
# neighbours share exactly equal, which sums of rounded numbers would not.
X_STEP = 0.5
Y_STEP = math.sqrt(3) / 6
CORNERS = ((0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1), (1, 1))


def _grid(row: int, col: int) -> tuple[int, int]:
    """Position of a centre, counted in steps."""
    return 2 * col + row % 2, -3 * row


def _point(x: int, y: int) -> Point:
    """Position on the grid in plain units."""
    return x * X_STEP, round(y * Y_STEP, 6)


def hexagon_centres(rows: Mapping[str, tuple[int, int]]) -> dict[str, Point]:
    """Give the centre of each hexagon.

    Args:
        rows: (row, col) by code; both count from 0, row 0 at the top.

    Returns:
        (x, y) by code, in the order given.

    Raises:
        GeoError: If two codes share a hexagon.
    """
    taken: dict[tuple[int, int], str] = {}
    for code, cell in rows.items():
        if cell in taken:
            raise GeoError(
                f"Expected one ICB in each hexagon, found {taken[cell]} and {code} both in row "
                f"{cell[0]}, col {cell[1]}. Correct hex_row and hex_col of one of them."
            )
        taken[cell] = code
    return {code: _point(*_grid(row, col)) for code, (row, col) in rows.items()}


def hexagons(rows: Mapping[str, tuple[int, int]]) -> dict[str, list[Point]]:
    """Give the outline of each hexagon.

    Args:
        rows: (row, col) by code; both count from 0, row 0 at the top.

    Returns:
        Seven points (the first again at the end), anticlockwise from the top corner, by code, in
        the order given. Corners that hexagons share are exactly equal.

    Raises:
        GeoError: If two codes share a hexagon.
    """
    shapes = {}
    for code in hexagon_centres(rows):
        x, y = _grid(*rows[code])
        ring = [_point(x + dx, y + dy) for dx, dy in CORNERS]
        shapes[code] = [*ring, ring[0]]
    return shapes


def group_outlines(
    rows: Mapping[str, tuple[int, int]], groups: Mapping[str, str]
) -> dict[str, list[list[Point]]]:
    """Give the border around the hexagons of each group, such as a region.

    Args:
        rows: (row, col) by code.
        groups: The group of each code; codes without one are left out.

    Returns:
        Closed rings by group, sorted by group: one ring for a contiguous group, more for separate
        pieces or holes.

    Raises:
        GeoError: If two codes share a hexagon, or a group holds a code that has no hexagon.
    """
    shapes = hexagons(rows)
    unknown = sorted(set(groups) - set(shapes))
    if unknown:
        raise GeoError(
            f"Expected a hexagon for every code in a group, found none for {', '.join(unknown)}. "
            "Add their hex_row and hex_col."
        )
    codes = [code for code in shapes if code in groups]
    if not codes:
        return {}
    cells = coverage.as_array([shapely.Polygon(shapes[code]) for code in codes])
    merged = coverage.dissolve(cells, [groups[code] for code in codes])
    return {
        group: [
            [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)]
            for part in shapely.get_parts(shape)
            for ring in (part.exterior, *part.interiors)
        ]
        for group, shape in merged.items()
    }
