"""Taking over boundaries: proven before they replace others, and nothing changed if not."""

import errno
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from geo import boundaries_io, build, coverage, refresh, refresh_check, refresh_swap
from geo.__main__ import main
from geo.boundaries_io import ATTRIBUTION, BOUNDARIES, load_boundaries
from geo.errors import GeoError
from geo.refresh_http import Client
from geo.refresh_input import Boundaries
from geo.refresh_order import Order

REFERENCE = (
    Path(__file__).resolve().parents[3] / "shared" / "reference" / "icb_2023_ons_bsc.geojson"
)
FILES = [
    f"{kind}_2023_{level}.{ending}"
    for kind in ("icb", "region")
    for level in ("coarse", "fine")
    for ending in ("geojson", "meta.json")
]
GIVEN = ("--vintage", "2023", "--attribution", ATTRIBUTION)


def _icbs() -> gpd.GeoDataFrame:
    """The embedded coarse ICBs as somebody else's file."""
    return load_boundaries("icb").rename(columns={"icb_code": "ICB23CD"})[["ICB23CD", "geometry"]]


def _metric() -> gpd.GeoDataFrame:
    return _icbs().to_crs("EPSG:27700")


def _contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()} if folder.exists() else {}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the embedded files, as a user has it."""
    return Path(shutil.copytree(BOUNDARIES, tmp_path / "boundaries"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only round the shapes, for every level, instead of simplifying for seconds."""

    def simplify(zones: Mapping[str, Any], _: build.Level) -> dict[str, Any]:
        lonlat = gpd.GeoSeries(list(zones.values()), crs="EPSG:27700").to_crs("EPSG:4326")
        rounded = coverage.round_coverage(coverage.as_array(list(lonlat)), 4)
        return dict(zip(zones, rounded, strict=True))

    monkeypatch.setattr(build, "simplify", simplify)


def _file(frame: gpd.GeoDataFrame, folder: Path, name: str = "icbs.gpkg") -> str:
    frame.to_file(folder / name)
    return str(folder / name)


def _fails(
    capsys: pytest.CaptureFixture[str], out: Path, source: str, *options: str, given: bool = True
) -> str:
    """Run the command, which must fail and leave the folder and its neighbours as they were."""
    before, beside = _contents(out), sorted(path.name for path in out.parent.iterdir())
    arguments = ["refresh", source, "--out", str(out), *(GIVEN if given else ()), *options]
    assert main(arguments) == 1
    message = capsys.readouterr().err
    assert message.startswith("geo refresh: Expected ")
    assert message.endswith(" Nothing was changed.\n")
    assert _contents(out) == before
    assert sorted(path.name for path in out.parent.iterdir()) == beside
    return message


def _load(folder: Path, kind: str, level: str, patch: pytest.MonkeyPatch) -> gpd.GeoDataFrame:
    """Load boundaries as the app does, past what is kept from earlier."""
    patch.setattr(boundaries_io, "BOUNDARIES", folder)
    frame: gpd.GeoDataFrame = load_boundaries.__wrapped__(kind, "2023", level)
    return frame


def test_layer_of_a_service_replaces_all_files_and_the_app_loads_them(
    service: Any, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """About 6 s: the one test that simplifies what a service gave."""
    # Read before the folder is exchanged: what is read later would be kept for other tests.
    names = load_boundaries("icb")["name"].tolist()
    before = _contents(out)
    address = f"{service.url}/query?where=1%3D1&token=secret"
    assert main(["refresh", address, "--vintage", "2023", "--out", str(out)]) == 0
    after = _contents(out)
    assert sorted(name for name in after if after[name] != before.get(name)) == sorted(FILES)
    assert set(after) == set(before)
    assert "icb_2023_fine.geojson: " in capsys.readouterr().out
    for level, iou in (("coarse", 0.95), ("fine", 0.95)):
        meta = json.loads(after[f"icb_2023_{level}.meta.json"])
        assert meta["source"] == service.url
        assert meta["attribution"] == ATTRIBUTION
        assert (meta["licence"], meta["source_date"]) == (boundaries_io.LICENCE, "2023-07-22")
        assert (meta["code_property"], meta["crs"]) == ("ICB23CD", "EPSG:4326")
        assert meta["agreement_iou_min"] > iou
        assert str(out.parent) not in json.dumps(meta)
        icbs = _load(out, "icb", level, monkeypatch)
        regions = _load(out, "region", level, monkeypatch)
        assert icbs["name"].tolist() == names
        assert (len(icbs), len(regions)) == (42, 7)
        assert shapely.coverage_is_valid(icbs.geometry.to_numpy())


def test_reference_of_ons_is_taken_over(tmp_path: Path) -> None:
    """About 8 s."""
    if not REFERENCE.is_file():
        pytest.skip(f"no reference boundaries beside the project ({REFERENCE.name})")
    out = tmp_path / "new"
    assert main(["refresh", str(REFERENCE), "--out", str(out), *GIVEN, "--date", "2023-04"]) == 0
    assert sorted(_contents(out)) == sorted(FILES)
    for level, least in (("coarse", 0.97), ("fine", 0.99)):
        meta = json.loads((out / f"icb_2023_{level}.meta.json").read_text(encoding="utf-8"))
        assert meta["agreement_iou_min"] >= least
        assert meta["source"] == REFERENCE.name
        assert meta["source_date"] == "2023-04"
        assert meta["tolerance_m"] == {"coarse": 500.0, "fine": 180.0}[level]
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("name", "crs"), [("a.geojson", 4326), ("a.shp", 27700), ("a.gpkg", 3857)])
def test_file_may_have_any_format_and_crs(tmp_path: Path, name: str, crs: int) -> None:
    source = _file(_icbs().to_crs(crs), tmp_path, name)
    assert main(["refresh", source, "--out", str(tmp_path / "new"), *GIVEN]) == 0
    assert sorted(_contents(tmp_path / "new")) == sorted(FILES)


@pytest.mark.usefixtures("quick")
def test_other_vintage_brings_its_own_names(tmp_path: Path, out: Path) -> None:
    names = tmp_path / "names.csv"
    text = (BOUNDARIES / "icb_2023_names.csv").read_text(encoding="utf-8")
    names.write_text(text.replace("E54000008", "E54000999"), encoding="utf-8")
    source = _file(_icbs().replace({"ICB23CD": {"E54000008": "E54000999"}}), tmp_path)
    options = ["--vintage", "2024", "--names", str(names), "--title", "April 2024"]
    asked = ["refresh", source, "--out", str(out), "--attribution", ATTRIBUTION, *options]
    before = _contents(out)
    assert main(asked) == 0
    after = _contents(out)
    new = [name.replace("2023", "2024") for name in FILES] + ["icb_2024_names.csv"]
    assert sorted(set(after) - set(before)) == sorted(new)
    assert {name: after[name] for name in before} == before
    assert json.loads(after["icb_2024_fine.meta.json"])["vintage"] == "April 2024"
    assert b"E54000999" in after["icb_2024_fine.geojson"]


@pytest.mark.usefixtures("quick")
def test_areas_may_have_ids_of_our_own(tmp_path: Path) -> None:
    """As in April 2026, before ONS's codes were known: the layer has them, the Atlas its own."""
    names, rows = tmp_path / "names.csv", []
    for row in build.read_names().values():
        own = "icb26-x" if row.icb_code == "E54000008" else row.icb_code
        code = "E54000999" if row.icb_code == "E54000008" else ""
        rows.append(f'{own},"{row.name}",{row.region_code},{row.region},{code}\n')
    names.write_text("icb_code,name,region_code,region,ons_code\n" + "".join(rows))
    source = _file(_icbs().replace({"ICB23CD": {"E54000008": "E54000999"}}), tmp_path)
    out = tmp_path / "new"
    assert main(["refresh", source, "--out", str(out), *GIVEN, "--names", str(names)]) == 0
    frame = gpd.read_file(out / "icb_2023_coarse.geojson")
    assert frame["icb_code"].tolist() == [*list(build.read_names())[1:], "icb26-x"]
    ours, theirs = frame.geometry.iloc[-1], load_boundaries("icb").geometry[0]
    assert ours.intersection(theirs).area > 0.99 * theirs.area


@pytest.mark.usefixtures("quick")
def test_service_that_fails_midway_changes_nothing(
    service: Any, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    service.fault = lambda number: "cut" if number >= 2 else None
    message = _fails(capsys, out, service.url)
    assert "an answer cut off after" in message
    service.fault = lambda _: None
    assert main(["refresh", service.url, "--vintage", "2023", "--out", str(out)]) == 0


def _without_one() -> gpd.GeoDataFrame:
    return _icbs()[lambda frame: frame["ICB23CD"] != "E54000008"]


def _twice() -> gpd.GeoDataFrame:
    return _icbs().replace({"ICB23CD": {"E54000010": "E54000008"}})


def _older() -> gpd.GeoDataFrame:
    return _icbs().replace({"ICB23CD": {"E54000063": "E54000052", "E54000064": "E54000053"}})


def _local_authorities() -> gpd.GeoDataFrame:
    frame = _icbs().rename(columns={"ICB23CD": "LAD23CD"})
    return frame.assign(LAD23CD=[f"E0600{number:04}" for number in range(len(frame))])


def _centres() -> gpd.GeoDataFrame:
    frame = _metric()
    return frame.set_geometry(frame.geometry.representative_point())


def _without_geometry() -> gpd.GeoDataFrame:
    frame = _icbs()
    frame.loc[3, "geometry"] = None
    return frame


def _swapped_codes() -> gpd.GeoDataFrame:
    return _icbs().replace({"ICB23CD": {"E54000008": "E54000010", "E54000010": "E54000008"}})


def _overlapping() -> gpd.GeoDataFrame:
    frame = _metric()
    frame.loc[5, "geometry"] = frame.geometry[5].buffer(300)
    return frame


def _with_cracks() -> gpd.GeoDataFrame:
    frame = _metric()
    return frame.set_geometry(frame.geometry.buffer(-200))


def _without_its_coast() -> gpd.GeoDataFrame:
    """Lowestoft is missing: less inland than rivers may have, but far too much at the coast."""
    frame = _metric()
    lowestoft = shapely.box(651_000, 290_600, 700_000, 295_000)
    return frame.set_geometry(frame.geometry.difference(lowestoft))


def _with_sea() -> gpd.GeoDataFrame:
    """The North Sea as far as 150 km out belongs to an ICB on the coast."""
    frame = _metric()
    sea = shapely.box(560_000, 430_000, 620_000, 600_000)
    index = frame.index[frame["ICB23CD"] == "E54000051"][0]
    frame.loc[index, "geometry"] = frame.geometry[index].union(sea)
    return frame


def _twisted() -> gpd.GeoDataFrame:
    """A bow tie of 60 km in place of one boundary."""
    frame = _metric()
    bow = [(4e5, 3e5), (4.6e5, 3.6e5), (4.6e5, 3e5), (4e5, 3.6e5), (4e5, 3e5)]
    frame.loc[0, "geometry"] = shapely.Polygon(bow)
    return frame


def _metres_called_degrees() -> gpd.GeoDataFrame:
    return _metric().set_crs("EPSG:4326", allow_override=True)


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (_without_one, "found 41 areas, without E54000008"),
        (_twice, "found E54000008 more than once"),
        (_older, "without E54000063, E54000064, with E54000052, E54000053 besides"),
        (_local_authorities, "properties LAD23CD without such codes"),
        (_centres, "found Point. This is another layer"),
        (_without_geometry, "found none for E54000013"),
        (_swapped_codes, "shares 0% with it. Codes and areas seem to be mixed up"),
        (_overlapping, "pairs that do"),
        (_with_cracks, "without gaps wider than 250 m inland"),
        (_without_its_coast, "without gaps wider than 2000 m anywhere"),
        (_with_sea, "of England's size beyond it"),
        (_twisted, "E54000008 invalid (Self-intersection"),
        (_metres_called_degrees, "declared CRS (EPSG:4326)"),
    ],
)
def test_wrong_boundaries_change_nothing(
    wrong: Callable[[], gpd.GeoDataFrame],
    found: str,
    out: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source = _file(wrong(), tmp_path)
    message = _fails(capsys, out, source)
    assert found in message
    assert "icbs.gpkg" in message
    assert str(tmp_path) not in message


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--vintage", "../2023"), "found '../2023'"),
        (("--vintage", "2024"), "in icb_2024_names.csv, found no such file"),
        (("--vintage", "2024", "--names", "NAMES"), 'such as --title "April 2024"'),
        (("--names", "missing.csv"), "found no such file"),
        (("--names", "NOT CSV"), "found something else"),
        (("--names", "LAD"), "found E06000001. Correct the column icb_code"),
        (("--names", "TWICE"), "found 1 of them twice"),
        (("--date", "yesterday"), "found 'yesterday'"),
        (("--page-size", "0"), "a page size from 1 to 10000"),
    ],
)
def test_wrong_options_change_nothing(
    options: tuple[str, ...],
    found: str,
    out: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    binary, authorities = tmp_path / "binary.csv", tmp_path / "lad.csv"
    binary.write_bytes(b"\xff\xfe\x00")
    authorities.write_text("icb_code,name,region_code,region\nE06000001,a,b,c\n")
    twice = tmp_path / "twice.csv"
    twice.write_text("icb_code,name,region_code,region\n" + "E54000008,a,b,c\n" * 2)
    paths = {
        "NAMES": str(BOUNDARIES / "icb_2023_names.csv"),
        "NOT CSV": str(binary),
        "LAD": str(authorities),
        "TWICE": str(twice),
    }
    chosen = [paths.get(option, option) for option in options]
    assert found in _fails(capsys, out, "icbs.gpkg", *chosen)


@pytest.mark.parametrize(
    ("attribution", "found"),
    [
        ("", "Give it with --attribution; that of the embedded"),
        ("Mine", 'named in its attribution ("Mine"). Give it with --licence'),
    ],
)
def test_words_that_the_licence_needs_must_be_there(
    attribution: str, found: str, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--vintage", "2023", "--attribution", attribution)
    message = _fails(capsys, out, _file(_icbs(), tmp_path), *options, given=False)
    assert found in message


def test_file_that_cannot_be_read(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.geojson"
    data = (BOUNDARIES / "icb_2023_coarse.geojson").read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    assert "found a file that cannot be read" in _fails(capsys, out, str(cut))
    assert "found no file none.gpkg" in _fails(capsys, out, str(tmp_path / "none.gpkg"))
    table = tmp_path / "table.csv"
    table.write_text("ICB23CD\nE54000008\n")
    assert "found no features with geometry" in _fails(capsys, out, str(table))


def test_layer_of_a_file_must_be_named_where_there_are_several(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "two.gpkg"
    _icbs().to_file(path, layer="icb")
    _centres().to_file(path, layer="centres")
    assert "Expected one layer in two.gpkg, found" in _fails(capsys, out, str(path))
    assert "Expected layer 'x'" in _fails(capsys, out, str(path), "--layer", "x")
    assert "found Point" in _fails(capsys, out, str(path), "--layer", "centres")


def test_small_faults_are_mended() -> None:
    """A spike, a strip that overlaps and a hairline gap are no reason to refuse a layer."""
    frame = _metric()
    frame.loc[5, "geometry"] = frame.geometry[5].buffer(10)
    outer = max(shapely.get_parts(frame.geometry[9]), key=shapely.area).exterior
    (x, y), *rest = outer.coords
    spiked = shapely.Polygon([(x, y), (x + 5, y + 400), (x, y), *rest])
    assert not spiked.is_valid
    frame.loc[9, "geometry"] = spiked
    given = Boundaries(frame, "a test", "a test", "")
    checked = refresh_check.check(given, build.read_names(), "April 2023")
    assert checked.repaired == (frame["ICB23CD"][9],)
    assert shapely.coverage_is_valid(list(checked.zones.values()))
    changed = {
        code: abs(zone.area - area)
        for (code, zone), area in zip(checked.zones.items(), frame.geometry.area, strict=True)
    }
    assert max(changed.values()) < 0.01 * frame.geometry.area.min()


def test_very_detailed_boundaries_are_thinned_first(monkeypatch: pytest.MonkeyPatch) -> None:
    metric = _metric()
    zones = dict(zip(metric["ICB23CD"], metric.geometry.segmentize(500), strict=True))
    assert refresh._thinned(zones) == (zones, "")
    monkeypatch.setattr(refresh, "THIN_ABOVE_POINTS", 1000)
    thin, words = refresh._thinned(zones)
    assert words.startswith("Thinned as a coverage by 20 m")
    assert list(thin) == list(zones)
    before = shapely.get_num_coordinates(list(zones.values())).sum()
    assert shapely.get_num_coordinates(list(thin.values())).sum() < before


@pytest.mark.parametrize("step", ["geo.refresh._agreement", "geo.refresh_swap.prove"])
@pytest.mark.usefixtures("quick")
def test_new_files_that_are_not_proven_change_nothing(
    step: str,
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object) -> None:
        raise GeoError("Expected better, found worse.")

    monkeypatch.setattr(step, refuse)
    assert "found worse" in _fails(capsys, out, _file(_icbs(), tmp_path))


@pytest.mark.usefixtures("quick")
def test_new_file_that_was_not_written_whole_is_noticed(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = refresh_swap.prove

    def cut_short(folder: Path, *rest: Any) -> None:
        path = folder / "region_2023_fine.geojson"
        path.write_bytes(path.read_bytes()[:-10])
        real(folder, *rest)

    monkeypatch.setattr(refresh_swap, "prove", cut_short)
    assert "region_2023_fine.geojson (from its" in _fails(capsys, out, _file(_icbs(), tmp_path))


def test_level_that_lost_too_much_is_refused() -> None:
    metric = _metric()
    zones = dict(zip(metric["ICB23CD"], metric.geometry, strict=True))
    moved = dict(zip(zones, metric.geometry.translate(9000).to_crs("EPSG:4326"), strict=True))
    with pytest.raises(GeoError, match=r"\(coarse\) to agree with the input to 0\.9 .* found 0\."):
        refresh._agreement(moved, zones, build.LEVELS[0])


def test_limits_are_those_of_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Order, Client]] = []

    def note(order: Order, client: Client, _: object) -> list[Path]:
        asked.append((order, client))
        return []

    monkeypatch.setattr(refresh, "refresh", note)
    limits = ["--timeout", "3", "--max-mb", "0.5", "--page-size", "7"]
    assert main(["refresh", "x", "--vintage", "2023", "--kind", "icb", *limits]) == 0
    ((order, client),) = asked
    assert (order.source, order.out, order.page_size) == ("x", BOUNDARIES, 7)
    assert (client.timeout_s, client.max_bytes) == (3.0, 500_000)


def _fail_on(monkeypatch: pytest.MonkeyPatch, name: str, code: int, which: int = 1) -> None:
    """Let the n-th call of a method of Path fail as the disk would."""
    real, calls = getattr(Path, name), []

    def maybe(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == which:
            raise OSError(code, "the disk says no")
        moved: Path = real(self, target)
        return moved

    monkeypatch.setattr(Path, name, maybe)


def _swap(out: Path) -> None:
    with refresh_swap.staging(out) as folder:
        (folder / "new").mkdir()
        for name in ("a", "c"):
            (folder / "new" / name).write_text("new")
        refresh_swap.swap(folder / "new", out)


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "boundaries"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_text("old")
    return folder


def test_files_are_replaced_and_others_kept(old: Path) -> None:
    old.chmod(0o750)
    _swap(old)
    assert _texts(old) == {"a": "new", "b": "old", "c": "new"}
    assert [path.name for path in old.parent.iterdir()] == ["boundaries"]
    assert old.stat().st_mode & 0o777 == 0o750


def test_folder_that_cannot_be_moved_gets_its_files_one_by_one(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_on(monkeypatch, "rename", errno.EXDEV)
    _swap(old)
    assert _texts(old) == {"a": "new", "b": "old", "c": "new"}


@pytest.mark.parametrize(
    "faults",
    [
        [("rename", errno.EACCES, 1)],  # the old folder cannot be moved aside
        [("rename", errno.EACCES, 2)],  # the new one cannot take its place
        [("rename", errno.EBUSY, 1), ("replace", errno.ENOSPC, 2)],  # the second of two files
    ],
)
def test_swap_that_fails_is_undone(
    old: Path, faults: list[tuple[str, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code, which in faults:
        _fail_on(monkeypatch, name, code, which)
    with pytest.raises(GeoError, match="in the folder boundaries, found the disk says no"):
        _swap(old)
    assert _texts(old) == {"a": "old", "b": "old"}
    assert [path.name for path in old.parent.iterdir()] == ["boundaries"]


def test_refresh_that_was_interrupted_between_two_moves_is_put_right(old: Path) -> None:
    left = old.parent / f"{refresh_swap.PREFIX}x"
    left.mkdir()
    (left / "was").write_text("boundaries")
    old.rename(left / "old")
    with refresh_swap.staging(old):
        assert _texts(old) == {"a": "old", "b": "old"}
    assert [path.name for path in old.parent.iterdir()] == ["boundaries"]


def test_folder_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(GeoError, match=r"beside the folder x, found .*--out"),
        refresh_swap.staging(tmp_path / "file" / "x"),
    ):
        pass
