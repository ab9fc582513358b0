"""Read the embedded boundaries and their metadata: all that the running app needs."""

from __future__ import annotations

import hashlib
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd

from geo.errors import GeoError

Kind = Literal["icb", "region"]
LevelName = Literal["coarse", "fine"]

BOUNDARIES = Path(__file__).parent / "boundaries"
VINTAGE_TITLES = {"2023": "April 2023", "2026": "April 2026"}
LICENCE = "Open Government Licence v3.0"
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2023."
)
ATTRIBUTIONS = {
    "2023": ATTRIBUTION,
    # ONS has published areas of its own for 2026; these are not they, and must not pass for them.
    "2026": f"{ATTRIBUTION} Areas of April 2026 put together by the Atlas, not by ONS.",
}
# The NHS regions and Wales did not change in April 2026: one file serves both vintages.
_UNCHANGED = {("region", "2026"): "2023", ("context", "2026"): "2023"}


def _name(kind: str, vintage: str, level: str) -> str:
    """Name of a boundary file without its ending."""
    own = BOUNDARIES / f"{kind}_{vintage}_{level}.geojson"
    if not own.is_file():  # a refresh may have brought files of its own
        vintage = _UNCHANGED.get((kind, vintage), vintage)
    return f"context_{vintage}" if kind == "context" else f"{kind}_{vintage}_{level}"


def available_vintages() -> dict[str, str]:
    """List the vintages of boundaries that are embedded.

    Returns:
        Title (such as "April 2023") by vintage id (such as "2023"), oldest first.
    """
    return {
        vintage: title
        for vintage, title in sorted(VINTAGE_TITLES.items())
        if (BOUNDARIES / f"{_name('icb', vintage, 'coarse')}.geojson").is_file()
    }


def metadata_path(kind: str, vintage: str = "2023", level: str = "coarse") -> Path:
    """Say where the metadata of a boundary file is.

    Args:
        kind: ``icb``, ``region`` or ``context``.
        vintage: Id of the vintage.
        level: ``coarse`` or ``fine``; ``context`` has one level only.

    Returns:
        The path, whether the file exists or not.
    """
    return BOUNDARIES / f"{_name(kind, vintage, level)}.meta.json"


def load_metadata(kind: str, vintage: str = "2023", level: str = "coarse") -> dict[str, Any]:
    """Read what a boundary file says of itself.

    Args:
        kind: ``icb``, ``region`` or ``context``.
        vintage: Id of the vintage.
        level: ``coarse`` or ``fine``.

    Returns:
        Title, vintage, source, licence, attribution, method, tolerance_m, crs, sha256 and so on.
        What did not change between two vintages is kept in one file, whose metadata name the
        older one.

    Raises:
        GeoError: If there is no such file.
    """
    path = metadata_path(kind, vintage, level)
    if not path.is_file():
        found = sorted(p.name for p in BOUNDARIES.glob("*.meta.json"))
        raise GeoError(
            f"Expected boundaries {kind!r} of vintage {vintage!r} at level {level!r} "
            f"(geo/boundaries/{path.name}), found {', '.join(found) or 'none'}. Ask for one of "
            "those, or rebuild with `python -m geo build`."
        )
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def read_verified(path: Path, sha256: str) -> bytes:
    """Read a file and make sure that it is the one its metadata describes.

    Args:
        path: The file.
        sha256: The checksum expected, in hexadecimal.

    Returns:
        The bytes of the file.

    Raises:
        GeoError: If the file is missing or was changed.
    """
    if not path.is_file():
        raise GeoError(
            f"Expected the boundary file geo/boundaries/{path.name}, found only its metadata. "
            "Restore it from version control or rebuild with `python -m geo build`."
        )
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise GeoError(
            f"Expected SHA-256 {sha256} for geo/boundaries/{path.name} (from its .meta.json), "
            f"found {found}. The file was changed or cut short (line endings converted?): restore "
            "it from version control or rebuild both files with `python -m geo build`."
        )
    return data


def _load(kind: str, vintage: str, level: str) -> gpd.GeoDataFrame:
    """Read one boundary file after checking it."""
    meta = load_metadata(kind, vintage, level)
    path = BOUNDARIES / f"{_name(kind, vintage, level)}.geojson"
    frame = gpd.read_file(io.BytesIO(read_verified(path, meta["sha256"])))
    if len(frame) != meta["features"]:
        raise GeoError(
            f"Expected {meta['features']} features in geo/boundaries/{path.name}, found "
            f"{len(frame)}. Rebuild with `python -m geo build`."
        )
    return frame


@lru_cache(maxsize=16)
def load_boundaries(
    kind: Kind, vintage: str = "2023", level: LevelName = "coarse"
) -> gpd.GeoDataFrame:
    """Load the areas of one kind; the result is cached and shared, so do not change it.

    Args:
        kind: ``icb`` (42 rows in 2023, 36 in 2026) or ``region`` (7 rows, the same in both).
        vintage: Id of the vintage, a key of ``available_vintages()``.
        level: ``coarse`` (England on one screen) or ``fine`` (one region on one screen).

    Returns:
        EPSG:4326, sorted by code, index 0..n-1. Columns for ``icb``: icb_code (of 2026: the
        ``area_id`` of the table ``icbs_2026``), name, region_code, region, geometry; for
        ``region``: region_code, region, geometry.

    Raises:
        GeoError: If there is no such file, or it is not the one its metadata describes.
    """
    return _load(kind, vintage, level)


@lru_cache(maxsize=4)
def load_context(vintage: str = "2023") -> gpd.GeoDataFrame:
    """Load the quiet neighbour drawn behind the maps: Wales, coarse.

    Args:
        vintage: Id of the vintage.

    Returns:
        EPSG:4326; columns code, name, geometry; one row.

    Raises:
        GeoError: If there is no such file, or it is not the one its metadata describes.
    """
    return _load("context", vintage, "coarse")


def boundary_files() -> dict[str, bytes]:
    """Give every embedded boundary file as it is, for whoever packs them.

    Returns:
        File name (such as ``icb_2023_fine.geojson``) -> its bytes, checked against its metadata.

    Raises:
        GeoError: If a file is not the one its metadata describes.
    """
    files = {}
    for described in sorted(BOUNDARIES.glob("*.meta.json")):
        meta = json.loads(described.read_text(encoding="utf-8"))
        path = described.with_name(described.name.replace(".meta.json", ".geojson"))
        files[path.name] = read_verified(path, meta["sha256"])
    return files


def attribution(kind: Kind = "icb", vintage: str = "2023", level: LevelName = "coarse") -> str:
    """Give the words that must stand on every map and export.

    Args:
        kind: ``icb`` or ``region``.
        vintage: Id of the vintage.
        level: ``coarse`` or ``fine``.

    Returns:
        The attribution required by the licence; for ``icb`` of a vintage that is not from ONS,
        that too.
    """
    return str(load_metadata(kind, vintage, level)["attribution"])


def vintage_title(vintage: str = "2023") -> str:
    """Give the vintage in words, such as "April 2023".

    Args:
        vintage: Id of the vintage.

    Returns:
        The title.

    Raises:
        GeoError: If the vintage is not known.
    """
    if vintage not in VINTAGE_TITLES:
        raise GeoError(
            f"Expected a vintage of {', '.join(VINTAGE_TITLES)}, found {vintage!r}. Add it to "
            "VINTAGE_TITLES in geo/boundaries_io.py when its boundaries are embedded."
        )
    return VINTAGE_TITLES[vintage]
