"""One question of a file of answers: its cells read, counted, and what of it may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from data.own import limits
from data.own.disclosure import THRESHOLD, Counts, Shown, cells_to_show, groups_to_show
from data.own.sheets import OwnProblem, Sheet, folded, shown
from data.own.tables import closest

SECTORS = ("acute", "mhlda", "community", "all_in")
OTHER = "another-answer"
"""The answer of somebody whose answer is none of the options; it counts in the base."""

OWN_OPTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "improvement-journey": {"another-earlier-stage": "Another stage before active use"},
}
"""Answers that the report groups without naming them, so that they can be given: the total "any
stage before active use" holds them and the one earlier stage that is named."""

EXCLUSIVE: Final = {"dedicated-resource": "no-resource"}
"""Answers to questions with several that nobody can give together with another."""

TOP = 3
_MEDIAN_FROM = 10
"""The fewest answers of which a median is shown."""


@dataclass(frozen=True)
class Asked:
    """A question of the answers.

    Attributes:
        question_id: Question.
        kind: How it is answered, as in ``survey_questions``.
        options: Option id -> label, in order, those that can be given as an answer.
    """

    question_id: str
    kind: str
    options: Mapping[str, str]

    @property
    def is_single(self) -> bool:
        """Whether everybody gives one answer."""
        return self.kind not in {"multiple", "top_three"}


@dataclass(frozen=True)
class Counted:
    """A question counted, with what may be shown of it.

    Attributes:
        asked: The question, with ``OTHER`` among its options where somebody gave it.
        counts: (options x sectors and the unstated) respondents.
        bases: Respondents who answered, by sector, the unstated last.
        may: What may be shown.
        median: Median of a number, or ``None``.
        reached: The largest number that ``THRESHOLD`` respondents give or exceed, or ``None``.
        is_largest: Whether nobody gives more than ``reached``.
    """

    asked: Asked
    counts: Counts = field(repr=False)
    bases: Counts = field(repr=False)
    may: Shown = field(repr=False)
    median: float | None = None
    reached: float | None = None
    is_largest: bool = False


def unknown_cells(
    sheet: Sheet, numbers: Any, heading: str, wrong: pd.Series, expected: str,
    options: Sequence[str] = (),
) -> list[OwnProblem]:  # fmt: skip
    """A problem for each cell that is no answer; beyond the number listed they are only counted."""
    found = []
    for place, value in wrong.iloc[: limits.PROBLEMS].items():
        close = closest(str(value), options)
        action = f"Did you mean {close}?" if close else "Correct the cell, or empty it."
        row = int(numbers[place])
        found.append(sheet.problem(row, heading, shown(value), expected, action))
    rest = len(wrong) - len(found)
    if rest > 0:
        said = f"{rest:,} more such cells in this column"
        found.append(sheet.problem(0, heading, said, expected, "Correct them in the same way."))
    return found


def count_question(
    sheet: Sheet, numbers: Any, heading: str, asked: Asked, cells: pd.Series, sector: Counts,
    groups: Sequence[bool],
) -> tuple[Counted | None, list[OwnProblem]]:  # fmt: skip
    """Count one column."""
    if asked.kind == "number":
        return _number(sheet, numbers, heading, asked, cells, sector, groups)
    names = {folded(label): option for option, label in asked.options.items()}
    names |= {folded(option): option for option in asked.options}
    names |= {"other": OTHER, folded(OTHER): OTHER}
    answered = cells[cells != ""]
    # Each different cell is read once, however many respondents gave it.
    codes, different = pd.factorize(answered.to_numpy())
    parts = [
        list(dict.fromkeys(filter(None, map(str.strip, cell.split(";")))))
        if not asked.is_single
        else [cell]
        for cell in different
    ]
    options = [[names.get(folded(p), "") for p in some] for some in parts]
    wrong = ["; ".join(p for p, o in zip(some, said, strict=True) if not o)
             for some, said in zip(parts, options, strict=True)]  # fmt: skip
    expected = f"one of {', '.join(asked.options)}, other" + (
        "" if asked.is_single else "; several with semicolons between"
    )
    problems = []
    if any(wrong):
        cells_wrong = pd.Series([wrong[c] for c in codes], index=answered.index, dtype=object)
        cells_wrong = cells_wrong[cells_wrong != ""]
        problems = unknown_cells(
            sheet, numbers, heading, cells_wrong, expected, list(asked.options)
        )
    alone = EXCLUSIVE.get(asked.question_id)
    both = np.array([alone in some and len(some) > 1 for some in options], dtype=bool)[codes]
    problems += [
        sheet.problem(
            int(numbers[row]), heading, shown(answered[row]), f"{alone} by itself, or the others",
            "Nobody has no funded resource and some as well: leave one of the two.",
        )
        for row in answered.index[both][: limits.PROBLEMS]
    ]  # fmt: skip
    if asked.kind == "top_three":
        many = np.array([len(some) for some in parts])[codes] > TOP
        problems += [
            sheet.problem(
                int(numbers[row]), heading, f"{len(parts[code])} answers", f"at most {TOP}",
                "Leave the three that matter most.",
            )
            for row, code in list(zip(answered.index[many], codes[many], strict=True))[
                : limits.PROBLEMS
            ]
        ]  # fmt: skip
    if problems:
        return None, problems
    sizes = np.array([len(set(some)) for some in options], dtype=np.int64)
    chosen = pd.DataFrame(
        {
            "row": np.repeat(answered.index.to_numpy(), sizes[codes]),
            "option": [o for code in codes for o in dict.fromkeys(options[code])],
        }
    )
    return _counted(asked, chosen, sector, groups), []


_BANDS = {"none": (0, 0), "fewer-than-five": (0.0001, 4.9999), "five-to-ten": (5, 10),
          "more-than-ten": (10.0001, np.inf)}  # fmt: skip


def _number(
    sheet: Sheet, numbers: Any, heading: str, asked: Asked, cells: pd.Series, sector: Counts,
    groups: Sequence[bool],
) -> tuple[Counted | None, list[OwnProblem]]:  # fmt: skip
    """Count a column of numbers in the bands of the survey."""
    answered = cells[cells != ""]
    values = pd.to_numeric(answered, errors="coerce")
    wrong = answered[~(values.ge(0) & np.isfinite(values))]
    problems = unknown_cells(sheet, numbers, heading, wrong, "a number of posts, 0 or more")
    if problems:
        return None, problems
    option = pd.Series(OTHER, index=values.index, dtype=object)
    for name, (low, high) in _BANDS.items():
        option[values.between(low, high)] = name
    chosen = pd.DataFrame({"row": option.index, "option": option.to_numpy()})
    counted = _counted(asked, chosen, sector, groups)
    if counted is None:
        return None, []
    median = float(values.median()) if len(values) >= _MEDIAN_FROM else None
    # The largest number alone would be one respondent's. What so many give or exceed tells of
    # nobody, as long as the band in which it lies is shown: else it would tell of that band.
    top = list(counted.asked.options).index("more-than-ten")
    if len(values) < _MEDIAN_FROM or not counted.may.totals[top]:
        return replace(counted, median=median), []
    ranked = np.sort(values.to_numpy(dtype=float))[::-1]
    reached = float(ranked[THRESHOLD - 1])
    return replace(
        counted, median=median, reached=reached, is_largest=bool(reached == ranked[0])
    ), []


def _counted(
    asked: Asked, chosen: pd.DataFrame, sector: Counts, groups: Sequence[bool]
) -> Counted | None:
    """Counts by option and sector, and what may be shown; ``None`` where nobody answered."""
    if chosen.empty:
        return None
    options = dict(asked.options)
    if (chosen["option"] == OTHER).any():
        options[OTHER] = "Another answer"
    index = {option: i for i, option in enumerate(options)}
    rows = chosen["row"].to_numpy()
    counts = np.zeros((len(options), len(SECTORS) + 1), dtype=np.int64)
    np.add.at(counts, (chosen["option"].map(index).to_numpy(), sector[rows]), 1)
    bases = np.bincount(sector[np.unique(rows)], minlength=len(SECTORS) + 1)
    # A sector that is not told apart anywhere is not told apart here either.
    apart = [g for g, keep in enumerate(groups) if keep]
    fits = groups_to_show(
        [int(bases[g]) for g in apart],
        int(bases.sum() - sum(int(bases[g]) for g in apart)),
    )
    keep = dict(zip(apart, fits, strict=True))
    shown_groups = [keep.get(g, False) for g in range(len(SECTORS) + 1)]
    may = cells_to_show(counts, bases, shown_groups, single=asked.is_single)
    return Counted(Asked(asked.question_id, asked.kind, options), counts, bases, may)
