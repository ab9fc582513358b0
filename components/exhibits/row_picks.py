"""What a row of a table stands for: the filters that a click on it sets or offers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from components.exhibits.picks import Pick
from data.catalogue import Catalogue
from data.lineage import lineage

STANDS_FOR: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "collaboratives": (
            ("collaborative_id", "collaborative"), ("sector", "sector"),
            ("governance_model", "governance"),
        ),
        "outcomes": (
            ("collaborative_id", "collaborative"), ("benefit", "benefit"), ("status", "status"),
        ),
        "priorities": (("collaborative_id", "collaborative"),),
        "milestones": (("collaborative_id", "collaborative"),),
        "successions": (("collaborative_id", "collaborative"),),
        "insight_links": (("collaborative_id", "collaborative"), ("sector_group", "sector")),
        # A membership is told of the member, a footprint of the system, as on the map.
        "memberships": (("organisation_id", "organisation"), ("collaborative_id", "collaborative")),
        "footprints": (("icb_code", "icb"), ("collaborative_id", "collaborative")),
        "organisations": (("organisation_id", "organisation"), ("sector", "sector")),
        "icbs": (("icb_code", "icb"), ("region_code", "region")),
        "icbs_2026": (("area_id", "icb"), ("region_code", "region")),
        "icb_changes": (("from_icb_code", "icb"),),
        "insights": (("sector", "sector"),),
        "survey_results": (("sector_group", "sector"), ("wave_id", "wave")),
        "survey_questions": (("wave_id", "wave"),),
        "survey_waves": (("wave_id", "wave"),),
        "sources": (("tier", "tier"),),
        # Nothing is filtered by a term or by a contradiction.
        "glossary": (),
        "discrepancies": (),
    }
)  # fmt: skip
"""Table -> (column, dimension) of what its rows stand for; the first that a row has is set."""
_IN_FRAMES: Final = (
    ("collaborative_id", "collaborative"), ("icb_code", "icb"), ("organisation_id", "organisation"),
    ("benefit", "benefit"), ("sector", "sector"),
)  # fmt: skip
"""The same of a frame whose rows are not those of a table, or say more than these."""
_NAMES: Final = ("name", "first")
"""Columns that name a collaborative where nothing else says which."""


def _of(
    catalogue: Catalogue, row: Mapping[Any, Any], columns: tuple[tuple[str, str], ...]
) -> list[Pick]:
    # Where there is one wave, choosing it changes nothing.
    known = {d: v for d, v in catalogue.known_values.items() if d != "wave" or len(v) > 1}
    return [(d, str(row[c])) for c, d in columns if c in row and str(row[c]) in known.get(d, ())]


def _named(catalogue: Catalogue, row: Mapping[Any, Any]) -> list[Pick]:
    """The collaborative that a row names."""
    ids = {name: key for key, name in catalogue.collaborative_names.items()}
    names = (str(row[c]) for c in _NAMES if c in row)
    return [("collaborative", ids[name]) for name in names if name in ids][:1]


def row_picks(catalogue: Catalogue, ref: str, row: Mapping[Any, Any]) -> tuple[Pick, ...]:
    """What a row stands for: the first is what it is, the others what it is also about.

    Args:
        catalogue: The tables.
        ref: Reference of the row of a table that it shows, or ``""``.
        row: The row as it is shown.

    Returns:
        (dimension, value), each dimension once; nothing where no filter is meant.
    """
    found: list[Pick] = []
    if ref:
        table = ref.split("/", 1)[0]
        found = _of(catalogue, lineage(catalogue, ref).row, STANDS_FOR[table])
    else:
        found = _named(catalogue, row)
    found += _of(catalogue, row, _IN_FRAMES)
    first: dict[str, str] = {}
    for dimension, value in found:
        first.setdefault(dimension, value)
    return tuple(first.items())
