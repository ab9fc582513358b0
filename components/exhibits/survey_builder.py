"""What the survey exhibits share: rows to draw, caveats, notes and a reading."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from components import theme
from components.exhibits.base import Built
from components.exhibits.charts import ranked_bars, stated
from data.catalogue import Catalogue
from data.citations import collect
from data.selection import Selection
from data.survey import (
    SURVEY_SECTORS,
    Question,
    groups_shown,
    published,
    question,
    unpublished_options,
)

SURVEY_DIMENSIONS = ("sector", "wave")
SMALL_BASE = 50

FRAME_COLUMNS = [
    "question_id", "option", "group", "percent", "count", "other_percent", "base_n", "base_basis",
    "precision", "note", "source_id", "locator",
]  # fmt: skip


def with_groups(catalogue: Catalogue, results: pd.DataFrame) -> pd.DataFrame:
    """Results with the label of their sector group in ``group``."""
    labels = catalogue.schema.labels("survey_results", "sector_group")
    return results.assign(group=results["sector_group"].map(dict(labels)))


def rows_for(catalogue: Catalogue, selection: Selection, asked: Question) -> pd.DataFrame:
    """The published rows of the groups that the selection shows, with ``group``."""
    rows = published(asked.results)
    rows = rows[rows["sector_group"].isin(groups_shown(selection))]
    return with_groups(catalogue, rows)


def caveats_for(selection: Selection, asked: Question, drawn: pd.DataFrame) -> tuple[str, ...]:
    """Caveat keys that the rows call for."""
    keys = []
    wanted = set(selection.sector)
    if wanted and not wanted & set(drawn["sector_group"]):
        keys.append("sector-not-split")
    base = pd.to_numeric(drawn["base_n"], errors="coerce").min()
    if pd.isna(base) or base < SMALL_BASE:
        keys.append("small-base")
    if (drawn["base_basis"] == "derived").any():
        keys.append("derived-base")
    if (drawn["precision"] == "approximate").any():
        keys.append("approximate")
    if (drawn["precision"] == "bound").any():
        keys.append("bound")
    if drawn["other_percent"].notna().any():
        keys.append("two-values")
    if unpublished_options(asked.results):
        keys.append("not-published")
    return tuple(keys)


def details_for(asked: Question) -> tuple[str, ...]:
    """How the base is known, and what the source's wording was."""
    base = (f"Base: {asked.base_note}",) if asked.base_note else ()
    stated_rows = published(asked.results)
    said = stated_rows[stated_rows["note"].notna()]
    return (*base, *(f"{r['option']}: {r['note']}" for r in said.to_dict("records")))


def notes_for(selection: Selection, asked: Question) -> tuple[str, ...]:
    """Options and sectors not published, in sentences."""
    notes = []
    options = unpublished_options(asked.results)
    if options:
        notes.append("Not published: " + "; ".join(options) + ".")
    wanted = [s for s in selection.sector if s in SURVEY_SECTORS]
    absent = [s for s in selection.sector if s not in SURVEY_SECTORS]
    with_values = set(published(asked.results)["sector_group"])
    unsplit = [theme.SECTOR_SHORT[s] for s in wanted if s not in with_values]
    if unsplit:
        notes.append(f"The report gives no value of this question for: {', '.join(unsplit)}.")
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


def top_reading(rows: pd.DataFrame, what: str) -> str:
    """A sentence naming the largest share of all respondents."""
    everyone = rows[rows["sector_group"] == "all"].sort_values("percent", ascending=False)
    if everyone.empty:
        return "No value for all respondents is published."
    first = everyone.iloc[0]
    text = f"{what}: “{first['option']}”, {stated(first.to_dict())} of respondents"
    if len(everyone) > 1:
        second = everyone.iloc[1]
        text += f"; then “{second['option']}”, {stated(second.to_dict())}"
    return text + "."


def ranked(
    catalogue: Catalogue,
    selection: Selection,
    question_id: str,
    reading: Callable[[pd.DataFrame], str],
    *,
    keep: Callable[[pd.DataFrame], pd.DataFrame] = lambda rows: rows,
) -> Built:
    """A ranked-bars exhibit of one question.

    Args:
        catalogue: The tables.
        selection: Filters; ``sector`` chooses the marks.
        question_id: Question of the survey.
        reading: Rows drawn -> one sentence.
        keep: Rows to draw out of those published, such as the parts without the aggregates.
    """
    asked = question(catalogue, selection, question_id)
    rows = keep(rows_for(catalogue, selection, asked))
    drawn = rows[rows["percent"].notna()]
    return Built(
        figure=ranked_bars(drawn, option_order(drawn)),
        frame=rows[FRAME_COLUMNS].reset_index(drop=True),
        citations=collect(catalogue, rows),
        caveats=caveats_for(selection, asked, rows),
        reading=reading(drawn),
        base=f"{asked.label} ({asked.answer_kind.lower()}; {asked.base})",
        notes=notes_for(selection, asked),
        details=details_for(asked),
    )
