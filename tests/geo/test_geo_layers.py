"""Compact shapes, label points and views."""

import json
import math
from itertools import pairwise

import geopandas as gpd
import pytest
import shapely

from geo.boundaries_io import Kind, load_boundaries
from geo.errors import GeoError
from geo.layers import (
    OVERVIEW_SMALLEST_KM2,
    OVERVIEW_TOLERANCE_M,
    CompactArea,
    Point,
    border_lines,
    bounds_by_code,
    compact_polygons,
    label_points,
)
from geo.views import view_for

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 0.0))
VINTAGES = ("2023", "2026")
HOLE = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0))


def _segments(rings: list[tuple[Point, ...]]) -> set[frozenset[Point]]:
    """Every stretch of the rings, whichever way it runs."""
    return {frozenset(pair) for ring in rings for pair in pairwise(ring)}


def _rings(areas: tuple[CompactArea, ...]) -> list[tuple[Point, ...]]:
    return [ring for area in areas for part in area.polygons for ring in part]


def test_compact_message_is_small() -> None:
    areas = compact_polygons()
    flat = json.dumps([[area.code, area.flat()] for area in areas], separators=(",", ":"))
    nested = json.dumps([[area.code, area.geometry()] for area in areas], separators=(",", ":"))
    assert len(flat) < 85_000
    assert len(nested) < 100_000


@pytest.mark.parametrize("vintage", VINTAGES)
def test_overview_is_smaller_and_has_no_sliver(vintage: str) -> None:
    areas = compact_polygons(
        tolerance_m=OVERVIEW_TOLERANCE_M, smallest_km2=OVERVIEW_SMALLEST_KM2, vintage=vintage
    )
    shapes = [shapely.geometry.shape(area.geometry()) for area in areas]
    assert shapely.coverage_is_valid(shapes)
    assert len(json.dumps([area.geometry() for area in areas], separators=(",", ":"))) < 75_000
    parts = gpd.GeoSeries(shapes, crs="EPSG:4326").to_crs("EPSG:27700").explode()
    # A pixel is about a kilometre while England fills a screen: nothing is thinner than that.
    assert not parts.buffer(-400).is_empty.any()


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("tolerance_m", [0, 500, 800, 1200])
def test_compact_areas_still_form_a_coverage(tolerance_m: float, vintage: str) -> None:
    areas = compact_polygons(tolerance_m=tolerance_m, vintage=vintage)
    codes = load_boundaries("icb", vintage)["icb_code"].tolist()
    assert [area.code for area in areas] == codes
    shapes = [shapely.geometry.shape(area.geometry()) for area in areas]
    assert all(shapely.is_valid(shapes))
    assert shapely.coverage_is_valid(shapes)


def test_compact_rings_are_closed_rounded_and_without_repeats() -> None:
    for ring in _rings(compact_polygons()):
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert all(a != b for a, b in pairwise(ring))
        assert all(value == round(value, 3) for point in ring for value in point)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_regions_and_borders_lie_on_the_borders_of_the_icbs(vintage: str) -> None:
    icbs = _segments(_rings(compact_polygons("icb", vintage=vintage)))
    regions = _segments(_rings(compact_polygons("region", vintage=vintage)))
    assert len(compact_polygons("region", vintage=vintage)) == 7
    assert regions <= icbs
    assert _segments(list(border_lines("icb", vintage=vintage))) == icbs
    assert _segments(list(border_lines("region", vintage=vintage))) == regions
    inland = _segments(list(border_lines("region", vintage=vintage, coast=False)))
    assert inland < regions
    assert len(inland) < len(regions) / 2


@pytest.mark.parametrize("vintage", VINTAGES)
def test_areas_keep_their_size_and_largest_part_comes_first(vintage: str) -> None:
    exact = load_boundaries("icb", vintage, "fine").set_index("icb_code").geometry
    for area in compact_polygons(vintage=vintage):
        shape = shapely.geometry.shape(area.geometry())
        assert shape.area == pytest.approx(exact[area.code].area, rel=0.03)
        sizes = [shapely.Polygon(part[0]).area for part in area.polygons]
        assert sizes == sorted(sizes, reverse=True)


def test_small_islands_are_dropped_on_request() -> None:
    all_parts = sum(len(area.polygons) for area in compact_polygons(smallest_km2=0))
    fewer = sum(len(area.polygons) for area in compact_polygons(smallest_km2=50))
    assert 42 <= fewer < all_parts
    with_wight = {area.code: area for area in compact_polygons(smallest_km2=50)}["E54000042"]
    assert len(with_wight.polygons) == 2


def test_flat_and_nested_forms() -> None:
    plain = CompactArea("E54000000", "NHS X", ((SQUARE,),))
    assert plain.flat() == [[0.0, 0.0, 4.0, 0.0, 4.0, 4.0, 0.0, 0.0]]
    assert plain.geometry()["type"] == "Polygon"
    holed = CompactArea("E54000000", "NHS X", ((SQUARE, HOLE), (SQUARE,)))
    first, second = holed.flat()
    assert isinstance(first, dict)
    assert first["holeIndices"] == [8]
    assert first["positions"][8:10] == [1.0, 1.0]
    assert second == plain.flat()[0]
    assert holed.geometry()["type"] == "MultiPolygon"


def test_tolerance_that_breaks_the_map_is_refused() -> None:
    with pytest.raises(GeoError, match="coverage"):
        compact_polygons(decimals=0, tolerance_m=0)


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("kind", ["icb", "region"])
def test_label_points_are_well_inside(kind: Kind, vintage: str) -> None:
    frame = load_boundaries(kind, vintage)
    points = label_points(kind, vintage=vintage)
    assert list(points) == frame[f"{kind}_code"].tolist()
    for code, shape in zip(frame[f"{kind}_code"], frame.geometry, strict=True):
        point = shapely.Point(points[code])
        assert shape.contains(point)
        assert shapely.distance(shape.boundary, point) > 0.03, code


@pytest.mark.parametrize(("vintage", "count"), [("2023", 42), ("2026", 36)])
def test_bounds_of_a_region_hold_its_icbs(vintage: str, count: int) -> None:
    boxes = bounds_by_code(vintage)
    assert len(boxes) == count + 7
    frame = load_boundaries("icb", vintage)
    for icb, region in zip(frame["icb_code"], frame["region_code"], strict=True):
        assert shapely.box(*boxes[region]).covers(shapely.box(*boxes[icb]))


def _on_screen(lon: float, lat: float, view: tuple[float, float, float]) -> tuple[float, float]:
    """Offset in pixels from the middle of a web Mercator map, as deck.gl draws it."""
    world = 512 * 2 ** view[2]

    def y(latitude: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)

    return (lon - view[0]) / 360 * world, (y(lat) - y(view[1])) * world


@pytest.mark.parametrize("codes", [(), ("E40000003",), ("E54000028",), ("E54000036", "E54000050")])
@pytest.mark.parametrize("size", [(600, 800), (1200, 500), (320, 480)])
def test_view_shows_the_areas_as_large_as_fits(
    codes: tuple[str, ...], size: tuple[float, float]
) -> None:
    width, height = size
    view = view_for(codes, width, height, padding=20)
    boxes = [box for code, box in bounds_by_code().items() if not codes or code in codes]
    corners = [
        _on_screen(lon, lat, view)
        for west, south, east, north in boxes
        for lon, lat in ((west, south), (east, north))
    ]
    half_width, half_height = width / 2 - 20, height / 2 - 20
    reach_x = max(abs(x) for x, _ in corners)
    reach_y = max(abs(y) for _, y in corners)
    # One pixel of grace for the rounding of the centre.
    assert reach_x <= half_width + 1
    assert reach_y <= half_height + 1
    assert max(reach_x / half_width, reach_y / half_height) > 0.97


def test_england_is_the_view_of_everything() -> None:
    assert view_for((), 600, 800) == view_for(list(bounds_by_code()), 600, 800)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_view_takes_codes_of_either_vintage(vintage: str) -> None:
    gone = view_for(["E54000027", "E54000028"], 600, 800, vintage=vintage)
    assert gone == view_for(["icb26-west-and-north-london"], 600, 800, vintage=vintage)
    assert view_for((), 600, 800, vintage=vintage) == view_for((), 600, 800)


def test_view_errors() -> None:
    with pytest.raises(GeoError, match="found E54000053"):
        view_for(["E54000053"], 600, 800)
    with pytest.raises(GeoError, match="found 30 x 800 px"):
        view_for([], 30, 800)
