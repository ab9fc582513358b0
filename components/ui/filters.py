"""One filter bar for all pages, and the selection that the address carries.

The selection of a session is one value (``_state``). Controls, chips, clicks on charts and links
all write to it; controls show what it says. That way a filter that no control shows at the moment,
because its part of the bar is closed, is kept all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from components.ui import address
from components.ui.text import plain, text
from data import Catalogue, Selection
from data.facets import counted, facet
from data.map_rows import DEFAULT_VINTAGE
from data.query import DIMENSION_NAMES, value_label
from data.selection import plain_text
from data.suggest import suggestion
from data.vintages import areas, resolve

FIRST: Final = ("sector", "region", "icb")
"""Filters that are always in view."""
FILTERS: Final = (
    *FIRST, "collaborative", "organisation", "governance", "scope", "formed", "benefit", "service",
    "status", "grade", "tier",
)  # fmt: skip
ON_PAGE: Final = {"benefits": ("service", "grade")}
"""Filters that a page draws itself, because there they are what is asked for."""
SINGLE: Final = ("vintage", "wave", "q")
CARRIED: Final = (*FILTERS, *SINGLE)
_LABELS: Final = {
    "sector": "Sector",
    "region": "Region",
    "icb": "System (ICS)",
    "governance": "Governance model",
    "scope": "Scope",
    "formed": "Year formed",
    "collaborative": "Collaborative",
    "organisation": "Trust or partner",
    "benefit": "Benefit of scale",
    "service": "Service",
    "status": "Status of outcomes",
    "grade": "Grade of evidence",
    "tier": "Tier of source",
}
_LONG: Final = ("collaborative", "organisation", "icb", "service")
"""Lists that are read from the top: what would leave nothing stands at their end."""
_COUNT: Final = re.compile(r" \(\d+\)$")
_STATE, _BARE, _DROPPED = "_filters", "_filters-of-bare-address", "_filters-dropped"


def _key(dimension: str) -> str:
    return f"filter-{dimension}"


def current() -> Selection:
    """The selection of this session."""
    state: Selection = st.session_state.get(_STATE, Selection())
    return state


def _set(selection: Selection) -> None:
    st.session_state[_STATE] = selection
    if not selection.active:
        # From now on the address without filters means that nothing is filtered.
        st.session_state.setdefault(_BARE, {})[address.now().page] = selection


def _adopt(tables: Catalogue, arrival: address.Arrival) -> None:
    """Take the filters from the address when it says something that this session did not write.

    A page of the menu has an address without filters, and the filters come along; the browser's
    back button may lead to such an address too, which then means what it meant before.
    """
    params = {k: v for k, v in arrival.params.items() if k in CARRIED}
    bare: dict[str, Selection] = st.session_state.setdefault(_BARE, {})
    if arrival.is_new and (params or arrival.is_history):
        selection, dropped = Selection.from_params(
            params, tables.known_values, partial(suggestion, tables)
        )
        if not params:
            selection = bare.get(arrival.page, Selection())
        st.session_state[_STATE], st.session_state[_DROPPED] = selection, dropped
    elif arrival.is_other_page:
        bare[arrival.page] = current()
        st.session_state[_DROPPED] = ()


def _write(selection: Selection) -> None:
    """Put the filters into the address; other parameters are left alone."""
    target = selection.to_params()
    for param in CARRIED:
        address.put(param, target.get(param))


def clear(dimension: str | None = None, value: str | None = None) -> None:
    """Clear every filter, one dimension, or one value; for callbacks."""
    _set(Selection() if dimension is None else current().without(dimension, value))


def choose(dimension: str, values: list[str]) -> None:
    """Set one dimension; for callbacks."""
    changed: dict[str, Any] = {dimension: "".join(values[:1]) if dimension in SINGLE else values}
    _set(replace(current(), **changed))


def set_vintage(tables: Catalogue, vintage: str) -> None:
    """Show the boundaries of another vintage; systems selected become those that followed."""
    state = current()
    icb = tuple(resolve(tables, state.icb, vintage))
    _set(replace(state, vintage="" if vintage == DEFAULT_VINTAGE else vintage, icb=icb))


def toggle(dimension: str, value: str) -> None:
    """Add a value to a dimension, or take it away; for callbacks."""
    chosen = getattr(current(), dimension)
    if isinstance(chosen, str):
        choose(dimension, [] if chosen == value else [value])
    elif value in chosen:
        clear(dimension, value)
    else:
        choose(dimension, [*chosen, value])


def meant(
    tables: Catalogue, selection: Selection, dimension: str, told: Iterable[str]
) -> list[str]:
    """The values that a control's answer means.

    A browser answers with what an option said. Its count may have changed since (another filter
    was set in the same moment); Streamlit then hands on the words instead of the value.

    Args:
        tables: The catalogue.
        selection: The filters; a system of both vintages means that of the vintage shown.
        dimension: One of ``FILTERS``.
        told: Values, or labels with a count that no longer holds; what is neither is left out.
    """
    known = tables.known_values[dimension]
    # What is shown comes last, so that of two values with one name it is the one that counts.
    shown = options_of(tables, selection, dimension)
    labels = {value_label(tables, dimension, value): value for value in (*known, *shown)}
    values = (one if one in known else labels.get(_COUNT.sub("", one)) for one in told)
    return [value for value in values if value is not None]


def _changed(tables: Catalogue, dimension: str) -> None:
    """A control was used; its callback."""
    value = st.session_state[_key(dimension)]
    if dimension == "q":
        choose(dimension, [plain_text(value)])
    else:
        choose(dimension, meant(tables, current(), dimension, value or ()))


def options_of(tables: Catalogue, selection: Selection, dimension: str) -> dict[str, str]:
    """Value -> label with the number of rows that it leaves, in the order in which they are shown.

    Args:
        tables: The catalogue.
        selection: The filters.
        dimension: One of ``FILTERS``.
    """
    counts = facet(tables, selection, dimension)
    order = list(tables.known_values[dimension])
    if dimension == "collaborative":
        order.sort(key=lambda v: value_label(tables, dimension, v).lower())
    if dimension == "icb":
        names = areas(tables, selection.vintage or DEFAULT_VINTAGE).sort_values("short_name")
        order = list(dict.fromkeys([*names["area_id"], *selection.icb]))
    if dimension in _LONG:
        order.sort(key=lambda v: not counts[v])
    return {v: f"{value_label(tables, dimension, v)} ({counts[v]})" for v in order}


def _show(key: str, value: Any) -> None:
    """Have a control show a value; one that shows it already is left alone while it is used."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def box(tables: Catalogue, selection: Selection, dimension: str) -> None:
    """Draw the control of one filter, with the rows that each choice leaves."""
    options = options_of(tables, selection, dimension)
    _show(_key(dimension), [v for v in getattr(selection, dimension) if v in options])
    st.multiselect(
        _LABELS[dimension],
        list(options),
        format_func=lambda value: options.get(value, value),
        key=_key(dimension),
        placeholder="All",
        select_all=False,
        on_change=_changed,
        args=(tables, dimension),
    )


def _bar(tables: Catalogue, selection: Selection, page: str) -> None:
    """The controls; what is not asked for often is drawn when its part of the bar is opened."""
    _show(_key("q"), selection.q)
    st.text_input(
        "Filter every page",
        key=_key("q"),
        placeholder="Words in names and outcomes",
        on_change=_changed,
        args=(tables, "q"),
        help=text("words-help"),
    )
    for dimension in FIRST:
        box(tables, selection, dimension)
    rest = [d for d in FILTERS if d not in (*FIRST, *ON_PAGE.get(page, ()))]
    used = sum(d in rest for d, _ in selection.active)
    more_of = f"More filters ({used} used)" if used else "More filters"
    more = st.expander(more_of, key="more-filters", on_change="rerun")
    if more.open:
        with more:
            for dimension in rest:
                box(tables, selection, dimension)
            _wave(tables, selection)
    st.caption(
        f"In brackets: {counted(selection, FIRST[0])} that each choice leaves under the other "
        "filters."
    )


def _wave(tables: Catalogue, selection: Selection) -> None:
    """The wave of the survey, where there is a choice."""
    waves = tables.table("survey_waves").set_index("wave_id")["title"]
    if len(waves) < 2:
        return
    _show(_key("wave"), selection.wave or None)
    st.selectbox(
        "Survey wave",
        list(waves.index),
        index=None,
        format_func=lambda w: str(waves[w]),
        key=_key("wave"),
        placeholder="The latest",
        on_change=lambda: choose("wave", [st.session_state[_key("wave")] or ""]),
    )


def draw(tables: Catalogue, arrival: address.Arrival, unusable: tuple[str, ...] = ()) -> Selection:
    """Draw the filter bar and return the selection.

    Args:
        tables: The catalogue, for the options and their names.
        arrival: How this run came about.
        unusable: Sentences for other parts of the address that could not be used.

    Returns:
        What the filters say, the same on every page.
    """
    _adopt(tables, arrival)
    selection = current()
    with st.sidebar:
        _bar(tables, selection, arrival.page)
        st.button(
            "Clear all filters", on_click=clear, disabled=not selection.active, width="stretch"
        )
    _write(selection)
    # These two places exist on every run: an element that comes and goes would move all that
    # follow it, and what has moved is sent again, maps included.
    notices, chips = (
        st.container(),
        st.container(horizontal=True, gap="small", key="active-filters"),
    )
    dropped = (*st.session_state.get(_DROPPED, ()), *unusable)
    if dropped:
        notices.warning(
            f"Part of this link could not be used: {plain('; '.join(dropped))}. The rest is shown.",
            icon="⚠️",
        )
        st.session_state[_DROPPED] = ()
    with chips:
        _draw_active(tables, selection)
    return selection


def _draw_active(tables: Catalogue, selection: Selection) -> None:
    """Name the active filters; each is cleared by a click on it."""
    for dimension, value in selection.active:
        st.button(
            f"{DIMENSION_NAMES[dimension].capitalize()}: {value_label(tables, dimension, value)} ✕",
            key=f"clear-{dimension}-{value}",
            on_click=clear,
            args=(dimension, value),
            help="Clear this filter",
        )
    if selection.active:
        st.button("Clear filters", key="clear-all", on_click=clear, type="tertiary")
