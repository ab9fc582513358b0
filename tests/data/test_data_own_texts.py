"""Texts of every kind go through files and come back as they were, or are refused; none runs."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from components.export.tabular import to_csv
from data import Catalogue
from data.formulas import marked, runs, unmarked
from data.own import OwnData, OwnProblem, Upload, WaveDetails, bring
from data.own.contributing import contribution
from data.own.reading_text import plain
from data.schema import PACKAGE_PATH
from data.validate import validate_package
from tests.data.test_data_own import taken
from tests.data.test_data_own_malformed import book, is_clear, package

STARTS = (
    "=", "+", "-", "@", "'", "''", "'=", "''=", "'-", "'@", "＝", "＋", "－", "＠", " =", "\t=",
    '"', "-2", "-2.5%", "'-2", "=1+1", "+44 20", "@SUM(A1)", "- fewer waits", "’=",
)  # fmt: skip
DASHES = ("-", "–", "—")
LETTERS = "aZ9 '\"=+-@,;|\t\n\r.%()é–’＝￼💥\\<>&"


def texts() -> Iterator[str]:
    """Texts that begin as formulas do, and whatever else chance makes of awkward letters."""
    dice = random.Random(5)
    for start in STARTS:
        for _ in range(12):
            yield start + "".join(dice.choice(LETTERS) for _ in range(dice.randint(0, 12)))
    for _ in range(300):
        yield "".join(dice.choice(LETTERS) for _ in range(dice.randint(1, 20)))


def written(rows: list[dict[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture(scope="module")
def read() -> list[str]:
    """As a cell is read: without blanks around it, one of each, none of them empty or a dash."""
    known = dict.fromkeys(plain(marked(text)) for text in texts())
    return [text for text in known if text.replace("'", "").strip() and text not in DASHES]


@pytest.fixture(scope="module")
def given(read: list[str]) -> list[str]:
    """Those that can be brought."""
    return [text for text in read if not runs(text)]


def rows_of(read: list[str]) -> list[dict[str, str]]:
    return [
        {"collaborative_id": f"x-{n}", "name": marked(text), "sector": "acute", "status": "planned",
         "governance_note": marked(text)}
        for n, text in enumerate(read)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def own(catalogue: Catalogue, given: list[str]) -> OwnData:
    return taken(catalogue, None, "collaboratives.csv", written(rows_of(given)))


def tables_of(data: OwnData) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(contribution(data))) as archive:
        bodies = {n: archive.read(n).decode("utf-8") for n in archive.namelist()}
    return {
        name: list(csv.DictReader(io.StringIO(body, newline="")))
        for name, body in bodies.items()
        if name.endswith(".csv")
    }


def test_a_mark_is_taken_away_again_whatever_the_text() -> None:
    for text in (*texts(), "", "'", "''"):
        assert unmarked(marked(text)) == text, repr(text)
        assert not runs(marked(text)), repr(text)
        if not text.startswith("'") and not runs(text):
            assert marked(text) == text == unmarked(text), repr(text)


@pytest.mark.parametrize("number", ["-2.5", "-5%", "+5%", "-.5", "+12", "2-3", "5"])
def test_a_number_with_its_sign_runs_nothing(number: str) -> None:
    assert not runs(number)


def problems_of(catalogue: Catalogue, name: str, data: bytes, kind: str = "") -> list[OwnProblem]:
    result = bring(catalogue, None, Upload(name, data), kind)
    assert result.data is None, name
    return list(result.problems)


def test_text_that_would_run_is_refused_by_row_and_column_in_every_kind_of_file(
    catalogue: Catalogue, read: list[str]
) -> None:
    every = [text for text in read if runs(text)]
    assert len(every) > 100
    for start in range(0, len(every), 40):
        rows = rows_of(every[start : start + 40])
        # By hand nobody writes our mark: the text stands in the file as it is.
        plainly = [{**r, "name": t, "governance_note": t}
                   for r, t in zip(rows, every[start : start + 40], strict=True)]  # fmt: skip
        resources = {"resources": [{"name": "collaboratives", "path": "c.csv"}]}
        files = {
            "marked.csv": written(rows).encode(),
            "c.csv": written(plainly).encode(),
            "c.xlsx": book([list(rows[0]), *(list(r.values()) for r in rows)]),
            "c.zip": package({"c.csv": written(plainly)}, resources),
        }
        for name, data in files.items():
            problems = problems_of(catalogue, name, data)
            places = {(p.row, p.column) for p in problems}
            wanted = {(n, c) for n in range(2, len(rows) + 2) for c in ("name", "governance_note")}
            assert places == wanted, name
            assert all("a spreadsheet does not run" in p.expected for p in problems), name
            assert all(is_clear(p) for p in problems), name


WORDS = {
    "sources": "source_id,title,publisher,kind,tier,accessed\n"
    "own-paper,{},Own Trust,report,organisation_page,2026-11-01\n",
    "organisations": "organisation_id,name,kind\nown-trust,{},other\n",
    "collaboratives": "collaborative_id,name,sector,status\nours,{},acute,planned\n",
    "memberships": "collaborative_id,organisation_id,locator\nwyaat,RW1,{}\n",
    "footprints": "collaborative_id,icb_code,coverage,locator\nwyaat,E54000057,whole,{}\n",
    "outcomes": "outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
    "own-o,wyaat,health_inequalities,{},3,percent,achieved\n",
    "survey_results": "question_id,option_id,sector_group,percent,count,base_n,option\n"
    "delegation-intent,of-our-own,all,50,20,40,{}\n",
}
"""Table -> a file of it with a place for a text."""


@pytest.mark.parametrize("kind", WORDS)
def test_every_table_that_can_be_brought_refuses_it(catalogue: Catalogue, kind: str) -> None:
    name, text = f"{kind}.csv", WORDS[kind]
    (problem,) = problems_of(catalogue, name, text.format("=HYPERLINK(A1)").encode(), kind)
    assert (problem.row, problem.found) == (2, "'=HYPERLINK(A1)'")
    assert bring(catalogue, None, Upload(name, text.format("A text").encode()), kind).data


def test_the_name_of_a_wave_cannot_run_either(catalogue: Catalogue) -> None:
    data = WORDS["survey_results"].format("A text").encode()
    details = WaveDetails("=1+1", "March 2026")
    result = bring(catalogue, None, Upload("r.csv", data), "survey_results", details)
    assert [(p.column, p.found) for p in result.problems] == [("title", "'=1+1'")]


@pytest.mark.parametrize("dash", DASHES)
def test_a_dash_alone_is_an_empty_cell_and_is_said(catalogue: Catalogue, dash: str) -> None:
    head = "outcome_id,collaborative_id,benefit,metric,value,unit,status,comparator\n"
    row = f"own-o,wyaat,health_inequalities,Waits,{dash},percent,achieved,{dash}\n"
    result = bring(catalogue, None, Upload("o.csv", (head + row).encode()))
    assert result.data is not None, result.problems
    (cells,) = result.data.rows["outcomes"]
    assert (cells["value"], cells["comparator"]) == ("", "")
    assert "2 cells that hold only a dash were read as empty." in result.notes


def test_a_contribution_holds_the_text_itself_and_runs_nothing(
    own: OwnData, given: list[str]
) -> None:
    rows = tables_of(own)["tables/collaboratives.csv"]
    assert [row["name"] for row in rows] == given
    assert [row["governance_note"] for row in rows] == given
    cells = [c for table in tables_of(own).values() for row in table for c in row.values()]
    assert [c for c in cells if runs(c)] == []


def test_what_is_validated_is_the_text_itself(own: OwnData, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(contribution(own))) as archive:
        archive.extractall(tmp_path)
        assert "No cell in here begins like a formula" in archive.read("README.md").decode()
    assert validate_package(tmp_path / "datapackage.json") == []


def test_the_tables_of_the_repository_are_held_to_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(PACKAGE_PATH.parent / "tables", folder / "tables")
    shutil.copy(PACKAGE_PATH, folder)
    path = folder / json.loads(PACKAGE_PATH.read_text())["resources"][0]["path"]
    with path.open(encoding="utf-8", newline="") as handle:
        header, first, *rest = list(csv.reader(handle))
    column = header.index("title")
    first[column] = "@SUM(A1)"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, first, *rest])
    (problem,) = validate_package(folder / "datapackage.json")
    assert (problem.row, problem.column, problem.found) == (2, "title", "'@SUM(A1)'")


def test_every_other_file_runs_nowhere_and_comes_back_as_it_was(
    catalogue: Catalogue, own: OwnData, given: list[str]
) -> None:
    """The CSV of the pages, opened in a spreadsheet and brought again."""
    frame = pd.DataFrame(tables_of(own)["tables/collaboratives.csv"])
    columns = ["collaborative_id", "name", "sector", "status", "governance_note"]
    body = to_csv(frame[columns])
    cells = [
        c for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")) for c in row
    ]
    assert [c for c in cells if runs(c)] == []
    again = taken(catalogue, None, "again.csv", body)
    rows = tables_of(again)["tables/collaboratives.csv"]
    assert [row["name"] for row in rows] == given
