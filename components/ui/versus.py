"""One exhibit for two selections, side by side: A, which the filters of the bar are, and B."""

from __future__ import annotations

from functools import partial
from typing import Final

import plotly.graph_objects as go
import streamlit as st

from components import theme
from components.exhibits import REGISTRY, Exhibit
from components.exhibits.appearances import row_refs
from components.exhibits.contrast import Said, Side, difference, offered, same_axes, why_same, words
from components.exhibits.fingers import for_finger
from components.exhibits.numbers import Number
from components.ui import (
    address,
    cache,
    card,
    filter_bar,
    marked,
    opening,
    side_view,
    sides,
    vintage,
    ways,
)
from components.ui.choice import choose_one
from components.ui.filters import FILTERS
from components.ui.navigation import PAGES
from components.ui.sides import CHOICES, HOLDERS, NAMES, PREFIX, Name
from components.ui.text import as_named
from data import Catalogue, Selection
from data.query import DIMENSION_NAMES, value_label

__all__ = ["PREFIX", "exhibits", "show"]

_FIRST: Final = "delegation-intent"
_INSTEAD: Final = 3
"""Exhibits that are proposed where one cannot differ."""


def exhibits() -> dict[str, str]:
    """Every exhibit: id -> title."""
    return {e.id: e.title for e in REGISTRY}


def _controls(tables: Catalogue, exhibit: Exhibit, name: Name) -> None:
    """The filters of a side; sent only while they are open."""
    holder, choice = HOLDERS[name], CHOICES.get(exhibit.id)
    selection = holder.current()
    shown = [d for d in offered(tables, exhibit) if choice is None or d != choice.dimension]
    # A name that changed with what is chosen would close it after every choice; what is chosen
    # stands in the heading of the side.
    popover = opening.popover(
        f"Filters of {name}", f"filters-{name.lower()}", icon=":material/tune:", width="content",
        disabled=not shown,
    )  # fmt: skip
    if not popover.open or not shown:
        return
    with popover:
        for dimension in shown:
            if dimension in FILTERS:
                filter_bar.box(tables, selection, dimension, holder)
        if "q" in shown:
            filter_bar.words_box(tables, selection, f"Words in {name}", holder)
        if "wave" in shown:
            filter_bar.wave_box(tables, selection, holder)
        if "vintage" in shown:
            vintage.choose(
                tables, selection, f"Boundaries of {name}", holder.key("vintage"), holder
            )
        is_empty = sides.selection_of(tables, name, exhibit.id) == Selection()
        st.button(
            f"Clear {name}", key=f"{holder.prefix}-clear", on_click=sides.clear,
            args=(name, exhibit.id), disabled=is_empty, width="stretch",
        )  # fmt: skip


def _active(tables: Catalogue) -> None:
    """The filters of B, each cleared by a click on it; those of A stand above the page."""
    with st.container(
        key="side-b-filters", horizontal=True, gap="small", vertical_alignment="center"
    ):
        holder = HOLDERS["B"]
        for at, (dimension, value) in enumerate(holder.current().active):
            label = as_named(tables, value_label(tables, dimension, value))
            st.button(
                f"{'' if at else 'B · '}{DIMENSION_NAMES[dimension].capitalize()}: {label} ✕",
                key=f"side-b-clear-{dimension}-{value}",
                on_click=_without,
                args=(dimension, value),
                help="Clear this filter of side B",
            )


def _without(dimension: str, value: str) -> None:
    sides.set_other(sides.other().without(dimension, value))


def _figures(both: list[Side]) -> list[go.Figure | None]:
    """The figures as they are drawn, on the same axes; ``None`` where a side has none."""
    own = [s.built.figure if isinstance(s.built.figure, go.Figure) else None for s in both]
    drawn = own
    if own[0] is not None and own[1] is not None:
        drawn = [*same_axes(own[0], own[1])]
    is_phone = card.device() == "narrow"
    # Only a figure that another axis changed is prepared anew on every rerun.
    return [
        figure if figure is None
        else cache.figure(side.built, card.theme_name(), card.device())
        if figure is side.built.figure
        else theme.themed(for_finger(figure) if is_phone else figure, card.theme_name())
        for side, figure in zip(both, drawn, strict=True)
    ]  # fmt: skip


def _instead(tables: Catalogue, exhibit: Exhibit) -> str:
    """Exhibits beside this one on its page that can differ, as links; ``""`` for none."""
    near = [k for p in PAGES if exhibit.id in (every := (*p.exhibits, *p.on_choice)) for k in every]
    found = [k for k in dict.fromkeys(near) if offered(tables, REGISTRY[k]) and k not in CHOICES]
    links = [f"[{REGISTRY[k].title}]({sides.link_to(k, HOLDERS['A'].current())})" for k in found]
    return f" Set side by side instead: {', '.join(links[:_INSTEAD])}." if links else ""


def _say(tables: Catalogue, exhibit: Exhibit, both: list[Side]) -> None:
    """How the sides differ, or why they do not and what to do."""
    own = [side.selection.only(exhibit.responds_to) for side in both]
    choice = CHOICES.get(exhibit.id)
    open_sides = [n for n, s in zip(NAMES, both, strict=True) if exhibit.needs and s.built.empty]
    if open_sides:
        where = f"side {open_sides[0]}" if len(open_sides) == 1 else "each side"
        st.info(f"Choose {exhibit.needs} on {where}.", icon=":material/info:")
    elif own[0] != own[1]:
        lead = partial(_lead, tables, exhibit.id)
        st.markdown(f"**{difference(tables, both[0], both[1], lead)}**")
    elif not offered(tables, exhibit):
        st.info(f"{why_same(tables, exhibit)}{_instead(tables, exhibit)}", icon=":material/info:")
    elif choice is not None:
        one = "others" if choice.most > 1 else "another"
        st.info(f"Both sides show the same. Choose {one} on one of them.", icon=":material/info:")
    else:
        st.info(
            "Both sides show the same rows. Open the filters of B, or of A, and choose what one "
            "of them shows instead; or choose a mark or an area on one of them.",
            icon=":material/info:",
        )


def _lead(tables: Catalogue, exhibit_id: str, said: Said) -> str:
    """A number of the sentence on two sides in Markdown, with the way to its rows.

    Args:
        tables: The catalogue.
        exhibit_id: The exhibit on both sides.
        said: The number.
    """
    side = said.side
    selection = Selection() if side is None else side.selection
    refs = said.refs
    if side is not None and not said.sort:
        refs = side.built.refs or tuple(row_refs(tables, side.built.frame))
    address = ""
    if refs and all(refs) and len({ref.partition("/")[0] for ref in refs}) == 1:
        number = Number(said.words, refs[0].partition("/")[0], refs)
        address = ways.address_of(ways.counted_by(tables, number, selection))
    if not address and side is not None:
        address = ways.rows_address(exhibit_id, side.selection, said.sort)
    return ways.anchored(said.words, address, said.how)


def show(tables: Catalogue) -> None:
    """The two sides, and how they differ.

    Args:
        tables: The catalogue.
    """
    sides.adopt(tables)
    left, right = st.columns([0.5, 0.5], vertical_alignment="bottom")
    with left:
        chosen = choose_one("Exhibit", "exhibit", exhibits(), REGISTRY[_FIRST].title)
    exhibit = REGISTRY[chosen or _FIRST]
    for name in NAMES:
        marked.adopt(address.now(), sides.holder(tables, name, exhibit.id))
    selections = {name: sides.selection_of(tables, name, exhibit.id) for name in NAMES}
    is_same = selections["A"] == selections["B"]
    with right, st.container(horizontal=True, gap="small", key="sides"):
        for name in NAMES:
            _controls(tables, exhibit, name)
        st.button("Copy A to B", on_click=sides.copy, args=(exhibit.id,), disabled=is_same)
        st.button("Swap", icon=":material/swap_horiz:", on_click=sides.swap, args=(exhibit.id,),
                  disabled=is_same)  # fmt: skip
    sides.write(tables, exhibit.id)
    both = [
        Side(f"{name}: {words(tables, one, exhibit)}", one,
             cache.built(exhibit.id, one))
        for name, one in selections.items()
    ]  # fmt: skip
    _active(tables)
    _say(tables, exhibit, both)
    for place, side, figure, name in zip(st.columns(2), both, _figures(both), NAMES, strict=True):
        with place:
            side_view.draw(tables, exhibit, side, name, figure)
