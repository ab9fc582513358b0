"""The map to explore: what it shows, where it looks, a search, the map and its panel."""

from __future__ import annotations

import streamlit as st

from components.exhibits.map_views import VIEWS
from components.ui import address, card, filters, map_panel, map_search, vintage
from components.ui.cache import MapPlace
from components.ui.choice import choose_listed, choose_segment
from components.ui.filters import CARRIED
from components.ui.map_search import ENGLAND
from data import Catalogue, Selection
from data.map_rows import DEFAULT_VINTAGE
from data.vintages import resolve

_VIEWS = {view.id: view.label for view in VIEWS}
FORMS = {"map": "Map", "hexagons": "Hexagons"}
SELECTED = "selected"


def _look() -> None:
    """Look at England, a region or what is selected; a callback. The same again goes back."""
    place = st.session_state["map-zoom"]
    if place == SELECTED:
        focus = filters.current().icb
    else:
        focus = () if place in {ENGLAND, None} else (place,)
    map_search.go(focus)
    st.session_state["map-zoom"] = None


def _zoom(tables: Catalogue, selection: Selection, prompt: str) -> None:
    """Where the map looks."""
    st.selectbox(
        "Zoom to",
        [ENGLAND, *tables.regions, *([SELECTED] if selection.icb else [])],
        index=None,
        format_func=lambda p: {ENGLAND: "England", SELECTED: "What is selected"}.get(
            p, tables.regions.get(p, p)
        ),
        key="map-zoom",
        placeholder=prompt,
        on_change=_look,
        label_visibility="collapsed",
    )


def _form_and_vintage(tables: Catalogue, selection: Selection) -> str:
    """Form and boundaries side by side; returns the form."""
    first, second = st.columns([0.46, 0.54], wrap=False, gap="xsmall")
    with first:
        form = choose_segment("Form of the map", "form", FORMS)
    with second:
        vintage.choose(tables, selection)
    return form


def _exhibit(view: str, form: str) -> str:
    chosen = next(v for v in VIEWS if v.id == view)
    return chosen.exhibits[0 if form == "map" else 1]


def _place(tables: Catalogue, selection: Selection) -> MapPlace:
    """Where the map looks: where the reader or a link sent it; filters do not move it.

    An address without ``look`` looks at what it selects, so that it has to say it only otherwise.
    """
    selected, arrival = tuple(selection.icb or selection.region), address.now()
    is_told = arrival.is_history or any(p in arrival.params for p in (*CARRIED, map_search.PARAM))
    takes = address.takes(arrival, map_search.PARAM)
    if map_search.FOCUS not in st.session_state or (takes and is_told):
        asked = address.asked(map_search.PARAM)
        told = () if asked == ENGLAND else tuple(c for c in asked.split(",") if c != ENGLAND)
        st.session_state[map_search.FOCUS] = told if asked else selected
    focus = st.session_state[map_search.FOCUS]
    address.put(map_search.PARAM, None if focus == selected else ",".join(focus) or ENGLAND)
    regions = tuple(c for c in focus if c in tables.regions)
    others = [c for c in focus if c not in tables.regions]
    codes = resolve(tables, others, selection.vintage or DEFAULT_VINTAGE) if others else ()
    return MapPlace((*regions, *codes), st.session_state.get(map_search.NUDGE, 0))


def draw(tables: Catalogue, selection: Selection) -> None:
    """The map with its controls, search and panel."""
    draw_on = _narrow if card.device() == "narrow" else _wide
    draw_on(tables, selection)


def _wide(tables: Catalogue, selection: Selection) -> None:
    """The map, and beside it all that finds, turns and explains it."""
    left, right = st.columns([0.68, 0.32], gap="medium")
    with right:
        map_search.draw(tables, selection.vintage)
        form = _form_and_vintage(tables, selection)
        _zoom(tables, selection, "Zoom to England or a region")
        map_panel.draw(tables, selection)
    with left:
        st.markdown("# Footprints", anchors=False)
        view = choose_segment("What the map shows", "view", _VIEWS)
        card.show(_exhibit(view, form), selection, _place(tables, selection))


def _narrow(tables: Catalogue, selection: Selection) -> None:
    """One below the other, the map within the first screen whatever is selected."""
    st.markdown("# Footprints", anchors=False)
    map_search.draw(tables, selection.vintage, labelled=False)
    first, second = st.columns([0.64, 0.36], wrap=False, gap="xsmall")
    with first:  # a row of five buttons would be cut off
        view = choose_listed("What the map shows", "view", _VIEWS)
    with second:
        _zoom(tables, selection, "Zoom to …")
    form = _form_and_vintage(tables, selection)
    # Stands on every run: what would move the map would send it again.
    st.caption(map_panel.in_a_line(tables, selection))
    card.show(_exhibit(view, form), selection, _place(tables, selection))
    map_panel.draw(tables, selection)
