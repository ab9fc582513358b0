"""Two selections of one exhibit set against each other: in a sentence, and on the same axes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.appearances import row_refs
from components.exhibits.base import Built
from data.catalogue import Catalogue
from data.selection import Selection


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, the filters, and the exhibit built for them."""

    name: str
    selection: Selection
    built: Built


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
    frames = first.built.frame, second.built.frame
    if all({"question_id", "option", "group", "percent"} <= set(f.columns) for f in frames):
        return _answers(catalogue, first, second)
    if frames[0].equals(frames[1]):
        return "Both sides show the same rows: this exhibit is not split by what differs."
    said = [f"{theme.plural(len(s.built.frame), 'row')} for {s.name}" for s in (first, second)]
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
