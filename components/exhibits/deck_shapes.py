"""Shapes of the maps as compact JSON text, made once per process."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache

from geo.boundaries_io import load_boundaries
from geo.footprints import neighbours
from geo.layers import (
    OVERVIEW_SMALLEST_KM2,
    border_lines,
    bounds_by_code,
    compact_polygons,
)
from geo.outlines import compact_outline
from geo.tiles import group_outlines, hexagon_centres, hexagons

HEX_DEGREES = 0.5
# Pixels for letters in a hexagon of the map on a laptop, which is about 60 wide.
_HEX_ACROSS, _HEX_DOWN = 53, 36
# More areas than this in view, and England's coarse shapes are fine enough for them.
_MAX_FINE = 12
_FINE_TOLERANCE_M = 600.0
# A pixel is more than a kilometre while England fills a screen.
_ENGLAND_TOLERANCE_M = 1200.0
Hexes = tuple[tuple[str, int, int, str], ...]


def compact(value: object) -> str:
    """A value as JSON without a space."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=4)
def _geographic_shapes(vintage: str) -> dict[str, str]:
    areas = compact_polygons(
        "icb", tolerance_m=_ENGLAND_TOLERANCE_M, smallest_km2=OVERVIEW_SMALLEST_KM2, vintage=vintage
    )
    return {area.code: compact(area.geometry()) for area in areas}


def _paths(lines: Iterable[Iterable[tuple[float, float]]]) -> str:
    return compact([{"path": [list(point) for point in line]} for line in lines])


@lru_cache(maxsize=4)
def _region_lines(vintage: str) -> str:
    return _paths(
        border_lines("region", tolerance_m=_ENGLAND_TOLERANCE_M, coast=False, vintage=vintage)
    )


def _near(focus: tuple[str, ...], vintage: str) -> frozenset[str]:
    """Areas that a view fitted to ``focus`` shows, when they are few enough to draw finely."""
    if not focus:
        return frozenset()
    icbs = load_boundaries("icb", vintage)
    inside = icbs[icbs["icb_code"].isin(focus) | icbs["region_code"].isin(focus)]["icb_code"]
    touching = (n for code in inside for n in neighbours(vintage)[code])
    near = frozenset((*inside, *touching))
    return near if len(near) <= _MAX_FINE else frozenset()


@lru_cache(maxsize=64)
def focused(focus: tuple[str, ...], vintage: str = "2023") -> tuple[dict[str, str], str]:
    """Shapes and region lines for a view: fine near the focus, coarse beyond it.

    Args:
        focus: ICB or region codes; none means England.
        vintage: Id of the vintage.

    Returns:
        GeoJSON text of each area by code, and the region borders as JSON text.
    """
    near = _near(focus, vintage)
    if not near:
        return _geographic_shapes(vintage), _region_lines(vintage)
    fine = {
        area.code: compact(area.geometry())
        for area in compact_polygons("icb", "fine", tolerance_m=_FINE_TOLERANCE_M, vintage=vintage)
        if area.code in near
    }
    boxes = [bounds_by_code(vintage)[code] for code in near]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    lines = [
        line
        for line in border_lines(
            "region", "fine", tolerance_m=_FINE_TOLERANCE_M, coast=False, vintage=vintage
        )
        if any(west <= x <= east and south <= y <= north for x, y in line)
    ]
    return {**_geographic_shapes(vintage), **fine}, _paths(lines)


def geographic_outline(
    codes: tuple[str, ...], focus: tuple[str, ...], vintage: str
) -> list[list[list[float]]]:
    """The border around areas, as fine as they are drawn under ``focus``."""
    near = _near(focus, vintage)
    fine = bool(near) and set(codes) <= near
    rings = compact_outline(
        codes,
        "fine" if fine else "coarse",
        tolerance_m=_FINE_TOLERANCE_M if fine else _ENGLAND_TOLERANCE_M,
        vintage=vintage,
    )
    return [[list(point) for point in ring] for ring in rings]


def hexagon_outline(codes: tuple[str, ...], hexes: Hexes) -> list[list[list[float]]]:
    """The border around hexagons."""
    rows = {code: (row, col) for code, row, col, _ in hexes}
    rings = group_outlines(rows, dict.fromkeys(codes, "in")).get("in", [])
    return [_scaled(ring) for ring in rings]


def _scaled(points: list[tuple[float, float]]) -> list[list[float]]:
    return [[round(x * HEX_DEGREES, 4), round(y * HEX_DEGREES, 4)] for x, y in points]


@lru_cache(maxsize=4)
def hexagon_shapes(hexes: Hexes) -> dict[str, str]:
    """ICB code -> hexagon as GeoJSON text, in degrees around the equator."""
    shapes = hexagons({code: (row, col) for code, row, col, _ in hexes})
    return {
        code: compact({"type": "Polygon", "coordinates": [_scaled([*ring, ring[0]])]})
        for code, ring in shapes.items()
    }


@lru_cache(maxsize=4)
def hexagon_lines(hexes: Hexes) -> str:
    """Outlines of the regions in the hexagon form, as JSON text."""
    rows = {code: (row, col) for code, row, col, _ in hexes}
    outlines = group_outlines(rows, {code: region for code, _, _, region in hexes})
    return compact([{"path": _scaled(ring)} for rings in outlines.values() for ring in rings])


def label_lines(name: str, width: int = 10) -> str:
    """A short name over at most three lines that fit a hexagon."""
    plain = name.replace(",", "").replace("Stoke-on-Trent", "Stoke")
    words: list[str] = []
    for word in plain.split():
        # The long counties are broken before "shire", as a map maker would.
        if len(word) > max(width, 9) and word.endswith("shire"):
            words.extend((word.removesuffix("shire") + "-", "shire"))
        else:
            words.append(word)
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width and len(lines) < 3:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(line if len(line) <= width + 3 else line[: width + 2] + "…" for line in lines)


def fitted_lines(name: str, *, is_shared: bool = False, stretch: float = 1.0) -> tuple[str, float]:
    """A short name in the lines that allow the largest letters in a hexagon, and their size.

    Args:
        name: The name.
        is_shared: Whether a letter or discs stand below the name.
        stretch: How much wider the hexagon is than it is high.
    """
    ways = [label_lines(name, width) for width in range(6, int(10 * stretch) + 1)]
    whole = [w for w in ways if "…" not in w] or ways[-1:]
    return max(
        ((w, _letter_size(w, is_shared, stretch)) for w in whole), key=lambda found: found[1]
    )


def _letter_size(lines: str, is_shared: bool, stretch: float) -> float:
    """Pixels of a letter at which lines fill a hexagon of a page's map."""
    parts = lines.split("\n")
    across = _HEX_ACROSS * stretch / (0.53 * max(len(p) for p in parts))
    down = (_HEX_DOWN - 8 * is_shared) / len(parts)
    return round(max(min(across, down, 14.0 * stretch), 9.5), 1)


def hexagon_view(hexes: Hexes, width: int, height: int) -> tuple[float, float, float]:
    """Longitude, latitude and zoom that fit all hexagons into so many pixels."""
    centres = hexagon_centres({code: (row, col) for code, row, col, _ in hexes})
    xs = [x * HEX_DEGREES for x, _ in centres.values()]
    ys = [y * HEX_DEGREES for _, y in centres.values()]
    span_x, span_y = max(xs) - min(xs) + 0.6, max(ys) - min(ys) + 0.7
    fit = min(width / span_x, (height - 20) / span_y)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, math.log2(fit * 360 / 512)
