"""The one selection on whole tables: which rows of which table a filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from data.catalogue import Catalogue
from data.query import COLLABORATIVE_DIMENSIONS, collaboratives, of_tier, outcomes, systems
from data.selection import Selection
from data.vintages import NEWER, resolve

Filter = Callable[[Catalogue, Selection, pd.DataFrame], pd.DataFrame]


def _of_collaboratives(tables: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the collaboratives that the filters leave."""
    if not chosen.only(COLLABORATIVE_DIMENSIONS).active:
        return frame
    return frame[frame["collaborative_id"].isin(collaboratives(tables, chosen)["collaborative_id"])]


def _footprints(tables: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    """Footprints in the areas selected, of the collaboratives that the filters leave."""
    frame = _of_collaboratives(tables, chosen, frame)
    return _older(tables, chosen, frame) if chosen.region or chosen.icb else frame


def _outcomes(tables: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    if not chosen.only(_OUTCOMES).active:
        return frame
    left = outcomes(tables, chosen, shown_only=False)["outcome_id"]
    return frame[frame["outcome_id"].isin(left)]


def _older(tables: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["icb_code"].isin(systems(tables, chosen)["icb_code"])]


def _changes(tables: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["from_icb_code"].isin(systems(tables, chosen)["icb_code"])]


def _newer(tables: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    if chosen.region:
        frame = frame[frame["region_code"].isin(chosen.region)]
    if chosen.icb:
        frame = frame[frame["area_id"].isin(resolve(tables, chosen.icb, NEWER))]
    return frame


def _organisations(tables: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    if chosen.organisation:
        frame = frame[frame["organisation_id"].isin(chosen.organisation)]
    if chosen.sector:
        frame = frame[frame["sector"].isin(chosen.sector)]
    if chosen.region or chosen.icb:
        frame = frame[frame["icb_code"].isin(systems(tables, chosen)["icb_code"])]
    return of_tier(tables, chosen, frame)


def _survey(_: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["wave_id"] == chosen.wave] if chosen.wave else frame


def _results(tables: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    frame = _survey(tables, chosen, frame)
    return frame[frame["sector_group"].isin(chosen.sector)] if chosen.sector else frame


def _insights(_: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    if not chosen.sector:
        return frame
    # As on the pages: an insight without a sector concerns every sector.
    return frame[frame["sector"].isna() | frame["sector"].isin(chosen.sector)]


def _sources(_: Catalogue, chosen: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["tier"].isin(chosen.tier)] if chosen.tier else frame


_OUTCOMES = (*COLLABORATIVE_DIMENSIONS, "benefit", "status", "grade", "service")
_PLACES = ("region", "icb")
_FILTERS: Final[Mapping[str, tuple[tuple[str, ...], Filter]]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("collaboratives", "memberships", "successions", "priorities",
             "milestones"),
            (COLLABORATIVE_DIMENSIONS, _of_collaboratives),
        ),
        "footprints": (COLLABORATIVE_DIMENSIONS, _footprints),
        "outcomes": (_OUTCOMES, _outcomes),
        "icbs": (_PLACES, _older),
        "icb_changes": (_PLACES, _changes),
        "icbs_2026": (_PLACES, _newer),
        "organisations": (("organisation", "sector", *_PLACES, "tier"), _organisations),
        "survey_waves": (("wave",), _survey),
        "survey_questions": (("wave",), _survey),
        "survey_results": (("wave", "sector"), _results),
        "insights": (("sector",), _insights),
        "sources": (("tier",), _sources),
    }
)  # fmt: skip


def table_responds_to(name: str) -> frozenset[str]:
    """Dimensions of the selection that leave or take away rows of a table."""
    return frozenset(_FILTERS[name][0]) if name in _FILTERS else frozenset()


def table_rows(catalogue: Catalogue, name: str, selection: Selection) -> pd.DataFrame:
    """The rows of a table that the filters leave, in file order, with the table's own columns.

    A region or system leaves the rows that lie in it, of a table whose rows lie somewhere
    (``footprints``, ``icbs``, ``organisations``, ``icb_changes``); of the others, the rows of the
    collaboratives whose footprint touches it. Every other filter means what it means on the pages.
    Unlike maps, ``footprints`` has only the part that was asked for; unlike charts, tables keep
    outcomes that are not drawn (``is_shown`` false) and, without a wave, every wave.

    Args:
        catalogue: The tables.
        name: Name of the table.
        selection: The filters; those not in ``table_responds_to`` leave every row.

    Raises:
        KeyError: There is no such table.
    """
    frame = catalogue.table(name)
    if name not in _FILTERS:
        return frame
    dimensions, keep = _FILTERS[name]
    own = selection.only(dimensions)
    return keep(catalogue, own, frame) if own.active else frame
