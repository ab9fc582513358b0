"""What a row of a table stands for, over every table and every exhibit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.appearances import row_refs
from components.exhibits.picks import Pick
from components.exhibits.row_picks import STANDS_FOR, row_picks
from data import Catalogue, Selection
from data.lineage import refs_of
from data.own import Upload, bring

Build = Callable[[str, Selection], Built]
CHOSEN = {
    "compare-collaboratives": Selection(collaborative=("wyaat", "acute-hospitals-alliance")),
    "compare-systems": Selection(icb=("E54000054", "E54000057")),
    "system-map": Selection(icb=("E54000054",)),
}
UNFILTERED = {
    "compare-collaboratives", "compare-systems", "system-map", "survey-respondents",
    "discrepancy-register", "enablers", "board-questions", "challenges", "dedicated-resource",
    "funded-posts", "delegation-barriers", "improvement-journey", "improvement-approach",
    "benefits-named",
}  # fmt: skip
"""Exhibits of which no row stands for a filter: words for everybody, all respondents together."""


def of_frame(catalogue: Catalogue, built: Built) -> list[tuple[Pick, ...]]:
    rows = built.frame.to_dict("records")
    refs = row_refs(catalogue, built.frame)
    return [row_picks(catalogue, ref, row) for ref, row in zip(refs, rows, strict=True)]


def test_every_table_declares_what_its_rows_stand_for(catalogue: Catalogue) -> None:
    assert set(STANDS_FOR) == set(catalogue.schema.tables)


@pytest.mark.parametrize("table", STANDS_FOR)
def test_the_columns_declared_are_those_of_the_table(catalogue: Catalogue, table: str) -> None:
    columns = {column for column, _ in STANDS_FOR[table]}
    assert columns <= set(catalogue.schema.tables[table].columns)


@pytest.mark.parametrize("table", [t for t, declared in STANDS_FOR.items() if declared])
def test_a_row_stands_for_values_that_a_filter_knows(catalogue: Catalogue, table: str) -> None:
    frame = catalogue.frames[table]
    refs = refs_of(catalogue, table, frame)
    found = [row_picks(catalogue, ref, {}) for ref in refs]
    unknown = {p for ps in found for p in ps if p[1] not in catalogue.known_values[p[0]]}
    assert unknown == set()
    # With one wave there is nothing to choose between waves.
    assert any(found) or set(STANDS_FOR[table]) == {("wave_id", "wave")}


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_rows_of_an_exhibit_stand_for_a_filter(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    found = of_frame(catalogue, build(exhibit_id, CHOSEN.get(exhibit_id, Selection())))
    assert any(found) is (exhibit_id not in UNFILTERED)


def test_a_row_of_a_collaborative_is_that_collaborative(catalogue: Catalogue, build: Build) -> None:
    built = build("collaborative-list", Selection())
    ids = [picks[0] for picks in of_frame(catalogue, built)]
    assert ids == [("collaborative", key) for key in built.frame["collaborative_id"]]


def test_an_own_row_stands_for_what_was_brought(catalogue: Catalogue) -> None:
    text = "collaborative_id,name,sector,status\nours,Our Alliance,acute,operating\n"
    data = bring(catalogue, None, Upload("ours.csv", text.encode())).data
    assert data is not None
    picks = row_picks(data.catalogue, "collaboratives/ours", {})
    assert picks[:2] == (("collaborative", "ours"), ("sector", "acute"))
