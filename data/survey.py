"""Questions and results of the survey under a selection, with intervals and changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd

from data.catalogue import Catalogue
from data.comparisons import earlier_wave, with_changes
from data.estimates import estimates, with_intervals
from data.rows import text
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
        base_n: The base, or ``None`` where it is not known.
        base: The base in words, with its basis: ``base 40, derived`` or ``base not published``.
        base_note: How the base was derived or why it cannot be, or ``""``.
        results: Columns of ``survey_results`` and ``INTERVAL_COLUMNS``; ``percent`` is missing
            where not published. Where an earlier wave asked the same, ``CHANGE_COLUMNS`` too.
        earlier: Title of that earlier wave, or ``""``.
        not_comparable: Why the earlier wave is not compared although it asked, or ``""``.
    """

    wave_id: str
    question_id: str
    label: str
    figure: str
    answer_kind: str
    base_n: int | None
    base: str
    base_note: str
    results: pd.DataFrame
    earlier: str = ""
    not_comparable: str = ""


def wave_of(catalogue: Catalogue, selection: Selection) -> str:
    """The wave that the selection names, or the last in the table; ``""`` where there is none."""
    waves = catalogue.table("survey_waves")["wave_id"]
    return selection.wave or (str(waves.iloc[-1]) if len(waves) else "")


def wave_title(catalogue: Catalogue, wave_id: str) -> str:
    """The title of a wave, or its id where the table has no such row."""
    waves = catalogue.table("survey_waves")
    hits = waves.loc[waves["wave_id"] == wave_id, "title"]
    return str(hits.iloc[0]) if len(hits) else wave_id


def asks(catalogue: Catalogue, selection: Selection, question_id: str) -> bool:
    """Whether the selected wave has a question."""
    questions = catalogue.table("survey_questions")
    of_wave = questions["wave_id"] == wave_of(catalogue, selection)
    return bool((of_wave & (questions["question_id"] == question_id)).any())


def last_that_asked(catalogue: Catalogue, asked: tuple[str, ...]) -> str:
    """The last wave, in the order of the table, with any of some questions; or ``""``."""
    table = catalogue.table("survey_questions")
    having = set(table.loc[table["question_id"].isin(asked), "wave_id"])
    waves = [w for w in catalogue.table("survey_waves")["wave_id"] if w in having]
    return str(waves[-1]) if waves else ""


def base_words(base_n: Any, basis: object) -> str:
    """A base in words, such as ``base 40, derived``."""
    if pd.isna(base_n):
        return "base not published"
    return f"base {base_n}" + (f", {basis}" if isinstance(basis, str) else "")


_KNOWN: WeakKeyDictionary[Catalogue, dict[tuple[str, str], Question]] = WeakKeyDictionary()
"""Questions of each catalogue that is still in use: every exhibit and filter asks for the same."""


def question(catalogue: Catalogue, selection: Selection, question_id: str) -> Question:
    """A question with its results for all respondents and every sector group.

    It depends on the wave alone, so it is made once for each catalogue and wave.

    Raises:
        KeyError: The wave has no such question.
    """
    wave = wave_of(catalogue, selection)
    known = _KNOWN.setdefault(catalogue, {})
    if (wave, question_id) not in known:
        known[wave, question_id] = _question(catalogue, wave, question_id)
    found = known[wave, question_id]
    return replace(found, results=found.results.copy(deep=False))


def _question(catalogue: Catalogue, wave: str, question_id: str) -> Question:
    questions = catalogue.table("survey_questions")
    hits = questions[(questions["wave_id"] == wave) & (questions["question_id"] == question_id)]
    if hits.empty:
        raise KeyError(f"wave {wave!r} has no question {question_id!r}")
    row = hits.iloc[0]
    table = catalogue.table("survey_results")
    mine = table[(table["wave_id"] == wave) & (table["question_id"] == question_id)]
    found = estimates(catalogue, wave, question_id)
    results = with_intervals(mine, found)
    earlier, not_comparable = earlier_wave(catalogue, wave, question_id), ""
    if earlier:
        before = questions[questions["wave_id"] == earlier].set_index("question_id")
        title, kind = wave_title(catalogue, earlier), before.loc[question_id, "answer_kind"]
        if kind == row["answer_kind"]:
            results = with_changes(catalogue, results, found, earlier, question_id)
            earlier = title
        else:
            was = catalogue.label("survey_questions", "answer_kind", kind).lower()
            not_comparable = f"Not compared with “{title}”, which asked it differently ({was})."
            earlier = ""
    return Question(
        wave_id=wave,
        question_id=question_id,
        label=row["label"],
        figure=text(row["figure"]),
        answer_kind=catalogue.label("survey_questions", "answer_kind", row["answer_kind"]),
        base_n=None if pd.isna(row["base_n"]) else int(row["base_n"]),
        base=base_words(row["base_n"], row["base_basis"]),
        base_note=text(row["base_note"]),
        results=results.sort_values(["option_order", "sector_group"]).reset_index(drop=True),
        earlier=earlier,
        not_comparable=not_comparable,
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


def collaboratives_thought(catalogue: Catalogue) -> int | None:
    """How many collaboratives the newest published wave thinks there are.

    A wave that the reader brought says it of what it is about, not of England.
    """
    known = _estimates(catalogue)
    return None if known.empty else int(known.iloc[-1])


def wave_that_thinks(catalogue: Catalogue) -> str:
    """Reference of the row that says it (``data.lineage``), or ``""``."""
    known = _estimates(catalogue)
    return "" if known.empty else f"survey_waves/{known.index[-1]}"


def _estimates(catalogue: Catalogue) -> pd.Series:
    """Estimates of published waves by the wave's id, in the order of the table."""
    waves = catalogue.table("survey_waves").set_index("wave_id")["population_estimate"]
    own = {key[0] for key in catalogue.own.get("survey_waves", ())}
    return waves[~waves.index.isin(own)].dropna()
