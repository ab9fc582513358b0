"""Cities to find one's way on a map: where to write their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from geo.lookup import read_lookup

COLUMNS = ("place", "district", "longitude", "latitude", "rank")


@dataclass(frozen=True)
class Place:
    """A city or town.

    Attributes:
        name: Its name.
        longitude: Degrees, EPSG:4326, 4 decimals.
        latitude: Degrees, EPSG:4326, 4 decimals.
        rank: 1 = named on the map of England, 2 = on a map of one region as well.
        district: The central postcode district whose middle the point is.
    """

    name: str
    longitude: float
    latitude: float
    rank: int
    district: str


@lru_cache(maxsize=4)
def places(rank: int = 2) -> tuple[Place, ...]:
    """Give the places to name on a map; read once, on first use.

    Args:
        rank: 1 for a map of England, 2 for a map of one region (which has those of rank 1 too).

    Returns:
        The places up to this rank, rank 1 first, then by name.

    Raises:
        GeoError: If the lookup is missing or was changed.
    """
    rows = [
        Place(name, float(longitude), float(latitude), int(level), district)
        for name, district, longitude, latitude, level in read_lookup("places", COLUMNS)
    ]
    return tuple(place for place in rows if place.rank <= rank)
