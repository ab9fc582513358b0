"""Answers of respondents, one row each, to shares, bases and sectors: counted, and withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.catalogue import Catalogue
from data.own import limits
from data.own.disclosure import THRESHOLD, Counts, groups_to_show
from data.own.kinds import ANSWERS, SECTOR_COLUMN, Told
from data.own.questions import (
    OTHER,
    OWN_OPTIONS,
    SECTORS,
    Asked,
    Counted,
    count_question,
    unknown_cells,
)
from data.own.sheets import OwnProblem, Sheet, column_letter, folded
from data.own.tables import heading_problems


@dataclass(frozen=True)
class Answers:
    """A sheet of answers, counted; the answers themselves are gone.

    Attributes:
        respondents: Rows with at least one answer.
        sizes: Respondents by sector, the unstated last.
        groups: Sectors that are shown by themselves.
        questions: The questions.
        withheld: Cells that are not shown.
    """

    respondents: int
    sizes: tuple[int, ...]
    groups: tuple[bool, ...]
    questions: tuple[Counted, ...]
    withheld: int


def questions_of(catalogue: Catalogue) -> dict[str, Asked]:
    """Every question that respondents can answer, with the options of the tables."""
    table = catalogue.table("survey_questions")
    kinds = dict(table[["question_id", "answer_kind"]].itertuples(index=False, name=None))
    results = catalogue.table("survey_results").sort_values("option_order", kind="stable")
    plain = results[~results["is_aggregate"].astype(bool) & results["option_id"].ne(OTHER)]
    found = {}
    for question, kind in kinds.items():
        mine = plain[plain["question_id"] == question]
        if mine.empty:
            # Of a question whose only option is a total, such as "developing work to embed
            # improvement", respondents are asked the total itself.
            mine = results[results["question_id"] == question]
        mine = mine.drop_duplicates("option_id")
        options = dict(mine[["option_id", "option"]].itertuples(index=False, name=None))
        options |= OWN_OPTIONS.get(question, {}) if options else {}
        if question != "respondents" and options:
            found[question] = Asked(question, kind, options)
    return found


def count(
    catalogue: Catalogue, sheet: Sheet, told: Told
) -> tuple[Answers | None, list[OwnProblem], list[str]]:
    """Count a sheet of answers.

    Args:
        catalogue: The tables, for questions and options.
        sheet: The sheet, one row a respondent.
        told: Where its headings are.

    Returns:
        The answers counted, or ``None`` where there are problems; the problems; and notes.
    """
    known = questions_of(catalogue)
    columns = {i: c for i, c in told.named.items() if c == SECTOR_COLUMN or c in known}
    header = list(sheet.rows[told.header])
    problems = heading_problems(sheet, Told(ANSWERS, told.header, columns), "the survey")
    body = [(n, r) for n, r in zip(sheet.numbers, sheet.rows, strict=True)][told.header + 1 :]
    filled = [(n, r) for n, r in body if any(i < len(r) and r[i] for i in columns)]
    if len(filled) > limits.ANSWER_ROWS:
        expected = f"at most {limits.ANSWER_ROWS:,} rows"
        problems.append(sheet.problem(0, "", "more rows", expected, "Split the file."))
    if not filled:
        action = "Fill in one row for each respondent below the headings."
        problems.append(sheet.problem(0, "", "no answers", "at least one row", action))
    elif len(filled) < THRESHOLD:
        action = "With so few answers everything would be withheld; bring percentages instead."
        found = f"{len(filled)} rows with an answer"
        problems.append(sheet.problem(0, "", found, f"at least {THRESHOLD}", action))
    if problems:
        return None, problems, []
    numbers = np.array([n for n, _ in filled])
    texts = {
        c: pd.Series([r[i] if i < len(r) else "" for _, r in filled], dtype=object)
        for i, c in columns.items()
    }
    headings = {c: header[i] for i, c in columns.items()}
    sector, wrong = _sectors(catalogue, texts.get(SECTOR_COLUMN), len(filled))
    problems += unknown_cells(sheet, numbers, headings.get(SECTOR_COLUMN, ""), wrong, _SECTOR_WORDS)
    counted = []
    sizes = np.bincount(sector, minlength=len(SECTORS) + 1)
    groups = groups_to_show([int(s) for s in sizes[:-1]], int(sizes[-1]))
    for column, cells in texts.items():
        if column == SECTOR_COLUMN:
            continue
        one, wrong_cells = count_question(
            sheet, numbers, headings[column], known[column], cells, sector, groups
        )
        problems += wrong_cells
        if one is not None:
            counted.append(one)
    if problems:
        return None, problems, []
    # In the order of the survey, whatever the order of the columns.
    counted.sort(key=lambda c: list(known).index(c.asked.question_id))
    withheld = sum(int((~c.may.totals).sum() + (~c.may.cells[:, :-1]).sum()) for c in counted)
    answers = Answers(
        len(filled), tuple(map(int, sizes)), (*groups, False), tuple(counted), withheld
    )
    return answers, [], _notes(header, columns, body)


_SECTOR_WORDS = f"one of {', '.join(SECTORS)}, or an empty cell"


def _notes(header: list[str], columns: Mapping[int, str], body: Sequence[Any]) -> list[str]:
    used = {i for _, row in body for i, cell in enumerate(row) if cell}
    left = [h or f"column {column_letter(i)}" for i, h in enumerate(header)
            if i in used and i not in columns]  # fmt: skip
    if not left:
        return []
    return [f"Columns that are no question of the survey were not kept: {', '.join(left[:20])}."]


def _sectors(catalogue: Catalogue, cells: pd.Series | None, rows: int) -> tuple[Counts, pd.Series]:
    """The sector of each respondent as an index, the unstated last; and cells that are none."""
    if cells is None:
        return np.asarray([len(SECTORS)] * rows, dtype=np.int64), pd.Series(dtype=object)
    labels = catalogue.schema.labels("survey_results", "sector_group")
    names = {folded(labels[s]): s for s in SECTORS} | {folded(s): s for s in SECTORS}
    places = {"": len(SECTORS)}
    for cell in cells.unique():
        name = names.get(folded(cell))
        if name:
            places[cell] = SECTORS.index(name)
    found = cells.map(places)
    wrong = cells[found.isna()]
    return np.asarray(found.fillna(len(SECTORS)), dtype=np.int64), wrong
