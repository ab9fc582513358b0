"""Exhibits of reported benefits: percentages, and money from procurement."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import wrap
from components.exhibits.numbers import Sentence
from components.exhibits.outcome_labels import LABEL_WIDTH, kind_of, rows_of
from components.exhibits.outcome_rows import Panel, draw
from components.exhibits.outcome_words import (
    BENEFIT_DIMENSIONS,
    FRAME_COLUMNS,
    SHOWN,
    WHO,
    outcome_caveats,
    rules_by_id,
    rules_of,
    statuses,
    value_words,
)
from data.catalogue import Catalogue
from data.citations import collect
from data.evidence import RANK, grade_label
from data.query import outcomes
from data.selection import Selection
from data.services import in_services

__all__ = ["BENEFIT_DIMENSIONS", "FRAME_COLUMNS", "outcome_caveats", "value_words"]

GRADE_NOTE = (
    "Letters are grades of evidence, from A (measured and fully described) to E (stated "
    "intention); the strongest stand first."
)


def strongest_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Outcomes by grade, and within a grade from the largest value to the smallest."""
    ranked = frame.assign(_rank=frame["grade"].map(RANK))
    return ranked.sort_values(
        ["_rank", "value", "metric"], ascending=[True, False, True], kind="stable"
    ).drop(columns="_rank")


def with_set_aside(shown: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The outcomes shown, and below them the values of theirs that a rule set aside.

    Args:
        shown: Outcomes.
        table: Outcomes of the same selection, those not shown among them.
    """
    keys = set(shown["discrepancy_id"].dropna())
    hidden = ~table["is_shown"].astype(bool) & table["discrepancy_id"].isin(keys)
    return pd.concat([shown, table[hidden & table["value"].notna()]], ignore_index=True)


def _benefit_panel(
    catalogue: Catalogue,
    selection: Selection,
    drawn: pd.DataFrame,
    frame: pd.DataFrame,
    table: pd.DataFrame,
) -> Panel:
    """Changes in per cent under the six benefits; a benefit without one says so."""
    most = float(drawn["value"].max()) if not drawn.empty else 0.0
    panel = Panel("Changes, in per cent", "percent", top=max(100.0, most))
    rows = rows_of(strongest_first(drawn), table, rules_by_id(catalogue))
    counts = frame["benefit"].value_counts()
    for benefit, label in catalogue.schema.labels("outcomes", "benefit").items():
        if selection.benefit and benefit not in selection.benefit:
            continue
        part = [r for r in rows if r.outcome["benefit"] == benefit]
        head = f"<b>{wrap(label, LABEL_WIDTH)}</b>"
        if not part:
            count = int(counts.get(benefit, 0))
            words = f"{theme.plural(count, 'outcome')}, none a change in per cent"
            head += f"<br><i>{words if count else 'nothing reported'}</i>"
        panel.rows.extend([head, *part])
    return panel


@REGISTRY.register(
    "outcomes-by-benefit",
    title="Reported outcomes by benefit of scale",
    question="What has been gained, under which of the six benefits of scale?",
    alt="Bars of every change stated as a percentage, grouped under the six benefits of scale, and "
    "below them dots for shares; achieved solid, expected hatched, planned dotted, each with its "
    "grade of evidence. Benefits without one are named.",
    responds_to=BENEFIT_DIMENSIONS,
)
def outcomes_by_benefit(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``outcomes`` that the selection leaves; percentages are drawn."""
    frame = outcomes(catalogue, selection)
    if frame.empty:
        return nothing(catalogue, selection, "outcomes-by-benefit", "outcomes", frame)
    percent = frame[(frame["unit"] == "percent").fillna(False) & frame["value"].notna()]
    kinds = pd.Series([kind_of(r) for r in percent.to_dict("records")], percent.index, dtype=object)
    table = outcomes(catalogue, selection, shown_only=False)
    panels = [_benefit_panel(catalogue, selection, percent[kinds == "change"], frame, table)]
    shares, rules = strongest_first(percent[kinds != "change"]), rules_by_id(catalogue)
    if not shares.empty:
        top = max(100.0, float(shares["value"].max()))
        panels.append(
            Panel("Shares, in per cent", "percent", [*rows_of(shares, table, rules)], top)
        )
    numbers = int(frame["value"].notna().sum())
    say, who = Sentence(), frame["collaborative_id"].nunique()
    reading = (
        f"{say(theme.plural(len(frame), 'outcome'), 'outcomes', frame, SHOWN)} from "
        f"{say(theme.plural(who, 'collaborative'), 'outcomes', frame, SHOWN, by=WHO)} "
        f"({statuses(frame, say)}): "
        + say(
            f"{numbers} with a number", "outcomes", frame[frame["value"].notna()], SHOWN, "value:*"
        )
        + ", "
        + say(
            f"{len(percent)} of them a percentage", "outcomes", percent,
            SHOWN, "value:*", "unit:percent",
        )
        + "."
    )  # fmt: skip
    notes = [GRADE_NOTE]
    if not percent.empty:
        notes.append("A change of so many per cent does not say how many people it concerns.")
    noted, has = Sentence(), frame["value"].notna()
    others, plain = frame[has & ~frame.index.isin(percent.index)], frame[~has]
    if len(others):
        words = theme.plural(len(others), "outcome")
        hints = (SHOWN, "value:*", "unit:!percent")
        words = noted(words, "outcomes", others, *hints)
        notes.append(f"{words} in other units: see the exhibit of these.")
    if len(plain):
        words = noted(theme.plural(len(plain), "outcome"), "outcomes", plain, SHOWN, "value:")
        notes.append(f"{words} without a number: see the list of outcomes.")
    rows = with_set_aside(frame, table)
    return Built(
        figure=draw(panels),
        frame=rows[FRAME_COLUMNS],
        citations=collect(catalogue, rows),
        caveats=outcome_caveats(rows),
        reading=reading,
        numbers=say.numbers,
        notes=tuple(notes),
        noted=noted.numbers,
        details=rules_of(catalogue, percent),
    )


_SMALL_WORDS = re.compile(r"(A|By|Since|The|From|In|Over|During|About|Until|Within|Each|After)\b")
"""First words of a period that are no name of a month."""


def _year(period: object) -> str:
    """Sorts periods by the first year that they name; those that name none come last."""
    found = re.search(r"(19|20)\d\d", period) if isinstance(period, str) else None
    return f"{found.group() if found else '9999'} {period}"


def _heading(period: object) -> str:
    """A period as a heading; sources write the year of account as 2022-23 and as 2022/23."""
    if not isinstance(period, str):
        return "Period not published"
    return re.sub(r"\b((?:19|20)\d\d)-(\d\d)\b(?!-)", r"\1/\2", period)


def _within(period: object) -> str:
    """A period within a sentence: "A year" begins none."""
    if not isinstance(period, str):
        return "period not published"
    return period[0].lower() + period[1:] if _SMALL_WORDS.match(period) else period


def by_period(
    part: pd.DataFrame, table: pd.DataFrame, unit: str, title: str, rules: Mapping[str, str]
) -> Panel:
    """Money under the period that it is stated for, the earliest first."""
    panel = Panel(title, unit)
    rows = rows_of(part, table, rules)
    periods = [_heading(p) for p in part["period"]]
    for period in sorted(set(periods), key=_year):
        panel.rows.append(f"<b>{wrap(period, LABEL_WIDTH)}</b>")
        panel.rows.extend(r for r, p in zip(rows, periods, strict=True) if p == period)
    return panel


@REGISTRY.register(
    "procurement-savings",
    title="Procurement savings by year",
    question="How much do joint procurement teams say they save?",
    alt="A mark for the savings stated for each year in millions of pounds; where two sources "
    "state different values, the one not chosen is an open diamond.",
    responds_to=BENEFIT_DIMENSIONS,
)
def procurement_savings(catalogue: Catalogue, selection: Selection) -> Built:
    """Procurement savings in £ million by year, both sides of a discrepancy."""
    frame = outcomes(catalogue, selection)
    frame = frame[frame["value"].notna() & (frame["unit"] == "gbp_million").fillna(False)]
    frame = in_services(catalogue, frame, ("procurement",))
    if frame.empty:
        return nothing(catalogue, selection, "procurement-savings", "procurement savings", frame)
    table = outcomes(catalogue, selection, shown_only=False)
    frame = strongest_first(frame)
    frame = frame.loc[sorted(frame.index, key=lambda i: _year(frame.at[i, "period"]))]
    rows = with_set_aside(frame, table)
    panel = by_period(frame, table, "gbp_million", "", rules_by_id(catalogue))
    names = list(dict.fromkeys(frame["collaborative"]))
    say, who = Sentence(), names[0]
    if len(names) > 1:
        who = say(theme.plural(len(names), "collaborative"), "outcomes", frame, by=WHO)
    said = [
        ("" if len(names) == 1 else f"{r['collaborative']} ")
        + say.row(f"{value_words(r)} ({r['status']}; {_within(r['period'])})", "outcomes", r)
        for r in frame.to_dict("records")
    ]
    return Built(
        figure=draw([panel]),
        frame=rows[FRAME_COLUMNS],
        citations=collect(catalogue, rows),
        caveats=outcome_caveats(rows),
        reading=f"{who}: {', '.join(said)}.",
        numbers=say.numbers,
        notes=(
            "Grade of evidence: "
            + "; ".join(grade_label(g) for g in RANK if (frame["grade"] == g).any())
            + ".",
            *rules_of(catalogue, frame),
        ),
    )
