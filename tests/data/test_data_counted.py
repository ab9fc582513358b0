"""Rows told as conditions on cells: exactly these, whatever table they are of."""

from __future__ import annotations

import random

import pytest

from data import Catalogue, Selection
from data.counted import (
    Counted,
    condition,
    conditions,
    how_many,
    refs_counted,
    rows_counted,
    whence_of,
    whole_table,
    with_cells,
)
from data.lineage import refs_of
from data.schema import package_schema

TABLES = tuple(package_schema().tables)


@pytest.mark.parametrize("table", TABLES)
def test_a_way_to_rows_leaves_exactly_these_rows(catalogue: Catalogue, table: str) -> None:
    dice, frame = random.Random(table), catalogue.frames[table]
    for count in (1, 2, 5, 20):
        rows = frame.iloc[sorted(dice.sample(range(len(frame)), min(count, len(frame))))]
        refs = refs_of(catalogue, table, rows)
        found = whence_of(catalogue, refs)
        single = len(catalogue.schema.tables[table].primary_key) == 1
        # Of a key of one column there always is a way, unless a cell has the sign between values.
        if single and not any("," in ref for ref in refs):
            assert found
        if found:
            assert refs_counted(catalogue, found) == refs
            assert isinstance(found, str) == (len(refs) == 1)


@pytest.mark.parametrize("table", TABLES)
def test_every_condition_offered_leaves_rows_and_all_of_a_column_leave_those_that_state_it(
    catalogue: Catalogue, table: str
) -> None:
    schema, frame = catalogue.schema.tables[table], catalogue.frames[table]
    offered = conditions(schema, frame)
    by_column: dict[str, list[str]] = {}
    for one, (column, words) in offered.items():
        assert words
        assert not with_cells(frame, (one,)).empty
        by_column.setdefault(column, []).append(one)
    for column, every in by_column.items():
        stated = with_cells(frame, (f"{column}:*",))
        assert list(with_cells(frame, every).index) == list(stated.index)
        assert len(stated) + len(with_cells(frame, (f"{column}:",))) == len(frame)


def test_conditions_of_one_column_are_alternatives_and_those_of_two_hold_together(
    catalogue: Catalogue,
) -> None:
    frame = catalogue.table("outcomes")
    either = with_cells(frame, ("status:achieved", "status:planned", "is_shown:true"))
    expected = frame["status"].isin(["achieved", "planned"]) & frame["is_shown"]
    assert list(either.index) == list(frame[expected.astype(bool)].index)


def test_filters_hold_beside_conditions_and_stand_in_the_address(catalogue: Catalogue) -> None:
    counted = Counted("outcomes", ("status:achieved",), Selection(sector=("mhlda",)))
    rows = rows_counted(catalogue, counted)
    of_sector = catalogue.table("collaboratives").set_index("collaborative_id")["sector"]
    assert not rows.empty
    assert set(rows["status"]) == {"achieved"}
    assert set(rows["collaborative_id"].map(of_sector)) == {"mhlda"}
    assert counted.to_params() == {
        "table": "outcomes", "where": "status:achieved", "sector": "mhlda",
    }  # fmt: skip


def test_rows_without_filters_of_their_own_are_told_to_stay_whole() -> None:
    assert whole_table("outcomes") == {"table": "outcomes", "filtered": "no"}
    counted = Counted("outcomes", ("status:achieved",))
    assert counted.to_params() == {
        "table": "outcomes", "where": "status:achieved", "filtered": "no",
    }  # fmt: skip


def test_hints_make_the_way_short_and_wrong_ones_do_no_harm(catalogue: Catalogue) -> None:
    rows = catalogue.table("memberships")
    refs = refs_of(catalogue, "memberships", rows[rows["collaborative_id"] == "wyaat"])
    mine = "collaborative_id:wyaat"
    assert whence_of(catalogue, refs, mine) == Counted("memberships", (mine,))
    wrong = whence_of(catalogue, refs, "role:partner")
    assert refs_counted(catalogue, wrong) == refs


def test_rows_that_are_not_there_are_left_out_and_two_tables_are_refused(
    catalogue: Catalogue,
) -> None:
    assert whence_of(catalogue, ()) == ""
    assert whence_of(catalogue, ("collaboratives/nobody",)) == ""
    pair = ("collaboratives/nobody", "collaboratives/wyaat")
    assert whence_of(catalogue, pair) == "collaboratives/wyaat"
    with pytest.raises(ValueError, match="one table"):
        whence_of(catalogue, ("collaboratives/wyaat", "outcomes/uhn-corporate-functions"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("status:achieved", ("status", "Achieved")),
        ("is_shown:false", ("is_shown", "No")),
        ("collaborative_id:wyaat", ("collaborative_id", "WYAAT")),
        ("value:*", ("value", "any value")),
        ("value:", ("value", "not published")),
        ("status:finished", None),
        ("colour:red", None),
        ("status", None),
    ],
)
def test_a_condition_of_an_address_is_told_in_words_or_fits_nothing(
    catalogue: Catalogue, text: str, told: tuple[str, str] | None
) -> None:
    schema = catalogue.schema.tables["outcomes"]
    assert condition(catalogue, schema, catalogue.frames["outcomes"], text) == told


def test_a_value_can_be_left_out_and_several_together(catalogue: Catalogue) -> None:
    table = catalogue.table("outcomes")
    both = Counted("outcomes", ("status:!achieved", "status:!planned", "is_shown:true"))
    left = rows_counted(catalogue, both)
    assert set(left["status"]) == {"expected"}
    assert len(left) == int(((table["status"] == "expected") & table["is_shown"]).sum())
    no_service = table["service"].isna().sum()
    some = Counted("outcomes", (f"service:!{table['service'].dropna().iloc[0]}",))
    # What states nothing is not what is left out.
    assert rows_counted(catalogue, some)["service"].isna().sum() == no_service


def test_the_shorter_of_what_is_there_and_what_is_not(catalogue: Catalogue) -> None:
    table = catalogue.table("collaboratives")
    refs = refs_of(catalogue, "collaboratives", table.iloc[1:])
    way = whence_of(catalogue, refs)
    assert way == Counted(
        "collaboratives", (f"collaborative_id:!{table['collaborative_id'].iloc[0]}",)
    )
    assert refs_counted(catalogue, way) == refs


def test_a_number_of_values_is_told_by_groups(catalogue: Catalogue) -> None:
    shown = catalogue.table("outcomes")
    shown = shown[shown["is_shown"]]
    refs = refs_of(catalogue, "outcomes", shown)
    way = whence_of(catalogue, refs, "is_shown:true", by="collaborative_id")
    assert isinstance(way, Counted)
    assert how_many(catalogue, way) == shown["collaborative_id"].nunique() < len(shown)
    assert way.to_params() | {"as": "groups", "by": "collaborative_id"} == way.to_params()


def test_filters_that_leave_the_rows_are_kept(catalogue: Catalogue) -> None:
    chosen = Selection(sector=("mhlda",))
    rows = rows_counted(catalogue, Counted("outcomes", ("status:achieved",), chosen))
    refs = refs_of(catalogue, "outcomes", rows)
    way = whence_of(catalogue, refs, "status:achieved", within=chosen)
    assert way == Counted("outcomes", ("status:achieved",), chosen)
    # Filters that leave other rows are not.
    other = whence_of(catalogue, refs, "status:achieved", within=Selection(sector=("acute",)))
    assert other == "" or (isinstance(other, Counted) and not other.selection.active)
