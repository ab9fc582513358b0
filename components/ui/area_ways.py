"""Where what a map says of an area comes from, for the list of its areas and for what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from components.exhibits import Built, Exhibit
from components.exhibits.deck import Area, DeckMap, Marker
from components.ui.text import plain
from components.ui.ways import link
from data import Catalogue, Selection
from data.counted import Whence, whence_of
from data.lineage import refs_of
from data.map_rows import map_rows
from data.memo import kept
from data.query import outcomes
from data.vintages import footprints_behind

_NO_NUMBERS = frozenset({"system-map"})
"""Maps that say of an area only which it is."""
_OF_OUTCOMES = frozenset({"outcomes_reported", "strongest_grade"})
"""Columns of maps that speak of outcomes; all others speak of footprints."""
_MOST: Final = 3
PATTERNS: Final = {"hatch": ", inferred", "dots": ", stated for a part"}


@kept(8)
def _told(tables: Catalogue, selection: Selection) -> pd.DataFrame:
    return outcomes(tables, selection)


@kept(400)
def of_area(tables: Catalogue, selection: Selection, code: str, by_outcomes: bool) -> Whence:
    """Where what a map says of one area comes from.

    Args:
        tables: The catalogue.
        selection: The filters.
        code: The area.
        by_outcomes: Whether the map speaks of outcomes; where none is reported there, it is the
            footprints of those who report none.

    Returns:
        Also of an area in which the filters leave nothing: the footprints that they leave out.
    """
    rows = map_rows(tables, selection)
    ids = sorted(rows.shown.loc[rows.shown["area_id"] == code, "collaborative_id"].unique())
    if by_outcomes and ids:
        told = _told(tables, selection)
        mine = told[told["collaborative_id"].isin(ids)]
        hints = [f"collaborative_id:{one}" for one in ids]
        if not mine.empty:
            return whence_of(tables, refs_of(tables, "outcomes", mine), *hints, "is_shown:true")
    if code not in rows.inside:
        return ""
    prints = footprints_behind(tables, code, rows.vintage, ids or tables.collaborative_names)
    hints = [f"icb_code:{one}" for one in prints["icb_code"].unique()]
    return whence_of(tables, refs_of(tables, "footprints", prints), *hints)


def of_map(
    tables: Catalogue, exhibit: Exhibit, built: Built, selection: Selection
) -> Callable[[Area], str]:
    """A function that gives the link in Markdown from what a map says of an area to its rows.

    Args:
        tables: The catalogue.
        exhibit: A map.
        built: What it is under the filters.
        selection: The filters.
    """
    by_outcomes = not _OF_OUTCOMES.isdisjoint(built.frame.columns)
    own = selection.only(exhibit.responds_to)

    def way(area: Area) -> str:
        if exhibit.id in _NO_NUMBERS:
            return ""
        found = of_area(tables, own, area.code, by_outcomes)
        return link(found, f"{area.name}: {area.summary}", area.name)

    return way


def _member(tables: Catalogue, member: Marker) -> str:
    """A member, which leads to its memberships, and what the map says of it."""
    rows = tables.table("memberships")
    rows = rows[rows["organisation_id"] == member.organisation_id]
    refs = refs_of(tables, "memberships", rows)
    found = whence_of(tables, refs, f"organisation_id:{member.organisation_id}")
    told = ", ".join(plain(line.removeprefix("• ")) for line in member.detail)
    return f"{link(found, member.name, plain(member.name)) or plain(member.name)}: {told}"


def chosen_words(
    tables: Catalogue, exhibit: Exhibit, built: Built, deck: DeckMap, selection: Selection
) -> str:
    """What a map says of the areas and members that were clicked, in Markdown.

    Each leads to the rows behind what is said. ``""`` where nothing is chosen.

    Args:
        tables: The catalogue.
        exhibit: A map.
        built: What it is under the filters.
        deck: Its map, in which what is chosen is marked.
        selection: The filters.
    """
    way = of_map(tables, exhibit, built, selection)
    areas = [area for area in deck.areas if area.selected]
    said = [
        f"{way(area) or plain(area.name)}: {area.summary}{PATTERNS.get(area.pattern, '')}"
        for area in areas[:_MOST]
    ]
    said += [f"and {len(areas) - _MOST} more: see the view “List”"] if len(areas) > _MOST else []
    said += [_member(tables, marker) for marker in deck.markers if marker.selected][:_MOST]
    return f"{'; '.join(said)}." if said else ""


def draw_chosen(
    tables: Catalogue, exhibit: Exhibit, built: Built, deck: DeckMap, selection: Selection, key: str
) -> None:  # fmt: skip
    """Write :func:`chosen_words` below a map; ``key`` tells the place from others on the page."""
    # This place exists on every run; words that come and go in it move no map.
    with st.container(key=f"chosen-{key}"):
        words = chosen_words(tables, exhibit, built, deck, selection)
        if words:
            st.caption(words)
