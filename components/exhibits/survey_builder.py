"""What the survey exhibits share: registration, rows to draw, caveats and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Builder, Built
from components.exhibits.numbers import Sentence
from components.exhibits.survey_charts import ranked_bars
from components.exhibits.survey_words import (
    base_line,
    change_notes,
    is_small,
    of_own_wave,
    stated_counts,
    with_method,
)
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.citations import collect
from data.lineage import ref, refs_of
from data.query import Empty
from data.selection import Selection
from data.survey import (
    SURVEY_SECTORS,
    Question,
    asks,
    groups_shown,
    last_that_asked,
    published,
    question,
    unpublished_options,
    wave_of,
    wave_title,
)

SURVEY_DIMENSIONS = ("sector", "wave")
SMALL_BASE = 50

FRAME_COLUMNS = [
    "question_id", "option", "group", "percent", "count", "count_fitted", "other_percent", "base_n",
    "base_basis", "bases_possible", "interval_low", "interval_high", "interval_method", "precision",
    "note", "source_id", "locator",
]  # fmt: skip
CHANGE_COLUMNS = ["earlier_percent", "change_points", "change_low", "change_high"]

QUESTIONS_OF: Final[dict[str, tuple[str, ...]]] = {}
"""Exhibit -> questions of the survey that it shows."""


def survey_exhibit(
    exhibit_id: str,
    *,
    title: str,
    question: str,
    alt: str,
    asked: tuple[str, ...],
    responds_to: tuple[str, ...] = SURVEY_DIMENSIONS,
) -> Callable[[Builder], Builder]:
    """Register an exhibit of the survey; it says so itself where the wave asked none of it.

    Args:
        exhibit_id: Stable id.
        title: Heading.
        question: The question that it answers.
        alt: Text alternative.
        asked: Questions of the survey that it shows; none where it compares across all of them.
        responds_to: Dimensions of the selection that change it.
    """

    def decorate(build: Builder) -> Builder:
        def safe(catalogue: Catalogue, selection: Selection) -> Built:
            if not asked or any(asks(catalogue, selection, q) for q in asked):
                wave = wave_of(catalogue, selection)
                built = with_method(build(catalogue, selection), wave)
                return of_own_wave(catalogue, wave, built)
            older = "" if selection.wave else last_that_asked(catalogue, asked)
            if not older:
                return not_asked(catalogue, selection)
            newest = wave_title(catalogue, wave_of(catalogue, selection))
            note = f"“{newest}” did not ask it: this is “{wave_title(catalogue, older)}”."
            built = with_method(build(catalogue, replace(selection, wave=older)), older)
            return replace(built, notes=(note, *built.notes))

        safe.__doc__ = build.__doc__
        QUESTIONS_OF[exhibit_id] = asked
        register = REGISTRY.register(
            exhibit_id, title=title, question=question, alt=alt, responds_to=responds_to
        )
        return register(safe)

    return decorate


def not_asked(catalogue: Catalogue, selection: Selection) -> Built:
    """A built exhibit that says that the wave has no such question."""
    wave = wave_of(catalogue, selection)
    if wave:
        reason = f"The wave “{wave_title(catalogue, wave)}” has no such question in the tables."
        widen = "Another wave may have it."
    else:
        reason = "The tables hold no wave of the survey."
        widen = "Add one to survey_waves, with its questions and results."
    return nothing_published(reason, widen, ("wave",) if selection.wave else ())


def nothing_published(reason: str, widen: str, dimensions: tuple[str, ...] = ()) -> Built:
    """A built exhibit without rows, with the reason and how to get some."""
    frame = pd.DataFrame(columns=FRAME_COLUMNS)
    return Built(None, frame, (), (), reason, empty=Empty(reason, widen, dimensions))


def shares_not_published(catalogue: Catalogue, selection: Selection) -> Built:
    """A built exhibit that says that the wave gives no share to whom the selection shows."""
    title = wave_title(catalogue, wave_of(catalogue, selection))
    whom = " for the respondents selected" if selection.sector else ""
    return nothing_published(
        f"“{title}” gives no share of this question{whom}.",
        "Another wave or sector may have one.",
        tuple(dict.fromkeys(d for d, _ in selection.active if d in SURVEY_DIMENSIONS)),
    )


def present(
    catalogue: Catalogue, selection: Selection, names: dict[str, str]
) -> dict[str, tuple[str, Question]]:
    """Of several questions those that the wave has: id -> (name of its row, question)."""
    return {
        q: (name, question(catalogue, selection, q))
        for q, name in names.items()
        if asks(catalogue, selection, q)
    }


def with_groups(catalogue: Catalogue, results: pd.DataFrame) -> pd.DataFrame:
    """Results with the label of their sector group in ``group``."""
    labels = catalogue.schema.labels("survey_results", "sector_group")
    return results.assign(group=results["sector_group"].map(dict(labels)))


def rows_for(catalogue: Catalogue, selection: Selection, asked: Question) -> pd.DataFrame:
    """The published rows of the groups that the selection shows, with ``group``."""
    rows = published(asked.results)
    rows = rows[rows["sector_group"].isin(groups_shown(selection))]
    return with_groups(catalogue, rows).assign(rule=_rules(catalogue, rows))


def _rules(catalogue: Catalogue, rows: pd.DataFrame) -> pd.Series:
    """For rows of which the source says two things: what else it says, and the rule; else missing.

    Only where the discrepancy is of this very row: one of a whole question stands in the notes.
    """
    table = catalogue.table("discrepancies").set_index("discrepancy_id")
    said: list[str | None] = []
    for row in rows.to_dict("records"):
        key = row["discrepancy_id"]
        found = table.loc[key].to_dict() if key in table.index else {}
        own = found.get("subject_id") == f"{row['question_id']}/{row['option_id']}"
        said.append(f"Also stated: {found['other_values']}. {found['rule']}" if own else None)
    return pd.Series(said, index=rows.index, dtype="string")


def frame_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as they are shown and downloaded; with the change where there is an earlier wave."""
    columns = [*FRAME_COLUMNS, *(c for c in CHANGE_COLUMNS if c in rows)]
    return rows[columns].reset_index(drop=True)


def caveats_for(
    catalogue: Catalogue, selection: Selection, asked: Question, drawn: pd.DataFrame
) -> tuple[str, ...]:
    """Caveat keys that the rows call for."""
    keys = []
    wanted = set(selection.sector)
    if wanted and not wanted & set(drawn["sector_group"]):
        keys.append("sector-not-split")
    shares = drawn[drawn["percent"].notna()]
    if shares["interval_low"].notna().any():
        keys.append("interval")
        if (shares["bases_possible"].fillna("") != "").any():
            keys.append("possible-bases")
    base = pd.to_numeric(drawn["base_n"], errors="coerce").min()
    if pd.isna(base) or base < SMALL_BASE:
        keys.append("small-base")
    if any(is_small(r) for r in shares.to_dict("records")):
        keys.append("under-15")
    if (drawn["base_basis"] == "derived").any():
        keys.append("derived-base")
    if (drawn["precision"] == "approximate").any():
        keys.append("approximate")
    if (drawn["precision"] == "bound").any():
        keys.append("bound")
    if drawn["other_percent"].notna().any():
        keys.append("two-values")
    if discrepancies_of(catalogue, asked):
        keys.append("disagrees")
    if unpublished_options(asked.results):
        keys.append("not-published")
    return tuple(keys)


def discrepancies_of(
    catalogue: Catalogue, asked: Question, *, wording: bool = False
) -> tuple[str, ...]:
    """Values that the source states and that cannot all hold, in the words of the register.

    Args:
        catalogue: The tables.
        asked: The question.
        wording: Those that are a matter of words ("nearly two-thirds" for 60%) instead.
    """
    named = set(asked.results["discrepancy_id"].dropna())
    table = catalogue.table("discrepancies")
    is_wording = table["kind"] == "wording"
    mine = table[table["discrepancy_id"].isin(named) & (is_wording if wording else ~is_wording)]
    return tuple(
        Told(f"{r['summary']} Rule: {r['rule']}", ref("discrepancies", r["discrepancy_id"]))
        for r in mine.to_dict("records")
    )


def details_for(catalogue: Catalogue, asked: Question) -> tuple[str, ...]:
    """How the base is known, what cannot all hold, and what the source's wording was."""
    row = ref("survey_questions", asked.wave_id, asked.question_id)
    said = [f"Asked: {asked.label}", *([f"Base: {asked.base_note}"] if asked.base_note else [])]
    base = (Told(line, row) for line in said)
    stated_rows = published(asked.results)
    noted = stated_rows[stated_rows["note"].notna()]
    refs = refs_of(catalogue, "survey_results", noted)
    wording = (
        Told(f"{r['option']}: {r['note']}", whence)
        for r, whence in zip(noted.to_dict("records"), refs, strict=True)
    )
    two = discrepancies_of(catalogue, asked), discrepancies_of(catalogue, asked, wording=True)
    return (*base, *two[0], *two[1], *wording)


def notes_for(selection: Selection, asked: Question) -> tuple[str, ...]:
    """Options and sectors not published, and the change since an earlier wave, in sentences."""
    notes = [*stated_counts(asked), *change_notes(asked)]
    options = unpublished_options(asked.results)
    if options:
        notes.append("Not published: " + "; ".join(options) + ".")
    wanted = [s for s in selection.sector if s in SURVEY_SECTORS]
    absent = [s for s in selection.sector if s not in SURVEY_SECTORS]
    with_values = set(published(asked.results)["sector_group"])
    unsplit = [theme.SECTOR_SHORT[s] for s in wanted if s not in with_values]
    if unsplit:
        notes.append(f"No value published for {', '.join(unsplit)}.")
    if absent:
        names = ", ".join(theme.SECTOR_SHORT[s] for s in absent)
        notes.append(f"The survey does not report {names} separately.")
    return tuple(notes)


def option_order(rows: pd.DataFrame) -> list[str]:
    """Option labels by share of all respondents, those with sector values only at the end."""
    best = rows.sort_values("sector_group", key=lambda s: s != "all").drop_duplicates("option")
    keyed = best.assign(_everyone=best["sector_group"] == "all")
    ordered = keyed.sort_values(["_everyone", "percent"], ascending=[False, False])
    return ordered["option"].tolist()


def ranked(
    catalogue: Catalogue,
    selection: Selection,
    question_id: str,
    reading: Callable[[pd.DataFrame, Sentence], str],
) -> Built:
    """A ranked-bars exhibit of one question.

    Args:
        catalogue: The tables.
        selection: Filters; ``sector`` chooses the marks.
        question_id: Question of the survey.
        reading: Rows drawn -> one sentence, which notes what its numbers are read from.
    """
    asked = question(catalogue, selection, question_id)
    rows = rows_for(catalogue, selection, asked)
    drawn = rows[rows["percent"].notna()]
    if drawn.empty:
        return shares_not_published(catalogue, selection)
    say = Sentence()
    return Built(
        figure=ranked_bars(drawn, option_order(drawn)),
        frame=frame_of(rows),
        citations=collect(catalogue, rows),
        caveats=caveats_for(catalogue, selection, asked, rows),
        reading=reading(drawn, say),
        numbers=say.numbers,
        base=base_line(asked),
        notes=notes_for(selection, asked),
        details=details_for(catalogue, asked),
    )
