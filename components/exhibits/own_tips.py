"""Tooltips that say so where a mark or an area of a map holds rows of the reader's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import plotly.graph_objects as go

from components.exhibits.deck import Area, DeckMap
from components.exhibits.own_cited import plain
from components.exhibits.picks import row_of
from data.catalogue import Catalogue
from data.lineage import ref
from data.own.merging import MARK
from data.selection import Selection

if TYPE_CHECKING:
    from components.exhibits.base import Builder, Built

OF_MARK: Final = "Your own"
OF_AREA: Final = "Includes rows of your own"
_UNSHADED: Final = frozenset({"none", "filtered"})


def tipped(build: Builder, catalogue: Catalogue, selection: Selection, built: Built) -> Built:
    """The exhibit with its tooltips marked; those that name an own row say it already.

    Args:
        build: Builds it.
        catalogue: The tables, own rows included.
        selection: The filters.
        built: It, of which own rows change something.
    """
    if isinstance(built.figure, go.Figure):
        _of_marks(catalogue, built.figure)
        return built
    if not isinstance(built.figure, DeckMap) or catalogue.curated is None:
        return built
    known = catalogue.curated.known_values
    before: dict[str, Area] = {}
    # Filters that only own rows know leave nothing else: then every shaded area is theirs.
    if all(v in known.get(d, (v,)) for d, v in selection.active if d != "formed"):
        figure = plain(build, catalogue.curated, selection).figure
        before = {a.code: a for a in figure.areas} if isinstance(figure, DeckMap) else {}
    areas = tuple(_marked(area, before) for area in built.figure.areas)
    return replace(built, figure=replace(built.figure, areas=areas))


def _of_marks(catalogue: Catalogue, figure: go.Figure) -> None:
    own = {ref(table, *key) for table, keys in catalogue.own.items() for key in keys}
    for trace in figure.data:
        marks, tips = getattr(trace, "customdata", None), getattr(trace, "hovertext", None)
        if marks is None or tips is None or isinstance(tips, str):
            continue
        told = [
            f"{tip}<br>{OF_MARK}" if tip and MARK not in tip and row_of(mark) in own else tip
            for mark, tip in zip(marks, tips, strict=False)
        ]
        if told != list(tips):
            trace.hovertext = told


def _marked(area: Area, before: dict[str, Area]) -> Area:
    """An area with a line more where it is another with own rows."""
    if area.fill in _UNSHADED or any(MARK in line for line in area.detail):
        return area
    then = before.get(area.code)
    is_same = then is not None and replace(then, selected=area.selected) == area
    return area if is_same else replace(area, detail=(*area.detail, OF_AREA))
