"""The comparison with a reference: its numbers and its errors."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.__main__ import main
from geo.boundaries_io import LevelName, load_boundaries
from geo.compare import as_text, compare

REFERENCE = (
    Path(__file__).resolve().parents[3] / "shared" / "reference" / "icb_2023_ons_bsc.geojson"
)


def _ours() -> gpd.GeoDataFrame:
    """Our own coarse ICBs, as a reference that agrees perfectly."""
    return load_boundaries("icb").rename(columns={"icb_code": "ICB23CD"})[["ICB23CD", "geometry"]]


def _write(frame: gpd.GeoDataFrame, path: Path) -> Path:
    frame.to_file(path)
    return path


@pytest.mark.parametrize(
    ("level", "minimum", "median"), [("coarse", 0.97, 0.99), ("fine", 0.99, 0.997)]
)
def test_boundaries_agree_with_ons(level: LevelName, minimum: float, median: float) -> None:
    if not REFERENCE.is_file():
        pytest.skip(f"no reference boundaries beside the project ({REFERENCE.name})")
    (result,) = compare(REFERENCE, (level,))
    assert len(result.iou) == 42
    assert result.minimum == min(result.iou.values()) >= minimum
    assert result.median >= median


@pytest.mark.parametrize("crs", ["EPSG:27700", "EPSG:4326", "EPSG:3857"])
def test_reference_may_be_in_any_crs(tmp_path: Path, crs: str) -> None:
    path = _write(_ours().to_crs(crs), tmp_path / "reference.gpkg")
    coarse, fine = compare(path)
    assert coarse.minimum > 0.99999
    assert 0.95 < fine.minimum < 0.999


def test_a_moved_area_is_reported_first(tmp_path: Path) -> None:
    frame = _ours().to_crs("EPSG:27700")
    moved = frame["ICB23CD"] == "E54000041"
    frame.loc[moved, "geometry"] = frame.geometry[moved].translate(xoff=20_000)
    (result,) = compare(_write(frame, tmp_path / "moved.gpkg"), ("coarse",))
    assert next(iter(result.iou)) == "E54000041"
    assert result.iou["E54000041"] == result.minimum < 0.6
    assert result.median > 0.99999
    assert "NHS Dorset" in as_text([result]).splitlines()[1]


def test_code_property_that_fits_our_vintage_is_chosen(tmp_path: Path) -> None:
    frame = _ours()
    old = {"E54000064": "E54000053", "E54000063": "E54000052"}
    frame.insert(0, "ICB22CD", frame["ICB23CD"].replace(old))
    (result,) = compare(_write(frame, tmp_path / "two_years.gpkg"), ("coarse",))
    assert result.minimum > 0.99999


def test_json_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(_ours(), tmp_path / "reference.gpkg")
    assert main(["compare", str(path), "--level", "coarse", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)
    assert result["level"] == "coarse"
    assert len(result["iou"]) == 42
    assert main(["compare", str(path)]) == 0
    out = capsys.readouterr().out
    assert "coarse: IoU min 1.0000" in out
    assert "fine: IoU min" in out


def _fails(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Run the comparison, which must fail, and give its message."""
    assert main(["compare", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("geo compare: Expected ")
    return captured.err


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "found none. Give the path" in _fails(tmp_path / "none.geojson", capsys)


def test_unreadable_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "text.geojson"
    path.write_text("not boundaries")
    assert "text.geojson, found a file that cannot be read" in _fails(path, capsys)


def test_file_without_features(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.geojson"
    path.write_text('{"type":"FeatureCollection","features":[]}')
    assert "found no features with geometry" in _fails(path, capsys)


def test_metres_declared_as_degrees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = _ours().to_crs("EPSG:27700").set_crs("EPSG:4326", allow_override=True)
    message = _fails(_write(frame, tmp_path / "wrong.gpkg"), capsys)
    assert "declared CRS (EPSG:4326) of wrong.gpkg" in message
    assert "metres are EPSG:27700" in message


def test_degrees_declared_as_metres(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = _ours().set_crs("EPSG:27700", allow_override=True)
    assert "declared CRS (EPSG:27700)" in _fails(_write(frame, tmp_path / "wrong.gpkg"), capsys)


def test_no_crs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = gpd.GeoDataFrame(_ours().set_crs(None, allow_override=True))
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        frame.to_file(tmp_path / "none.shp")
    (tmp_path / "none.prj").unlink(missing_ok=True)
    assert "found none. Write it into the file" in _fails(tmp_path / "none.shp", capsys)


def test_no_code_property(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = _ours().rename(columns={"ICB23CD": "label"})
    frame["label"] = "somewhere"
    message = _fails(_write(frame, tmp_path / "plain.gpkg"), capsys)
    assert "found properties label without such codes" in message


def test_missing_codes_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = _ours()
    message = _fails(_write(frame[frame["ICB23CD"] != "E54000008"], tmp_path / "41.gpkg"), capsys)
    assert "found 41 features without E54000008" in message


def test_repeated_codes_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = _ours()
    frame.loc[1, "ICB23CD"] = "E54000008"
    message = _fails(_write(frame, tmp_path / "twice.gpkg"), capsys)
    assert "found ['E54000008'] more than once" in message


def test_invalid_reference_geometry_is_repaired(tmp_path: Path) -> None:
    frame = _ours().to_crs("EPSG:27700")
    box = shapely.box(*frame.geometry.iloc[0].bounds)
    west, south, east, north = box.bounds
    bow_tie = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    frame.loc[0, "geometry"] = bow_tie
    (result,) = compare(_write(frame, tmp_path / "bowtie.gpkg"), ("coarse",))
    assert 0 < result.iou[str(frame["ICB23CD"][0])] < 1


def _newer(tmp_path: Path) -> Path:
    """Our areas of April 2026 as ONS might publish them: all with codes, some unknown to us."""
    frame = load_boundaries("icb", "2026")[["icb_code", "geometry"]]
    slugs = frame["icb_code"][frame["icb_code"].str.startswith("icb26-")].tolist()
    codes = {slug: f"E54000{900 + n}" for n, slug in enumerate(reversed(slugs))}
    return _write(frame.assign(icb_code=frame["icb_code"].replace(codes)), tmp_path / "new.gpkg")


def test_areas_of_another_vintage_without_a_code_are_paired_by_their_ground(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _newer(tmp_path)
    assert main(["compare", str(path), "--vintage", "2026", "--level", "coarse", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)
    assert len(result["iou"]) == 36
    assert result["minimum"] > 0.99999
    assert {k.startswith("icb26-") for k in result["paired"]} == {True}
    assert len(set(result["paired"].values())) == len(result["paired"]) == 7
    assert main(["compare", str(path), "--vintage", "2026", "--level", "coarse"]) == 0
    assert "(paired by area with E540009" in capsys.readouterr().out


def test_boundaries_of_another_vintage_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(_ours(), tmp_path / "older.gpkg")
    assert main(["compare", str(path), "--vintage", "2026"]) == 1
    assert "Expected the 36 ICBs of April 2026" in capsys.readouterr().err
