"""Fetch ICB boundaries from a layer of an ArcGIS feature service, page by page.

ONS publishes its boundaries on the Open Geography portal as such services. No address is written
here: it is always given by the person who runs the command.
"""

from __future__ import annotations

import hashlib
import json
import urllib.parse
from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import shapely.errors

from geo.errors import GeoError
from geo.refresh_http import Client
from geo.refresh_input import LONLAT, Boundaries, plain

# A layer with this many times the areas expected is of another geography: it is not fetched.
MANY = 4
POLYGONS = "esriGeometryPolygon"


def layer_url(source: str) -> str:
    """Tidy the address of a layer as people copy it.

    Args:
        source: For example ``https://host/.../FeatureServer/0/query?where=1%3D1&f=geojson``.

    Returns:
        The address of the layer itself: no query, no ``/query``, no user name.

    Raises:
        GeoError: If it is no address of a layer.
    """
    try:
        parts = urllib.parse.urlsplit(source.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urllib.parse.urlsplit(""), None, None
    path = parts.path.rstrip("/").removesuffix("/query").rstrip("/")
    if parts.scheme not in {"http", "https"} or not host or not path:
        raise GeoError(
            f"Expected the http or https address of a layer of a feature service, found "
            f"{plain(source, 120)}. Copy it from the data set's page: it ends in FeatureServer/0."
        )
    if not path.rpartition("/")[2].isdecimal():
        raise GeoError(
            f"Expected an address that ends in the number of a layer, such as FeatureServer/0, "
            f"found {plain(path, 120)}. Add the number of the layer of the ICBs."
        )
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{path}"


def fetch(source: str, expected: int, client: Client, page_size: int = 10) -> Boundaries:
    """Fetch every area of a layer.

    Args:
        source: The address of the layer, see ``layer_url``.
        expected: How many areas it should have; far more are not fetched.
        client: Does the requests, within its limits.
        page_size: Areas to ask for at once; the service may give fewer.

    Returns:
        The boundaries, in EPSG:4326.

    Raises:
        GeoError: If the service does not answer, the layer is another one, or the answers do not
            add up to the number that the service itself states.
    """
    url = layer_url(source)
    info = client.get(url, {"f": "json"})
    label = _checked_label(info, url)
    stated = client.get(f"{url}/query", {"where": "1=1", "returnCountOnly": "true", "f": "json"})
    count = stated.get("count")
    if not isinstance(count, int) or not 0 < count <= MANY * expected:
        found = f"{count:,} features" if isinstance(count, int) else "no count of its features"
        raise GeoError(
            f"Expected about {expected} areas in {label}, found {found}. This "
            "is another geography, or an empty layer: give the address of the ICBs' layer."
        )
    features = _pages(url, label, info, count, client, page_size)
    try:
        frame = gpd.GeoDataFrame.from_features(features, crs=LONLAT)
    except (
        KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError
    ) as error:  # fmt: skip
        raise GeoError(
            f"Expected GeoJSON features with geometry in {label}, found some that cannot be read "
            f"({plain(error, 120)}). Download the layer as a file instead and "
            "give its path."
        ) from error
    digest = hashlib.sha256(json.dumps(features, sort_keys=True).encode()).hexdigest()
    words = plain(info.get("copyrightText") or "")
    return Boundaries(frame, label, url, digest, _last_edit(info), words or None)


def _checked_label(info: dict[str, Any], url: str) -> str:
    """Name the layer, after making sure that it is one of polygons."""
    label = f"layer {plain(info.get('name') or url, 80)}"
    kind = info.get("geometryType")
    if kind == POLYGONS:
        return label
    layers = info.get("layers")
    if isinstance(layers, list) and layers:
        names = [f"{x.get('id')} {x.get('name')}" for x in layers if isinstance(x, dict)]
        found = f"a service with the layers {plain(', '.join(names))}"
    elif kind:
        found = f"a layer of {plain(kind, 40).removeprefix('esriGeometry').lower()} shapes"
    else:
        found = "no layer with shapes"
    raise GeoError(
        f"Expected a layer of polygons at {url}, found {found} ({label.removeprefix('layer ')}). "
        "Give the address of the layer with the ICBs' boundaries."
    )


def _pages(
    url: str, label: str, info: dict[str, Any], count: int, client: Client, page_size: int
) -> list[dict[str, Any]]:
    """Ask for page after page until the service has no more."""
    query = {
        "where": "1=1",
        "outFields": "*",
        "returnGeometry": "true",
        "outSR": "4326",
        "f": "geojson",
    }
    if isinstance(info.get("objectIdField"), str):
        # Without an order a service may give a row twice and leave out another.
        query["orderByFields"] = info["objectIdField"]
    abilities = info.get("advancedQueryCapabilities")
    paged = not (isinstance(abilities, dict) and abilities.get("supportsPagination") is False)
    features: list[dict[str, Any]] = []
    offset = 0
    # A page has at least one area, or the odd one is empty although the service says "more".
    for _ in range(count + 10):
        if paged:
            query |= {"resultOffset": str(offset), "resultRecordCount": str(page_size)}
        page = client.get(f"{url}/query", query)
        found = page.get("features")
        if page.get("type") != "FeatureCollection" or not isinstance(found, list):
            raise GeoError(
                f"Expected GeoJSON features from {label}, found {plain(page, 120)}. "
                "The service does not write GeoJSON: download the layer as a file."
            )
        features += found
        offset += len(found) or page_size
        # What the service says of a further page matters only where a page is empty: some set it
        # wrongly, but all agree with their own count.
        if len(features) >= count or not paged or not (found or _more(page)):
            break
    if len(features) != count:
        raise GeoError(
            f"Expected the {count} features that {label} states, found {len(features)}. "
            "The layer changed meanwhile, or its pages overlap or have gaps: run the "
            "command again, or with --page-size 1000 for all at once."
        )
    return features


def _more(page: dict[str, Any]) -> bool:
    """Whether the service has more; some versions say so at the top, some in the properties."""
    properties = page.get("properties")
    inner = properties.get("exceededTransferLimit") if isinstance(properties, dict) else None
    return page.get("exceededTransferLimit") is True or inner is True


def _last_edit(info: dict[str, Any]) -> str | None:
    """Read the day of the last edit, which the service gives in milliseconds of 1970."""
    editing = info.get("editingInfo")
    if not isinstance(editing, dict):
        return None
    value = editing.get("dataLastEditDate") or editing.get("lastEditDate")
    if not isinstance(value, int) or not 0 < value < 4_000_000_000_000:
        return None
    return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()
