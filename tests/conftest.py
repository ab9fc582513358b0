"""Fixtures that every test folder shares."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data import Catalogue, load_catalogue
from data.schema import PACKAGE_PATH


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The Atlas's own tables, loaded once."""
    return load_catalogue()


SECOND_WAVE = "nov-2024"


def _append(folder: Path, table: str, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    path = folder / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with path.open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, list(rows[0])).writerows(change(row) for row in rows)


def _later(row: dict[str, str]) -> dict[str, str]:
    """A result of the made-up second wave: a tenth more of all 60, of each sector's 12."""
    new = {**row, "wave_id": SECOND_WAVE, "other_percent": "", "discrepancy_id": "", "note": ""}
    if row["percent"] and row["question_id"] != "respondents":
        base = 60 if row["sector_group"] == "all" else 12
        count = min(base, round(base * (float(row["percent"]) / 100 + 0.1)))
        share = int(100 * count / base + 0.5)
        new |= {"percent": str(share), "count": str(count), "base_n": str(base)}
        new |= {"base_basis": "stated", "precision": "exact"}
    elif row["base_n"]:
        new |= {"base_n": "60", "base_basis": "stated"}
    return new


@pytest.fixture(scope="session")
def two_waves(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The Atlas's tables with a made-up second wave: 60 responses of about 110."""
    folder = tmp_path_factory.mktemp("waves")
    shutil.copytree(PACKAGE_PATH.parent / "tables", folder / "tables")
    shutil.copy(PACKAGE_PATH, folder)
    wave = {"wave_id": SECOND_WAVE, "title": "Made-up survey, November 2024"}
    _append(
        folder,
        "survey_waves",
        lambda row: {**row, **wave, "fieldwork": "November 2024", "responses": "60",
                     "collaboratives": "60", "population_estimate": "110"},
    )  # fmt: skip
    base = {"wave_id": SECOND_WAVE, "base_n": "60", "base_basis": "stated", "base_note": ""}
    _append(folder, "survey_questions", lambda row: {**row, **base})
    _append(folder, "survey_results", _later)
    return load_catalogue(folder / PACKAGE_PATH.name)


@pytest.fixture(scope="session")
def no_waves(catalogue: Catalogue) -> Catalogue:
    """The Atlas's tables with the survey's tables empty but for their headers."""
    empty = {
        name: catalogue.table(name).iloc[:0]
        for name in ("survey_waves", "survey_questions", "survey_results")
    }
    return Catalogue(catalogue.schema, {**catalogue.frames, **empty})
