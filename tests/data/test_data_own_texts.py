"""Texts of every kind go through files and come back as they were, and run nowhere unsaid."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from components.export.tabular import to_csv
from data import Catalogue
from data.formulas import marked, runs, unmarked
from data.own import OwnData
from data.own.contributing import contribution
from data.own.reading_text import plain
from data.validate import validate_package
from tests.data.test_data_own import taken

STARTS = (
    "=", "+", "-", "@", "'", "''", "'=", "''=", "'-", "'@", "＝", "＋", "－", "＠", " =", "\t=",
    '"', "-2", "-2.5%", "'-2", "=1+1", "+44 20", "@SUM(A1)", "- fewer waits", "’=",
)  # fmt: skip
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
def given() -> list[str]:
    """As a cell is read: without blanks around it, one of each, none of them empty."""
    known = dict.fromkeys(plain(marked(text)) for text in texts())
    return [text for text in known if text.replace("'", "").strip()]


@pytest.fixture(scope="module")
def own(catalogue: Catalogue, given: list[str]) -> OwnData:
    rows = [
        {"collaborative_id": f"x-{n}", "name": marked(text), "sector": "acute", "status": "planned",
         "governance_note": marked(text)}
        for n, text in enumerate(given)
    ]  # fmt: skip
    return taken(catalogue, None, "collaboratives.csv", written(rows))


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


def test_a_contribution_holds_the_text_itself(own: OwnData, given: list[str]) -> None:
    rows = tables_of(own)["tables/collaboratives.csv"]
    assert [row["name"] for row in rows] == given
    assert [row["governance_note"] for row in rows] == given
    assert sum(runs(text) for text in given) > 100


def test_what_is_validated_is_the_text_itself(
    own: OwnData, given: list[str], tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(contribution(own))) as archive:
        archive.extractall(tmp_path)
        readme = archive.read("README.md").decode("utf-8")
    assert validate_package(tmp_path / "datapackage.json") == []
    assert "Do not open these tables in a spreadsheet" in readme
    first = next(n for n, text in enumerate(given, start=2) if runs(text))
    assert f"`tables/collaboratives.csv`, row {first}, column name" in readme
    assert "- and " in readme


def test_where_nothing_would_run_the_readme_says_so(catalogue: Catalogue) -> None:
    data = taken(
        catalogue, None, "c.csv", "collaborative_id,name,sector,status\nx,X,acute,planned\n"
    )
    with zipfile.ZipFile(io.BytesIO(contribution(data))) as archive:
        assert "No cell in here begins like a formula." in archive.read("README.md").decode()


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
