"""Selecting on a map, by a click or from the list that stands beside every map.

There is one selection, the filters'. A click, a list, a search and a link all write to it, and the
map draws what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from components.exhibits import Built, picks
from components.exhibits.deck import Area, DeckMap
from components.ui import marked
from components.ui.area_ways import PATTERNS
from components.ui.filter_bar import BAR, Holder
from data.memo import kept
from data.query import DIMENSION_NAMES


def picked(objects: dict[str, list[dict[str, Any]]]) -> tuple[str, str] | None:
    """What a click on a map means.

    Args:
        objects: Layer id -> objects, as Streamlit reports a selection.

    Returns:
        (dimension, value) of the one object clicked, or ``None`` for none.
    """
    for layer, found in objects.items():
        for one in found:
            if layer.startswith("members-") and "id" in one:
                return "organisation", str(one["id"])
            if layer.startswith("areas-"):
                return "icb", str(one["properties"]["code"])
    return None


def on_map(key: str, holder: Holder = BAR) -> None:
    """Toggle what was clicked; the callback of a map.

    The browser then clears its own selection, because the layer has a new id (``DeckMap.state``);
    that comes back as an empty selection and means nothing.
    """
    found = picked(st.session_state[key].selection.objects)
    if found is not None:
        holder.toggle(found)


def on_chart(key: str, exhibit_id: str, holder: Holder = BAR) -> None:
    """Mark what was clicked and toggle what it stands for; the callback of a chart.

    A second click on a mark takes its filters away again, also where the browser reports it as
    nothing being selected any more. An entry of the legend is a filter and no mark.

    Args:
        key: Key of the chart.
        exhibit_id: Id of the exhibit.
        holder: Whose filters a click sets.
    """
    points = st.session_state[key]["selection"]["points"]
    memory = f"_picked-{key}"
    before = st.session_state.get(memory, ())
    if points and points[0].get("key"):
        holder.toggle(*picks.read(points[0].get("customdata")))
    elif points:
        customdata = points[0].get("customdata")
        st.session_state[memory] = picks.read(customdata)
        name, found = picks.name_of(customdata), picks.read(customdata)
        marked.click(exhibit_id, name, *found, holder=holder)
    else:
        st.session_state[memory] = ()
        if before and holder.is_on(*before):
            holder.toggle(*before)
        else:
            marked.clear(exhibit_id, holder)


@kept(3)
def click_says(built: Built, whose: str = BAR.whose) -> str:
    """What a click on a chart does, in words that hold for each mark and each entry of its key.

    Args:
        built: The exhibit.
        whose: What a click filters, in words (``Holder.whose``).

    Returns:
        ``""`` where the exhibit is no chart, or none of its marks can be clicked.
    """
    if not isinstance(built.figure, go.Figure):
        return ""
    said = _mark_says(built.figure, whose)
    return f"{said}{_key_says(built.figure, whose)}" if said else ""


def _key_says(figure: go.Figure, whose: str) -> str:
    """What a click on an entry of the legend filters by; ``""`` where it does nothing."""
    of = {DIMENSION_NAMES[d]: None for e in picks.entries_of(figure).values() for d, _ in e}
    return f" An entry of the key filters {whose} by its {' or '.join(of)}." if of else ""


def _mark_says(figure: go.Figure, whose: str) -> str:
    kinds = picks.kinds_of(figure)
    named = [" and ".join(DIMENSION_NAMES[d] for d in kind) for kind in kinds if kind]
    whence = "**Choose** a mark to see where its number comes from"
    if not named:
        rows = {row.split("/", 1)[0] for row in picks.rows_of(figure)}
        why = _OF_ALL if rows and rows <= _SURVEY else "no filter stands for it"
        return f"{whence}; {why}." if kinds else ""
    if len(named) < len(kinds):
        own = " or ".join(dict.fromkeys(DIMENSION_NAMES[d] for kind in kinds for d in kind))
        return (
            f"{whence}. Those with a {own} of their own filter {whose} by it too (choose "
            "it again to undo); the others stand for no filter."
        )
    what = named[0] if len(named) == 1 else f"what it stands for ({' · '.join(named)})"
    its = "its " if len(named) == 1 else ""
    return (
        f"**Choose** a mark to filter {whose} by {its}{what}, and to see where it comes from; "
        "choose it again to undo."
    )


_SURVEY: Final = frozenset({"survey_results", "survey_questions"})
_OF_ALL: Final = "answers of all respondents together stand for no filter"


def label(area: Area) -> str:
    """An area in the list: its name, and what the map says of it by colour and pattern."""
    return f"**{area.name}**: {area.summary}{PATTERNS.get(area.pattern, '')}"


def show_list(exhibit_id: str, deck: DeckMap, way: Callable[[Area], str]) -> None:
    """Every area as a box to tick, by region: the keyboard's and the screen reader's map.

    Args:
        exhibit_id: Id of the map.
        deck: The map.
        way: Gives a link in Markdown to the rows behind what is said of an area, or ``""``.
    """
    chosen = [a.name for a in deck.areas if a.selected]
    st.markdown(
        f"Selected: **{', '.join(chosen)}**." if chosen else "No system is selected.",
        help="Ticking a box selects the system, as choosing it on the map does",
    )
    by_region = sorted(deck.areas, key=lambda a: (a.detail[0], a.name))
    columns = st.columns(2)
    half, drawn = len(by_region) / 2, 0
    for region, areas in groupby(by_region, key=lambda a: a.detail[0]):
        with columns[0 if drawn < half else 1]:
            st.markdown(f"### {region}", anchors=False)
            named = list(areas)
            for area in named:
                drawn += 1
                key = f"pick-{exhibit_id}-{area.code}"
                st.session_state[key] = area.selected
                st.checkbox(
                    label(area),
                    key=key,
                    on_change=BAR.toggle,
                    args=(("icb", area.code),),
                    help="\n\n".join(area.detail[1:]) or None,
                )
            # Below the boxes: what stands in a label is read out as it is written.
            found = " · ".join(filter(None, map(way, named)))
            st.caption(f"Where from: {found or 'no row is left'}")
