"""Two selections of one exhibit set against each other: in words, and on the same axes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.appearances import row_refs
from components.exhibits.base import Built, Exhibit
from components.exhibits.deck import DeckMap, LegendEntry
from data.catalogue import Catalogue
from data.memo import kept
from data.query import DIMENSION_NAMES, value_label
from data.selection import Selection


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, the filters, and the exhibit built for them."""

    name: str
    selection: Selection
    built: Built


@dataclass(frozen=True)
class Said:
    """A number in the sentence on how two sides differ.

    Attributes:
        words: The number with its noun.
        side: The side whose rows it counts, or ``None`` where it is of both.
        refs: References of the rows behind it; none: all rows of the side.
        sort: In which order of the side's rows those that are counted stand together.
        how: How it was worked out, in a few words; ``""`` for a cell or a count of rows.
    """

    words: str
    side: Side | None = None
    refs: tuple[str, ...] = ()
    sort: str = ""
    how: str = ""


Lead = Callable[[Said], str]
"""Makes of a number what is shown of it, such as a link."""


def _plain(said: Said) -> str:
    return said.words


def words(catalogue: Catalogue, selection: Selection, exhibit: Exhibit) -> str:
    """What a side is, in words: the filters that make a difference to the exhibit.

    Args:
        catalogue: The tables.
        selection: The filters of the side.
        exhibit: The exhibit.
    """
    # What is set beside one another is a list; of a filter each row has one value or another.
    link = " and " if exhibit.needs else " or "
    said: dict[str, list[str]] = {}
    for dimension, value in selection.active:
        if dimension in exhibit.responds_to:
            said.setdefault(dimension, []).append(value_label(catalogue, dimension, value))
    return ", ".join(link.join(labels) for labels in said.values()) or "everything"


def offered(catalogue: Catalogue, exhibit: Exhibit) -> tuple[str, ...]:
    """Dimensions by which two sides of an exhibit can differ: those with something to choose."""
    every = (f.name for f in fields(Selection) if f.name in exhibit.responds_to)
    return tuple(d for d in every if d == "q" or len(catalogue.known_values.get(d, ())) > 1)


def why_same(catalogue: Catalogue, exhibit: Exhibit) -> str:
    """Why both sides of an exhibit are the same whatever is chosen, in a sentence or two."""
    follows = [d for d in exhibit.responds_to if not offered(catalogue, exhibit)]
    if not follows:
        return f"Both sides are the same: no filter changes “{exhibit.title}”."
    names = " and ".join(DIMENSION_NAMES[d] for d in sorted(follows))
    more = " A second wave can be brought under [Bring your own](own)." if "wave" in follows else ""
    counts = [len(catalogue.known_values.get(d, ())) for d in follows]
    return (
        f"Both sides are the same: “{exhibit.title}” follows only the {names}, and the tables hold "
        f"{'one' if any(counts) else 'none'}.{more}"
    )


@kept(8)
def marked(built: Built, selection: Selection) -> DeckMap:
    """The map of a side with the systems selected outlined, also where it is not about them.

    What is clicked on a map is seen on it, and the browser lets go of its own mark of it.

    Args:
        built: An exhibit whose picture is a map.
        selection: The filters of the side.

    Raises:
        TypeError: The exhibit is not a map.
    """
    deck = built.figure
    if not isinstance(deck, DeckMap):
        raise TypeError(f"expected a map, found {deck!r}")
    codes, own = set(selection.icb), set(selection.organisation)
    areas = tuple(replace(a, selected=True) if a.code in codes else a for a in deck.areas)
    points = tuple(
        replace(m, selected=True) if m.organisation_id in own else m for m in deck.markers
    )
    if areas == deck.areas and points == deck.markers:
        return deck
    legend = deck.legend
    if not any(entry.key == "selected" for entry in legend):
        legend = (*legend, LegendEntry("selected", "Selected"))
    return replace(deck, areas=areas, markers=points, legend=legend)


def _group(side: Side, labels: dict[str, str]) -> str:
    """The respondents that a side is about: those of its one sector, else all."""
    if len(side.selection.sector) == 1:
        return labels.get(side.selection.sector[0], "")
    return labels["all"]


_APART: Final = "the one share minus the other"


def _answers(catalogue: Catalogue, first: Side, second: Side, lead: Lead) -> str:
    """The option on which the two groups of respondents differ most."""
    labels = dict(catalogue.schema.labels("survey_results", "sector_group"))
    groups = _group(first, labels), _group(second, labels)
    if groups[0] == groups[1]:
        return f"Both sides show {groups[0].lower()}: choose one sector on each side."
    shares = []
    for side, group in zip((first, second), groups, strict=True):
        frame = side.built.frame.assign(ref=row_refs(catalogue, side.built.frame))
        rows = frame[(frame["group"] == group) & frame["percent"].notna()]
        shares.append(rows.set_index(["question_id", "option"])[["percent", "ref"]])
    both = pd.concat(shares, axis=1, join="inner", keys=["first", "second"])
    if both.empty:
        return (
            f"No option has a share published for both {groups[0]} and {groups[1]}: the report "
            "does not split them."
        )
    apart = (both["first"]["percent"] - both["second"]["percent"]).astype(float).abs()
    at = int(apart.argmax())
    most, option = both.iloc[at], str(both.index.to_list()[at][1])
    percents = [float(most[side, "percent"]) for side in ("first", "second")]
    refs = tuple(str(most[side, "ref"]) for side in ("first", "second"))
    one, other = (
        lead(Said(theme.percent(percent), refs=(ref,)))
        for percent, ref in zip(percents, refs, strict=True)
    )
    gap = lead(Said(f"{apart.max():.0f} points apart", refs=refs, how=_APART))
    every = lead(Said(f"{len(both)} options", refs=tuple(map(str, both["first"]["ref"]))))
    head = (
        f"They differ most, of {every} published for both, on"
        if len(both) > 1
        else "Published for both is only"
    )
    return (
        f"{head} “{option}”: {one} of {groups[0]} and {other} of {groups[1]}, {gap}. Bases "
        "are small: read the intervals before calling it a difference."
    )


def _verdicts(side: Side, lead: Lead) -> str:
    """In how many rows the subjects of a comparison differ."""
    rows = side.built.frame.drop_duplicates("aspect")
    count = f"{int((rows['compared'] == 'differs').sum())} of {len(rows)} rows"
    how = "rows whose subjects are compared as different"
    return f"{side.name} differ in {lead(Said(count, side, sort='compared', how=how))}"


def difference(catalogue: Catalogue, first: Side, second: Side, lead: Lead = _plain) -> str:
    """How the two sides differ, in words computed from both frames.

    Args:
        catalogue: The tables.
        first: One side.
        second: The other side, of the same exhibit.
        lead: What is shown of a number; the number itself unless told.
    """
    if first.built.empty is not None or second.built.empty is not None:
        empty = [s.name for s in (first, second) if s.built.empty is not None]
        return f"There is nothing to set side by side: no rows for {' and for '.join(empty)}."
    if first.built.is_comparison and second.built.is_comparison:
        return f"{_verdicts(first, lead)}; {_verdicts(second, lead)}."
    frames = first.built.frame, second.built.frame
    if all({"question_id", "option", "group", "percent"} <= set(f.columns) for f in frames):
        return _answers(catalogue, first, second, lead)
    if frames[0].equals(frames[1]):
        return "Both sides show the same rows: this exhibit is not split by what differs."
    what = "statement" if first.built.is_statements else "row"
    said = [
        f"{lead(Said(theme.plural(len(s.built.frame), what), s))} for {s.name}"
        for s in (first, second)
    ]
    refs = [dict.fromkeys(filter(None, row_refs(catalogue, f))) for f in frames]
    both = tuple(ref for ref in refs[0] if ref in refs[1])
    shared = ""
    if refs[0] and refs[1]:
        shared = f"; {lead(Said(f'{len(both)} in both', refs=both)) if both else '0 in both'}"
    return f"{' and '.join(said)}{shared}."


def same_axes(first: go.Figure, second: go.Figure) -> tuple[go.Figure, go.Figure]:
    """Copies of two figures whose horizontal axes of numbers have the same range.

    Figures whose axes are categories, or set no range, stay as they are.
    """
    ranges = [figure.layout.xaxis.range for figure in (first, second)]
    kinds = [figure.layout.xaxis.type for figure in (first, second)]
    numbers = all(r is not None and all(isinstance(end, int | float) for end in r) for r in ranges)
    if not numbers or kinds[0] != kinds[1] or ranges[0] == ranges[1]:
        return first, second
    if any(figure.layout.xaxis.categoryarray is not None for figure in (first, second)):
        return first, second
    shared = [min(r[0] for r in ranges), max(r[1] for r in ranges)]
    copies = [go.Figure(figure) for figure in (first, second)]
    for copy in copies:
        copy.layout.xaxis.range = shared
    return copies[0], copies[1]
