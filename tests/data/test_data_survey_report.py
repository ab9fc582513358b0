"""Every number of the survey report, copied from the report itself, has its row.

``survey_report_numbers.csv`` was read off the report from its first page to its last, not off the
tables: ``number``; ``as`` (how it is given: a percentage, a count, a base, or a second value
``beside`` the one shown); ``words`` (how the report words it there, if in words); the question,
option and sector that it answers, in our ids; ``place`` (heading or figure).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from data import Catalogue
from data.survey import published

LIST = Path(__file__).with_name("survey_report_numbers.csv")
NUMBERS = list(csv.DictReader(LIST.open(encoding="utf-8", newline="")))
KEY = ["question_id", "option_id", "sector_group"]
COLUMN = {"percent": "percent", "count": "count", "base": "base_n"}
# Numbers of the report that are no answers of the survey: what we say of them, and where.
ASIDE = {
    "over 130,000 vacancies": ("insights", "risk-survey-workforce", "130,000"),
    "two in three systems in deficit": ("insights", "risk-survey-uneven-finance", "two in three"),
    "networks of 2013": ("milestones", "clinical-networks-established", "2013"),
    "programme of 2015": ("milestones", "new-care-models-established", "2015"),
    "ICBs of July 2022": ("insights", "risk-survey-icb-maturity", "July 2022"),
    "sections 65Z5 and 65Z6": ("insights", "message-survey-delegation-law", "65Z5 and 65Z6"),
    "no delegation in 2022/23": ("milestones", "no-delegation-2022-23", "2022/23"),
}


def _name(one: dict[str, str]) -> str:
    return f"{one['question']}/{one['option']}/{one['sector']}={one['number']}-{one['as']}"


def _row(catalogue: Catalogue, one: dict[str, str]) -> pd.Series:
    table = catalogue.table("survey_results")
    wanted = [one["question"], one["option"], one["sector"]]
    hits = table[(table[KEY] == pd.Series(wanted, index=KEY)).all(axis=1)]
    assert len(hits) == 1, f"survey_results has {len(hits)} rows for {wanted}"
    return hits.iloc[0]


def _said(catalogue: Catalogue, row: pd.Series) -> str:
    """What the note and the register of discrepancies say of a row, in small letters."""
    table = catalogue.table("discrepancies").set_index("discrepancy_id")
    parts = [row["note"]]
    if row["discrepancy_id"] in table.index:
        found = table.loc[row["discrepancy_id"]]
        parts += [found["summary"], found["other_values"]]
    return " ".join(str(p) for p in parts if pd.notna(p)).lower()


@pytest.mark.parametrize("one", NUMBERS, ids=_name)
def test_a_number_of_the_report_stands_in_its_row(
    catalogue: Catalogue, one: dict[str, str]
) -> None:
    row = _row(catalogue, one)
    if one["as"] == "beside":
        second = pd.notna(row["other_percent"]) and row["other_percent"] == float(one["number"])
        assert second or one["number"] in _said(catalogue, row)
    else:
        assert row[COLUMN[one["as"]]] == float(one["number"])


@pytest.mark.parametrize("one", [n for n in NUMBERS if n["words"]], ids=_name)
def test_the_words_around_a_number_are_kept_beside_it(
    catalogue: Catalogue, one: dict[str, str]
) -> None:
    assert one["words"] in _said(catalogue, _row(catalogue, one))


@pytest.mark.parametrize("one", [n for n in NUMBERS if n["as"] != "beside"], ids=_name)
def test_the_row_says_the_place_in_the_report(catalogue: Catalogue, one: dict[str, str]) -> None:
    assert one["place"] in _row(catalogue, one)["locator"]


def test_no_row_has_a_number_that_the_report_does_not_have(catalogue: Catalogue) -> None:
    listed = {(n["question"], n["option"], n["sector"]) for n in NUMBERS}
    shown = published(catalogue.table("survey_results"))[KEY]
    assert set(shown.itertuples(index=False, name=None)) == listed


def test_only_words_without_a_printed_figure_are_approximate_or_a_bound(
    catalogue: Catalogue,
) -> None:
    table = catalogue.table("survey_results")
    loose = table[table["precision"].isin(["approximate", "bound"])]
    assert set(loose[KEY].itertuples(index=False, name=None)) == {
        ("respondents", "population-estimate", "all"),
        ("respondents", "share-of-population", "all"),
        ("priorities-past-year", "set-up", "all"),
        ("improvement-focus", "developing", "all"),
        ("dedicated-resource", "clinical-director", "all"),
    }


@pytest.mark.parametrize(("table", "row", "words"), ASIDE.values(), ids=list(ASIDE))
def test_a_number_that_is_no_answer_is_told_where_it_belongs(
    catalogue: Catalogue, table: str, row: str, words: str
) -> None:
    frame = catalogue.table(table)
    cells = frame[frame[catalogue.schema.tables[table].primary_key[0]] == row]
    assert words in " ".join(cells.astype("string").fillna("").iloc[0])
