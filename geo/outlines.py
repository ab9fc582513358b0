"""Borders around sets of areas, in the compact shapes that maps are drawn with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import shapely

from geo import coverage
from geo.boundaries_io import LevelName, load_boundaries
from geo.errors import GeoError
from geo.layers import (
    COMPACT_DECIMALS,
    COMPACT_SMALLEST_KM2,
    COMPACT_TOLERANCE_M,
    Ring,
    _icb_coverage,
    _ring,
)


def compact_outline(
    codes: Iterable[str],
    level: LevelName = "coarse",
    *,
    tolerance_m: float = COMPACT_TOLERANCE_M,
    vintage: str = "2023",
) -> tuple[Ring, ...]:
    """Give the border around a set of ICBs as ``compact_polygons`` draws them; cached.

    Args:
        codes: ICB codes, in any order; none give no rings.
        level: As for ``compact_polygons``.
        tolerance_m: As for ``compact_polygons``; the same values give coinciding lines.
        vintage: Id of the vintage.

    Returns:
        Closed rings of (longitude, latitude) in EPSG:4326.

    Raises:
        GeoError: If a code is not an ICB of this vintage.
    """
    return _outline(tuple(sorted(set(codes))), level, tolerance_m, vintage)


@lru_cache(maxsize=512)
def _outline(
    codes: tuple[str, ...], level: LevelName, tolerance_m: float, vintage: str
) -> tuple[Ring, ...]:
    frame = load_boundaries("icb", vintage, level)
    unknown = sorted(set(codes) - set(frame["icb_code"]))
    if unknown:
        raise GeoError(
            f"Expected ICB codes of vintage {vintage}, found {', '.join(unknown)}. Codes look like "
            "E54000008; those of other years differ."
        )
    if not codes:
        return ()
    areas = _icb_coverage(level, COMPACT_DECIMALS, tolerance_m, COMPACT_SMALLEST_KM2, vintage)
    chosen = np.isin(frame["icb_code"].to_numpy(dtype=object), list(codes))
    shape = shapely.normalize(shapely.coverage_union_all(coverage.as_array(list(areas))[chosen]))
    return tuple(
        _ring(ring)
        for part in shapely.get_parts(shape)
        for ring in (part.exterior, *part.interiors)
    )
