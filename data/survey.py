"""Questions and results of the survey under a selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.selection import Selection

SURVEY_SECTORS = ("acute", "mhlda", "community", "all_in")
"""The sectors by which the survey report splits its results."""


@dataclass(frozen=True)
class Question:
    """One question of one wave.

    Attributes:
        wave_id: Wave.
        question_id: Question.
        label: The question in our words.
        figure: Figure of the report, or ``""``.
        answer_kind: How it was answered, as a label.
        base: The base in words, with its basis: ``base 40, derived`` or ``base not published``.
        base_note: How the base was derived or why it cannot be, or ``""``.
        results: Columns of ``survey_results``; ``percent`` is missing where not published.
    """

    wave_id: str
    question_id: str
    label: str
    figure: str
    answer_kind: str
    base: str
    base_note: str
    results: pd.DataFrame


def wave_of(catalogue: Catalogue, selection: Selection) -> str:
    """The wave that the selection names, or the last in the table."""
    return selection.wave or str(catalogue.table("survey_waves")["wave_id"].iloc[-1])


def base_words(base_n: Any, basis: object) -> str:
    """A base in words, such as ``base 40, derived``."""
    if pd.isna(base_n):
        return "base not published"
    return f"base {base_n}" + (f", {basis}" if isinstance(basis, str) else "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def question(catalogue: Catalogue, selection: Selection, question_id: str) -> Question:
    """A question with its results for all respondents and every sector group.

    Raises:
        KeyError: The wave has no such question.
    """
    wave = wave_of(catalogue, selection)
    questions = catalogue.table("survey_questions")
    hits = questions[(questions["wave_id"] == wave) & (questions["question_id"] == question_id)]
    if hits.empty:
        raise KeyError(f"wave {wave!r} has no question {question_id!r}")
    row = hits.iloc[0]
    results = catalogue.table("survey_results")
    mine = results[(results["wave_id"] == wave) & (results["question_id"] == question_id)]
    return Question(
        wave_id=wave,
        question_id=question_id,
        label=row["label"],
        figure=_text(row["figure"]),
        answer_kind=catalogue.label("survey_questions", "answer_kind", row["answer_kind"]),
        base=base_words(row["base_n"], row["base_basis"]),
        base_note=_text(row["base_note"]),
        results=mine.sort_values(["option_order", "sector_group"]).reset_index(drop=True),
    )


def groups_shown(selection: Selection) -> tuple[str, ...]:
    """Sector groups to draw: all respondents, and the selected sectors that the survey has.

    Without a sector filter every sector with a published value is drawn.
    """
    wanted: Sequence[str] = selection.sector or SURVEY_SECTORS
    return ("all", *(s for s in SURVEY_SECTORS if s in wanted))


def published(results: pd.DataFrame) -> pd.DataFrame:
    """Rows with a stated percentage or count."""
    return results[results["percent"].notna() | results["count"].notna()]


def unpublished_options(results: pd.DataFrame) -> tuple[str, ...]:
    """Options for which no value is stated for any group, in order."""
    stated = set(published(results)["option_id"])
    missing = results[~results["option_id"].isin(stated)].sort_values("option_order")
    return tuple(dict.fromkeys(missing["option"]))
