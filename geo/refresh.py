"""Take over ICB boundaries from elsewhere: ``python -m geo refresh SOURCE --vintage 2023``.

Everything is fetched, checked, simplified and read back beside the old files; only then do the new
ones take their place, all at once. Until then nothing is changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from geo import build, coverage, refresh_swap
from geo.errors import GeoError
from geo.extent import GRID
from geo.refresh_check import SNAP_M, Checked, check
from geo.refresh_http import Client
from geo.refresh_input import LONLAT, Boundaries, plain, read_file
from geo.refresh_order import Order, expected, given_words, words_for
from geo.refresh_service import fetch

METHOD = (
    "Boundaries as published, checked for codes, count, validity and coverage of England, "
    "projected to EPSG:27700 and, where borders did not match, cleaned into one coverage "
    "(shapely.coverage_clean, 1 m, gaps up to 50 m); tidal creeks and rivers narrower than creek_m "
    "filled, and water that this leaves enclosed up to pond_m2, both split along their middle "
    "where they divide two ICBs; simplified as a coverage by tolerance_m, so that shared borders "
    "stay shared; projected to longitude and latitude and snap-rounded; islands smaller than "
    "islet_m2 dropped; regions are dissolved from the rounded ICBs."
)
# Full-resolution boundaries are thinned before anything else: the same levels come out, sooner.
THIN_ABOVE_POINTS = 300_000
THIN_M = 20.0
# A level that agrees less with what came in has lost something (IoU, intersection over union).
LEAST_IOU = {"coarse": 0.9, "fine": 0.95}


def refresh(
    order: Order, client: Client | None = None, say: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """Fetch or read, check, simplify, prove, and only then replace.

    Args:
        order: What to take over.
        client: Does the requests to a feature service.
        say: Is told of every step.

    Returns:
        The GeoJSON files that were replaced or added.

    Raises:
        GeoError: If anything is not as expected; then no file was changed.
    """
    by_source, title = expected(order)
    given = given_words(order)
    if "://" in order.source:
        boundaries = fetch(order.source, len(by_source), client or Client(), order.page_size)
    else:
        boundaries = read_file(Path(order.source), order.layer)
    say(f"read {len(boundaries.frame)} areas of {boundaries.label}")
    words = words_for(given, boundaries)
    checked = check(boundaries, by_source, title)
    names = {row.icb_code: row for row in by_source.values()}
    whole = {by_source[code].icb_code: zone for code, zone in checked.zones.items()}
    say(f"checked: the {len(names)} ICBs of {title}, a coverage of England")
    with refresh_swap.staging(order.out) as folder:
        new = folder / "new"
        new.mkdir()
        paths = []
        zones, thinned = _thinned(whole)
        for level in build.LEVELS:
            areas = _simplified(zones, level, boundaries.label)
            least = _agreement(areas, whole, level)
            say(f"simplified to {level.name}: agrees with the input to {least:.4f} or more (IoU)")
            meta = _metadata(order, title, boundaries, checked, level, words)
            meta["agreement_iou_min"] = round(least, 4)
            meta["method"] = (thinned + METHOD) if thinned else METHOD
            paths += _write_level(new, order.vintage, level, areas, names, meta)
        regions = {code: row.region_code for code, row in names.items()}
        refresh_swap.prove(new, list(names), regions, [path.stem for path in paths])
        kept = f"icb_{order.vintage}_names.csv"
        if order.names is not None and not (order.out / kept).exists():
            (new / kept).write_bytes(order.names.read_bytes())
        say("read back: as written")
        refresh_swap.swap(new, order.out)
    return [order.out / path.name for path in paths]


def _thinned(zones: dict[str, BaseGeometry]) -> tuple[dict[str, BaseGeometry], str]:
    """Thin out very detailed boundaries; say so in words for the metadata."""
    areas = coverage.as_array(list(zones.values()))
    if int(shapely.get_num_coordinates(areas).sum()) <= THIN_ABOVE_POINTS:
        return zones, ""
    thin = shapely.coverage_simplify(areas, THIN_M)
    return dict(zip(zones, thin, strict=True)), f"Thinned as a coverage by {THIN_M:g} m at first. "


def _simplified(
    zones: Mapping[str, BaseGeometry], level: build.Level, label: str
) -> dict[str, BaseGeometry]:
    """Simplify as `geo build` does; say in words when the shapes do not allow it."""
    try:
        return build.simplify(zones, level)
    except shapely.errors.GEOSException as error:
        raise GeoError(
            f"Expected the areas of {label} to share their borders, found borders too rough to be "
            f"simplified together to {level.name} ({plain(error, 80)}). Use a layer whose areas "
            "share their borders, such as those of ONS."
        ) from error


def _agreement(
    areas: Mapping[str, BaseGeometry], zones: Mapping[str, BaseGeometry], level: build.Level
) -> float:
    """Measure the least agreement (IoU) of an area with what came in, and refuse a poor one."""
    metric = gpd.GeoSeries([areas[code] for code in zones], crs=LONLAT).to_crs(GRID).to_numpy()
    before = coverage.as_array(list(zones.values()))
    shared = shapely.area(shapely.intersection(metric, before))
    least, code = min(
        zip((shared / shapely.area(shapely.union(metric, before))).tolist(), zones, strict=True)
    )
    if least < LEAST_IOU[level.name]:
        raise GeoError(
            f"Expected every simplified area ({level.name}) to agree with the input to "
            f"{LEAST_IOU[level.name]:g} (IoU), found {least:.3f} for {code}. Use a layer clipped "
            "to the coast and at least as detailed as ONS's super-generalised one (BSC)."
        )
    return float(least)


def _metadata(
    order: Order,
    title: str,
    boundaries: Boundaries,
    checked: Checked,
    level: build.Level,
    words: Mapping[str, str | None],
) -> dict[str, Any]:
    """Say where a file comes from and how it was made."""
    return {
        "vintage": title,
        "level": level.name,
        "source": boundaries.source,
        **words,
        "source_sha256": boundaries.sha256,
        "source_crs": boundaries.frame.crs.to_string(),
        "source_features": len(boundaries.frame),
        "code_property": checked.code_property,
        "repaired": list(checked.repaired),
        "tolerance_m": level.tolerance_m,
        "islet_m2": level.islet_m2,
        "creek_m": level.creek_m,
        "pond_m2": level.pond_m2,
        "snap_m": SNAP_M,
        "crs": LONLAT,
        "decimals": build.DECIMALS,
        "made_by": f"python -m geo refresh --vintage {order.vintage}",
        "built_with": {
            "shapely": shapely.__version__,
            "geos": shapely.geos_version_string,
            "proj": pyproj.proj_version_str,
        },
    }


def _write_level(
    folder: Path,
    vintage: str,
    level: build.Level,
    areas: Mapping[str, BaseGeometry],
    names: Mapping[str, build.IcbName],
    meta: Mapping[str, Any],
) -> list[Path]:
    """Write the ICBs and the regions of one level, with their metadata."""
    region_of = [names[code].region_code for code in areas]
    regions = coverage.dissolve(coverage.as_array(list(areas.values())), region_of)
    properties: dict[str, dict[str, str]] = {}
    for code, row in names.items():
        region = {"region_code": row.region_code, "region": row.region}
        properties[code] = {"icb_code": code, "name": row.name, **region}
        properties[row.region_code] = region
    written = []
    for kind, title, shapes in (
        ("icb", "Integrated care boards of England", areas),
        ("region", "NHS regions of England", regions),
    ):
        data = build.feature_collection(shapes, properties).encode("utf-8")
        path = folder / f"{kind}_{vintage}_{level.name}.geojson"
        path.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        whole = {"title": title, **meta, "features": len(shapes), "bytes": len(data)}
        text = json.dumps(whole | {"sha256": digest}, ensure_ascii=False, indent=2) + "\n"
        path.with_suffix(".meta.json").write_bytes(text.encode("utf-8"))
        written.append(path)
    return written
