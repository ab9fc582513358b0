"""The areas of April 2026: how they are cut and put together, and that no border moved."""

import csv
import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo import coverage, successors
from geo.boundaries_io import BOUNDARIES, LevelName, load_boundaries
from geo.errors import GeoError
from geo.successors import Part

CHANGES = Path(__file__).resolve().parents[2] / "data" / "tables" / "icb_changes.csv"
LEVELS: tuple[LevelName, ...] = ("coarse", "fine")
PARTS = successors.read_parts()
CHANGED = {part.icb_code for part in PARTS}
# Districts of 2011 that make up one of those that the changes of 2026 name.
LATER = {
    "East Suffolk": {"Suffolk Coastal"},  # Waveney, its other part, is in another ICB
    "West Suffolk": {"Forest Heath", "St Edmundsbury"},
}


@pytest.mark.parametrize("level", LEVELS)
def test_areas_of_2026_cover_exactly_the_england_of_2023(level: LevelName) -> None:
    older, newer = (load_boundaries("icb", v, level).geometry.to_numpy() for v in ("2023", "2026"))
    assert shapely.equals(shapely.coverage_union_all(older), shapely.coverage_union_all(newer))


@pytest.mark.parametrize("level", LEVELS)
def test_icbs_that_did_not_change_are_written_in_the_same_words(level: LevelName) -> None:
    older, newer = (
        {
            feature["properties"]["icb_code"]: feature["geometry"]
            for feature in json.loads(
                (BOUNDARIES / f"icb_{vintage}_{level}.geojson").read_text(encoding="utf-8")
            )["features"]
        }
        for vintage in ("2023", "2026")
    )
    same = set(older) - CHANGED
    assert len(same) == 29
    assert [code for code in sorted(same) if older[code] != newer[code]] == []


@pytest.mark.parametrize("level", LEVELS)
def test_no_border_of_2026_is_new_but_within_the_icbs_that_were_split(level: LevelName) -> None:
    older = load_boundaries("icb", "2023", level).set_index("icb_code").geometry
    newer = load_boundaries("icb", "2026", level).geometry
    split = [older[part.icb_code] for part in PARTS if part.authorities]
    drawn = shapely.union_all(shapely.boundary(newer.to_numpy()))
    fresh = shapely.difference(drawn, shapely.union_all(shapely.boundary(older.to_numpy())))
    assert fresh.length > 0
    assert shapely.covers(shapely.union_all(split), fresh)


@pytest.mark.parametrize("level", LEVELS)
def test_merged_areas_are_the_sum_of_their_parts(level: LevelName) -> None:
    older = load_boundaries("icb", "2023", level).set_index("icb_code").geometry
    newer = load_boundaries("icb", "2026", level).set_index("icb_code").geometry
    for area_id in sorted({part.area_id for part in PARTS}):
        own = [part for part in PARTS if part.area_id == area_id]
        whole = [older[part.icb_code] for part in own if not part.authorities]
        around = [older[part.icb_code] for part in own]
        assert shapely.covers(newer[area_id], shapely.union_all(whole)), area_id
        assert shapely.covers(shapely.union_all(around), newer[area_id]), area_id


def test_parts_are_those_of_the_curated_changes() -> None:
    if not CHANGES.is_file():
        pytest.skip("the table icb_changes.csv is not there")
    with CHANGES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    slug = {row["to_icb"]: "icb26-" + row["to_icb"].lower().replace(" ", "-") for row in rows}
    curated = {(row["from_icb_code"], slug[row["to_icb"]]): row["area"] for row in rows}
    own = {(part.icb_code, part.area_id): set(part.authorities) for part in PARTS}
    # The one ICB that kept its name and gained area has no row: it lost nothing.
    assert set(own) - set(curated) == {("E54000042", "icb26-hampshire-and-isle-of-wight")}
    assert set(curated) - set(own) == set()
    for key, area in curated.items():
        said = area.replace(" and Runnymede", "; Runnymede").split(";")
        names = {name.split("(")[0].strip() for name in said} - {"all"}
        if names == {"the Hertfordshire districts of the ICB"}:
            assert len(own[key]) == 10
            continue
        assert own[key] == set().union(*(LATER.get(name, {name}) for name in names)), key


def _metric(*boxes: tuple[float, float, float, float]) -> list[shapely.Polygon]:
    """Boxes in metres from a corner in the Midlands, in EPSG:27700."""
    return [shapely.box(x0 + 4e5, y0 + 3e5, x1 + 4e5, y1 + 3e5) for x0, y0, x1, y1 in boxes]


def _lonlat(shape: shapely.Geometry) -> shapely.Geometry:
    rounded = coverage.round_coverage(
        coverage.as_array(list(gpd.GeoSeries([shape], crs="EPSG:27700").to_crs("EPSG:4326"))), 4
    )
    result: shapely.Geometry = rounded[0]
    return result


def test_cut_ends_on_corners_and_keeps_the_whole() -> None:
    west, east = _metric((0, 0, 9_000, 20_000), (9_000, 0, 20_000, 20_000))
    # The finished area has a corner near one end of the cut only, and lies a little inside it.
    corners_m = ((100, 0), (8_500, 300), (20_000, 0), (20_000, 20_000), (0, 19_900))
    whole = _lonlat(shapely.Polygon([(x + 4e5, y + 3e5) for x, y in corners_m]))
    pieces = {"b": east, "a": west}
    done = successors.cut(whole, pieces, 100, 4)
    assert list(done) == ["a", "b"]
    assert shapely.equals(shapely.coverage_union_all(list(done.values())), whole)
    assert shapely.coverage_is_valid(list(done.values()))
    corners = {tuple(point) for point in shapely.get_coordinates(whole).tolist()}
    for piece in done.values():
        outside = shapely.intersection(piece.boundary, whole.boundary)
        assert {tuple(p) for p in shapely.get_coordinates(outside).tolist()} <= corners
    again = successors.cut(whole, pieces, 100, 4)
    assert [shapely.to_wkb(done[key]) for key in done] == [shapely.to_wkb(again[k]) for k in done]


def test_cut_into_three_meets_in_one_point() -> None:
    shapes = _metric((0, 0, 20_000, 10_000), (0, 10_000, 9_000, 20_000), (9_000, 10_000, 2e4, 2e4))
    whole = _lonlat(shapely.coverage_union_all(shapely.coverage_clean(shapes)))
    done = successors.cut(whole, dict(zip("abc", shapes, strict=True)), 50, 4)
    assert shapely.coverage_is_valid(list(done.values()))
    assert all(shape.geom_type == "Polygon" for shape in done.values())


def test_cut_that_misses_the_area_is_refused() -> None:
    west, east, far = _metric((0, 0, 5e3, 1e4), (5e3, 0, 1e4, 1e4), (5e4, 5e4, 6e4, 6e4))
    with pytest.raises(GeoError, match=r"to cut their area into them, found empty: \['b'"):
        successors.cut(_lonlat(far), {"a": west, "b": east}, 50, 4)


def test_assembling_leaves_what_did_not_change_alone() -> None:
    kept, one, two = (
        _lonlat(b) for b in _metric((0, 0, 1e4, 1e4), (2e4, 0, 3e4, 1e4), (5e4, 0, 6e4, 9))
    )
    areas = {"E54000001": kept, "E54000002": one, "E54000003": two}
    parts = (Part("E54000002", (), "icb26-x"), Part("E54000003", (), "icb26-x"))
    done = successors.assemble(areas, {}, parts, 100, 4)
    assert list(done) == ["E54000001", "icb26-x"]
    assert done["E54000001"] is kept
    with pytest.raises(GeoError, match=r"in icb_2026_parts\.csv, found E54000009"):
        successors.assemble(areas, {}, (Part("E54000009", (), "icb26-x"),), 100, 4)


def _lsoas() -> gpd.GeoDataFrame:
    boxes = _metric((0, 0, 1, 1), (1, 0, 2, 1), (2, 0, 3, 1), (9, 0, 10, 1))
    zones, names = ["E54000001"] * 3 + ["E54000002"], ["North", "North", "South", "North"]
    return gpd.GeoDataFrame({"zone": zones, "authority": names}, geometry=boxes, crs="EPSG:27700")


def test_pieces_are_dissolved_by_local_authority_within_the_icb() -> None:
    parts = (
        Part("E54000001", ("North",), "icb26-n"),
        Part("E54000001", ("South",), "icb26-s"),
        Part("E54000002", (), "icb26-n"),
    )
    pieces = successors.pieces_of(_lsoas(), parts)
    assert {code: sorted(own) for code, own in pieces.items()} == {
        "E54000001": ["icb26-n", "icb26-s"]
    }
    assert pieces["E54000001"]["icb26-n"].area == pytest.approx(2)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("North", "West"), r"without a row: \['South'\], without an LSOA in the ICB: \['West'\]"),
        (("North", "South", "South"), r"in two rows: \['South'\]"),
    ],
)
def test_local_authority_that_does_not_fit_is_named(names: tuple[str, ...], message: str) -> None:
    with pytest.raises(GeoError, match=message):
        successors.pieces_of(_lsoas(), (Part("E54000001", names, "icb26-n"),))


def test_parts_file_with_a_mistake_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "parts.csv"
    with pytest.raises(GeoError, match=r"in parts\.csv, found no file"):
        successors.read_parts(path)
    path.write_text("icb_code,authorities,area_id\nE54000001,,icb26-x\n", encoding="utf-8")
    with pytest.raises(GeoError, match=r"without empty cells in parts\.csv"):
        successors.read_parts(path)
    path.write_text(
        "icb_code,authorities,area_id\nE54000001,all,icb26-x\nE54000001,North,icb26-y\n",
        encoding="utf-8",
    )
    with pytest.raises(GeoError, match=r"E54000001 once .* found 2 rows"):
        successors.read_parts(path)
