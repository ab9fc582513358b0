"""Which outcomes stand in which group of services."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from data.catalogue import Catalogue
from data.memo import kept
from data.rows import flagged
from data.service_groups import groups_of


@kept(1)
def _by_outcome(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    table = catalogue.table("outcomes")
    columns = zip(table["outcome_id"], table["service"], table["metric"], strict=True)
    return MappingProxyType({key: groups_of(service, metric) for key, service, metric in columns})


def services_of(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Outcome id -> ids of its groups, worked out once per catalogue."""
    return _by_outcome(catalogue)


def in_services(catalogue: Catalogue, rows: pd.DataFrame, wanted: tuple[str, ...]) -> pd.DataFrame:
    """The outcomes that stand in at least one of the groups named.

    Args:
        catalogue: The tables.
        rows: Outcomes, with ``outcome_id``.
        wanted: Ids of groups.
    """
    known = services_of(catalogue)
    return flagged(rows, (bool(set(known[key]) & set(wanted)) for key in rows["outcome_id"]))
