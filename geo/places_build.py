"""Build the places for orientation from postcodes: part of ``python -m geo lookup``."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import lookup_build, lookup_source
from geo.errors import GeoError
from geo.lookup import LOOKUPS
from geo.places import COLUMNS

# Place, its central postcode district, rank. Rank 1 leaves room for the names on a small map of
# England; rank 2 is for a map of one region.
PLACES = (
    ("Birmingham", "B2", 1),
    ("Bristol", "BS1", 1),
    ("Leeds", "LS1", 1),
    ("London", "WC2N", 1),
    ("Manchester", "M2", 1),
    ("Newcastle", "NE1", 1),
    ("Norwich", "NR2", 1),
    ("Plymouth", "PL1", 1),
    ("Southampton", "SO14", 1),
    ("Brighton", "BN1", 2),
    ("Cambridge", "CB2", 2),
    ("Canterbury", "CT1", 2),
    ("Carlisle", "CA1", 2),
    ("Exeter", "EX1", 2),
    ("Hull", "HU1", 2),
    ("Leicester", "LE1", 2),
    ("Lincoln", "LN1", 2),
    ("Liverpool", "L2", 2),
    ("Middlesbrough", "TS1", 2),
    ("Nottingham", "NG1", 2),
    ("Oxford", "OX1", 2),
    ("Sheffield", "S1", 2),
    ("Truro", "TR1", 2),
    ("York", "YO1", 2),
)
METHOD = (
    "Each point is the median easting and the median northing of the postcodes of a central "
    "postcode district of the place, projected to longitude and latitude and rounded to 4 "
    "decimals. Which district stands for a place, and its rank, are chosen in "
    "geo/places_build.py."
)


def build(out: Path = LOOKUPS, postcodes: pd.DataFrame | None = None) -> Path:
    """Build ``places.csv`` with its metadata.

    Args:
        out: The folder to write into; it is made if it is missing.
        postcodes: As ``lookup_source.read_postcodes``, which gives them by default.

    Returns:
        The file written.

    Raises:
        GeoError: If the package is missing, or a district has no postcode in England.
    """
    postcodes = lookup_source.read_postcodes() if postcodes is None else postcodes
    english = postcodes[postcodes["country"] == "E"]
    middle = english.groupby("district")[["easting", "northing"]].median()
    unknown = [district for _, district, _ in PLACES if district not in middle.index]
    if unknown:
        raise GeoError(
            f"Expected postcodes in England for the district of every place, found none in "
            f"{', '.join(unknown)}. Correct PLACES in geo/places_build.py."
        )
    grid = middle.loc[[district for _, district, _ in PLACES]]
    points = gpd.GeoSeries.from_xy(grid["easting"], grid["northing"], crs=lookup_build.METRES)
    rows = [
        (place, district, f"{point.x:.4f}", f"{point.y:.4f}", str(rank))
        for (place, district, rank), point in zip(PLACES, points.to_crs("EPSG:4326"), strict=True)
    ]
    rows.sort(key=lambda row: (row[4], row[0]))
    out.mkdir(parents=True, exist_ok=True)
    meta = {"title": "Places for orientation on the maps", "method": METHOD}
    return lookup_build.write(out, "places", lookup_build.as_csv(COLUMNS, rows), meta)
