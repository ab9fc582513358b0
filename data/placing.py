"""Place your collaborative: its own answers beside what the survey's respondents said.

Nothing is added up and no score is made. Each answer stands beside the share that gave the same
one, of all respondents and of those of the same sector; where that share is not published, beside
the published share that contains it, and else beside the words that it is not published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

import pandas as pd

from data.catalogue import Catalogue
from data.memo import kept
from data.selection import Selection
from data.survey import SURVEY_SECTORS, asks, published, question, wave_of

Kind = Literal["survey", "board"]

SURVEY_ASKED: Final = MappingProxyType(
    {
        "in": "delegation-intent",
        "ba": "delegation-barriers",
        "go": "governance-model",
        "re": "dedicated-resource",
        "po": "funded-posts",
        "pl": "icb-plan-priorities",
        "mo": "icb-monitor-performance",
        "wo": "challenges-workforce",
        "fu": "challenges-funding",
        "rl": "challenges-relationships",
    }
)
"""Short id in addresses and files -> question of the survey, in the order in which it is asked."""

BOARD_ASKED: Final = MappingProxyType(
    {
        "b1": "question-strategy",
        "b2": "question-infrastructure",
        "b3": "question-resource",
        "b4": "question-risk",
        "b5": "question-performance",
    }
)
"""Short id -> question for boards (``insights``)."""

BOARD_ANSWERS: Final = MappingProxyType(
    {"yes": "Yes", "in-part": "In part", "not-yet": "Not yet", "not-discussed": "Not discussed"}
)
"""Answers to the questions for boards. The survey did not ask these; the answers are ours."""

CONTAINED_IN: Final = MappingProxyType(
    {
        "significant": "significant-or-somewhat",
        "somewhat": "significant-or-somewhat",
        "slight": "slight-or-none",
        "no-challenge": "slight-or-none",
        "strongly-agree": "agree-total",
        "agree": "agree-total",
        "disagree": "disagree-total",
        "strongly-disagree": "disagree-total",
        "none": "fewer-than-five",
        "programme-director": "any-resource",
        "clinical-director": "any-resource",
        "pmo": "any-resource",
        "managing-director": "any-resource",
        "commissioning-leads": "any-resource",
    }
)
"""Option -> the option of the same question that contains it."""


@dataclass(frozen=True)
class Ask:
    """One question as it is put.

    Attributes:
        key: Short, stable id in addresses and files.
        kind: ``survey``, or ``board`` for a question that the survey did not ask.
        question_id: Question of the survey, or id of the insight.
        label: The question.
        options: Option id -> label, in order.
        many: Whether several answers may be given.
    """

    key: str
    kind: Kind
    question_id: str
    label: str
    options: Mapping[str, str]
    many: bool


@dataclass(frozen=True)
class Answers:
    """What somebody says of their own collaborative.

    Attributes:
        given: Short id of a question -> option ids.
        sector: Sector id, or ``""``.
        name: Name for the printed page, or ``""``.
    """

    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sector: str = ""
    name: str = ""


@dataclass(frozen=True)
class Line:
    """One answer and what is published beside it.

    Attributes:
        option: The answer's label.
        everyone: Row of the same answer of all respondents, or ``None`` where not published.
        sector: The same of the respondents of one's own sector.
        wider: Row of the answer that contains it, where the answer itself is not published.
    """

    option: str
    everyone: Mapping[Any, Any] | None
    sector: Mapping[Any, Any] | None
    wider: Mapping[Any, Any] | None


@dataclass(frozen=True)
class Standing:
    """Where the answers to one question stand.

    Attributes:
        ask: The question.
        lines: One for each answer given.
        base: The base in words, or ``""``.
        asides: Further published numbers that belong beside it, such as the median of posts.
        doubts: What of it cannot all hold, in the words of the register.
        source_id: Source.
        locator: Where in it.
    """

    ask: Ask
    lines: tuple[Line, ...]
    base: str
    asides: tuple[Mapping[Any, Any], ...]
    doubts: tuple[str, ...]
    source_id: str
    locator: str


def asked(catalogue: Catalogue, selection: Selection) -> tuple[Ask, ...]:
    """The questions: those of the survey that the wave has, then those for boards.

    Args:
        catalogue: The tables.
        selection: ``wave`` says which survey.
    """
    return _asked(catalogue, selection.only(("wave",)))


@kept(8)
def _asked(catalogue: Catalogue, selection: Selection) -> tuple[Ask, ...]:
    found: list[Ask] = []
    for key, question_id in SURVEY_ASKED.items():
        if not asks(catalogue, selection, question_id):
            continue
        one = question(catalogue, selection, question_id)
        rows = one.results[(one.results["sector_group"] == "all")]
        rows = rows[~rows["is_aggregate"].astype(bool)].sort_values("option_order")
        options = dict(zip(rows["option_id"], rows["option"], strict=True))
        many = _kind(catalogue, one.wave_id, question_id) in {"multiple", "top_three"}
        found.append(Ask(key, "survey", question_id, one.label, options, many))
    insights = {r["insight_id"]: r for r in catalogue.table("insights").to_dict("records")}
    for key, insight_id in BOARD_ASKED.items():
        if insight_id in insights:
            label = f"{insights[insight_id]['title']} {insights[insight_id]['summary']}"
            found.append(Ask(key, "board", insight_id, label, BOARD_ANSWERS, many=False))
    return tuple(found)


def _kind(catalogue: Catalogue, wave: str, question_id: str) -> str:
    table = catalogue.table("survey_questions")
    hits = table[(table["wave_id"] == wave) & (table["question_id"] == question_id)]
    return str(hits["answer_kind"].iloc[0])


def standings(catalogue: Catalogue, selection: Selection, answers: Answers) -> tuple[Standing, ...]:
    """Where each answer stands, in the order of the questions; unanswered ones are left out."""
    return tuple(
        _standing(catalogue, selection, ask, answers)
        for ask in asked(catalogue, selection)
        if answers.given.get(ask.key)
    )


def _standing(catalogue: Catalogue, selection: Selection, ask: Ask, answers: Answers) -> Standing:
    chosen = [o for o in ask.options if o in answers.given[ask.key]]
    if ask.kind == "board":
        row = catalogue.row("insights", ask.question_id)
        lines = tuple(Line(ask.options[o], None, None, None) for o in chosen)
        return Standing(ask, lines, "", (), (), row["source_id"], row["locator"])
    one = question(catalogue, selection, ask.question_id)
    rows = published(one.results)
    known = {(r["option_id"], r["sector_group"]): r for r in rows.to_dict("records")}
    beside: list[Line] = []
    for option in chosen:
        everyone = known.get((option, "all"))
        wider = known.get((CONTAINED_IN.get(option, ""), "all"))
        # A count of one's own stands alone; a share needs nothing wider beside it.
        has_share = everyone is not None and pd.notna(everyone["percent"])
        beside.append(
            Line(
                ask.options[option],
                everyone,
                known.get((option, answers.sector)) if answers.sector else None,
                None if has_share else wider,
            )
        )
    numbers = _kind(catalogue, one.wave_id, ask.question_id) == "number"
    asides = [
        r for (option, group), r in known.items()
        if numbers and group == "all" and bool(r["is_aggregate"]) and option not in chosen
    ]  # fmt: skip
    first = one.results.iloc[0]
    return Standing(
        ask=ask,
        lines=tuple(beside),
        base=one.base,
        asides=tuple(asides),
        doubts=_doubts(catalogue, [r for x in beside for r in (x.everyone, x.sector, x.wider)]),
        source_id=str(first["source_id"]),
        locator=str(first["locator"]),
    )


def _doubts(catalogue: Catalogue, rows: list[Mapping[Any, Any] | None]) -> tuple[str, ...]:
    """What of the rows that are shown cannot all hold; a mere wording is left to the charts."""
    named = {r["discrepancy_id"] for r in rows if r is not None}
    table = catalogue.table("discrepancies")
    mine = table[table["discrepancy_id"].isin(named) & (table["kind"] != "wording")]
    return tuple(str(s) for s in mine["summary"])


def has_sector(sector: str) -> bool:
    """Whether the survey reports this sector at all."""
    return sector in SURVEY_SECTORS


def wave_asked(catalogue: Catalogue, selection: Selection) -> str:
    """Id of the wave beside which the answers stand."""
    return wave_of(catalogue, selection)
