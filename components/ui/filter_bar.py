"""The bar of filters on every page, and the filters that are set, named above it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

from components.ui import filters, opening
from components.ui.filters import FILTERS
from components.ui.text import as_named, text
from data import Catalogue, Selection
from data.facets import counted, facet
from data.map_rows import DEFAULT_VINTAGE
from data.memo import kept
from data.query import DIMENSION_NAMES, value_label
from data.selection import plain_text
from data.vintages import areas

FIRST: Final = ("sector", "region", "icb")
"""Filters that are always in view."""
ON_PAGE: Final = {"benefits": ("service", "grade")}
"""Filters that a page draws itself, because there they are what is asked for."""
UNMOVED: Final = ("dictionary", "glossary", "own", "row")
"""Pages of which the filters change nothing and no exhibit says so; Compare says it at its head."""
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


@dataclass(frozen=True)
class Holder:
    """Whose filters some controls show.

    Attributes:
        prefix: Beginning of the keys of the controls.
        current: Gives the selection.
        apply: Sets it, and the parameters that the same action sets beside it
            (``filters.apply``), as one step that back undoes; for callbacks.
        whose: What it filters, in words.
        mark: Name of the parameter of what was clicked last under it.
    """

    prefix: str
    current: Callable[[], Selection]
    apply: Callable[..., None]
    whose: str = "every page"
    mark: str = filters.MARK

    def is_on(self, *picks: tuple[str, str]) -> bool:
        """Whether every one of some values is chosen."""
        return filters.holds(self.current(), *picks)

    def toggle(self, *picks: tuple[str, str], beside: Mapping[str, str] | None = None) -> None:
        """Toggle values (see ``filters.toggled``), as one step; for callbacks."""
        self.apply(filters.toggled(self.current(), *picks), beside)

    def key(self, dimension: str) -> str:
        """Key of the control of a dimension."""
        return f"{self.prefix}-{dimension}"


BAR: Final = Holder("filter", filters.current, filters.apply)
"""The filters of the bar, which hold on every page."""


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


def _changed(tables: Catalogue, dimension: str, holder: Holder) -> None:
    """A control was used; its callback."""
    value, selection = st.session_state[holder.key(dimension)], holder.current()
    if dimension == "q":
        values = [plain_text(value)]
    elif dimension == "wave":
        values = [value] if value else []
    else:
        values = meant(tables, selection, dimension, value or ())
    holder.apply(filters.with_dimension(selection, dimension, values))


@kept(120)
def options_of(tables: Catalogue, selection: Selection, dimension: str) -> Mapping[str, str]:
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
    labels = {v: f"{value_label(tables, dimension, v)} ({counts[v]})" for v in order}
    return MappingProxyType(labels)


def _show(key: str, value: Any) -> None:
    """Have a control show a value; one that shows it already is left alone while it is used."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def box(tables: Catalogue, selection: Selection, dimension: str, holder: Holder = BAR) -> None:
    """Draw the control of one filter, with the rows that each choice leaves."""
    options = options_of(tables, selection, dimension)
    key = holder.key(dimension)
    _show(key, [v for v in getattr(selection, dimension) if v in options])
    st.multiselect(
        _LABELS[dimension],
        list(options),
        format_func=lambda value: options.get(value, value),
        key=key,
        placeholder="All",
        select_all=False,
        on_change=_changed,
        args=(tables, dimension, holder),
    )


def words_box(tables: Catalogue, selection: Selection, label: str, holder: Holder = BAR) -> None:
    """Draw the box for words in names and outcomes."""
    _show(holder.key("q"), selection.q)
    st.text_input(
        label,
        key=holder.key("q"),
        placeholder="Words in names and outcomes",
        on_change=_changed,
        args=(tables, "q", holder),
        help=text("words-help"),
    )


def _bar(tables: Catalogue, selection: Selection, page: str) -> None:
    """The controls; what is not asked for often is drawn when its part of the bar is opened."""
    words_box(tables, selection, "Filter every page")
    for dimension in FIRST:
        box(tables, selection, dimension)
    rest = [d for d in FILTERS if d not in (*FIRST, *ON_PAGE.get(page, ()))]
    used = sum(d in rest for d, _ in selection.active)
    # Its words stay the same: with others it would be another one, closed after every choice.
    more = opening.expander("More filters", "more-filters")
    if more.open:
        with more:
            for dimension in rest:
                box(tables, selection, dimension)
            wave_box(tables, selection)
    said = f"**{used} set under “More filters”.** " if used else ""
    st.caption(
        f"{said}In brackets: {counted(selection, FIRST[0])} that each choice leaves under the "
        "other filters."
    )


def wave_box(tables: Catalogue, selection: Selection, holder: Holder = BAR) -> None:
    """The wave of the survey, where there is a choice, with the answers that each has."""
    waves = tables.table("survey_waves").set_index("wave_id")["title"]
    if len(waves) < 2:
        return
    answers = tables.table("survey_results")["wave_id"].value_counts()
    _show(holder.key("wave"), selection.wave or None)
    st.selectbox(
        "Survey wave",
        list(waves.index),
        index=None,
        format_func=lambda w: f"{waves[w]} ({answers.get(w, 0)})",
        key=holder.key("wave"),
        placeholder="The latest",
        on_change=_changed,
        args=(tables, "wave", holder),
    )


def draw(tables: Catalogue, page: str) -> Selection:
    """Draw the filter bar and what is set, and return the selection.

    Args:
        tables: The catalogue, for the options and their names.
        page: Address of the page.

    Returns:
        What the filters say, the same on every page.
    """
    selection = filters.current()
    with st.sidebar:
        _bar(tables, selection, page)
        st.button(
            "Clear all filters",
            on_click=filters.clear,
            disabled=not selection.active,
            width="stretch",
        )
    filters.write(selection)
    # This place exists on every run: an element that comes and goes would move all that follow it,
    # and what has moved is sent again, maps included.
    with st.container(horizontal=True, gap="small", key="active-filters"):
        _draw_active(tables, selection)
        if selection.active and page in UNMOVED:
            st.caption("The filters change nothing on this page.", width="content")
    return selection


def _draw_active(tables: Catalogue, selection: Selection) -> None:
    """Name the active filters; each is cleared by a click on it."""
    for dimension, value in selection.active:
        label = as_named(tables, value_label(tables, dimension, value))
        st.button(
            f"{DIMENSION_NAMES[dimension].capitalize()}: {label} ✕",
            key=f"clear-{dimension}-{value}",
            on_click=filters.clear,
            args=(dimension, value),
            help="Clear this filter",
        )
    if selection.active:
        st.button("Clear filters", key="clear-all", on_click=filters.clear, type="tertiary")
