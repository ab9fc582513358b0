"""Totals that the report of 2022 prints, counted from answers; worked out here by counting."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data import Catalogue
from data.own import Upload, WaveDetails, bring
from data.own.answers import questions_of
from data.own.disclosure import cells_to_show

POSTS = ("0", "3", "7.5", "12", "0", "4", "10", "27")
Answers = list[dict[str, str]]


def made_up(catalogue: Catalogue, size: int = 120) -> Answers:
    """A respondent a row, answers in turn within each of two sectors: no cell is small."""
    rows = []
    for number in range(size):
        row = {"sector_group": "acute" if number % 2 else "mhlda"}
        turn = number // 2
        for name, asked in questions_of(catalogue).items():
            options = [*asked.options, "other"]
            first = turn % len(options)
            if asked.kind == "number":
                row[name] = POSTS[turn % len(POSTS)]
            elif asked.is_single or options[first] == "no-resource":
                row[name] = options[first]
            else:
                others = [o for o in options if o not in {options[first], "no-resource"}]
                row[name] = f"{options[first]};{others[turn % len(others)]}"
        rows.append(row)
    return rows


def uploaded(catalogue: Catalogue, rows: Answers) -> tuple[Any, Any]:
    """What bringing the answers gives, and the results of their wave by question and option."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    details = WaveDetails("Made-up", "2026", population=None)
    file = Upload("answers.csv", text.getvalue().encode())
    result = bring(catalogue, None, file, details=details)
    if result.data is None:
        return result, pd.DataFrame()
    table = result.data.catalogue.table("survey_results")
    mine = table[table["wave_id"] == "own-made-up"]
    return result, mine.set_index(["question_id", "option_id", "sector_group"]).sort_index()


@pytest.fixture(scope="module")
def rows(catalogue: Catalogue) -> Answers:
    return made_up(catalogue)


@pytest.fixture(scope="module")
def found(catalogue: Catalogue, rows: Answers) -> Any:
    return uploaded(catalogue, rows)[1]


def _of(rows: Answers, question: str, group: str) -> Sequence[str]:
    return [r[question] for r in rows if r[question] and group in ("all", r["sector_group"])]


def test_every_row_of_the_report_is_counted(catalogue: Catalogue, found: Any) -> None:
    printed = catalogue.table("survey_results")
    answerable = printed[printed["question_id"].isin(questions_of(catalogue))]
    wanted = set(answerable[["question_id", "option_id"]].itertuples(index=False, name=None))
    values = found[found["count"].notna()]
    assert wanted - {(q, o) for q, o, _ in values.index} == set()


@pytest.mark.parametrize("group", ["all", "acute", "mhlda"])
def test_any_resource_is_everybody_but_those_who_have_none(
    rows: Answers, found: Any, group: str
) -> None:
    cell = found.loc["dedicated-resource", "any-resource", group]
    given = _of(rows, "dedicated-resource", group)
    some = sum(answer != "no-resource" for answer in given)
    assert (cell["count"], cell["base_n"]) == (some, len(given))
    assert cell["percent"] == pytest.approx(100 * some / len(given), abs=0.5)


@pytest.mark.parametrize("group", ["all", "acute", "mhlda"])
def test_earlier_stages_are_those_named_and_the_others_before_active_use(
    rows: Answers, found: Any, group: str
) -> None:
    cell = found.loc["improvement-journey", "earlier-stages", group]
    given = _of(rows, "improvement-journey", group)
    before = given.count("committed-not-begun") + given.count("another-earlier-stage")
    assert (cell["count"], cell["base_n"]) == (before, len(given))


def test_improvement_focus_is_asked_by_itself(rows: Answers, found: Any) -> None:
    cell = found.loc["improvement-focus", "developing", "all"]
    given = _of(rows, "improvement-focus", "all")
    assert (cell["count"], cell["base_n"]) == (given.count("developing"), len(given))


@pytest.mark.parametrize(
    ("largest", "count", "precision"),
    [
        ([30, 30, 30, 30, 30, 12], 30, "exact"),
        ([40, 27, 18, 14, 13, 11], 13, "bound"),
        ([40, 27, 18], None, None),
    ],
)
def test_the_largest_number_is_shown_as_far_as_five_reach_it(
    catalogue: Catalogue, largest: list[int], count: int | None, precision: str | None
) -> None:
    posts = [*largest, *[0] * 9, *[3] * 40, *[7] * 20]
    own = [{"sector_group": "acute", "funded-posts": str(p)} for p in posts]
    cell = uploaded(catalogue, own)[1].loc["funded-posts", "maximum", "all"]
    if count is None:
        assert pd.isna(cell["count"])
        assert cell["note"].startswith("Withheld")
    else:
        assert (cell["count"], cell["precision"]) == (count, precision)


def test_nobody_has_no_resource_and_some(catalogue: Catalogue) -> None:
    own = [{"dedicated-resource": "pmo"}] * 20 + [{"dedicated-resource": "pmo;no-resource"}]
    result, _ = uploaded(catalogue, own)
    assert [str(p) for p in result.problems] == [
        "answers.csv, row 22, column dedicated-resource: found 'pmo;no-resource'; expected "
        "no-resource by itself, or the others. Nobody has no funded resource and some as well: "
        "leave one of the two."
    ]


def test_a_few_without_resource_hide_the_rest_as_well(catalogue: Catalogue) -> None:
    """Of 50, 47 have some: to print that would tell of the three."""
    given = [*["pmo"] * 20, *["managing-director"] * 27, *["no-resource"] * 3]
    own = [{"dedicated-resource": answer} for answer in given]
    cells = uploaded(catalogue, own)[1].loc["dedicated-resource"]
    assert cells.loc[["no-resource", "any-resource"], "count"].isna().all()
    assert cells.loc[("pmo", "all"), "count"] == 20


@pytest.mark.parametrize(
    ("counts", "lost"),
    [
        # One sector and a crowd of five of whom few gave an answer: the total was withheld.
        ([[15, 6, 7, 5, 1], [15, 11, 5, 5, 3], [18, 16, 1, 4, 1]], []),
        # Nobody gave the first answer: it and one more are withheld, not every one.
        ([[0, 0, 0, 0, 0], [12, 11, 3, 7, 0], [23, 19, 8, 6, 5], [12, 6, 2, 1, 0]], [0, 3]),
    ],
)
def test_the_answer_of_everybody_is_the_last_to_be_withheld(
    counts: list[list[int]], lost: list[int]
) -> None:
    table = np.array(counts)
    shown = cells_to_show(table, table.sum(axis=0), [True] * 4 + [False], single=True)
    assert np.nonzero(~shown.totals)[0].tolist() == lost
    assert shown.groups.sum() >= 3
