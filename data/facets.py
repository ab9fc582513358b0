"""How many rows each value of a filter leaves: impossible choices are seen before they are made.

Collaboratives are counted; where the filter, or another one that is set, acts on outcomes, it is
outcomes. A value's count is what would be left if it alone were chosen in its dimension, under all
the other filters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal

import pandas as pd

from data.catalogue import Catalogue
from data.memo import kept
from data.query import collaboratives, outcomes, systems
from data.selection import NOT_PUBLISHED, Selection
from data.services import services_of
from data.vintages import OLDER, resolve

Counted = Literal["collaboratives", "outcomes"]
OF_OUTCOMES: Final = ("benefit", "status", "grade", "service")
"""Dimensions that act on outcomes alone."""
FACETS: Final = (
    "sector", "region", "icb", "collaborative", "organisation", "governance", "scope", "formed",
    "benefit", "service", "status", "grade", "tier",
)  # fmt: skip
"""Dimensions whose values are counted."""

_COLUMNS: Final = {
    "sector": "sector", "governance": "governance_model", "scope": "scope",
    "formed": "formed_year", "collaborative": "collaborative_id",
}  # fmt: skip
_Values = Mapping[str, frozenset[str]]


def counted(selection: Selection, dimension: str) -> Counted:
    """What the counts beside the values of a dimension are counts of."""
    acting = {d for d, _ in selection.active} & set(OF_OUTCOMES)
    return "outcomes" if dimension in OF_OUTCOMES or acting else "collaboratives"


@kept(256)
def facet(catalogue: Catalogue, selection: Selection, dimension: str) -> Mapping[str, int]:
    """Rows that each value of a dimension leaves.

    Args:
        catalogue: The tables.
        selection: The filters; what they say of ``dimension`` itself does not matter.
        dimension: One of ``FACETS``.

    Returns:
        Value -> number of rows, for every known value of the dimension, in their order.

    Raises:
        KeyError: The dimension has no counts.
    """
    if dimension not in FACETS:
        raise KeyError(f"no counts for {dimension!r}; there are for {', '.join(FACETS)}")
    rest = selection.without(dimension)
    is_outcomes = counted(selection, dimension) == "outcomes"
    rows = outcomes(catalogue, rest) if is_outcomes else collaboratives(catalogue, rest)
    values = _values_of(catalogue, rest, dimension, rows, is_outcomes=is_outcomes)
    found = Counter(value for one in values for value in one)
    known = catalogue.known_values[dimension]
    return MappingProxyType({value: found.get(value, 0) for value in known})


def _values_of(
    catalogue: Catalogue, rest: Selection, dimension: str, rows: pd.DataFrame, *, is_outcomes: bool
) -> list[frozenset[str]]:
    """For each row, the values of the dimension that would leave it."""
    if dimension in ("benefit", "status", "grade"):
        return [frozenset((str(value),)) for value in rows[dimension]]
    if dimension == "service":
        groups = services_of(catalogue)
        return [frozenset(groups[key]) for key in rows["outcome_id"]]
    if dimension in ("icb", "region"):
        places = _places(catalogue, rest, dimension)
        return [places.get(key, frozenset()) for key in rows["collaborative_id"]]
    mine = _OF_COLLABORATIVES[dimension](catalogue)
    found = [mine.get(key, frozenset()) for key in rows["collaborative_id"]]
    if dimension == "tier" and is_outcomes:
        own = _tiers(catalogue, "outcomes", "outcome_id")
        return [f & own[key] for f, key in zip(found, rows["outcome_id"], strict=True)]
    return found


def _places(catalogue: Catalogue, rest: Selection, dimension: str) -> _Values:
    """Collaborative id -> regions, or systems of either vintage, that it touches."""
    inside = systems(catalogue, rest)
    region_of = dict(zip(inside["icb_code"], inside["region_code"], strict=True))
    stands_for = _stands_for(catalogue)
    found: dict[str, set[str]] = {}
    prints = catalogue.table("footprints")[["collaborative_id", "icb_code"]]
    for key, code in prints.itertuples(index=False):
        if code in region_of:
            values = {region_of[code]} if dimension == "region" else stands_for[code]
            found.setdefault(key, set()).update(values)
    return {key: frozenset(values) for key, values in found.items()}


@kept(1)
def _stands_for(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """System of April 2023 -> systems of either vintage that share ground with it."""
    found: dict[str, set[str]] = {}
    for value in catalogue.known_values["icb"]:
        for code in resolve(catalogue, (value,), OLDER):
            found.setdefault(code, set()).add(value)
    return MappingProxyType({code: frozenset(values) for code, values in found.items()})


def _column(column: str) -> Callable[[Catalogue], _Values]:
    def read(catalogue: Catalogue) -> _Values:
        frame = catalogue.table("collaboratives")
        texts = frame[column].astype("string").fillna(NOT_PUBLISHED)
        pairs = zip(frame["collaborative_id"], texts, strict=True)
        return {key: frozenset((value,)) for key, value in pairs}

    return read


def _organisations(catalogue: Catalogue) -> _Values:
    part = catalogue.table("memberships")[["collaborative_id", "organisation_id"]]
    groups = part.groupby("collaborative_id")["organisation_id"]
    return {str(key): frozenset(ids) for key, ids in groups}


@kept(4)
def _tiers(catalogue: Catalogue, table: str, key: str) -> _Values:
    """Row id -> tiers of the sources that it names."""
    sources = catalogue.table("sources")
    tier = dict(zip(sources["source_id"], sources["tier"], strict=True))
    frame = catalogue.table(table)
    others = frame["other_source_ids"].fillna("")
    found = {}
    for row, own, more in zip(frame[key], frame["source_id"], others, strict=True):
        ids = [own, *(s.strip() for s in more.split(";") if s.strip())]
        found[row] = frozenset(tier[s] for s in ids)
    return found


_OF_COLLABORATIVES: Final[dict[str, Callable[[Catalogue], _Values]]] = {
    **{dimension: _column(column) for dimension, column in _COLUMNS.items()},
    "organisation": _organisations,
    "tier": lambda catalogue: _tiers(catalogue, "collaboratives", "collaborative_id"),
}
