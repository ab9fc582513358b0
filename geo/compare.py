"""Measure the embedded ICB boundaries against a reference: ``python -m geo compare REFERENCE``."""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio.errors
import shapely

from geo.boundaries_io import VINTAGE_TITLES, LevelName, load_boundaries
from geo.errors import GeoError
from geo.extent import GRID, check_crs, check_extent

LEVELS: tuple[LevelName, ...] = ("coarse", "fine")
CODE_PATTERN = r"E54\d{6}"


@dataclass(frozen=True)
class Comparison:
    """How far one level agrees with the reference.

    Attributes:
        level: ``coarse`` or ``fine``.
        minimum: The smallest IoU (intersection over union, 0 to 1).
        median: The median IoU.
        iou: IoU by ICB code, worst first.
        names: Name by ICB code.
        paired: Code in the reference of each area that was paired by its ground, not by its code.
    """

    level: str
    minimum: float
    median: float
    iou: dict[str, float]
    names: dict[str, str]
    paired: dict[str, str] = field(default_factory=dict)


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


def read_reference(
    path: Path, wanted: set[str], vintage: str = "2023", others: int = 0
) -> gpd.GeoDataFrame:
    """Read a reference and check that it can be compared.

    Args:
        path: A file that GDAL can read, with its CRS declared.
        wanted: The ICB codes that it must hold.
        vintage: Id of the vintage, for the messages.
        others: How many areas it must hold besides, whose codes we do not know.

    Returns:
        Columns icb_code and geometry (valid), in EPSG:27700, sorted by code: the areas wanted and,
        where there are ``others``, those.

    Raises:
        GeoError: If the file is missing or unreadable, its CRS is missing or does not fit its
            coordinates, it has no code property, codes are missing or repeated, or the number of
            other areas is not the one expected.
    """
    title = VINTAGE_TITLES.get(vintage, vintage)
    if not path.is_file():
        raise GeoError(
            f"Expected a file of reference boundaries at {path}, found none. Give the path of a "
            f"GeoJSON or GeoPackage of the ICBs, {title}."
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
    check_crs(frame, path.name)
    check_extent(frame, path.name)
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
            f"Expected all {len(wanted) + others} ICBs of {title} in {path.name} (property "
            f"{column}), found {len(codes)} features without {', '.join(missing)}. Use the "
            f"boundaries of {title}: earlier and later ones have other codes."
        )
    if others and len(codes) != len(wanted) + others:
        raise GeoError(
            f"Expected the {len(wanted) + others} ICBs of {title} in {path.name} (property "
            f"{column}), found {len(codes)}. Use the boundaries of {title}, or give the "
            "--vintage of this file."
        )
    frame = gpd.GeoDataFrame({"icb_code": codes}, geometry=frame.geometry, crs=frame.crs)
    if not others:
        frame = frame[frame["icb_code"].isin(wanted)]
    frame = frame.sort_values("icb_code").reset_index(drop=True).to_crs(GRID)
    return frame.set_geometry(frame.geometry.make_valid())


def _paired(ours: gpd.GeoDataFrame, theirs: gpd.GeoDataFrame, path: Path) -> dict[str, str]:
    """Our area -> code of the reference: by code, and where we know none by the shared ground.

    Raises:
        GeoError: If two of our areas would be paired with one of the reference.
    """
    pairs = {code: code for code in ours["icb_code"] if re.fullmatch(CODE_PATTERN, code)}
    left = theirs[~theirs["icb_code"].isin(pairs)]
    for code, shape in zip(ours["icb_code"], ours.geometry, strict=True):
        if code not in pairs:
            pairs[code] = str(left.loc[left.intersection(shape).area.idxmax(), "icb_code"])
    twice = sorted({v for v in pairs.values() if list(pairs.values()).count(v) > 1})
    if twice:
        raise GeoError(
            f"Expected areas in {path.name} that correspond to ours one to one, found that "
            f"{', '.join(twice)} holds most of several of ours. Is it of another vintage?"
        )
    return pairs


def compare(
    reference: Path, levels: Sequence[LevelName] = LEVELS, vintage: str = "2023"
) -> list[Comparison]:
    """Compare our ICBs with a reference, area by area.

    Args:
        reference: A file of ICB boundaries, in any CRS.
        levels: The levels to compare.
        vintage: Id of the vintage. Areas whose ONS codes we do not know (of April 2026) are paired
            with those with which they share most ground.

    Returns:
        One comparison per level. IoU is measured in EPSG:27700.

    Raises:
        GeoError: If the reference cannot be used.
    """
    results = []
    for level in levels:
        ours = load_boundaries("icb", vintage, level).to_crs(GRID)
        known = {code for code in ours["icb_code"] if re.fullmatch(CODE_PATTERN, code)}
        theirs = read_reference(reference, known, vintage, len(ours) - len(known))
        pairs = _paired(ours, theirs, reference)
        shapes = dict(zip(theirs["icb_code"], theirs.geometry, strict=True))
        mine = ours.geometry.to_numpy()
        other = np.array([shapes[pairs[code]] for code in ours["icb_code"]])
        shared = shapely.area(shapely.intersection(mine, other))
        values = shared / shapely.area(shapely.union(mine, other))
        worst = sorted(zip(values.tolist(), ours["icb_code"], strict=True))
        results.append(
            Comparison(
                level=level,
                minimum=worst[0][0],
                median=statistics.median(values.tolist()),
                iou={code: value for value, code in worst},
                names=dict(zip(ours["icb_code"], ours["name"], strict=True)),
                paired={code: pair for code, pair in pairs.items() if code != pair},
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
        for code, iou in result.iou.items():
            by_ground = (
                f" (paired by area with {result.paired[code]})" if code in result.paired else ""
            )
            lines.append(f"  {iou:.4f}  {code}  {result.names[code]}{by_ground}")
    return "\n".join(lines)


def as_json(results: Sequence[Comparison]) -> str:
    """Write comparisons as JSON.

    Args:
        results: What ``compare`` returned.

    Returns:
        A JSON array with one object per level: level, minimum, median, iou, names,
        paired.
    """
    return json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2)
