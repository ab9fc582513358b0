"""What a room asks beside the script: “and in your region?”, as filters of one step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, Literal

from components.exhibits import Built
from components.exhibits.deck import DeckMap
from components.stories.model import ToldStep
from components.stories.stage_map import is_shaded
from data.catalogue import Catalogue
from data.query import value_label
from data.selection import Selection

ASK: Final[tuple[Literal["sector", "region", "icb"], ...]] = ("sector", "region", "icb")
LABELS: Final = {"sector": "Sector", "region": "Region", "icb": "System"}


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
    answers = [d for d in ASK if d in step.exhibit.responds_to]
    if not isinstance(asked, dict) or not set(asked) <= set(answers):
        raise ValueError(
            f"Expected live to be an object with no keys but {', '.join(answers) or 'none'} "
            f"on step {step.number}, found {str(asked)[:80]!r}."
        )
    words = []
    for dimension in (d for d in answers if d in asked):
        known = tables.icb_names if dimension == "icb" else tables.known_values[dimension]
        value = asked[dimension]
        if not isinstance(value, str) or value not in known:
            raise ValueError(
                f"Expected live.{dimension} to be one of {len(known)} known values, such as "
                f"{next(iter(known))!r}, found {str(value)[:80]!r}."
            )
        words.append(f"{LABELS[dimension]}: {value_label(tables, dimension, value)}")
    chosen = {d: (asked[d],) for d in answers if d in asked}
    return replace(step.selection, **chosen), ", ".join(words)  # type: ignore[arg-type]


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
    """The filters of a step with what is asked beside the script in place of its own."""
    asked: dict[str, Any] = {d: getattr(live, d) for d in ASK if getattr(live, d)}
    return replace(selection, **asked)
