"""What a room asks beside the script: “and in your region?”, as filters of one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Literal

from components.exhibits import Built
from components.exhibits.deck import DeckMap
from components.stories.model import Told, ToldStep
from components.stories.stage_map import is_shaded
from data.catalogue import Catalogue
from data.query import value_label
from data.selection import Selection, plain_text
from data.suggest import closest
from data.vintages import OLDER, areas

Ask = Literal["sector", "region", "icb"]
ASK: Final[tuple[Ask, ...]] = ("sector", "region", "icb")
LABELS: Final = {"sector": "Sector", "region": "Region", "icb": "System"}


def answers(step: ToldStep) -> tuple[Ask, ...]:
    """What can be asked on a step: the filters that its exhibit follows."""
    return tuple(d for d in ASK if d in step.exhibit.responds_to)


def choices(tables: Catalogue, step: ToldStep, dimension: Ask) -> dict[str, str]:
    """What can be asked for on a step: value -> label; systems are those of its boundaries."""
    if dimension == "icb":
        known = areas(tables, step.selection.vintage or OLDER)["area_id"].tolist()
    else:
        known = list(tables.known_values[dimension])
    return {value: value_label(tables, dimension, value) for value in known}


def asked_of(tables: Catalogue, step: ToldStep, asked: object) -> tuple[Selection, str]:
    """The selection of a step under what was asked, and that in words.

    Args:
        tables: The tables.
        step: The step on the stage.
        asked: Dimension to value, such as ``{"region": "E40000003"}``, as it came from outside.

    Raises:
        ValueError: It is of another form, the step does not follow the filter, or there is no such
            value; says what was expected and what was found.
    """
    follows = answers(step)
    if not isinstance(asked, dict) or not set(asked) <= set(follows):
        raise ValueError(
            f"Expected live to be an object with no keys but {', '.join(follows) or 'none'} "
            f"on step {step.number}, found {str(asked)[:80]!r}."
        )
    words = []
    for dimension in (d for d in follows if d in asked):
        known = choices(tables, step, dimension)
        value = asked[dimension]
        if not isinstance(value, str) or value not in known:
            raise ValueError(
                f"Expected live.{dimension} to be one of {len(known)} known values, such as "
                f"{next(iter(known))!r}, found {str(value)[:80]!r}."
            )
        words.append(f"{LABELS[dimension]}: {known[value]}")
    chosen = as_selection({d: asked[d] for d in follows if d in asked})
    return under(step.selection, chosen), ", ".join(words)


def nothing_said(built: Built, words: str) -> str:
    """That nothing is left under what was asked, as a sentence; ``""`` where something is."""
    if built.empty is not None:
        return f"{built.empty.reason} {built.empty.widen}"
    if isinstance(built.figure, DeckMap) and not is_shaded(built.figure):
        return (
            f"Nothing on this map fits {words}. This does not mean that there is none: the Atlas "
            "holds what its sources name."
        )
    return ""


def under(selection: Selection, live: Selection) -> Selection:
    """The filters of a step with what is asked beside the script in place of its own.

    A region and a system are one answer to “where”: a region that is asked for stands in place of
    the system that a story is told of, which would leave nothing in any other region.
    """
    asked: dict[str, Any] = {d: getattr(live, d) for d in ASK if getattr(live, d)}
    if live.region or live.icb:
        asked = {"region": (), "icb": ()} | asked
    return replace(selection, **asked)


Live = Mapping[str, Mapping[Ask, str]]
"""What is asked beside the script: id of a step -> filter -> value."""


def read_live(tables: Catalogue, told: Told, text: str) -> tuple[Live, tuple[str, ...]]:
    """What an address says is asked beside the script, and a sentence for each part of no use.

    Args:
        tables: The tables.
        told: The walkthrough.
        text: ``STEP.FILTER.VALUE``, with commas between several.
    """
    steps = {step.step.id: step for step in told.steps}
    live: dict[str, dict[Ask, str]] = {}
    dropped = []
    for part in dict.fromkeys(p.strip() for p in text.split(",") if p.strip()):
        step_id, _, rest = part.partition(".")
        name, _, value = rest.partition(".")
        step = steps.get(step_id)
        dimension = next((d for d in answers(step) if d == name), None) if step else None
        known = choices(tables, step, dimension) if step and dimension else {}
        if step is None:
            titles = {key: one.exhibit.title for key, one in steps.items()}
            said = "a step of this walkthrough"
            dropped.append(f"“{plain_text(step_id)}” is not {said}{_meant(step_id, titles)}")
        elif dimension is None:
            dropped.append(f"step {step.number} does not follow a filter “{plain_text(name)}”")
        elif value not in known:
            kind = LABELS[dimension].lower()
            dropped.append(f"“{plain_text(value)}” is not a known {kind}{_meant(value, known)}")
        elif dimension in live.get(step_id, {}):
            dropped.append(f"“{known[value]}” is one more {name} than step {step.number} can have")
        else:
            live.setdefault(step_id, {})[dimension] = value
    return live, tuple(dropped)


def _meant(value: str, options: dict[str, str]) -> str:
    near = closest(value, options)
    return "" if near is None else f"; did you mean “{near}” ({options[near]})?"


def said_live(live: Live) -> str:
    """What is asked beside the script, as an address says it; ``""`` for nothing."""
    return ",".join(
        f"{step}.{dimension}.{value}"
        for step, chosen in live.items()
        for dimension, value in chosen.items()
    )


def as_selection(chosen: Mapping[Ask, str]) -> Selection:
    """What is asked on one step, as filters."""
    return replace(Selection(), **{d: (v,) for d, v in chosen.items()})  # type: ignore[arg-type]
