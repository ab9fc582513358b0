"""Who works with whom: organisations in several collaboratives, shared members and systems."""

from itertools import combinations

import pandas as pd
import pytest

from data import Catalogue, Selection
from data.connections import (
    PAST,
    RELATED_COLUMNS,
    joined,
    left_out,
    memberships,
    overlaps,
    pairs,
    related,
    shared,
)

ALL = Selection()
LONDON = "E40000003"
MINE = Selection(collaborative=("made-up-46",))


def alive(catalogue: Catalogue) -> set[str]:
    table = catalogue.table("collaboratives")
    return set(table.loc[~table["status"].isin(PAST), "collaborative_id"])


def members_of(catalogue: Catalogue) -> dict[str, set[str]]:
    """Collaborative -> organisations, counted by hand."""
    found: dict[str, set[str]] = {}
    for row in catalogue.table("memberships").to_dict("records"):
        found.setdefault(row["collaborative_id"], set()).add(row["organisation_id"])
    return {key: found.get(key, set()) for key in alive(catalogue)}


def with_tables(catalogue: Catalogue, **tables: pd.DataFrame) -> Catalogue:
    return Catalogue(catalogue.schema, {**catalogue.frames, **tables})


def test_the_made_up_tables_are_of_the_size_of_england(crowded: Catalogue) -> None:
    frame = memberships(crowded, ALL, least=2)
    assert len(crowded.table("collaboratives")) == 70
    assert 30 <= frame["organisation_id"].nunique() <= 60
    assert set(frame["role"]) == {"member", "lead_provider", "partner"}


def test_every_membership_counts_where_nothing_is_filtered(catalogue: Catalogue) -> None:
    living = catalogue.table("memberships")["collaborative_id"].isin(alive(catalogue))
    assert len(memberships(catalogue, ALL)) == int(living.sum())


def test_an_organisation_has_as_many_memberships_as_it_has_rows(crowded: Catalogue) -> None:
    frame = memberships(crowded, ALL)
    for _, rows in frame.groupby("organisation_id"):
        assert set(rows["memberships"]) == {len(rows)}
    assert frame["memberships"].is_monotonic_decreasing


def test_several_means_at_least_two(crowded: Catalogue) -> None:
    everyone, several = memberships(crowded, ALL), memberships(crowded, ALL, least=2)
    assert set(several["memberships"]) == set(everyone["memberships"]) - {1}


def test_filters_leave_only_what_they_ask_for(crowded: Catalogue) -> None:
    acute = memberships(crowded, Selection(sector=("acute",)))
    assert set(acute["sector"]) == {"acute"}
    london = memberships(crowded, Selection(region=(LONDON,)))
    touching = overlaps(crowded, Selection(region=(LONDON,)))["collaborative_id"]
    assert set(london["collaborative_id"]) <= set(touching)


def test_a_collaborative_selected_keeps_the_other_memberships_of_its_members(
    crowded: Catalogue,
) -> None:
    frame = memberships(crowded, MINE)
    own = members_of(crowded)["made-up-46"]
    assert own
    assert set(frame["organisation_id"]) == own
    assert frame["collaborative_id"].nunique() > 1


def test_a_predecessor_makes_nobody_a_member_of_several(crowded: Catalogue) -> None:
    table = crowded.table("memberships")
    extra = table[table["collaborative_id"] == "made-up-46"].assign(collaborative_id="made-up-69")
    both = with_tables(crowded, memberships=pd.concat([table, extra], ignore_index=True))
    assert left_out(both, ALL)["collaborative_id"].tolist() == ["made-up-69"]
    pd.testing.assert_frame_equal(memberships(both, ALL), memberships(crowded, ALL))


def test_a_predecessor_that_is_asked_for_by_name_is_shown(crowded: Catalogue) -> None:
    table = crowded.table("memberships")
    extra = table[table["collaborative_id"] == "made-up-46"].assign(collaborative_id="made-up-69")
    both = with_tables(crowded, memberships=pd.concat([table, extra], ignore_index=True))
    frame = related(both, "made-up-69")
    assert frame["related_id"].iloc[0] == "made-up-46"
    assert left_out(both, Selection(collaborative=("made-up-69",))).empty


def test_shared_members_are_those_that_belong_to_both(crowded: Catalogue) -> None:
    belong = members_of(crowded)
    expected = {
        (a, b): belong[a] & belong[b]
        for a, b in combinations(sorted(belong), 2)
        if len(belong[a] & belong[b]) >= 2
    }
    frame = shared(crowded, ALL)
    found = {
        key: set(rows["organisation_id"]) for key, rows in frame.groupby(["first_id", "second_id"])
    }
    assert expected
    assert found == expected


def test_both_memberships_of_a_shared_member_are_cited(crowded: Catalogue) -> None:
    frame = shared(crowded, ALL)
    cited = ["source_id", "locator", "other_source_ids", "other_locator"]
    assert not frame[cited].isna().any(axis=None)


def test_pairs_under_a_collaborative_all_contain_it(crowded: Catalogue) -> None:
    frame = shared(crowded, MINE, least=1)
    assert not frame.empty
    assert ((frame["first_id"] == "made-up-46") | (frame["second_id"] == "made-up-46")).all()


def test_overlaps_count_the_collaboratives_of_each_system(crowded: Catalogue) -> None:
    frame = overlaps(crowded, ALL)
    prints = crowded.table("footprints")
    prints = prints[prints["collaborative_id"].isin(alive(crowded))]
    counted = prints.groupby("icb_code")["collaborative_id"].nunique()
    assert len(frame) == len(prints)
    for code, rows in frame.groupby("icb_code"):
        assert set(rows["collaboratives"]) == {counted[str(code)]}
    assert frame["collaboratives"].is_monotonic_decreasing


def test_overlaps_under_a_region_are_within_it(crowded: Catalogue) -> None:
    frame = overlaps(crowded, Selection(region=(LONDON,)))
    assert set(frame["region_code"]) == {LONDON}


def test_pairs_stand_in_the_order_of_their_strength(crowded: Catalogue) -> None:
    frame = pairs(crowded, ALL)
    strength = list(
        zip(frame["shared_members"], frame["shared_systems"], frame["same_sector"], strict=True)
    )
    assert strength == sorted(strength, reverse=True)
    assert (frame["shared_members"] + frame["shared_systems"] > 0).all()


def test_related_collaboratives_are_the_pairs_of_one(crowded: Catalogue) -> None:
    frame = related(crowded, "made-up-46")
    every = pairs(crowded, ALL)
    mine = every[(every["first_id"] == "made-up-46") | (every["second_id"] == "made-up-46")]
    assert list(frame.columns) == RELATED_COLUMNS
    others = {*mine["first_id"], *mine["second_id"]} - {"made-up-46"}
    assert set(frame["related_id"]) == others
    assert frame["shared_members"].is_monotonic_decreasing


def test_why_names_what_is_shared(crowded: Catalogue) -> None:
    for row in related(crowded, "made-up-46").to_dict("records"):
        assert row["why"].endswith(".")
        for name in filter(None, row["shared_member_names"].split("; ")):
            assert name in row["why"]
        assert ("same sector" in row["why"].lower()) == row["same_sector"]


def test_an_inferred_shared_system_is_said_to_be_inferred(catalogue: Catalogue) -> None:
    frame = related(catalogue, "wyaat")
    community = frame[frame["related_id"] == "west-yorkshire-community"].iloc[0]
    assert "West Yorkshire (inferred)" in community["shared_system_names"]


def test_related_collaboratives_can_be_filtered(crowded: Catalogue) -> None:
    sectors = crowded.table("collaboratives").set_index("collaborative_id")["sector"]
    every = related(crowded, "made-up-46")
    kept = related(crowded, "made-up-46", Selection(sector=("acute",)))
    assert set(kept["related_id"]) == {i for i in every["related_id"] if sectors[i] == "acute"}


def test_an_unknown_collaborative_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="nobody"):
        related(catalogue, "nobody")


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_joined_as_in_a_sentence(names: list[str], words: str) -> None:
    assert joined(names) == words
