"""Read ICB boundaries from a file, for ``python -m geo refresh``."""

from __future__ import annotations

import hashlib
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pyogrio
import pyogrio.errors

from geo.errors import GeoError

LONLAT = "EPSG:4326"


@dataclass(frozen=True)
class Boundaries:
    """Boundaries as they came, not checked yet.

    Attributes:
        frame: Every property and the geometry, with its CRS.
        label: What to call the input in a message: a file name or a layer.
        source: What to write into the metadata: a file name without its folder, or an address
            without a query (which could hold a token).
        sha256: Checksum of the input: of the file, or of the features in the order received.
        date: When the boundaries were published or last edited, YYYY-MM-DD, where the input says.
        copyright: The input's own words on copyright, where it has any.
    """

    frame: gpd.GeoDataFrame
    label: str
    source: str
    sha256: str
    date: str | None = None
    copyright: str | None = None


def plain(text: object, longest: int = 300) -> str:
    """Make a stranger's text fit for a message or for metadata.

    Args:
        text: Anything, from a service or a file.
        longest: Characters to keep.

    Returns:
        One line without markup or control characters.
    """
    without_tags = re.sub(r"<[^<>]{0,500}>", " ", str(text)[: longest * 10])
    printable = "".join(c if c.isprintable() else " " for c in without_tags)
    line = " ".join(printable.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def read_file(path: Path, layer: str | None = None) -> Boundaries:
    """Read boundaries from a GeoJSON, GeoPackage or shapefile (also zipped).

    Args:
        path: The file.
        layer: The layer wanted, where a file has several.

    Returns:
        The boundaries.

    Raises:
        GeoError: If the file is missing or unreadable, or its layer is not certain.
    """
    if not path.is_file():
        raise GeoError(
            f"Expected a file of boundaries or the address of a layer, found no file {path.name}. "
            "Give the path of a GeoJSON, GeoPackage or shapefile, or an address that begins with "
            "https://."
        )
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
        if (layer is None and len(names) > 1) or (layer is not None and layer not in names):
            asked = f"layer {layer!r}" if layer else "one layer"
            raise GeoError(
                f"Expected {asked} in {path.name}, found {', '.join(names) or 'none'}. Name the "
                "layer of the ICBs with --layer."
            )
        with warnings.catch_warnings():
            # A missing CRS is an error with its own words further on.
            warnings.simplefilter("ignore", UserWarning)
            frame = gpd.read_file(path, layer=layer) if layer else gpd.read_file(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise GeoError(
            f"Expected boundaries in {path.name}, found a file that cannot be read "
            f"({plain(error, 120)}). Give a GeoJSON, GeoPackage or shapefile; a file that was "
            "downloaded may be cut short: download it again."
        ) from error
    if not isinstance(frame, gpd.GeoDataFrame) or not len(frame):
        raise GeoError(
            f"Expected boundaries in {path.name}, found no features with geometry. Give the file "
            "of the areas, not a table of names."
        )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Boundaries(frame, path.name, path.name, sha256)
