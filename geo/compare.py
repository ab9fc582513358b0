"""Measure the embedded ICB boundaries against a reference: ``python -m geo compare REFERENCE``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import geopandas as gpd
import pyogrio.errors
import shapely

from geo.boundaries_io import LevelName, load_boundaries
from geo.errors import GeoError

LEVELS: tuple[LevelName, ...] = ("coarse", "fine")
# Areas are measured on the British National Grid, in metres.
GRID = "EPSG:27700"
CODE_PATTERN = r"E54\d{6}"
# England lies inside this (west, south, east, north in degrees), the Isles of Scilly included.
ENGLAND = (-7.0, 49.5, 2.5, 56.5)


@dataclass(frozen=True)
class Comparison:
    """How far one level agrees with the reference.

    Attributes:
        level: ``coarse`` or ``fine``.
        minimum: The smallest IoU (intersection over union, 0 to 1).
        median: The median IoU.
        iou: IoU by ICB code, worst first.
        names: Name by ICB code.
    """

    level: str
    minimum: float
    median: float
    iou: dict[str, float]
    names: dict[str, str]


def code_column(frame: gpd.GeoDataFrame, path: Path, wanted: set[str]) -> str:
    """Find the property that holds the ICB codes, by its content.

    A file may carry the codes of two years: the one that shares most with ours is taken.

    Args:
        frame: The reference.
        path: Where it is, for the message.
        wanted: Our codes.

    Returns:
        The name of the column.

    Raises:
        GeoError: If no property holds codes of the form E54000000 in every row.
    """
    columns = [column for column in frame.columns if column != frame.geometry.name]
    holding = [
        column
        for column in columns
        if len(frame) and frame[column].astype(str).str.fullmatch(CODE_PATTERN).all()
    ]
    if not holding:
        raise GeoError(
            f"Expected a property with an ICB code (such as E54000008) in every one of the "
            f"{len(frame)} features of {path.name}, found properties "
            f"{', '.join(map(str, columns)) or '(none)'} without such codes. Use a file of ICB "
            "boundaries with their ONS codes."
        )
    return max(holding, key=lambda column: len(wanted & set(frame[column])))


def read_reference(path: Path, wanted: set[str]) -> gpd.GeoDataFrame:
    """Read a reference and check that it can be compared.

    Args:
        path: A file that GDAL can read, with its CRS declared.
        wanted: The ICB codes that it must hold.

    Returns:
        Columns icb_code and geometry (valid), in EPSG:27700, sorted by code.

    Raises:
        GeoError: If the file is missing or unreadable, its CRS is missing or does not fit its
            coordinates, it has no code property, or codes are missing or repeated.
    """
    if not path.is_file():
        raise GeoError(
            f"Expected a file of reference boundaries at {path}, found none. Give the path of a "
            "GeoJSON or GeoPackage of the ICBs, April 2023."
        )
    try:
        frame = gpd.read_file(path)
    except (pyogrio.errors.DataSourceError, ValueError) as error:
        raise GeoError(
            f"Expected boundaries in {path.name}, found a file that cannot be read ({error}). "
            "Give a GeoJSON or GeoPackage."
        ) from error
    if not isinstance(frame, gpd.GeoDataFrame) or not len(frame):
        raise GeoError(f"Expected boundaries in {path.name}, found no features with geometry.")
    if frame.crs is None:
        raise GeoError(
            f"Expected a declared coordinate reference system in {path.name}, found none. Write it "
            "into the file (for example EPSG:4326 or EPSG:27700)."
        )
    _check_extent(frame, path)
    column = code_column(frame, path, wanted)
    codes = frame[column].astype(str)
    repeated = sorted(codes[codes.duplicated()].unique())
    if repeated:
        raise GeoError(
            f"Expected each ICB once in {path.name} (property {column}), found {repeated} more "
            "than once. Dissolve the file by code first."
        )
    missing = sorted(wanted - set(codes))
    if missing:
        raise GeoError(
            f"Expected all {len(wanted)} ICBs of April 2023 in {path.name} (property {column}), "
            f"found {len(codes)} features without {', '.join(missing)}. Use the boundaries of "
            "April 2023: earlier and later ones have other codes."
        )
    frame = gpd.GeoDataFrame({"icb_code": codes}, geometry=frame.geometry, crs=frame.crs)
    frame = frame[frame["icb_code"].isin(wanted)].sort_values("icb_code").reset_index(drop=True)
    frame = frame.to_crs(GRID)
    return frame.set_geometry(frame.geometry.make_valid())


def _check_extent(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make sure that the coordinates lie in England when read in the declared CRS."""
    west, south, east, north = (float(edge) for edge in frame.total_bounds)
    inside = False
    if not frame.crs.is_geographic or (abs(west) <= 180 and abs(north) <= 90):
        box = gpd.GeoSeries([shapely.box(west, south, east, north)], crs=frame.crs)
        bounds = box.to_crs("EPSG:4326").total_bounds
        inside = bool(
            ENGLAND[0] <= bounds[0] <= bounds[2] <= ENGLAND[2]
            and ENGLAND[1] <= bounds[1] <= bounds[3] <= ENGLAND[3]
        )
    if not inside:
        raise GeoError(
            f"Expected coordinates in England for the declared CRS ({frame.crs.to_string()}) of "
            f"{path.name}, found x {west:.3f} to {east:.3f}, y {south:.3f} to {north:.3f}. The "
            "declared CRS is wrong, or the file covers another place: declare the CRS that the "
            "coordinates are in (metres are EPSG:27700, degrees EPSG:4326)."
        )


def compare(reference: Path, levels: Sequence[LevelName] = LEVELS) -> list[Comparison]:
    """Compare our ICBs with a reference, area by area.

    Args:
        reference: A file of ICB boundaries, in any CRS.
        levels: The levels to compare.

    Returns:
        One comparison per level. IoU is measured in EPSG:27700.

    Raises:
        GeoError: If the reference cannot be used.
    """
    results = []
    for level in levels:
        ours = load_boundaries("icb", level=level).to_crs(GRID)
        theirs = read_reference(reference, set(ours["icb_code"]))
        mine, other = ours.geometry.to_numpy(), theirs.geometry.to_numpy()
        shared = shapely.area(shapely.intersection(mine, other))
        values = shared / shapely.area(shapely.union(mine, other))
        pairs = sorted(zip(values.tolist(), ours["icb_code"], strict=True))
        middle = sorted(values.tolist())
        half = len(middle) // 2
        median = middle[half] if len(middle) % 2 else (middle[half - 1] + middle[half]) / 2
        results.append(
            Comparison(
                level=level,
                minimum=pairs[0][0],
                median=median,
                iou={code: value for value, code in pairs},
                names=dict(zip(ours["icb_code"], ours["name"], strict=True)),
            )
        )
    return results


def as_text(results: Sequence[Comparison]) -> str:
    """Write comparisons as a table, worst first.

    Args:
        results: What ``compare`` returned.

    Returns:
        Lines of text.
    """
    lines = []
    for result in results:
        lines.append(f"{result.level}: IoU min {result.minimum:.4f}, median {result.median:.4f}")
        lines += [f"  {iou:.4f}  {code}  {result.names[code]}" for code, iou in result.iou.items()]
    return "\n".join(lines)


def as_json(results: Sequence[Comparison]) -> str:
    """Write comparisons as JSON.

    Args:
        results: What ``compare`` returned.

    Returns:
        A JSON array with one object per level: level, minimum, median, iou, names.
    """
    return json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2)
