"""One side of *Side by side*: its picture, which a click filters, and the words that go with it."""

from __future__ import annotations

from functools import partial
from typing import Final

import plotly.graph_objects as go
import streamlit as st

from components.exhibits import Built, Exhibit
from components.exhibits.contrast import Side, marked
from components.exhibits.deck import HEIGHTS, DeckMap
from components.exhibits.ordering import ordered, sortable
from components.ui import (
    area_ways,
    cache,
    card,
    card_words,
    picking,
    row_actions,
    sides,
    views,
    ways,
    whence,
)
from components.ui.filter_bar import Holder
from components.ui.legend import legend_html
from components.ui.order import Order
from components.ui.sides import CHOICES, Name
from components.ui.table import show_table
from components.ui.text import as_named
from data import Catalogue
from data.query import DIMENSION_NAMES

_AREA: Final = "**Choose** an area to filter {whose} by its system{dot}; choose it again to undo."
_DOT: Final = ", or a dot by its organisation"


def draw(
    tables: Catalogue, exhibit: Exhibit, side: Side, name: Name, figure: go.Figure | None
) -> None:
    """A side: what is chosen on it, its name, what it says, its picture, sources and files.

    Args:
        tables: The catalogue.
        exhibit: The exhibit.
        side: The exhibit built for the side.
        name: Which of the two it is.
        figure: Its chart as it is drawn, or ``None`` where it has none.
    """
    key, choice = f"{exhibit.id}-{name.lower()}", CHOICES.get(exhibit.id)
    holder, built = sides.holder(tables, name, exhibit.id), side.built
    with st.container(border=True, key=f"side-{key}"):
        if choice is not None:
            sides.choice_box(tables, name, choice)
        said = ""
        if built.empty is None:
            said = f"\n{ways.sentence(tables, built, exhibit.id, side.selection)}"
        st.markdown(f"## {side.name}{said}", anchors=False)
        if built.empty is not None:
            st.info(
                as_named(tables, f"{built.empty.reason} {built.empty.widen}"),
                icon=":material/info:",
            )
        clicks = ""
        # An element that comes and goes would move all that follow it.
        with st.container():
            if built.empty is None or isinstance(built.figure, DeckMap):
                clicks = _picture(tables, exhibit, side, key, figure, holder)
                instead = _in_place(name, exhibit)
                card_words.tell(
                    built,
                    card_words.words(exhibit, built, side.selection),
                    "  \n".join(w for w in (clicks, instead) if w),
                    card_words.not_applied(exhibit, built, side.selection),
                    narrow=card.device() == "narrow",
                )
            if built.empty is None:
                order = _order(tables, exhibit, built)
                rows = built if order is None else ordered(built, tables, order.sort)
                # Both sides have one order: its list stands below A.
                card.download(
                    exhibit, rows, side.selection, f"side-{key}", order, chooses=name == "A"
                )


def _order(tables: Catalogue, exhibit: Exhibit, built: Built) -> Order | None:
    """The order of the rows of an exhibit that is a table here, ``None`` for others."""
    if built.figure is not None or built.is_statements:
        return None
    return views.order(exhibit.id, sortable(tables, built.frame))


def _picture(
    tables: Catalogue, exhibit: Exhibit, side: Side, key: str, figure: go.Figure | None,
    holder: Holder,
) -> str:  # fmt: skip
    """Draw what a side shows; what a click on it does, in a sentence, or ``""``."""
    built = side.built
    if figure is not None:
        return _chart(tables, exhibit, built, figure, key, holder)
    if isinstance(built.figure, DeckMap):
        return _map(tables, exhibit, side, key, holder)
    if built.is_statements:
        words_of = cache.statements(built, exhibit.id, f"side-{key}")
        st.html(words_of.html)
        # Goes to a place of its own, and is sent on every run so that nothing moves.
        st.html(f"<style>{words_of.style}</style>")
        return ""
    order = views.order(exhibit.id, sortable(tables, built.frame))
    built, table = ordered(built, tables, order.sort), f"side-table-{key}"
    refs = row_actions.refs_of_built(tables, built)
    row_actions.draw(tables, table, exhibit.id, built.frame, refs, holder)
    show_table(
        built.frame,
        key=row_actions.table_key(table),
        title=f"{exhibit.title}, {side.name}",
        ready=cache.arrow(built, card.KEY_COLUMNS),
        narrow=card.device() == "narrow",
        on_tick=row_actions.ticker(tables, built.frame, refs, table, exhibit.id, holder),
        order=order,
    )
    views.keep(exhibit.id, views.LIST)
    return ""


def _chart(
    tables: Catalogue, exhibit: Exhibit, built: Built, figure: go.Figure, key: str, holder: Holder
) -> str:
    says, chart = picking.click_says(built, holder.whose), f"side-chart-{key}"
    place = st.container(key=f"scroll-{key}") if card.scrolls(built) else st
    place.plotly_chart(
        figure,
        key=chart,
        theme=None,
        config=card.PLOTLY_CONFIG,
        height=int(figure.layout.height),
        alt=f"{exhibit.alt} {built.reading}",
        on_select=partial(picking.on_chart, chart, exhibit.id, holder) if says else "ignore",
        selection_mode="points",
    )
    if says:
        whence.draw(tables, exhibit, built, holder)
    return says


def _map(tables: Catalogue, exhibit: Exhibit, side: Side, key: str, holder: Holder) -> str:
    theme, place = card.theme_name(), f"side-map-{key}"
    deck = marked(side.built, side.selection)
    st.pydeck_chart(
        deck.for_theme(theme, card.device()),
        height=HEIGHTS[card.device()],
        key=place,
        alt=f"{exhibit.alt} {side.built.reading}",
        on_select=partial(picking.on_map, place, holder),
        selection_mode="single-object",
    )
    st.html(legend_html(deck, theme))
    area_ways.draw_chosen(tables, exhibit, side.built, deck, side.selection, key)
    return _AREA.format(whose=holder.whose, dot=_DOT if deck.markers else "")


def _in_place(name: Name, exhibit: Exhibit) -> str:
    """That what is chosen stands in place of a filter that is set; ``""`` where it does not."""
    choice = CHOICES.get(exhibit.id)
    if choice is None:
        return ""
    tables, own = cache.catalogue()[0], sides.HOLDERS[name].current()
    filtered = getattr(own, choice.dimension)
    values = sides.picked(tables, name, choice)
    if not values or not filtered or filtered == values:
        return ""
    return (
        f":material/warning: What is chosen on this side stands in place of its filter for "
        f"{DIMENSION_NAMES[choice.dimension]}."
    )
