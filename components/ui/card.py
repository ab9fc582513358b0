"""The exhibit card: heading, reading, picture, base, caveats, sources, table and download."""

from __future__ import annotations

from functools import partial

import plotly.graph_objects as go
import streamlit as st

from components.exhibits import REGISTRY, Built, Exhibit
from components.exhibits.deck import HEIGHTS, DeckMap, Device, ThemeName
from components.exhibits.lines import lines_html
from components.exhibits.ordering import ordered, sortable
from components.export.own_mark import OWN
from components.export.tabular import file_name
from components.ui import (
    area_ways,
    cache,
    card_words,
    cells,
    cite,
    filters,
    marked,
    picking,
    row_actions,
    row_files,
    sides,
    takeaway,
    terms,
    views,
    ways,
    whence,
)
from components.ui.cache import MapPlace
from components.ui.legend import legend_html
from components.ui.order import Order
from components.ui.table import Looks, looks_of, show_table
from components.ui.text import as_named
from components.ui.views import CHART, IN_WORDS, LIST, NOTES, TABLE, TAKE_AWAY
from data import Selection
from data.memo import kept
from data.query import DIMENSION_NAMES, Empty

KEY_COLUMNS = ("collaborative_id", "icb_code", "other_source_ids", "question_id", "insight_id")
PLOTLY_CONFIG = {"displaylogo": False, "displayModeBar": False, "responsive": True,
                 "showSendToCloud": False, "scrollZoom": False}  # fmt: skip


def theme_name() -> ThemeName:
    """Whether the reader's browser shows the light or the dark theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def device() -> Device:
    """Whether the reader's browser says that it is a phone's."""
    return "narrow" if "Mobi" in st.context.headers.get("User-Agent", "") else "wide"


def first_view(built: Built) -> str:
    """Name of the view that an exhibit opens with."""
    if built.figure is None:
        return "List"
    return "Map" if isinstance(built.figure, DeckMap) else CHART


def opening(exhibit_id: str, built: Built) -> str:
    """Name of the view that the reader's device opens with: words, but for a link to a mark."""
    in_words = built.lines and device() == "narrow" and marked.now(exhibit_id) is None
    return IN_WORDS if in_words else first_view(built)


def show(
    exhibit_id: str, selection: Selection, place: MapPlace | None = None, level: int = 2
) -> None:
    """Show a registered exhibit under a selection.

    Args:
        exhibit_id: Id in the registry.
        selection: The filters.
        place: Where a map looks, if not at what is selected.
        level: Level of its heading, one below that of what it belongs to.
    """
    exhibit, built = REGISTRY[exhibit_id], cache.built(exhibit_id, selection)
    if place is not None:
        built = cache.placed(built, place)
    with st.container(border=True, key=f"exhibit-{exhibit_id}"):
        # Where the reader asked the question by a control above, the map comes sooner without it.
        head = f"{'#' * level} {exhibit.title}"
        if place is None:
            head += f"\n:small[{exhibit.question}]"
        if built.empty is None:
            reading = ways.sentence(cache.catalogue()[0], built, exhibit_id, selection)
            reading = terms.once(reading, f"{exhibit_id}-reading", 2)
            head += f"\n\n**{reading}**"
        st.markdown(head, anchors=False)
        if built.empty is not None:
            _empty(built.empty, exhibit.id)
        if built.empty is None or isinstance(built.figure, DeckMap):
            view = _picture_or_table(exhibit, built, selection)
            _footer(exhibit, built, selection, view)
        else:
            ignored = card_words.not_applied(exhibit, built, selection)
            if ignored:
                st.caption(ignored)


def _picture_or_table(exhibit: Exhibit, built: Built, selection: Selection) -> str:
    """Draw what the reader chose below; the choice stands in the footer."""
    view = views.current(exhibit.id, opening(exhibit.id, built))
    if view == NOTES:
        card_words.sources(exhibit, built, selection)
        cite.show(exhibit.id, built, selection, takeaway.address())
    elif view == IN_WORDS:
        st.html(lines_html(built.lines))
    elif view == TAKE_AWAY:
        takeaway.for_exhibit(exhibit, selection)
    elif view == TABLE or (built.figure is None and not built.is_statements):
        _rows(exhibit, built, selection)
    elif built.figure is None:
        words_of = cache.statements(built, exhibit.id)
        st.html(words_of.html)
        # Goes to a place of its own, and is sent on every run so that nothing moves.
        st.html(f"<style>{words_of.style}</style>")
    elif isinstance(built.figure, DeckMap) and view == LIST:
        way = area_ways.of_map(cache.catalogue()[0], exhibit, built, selection)
        picking.show_list(exhibit.id, built.figure, way)
    elif isinstance(built.figure, DeckMap):
        _deck(exhibit, built, built.figure)
        tables = cache.catalogue()[0]
        area_ways.draw_chosen(tables, exhibit, built, built.figure, selection, exhibit.id)
    else:
        _chart(exhibit, built, cache.figure(built, theme_name(), device()))
    return view


def _rows(exhibit: Exhibit, built: Built, selection: Selection) -> None:
    """The table, what a tick on a row of it did, and its rows as files."""
    tables, key = cache.catalogue()[0], f"table-{exhibit.id}"
    order = views.order(exhibit.id, sortable(tables, built.frame))
    rows = ordered(built, tables, order.sort)
    refs = row_actions.refs_of_built(tables, rows)
    row_actions.draw(tables, key, exhibit.id, rows.frame, refs)
    show_table(
        rows.frame,
        key=row_actions.table_key(key),
        title=exhibit.title,
        ready=cache.arrow(rows, KEY_COLUMNS),
        looks=_looks(built, device() == "narrow"),
        narrow=device() == "narrow",
        on_tick=row_actions.ticker(tables, rows.frame, refs, key, exhibit.id),
        order=order,
    )
    download(exhibit, rows, selection, exhibit.id, order)


@kept(2)
def _looks(built: Built, narrow: bool) -> Looks:
    return looks_of(built.frame, narrow=narrow)


def scrolls(built: Built) -> bool:
    """Whether a chart is drawn in a box that scrolls sideways: on a phone one that is wide."""
    return built.scrolls and device() == "narrow"


def _chart(exhibit: Exhibit, built: Built, figure: go.Figure) -> None:
    place = st.container(key=f"scroll-{exhibit.id}") if scrolls(built) else st
    key = f"chart-{exhibit.id}"
    place.plotly_chart(
        figure,
        key=key,
        theme=None,
        config=PLOTLY_CONFIG,
        height=int(figure.layout.height),
        alt=f"{exhibit.alt} {built.reading}",
        on_select=cells.on_click(exhibit.id)
        or (partial(picking.on_chart, key, exhibit.id) if picking.click_says(built) else "ignore"),
        selection_mode="points",
    )
    if picking.click_says(built):
        whence.draw(cache.catalogue()[0], exhibit, built)


def _deck(exhibit: Exhibit, built: Built, deck: DeckMap) -> None:
    name = theme_name()
    key = f"map-{exhibit.id}"
    st.pydeck_chart(
        deck.for_theme(name, device()),
        height=HEIGHTS[device()],
        key=key,
        alt=f"{exhibit.alt} {built.reading} The view “List” has the same areas as a list.",
        on_select=partial(picking.on_map, key),
        selection_mode="single-object",
    )
    st.html(legend_html(deck, name))


def _say(exhibit: Exhibit, built: Built, selection: Selection, clicks: str) -> None:
    """Base, notes, caveats and sources below a card."""
    whole = terms.once(card_words.words(exhibit, built, selection), f"{exhibit.id}-words")
    card_words.tell(
        built, whole, clicks, card_words.not_applied(exhibit, built, selection),
        narrow=device() == "narrow",
    )  # fmt: skip


def _footer(exhibit: Exhibit, built: Built, selection: Selection, view: str) -> None:
    if view != NOTES:
        says = cells.SAYS if exhibit.id in cells.OPENS else picking.click_says(built)
        clicks = says if view == first_view(built) else ""
        # A link in the text: an element of its own on every card sends three times as much.
        beside = f"[Two selections side by side]({sides.link_to(exhibit.id, selection)})"
        _say(exhibit, built, selection, f"{clicks} {beside}".strip())
    choices = [first_view(built), TABLE, NOTES, TAKE_AWAY]
    if isinstance(built.figure, DeckMap):
        choices.insert(1, LIST)
    if built.lines:
        choices.insert(0 if opening(exhibit.id, built) == IN_WORDS else 1, IN_WORDS)
    if built.figure is None and not built.is_statements:
        choices.remove(TABLE)
    views.choose(exhibit.id, exhibit.title, choices)


def download(
    exhibit: Exhibit,
    built: Built,
    selection: Selection,
    name: str,
    order: Order | None = None,
    *,
    chooses: bool = True,
) -> None:
    """Offer the rows as files, each in one click: made when it is asked for.

    Args:
        exhibit: The exhibit.
        built: What it is under the filters.
        selection: The filters.
        name: What tells the place from others on the page.
        order: The order that the rows are in, where they can have another.
        chooses: Whether it is chosen here.
    """
    own = selection.only(exhibit.responds_to)
    said = () if order is None else order.said
    with st.container(horizontal=True, gap="small"):
        for kind in row_files.FIRST:
            st.download_button(
                f"Download {kind.short}",
                data=partial(row_files.exhibit_file, kind, exhibit.id, built, selection, said),
                file_name=file_name(exhibit.id, own, kind.ending, is_own=OWN in built.caveats),
                mime=kind.mime,
                key=f"{kind.key}-{name}",
                on_click="ignore",
                help=kind.help,
            )
        if order is not None and chooses:
            views.choose_order(exhibit.id, exhibit.title, order)


def _empty(empty: Empty, exhibit_id: str) -> None:
    """Why there is nothing, and one click to widen."""
    said = as_named(cache.catalogue()[0], f"{empty.reason} {empty.widen}")
    st.info(said, icon=":material/info:")
    with st.container(horizontal=True, gap="small"):
        for dimension in empty.dimensions:
            st.button(
                f"Clear {DIMENSION_NAMES[dimension]}",
                key=f"widen-{exhibit_id}-{dimension}",
                on_click=filters.clear,
                args=(dimension,),
            )
