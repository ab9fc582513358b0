"""``python -m components.exhibits list``."""

import json
import runpy
from collections.abc import Callable

import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits import __main__ as command
from data import Catalogue, DataError, Problem, Selection


def test_list_names_every_exhibit_with_title_sources_and_rows(
    build: Callable[[str, Selection], Built],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The program itself, which reads the tables; what the other tests built is not built again."""
    monkeypatch.setattr("sys.argv", ["components.exhibits", "list"])
    monkeypatch.setattr(
        "components.exhibits.build_exhibit", lambda _, selection, i: build(i, selection)
    )
    with pytest.warns(RuntimeWarning, match="found in sys.modules"), pytest.raises(SystemExit) as e:
        runpy.run_module("components.exhibits", run_name="__main__")
    told = capsys.readouterr()
    assert (e.value.code, told.err) == (0, "")
    head, *lines = told.out.splitlines()
    assert head.split() == ["id", "title", "rows", "sources"]
    assert [line.split()[0] for line in lines] == [exhibit.id for exhibit in REGISTRY]
    for line, exhibit in zip(lines, REGISTRY, strict=True):
        assert f" {exhibit.title} " in line
    assert "survey-2022" in told.out


def test_list_speaks_json(
    catalogue: Catalogue,
    build: Callable[[str, Selection], Built],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "load_catalogue", lambda: catalogue)
    monkeypatch.setattr(command, "build_exhibit", lambda _, selection, i: build(i, selection))
    assert command.main(["list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [r["id"] for r in rows] == [exhibit.id for exhibit in REGISTRY]
    for row in rows:
        shown = build(row["id"], Selection())
        assert row["title"]
        assert row["rows"] == len(shown.frame)
        assert row["sources"] == [c.source_id for c in shown.citations]
    assert sum(r["rows"] > 0 for r in rows) > len(rows) / 2


def test_list_says_when_the_tables_are_not_valid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Catalogue:
        raise DataError([Problem("tables/a.csv", 0, "", "no file", "a CSV file", "Restore it.")])

    monkeypatch.setattr(command, "load_catalogue", broken)
    assert command.main(["list"]) == 1
    assert "tables/a.csv: found no file" in capsys.readouterr().err
