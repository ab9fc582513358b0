"""The exhibit: one thing to look at, with its data, its sources and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from components.exhibits.deck import DeckMap
from components.exhibits.numbers import Number
from components.exhibits.own_marking import built_and_marked
from data.catalogue import Catalogue
from data.citations import Citation, collect
from data.counted import Whence
from data.query import Empty, explain_empty
from data.selection import Selection


@dataclass(frozen=True)
class Caveat:
    """A warning that goes with a number: a short label, and the sentence behind it."""

    label: str
    sentence: str


CAVEATS: Final = {
    "own-data": Caveat(
        "includes your own file",
        "Rows that you brought yourself, for this browser session only; not checked by the Atlas "
        "against any publication. Their source is your file, and their names say “(your own)”.",
    ),
    "not-published": Caveat(
        "not published ≠ zero", "“Not published” means that the source states no value."
    ),
    "small-base": Caveat(
        "small base", "Bases are small: one answer moves a percentage by two points or more."
    ),
    "under-15": Caveat(
        "base under 15: count shown",
        "With fewer than 15 answers the count says more than the percentage; both are shown.",
    ),
    "interval": Caveat(
        "thin line: 95% interval",
        "It allows for the chance of who answered, as if answering had nothing to do with the "
        "answer. Responses are not a random sample, so the true share may lie outside.",
    ),
    "possible-bases": Caveat(
        "grey line: base not published",
        "Where a base is not published the interval is the widest over every base that fits.",
    ),
    "self-reported": Caveat(
        "self-reported",
        "Reported by the collaboratives or the bodies that represent them; not evaluated here.",
    ),
    "partial-coverage": Caveat(
        "partial coverage",
        "The Atlas holds the collaboratives that its sources name; an area without one is not "
        "an area without collaboration.",
    ),
    "inferred-footprint": Caveat(
        "some footprints inferred",
        "Some footprints are read from members' homes or from a region or county named.",
    ),
    "derived-base": Caveat(
        "derived base",
        "A base marked “derived” was worked out by the Atlas from the percentages stated.",
    ),
    "approximate": Caveat(
        "approximate wording (hatched)",
        "Hatched bars come from wording such as “half”, not from a printed figure.",
    ),
    "bound": Caveat(
        "bound, not a measurement",
        "A value given as “more than” or “≥” is a bound; the figure itself is not published.",
    ),
    "two-values": Caveat(
        "two values stated",
        "The source states two values for the same thing; the register of discrepancies says why "
        "one of them is drawn. Where the other is drawn too, it is an open diamond.",
    ),
    "disagrees": Caveat(
        "stated values disagree",
        "The source states values that cannot all hold; the notes say which and why one is drawn.",
    ),
    "not-a-trend": Caveat(
        "not a trend", "The two questions differ: all that apply, and only the top three."
    ),
    "mixed-status": Caveat(
        "achieved and expected mixed",
        "Achieved, expected and planned outcomes are drawn differently; do not add them.",
    ),
    "sector-not-split": Caveat(
        "no split for this sector",
        "The report does not publish this question for the sectors selected.",
    ),
    "every-sector": Caveat(
        "no split by sector",
        "The sectors selected leave nothing out: each statement concerns every sector or one of "
        "those selected.",
    ),
}
"""The closed vocabulary of caveats; exhibits name them by key."""

TOLD_BY: Final = {"interval": "Confidence interval", "under-15": "Base"}
"""Caveat whose label has a number -> term of the glossary that says it."""


# Compared and hashed by identity: frames and figures have no equality of their own.
@dataclass(frozen=True, eq=False)
class Built:
    """An exhibit built for one selection.

    Attributes:
        figure: A Plotly figure, a deck.gl map, or ``None`` for an exhibit that is a table.
        frame: The rows drawn, as they are shown and downloaded.
        citations: Sources of those rows.
        caveats: Keys into ``CAVEATS``.
        reading: One sentence computed from the frame.
        numbers: What the numbers in that sentence count, in its order.
        noted: The same of the notes.
        base: The base in words, or ``""``.
        notes: Further sentences that belong beside the picture, such as options not published.
        details: Longer sentences for whoever asks, such as how a base was derived.
        empty: Why there is nothing, or ``None``.
        scrolls: Whether a picture is better scrolled sideways on a phone than shrunk.
        lines: What the picture shows as (name, words), which a phone shows first.
        whence: For each row of the frame where it comes from, where the words are told with it.
        refs: Reference of the row of a table behind each row of ``frame``, where the frame has not
            its key; empty: they are read from the frame.
        behind: Name of a mark that several rows make (``picks.name_of``) -> their references.
    """

    figure: go.Figure | DeckMap | None
    frame: pd.DataFrame
    citations: tuple[Citation, ...]
    caveats: tuple[str, ...]
    reading: str
    base: str = ""
    notes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    empty: Empty | None = None
    scrolls: bool = False
    lines: tuple[tuple[str, str], ...] = ()
    whence: tuple[Whence, ...] = ()
    refs: tuple[str, ...] = ()
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    noted: tuple[Number, ...] = ()

    @property
    def is_comparison(self) -> bool:
        """Whether the exhibit puts subjects side by side."""
        return self.figure is None and {"aspect", "subject", "value"} <= set(self.frame.columns)

    @property
    def is_statements(self) -> bool:
        """Whether the exhibit is read as words: statements, or subjects side by side."""
        statements = {"title", "summary", "locator"} <= set(self.frame.columns)
        return self.is_comparison or (self.figure is None and statements)


Builder = Callable[[Catalogue, Selection], Built]


@dataclass(frozen=True)
class Exhibit:
    """A registered exhibit.

    Attributes:
        id: Stable id.
        title: Heading.
        question: The question that it answers.
        alt: What it looks like and shows, for people who cannot see it.
        responds_to: Dimensions of the selection that change it.
        build: Pure function (catalogue, selection) -> built exhibit.
        needs: What has to be chosen before there is anything to show, or ``""``.
    """

    id: str
    title: str
    question: str
    alt: str
    responds_to: frozenset[str]
    build: Builder
    needs: str = ""


class Registry:
    """Every exhibit by id, in the order of registration."""

    def __init__(self) -> None:
        self._exhibits: dict[str, Exhibit] = {}

    def register(
        self,
        exhibit_id: str,
        *,
        title: str,
        question: str,
        alt: str,
        responds_to: tuple[str, ...],
        needs: str = "",
    ) -> Callable[[Builder], Builder]:
        """Register the decorated function as an exhibit.

        Args:
            exhibit_id: Stable id.
            title: Heading.
            question: The question that it answers.
            alt: Text alternative.
            responds_to: Dimensions of the selection that change it.
            needs: What has to be chosen before there is anything to show.

        Raises:
            ValueError: The id is taken.
        """

        def decorate(build: Builder) -> Builder:
            if exhibit_id in self._exhibits:
                raise ValueError(f"exhibit {exhibit_id!r} is registered twice")

            @wraps(build)
            def marked(catalogue: Catalogue, selection: Selection) -> Built:
                return built_and_marked(build, catalogue, selection)

            self._exhibits[exhibit_id] = Exhibit(
                exhibit_id, title, question, alt, frozenset(responds_to), marked, needs
            )
            return build

        return decorate

    def __getitem__(self, exhibit_id: str) -> Exhibit:
        try:
            return self._exhibits[exhibit_id]
        except KeyError:
            known = ", ".join(sorted(self._exhibits))
            raise KeyError(f"no exhibit {exhibit_id!r}; known are {known}") from None

    def __iter__(self) -> Iterator[Exhibit]:
        return iter(self._exhibits.values())

    def __len__(self) -> int:
        return len(self._exhibits)


REGISTRY: Final = Registry()


def build_exhibit(catalogue: Catalogue, selection: Selection, exhibit_id: str) -> Built:
    """Build a registered exhibit for a selection, restricted to what it responds to.

    Raises:
        KeyError: There is no such exhibit.
    """
    exhibit = REGISTRY[exhibit_id]
    return exhibit.build(catalogue, selection.only(exhibit.responds_to))


def nothing(
    catalogue: Catalogue, selection: Selection, exhibit_id: str, what: str, frame: pd.DataFrame
) -> Built:
    """A built exhibit that says why it is empty."""
    empty = explain_empty(catalogue, selection, REGISTRY[exhibit_id].responds_to, what)
    return Built(None, frame, collect(catalogue, frame), (), empty.reason, empty=empty)
