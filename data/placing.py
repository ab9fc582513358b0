"""Place your collaborative: its own answers beside what the survey's respondents said.

Nothing is added up and no score is made. Each answer stands beside the share that gave the same
one, of all respondents and of those of the same sector; where that share is not published, beside
the published share that contains it, and else beside the words that it is not published. A wave
that lacks a question gives way to the last that asked it; a wave of the reader's own stands beside
the national one and never hides it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

import pandas as pd

from data.catalogue import Catalogue
from data.lineage import refs_of
from data.memo import kept
from data.query import value_label
from data.selection import Selection
from data.survey import SURVEY_SECTORS, published, question, wave_of

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
    """Where the answers to one question stand, beside one wave.

    Attributes:
        ask: The question.
        lines: One for each answer given.
        base: The base in words, or ``""``.
        asides: Further published numbers that belong beside it, such as the median of posts.
        doubts: What of it cannot all hold, in the words of the register.
        doubt_refs: References of the rows of the register, one a doubt (see ``data.lineage``).
        source_id: Source.
        locator: Where in it.
        wave: The wave's title, or ``""`` for a question that no wave asked.
        is_named: Whether to name the wave: there are several, or it is not the selected.
    """

    ask: Ask
    lines: tuple[Line, ...]
    base: str
    asides: tuple[Mapping[Any, Any], ...]
    doubts: tuple[str, ...]
    doubt_refs: tuple[str, ...]
    source_id: str
    locator: str
    wave: str = ""
    is_named: bool = False


def asked(catalogue: Catalogue, selection: Selection) -> tuple[Ask, ...]:
    """The questions: those of the survey that any wave has, then those for boards.

    Args:
        catalogue: The tables.
        selection: ``wave`` says whose words are used where several waves asked.
    """
    return _asked(catalogue, selection.only(("wave",)))


@kept(8)
def _asked(catalogue: Catalogue, selection: Selection) -> tuple[Ask, ...]:
    found: list[Ask] = []
    for key, question_id in SURVEY_ASKED.items():
        waves = waves_beside(catalogue, selection, question_id)
        if not waves:
            continue
        ones = [question(catalogue, Selection(wave=w), question_id) for w in waves]
        rows = pd.concat([one.results for one in ones])
        rows = rows[(rows["sector_group"] == "all") & ~rows["is_aggregate"].astype(bool)]
        rows = rows.drop_duplicates("option_id").sort_values("option_order", kind="stable")
        options = dict(zip(rows["option_id"], rows["option"], strict=True))
        many = any(_kind(catalogue, w, question_id) in {"multiple", "top_three"} for w in waves)
        found.append(Ask(key, "survey", question_id, ones[0].label, options, many))
    insights = {r["insight_id"]: r for r in catalogue.table("insights").to_dict("records")}
    for key, insight_id in BOARD_ASKED.items():
        if insight_id in insights:
            label = f"{insights[insight_id]['title']} {insights[insight_id]['summary']}"
            found.append(Ask(key, "board", insight_id, label, BOARD_ANSWERS, many=False))
    return tuple(found)


def waves_beside(catalogue: Catalogue, selection: Selection, question_id: str) -> tuple[str, ...]:
    """Ids of the waves beside which an answer to a question stands; none where no wave asked it.

    The selected wave, or else the last that asked; where that is the reader's own, the last
    published one that asked as well.
    """
    table = catalogue.table("survey_questions")
    having = set(table.loc[table["question_id"] == question_id, "wave_id"])
    waves = [str(w) for w in catalogue.table("survey_waves")["wave_id"] if w in having]
    if not waves:
        return ()
    chosen = wave_of(catalogue, selection)
    first = chosen if chosen in having else waves[-1]
    own = {key[0] for key in catalogue.own.get("survey_waves", ())}
    national = [w for w in waves if w not in own]
    return (first, national[-1]) if first in own and national else (first,)


def _kind(catalogue: Catalogue, wave: str, question_id: str) -> str:
    table = catalogue.table("survey_questions")
    hits = table[(table["wave_id"] == wave) & (table["question_id"] == question_id)]
    return str(hits["answer_kind"].iloc[0])


def standings(catalogue: Catalogue, selection: Selection, answers: Answers) -> tuple[Standing, ...]:
    """Where each answer stands, in the order of the questions; unanswered ones are left out.

    A question stands once beside each of its waves (:func:`waves_beside`), one after the other.
    """
    found: list[Standing] = []
    for ask in asked(catalogue, selection):
        if not answers.given.get(ask.key):
            continue
        if ask.kind == "board":
            found.append(_for_board(catalogue, ask, answers))
            continue
        waves = waves_beside(catalogue, selection, ask.question_id)
        is_named = waves != (wave_of(catalogue, selection),)
        found += [_standing(catalogue, w, ask, answers, is_named=is_named) for w in waves]
    return tuple(found)


def _chosen(ask: Ask, answers: Answers) -> list[str]:
    return [o for o in ask.options if o in answers.given[ask.key]]


def _for_board(catalogue: Catalogue, ask: Ask, answers: Answers) -> Standing:
    row = catalogue.row("insights", ask.question_id)
    lines = tuple(Line(ask.options[o], None, None, None) for o in _chosen(ask, answers))
    return Standing(ask, lines, "", (), (), (), row["source_id"], row["locator"])


def _standing(
    catalogue: Catalogue, wave: str, ask: Ask, answers: Answers, *, is_named: bool
) -> Standing:
    chosen = _chosen(ask, answers)
    one = question(catalogue, Selection(wave=wave), ask.question_id)
    rows = published(one.results).to_dict("records")
    known = {(r["option_id"], r["sector_group"]): r for r in rows}
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
    doubts = _doubts(catalogue, [r for x in beside for r in (x.everyone, x.sector, x.wider)])
    return Standing(
        ask=ask,
        lines=tuple(beside),
        base=one.base,
        asides=tuple(asides),
        doubts=tuple(str(s) for s in doubts["summary"]),
        doubt_refs=tuple(refs_of(catalogue, "discrepancies", doubts)),
        source_id=str(first["source_id"]),
        locator=str(first["locator"]),
        wave=value_label(catalogue, "wave", wave),
        is_named=is_named,
    )


def _doubts(catalogue: Catalogue, rows: list[Mapping[Any, Any] | None]) -> pd.DataFrame:
    """Register rows: what that is shown cannot all hold; a mere wording is left to the charts."""
    named = {r["discrepancy_id"] for r in rows if r is not None}
    table = catalogue.table("discrepancies")
    return table[table["discrepancy_id"].isin(named) & (table["kind"] != "wording")]


def has_sector(sector: str) -> bool:
    """Whether the survey reports this sector at all."""
    return sector in SURVEY_SECTORS
