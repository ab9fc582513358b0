"""What a row of a table stands for, over every table and every exhibit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.picks import Pick
from components.exhibits.row_picks import (
    GOVERNANCE_MODELS,
    STANDS_FOR,
    WHY_NOT,
    row_offers,
    row_picks,
    set_by,
)
from components.ui.row_actions import refs_of_built
from data import Catalogue, Selection
from data.comparison_rows import COLLABORATIVE_ROWS, SYSTEM_ROWS
from data.lineage import known, lineage, refs_of
from data.own import Upload, bring
from data.table_filters import table_rows

Build = Callable[[str, Selection], Built]
CHOSEN = {
    "compare-collaboratives": Selection(collaborative=("wyaat", "acute-hospitals-alliance")),
    "compare-systems": Selection(icb=("E54000054", "E54000057")),
    "system-map": Selection(icb=("E54000054",)),
}
UNFILTERED = {
    "survey-respondents", "enablers", "board-questions", "challenges", "dedicated-resource",
    "funded-posts", "delegation-barriers", "improvement-journey", "improvement-approach",
    "benefits-named",
}  # fmt: skip
"""Exhibits of which no row stands for a filter: words for everybody, all respondents together."""


def of_frame(catalogue: Catalogue, built: Built) -> list[tuple[Pick, ...]]:
    rows = built.frame.to_dict("records")
    refs = refs_of_built(catalogue, built)
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


@pytest.mark.parametrize("table", [t for t, declared in STANDS_FOR.items() if declared])
def test_a_row_that_is_clicked_is_among_those_that_its_filter_leaves(
    catalogue: Catalogue, table: str
) -> None:
    refs = refs_of(catalogue, table, catalogue.frames[table])
    seen: dict[tuple[Pick, ...], list[str]] = {}
    for ref in refs:
        picks = row_picks(catalogue, ref, {})
        if picks:
            seen.setdefault(set_by(picks), []).append(ref)
    for picks, clicked in seen.items():
        chosen = Selection.from_params(dict(picks), catalogue.known_values)[0]
        left = set(refs_of(catalogue, table, table_rows(catalogue, table, chosen)))
        assert set(clicked) <= left, picks


@pytest.mark.parametrize("exhibit_id", [e for e in CHOSEN if e.startswith("compare-")])
def test_a_row_of_a_comparison_leads_to_the_row_of_its_value_where_it_is_one(
    build: Build, catalogue: Catalogue, exhibit_id: str
) -> None:
    built = build(exhibit_id, CHOSEN[exhibit_id])
    refs, subjects = refs_of_built(catalogue, built), built.frame["subject"]
    of: dict[str, set[str]] = {}
    for ref, subject in zip(refs, subjects, strict=True):
        of.setdefault(ref, set()).add(subject)
    # What is clicked is told by its row alone, in the address.
    assert {len(names) for names in of.values()} == {1}
    finer = [whence == ref for whence, ref in zip(built.whence, refs, strict=True)]
    assert sum(finer) > len(finer) / 2
    assert len({ref.split("/")[0] for ref in refs}) > 1


def test_what_is_compared_of_systems_is_not_what_is_compared_of_collaboratives() -> None:
    assert not set(SYSTEM_ROWS.values()) & set(COLLABORATIVE_ROWS.values())


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_rows_of_an_exhibit_stand_for_a_filter(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    found = of_frame(catalogue, build(exhibit_id, CHOSEN.get(exhibit_id, Selection())))
    assert any(found) is (exhibit_id not in UNFILTERED)


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_every_row_of_an_exhibit_leads_to_where_it_comes_from(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    built = build(exhibit_id, CHOSEN.get(exhibit_id, Selection()))
    refs = refs_of_built(catalogue, built)
    assert len(refs) == len(built.frame)
    assert [ref for ref in refs if not known(catalogue, ref)] == []


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_a_row_that_stands_for_no_filter_says_why_and_offers_its_tier(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    built = build(exhibit_id, CHOSEN.get(exhibit_id, Selection()))
    refs = refs_of_built(catalogue, built)
    for ref, picks in zip(refs, of_frame(catalogue, built), strict=True):
        if not picks:
            assert ref.split("/")[0] in WHY_NOT, ref
            assert "tier" in dict(row_offers(catalogue, ref)), ref


@pytest.mark.parametrize("table", STANDS_FOR)
def test_a_row_of_a_table_that_stands_for_no_filter_says_why(
    catalogue: Catalogue, table: str
) -> None:
    for ref in refs_of(catalogue, table, catalogue.frames[table]):
        if not row_picks(catalogue, ref, {}):
            assert table in WHY_NOT, ref
            cited = lineage(catalogue, ref).citations
            assert ("tier" in dict(row_offers(catalogue, ref))) is bool(cited), ref


@pytest.mark.parametrize(
    ("ref", "first"),
    [
        ("discrepancies/date-wyaat-formed", ("collaborative", "wyaat")),
        ("discrepancies/date-aha-procurement-team", ("collaborative", "acute-hospitals-alliance")),
        ("survey_results/nov-2022~governance-model~lead-provider~all",
         ("governance", "lead_provider")),
        ("survey_results/nov-2022~delegation-intent~considering~acute", ("sector", "acute")),
    ],
)  # fmt: skip
def test_a_row_stands_for_what_it_speaks_of(catalogue: Catalogue, ref: str, first: Pick) -> None:
    assert row_picks(catalogue, ref, {})[0] == first


def test_a_contradiction_about_several_sectors_stands_for_none(catalogue: Catalogue) -> None:
    assert row_picks(catalogue, "discrepancies/survey-set-up-share", {}) == ()


@pytest.mark.parametrize(
    ("exhibit_id", "dimension"), [("shared-members", "collaborative"),
                                  ("sector-differences", "sector")],
)  # fmt: skip
def test_a_row_of_two_is_about_both(
    catalogue: Catalogue, build: Build, exhibit_id: str, dimension: str
) -> None:
    for picks in of_frame(catalogue, build(exhibit_id, Selection())):
        assert len({value for d, value in picks if d == dimension}) == 2, picks
        # An organisation that both share is what the row is; of two sectors a click sets both.
        assert len(set_by(picks)) == (2 if picks[0][0] == dimension else 1)


@pytest.mark.parametrize(("exhibit_id", "dimension"), [
    ("compare-systems", "icb"), ("compare-collaboratives", "collaborative"),
])  # fmt: skip
def test_a_click_on_a_compared_row_filters_by_its_subject(
    catalogue: Catalogue, build: Build, exhibit_id: str, dimension: str
) -> None:
    built = build(exhibit_id, CHOSEN[exhibit_id])
    names = catalogue.icb_names if dimension == "icb" else catalogue.collaborative_names
    found = [set_by(picks) for picks in of_frame(catalogue, built)]
    assert {d for picks in found for d, _ in picks} == {dimension}
    assert [names[value] for ((_, value),) in found] == built.frame["subject"].tolist()


def test_the_models_of_the_survey_are_those_of_collaboratives(catalogue: Catalogue) -> None:
    results = catalogue.frames["survey_results"]
    options = set(results.loc[results["question_id"] == "governance-model", "option_id"])
    assert set(GOVERNANCE_MODELS) <= options
    assert set(GOVERNANCE_MODELS.values()) <= set(catalogue.known_values["governance"])


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


PRINTS = ("footprint-map", "footprint-matrix", "systems-hexmap", "benefit-map", "evidence-hexmap")


@pytest.mark.parametrize("exhibit_id", PRINTS)
@pytest.mark.parametrize(
    ("vintage", "area", "codes"),
    [("2023", "icb_code", "icb_code"), ("2026", "area_id", "carried_from")],
)
def test_a_row_of_a_map_leads_to_its_own_footprint_and_stands_for_its_own_area(
    catalogue: Catalogue, build: Build, exhibit_id: str, vintage: str, area: str, codes: str
) -> None:
    built = build(exhibit_id, Selection(vintage=vintage))
    names = catalogue.frames["collaboratives"].set_index("collaborative_id")["name"]
    refs = refs_of_built(catalogue, built)
    assert len(refs) == len(built.frame) > 100
    for ref, row in zip(refs, built.frame.to_dict("records"), strict=True):
        found = lineage(catalogue, ref).row
        assert names[found["collaborative_id"]] == row["name"]
        assert found["icb_code"] in str(row[codes]).split(";")
        assert row_picks(catalogue, ref, row)[0] == ("icb", row[area])


def test_a_name_that_two_have_stands_for_neither(catalogue: Catalogue) -> None:
    """Two own collaboratives may be called the same: a click must not filter by the wrong one."""
    row = {"first": "WYAAT", "second": "Foundation Group"}
    assert row_picks(catalogue, "", row) == (
        ("collaborative", "wyaat"), ("collaborative", "foundation-group"),
    )  # fmt: skip
    frame = catalogue.table("collaboratives")
    other = frame["collaborative_id"] == "acute-hospitals-alliance"
    renamed = frame.assign(short_name=frame["short_name"].mask(other, "WYAAT"))
    twice = Catalogue(catalogue.schema, {**catalogue.frames, "collaboratives": renamed})
    assert row_picks(twice, "", row) == (("collaborative", "foundation-group"),)
