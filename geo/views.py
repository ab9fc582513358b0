"""Where to point a deck.gl map so that given areas fill it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from geo.boundaries_io import available_vintages
from geo.errors import GeoError
from geo.layers import bounds_by_code

# deck.gl's web Mercator world is 512 pixels wide at zoom 0.
WORLD_PX = 512.0
MIN_ZOOM, MAX_ZOOM = 3.0, 12.0


def _mercator_y(latitude: float) -> float:
    """Latitude to web Mercator, 0 at the equator, in units of the width of the world."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)


def _latitude(y: float) -> float:
    """The inverse of ``_mercator_y``."""
    return math.degrees(2 * math.atan(math.exp(2 * math.pi * y)) - math.pi / 2)


def view_for(
    codes: Iterable[str], width: float, height: float, padding: float = 20.0, vintage: str = "2023"
) -> tuple[float, float, float]:
    """Find the view in which the given areas fit a map.

    Args:
        codes: Codes of ICBs (of any vintage), of regions or of both; none means England.
        width: Width of the map in CSS pixels.
        height: Height of the map in CSS pixels.
        padding: Margin on every side, in CSS pixels.
        vintage: Id of the vintage of the map, whose box is taken where a code is in several.

    Returns:
        (longitude, latitude, zoom) for a deck.gl ``ViewState``; degrees with 4 decimals, zoom
        with 2, rounded down so that nothing is cut off.

    Raises:
        GeoError: If a code is not an area of any vintage, or the map has no room.
    """
    boxes = bounds_by_code(vintage)
    wanted = list(codes) or list(boxes)
    for other in available_vintages():
        # A code of another vintage is asked for when the map has just been switched.
        boxes = {**bounds_by_code(other), **boxes}
    unknown = sorted(set(wanted) - set(boxes))
    if unknown:
        raise GeoError(
            f"Expected ICB or region codes, found {', '.join(unknown)}. Codes look like E54000008 "
            "(ICB), icb26-essex (ICB that is new in April 2026) or E40000003 (region)."
        )
    inner_width, inner_height = width - 2 * padding, height - 2 * padding
    if inner_width <= 0 or inner_height <= 0:
        raise GeoError(
            f"Expected a map larger than its padding of {padding:g} px on each side, found "
            f"{width:g} x {height:g} px. Give the size of the map in pixels."
        )
    west = min(boxes[code][0] for code in wanted)
    east = max(boxes[code][2] for code in wanted)
    south = _mercator_y(min(boxes[code][1] for code in wanted))
    north = _mercator_y(max(boxes[code][3] for code in wanted))
    scale = min(
        inner_width / (WORLD_PX * (east - west) / 360),
        inner_height / (WORLD_PX * (north - south)),
    )
    zoom = min(max(math.floor(math.log2(scale) * 100) / 100, MIN_ZOOM), MAX_ZOOM)
    return round((west + east) / 2, 4), round(_latitude((south + north) / 2), 4), zoom
