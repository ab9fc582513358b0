"""One filter bar for all pages, and the selection that the address carries."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data import Catalogue, Selection
from data.map_rows import DEFAULT_VINTAGE
from data.query import DIMENSION_NAMES, value_label
from data.vintages import areas, resolve

FILTERS = (
    "sector", "region", "icb", "collaborative", "organisation", "governance", "status", "tier",
)  # fmt: skip
# Set on the page with the map, kept in the address like the others.
SINGLE = ("vintage",)
CARRIED = (*FILTERS, *SINGLE)
_LABELS = {
    "sector": "Sector",
    "region": "Region",
    "icb": "System (ICS)",
    "governance": "Governance model",
    "collaborative": "Collaborative",
    "organisation": "Trust or partner",
    "status": "Status of outcomes",
    "tier": "Tier of source",
}
_WRITTEN = "_written_params"


def _key(dimension: str) -> str:
    return f"filter-{dimension}"


def _options(tables: Catalogue, dimension: str) -> list[str]:
    known = tables.known_values[dimension]
    if dimension == "collaborative":
        return sorted(known, key=lambda v: value_label(tables, dimension, v).lower())
    if dimension == "icb":
        vintage = st.session_state.get(_key("vintage")) or DEFAULT_VINTAGE
        names = areas(tables, vintage).sort_values("short_name")["area_id"]
        chosen = st.session_state.get(_key("icb"), [])
        return list(dict.fromkeys([*names, *chosen]))
    return list(known)


def _adopt_address(tables: Catalogue) -> tuple[str, ...]:
    """Take the filters from the address when it says something that this session did not write."""
    params = {k: v for k, v in st.query_params.to_dict().items() if k in CARRIED}
    known = _WRITTEN in st.session_state
    if known and (not params or params == st.session_state[_WRITTEN]):
        return ()
    selection, dropped = Selection.from_params(params, tables.known_values)
    for dimension in FILTERS:
        st.session_state[_key(dimension)] = list(getattr(selection, dimension))
    for dimension in SINGLE:
        st.session_state[_key(dimension)] = getattr(selection, dimension)
    return dropped


def _write_address(selection: Selection) -> None:
    """Keep the address in step; other parameters are left alone."""
    target = selection.to_params()
    current = st.query_params.to_dict()
    if {k: v for k, v in current.items() if k in CARRIED} != target:
        others = {k: v for k, v in current.items() if k not in CARRIED}
        st.query_params.from_dict({**others, **target})
    st.session_state[_WRITTEN] = target


def clear(dimension: str | None = None, value: str | None = None) -> None:
    """Clear every filter, one dimension, or one value; for callbacks."""
    if dimension is None:
        for name in SINGLE:
            st.session_state[_key(name)] = ""
    elif dimension in SINGLE:
        st.session_state[_key(dimension)] = ""
        return
    for name in FILTERS if dimension is None else (dimension,):
        chosen = st.session_state.get(_key(name), [])
        st.session_state[_key(name)] = [] if value is None else [v for v in chosen if v != value]


def choose(dimension: str, values: list[str]) -> None:
    """Set one dimension; for callbacks."""
    st.session_state[_key(dimension)] = values


def set_vintage(tables: Catalogue, vintage: str) -> None:
    """Show the boundaries of another vintage; systems selected become those that followed."""
    st.session_state[_key("vintage")] = "" if vintage == DEFAULT_VINTAGE else vintage
    chosen = st.session_state.get(_key("icb"), [])
    st.session_state[_key("icb")] = list(resolve(tables, chosen, vintage))


def toggle(dimension: str, value: str) -> None:
    """Add a value to a dimension, or take it away; for callbacks."""
    chosen = list(st.session_state.get(_key(dimension), []))
    kept = [v for v in chosen if v != value]
    st.session_state[_key(dimension)] = kept if len(kept) < len(chosen) else [*chosen, value]


def draw(tables: Catalogue) -> Selection:
    """Draw the filter bar and return the selection.

    Args:
        tables: The catalogue, for the options and their names.

    Returns:
        What the filters say, the same on every page.
    """
    dropped = _adopt_address(tables)
    with st.sidebar:
        st.markdown("##### Filter every page")
        chosen: dict[str, tuple[str, ...]] = {}
        for dimension in FILTERS:
            values = st.multiselect(
                _LABELS[dimension],
                _options(tables, dimension),
                format_func=partial(value_label, tables, dimension),
                key=_key(dimension),
                placeholder="All",
                select_all=False,
            )
            chosen[dimension] = tuple(values)
        vintage = st.session_state.get(_key("vintage"), "")
        selection = Selection(**chosen, vintage=vintage)  # type: ignore[arg-type]
        st.button(
            "Clear all filters", on_click=clear, disabled=not selection.active, width="stretch"
        )
    _write_address(selection)
    # These two places exist on every run: an element that comes and goes would move all that
    # follow it, and what has moved is sent again, maps included.
    notices, chips = (
        st.container(),
        st.container(horizontal=True, gap="small", key="active-filters"),
    )
    if dropped:
        notices.warning(
            f"Part of this link could not be used: {'; '.join(dropped)}. The rest is shown.",
            icon="⚠️",
        )
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
