"""Counts beside the values of a filter are what is left when the value is chosen."""

from dataclasses import replace

import pytest

from data import Catalogue, Selection
from data.facets import FACETS, counted, facet
from data.query import collaboratives, outcomes

SELECTIONS = {
    "nothing": Selection(),
    "a sector": Selection(sector=("acute",)),
    "a region": Selection(region=("E40000003",)),
    "a newer system": Selection(icb=("icb26-essex",), vintage="2026"),
    "a status": Selection(status=("planned",)),
    "words and a tier": Selection(q="savings", tier=("published_report",)),
}


def left(catalogue: Catalogue, selection: Selection, what: str) -> int:
    rows = outcomes if what == "outcomes" else collaboratives
    return len(rows(catalogue, selection))


@pytest.mark.parametrize("name", SELECTIONS)
@pytest.mark.parametrize("dimension", FACETS)
def test_a_count_is_what_choosing_the_value_leaves(
    catalogue: Catalogue, dimension: str, name: str
) -> None:
    selection = SELECTIONS[name]
    counts = facet(catalogue, selection, dimension)
    assert list(counts) == list(catalogue.known_values[dimension])
    # Of long lists every tenth: each is counted the slow way.
    for value in list(counts)[:: max(1, len(counts) // 12)]:
        chosen = replace(selection, **{dimension: (value,)})  # type: ignore[arg-type]
        assert counts[value] == left(catalogue, chosen, counted(selection, dimension)), value


def test_what_is_counted_follows_the_filters() -> None:
    assert counted(Selection(), "sector") == "collaboratives"
    assert counted(Selection(), "grade") == "outcomes"
    assert counted(Selection(grade=("full",)), "sector") == "outcomes"


def test_a_dimension_without_counts_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="no counts for 'vintage'"):
        facet(catalogue, Selection(), "vintage")
