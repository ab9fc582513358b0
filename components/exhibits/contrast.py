"""Two selections of one exhibit set against each other: in words, and on the same axes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

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


def _answers(catalogue: Catalogue, first: Side, second: Side) -> str:
    """The option on which the two groups of respondents differ most."""
    labels = dict(catalogue.schema.labels("survey_results", "sector_group"))
    groups = _group(first, labels), _group(second, labels)
    if groups[0] == groups[1]:
        return f"Both sides show {groups[0].lower()}: choose one sector on each side."
    shares = []
    for side, group in zip((first, second), groups, strict=True):
        frame = side.built.frame
        rows = frame[(frame["group"] == group) & frame["percent"].notna()]
        shares.append(rows.set_index(["question_id", "option"])["percent"].astype(float))
    both = pd.concat(shares, axis=1, join="inner", keys=["first", "second"])
    if both.empty:
        return (
            f"No option has a share published for both {groups[0]} and {groups[1]}: the report "
            "does not split them."
        )
    pairs = [
        (str(key[1]), float(one), float(other))
        for key, one, other in zip(both.index.to_list(), both["first"], both["second"], strict=True)
    ]
    option, one, other = max(pairs, key=lambda p: abs(p[1] - p[2]))
    head = (
        f"They differ most, of {len(pairs)} options published for both, on"
        if len(pairs) > 1
        else "Published for both is only"
    )
    return (
        f"{head} “{option}”: {theme.percent(one)} of {groups[0]} and {theme.percent(other)} of "
        f"{groups[1]}, {abs(one - other):.0f} points apart. Bases are small: read the intervals "
        "before calling it a difference."
    )


def _verdicts(side: Side) -> str:
    """In how many rows the subjects of a comparison differ."""
    rows = side.built.frame.drop_duplicates("aspect")
    return f"{side.name} differ in {int((rows['compared'] == 'differs').sum())} of {len(rows)} rows"


def difference(catalogue: Catalogue, first: Side, second: Side) -> str:
    """How the two sides differ, in words computed from both frames.

    Args:
        catalogue: The tables.
        first: One side.
        second: The other side, of the same exhibit.
    """
    if first.built.empty is not None or second.built.empty is not None:
        empty = [s.name for s in (first, second) if s.built.empty is not None]
        return f"There is nothing to set side by side: no rows for {' and for '.join(empty)}."
    if first.built.is_comparison and second.built.is_comparison:
        return f"{_verdicts(first)}; {_verdicts(second)}."
    frames = first.built.frame, second.built.frame
    if all({"question_id", "option", "group", "percent"} <= set(f.columns) for f in frames):
        return _answers(catalogue, first, second)
    if frames[0].equals(frames[1]):
        return "Both sides show the same rows: this exhibit is not split by what differs."
    what = "statement" if first.built.is_statements else "row"
    said = [f"{theme.plural(len(s.built.frame), what)} for {s.name}" for s in (first, second)]
    refs = [set(filter(None, row_refs(catalogue, f))) for f in frames]
    shared = f"; {len(refs[0] & refs[1])} in both" if refs[0] and refs[1] else ""
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
