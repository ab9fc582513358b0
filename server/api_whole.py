"""Boundaries, sources, the schema, the data package, and what the interface says of itself."""

from __future__ import annotations

import json
from typing import Final, cast

import geopandas as gpd

from components.export import citing
from components.export.citing import STYLES
from components.export.geographic import boundaries_geojson, boundaries_parquet
from components.export.holding import ATLAS, LICENCE, of_table, table_filters
from components.ui import cache
from data import Catalogue
from data.package_zip import descriptor, package_zip
from data.rows import text
from data.table_filters import table_rows
from geo.boundaries_io import (
    ATTRIBUTION,
    Kind,
    LevelName,
    attribution,
    available_vintages,
    boundary_files,
    load_boundaries,
)
from server.api_answer import ApiError, Made, json_bytes
from server.api_ask import Ask
from server.api_resource import (
    NOTES,
    Param,
    Resource,
    content_version,
    page_of,
    paged_headers,
    plain_csv,
    records,
    rows_answer,
    rows_head,
)
from server.api_words import cut, no_such

OGL: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
KINDS, LEVELS = ("icb", "region"), ("coarse", "fine")


def _health(catalogue: Catalogue, ask: Ask) -> Made:
    problems = [str(p) for p in cache.shared()[1]]
    body = {
        "status": "stale" if problems else "ok",
        "version": content_version(catalogue),
        "problems": problems,
    }
    return Made(json_bytes(body), ask.form, headers={"Cache-Control": "no-cache"})


def _boundaries(catalogue: Catalogue, ask: Ask) -> Made:
    sets = [
        {
            "kind": kind,
            "vintage": vintage,
            "title": title,
            "level": level,
            "areas": len(load_boundaries(kind, vintage, level)),
            "attribution": attribution(kind, vintage, level),
            "url": f"{ask.root}/boundaries/{kind}/{vintage}/{level}",
        }
        for kind in cast(tuple[Kind, ...], KINDS)
        for vintage, title in available_vintages().items()
        for level in cast(tuple[LevelName, ...], LEVELS)
    ]
    return Made(json_bytes({"version": content_version(catalogue), "boundaries": sets}), ask.form)


def _boundary(_: Catalogue, ask: Ask) -> Made:
    kind, vintage, level = ask.at("kind"), ask.at("vintage"), ask.at("level")
    known = {"kind": KINDS, "vintage": tuple(available_vintages()), "level": LEVELS}
    for name, values in known.items():
        if ask.at(name) not in values:
            raise ApiError(
                404, "No such boundaries",
                f"There are no boundaries of {name} {cut(ask.at(name))}; {name} may be "
                f"{', '.join(values)}. {ask.base}/boundaries lists all sets.",
                known=list(values),
            )  # fmt: skip
    frame = load_boundaries(cast(Kind, kind), vintage, cast(LevelName, level))
    words = attribution(cast(Kind, kind), vintage, cast(LevelName, level))
    stem = f"{kind}_{vintage}_{level}"
    if ask.form.id == "csv":
        links = f'<{OGL}>; rel="license", <{ask.root}/boundaries>; rel="describedby"'
        return Made(plain_csv(frame.drop(columns="geometry")), ask.form, stem, {"Link": links})
    write = boundaries_geojson if ask.form.id == "geojson" else boundaries_parquet
    return Made(write(gpd.GeoDataFrame(frame), stem, words), ask.form, stem)


def _sources(catalogue: Catalogue, ask: Ask) -> Made:
    own = ask.selection.only(("tier",))
    rows = table_rows(catalogue, "sources", own)
    if ask.form.id in STYLES:
        part = page_of(rows, ask)["source_id"]
        refs = [citing.of_source(catalogue, str(key)) for key in part]
        text_of = STYLES[ask.form.id].write(refs).encode("utf-8")
        headers = paged_headers(SOURCES.path, ask, len(rows))
        return Made(text_of, ask.form, "sources", headers)
    holding = of_table(
        catalogue, "sources", rows, table_filters(catalogue, own),
        taken_on=ask.today, address=ask.base,
    )  # fmt: skip
    said = rows_head(catalogue, ask.selection, frozenset({"tier"}), ask.today)
    return rows_answer(holding, ask, SOURCES.path, "sources", said)


def _source(catalogue: Catalogue, ask: Ask) -> Made:
    key = ask.at("id")
    rows = catalogue.table("sources")
    found = rows[rows["source_id"] == key]
    if found.empty:
        titles = dict(zip(rows["source_id"], rows["title"], strict=True))
        raise no_such("source", key, titles, f"{ask.base}/sources")
    if ask.form.id in STYLES:
        one = STYLES[ask.form.id].write([citing.of_source(catalogue, key)])
        return Made(one.encode("utf-8"), ask.form, key)
    used = {
        name: int((frame["source_id"] == key).sum())
        for name, frame in catalogue.frames.items()
        if name != "sources" and "source_id" in frame
    }
    body = {
        **records(found)[0],
        "tier_label": catalogue.label("sources", "tier", text(found.iloc[0]["tier"])),
        "rows_by_table": {name: count for name, count in used.items() if count},
        "version": content_version(catalogue),
    }
    return Made(json_bytes(body), ask.form)


def _schema(catalogue: Catalogue, ask: Ask) -> Made:
    return Made(json.dumps(descriptor(catalogue), ensure_ascii=False).encode("utf-8"), ask.form)


def _package(catalogue: Catalogue, ask: Ask) -> Made:
    body = package_zip(catalogue, boundary_files(), ATTRIBUTION)
    return Made(body, ask.form, f"provider-collaboratives-atlas-{catalogue.schema.version}")


def _index(catalogue: Catalogue, ask: Ask) -> Made:
    places = (TABLES_URL, "exhibits", "boundaries", "sources", "schema", "package.zip", "health")
    body = {
        "title": f"{ATLAS}: interface for programs",
        "version": content_version(catalogue),
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "description": f"{ask.root}/openapi.json",
        "formats": "?format= or Accept; see the description",
        "links": {place: f"{ask.root}/{place}" for place in places},
    }
    return Made(json_bytes(body), ask.form)


TABLES_URL: Final = "tables"
_WORD = {"type": "string"}
_SOURCE_ID = Param("id", "Id of a source.", _WORD, "survey-2022")
INDEX: Final = Resource(
    "readIndex", "", "What there is", "Links to everything, version and licence.", ("json",), _index
)
HEALTH: Final = Resource(
    "readHealth", "/health", "Whether all is well",
    "`ok`, or `stale` while newer files on disk are not valid and the last good tables are served.",
    ("json",), _health, keeps=False,
)  # fmt: skip
BOUNDARIES: Final = Resource(
    "listBoundaries", "/boundaries", "Every set of boundaries",
    "Kinds, vintages and levels of detail, with the attribution that each asks for.",
    ("json",), _boundaries,
)  # fmt: skip
BOUNDARY: Final = Resource(
    "readBoundaries", "/boundaries/{kind}/{vintage}/{level}", "Boundaries",
    "Areas in longitude and latitude (WGS 84) with code, name and region. Parquet is GeoParquet; "
    "csv has the areas without their shapes.",
    ("geojson", "parquet", "csv"), _boundary,
    (
        Param("kind", "Integrated care boards or NHS regions.",
              {"type": "string", "enum": list(KINDS)}, "icb"),
        Param("vintage", "April 2023 or April 2026.",
              {"type": "string", "enum": ["2023", "2026"]}, "2023"),
        Param("level", "coarse for England on one screen, fine for a region.",
              {"type": "string", "enum": list(LEVELS)}, "coarse"),
    ),
)  # fmt: skip
SOURCES: Final = Resource(
    "listSources", "/sources", "Every source",
    "Documents, pages and datasets, or references to all of them in one of four styles.",
    ("json", "csv", "parquet", "xlsx", *STYLES), _sources, extras=(NOTES,), filters=True,
    paged=True,
)  # fmt: skip
SOURCE: Final = Resource(
    "readSource", "/sources/{id}", "One source",
    "The source and how many rows of each table rest on it, or a reference to it.",
    ("json", *STYLES), _source, (_SOURCE_ID,),
)  # fmt: skip
SCHEMA: Final = Resource(
    "readSchema", "/schema", "Dictionary of every table and column",
    "The data package's descriptor: types, units, keys, closed vocabularies, "
    "sizes and checksums.",
    ("json",), _schema,
)  # fmt: skip
PACKAGE: Final = Resource(
    "readPackage", "/package.zip", "The whole Atlas",
    "One Frictionless data package: schema, tables and boundaries. The same tables give the same "
    "bytes.",
    ("zip",), _package,
)  # fmt: skip
