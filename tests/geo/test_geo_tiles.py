"""The hexagons."""

import csv
from pathlib import Path

import pytest
import shapely

from geo.errors import GeoError
from geo.tiles import group_outlines, hexagon_centres, hexagons

ICBS = Path(__file__).resolve().parents[2] / "data" / "tables" / "icbs.csv"
# A flower: a hexagon and its six neighbours (rows 0 to 2; the odd row is shifted right).
FLOWER = {
    "centre": (1, 1),
    "west": (1, 0),
    "east": (1, 2),
    "north_west": (0, 1),
    "north_east": (0, 2),
    "south_west": (2, 1),
    "south_east": (2, 2),
}


def _layout() -> list[dict[str, str]]:
    with ICBS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_centres_are_one_apart_in_every_direction() -> None:
    centres = hexagon_centres(FLOWER)
    middle = shapely.Point(centres["centre"])
    for code, point in centres.items():
        if code != "centre":
            assert middle.distance(shapely.Point(point)) == pytest.approx(1, abs=1e-5), code


def test_row_0_is_at_the_top_and_odd_rows_are_shifted_right() -> None:
    centres = hexagon_centres(FLOWER)
    assert centres["north_west"] == (1.0, 0.0)
    assert centres["west"][0] == 0.5
    assert centres["west"][1] < 0
    assert centres["south_west"][1] < centres["west"][1]


def test_hexagon_is_pointy_top_closed_and_anticlockwise() -> None:
    ring = hexagons({"a": (0, 0)})["a"]
    assert len(ring) == 7
    assert ring[0] == ring[-1] == (0.0, max(y for _, y in ring))
    shape = shapely.Polygon(ring)
    assert shapely.is_ccw(shape.exterior)
    assert shape.area == pytest.approx(3**0.5 / 2, abs=1e-5)


def test_neighbours_share_an_edge_exactly() -> None:
    shapes = hexagons(FLOWER)
    assert all(
        len(set(shapes["centre"]) & set(shapes[code])) == 2 for code in FLOWER if code != "centre"
    )
    assert set(shapes["west"]).isdisjoint(shapes["east"])


def test_outline_of_a_group() -> None:
    outlines = group_outlines(FLOWER, dict.fromkeys(FLOWER, "all"))
    (ring,) = outlines["all"]
    assert len(ring) == 19
    around = {code: "ring" for code in FLOWER if code != "centre"}
    assert len(group_outlines(FLOWER, around)["ring"]) == 2
    apart = group_outlines(FLOWER, {"west": "b", "east": "b", "centre": "a"})
    assert list(apart) == ["a", "b"]
    assert len(apart["b"]) == 2
    assert group_outlines(FLOWER, {}) == {}


def test_atlas_layout_does_not_overlap_and_every_region_is_contiguous() -> None:
    if not ICBS.is_file():
        pytest.skip("data/tables/icbs.csv is not there")
    layout = _layout()
    rows = {row["icb_code"]: (int(row["hex_row"]), int(row["hex_col"])) for row in layout}
    assert len(rows) == 42
    cells = [shapely.Polygon(ring) for ring in hexagons(rows).values()]
    assert shapely.coverage_is_valid(cells)
    assert shapely.union_all(cells).area == pytest.approx(42 * 3**0.5 / 2, rel=1e-5)
    outlines = group_outlines(rows, {row["icb_code"]: row["region_code"] for row in layout})
    assert {region: len(rings) for region, rings in outlines.items()} == dict.fromkeys(outlines, 1)
    assert len(outlines) == 7


def test_two_codes_in_one_hexagon_are_named() -> None:
    with pytest.raises(GeoError, match="found a and b both in row 3, col 4"):
        hexagons({"a": (3, 4), "b": (3, 4)})


def test_group_without_a_hexagon_is_named() -> None:
    with pytest.raises(GeoError, match="found none for nowhere"):
        group_outlines(FLOWER, {"nowhere": "a"})
