"""A walkthrough as it is written, and as it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd

from components.exhibits import Built, Exhibit
from data.problems import Problem
from data.selection import Selection

SubjectKind = Literal["system", "collaborative", "sector"]
SubjectNeed = Literal["", "system", "collaborative", "sector", "any"]
SUBJECT_DIMENSIONS: Final[dict[SubjectKind, str]] = {
    "system": "icb", "collaborative": "collaborative", "sector": "sector",
}  # fmt: skip


@dataclass(frozen=True)
class StoryProblem(Problem):
    """A problem in one place of a walkthrough's file; ``column`` is the key there."""

    def __str__(self) -> str:
        place = f"{self.file}, line {self.row}" if self.row else self.file
        place += f", {self.column}" if self.column else ""
        return f"{place}: found {self.found}; expected {self.expected}. {self.action}"


class StoryError(Exception):
    """Walkthroughs cannot be used; carries every problem found.

    Args:
        problems: At least one problem.
    """

    def __init__(self, problems: Sequence[StoryProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


@dataclass(frozen=True)
class Figure:
    """A number or word that is computed from the rows of an exhibit.

    Attributes:
        name: Its name between braces in headline, points and notes.
        operation: ``rows``, ``distinct``, ``value``, ``sum``, ``commonest`` or ``list``.
        column: The column that it is taken from; ``""`` for ``rows``, several joined by ``+`` for
            ``distinct``.
        where: (Column, values) that a row must have, one of them each.
        unless: (Column, values) that a row must not have.
        published: Columns that must not be empty.
        largest: Of the rows that fit, that with the largest value of this column.
        smallest: The same with the smallest.
        rank: Which of them, from 1.
        of: Column whose different values are counted for each of ``column``.
        having: With ``distinct``: count those with at least so many of ``of``.
        give: With ``commonest``: ``name`` or ``count``.
        most: With ``list``: how many are named before "and n more".
        style: How it is written (``as``): ``number``, ``word``, ``percent``, ``amount``,
            ``lower``, ``text``.
        plural: The noun for one and for several, written behind the number.
        at_least: The words around it hold only from here on.
        at_most: The words around it hold only up to here.
        optional: Whether a headline or point that needs it is left out where it is missing.
        exhibit_id: Another exhibit to take it from; ``""``: that of the step.
        selection: Selection of that other exhibit; ``None``: that of the step.
        line: Line in the file.
    """

    name: str
    operation: str
    column: str = ""
    where: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    unless: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    published: tuple[str, ...] = ()
    largest: str = ""
    smallest: str = ""
    rank: int = 1
    of: str = ""
    having: int = 0
    give: str = "name"
    most: int = 3
    style: str = ""
    plural: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    optional: bool = False
    exhibit_id: str = ""
    selection: Selection | None = None
    line: int = 0


@dataclass(frozen=True)
class Step:
    """One step as it is written.

    Attributes:
        exhibit_id: The exhibit that it shows.
        selection: The filters under which it is shown; the subject is added to them.
        headline: The finding; may hold ``{figures}`` that are computed.
        points: Two or three sentences; may hold figures.
        notes: What the presenter says; may hold figures.
        seconds: Time planned.
        id: Id within the walkthrough.
        other_headlines: Used in turn where a figure of the one before is missing.
        other_points: For each point what is said instead where a figure of it is missing.
        figures: The computed figures.
        kinds: Kinds of subject for which the step is told; empty: every one.
        follows: Whether the subject is added to the selection.
        line: Line in the file.
    """

    exhibit_id: str
    selection: Selection
    headline: str
    points: tuple[str, ...]
    notes: str
    seconds: int
    id: str
    other_headlines: tuple[str, ...] = ()
    other_points: tuple[tuple[str, ...], ...] = ()
    figures: tuple[Figure, ...] = ()
    kinds: tuple[SubjectKind, ...] = ()
    follows: bool = True
    line: int = 0


@dataclass(frozen=True)
class Walkthrough:
    """A story: steps in their order.

    Attributes:
        id: Id, the name of its file.
        title: Its title.
        summary: What it tells, in one or two sentences.
        subject: What has to be chosen first: nothing, one kind of thing, or any of the three.
        steps: The steps.
        path: Its file.
    """

    id: str
    title: str
    summary: str
    subject: SubjectNeed
    steps: tuple[Step, ...]
    path: Path

    def steps_for(self, kind: SubjectKind | None) -> tuple[Step, ...]:
        """The steps that are told of a kind of subject."""
        return tuple(s for s in self.steps if not s.kinds or kind in s.kinds)

    def minutes(self, kind: SubjectKind | None = None) -> int:
        """Time planned, in whole minutes."""
        return max(1, round(sum(s.seconds for s in self.steps_for(kind)) / 60))


@dataclass(frozen=True, eq=False)
class Behind:
    """What a figure in the words of a step was computed from.

    Attributes:
        rows: Rows of an exhibit.
        refs: Reference of each, where the exhibit gives them.
        exhibit_id: The exhibit.
        selection: The filters under which it was built.
        counts: Whether it counts rows, or different values in them; else it is read in them.
        by: The column whose different values are counted, or the rows of each; ``""``: rows.
    """

    rows: pd.DataFrame
    refs: tuple[str, ...]
    exhibit_id: str
    selection: Selection
    counts: bool
    by: str


# Told stories hold frames and figures, which have no equality of their own.
@dataclass(frozen=True, eq=False)
class ToldStep:
    """One step with its words computed and its exhibit built.

    Attributes:
        number: Position, from 1.
        step: The step as it is written.
        headline: The finding, figures filled in.
        points: The points that hold, figures filled in.
        notes: The presenter's notes, figures filled in.
        exhibit: The exhibit.
        built: The exhibit built under ``selection``; its citations include those of figures that
            were taken from other exhibits.
        selection: The step's selection with the subject.
        seconds: Time planned.
        gaps: Of a step that stands for several without anything to show, the exhibits and what is
            not published in each.
        values: Name of a figure -> its words; ``None`` where it is missing.
        behind: Name of a figure -> what it was computed from.
    """

    number: int
    step: Step
    headline: str
    points: tuple[str, ...]
    notes: str
    exhibit: Exhibit
    built: Built
    selection: Selection
    seconds: int
    gaps: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, str | None] = field(default_factory=dict)
    behind: Mapping[str, Behind] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Told:
    """A walkthrough told, of a subject where it needs one.

    Attributes:
        walkthrough: The walkthrough.
        title: Its title, with the subject.
        subject_label: The subject in words, or ``""``.
        steps: Its steps.
        subject: The subject as a selection; empty where it needs none.
    """

    walkthrough: Walkthrough
    title: str
    subject_label: str
    steps: tuple[ToldStep, ...]
    subject: Selection = field(default_factory=Selection)

    @property
    def seconds(self) -> int:
        """Time planned for all of it."""
        return sum(s.seconds for s in self.steps)
