"""Which rows an exhibit shows, and which row stands behind each row that it shows."""

from collections.abc import Callable

import pytest

from components.exhibits import Built
from components.exhibits.appearances import appearances, row_refs, rows_in
from data import Catalogue, Selection
from data.lineage import known

Build = Callable[[str, Selection], Built]


@pytest.mark.parametrize(
    ("exhibit_id", "ref"),
    [
        ("outcomes-by-benefit", "outcomes/slp-forensic-out-of-area"),
        ("benefit-evidence-map", "outcomes/slp-forensic-out-of-area"),
        ("footprint-matrix", "footprints/wyaat~E54000054"),
        ("membership-matrix", "memberships/wyaat~RR8"),
        ("discrepancy-register", "discrepancies/{first}"),
        ("delegation-intent", "survey_results/nov-2022~delegation-intent~considering~acute"),
        # What is said below it: a method, the estimate that it rests on, the rubric.
        ("delegation-intent", "glossary/Confidence interval"),
        ("delegation-intent", "survey_waves/nov-2022"),
        ("outcome-list", "glossary/Evidence strength"),
    ],
)
def test_an_exhibit_shows_the_row(
    catalogue: Catalogue, build: Build, exhibit_id: str, ref: str
) -> None:
    ref = ref.format(first=catalogue.table("discrepancies")["discrepancy_id"].iloc[0])
    shown = {exhibit_id: build(exhibit_id, Selection())}
    assert appearances(catalogue, shown)[ref] == (exhibit_id,)


@pytest.mark.parametrize(
    ("exhibit_id", "table"),
    [
        ("outcome-list", "outcomes"),
        ("collaborative-list", "collaboratives"),
        ("delegation-intent", "survey_results"),
        ("named-priorities", "priorities"),
        ("board-questions", "insights"),
        ("membership-matrix", "memberships"),
        ("footprint-matrix", "footprints"),
        ("source-list", "sources"),
    ],
)
def test_a_row_of_an_exhibit_leads_to_the_finest_row(
    catalogue: Catalogue, build: Build, exhibit_id: str, table: str
) -> None:
    frame = build(exhibit_id, Selection()).frame
    refs = row_refs(catalogue, frame)
    assert len(refs) == len(frame)
    assert {ref.split("/")[0] for ref in refs if ref} == {table}
    assert all(known(catalogue, ref) for ref in refs if ref)
    assert sum(bool(ref) for ref in refs) >= 0.9 * len(refs)


def test_rows_in_names_only_rows_that_exist(catalogue: Catalogue, build: Build) -> None:
    for exhibit_id in ("outcomes-by-benefit", "priorities-next-year", "shared-members"):
        frame = build(exhibit_id, Selection()).frame
        assert all(known(catalogue, ref) for ref in rows_in(catalogue, frame))
