"""Grades of evidence: computed from columns, with gates that no criterion opens for another."""

import itertools
import re
from pathlib import Path

import pandas as pd
import pytest

from data import Catalogue
from data.evidence import (
    CRITERIA,
    GRADE,
    GRADES,
    RANK,
    RUBRIC,
    criteria_of,
    grade_of,
    grades,
    separate_sources,
    why,
)

TEXT = Path(__file__).resolve().parents[2] / "components" / "text" / "evidence-rubric.md"
REPORT = {"publisher": "NHS Providers", "tier": "published_report"}
OWN = {"publisher": "Example Trust", "tier": "organisation_page"}
NEWS = {"publisher": "The Paper", "tier": "press"}
SOURCES = {
    "report": REPORT,
    "chapter": REPORT,
    "own": OWN,
    "news": NEWS,
    "statistics": {"publisher": "NHS England", "tier": "official_statistics"},
    "own-report": {"publisher": "Example Trust", "tier": "published_report"},
}


def met(**changed: object) -> dict[str, bool]:
    """Criteria of an outcome that has everything, with some columns changed."""
    row: dict[str, object] = {
        "status": "achieved", "value": 7.0, "precision": "exact", "baseline_value": 73.0,
        "comparator": "Before", "period": "Since 2016", "discrepancy_id": pd.NA,
        "source_id": "report", "other_source_ids": pd.NA,
    }  # fmt: skip
    return criteria_of({**row, **changed}, SOURCES, {"example trust"})


def grade(**changed: object) -> str:
    return grade_of(met(**changed)).id


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "full"),
        ({"comparator": pd.NA}, "full"),
        ({"baseline_value": pd.NA}, "partial"),
        ({"period": pd.NA}, "partial"),
        ({"precision": "bound"}, "partial"),
        ({"precision": "approximate"}, "partial"),
        ({"discrepancy_id": "two-values"}, "partial"),
        ({"source_id": "own"}, "partial"),
        ({"source_id": "own-report"}, "partial"),
        ({"source_id": "own", "other_source_ids": "report"}, "full"),
        ({"source_id": "statistics"}, "full"),
        ({"baseline_value": pd.NA, "comparator": pd.NA}, "partial"),
        ({"baseline_value": pd.NA, "comparator": pd.NA, "period": pd.NA}, "bare"),
        ({"value": pd.NA, "baseline_value": pd.NA, "precision": pd.NA}, "words"),
        ({"source_id": "news"}, "words"),
        ({"source_id": "news", "other_source_ids": "own"}, "partial"),
        ({"status": "expected"}, "intention"),
        ({"status": "planned"}, "intention"),
    ],
)
def test_an_outcome_gets_the_grade_of_the_rubric(changed: dict[str, object], expected: str) -> None:
    assert grade(**changed) == expected


ALL = [
    dict(zip(CRITERIA, values, strict=True))
    for values in itertools.product((True, False), repeat=len(CRITERIA))
]


def test_what_has_not_happened_is_never_more_than_an_intention() -> None:
    assert {grade_of(m).id for m in ALL if not m["happened"]} == {"intention"}


def test_without_a_number_no_grade_is_above_words() -> None:
    assert {grade_of(m).id for m in ALL if m["happened"] and not m["number"]} == {"words"}


def test_the_press_alone_carries_no_figure() -> None:
    assert {grade_of(m).id for m in ALL if m["happened"] and not m["beyond_press"]} == {"words"}


@pytest.mark.parametrize("criterion", ["exact", "start", "period", "outside", "undisputed"])
def test_without_it_no_grade_is_the_highest(criterion: str) -> None:
    assert "full" not in {grade_of(m).id for m in ALL if not m[criterion]}


def test_meeting_one_more_criterion_never_lowers_a_grade() -> None:
    for m in ALL:
        for criterion in CRITERIA:
            assert RANK[grade_of({**m, criterion: True}).id] <= RANK[grade_of(m).id]


def test_every_grade_can_be_reached_and_the_last_takes_all() -> None:
    assert {grade_of(m).id for m in ALL} == set(GRADE)
    assert GRADES[-1].needs == GRADES[-1].any_of == ()


def test_a_missing_criterion_is_an_error() -> None:
    with pytest.raises(KeyError):
        grade_of({"happened": True})


def test_why_names_what_keeps_it_from_the_next_grade() -> None:
    assert why(met(baseline_value=pd.NA)) == (
        "Grade B, not A, because no starting value is stated; meets 8 of 10 criteria."
    )
    assert why(met()).startswith("Grade A: everything")
    for m in ALL:
        assert re.fullmatch(r"Grade [A-E][^.]+; meets \d+ of 10 criteria\.", why(m))
        assert f"meets {sum(m.values())} of" in why(m)


@pytest.mark.parametrize(
    ("publishers", "count"),
    [
        (["NHS Providers"], 1),
        (["NHS Providers", "NHS Providers"], 1),
        (["NHS Providers", "NHS Providers with NHS Confederation"], 1),
        (["NHS Confederation and NHS Providers", "NHS Providers"], 1),
        (["NHS Providers", "NHS Confederation", "NHS Confederation and NHS Providers"], 1),
        (["NHS Providers", "Example Trust"], 2),
        (["Surrey and Sussex Committee", "Sussex Committee"], 2),
        ([], 0),
    ],
)
def test_sources_that_share_a_publisher_count_once(publishers: list[str], count: int) -> None:
    assert separate_sources(publishers) == count


def test_every_outcome_has_one_grade(catalogue: Catalogue) -> None:
    frame = grades(catalogue)
    assert frame["outcome_id"].tolist() == catalogue.table("outcomes")["outcome_id"].tolist()
    assert set(frame["grade"]) <= set(GRADE)
    assert (frame["criteria_met"] == frame[list(CRITERIA)].sum(axis=1)).all()


def test_no_grade_of_the_tables_breaks_a_gate(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes").merge(grades(catalogue), on="outcome_id")
    assert set(frame[frame["status"] != "achieved"]["grade"]) == {"intention"}
    assert not set(frame[frame["value"].isna()]["grade"]) & {"full", "partial", "bare"}
    assert frame[frame["grade"] == "full"]["baseline_value"].notna().all()


def test_grades_are_worked_out_once_and_cannot_be_changed(catalogue: Catalogue) -> None:
    frame = grades(catalogue)
    before = frame["grade"].tolist()
    frame["grade"] = "full"
    assert grades(catalogue)["grade"].tolist() == before


@pytest.mark.parametrize("given", [*RUBRIC, *GRADES], ids=lambda g: g.id)
def test_the_published_rubric_has_every_criterion_and_grade(given: object) -> None:
    text = TEXT.read_text(encoding="utf-8")
    for attribute in ("label", "sentence", "meaning"):
        if hasattr(given, attribute):
            assert getattr(given, attribute) in text
    if hasattr(given, "letter"):
        assert f"| **{given.letter}** |" in text


def test_the_published_rubric_has_no_other_criterion_or_grade() -> None:
    text = TEXT.read_text(encoding="utf-8")
    assert len(re.findall(r"^\d+\. \*\*", text, re.M)) == len(RUBRIC)
    assert len(re.findall(r"^\| \*\*", text, re.M)) == len(GRADES)
