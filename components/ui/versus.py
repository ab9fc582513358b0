"""One exhibit for two selections, side by side: the filters of the bar, and one of them swapped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import theme
from components.exhibits import REGISTRY, Exhibit
from components.exhibits.contrast import Side, difference, same_axes
from components.exhibits.deck import HEIGHTS, DeckMap
from components.ui import cache, card
from components.ui.choice import choose_one, choose_several
from components.ui.filters import FILTERS, options_of
from components.ui.legend import legend_html
from components.ui.table import show_table
from components.ui.text import plain
from data import Catalogue, Selection
from data.query import DIMENSION_NAMES, value_label

_FIRST = "delegation-intent"
_MOST = 12


def _exhibits() -> dict[str, str]:
    """Exhibits that a filter of the bar changes and that need no choice of their own."""
    return {
        e.id: e.title for e in REGISTRY if not e.needs and any(d in e.responds_to for d in FILTERS)
    }


def _name(tables: Catalogue, selection: Selection, dimension: str) -> str:
    values = getattr(selection, dimension)
    labels = [value_label(tables, dimension, v) for v in values]
    return " or ".join(labels) if labels else f"every {DIMENSION_NAMES[dimension]}"


def _draw(exhibit: Exhibit, side: Side, figure: go.Figure | None, key: str) -> None:
    """One side: its name, what it says, its picture, and the words that belong to it."""
    with st.container(border=True, key=f"side-{key}"):
        st.markdown(f"#### {side.name}\n{side.built.reading}", anchors=False)
        built = side.built
        if built.empty is not None and not isinstance(built.figure, DeckMap):
            st.info(built.empty.widen, icon="ℹ️")
            return
        if figure is not None:
            st.plotly_chart(
                theme.themed(figure, card.theme_name()),
                key=f"side-chart-{key}",
                theme=None,
                config=card.PLOTLY_CONFIG,
                height=int(figure.layout.height),
                alt=f"{exhibit.alt} {built.reading}",
            )
        elif isinstance(built.figure, DeckMap):
            name = card.theme_name()
            st.pydeck_chart(
                built.figure.for_theme(name, card.device()),
                height=HEIGHTS[card.device()],
                key=f"side-map-{key}",
                alt=f"{exhibit.alt} {built.reading}",
            )
            st.html(legend_html(built.figure, name))
        else:
            show_table(built.frame, key=f"side-table-{key}", title=exhibit.title,
                       ready=cache.arrow(built, card.KEY_COLUMNS))  # fmt: skip
        st.caption(card.words(exhibit, built, side.selection))


def show(tables: Catalogue, selection: Selection) -> None:
    """The two sides, and how they differ.

    Args:
        tables: The catalogue.
        selection: The filters of the bar: the first side.
    """
    places = st.columns([0.42, 0.22, 0.36])
    exhibits = _exhibits()
    with places[0]:
        exhibit = REGISTRY[choose_one("Exhibit", "exhibit", exhibits, "Delegation") or _FIRST]
    dimensions: dict[str, str] = {
        d: DIMENSION_NAMES[d].capitalize() for d in FILTERS if d in exhibit.responds_to
    }
    with places[1]:
        swapped = choose_one("Second side differs in", "swap", dimensions, "Sector")
    swapped = swapped or next(iter(dimensions))
    options = options_of(tables, selection, swapped)
    with places[2]:
        to, dropped = choose_several(
            "and shows", "to", options, "Choose what it shows", _MOST, remembers=False
        )
    if dropped:
        st.warning(f"Part of this link could not be used: {plain('; '.join(dropped))}.", icon="⚠️")
    other: dict[str, Any] = {swapped: to}
    both = selection, replace(selection, **other)
    if both[0] == both[1]:
        st.info(
            f"Both sides show {_name(tables, selection, swapped)}. The first side follows the "
            "filters beside; choose above what the second side shows instead.",
            icon="ℹ️",
        )
    sides = [
        Side(_name(tables, chosen, swapped), chosen, cache.built(exhibit.id, chosen))
        for chosen in both
    ]
    if both[0] != both[1]:
        st.markdown(f"**{difference(tables, sides[0], sides[1])}**")
    figures = [s.built.figure if isinstance(s.built.figure, go.Figure) else None for s in sides]
    if figures[0] is not None and figures[1] is not None:
        figures = [*same_axes(figures[0], figures[1])]
    for place, side, figure, key in zip(st.columns(2), sides, figures, "ab", strict=True):
        with place:
            _draw(exhibit, side, figure, f"{exhibit.id}-{key}")
