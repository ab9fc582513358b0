"""Steps of one subject that would be empty one after the other are told as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from components.stories.model import ToldStep
from data.query import Empty


def joined(steps: Iterable[ToldStep], label: str) -> tuple[ToldStep, ...]:
    """Steps of which several without anything to show, in a row, have become one.

    The one says what is not published of the subject: a point for each exhibit, what a presenter
    says of each in its notes. A map is never joined: without rows it still shows where.

    Args:
        steps: The steps told, in order.
        label: The subject in words.

    Returns:
        The steps, numbered anew.
    """
    told: list[ToldStep] = []
    for nothing, run in groupby(steps, key=_is_nothing):
        several = list(run)
        told += [_as_one(several, label)] if nothing and len(several) > 1 else several
    return tuple(replace(step, number=n) for n, step in enumerate(told, start=1))


def _is_nothing(step: ToldStep) -> bool:
    return step.built.empty is not None and step.built.figure is None


def _as_one(steps: Sequence[ToldStep], label: str) -> ToldStep:
    first = steps[0]
    reason = f"We found none of this in our sources for {label}."
    widen = "Not published is neither no nor zero. One row and one source mend each gap."
    gone = tuple(dict.fromkeys(d for s in steps if s.built.empty for d in s.built.empty.dimensions))
    gaps = tuple((s.exhibit.title, f"{_plain(s.headline, label)}.") for s in steps)
    return replace(
        first,
        exhibit=replace(first.exhibit, title=" · ".join(title for title, _ in gaps)),
        headline=f"What is not published about {label}",
        points=tuple(f"{title}: {words[:1].lower()}{words[1:]}" for title, words in gaps),
        notes="\n\n".join(f"{s.exhibit.title}: {s.notes.strip()}" for s in steps),
        built=replace(first.built, reading=reason, empty=Empty(reason, widen, gone)),
        seconds=max(s.seconds for s in steps),
        gaps=gaps,
    )


def _plain(headline: str, label: str) -> str:
    """A headline without the subject that the slide has named."""
    return headline.removesuffix(f": {label}")
