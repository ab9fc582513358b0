"""Where what a map says of an area comes from, for the list of its areas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from components.exhibits import Built, Exhibit
from components.exhibits.deck import Area
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


@kept(8)
def _of_areas(tables: Catalogue, selection: Selection, by_outcomes: bool) -> Mapping[str, Whence]:
    rows = map_rows(tables, selection)
    told = outcomes(tables, selection) if by_outcomes else None
    found: dict[str, Whence] = {}
    for code, part in rows.shown.groupby("area_id"):
        ids = sorted(part["collaborative_id"].unique())
        if told is None:
            mine = footprints_behind(tables, str(code), rows.vintage, ids)
            hints = [f"icb_code:{one}" for one in mine["icb_code"].unique()]
            found[str(code)] = whence_of(tables, refs_of(tables, "footprints", mine), *hints)
        else:
            mine = told[told["collaborative_id"].isin(ids)]
            hints = [f"collaborative_id:{one}" for one in ids]
            refs = refs_of(tables, "outcomes", mine)
            found[str(code)] = whence_of(tables, refs, *hints, "is_shown:true")
    return MappingProxyType(found)


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
    found: Mapping[str, Whence] = {}
    if exhibit.id not in _NO_NUMBERS:
        by_outcomes = not _OF_OUTCOMES.isdisjoint(built.frame.columns)
        found = _of_areas(tables, selection.only(exhibit.responds_to), by_outcomes)

    def way(area: Area) -> str:
        return link(found.get(area.code, ""), f"{area.name}: {area.summary}", area.name)

    return way
