"""Build the embedded lookups of postcodes and places: ``python -m geo lookup``.

The method is in ``METHOD``; it is written into the metadata of every file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo import coverage
from geo.boundaries_io import LICENCE, load_boundaries
from geo.lookup import LOOKUPS, lookup_name
from geo.lookup_source import ATTRIBUTION, COUNTRIES, DATE, PACKAGE, SOURCE, read_postcodes

METRES = "EPSG:27700"
# Simplification moves the coast and fills or opens creeks; `geo.points` allows the same.
NEAREST_WITHIN_M = 2000.0
SMALLEST_SHARE = 0.01
METHOD = (
    "Every postcode of England (by its local authority code, those no longer in use included) is "
    "given the ICB whose fine boundary holds its grid reference, or, outside all of them (a quay, "
    "a creek), the nearest within 2 km. A share is that of all located postcodes of the district, "
    "those in Wales and Scotland included, rounded to 2 decimals; below 0.01 it is left out. "
    "Districts without any postcode in England are left out. Within some 200 m of a border a "
    "postcode may be given to the neighbour."
)

Floats = npt.NDArray[np.float64]
Names = npt.NDArray[np.object_]
# Easting and northing in metres (EPSG:27700) -> ICB code of each point, "" where there is none.
Placer = Callable[[Floats, Floats], Names]


def icb_placer(vintage: str = "2023") -> Placer:
    """Prepare the fine boundaries of a vintage for placing many points.

    Args:
        vintage: Id of the vintage.

    Returns:
        The function that places points. On a border the lower code wins, as in ``geo.points``.

    Raises:
        GeoError: If there are no boundaries of this vintage.
    """
    frame = load_boundaries("icb", vintage, "fine").to_crs(METRES)
    areas = coverage.as_array(list(frame.geometry))
    codes = frame["icb_code"].tolist()
    shapely.prepare(areas)
    tree = shapely.STRtree(areas)

    def place(easting: Floats, northing: Floats) -> Names:
        owner = np.full(len(easting), len(codes))
        for index, area in enumerate(areas):
            west, south, east, north = area.bounds
            near = np.flatnonzero(
                (owner == len(codes))
                & (easting >= west)
                & (easting <= east)
                & (northing >= south)
                & (northing <= north)
            )
            owner[near[shapely.intersects_xy(area, easting[near], northing[near])]] = index
        outside = np.flatnonzero(owner == len(codes))
        points = shapely.points(easting[outside], northing[outside])
        which, nearest = tree.query_nearest(points, max_distance=NEAREST_WITHIN_M)
        np.minimum.at(owner, outside[which], nearest)
        placed: Names = np.array([*codes, ""], dtype=object)[owner]
        return placed

    return place


def shares(groups: pd.Series, members: pd.Series, total: pd.Series) -> list[tuple[str, str, str]]:
    """Count how much of each group each member has.

    Args:
        groups: The group of each postcode ("LS1").
        members: The member of each postcode (an ICB code); "" for none.
        total: Postcodes of each group, by group.

    Returns:
        (group, member, share) with two decimals, sorted by group, then share (largest first),
        then member; shares below 0.01 are left out.
    """
    counted = pd.Series(1, index=pd.MultiIndex.from_arrays([groups, members]))
    found = counted.groupby(level=[0, 1]).sum()
    rows = [
        (str(group), str(member), int(count) / int(total[group]))
        for group, member, count in zip(
            found.index.get_level_values(0), found.index.get_level_values(1), found, strict=True
        )
        if member
    ]
    rows.sort(key=lambda row: (row[0], -row[2], row[1]))
    return [(group, member, f"{s:.2f}") for group, member, s in rows if s >= SMALLEST_SHARE]


def _groups_above(districts: Sequence[str]) -> dict[str, list[str]]:
    """Give each district its larger groups: its area, and "SW1" for "SW1A" where that is none."""
    known = set(districts)
    above: dict[str, list[str]] = {}
    for district in known:
        area = re.match(r"[A-Z]+", district)
        above[district] = [area.group()] if area else []
        if district[-1].isalpha() and district[:-1] not in known:
            above[district].append(district[:-1])
    return above


def elsewhere(postcodes: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Say what lies outside England: areas, and districts of those that are not in one country.

    Args:
        postcodes: As ``lookup_source.read_postcodes``.

    Returns:
        (area or district, country, share of its postcodes), as ``shares``.
    """
    country = postcodes["country"].map(COUNTRIES).fillna("")
    by_area = country.groupby(postcodes["area"]).agg(["nunique", "first"])
    whole = set(by_area.index[(by_area["nunique"] == 1) & (by_area["first"] != "")])
    mixed = ~postcodes["area"].isin(whole)
    group = pd.concat([postcodes["area"], postcodes["district"][mixed]])
    return shares(group, country.loc[group.index], group.value_counts())


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write rows as CSV with Unix line endings.

    Args:
        header: The column names.
        rows: The cells.

    Returns:
        The text of the file.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([header, *rows])
    return buffer.getvalue()


def write(out: Path, name: str, text: str, meta: dict[str, Any]) -> Path:
    """Write a lookup and the metadata beside it.

    Args:
        out: The folder, which must exist.
        name: Name of the file without its ending.
        text: The CSV.
        meta: What is particular to this file: title, method and so on.

    Returns:
        The CSV file.
    """
    data = text.encode("utf-8")
    path = out / f"{name}.csv"
    document = {
        **meta,
        "source": SOURCE,
        "date": DATE,
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "package": PACKAGE,
        "package_version": metadata.version(PACKAGE),
        "rows": text.count("\n") - 1,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    path.write_bytes(data)
    meta_text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    path.with_suffix(".meta.json").write_bytes(meta_text.encode("utf-8"))
    return path


def build(
    out: Path = LOOKUPS,
    vintage: str = "2023",
    place: Placer | None = None,
    postcodes: pd.DataFrame | None = None,
) -> list[Path]:
    """Build the lookups of districts, areas and what lies elsewhere.

    Args:
        out: The folder to write into; it is made if it is missing.
        vintage: Id of the vintage that the ICB codes belong to.
        place: Finds the ICB of points; by default the fine boundaries of the vintage.
        postcodes: As ``lookup_source.read_postcodes``, which gives them by default.

    Returns:
        The CSV files written.

    Raises:
        GeoError: If the package or the boundaries are missing.
    """
    postcodes = read_postcodes() if postcodes is None else postcodes
    place = place or icb_placer(vintage)
    english = postcodes["country"] == "E"
    here = postcodes[english]
    icb = pd.Series("", index=postcodes.index, dtype=object)
    icb[english] = place(here["easting"].to_numpy(), here["northing"].to_numpy())
    placed = int((icb != "").sum())
    above = _groups_above(postcodes["district"].unique().tolist())
    # One row per postcode and larger group, so that a group's shares count postcodes.
    group = postcodes["district"].map(above).explode()
    rows = shares(postcodes["district"], icb, postcodes["district"].value_counts())
    larger = shares(group, icb.loc[group.index], group.value_counts())
    numbers = {
        "vintage": vintage,
        "method": METHOD,
        "postcodes_of_england": int(english.sum()),
        "postcodes_placed": placed,
    }
    out.mkdir(parents=True, exist_ok=True)
    files = [
        ("postcode_districts", "Postcode districts and their ICBs", "district", rows),
        ("postcode_areas", "Postcode areas and their ICBs", "area", larger),
    ]
    written = [
        write(
            out,
            lookup_name(name, vintage),
            as_csv((first, "icb_code", "share"), table),
            {"title": title, **numbers},
        )
        for name, title, first, table in files
    ]
    text = as_csv(("postcode", "country", "share"), elsewhere(postcodes))
    title = "Postcode areas and districts outside England"
    how = (
        "The country of each postcode is that of its local authority code. Areas and, where an "
        "area is not wholly in one country, its districts. Shares as in postcode_districts. "
        "Northern Ireland is left out: its postcodes are not under the Open Government Licence."
    )
    written.append(write(out, "postcode_elsewhere", text, {"title": title, "method": how}))
    return written
