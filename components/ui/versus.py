"""One exhibit for two selections, side by side: A, which the filters of the bar are, and B."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go
import streamlit as st

from components import theme
from components.exhibits import REGISTRY, Exhibit
from components.exhibits.contrast import Side, difference, same_axes
from components.exhibits.deck import HEIGHTS, DeckMap
from components.ui import address, cache, card, filter_bar, filters
from components.ui.choice import choose_one
from components.ui.filter_bar import Holder
from components.ui.filters import CARRIED, FILTERS
from components.ui.legend import legend_html
from components.ui.table import show_table
from data import Catalogue, Selection
from data.query import value_label

PREFIX: Final = "b."
"""Before the name of a dimension in the address: what B says of it."""
_FIRST = "delegation-intent"
_OTHER = "_side-b"
_NAMES: Final = tuple(f"{PREFIX}{name}" for name in CARRIED)


def exhibits() -> dict[str, str]:
    """Exhibits that a filter of the bar changes and that need no choice of their own."""
    return {
        e.id: e.title for e in REGISTRY if not e.needs and any(d in e.responds_to for d in FILTERS)
    }


def _other() -> Selection:
    other: Selection = st.session_state.get(_OTHER, Selection())
    return other


def _params(selection: Selection) -> dict[str, str]:
    """B's filters as parameters of the address."""
    return {f"{PREFIX}{name}": value for name, value in selection.to_params().items()}


def _set_other(selection: Selection) -> None:
    """Set B, as one step that back undoes; for callbacks."""
    if selection != _other():
        st.session_state[_OTHER] = selection
        address.step(_NAMES, _params(selection))


_HOLDERS: Final = {
    "A": Holder("side-a", filters.current, filters.apply),
    "B": Holder("side-b", _other, _set_other),
}


def _swap() -> None:
    first, second = filters.current(), _other()
    st.session_state[_OTHER] = first
    filters.apply(second)


def _copy() -> None:
    _set_other(filters.current())


def _adopt(tables: Catalogue) -> None:
    """Take B from the address when it says something that this session did not write."""
    arrival = address.now()
    names = dict(zip(_NAMES, CARRIED, strict=True))
    params = {names[p]: v for p, v in arrival.params.items() if p in names}
    if arrival.is_new and (params or arrival.is_history or "exhibit" in arrival.params):
        st.session_state[_OTHER] = Selection.from_params(params, tables.known_values)[0]


def _write() -> None:
    target = _params(_other())
    for name in _NAMES:
        address.put(name, target.get(name))


def words(tables: Catalogue, selection: Selection, dimensions: frozenset[str]) -> str:
    """What a side is, in words: the filters that make a difference to the exhibit.

    Args:
        tables: The catalogue.
        selection: The filters of the side.
        dimensions: Those to which the exhibit responds.
    """
    said: dict[str, list[str]] = {}
    for dimension, value in selection.active:
        if dimension in dimensions:
            said.setdefault(dimension, []).append(value_label(tables, dimension, value))
    parts = [" or ".join(labels) for labels in said.values()]
    return ", ".join(parts) if parts else "everything"


def _controls(tables: Catalogue, exhibit: Exhibit, name: str) -> None:
    """The filters of a side; sent only while they are open."""
    holder = _HOLDERS[name]
    selection = holder.current()
    # A name that changed with what is chosen would close it after every choice; what is chosen
    # stands in the heading of the side.
    popover = st.popover(
        f"Filters of {name}", icon=":material/tune:", on_change="rerun", key=holder.prefix
    )
    if not popover.open:
        return
    with popover:
        for dimension in FILTERS:
            if dimension in exhibit.responds_to:
                filter_bar.box(tables, selection, dimension, holder)
        if "q" in exhibit.responds_to:
            filter_bar.words_box(tables, selection, f"Words in {name}", holder)
        if "wave" in exhibit.responds_to:
            filter_bar.wave_box(tables, selection, holder)
        st.button(
            f"Clear {name}", key=f"{holder.prefix}-clear", on_click=holder.apply,
            args=(Selection(),), disabled=not selection.active, width="stretch",
        )  # fmt: skip


def _draw(exhibit: Exhibit, side: Side, figure: go.Figure | None, key: str) -> None:
    """One side: its name, what it says, its picture, and the words that belong to it."""
    with st.container(border=True, key=f"side-{key}"):
        st.markdown(f"## {side.name}\n{side.built.reading}", anchors=False)
        built = side.built
        if built.empty is not None and not isinstance(built.figure, DeckMap):
            st.info(built.empty.widen, icon="ℹ️")
            return
        if figure is not None:
            st.plotly_chart(
                figure,
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


def _figures(sides: list[Side]) -> list[go.Figure | None]:
    """The figures as they are drawn, on the same axes; ``None`` where a side has none."""
    own = [s.built.figure if isinstance(s.built.figure, go.Figure) else None for s in sides]
    drawn = own
    if own[0] is not None and own[1] is not None:
        drawn = [*same_axes(own[0], own[1])]
    # Only a figure that another axis changed is prepared anew on every rerun.
    return [
        figure if figure is None
        else cache.figure(side.built, card.theme_name()) if figure is side.built.figure
        else theme.themed(figure, card.theme_name())
        for side, figure in zip(sides, drawn, strict=True)
    ]  # fmt: skip


def show(tables: Catalogue, selection: Selection) -> None:
    """The two sides, and how they differ.

    Args:
        tables: The catalogue.
        selection: The filters of the bar: A.
    """
    _adopt(tables)
    left, right = st.columns([0.5, 0.5], vertical_alignment="bottom")
    with left:
        chosen = choose_one("Exhibit", "exhibit", exhibits(), "Delegation of responsibilities")
    exhibit = REGISTRY[chosen or _FIRST]
    with right, st.container(horizontal=True, gap="small", key="sides"):
        for name in _HOLDERS:
            _controls(tables, exhibit, name)
        st.button("Copy A to B", on_click=_copy, disabled=_other() == selection)
        st.button("Swap", icon=":material/swap_horiz:", on_click=_swap,
                  disabled=_other() == selection)  # fmt: skip
    _write()
    both = {"A": selection, "B": _other()}
    sides = [
        Side(f"{name}: {words(tables, one, exhibit.responds_to)}", one,
             cache.built(exhibit.id, one))
        for name, one in both.items()
    ]  # fmt: skip
    own = [one.only(exhibit.responds_to) for one in both.values()]
    if own[0] == own[1]:
        st.info(
            "Both sides show the same rows. Open the filters of B, or of A, and choose what one "
            "of them shows instead.",
            icon="ℹ️",
        )
    else:
        st.markdown(f"**{difference(tables, sides[0], sides[1])}**")
    for place, side, figure, key in zip(st.columns(2), sides, _figures(sides), "ab", strict=True):
        with place:
            _draw(exhibit, side, figure, f"{exhibit.id}-{key}")
