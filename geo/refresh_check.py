"""Prove that boundaries are those of the ICBs expected, before they replace others.

Areas are measured in EPSG:27700, in metres. What the tolerances let pass is mended by the steps
that follow: overlaps by cleaning, cracks and narrow creeks by filling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo import coverage
from geo.boundaries_io import load_boundaries
from geo.build import IcbName
from geo.compare import code_column
from geo.errors import GeoError
from geo.extent import GRID, check_crs, check_extent
from geo.refresh_input import Boundaries

KNOWN_VINTAGE = "2023"
SNAP_M = 1.0
# Two areas may overlap by a strip this wide; enclosed cracks up to this width are filled.
OVERLAP_M = 50.0
# Inland, gaps wider than this may have this area in all (tidal rivers that one release has and
# another has not: 1.7 km2 for ONS's own super-generalised boundaries).
CRACK_M = 250.0
MOST_CRACKS_KM2 = 10.0
# Near the coast, where generalisation moves more, a piece this wide must not be missing.
COAST_M = 2000.0
# Farther than this from the coast is inland.
INLAND_M = 1000.0
# Boundaries to the low-water mark have some 3 % more than those clipped to the coast.
MOST_OUTSIDE = 0.05
# A repair that changes an area by more than this is not a repair.
MOST_REPAIRED = 0.001
# A code that is kept means that the area is kept; the coast may differ.
LEAST_KNOWN_IOU = 0.8


@dataclass(frozen=True)
class Checked:
    """Boundaries that passed.

    Attributes:
        zones: Area by ICB code, a clean coverage in EPSG:27700, sorted by code.
        code_property: The property that held the codes.
        repaired: Codes whose invalid geometry was mended.
    """

    zones: dict[str, shapely.geometry.base.BaseGeometry]
    code_property: str
    repaired: tuple[str, ...]


def check(boundaries: Boundaries, names: Mapping[str, IcbName], title: str) -> Checked:
    """Check codes, count, geometry and coverage.

    Args:
        boundaries: What was read.
        names: The ICBs expected, by the code that the input has.
        title: The vintage in words, for the messages.

    Returns:
        The areas, cleaned into one coverage.

    Raises:
        GeoError: If anything is not as expected.
    """
    frame, label = boundaries.frame, boundaries.label
    _check_polygons(frame, label)
    column = code_column(frame, Path(label.replace("/", " ")), set(names))
    codes = frame[column].astype(str)
    _check_codes(codes, names, column, label, title)
    frame = gpd.GeoDataFrame({"icb_code": codes}, geometry=frame.geometry, crs=frame.crs)
    frame = frame.sort_values("icb_code").reset_index(drop=True)
    check_extent(frame, label)
    frame, repaired = _mended(frame.to_crs(GRID), label)
    areas = shapely.force_2d(coverage.as_array(list(frame.geometry)))
    order = frame["icb_code"].tolist()
    _check_overlaps(areas, order, label)
    _check_england(areas, label)
    _check_known(areas, order, label)
    if not shapely.coverage_is_valid(areas):
        areas = shapely.coverage_clean(areas, snapping_distance=SNAP_M, gap_width=OVERLAP_M)
    coverage.check_coverage(areas, f"{label}, cleaned with {SNAP_M:g} m")
    return Checked(dict(zip(order, areas, strict=True)), column, tuple(repaired))


def _check_polygons(frame: gpd.GeoDataFrame, label: str) -> None:
    """Make sure that there are areas in a declared CRS."""
    check_crs(frame, label)
    kinds = frame.geometry.geom_type.dropna()
    others = sorted(set(kinds) - {"Polygon", "MultiPolygon"})
    if others:
        raise GeoError(
            f"Expected areas (polygons) in {label}, found {', '.join(others)}. This is another "
            "layer: give the one with the ICBs' boundaries, not their centres or outlines."
        )


def _check_codes(
    codes: pd.Series, names: Mapping[str, IcbName], column: str, label: str, title: str
) -> None:
    """Make sure that every expected code is there once, and no other."""
    where = f"{label} (property {column})"
    repeated = sorted(codes[codes.duplicated()].unique())
    if repeated:
        raise GeoError(
            f"Expected each of the {len(names)} ICBs once in {where}, found {_some(repeated)} more "
            "than once. Dissolve the file by code first, or use a layer of whole ICBs."
        )
    missing, other = sorted(set(names) - set(codes)), sorted(set(codes) - set(names))
    if missing or other:
        found = [f"{len(codes)} areas"]
        found += [f"without {_some(missing)}"] if missing else []
        found += [f"with {_some(other)} besides"] if other else []
        raise GeoError(
            f"Expected the {len(names)} ICBs of {title} in {where}, found {', '.join(found)}. Each "
            "vintage has its own codes: use boundaries of that date, or give the right --vintage "
            "and, for a new one, its codes with --names."
        )


def _some(codes: list[str]) -> str:
    """Name a few codes and say how many more there are."""
    rest = len(codes) - 5
    return ", ".join(codes[:5]) + (f" and {rest} more" if rest > 0 else "")


def _mended(frame: gpd.GeoDataFrame, label: str) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Mend geometry that is invalid in a detail, refuse what is not there or beyond repair."""
    empty = frame["icb_code"][frame.geometry.isna() | frame.geometry.is_empty].tolist()
    if empty:
        raise GeoError(
            f"Expected a boundary for every ICB in {label}, found none for {_some(empty)}. The "
            "layer is incomplete: use another, or fetch it again."
        )
    invalid = frame.index[~frame.geometry.is_valid]
    for index in invalid:
        shape = frame.geometry[index]
        reason = shapely.is_valid_reason(shape)
        try:
            mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
        except shapely.errors.GEOSException:
            mended = shapely.Point()
        change = abs(mended.area - shape.area)
        polygonal = mended.geom_type in {"Polygon", "MultiPolygon"}
        if not polygonal or not change <= MOST_REPAIRED * mended.area:
            raise GeoError(
                f"Expected valid boundaries in {label}, found that of "
                f"{frame['icb_code'][index]} invalid ({reason}) and not to be mended without "
                "changing it. Use another release or another level of detail of the layer."
            )
        frame.loc[index, "geometry"] = mended
    return frame, frame["icb_code"][invalid].tolist()


def _wide(shape: shapely.geometry.base.BaseGeometry, width_m: float) -> float:
    """Give the area, in km2, of what is wider than a width; 0 if nothing is."""
    core = shapely.buffer(shape, -width_m / 2, quad_segs=4)
    return shapely.buffer(core, width_m / 2, quad_segs=4).area / 1e6


def _check_overlaps(areas: coverage.Geometries, codes: list[str], label: str) -> None:
    """Make sure that no two areas share more than a strip."""
    if shapely.coverage_is_valid(areas):
        return
    tree = shapely.STRtree(areas)
    left, right = tree.query(areas, predicate="intersects")
    found = []
    for one, two in zip(left.tolist(), right.tolist(), strict=True):
        if one < two:
            size = _wide(shapely.intersection(areas[one], areas[two]), OVERLAP_M)
            found += [(size, codes[one], codes[two])] if size > 0 else []
    if found:
        size, one_code, two_code = max(found)
        raise GeoError(
            f"Expected areas in {label} that do not overlap by more than {OVERLAP_M:g} m, found "
            f"{len(found)} pairs that do; {one_code} and {two_code} share {size:,.1f} km2. Use a "
            "layer whose areas share their borders, such as those of ONS."
        )


def _check_england(areas: coverage.Geometries, label: str) -> None:
    """Make sure that the areas together are England, as far as the embedded boundaries know it."""
    known = load_boundaries("icb", KNOWN_VINTAGE, "fine").to_crs(GRID)
    england = shapely.coverage_union_all(known.geometry.to_numpy())
    whole = shapely.union_all(areas)
    missing = shapely.difference(england, whole)
    inland = shapely.intersection(missing, shapely.buffer(england, -INLAND_M, quad_segs=4))
    checks = ((inland, CRACK_M, MOST_CRACKS_KM2, "inland"), (missing, COAST_M, 0, "anywhere"))
    for part, width, most, where in checks:
        size = _wide(part, width)
        if size > most:
            near = known["icb_code"][known.intersection(part).area.idxmax()]
            raise GeoError(
                f"Expected the areas of {label} to cover England without gaps wider than "
                f"{width:g} m {where}, found {size:,.1f} km2 missing (allowed: "
                f"{most:g}), most of it about where {near} is in April 2023. Use a complete layer "
                "whose areas share their borders."
            )
    outside = shapely.difference(whole, england).area / england.area
    if outside > MOST_OUTSIDE:
        raise GeoError(
            f"Expected the areas of {label} to lie in England, found {outside:.0%} of England's "
            "size beyond it. Use boundaries of England clipped to the coast (ONS calls them BFC, "
            "BGC, BSC or BUC)."
        )


def _check_known(areas: coverage.Geometries, codes: list[str], label: str) -> None:
    """Make sure that a code which is known stands for the area which is known."""
    known = load_boundaries("icb", KNOWN_VINTAGE, "fine").to_crs(GRID)
    shapes = dict(zip(known["icb_code"], known.geometry, strict=True))
    worst = min(
        (
            (shapely.intersection(area, shapes[code]).area / area.union(shapes[code]).area, code)
            for code, area in zip(codes, areas, strict=True)
            if code in shapes
        ),
        default=(1.0, ""),
    )
    if worst[0] < LEAST_KNOWN_IOU:
        raise GeoError(
            f"Expected {worst[1]} in {label} to be the area that has this code in April 2023, "
            f"found one that shares {worst[0]:.0%} with it. Codes and areas seem to be mixed up: "
            "use the layer as it was published."
        )
