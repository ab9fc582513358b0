"""Rows under a selection, and words for a selection that leaves none."""

import pytest

from data import Catalogue, Selection
from data.evidence import GRADE, grade_label, grades
from data.query import (
    DIMENSION_NAMES,
    collaboratives,
    explain_empty,
    footprints,
    members,
    outcomes,
    systems,
    value_label,
)
from data.selection import NOT_PUBLISHED
from data.services import services_of
from data.table_filters import table_rows

LONDON = "E40000003"


def test_no_filter_leaves_every_row(catalogue: Catalogue) -> None:
    none = Selection()
    assert len(systems(catalogue, none)) == 42
    assert len(collaboratives(catalogue, none)) == len(catalogue.table("collaboratives"))
    assert len(footprints(catalogue, none)) == len(catalogue.table("footprints"))
    assert len(outcomes(catalogue, none, shown_only=False)) == len(catalogue.table("outcomes"))


@pytest.mark.parametrize("dimension", ["sector", "status"])
def test_a_filter_on_a_column_leaves_the_rows_with_that_value(
    catalogue: Catalogue, dimension: str
) -> None:
    for value in catalogue.known_values[dimension]:
        left = outcomes(catalogue, Selection(**{dimension: (value,)}))  # type: ignore[arg-type]
        assert set(left[dimension]) <= {value}


def test_values_of_one_filter_are_alternatives_and_filters_narrow_each_other(
    catalogue: Catalogue,
) -> None:
    both = Selection(sector=("acute", "mhlda"))
    assert set(collaboratives(catalogue, both)["sector"]) == {"acute", "mhlda"}
    narrowed = Selection(sector=("acute", "mhlda"), governance=("lead_provider",))
    left = collaboratives(catalogue, narrowed)
    assert set(left["governance_model"]) == {"lead_provider"}
    assert set(left["sector"]) <= {"acute", "mhlda"}


def test_region_leaves_its_systems_and_the_collaboratives_that_touch_them(
    catalogue: Catalogue,
) -> None:
    london = Selection(region=(LONDON,))
    left = systems(catalogue, london)
    assert set(left["region_code"]) == {LONDON}
    assert len(left) == 5
    touching = catalogue.table("footprints").merge(left[["icb_code"]], on="icb_code")
    assert set(collaboratives(catalogue, london)["collaborative_id"]) == set(
        touching["collaborative_id"]
    )


def test_region_and_a_system_outside_it_leave_nothing(catalogue: Catalogue) -> None:
    apart = Selection(region=(LONDON,), icb=("E54000054",))
    assert systems(catalogue, apart).empty
    assert collaboratives(catalogue, apart).empty


def test_footprints_keep_the_whole_footprint_of_what_touches_the_region(
    catalogue: Catalogue,
) -> None:
    prints = footprints(catalogue, Selection(region=(LONDON,)))
    whole = catalogue.table("footprints")
    kept = whole[whole["collaborative_id"].isin(prints["collaborative_id"])]
    assert len(prints) == len(kept)


def test_the_table_of_footprints_has_those_that_lie_in_the_system(catalogue: Catalogue) -> None:
    """Who asks a table for a system means its rows; who looks at a map, all that is covered."""
    whole = catalogue.table("footprints")
    for code in catalogue.table("icbs")["icb_code"]:
        rows = table_rows(catalogue, "footprints", Selection(icb=(code,)))
        assert rows["collaborative_id"].tolist() == whole.loc[
            whole["icb_code"] == code, "collaborative_id"
        ].tolist()  # fmt: skip
    beyond = 0
    for region in catalogue.regions:
        chosen = Selection(region=(region,), sector=("mhlda",))
        drawn = footprints(catalogue, chosen)
        inside = drawn[drawn["region_code"] == region]
        assert len(table_rows(catalogue, "footprints", chosen)) == len(inside)
        beyond += len(drawn) - len(inside)
    assert beyond > 0, "the map draws more than the region"


def test_governance_not_published_is_the_empty_cell(catalogue: Catalogue) -> None:
    unknown = collaboratives(catalogue, Selection(governance=(NOT_PUBLISHED,)))
    table = catalogue.table("collaboratives")
    assert unknown["governance_model"].isna().all()
    assert len(unknown) == table["governance_model"].isna().sum() > 0


def test_governance_published_and_not_published_together_leave_all(catalogue: Catalogue) -> None:
    every = Selection(governance=catalogue.known_values["governance"])
    assert len(collaboratives(catalogue, every)) == len(catalogue.table("collaboratives"))


def test_outcomes_leave_out_the_value_that_a_rule_did_not_choose(catalogue: Catalogue) -> None:
    shown = outcomes(catalogue, Selection())
    every = outcomes(catalogue, Selection(), shown_only=False)
    assert shown["is_shown"].all()
    assert set(every["outcome_id"]) - set(shown["outcome_id"]) == set(
        every[~every["is_shown"].astype(bool)]["outcome_id"]
    )


def test_lead_providers_come_first_among_members(catalogue: Catalogue) -> None:
    roles = members(catalogue, catalogue.table("collaboratives")["collaborative_id"])["role"]
    order = roles.map({"lead_provider": 0, "member": 1, "partner": 2})
    assert order.is_monotonic_increasing
    assert len(roles) == len(catalogue.table("memberships"))


def test_an_organisation_leaves_the_collaboratives_in_which_it_has_a_part(
    catalogue: Catalogue,
) -> None:
    part = catalogue.table("memberships")
    for organisation, rows in part.groupby("organisation_id"):
        left = collaboratives(catalogue, Selection(organisation=(str(organisation),)))
        assert set(left["collaborative_id"]) == set(rows["collaborative_id"])


def test_a_tier_leaves_rows_with_a_source_of_that_tier(catalogue: Catalogue) -> None:
    tiers = catalogue.table("sources").set_index("source_id")["tier"]
    for tier in catalogue.known_values["tier"]:
        kept = set(collaboratives(catalogue, Selection(tier=(tier,)))["collaborative_id"])
        for row in catalogue.table("collaboratives").to_dict("records"):
            others = row["other_source_ids"] if isinstance(row["other_source_ids"], str) else ""
            ids = [row["source_id"], *(i.strip() for i in others.split(";") if i.strip())]
            assert (row["collaborative_id"] in kept) == (tier in {tiers[i] for i in ids})


def test_queries_do_not_change_the_catalogue(catalogue: Catalogue) -> None:
    before = catalogue.table("outcomes").copy(deep=True)
    frame = outcomes(catalogue, Selection())
    frame["metric"] = "changed"
    frame.loc[0, "value"] = 0.0
    assert catalogue.table("outcomes").equals(before)


@pytest.mark.parametrize(
    ("dimension", "value", "label"),
    [
        ("region", LONDON, "London"),
        ("icb", "E54000054", "West Yorkshire"),
        ("collaborative", "wyaat", "WYAAT"),
        ("governance", NOT_PUBLISHED, "Not published"),
        ("status", "achieved", "Achieved"),
        ("wave", "nov-2022", "Survey of provider collaborative leaders, November 2022"),
    ],
)
def test_a_value_has_a_label(catalogue: Catalogue, dimension: str, value: str, label: str) -> None:
    assert value_label(catalogue, dimension, value) == label


def test_every_dimension_has_a_name(catalogue: Catalogue) -> None:
    assert set(DIMENSION_NAMES) == {*catalogue.known_values, "q"}


def test_an_empty_selection_names_its_filters_and_how_to_widen(catalogue: Catalogue) -> None:
    selection = Selection(sector=("ambulance",), region=(LONDON,), status=("planned",))
    empty = explain_empty(catalogue, selection, ("sector", "region"), "outcomes")
    assert empty.reason == "No outcomes in the tables fit sector: Ambulance; region: London."
    assert "Clear the filter for sector or region" in empty.widen
    assert empty.dimensions == ("sector", "region")


def test_an_empty_table_does_not_blame_a_filter(catalogue: Catalogue) -> None:
    empty = explain_empty(catalogue, Selection(status=("planned",)), ("sector",), "posts")
    assert empty.dimensions == ()
    assert "posts" in empty.reason
    assert "filter" in empty.widen.lower()


@pytest.mark.parametrize("grade_id", list(GRADE))
def test_a_filter_for_a_grade_leaves_the_outcomes_with_it(
    catalogue: Catalogue, grade_id: str
) -> None:
    table = grades(catalogue)
    left = outcomes(catalogue, Selection(grade=(grade_id,)), shown_only=False)
    assert set(left["outcome_id"]) == set(table[table["grade"] == grade_id]["outcome_id"])
    assert value_label(catalogue, "grade", grade_id) == grade_label(grade_id)


@pytest.mark.parametrize(
    ("dimension", "column"), [("scope", "scope"), ("formed", "formed_year"), ("sector", "sector")]
)
def test_every_value_of_a_column_leaves_its_own_collaboratives(
    catalogue: Catalogue, dimension: str, column: str
) -> None:
    table = catalogue.table("collaboratives")
    texts = table[column].astype("string").fillna(NOT_PUBLISHED)
    for value in catalogue.known_values[dimension]:
        left = collaboratives(catalogue, Selection(**{dimension: (value,)}))  # type: ignore[arg-type]
        assert left["collaborative_id"].tolist() == (
            table.loc[texts == value, "collaborative_id"].tolist()
        ), value


def test_free_text_leaves_outcomes_that_hold_every_word_in_any_order(catalogue: Catalogue) -> None:
    left = outcomes(catalogue, Selection(q="FORENSIC out-of-area"))
    assert not left.empty
    for row in left.to_dict("records"):
        text = f"{row['metric']} {row['service']} {row['comparator']} {row['note']}".lower()
        # One word may stand in the name of the group: "Forensic and secure care".
        assert ("forensic" in text) + ("out of area" in text.replace("-", " ")) >= 1
        assert "forensic" in text or "forensic" in services_of(catalogue)[row["outcome_id"]]


@pytest.mark.parametrize(
    ("typed", "metric"),
    [
        ("out of area placements", "Forensic patients cared for out of area"),
        ("out-of-area placement", "Out-of-area bed use by children and young people"),
        ("ENT waits", "Children waiting for ear, nose and throat surgery"),
        ("the procurement", "Procurement savings in 2023-24"),
        ("rate of retention", "Nurse retention rate"),
        ("supplies", "Joint procurement eased the supply of protective equipment early"),
    ],
)
def test_free_text_forgives_plurals_little_words_and_one_word_of_the_group(
    catalogue: Catalogue, typed: str, metric: str
) -> None:
    left = outcomes(catalogue, Selection(q=typed))
    assert any(found.startswith(metric) for found in left["metric"])
    assert set(left["collaborative_id"]) <= set(
        collaboratives(catalogue, Selection(q=typed))["collaborative_id"]
    )


def test_a_short_word_stands_by_itself(catalogue: Catalogue) -> None:
    left = outcomes(catalogue, Selection(q="ENT"))
    assert left["metric"].str.contains("ENT", regex=False).all()
    assert not left.empty


def test_free_text_finds_a_collaborative_by_alias_member_and_outcome(catalogue: Catalogue) -> None:
    leeds = collaboratives(catalogue, Selection(q="leeds teaching"))["collaborative_id"]
    assert "wyaat" in set(leeds)
    mine = outcomes(catalogue, Selection(q="out-of-area"))["collaborative_id"]
    found = collaboratives(catalogue, Selection(q="out-of-area"))["collaborative_id"]
    assert set(mine) <= set(found)


def test_free_text_that_nothing_holds_leaves_nothing_and_is_named(catalogue: Catalogue) -> None:
    none = Selection(q="zebra crossing")
    assert collaboratives(catalogue, none).empty
    said = explain_empty(catalogue, none, ("q",), "collaboratives")
    assert "words: “zebra crossing”" in said.reason
