"""Each kind of fault gives a problem that a person can mend: where, found, expected."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from data import load_catalogue
from data.__main__ import main
from data.problems import Problem
from data.schema import PACKAGE_PATH
from data.validate import validate_package

ROOT = PACKAGE_PATH.parents[1]
# Six tables that refer to each other; the whole package would only be slower.
KEPT = ("sources", "icbs", "collaboratives", "footprints", "outcomes", "discrepancies")
HEADER = "the header "
Fault = Callable[[Path], None]


def copy_to(folder: Path) -> Path:
    descriptor = json.loads(PACKAGE_PATH.read_text(encoding="utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] in KEPT]
    (folder / "tables").mkdir()
    for name in KEPT:
        shutil.copy(PACKAGE_PATH.parent / "tables" / f"{name}.csv", folder / "tables")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return path


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A valid copy of a part of the package that a test may damage."""
    return copy_to(tmp_path)


@pytest.fixture(scope="module")
def problems_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Problem]]:
    """The problems that a kind of fault gives, each kind tried once."""

    @cache
    def find(kind: str) -> list[Problem]:
        damaged = copy_to(tmp_path_factory.mktemp("package"))
        FAULTS[kind][0](damaged.parent)
        return validate_package(damaged)

    return find


def edit(table: str, change: Callable[[list[list[str]]], object]) -> Fault:
    """A fault made in the rows of a table; row 0 is the header."""

    def apply(folder: Path) -> None:
        path = folder / "tables" / f"{table}.csv"
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(rows)

    return apply


def cell(table: str, column: str, value: str) -> Fault:
    """A fault in the first row (line 2) of a table."""
    return edit(table, lambda rows: rows[1].__setitem__(rows[0].index(column), value))


def raw(table: str, change: Callable[[bytes], bytes]) -> Fault:
    def apply(folder: Path) -> None:
        path = folder / "tables" / f"{table}.csv"
        path.write_bytes(change(path.read_bytes()))

    return apply


def column_removed(rows: list[list[str]]) -> None:
    at = rows[0].index("value")
    for row in rows:
        del row[at]


def column_added(rows: list[list[str]]) -> None:
    for row in rows:
        row.append("x")


def last_column_first(rows: list[list[str]]) -> None:
    for row in rows:
        row.insert(0, row.pop())


def truths_in_capitals(rows: list[list[str]]) -> None:
    at = rows[0].index("is_shown")
    for row in rows[1:]:
        row[at] = row[at].upper()


# Name -> fault, then file, row, column, and words that must be in found and expected.
FAULTS: dict[str, tuple[Fault, str, int, str, str, str]] = {
    "integer": (cell("icbs", "hex_row", "two"), "icbs", 2, "hex_row", "'two'", "whole number"),
    "number": (cell("outcomes", "value", "half"), "outcomes", 2, "value", "'half'", "a number"),
    "number with sign": (cell("outcomes", "value", "36%"), "outcomes", 2, "value", "36%", "12.5"),
    "number not plain": (cell("outcomes", "value", "1_0"), "outcomes", 2, "value", "1_0", "12.5"),
    "number without end": (cell("outcomes", "value", "INF"), "outcomes", 2, "value", "INF", "12.5"),
    "number too large": (
        cell("icbs", "hex_row", "9" * 20), "icbs", 2, "hex_row", "9" * 20, "whole number"),
    "boolean": (
        cell("outcomes", "is_shown", "yes"), "outcomes", 2, "is_shown", "'yes'", "true or false"),
    "boolean as number": (
        cell("outcomes", "is_shown", "1"), "outcomes", 2, "is_shown", "'1'", "true or false"),
    "date": (
        cell("sources", "accessed", "21/11/2026"), "sources", 2, "accessed", "21/11", "a date"),
    "impossible date": (
        cell("sources", "accessed", "2026-13-01"), "sources", 2, "accessed", "2026-13", "a date"),
    "year": (
        cell("collaboratives", "formed_year", "about 2018"),
        "collaboratives", 2, "formed_year", "about 2018", "a year"),
    "enumeration": (
        cell("outcomes", "status", "done"),
        "outcomes", 2, "status", "'done'", "one of achieved, expected, planned"),
    "enumeration with a space": (
        cell("outcomes", "status", "achieved "), "outcomes", 2, "status", "'achieved '", "one of"),
    "required": (
        cell("outcomes", "metric", ""), "outcomes", 2, "metric", "empty cell", "What is measured"),
    "empty key": (
        cell("outcomes", "outcome_id", ""), "outcomes", 2, "outcome_id", "empty cell", "a value"),
    "duplicate key": (
        edit("icbs", lambda rows: rows.append(rows[1])),
        "icbs", 44, "icb_code", "the same as in row 2", "no other row has"),
    "duplicate pair": (
        edit("footprints", lambda rows: rows.insert(2, rows[1])),
        "footprints", 3, "collaborative_id + icb_code", "the same as in row 2", "no other row has"),
    "unknown key": (
        cell("footprints", "icb_code", "E54999999"),
        "footprints", 2, "icb_code", "E54999999", "exists in icbs"),
    "unknown id in a list": (
        cell("outcomes", "other_source_ids", "nhsp-2022-aims; ghost"),
        "outcomes", 2, "other_source_ids", "'ghost'", "exist in sources"),
    "below the range": (cell("icbs", "hex_col", "-1"), "icbs", 2, "hex_col", "'-1'", "at least 0"),
    "pattern": (
        cell("outcomes", "outcome_id", "Not A Slug"),
        "outcomes", 2, "outcome_id", "Not A Slug", "text of the form ^[a-z0-9]"),
    "missing column": (
        edit("outcomes", column_removed), "outcomes", 1, "value", "no such column", HEADER),
    "renamed column": (
        edit("outcomes", lambda rows: rows[0].__setitem__(0, "id")),
        "outcomes", 1, "outcome_id", "no such column", HEADER),
    "extra column": (
        edit("outcomes", column_added),
        "outcomes", 1, "", "'x' as a column", HEADER),
    "columns in another order": (
        edit("outcomes", last_column_first),
        "outcomes", 1, "", "another order", HEADER),
    "extra cell": (
        edit("outcomes", lambda rows: rows[2].append("x")),
        "outcomes", 3, "", "an extra cell", "22 cells in every row"),
    "missing cell": (
        edit("outcomes", lambda rows: rows[2].pop()),
        "outcomes", 3, "note", "no such cell", "22 cells in every row"),
    "blank row": (
        edit("outcomes", lambda rows: rows.insert(1, [])),
        "outcomes", 2, "", "a blank row", "22 cells in every row"),
    "missing file": (
        lambda folder: (folder / "tables" / "icbs.csv").unlink(),
        "icbs", 0, "", "no file", "a CSV file"),
    "empty file": (raw("icbs", lambda _: b""), "icbs", 0, "", "an empty file", HEADER),
    "blank file": (raw("icbs", lambda _: b"\n"), "icbs", 0, "", "an empty file", HEADER),
    "not UTF-8": (
        raw("outcomes", lambda b: b.replace(b"Procurement savings", b"Procurement \xa3", 1)),
        "outcomes", 9, "", "not UTF-8 (0xa3)", "text in UTF-8"),
    "UTF-16": (
        raw("icbs", lambda b: b.decode().encode("utf-16")),
        "icbs", 1, "", "not UTF-8", "text in UTF-8"),
    "semicolons": (
        raw("icbs", lambda b: b.replace(b",", b";")), "icbs", 1, "", "icb_code;ods_code", HEADER),
    "tabs": (raw("icbs", lambda b: b.replace(b",", b"\t")), "icbs", 1, "", r"icb_code\t", HEADER),
    "conflict of a merge": (
        raw("icbs", lambda b: b"<<<<<<< HEAD\n" + b), "icbs", 1, "", "<<<<<<<", HEADER),
}  # fmt: skip


def place_of(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.row, problem.column


def test_the_undamaged_copy_is_valid(package: Path) -> None:
    assert validate_package(package) == []


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_found_where_it_is(
    problems_of: Callable[[str], list[Problem]], kind: str
) -> None:
    _, table, row, column, _, _ = FAULTS[kind]
    places = [place_of(p) for p in problems_of(kind)]
    assert (f"tables/{table}.csv", row, column) in places
    # One fault, one place: a renamed column alone has two sides.
    assert len(places) == (2 if kind == "renamed column" else 1)


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_says_what_was_found_and_what_was_expected(
    problems_of: Callable[[str], list[Problem]], kind: str
) -> None:
    _, table, row, column, found, expected = FAULTS[kind]
    place = (f"tables/{table}.csv", row, column)
    problem = next(p for p in problems_of(kind) if place_of(p) == place)
    assert found in problem.found
    assert expected in problem.expected
    assert problem.action.endswith(".")


HARMLESS: dict[str, Fault] = {
    "a byte-order mark": raw("sources", lambda b: b"\xef\xbb\xbf" + b),
    "Windows line ends": raw("outcomes", lambda b: b.replace(b"\n", b"\r\n")),
    "TRUE as a spreadsheet writes it": edit("outcomes", truths_in_capitals),
    "a line break within a cell": cell("outcomes", "note", "Two\nlines."),
    "rows in another order": edit(
        "footprints", lambda rows: rows.__setitem__(slice(1, None), rows[:0:-1])
    ),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_a_spreadsheet_does_to_a_file_is_read_all_the_same(package: Path, kind: str) -> None:
    HARMLESS[kind](package.parent)
    assert validate_package(package) == []
    assert load_catalogue(package).table("outcomes")["is_shown"].notna().all()


def test_quotes_and_semicolons_in_the_text_are_not_taken_for_the_separator(
    tmp_path: Path,
) -> None:
    """A library that guesses the separator takes this file for one with semicolons."""
    fields = [
        {"name": name, "title": name, "description": "A word.", "type": "string"}
        for name in ("term", "meaning")
    ]
    schema = {"fields": fields, "primaryKey": "term"}
    table = {"name": "words", "path": "words.csv", "title": "Words", "description": "Words."}
    descriptor = {"name": "a", "resources": [{**table, "type": "table", "schema": schema}]}
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    with (tmp_path / "words.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["term", "meaning"])
        writer.writerows([f"t{i}", 'one; "two"; three, four'] for i in range(20))
    assert validate_package(path) == []


def test_faults_of_several_files_are_all_reported_in_order(package: Path) -> None:
    for kind in ("pattern", "integer", "unknown key"):
        FAULTS[kind][0](package.parent)
    assert [p.file for p in validate_package(package)] == [
        "tables/footprints.csv",
        "tables/icbs.csv",
        "tables/outcomes.csv",
    ]


def test_a_problem_reads_as_a_sentence() -> None:
    problem = Problem("tables/a.csv", 7, "value", "'x'", "a number", "Correct the cell.")
    assert str(problem) == (
        "tables/a.csv, row 7, column value: found 'x'; expected a number. Correct the cell."
    )
    whole = Problem("tables/a.csv", 0, "", "no file", "a CSV file", "Restore it.")
    assert str(whole) == "tables/a.csv: found no file; expected a CSV file. Restore it."


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "data", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_command_line_finds_the_atlas_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 0
    assert capsys.readouterr().out == "19 tables are valid\n"


def test_the_command_line_prints_problems_and_fails(package: Path) -> None:
    FAULTS["enumeration"][0](package.parent)
    done = run("validate", str(package))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "tables/outcomes.csv, row 2, column status: found 'done'; expected one of achieved, "
        "expected, planned. Correct the cell.",
        "1 problem",
    ]
    assert done.stderr == ""


@pytest.mark.parametrize("kind", ["enumeration", "not UTF-8", "missing file"])
def test_the_command_line_speaks_json(
    package: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    fault, table, row, column, found, _ = FAULTS[kind]
    fault(package.parent)
    assert main(["validate", "--json", str(package)]) == 1
    body = json.loads(capsys.readouterr().out)
    assert body["valid"] is False
    assert [(p["file"], p["row"], p["column"]) for p in body["problems"]] == [
        (f"tables/{table}.csv", row, column)
    ]
    assert found in body["problems"][0]["found"]
    assert set(body["problems"][0]) == {"file", "row", "column", "found", "expected", "action"}


def test_the_command_line_says_valid_in_json(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--json", str(package)]) == 0
    assert json.loads(capsys.readouterr().out) == {"valid": True, "problems": []}


def test_the_command_line_names_a_package_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(tmp_path / "nowhere.json")]) == 1
    assert "nowhere.json: found no such file" in capsys.readouterr().out
