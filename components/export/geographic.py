"""Maps as shapes with their values: GeoJSON and GeoPackage."""

from __future__ import annotations

import io
import json

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

from components.exhibits.deck import DeckMap
from components.export.columnar import METADATA_KEY, description
from components.export.holding import Holding
from geo.boundaries_io import LevelName, load_boundaries
from geo.geopackage import to_geopackage

_KNOWN_AS = {
    "solid": "",
    "dots": "stated for a part of the area only",
    "hatch": "inferred, not stated",
}
_AREA_KEYS = ("area_id", "icb_code")
_AREA_NAMES = ("area_name", "icb_name")


def _deck(holding: Holding) -> DeckMap:
    if holding.picture is None:
        raise ValueError(f"expected a map, found {holding.id!r}, which has no areas to draw")
    return holding.picture


def _names_by_area(frame: pd.DataFrame, deck: DeckMap) -> dict[str, list[str]]:
    """Area code -> names of the collaboratives whose footprints the rows put there."""
    key = next((c for c in (*_AREA_KEYS, *_AREA_NAMES) if c in frame), "")
    if not key or not {"name", "coverage"} <= set(frame.columns):
        return {}
    codes = {a.name: a.code for a in deck.areas} if key in _AREA_NAMES else {}
    found: dict[str, list[str]] = {}
    for area, name in zip(frame[key], frame["name"], strict=True):
        names = found.setdefault(codes.get(str(area), str(area)), [])
        if name not in names:
            names.append(str(name))
    return found


def areas(holding: Holding, level: LevelName = "fine") -> gpd.GeoDataFrame:
    """The areas of a map with what the map says of each.

    Args:
        holding: A map.
        level: Detail of the shapes.

    Returns:
        EPSG:4326, one row an area of the map's vintage, by code: area_id, name (short), region,
        vintage, shade (0 none, 1 to 4 steps of the legend, missing where filtered out),
        shade_in_words, says, detail, known_as (how coverage is known, ``""`` where it is stated
        for the whole area), is_selected, collaboratives (number, missing where the rows have no
        footprints), collaborative_names, geometry. Hexagon maps have the same real areas.

    Raises:
        ValueError: The exhibit is not a map.
    """
    deck = _deck(holding)
    legend = {entry.key: entry.label for entry in deck.legend}
    names = _names_by_area(holding.frame, deck)
    shapes = load_boundaries("icb", deck.vintage_id, level)[["icb_code", "geometry"]]
    rows = [
        {
            "area_id": a.code,
            "name": a.name,
            "region": a.detail[0] if a.detail else "",
            "vintage": deck.vintage,
            "shade": int(a.fill) if a.fill.isdigit() else 0 if a.fill == "none" else None,
            "shade_in_words": legend.get(a.fill, a.summary),
            "says": a.summary,
            "detail": "; ".join(line.lstrip("• ") for line in a.detail[1:]),
            "known_as": _KNOWN_AS[a.pattern],
            "is_selected": a.selected,
            "collaboratives": len(names.get(a.code, ())) if names else None,
            "collaborative_names": "; ".join(names.get(a.code, ())),
        }
        for a in deck.areas
    ]
    whole = {"shade": "Int64", "collaboratives": "Int64"}
    told = (
        pd.DataFrame(rows)
        .astype(whole)
        .merge(shapes, left_on="area_id", right_on="icb_code", validate="one_to_one")
    )
    return gpd.GeoDataFrame(told.drop(columns="icb_code"), geometry="geometry", crs=shapes.crs)


def members(holding: Holding) -> gpd.GeoDataFrame:
    """The points of a map: organisation_id, name, detail, is_lead, geometry; EPSG:4326.

    Raises:
        ValueError: The exhibit is not a map.
    """
    marks = _deck(holding).markers
    frame = pd.DataFrame(
        [(m.organisation_id, m.name, "; ".join(m.detail), m.lead) for m in marks],
        columns=["organisation_id", "name", "detail", "is_lead"],
    )
    points = gpd.points_from_xy([m.longitude for m in marks], [m.latitude for m in marks])
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def to_geojson(holding: Holding, level: LevelName = "fine") -> bytes:
    """A map as GeoJSON: the areas, with title, filters, sources, licence and date beside them.

    Args:
        holding: A map.
        level: Detail of the shapes.

    Returns:
        A FeatureCollection in longitude and latitude; foreign members carry ``description`` of
        the holding (GeoJSON readers ignore them), and the attribution among them.

    Raises:
        ValueError: The exhibit is not a map.
    """
    frame = areas(holding, level)
    plain = frame.assign(
        **{c: frame[c].astype(object).where(frame[c].notna(), None) for c in frame.columns[:-1]}
    )
    features = json.loads(plain.to_json())["features"]
    for feature in features:
        feature["id"] = feature["properties"]["area_id"]
    document = {
        "type": "FeatureCollection",
        "name": holding.id,
        "attribution": holding.attribution,
        **{f"atlas_{key}": value for key, value in description(holding).items()},
        "features": features,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def to_gpkg(holding: Holding, level: LevelName = "fine") -> bytes:
    """A map as a GeoPackage.

    Args:
        holding: A map.
        level: Detail of the shapes.

    Returns:
        Layers ``areas`` and, where the map has points, ``members``; tables ``rows``, ``notes``
        and ``sources``; title, attribution and licence in the metadata of the file.

    Raises:
        ValueError: The exhibit is not a map.
    """
    points = members(holding)
    layers: dict[str, pd.DataFrame] = {"areas": areas(holding, level)}
    if len(points):
        layers["members"] = points
    layers["rows"] = holding.frame
    layers["notes"] = pd.DataFrame(holding.facts(), columns=["what", "in_words"])
    layers["sources"] = holding.sources()
    metadata = {
        "title": holding.title,
        "attribution": holding.attribution,
        "licence": holding.licence,
        "taken_from": holding.taken_from,
        "taken_on": holding.taken_on,
    }
    return to_geopackage(layers, metadata, holding.taken_on)


def boundaries_geojson(frame: gpd.GeoDataFrame, name: str, attribution: str) -> bytes:
    """Areas alone as GeoJSON, the attribution inside.

    Args:
        frame: Areas in EPSG:4326.
        name: Name of the set.
        attribution: What its licence asks for.
    """
    document = json.loads(frame.to_json(drop_id=True))
    head = {"type": "FeatureCollection", "name": name, "attribution": attribution}
    return json.dumps(
        {**head, "features": document["features"]}, ensure_ascii=False, separators=(",", ":")
    ).encode("utf-8")


def boundaries_parquet(frame: gpd.GeoDataFrame, name: str, attribution: str) -> bytes:
    """Areas alone as GeoParquet; ``atlas`` in the metadata of the schema has name and attribution.

    Args:
        frame: Areas in EPSG:4326.
        name: Name of the set.
        attribution: What its licence asks for.
    """
    sink = io.BytesIO()
    frame.to_parquet(sink, index=False)
    table = pq.ParquetFile(io.BytesIO(sink.getvalue())).read()
    words = json.dumps({"name": name, "attribution": attribution}, ensure_ascii=False)
    table = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), METADATA_KEY: words.encode("utf-8")}
    )
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
