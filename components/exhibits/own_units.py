"""Exhibits of outcomes in units other than per cent: money, people, counts, time and distance."""

from __future__ import annotations

from typing import Final

from components import theme
from components.exhibits.base import REGISTRY, Builder, Built, nothing
from components.exhibits.benefits import GRADE_NOTE, by_period, strongest_first, with_set_aside
from components.exhibits.numbers import Sentence
from components.exhibits.outcome_labels import rows_of
from components.exhibits.outcome_rows import Panel, draw
from components.exhibits.outcome_words import (
    BENEFIT_DIMENSIONS,
    FRAME_COLUMNS,
    SHOWN,
    outcome_caveats,
    rules_by_id,
    rules_of,
    statuses,
)
from data.catalogue import Catalogue
from data.citations import collect
from data.query import outcomes
from data.selection import Selection

MONEY: Final = frozenset({"gbp_million"})
PEOPLE: Final = frozenset({"people"})
COUNTS: Final = frozenset({"count"})


def _is_of(unit: object, units: frozenset[str]) -> bool:
    """Whether a unit is one of some; none named: one that no other exhibit draws."""
    return unit in units if units else unit not in MONEY | PEOPLE | COUNTS | {"percent"}


def _register(
    exhibit_id: str, title: str, question: str, what: str, units: frozenset[str]
) -> Builder:
    @REGISTRY.register(
        exhibit_id,
        title=title,
        question=question,
        alt="A panel for each unit with its own scale; a dot or bar for each outcome, its shape "
        "saying whether achieved, expected or planned.",
        responds_to=BENEFIT_DIMENSIONS,
    )
    def build(catalogue: Catalogue, selection: Selection) -> Built:
        frame = outcomes(catalogue, selection)
        mine = frame["unit"].fillna("percent").map(lambda unit: _is_of(unit, units)).astype(bool)
        frame = frame[frame["value"].notna() & mine]
        if frame.empty:
            return nothing(catalogue, selection, exhibit_id, f"outcomes {what}", frame)
        table = outcomes(catalogue, selection, shown_only=False)
        panels, said, rules = [], [], rules_by_id(catalogue)
        ranked = strongest_first(frame)
        for unit, label in catalogue.schema.labels("outcomes", "unit").items():
            part = ranked[ranked["unit"] == unit]
            if part.empty:
                continue
            name = f"{label[0].upper()}{label[1:]}"
            if unit in MONEY:
                panels.append(by_period(part, table, unit, f"{name}, by period", rules))
            else:
                panels.append(Panel(name, unit, [*rows_of(part, table, rules)]))
            said.append((unit, f"{label} {len(part)}", part))
        rows = with_set_aside(frame, table)
        say, stated = Sentence(), (SHOWN, "value:*")
        every = [f"unit:{unit}" for unit, *_ in said]
        count = say(theme.plural(len(frame), "outcome"), "outcomes", frame, *stated, *every)
        known = statuses(frame, say)
        split = ""
        if len(said) > 1:
            parts = [say(w, "outcomes", part, *stated, f"unit:{u}") for u, w, part in said]
            split = f": {', '.join(parts)}"
        scale = ("Each unit has its own scale; lengths compare within a unit only.",)
        return Built(
            figure=draw(panels),
            frame=rows[FRAME_COLUMNS],
            citations=collect(catalogue, rows),
            caveats=outcome_caveats(rows),
            reading=f"{count} {what} ({known}){split}.",
            numbers=say.numbers,
            notes=(GRADE_NOTE, *(scale if split else ()), *rules_of(catalogue, frame)),
        )

    return build


_register("outcomes-in-money", "Money", "What has been saved, raised or spent?", "in money", MONEY)
_register("outcomes-in-people", "People", "How many people have been reached?", "in people", PEOPLE)
_register("outcomes-in-counts", "Counts", "What else has been counted?", "in counts", COUNTS)
_register(
    "outcomes-in-other-units", "Time and distance", "What has become shorter, and by how much?",
    "in time, distance or another unit", frozenset(),
)  # fmt: skip
