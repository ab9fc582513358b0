"""Selecting on a map, by a click or from the list that stands beside every map.

There is one selection, the filters'. A click, a list, a search and a link all write to it, and the
map draws what it says.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components.exhibits import Built, picks
from components.exhibits.deck import Area, DeckMap
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


def on_chart(key: str, holder: Holder = BAR) -> None:
    """Toggle what a mark stands for; the callback of a chart whose marks say so (``picks``).

    A second click on a mark takes its filters away again, also where the browser reports it as
    nothing being selected any more.
    """
    points = st.session_state[key].selection.points
    memory = f"_picked-{key}"
    found = picks.read(points[0].get("customdata")) if points else st.session_state.get(memory, ())
    st.session_state[memory] = found if points else ()
    chosen = holder.current()
    if points or all(value in getattr(chosen, dimension) for dimension, value in found):
        holder.toggle(*found)
    # The chart is drawn anew under the filter, and the browser forgets what was clicked.
    after = holder.current()
    is_set = bool(found) and after != chosen and all(v in getattr(after, d) for d, v in found)
    row = picks.row_of(points[0].get("customdata")) if points and is_set else ""
    st.session_state[f"_whence-{key}"] = (row, after)


@kept(3)
def click_says(built: Built, whose: str = BAR.whose) -> str:
    """What a click on a chart does, in a sentence; ``""`` where it does nothing.

    Args:
        built: The exhibit.
        whose: What a click filters, in words (``Holder.whose``).
    """
    is_chart = isinstance(built.figure, go.Figure)
    dimensions = dict.fromkeys(d for d, _ in picks.picks_of(built.figure)) if is_chart else {}
    if not dimensions:
        is_known = is_chart and picks.rows_of(built.figure)
        return "**Click** a mark to see where its number comes from." if is_known else ""
    names = " and ".join(DIMENSION_NAMES[d] for d in dimensions)
    whence = ", and to see where it comes from" if picks.rows_of(built.figure) else ""
    return f"**Click** a mark to filter {whose} by its {names}{whence}; click again to undo."


def label(area: Area) -> str:
    """An area in the list: its name, and what the map says of it by colour and pattern."""
    pattern = {"hatch": ", inferred", "dots": ", stated for a part"}.get(area.pattern, "")
    return f"**{area.name}**: {area.summary}{pattern}"


def show_list(exhibit_id: str, deck: DeckMap) -> None:
    """Every area as a box to tick, by region: the keyboard's and the screen reader's map."""
    chosen = [a.name for a in deck.areas if a.selected]
    st.markdown(
        f"Selected: **{', '.join(chosen)}**." if chosen else "No system is selected.",
        help="Ticking a box selects the system, as a click on the map does",
    )
    by_region = sorted(deck.areas, key=lambda a: (a.detail[0], a.name))
    columns = st.columns(2)
    half, drawn = len(by_region) / 2, 0
    for region, areas in groupby(by_region, key=lambda a: a.detail[0]):
        with columns[0 if drawn < half else 1]:
            st.markdown(f"### {region}", anchors=False)
            for area in areas:
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
