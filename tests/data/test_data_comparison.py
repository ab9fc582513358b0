"""Two to four subjects side by side: the same rows, differences told, every value cited."""

from collections.abc import Mapping
from typing import Any

import pytest

from data import Catalogue
from data.comparison import NONE_NAMED, Comparison, Item, Row, Value
from data.comparison_rows import (
    COLLABORATIVE_ROWS,
    SYSTEM_ROWS,
    compare_collaboratives,
    compare_systems,
)

AT = (("a-source", "page 1"),)
WEST_YORKSHIRE, FRIMLEY = "E54000054", "E54000034"
IDS = ("wyaat", "foundation-group", "hny-mhlda")


def plain(row: Mapping[Any, Any]) -> str:
    return f"{row['value']} {row['unit']}"


def said(*texts: str) -> Value:
    return Value(tuple(Item(t, AT, "") for t in texts), AT, "")


def of(comparison: Comparison, row_id: str) -> dict[str, tuple[str, ...]]:
    """Subject -> what is said of it in a row."""
    row = next(r for r in comparison.rows if r.id == row_id)
    names = (name for _, name in comparison.subjects)
    return {name: value.texts for name, value in zip(names, row.values, strict=True)}


@pytest.fixture(scope="module")
def three(catalogue: Catalogue) -> Comparison:
    return compare_collaboratives(catalogue, IDS, plain)


@pytest.fixture(scope="module")
def systems(catalogue: Catalogue) -> Comparison:
    return compare_systems(catalogue, (WEST_YORKSHIRE, FRIMLEY))


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ((said("2018"), said("2018")), "same"),
        ((said("2018"), said("2016")), "differs"),
        ((said("2018"), said()), "not all published"),
        ((said(), said()), "not all published"),
        ((said("2018"), said(), said("2016")), "differs"),
        ((said("A", "B"), said("A")), "differs"),
    ],
)
def test_what_is_not_published_is_no_difference_and_no_agreement(
    values: tuple[Value, ...], verdict: str
) -> None:
    row = Row("formed", "Formed", values)
    assert row.verdict == verdict
    assert row.differs == (verdict == "differs")


def test_rows_are_the_same_in_the_same_order_whatever_is_compared(
    catalogue: Catalogue, three: Comparison
) -> None:
    other = compare_collaboratives(catalogue, ("uhn-group", "black-country"), plain)
    assert [r.id for r in three.rows] == [r.id for r in other.rows] == list(COLLABORATIVE_ROWS)


def test_system_rows_are_the_same_in_the_same_order(systems: Comparison) -> None:
    assert {r.id: r.label for r in systems.rows} == dict(SYSTEM_ROWS)
    assert [r.id for r in systems.rows] == list(SYSTEM_ROWS)


def test_every_sector_has_a_row(catalogue: Catalogue) -> None:
    sectors = catalogue.schema.labels("collaboratives", "sector")
    rows = [r.removeprefix("sector_") for r in SYSTEM_ROWS if r.startswith("sector_")]
    assert rows == list(sectors)


def test_the_order_of_asking_makes_no_difference(catalogue: Catalogue, three: Comparison) -> None:
    assert compare_collaboratives(catalogue, IDS[::-1], plain) == three


@pytest.mark.parametrize("ids", [(), ("wyaat",), ("wyaat", "wyaat")])
def test_fewer_than_two_are_refused(catalogue: Catalogue, ids: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="expected 2 to 4 different subjects"):
        compare_collaboratives(catalogue, ids, plain)


def test_more_than_four_are_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="found 5"):
        compare_systems(catalogue, list(catalogue.icb_names)[:5])


def test_what_does_not_exist_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="nobody"):
        compare_collaboratives(catalogue, ("wyaat", "nobody"), plain)
    with pytest.raises(KeyError, match="E99"):
        compare_systems(catalogue, (FRIMLEY, "E99"))


def test_values_are_those_of_the_tables(catalogue: Catalogue, three: Comparison) -> None:
    table = catalogue.table("collaboratives").set_index("collaborative_id")
    for key, name in three.subjects:
        row = table.loc[key]
        assert of(three, "sector")[name] == (
            catalogue.label("collaboratives", "sector", row["sector"]),
        )
        members = catalogue.table("memberships")
        named = members[members["collaborative_id"] == key]
        assert of(three, "members_named")[name] == (str(len(named) or NONE_NAMED),)
        assert len(of(three, "member_names")[name]) == len(named)


def test_an_empty_cell_is_not_published(catalogue: Catalogue) -> None:
    table = catalogue.table("collaboratives").set_index("collaborative_id")
    compared = compare_collaboratives(catalogue, ("wyaat", "acute-hospitals-alliance"), plain)
    for key, name in compared.subjects:
        empty = bool(table["governance_model"].isna()[key])
        assert (of(compared, "governance_model")[name] == ()) == empty


def test_a_note_that_says_not_published_is_not_published(catalogue: Catalogue) -> None:
    table = catalogue.table("collaboratives").set_index("collaborative_id")
    assert table.loc["west-yorkshire-community", "governance_note"] == "Not published."
    compared = compare_collaboratives(catalogue, ("wyaat", "west-yorkshire-community"), plain)
    assert of(compared, "governance_note")["West Yorkshire community"] == ()


def test_a_lead_provider_is_named_and_marked(three: Comparison) -> None:
    lead = "Humber Teaching NHS Foundation Trust"
    assert of(three, "lead_provider")["Humber & N Yorkshire MHLDA"] == (lead,)
    assert f"{lead} (lead provider)" in of(three, "member_names")["Humber & N Yorkshire MHLDA"]
    assert of(three, "lead_provider")["WYAAT"] == ("none named",)


def test_stated_and_inferred_systems_stand_apart(crowded: Catalogue) -> None:
    compared = compare_collaboratives(crowded, ("made-up-04", "made-up-05"), plain)
    prints = crowded.table("footprints")
    for key, name in compared.subjects:
        own = prints[prints["collaborative_id"] == key]
        stated = (
            own[own["basis"] == "stated"]
            .merge(crowded.table("icbs")[["icb_code", "short_name"]], on="icb_code")
            .sort_values("short_name")
        )
        assert len(of(compared, "systems_stated")[name]) == len(stated)
        marked = [t.endswith(" (part)") for t in of(compared, "systems_stated")[name]]
        assert marked == (stated["coverage"] == "part").tolist()


def test_outcomes_are_counted_and_put_in_words(catalogue: Catalogue, three: Comparison) -> None:
    frame = catalogue.table("outcomes")
    own = frame[(frame["collaborative_id"] == "hny-mhlda") & frame["is_shown"].astype(bool)]
    said_of = of(three, "outcomes_quantified")["Humber & N Yorkshire MHLDA"]
    numbers = own[own["is_quantified"].astype(bool)]
    assert len(said_of) == len(numbers) > 0
    assert all(plain(r) in " ".join(said_of) for r in numbers.to_dict("records"))
    assert of(three, "outcomes_by_status")["Foundation Group"] == (NONE_NAMED,)


def test_a_system_without_collaboratives_has_none_in_the_tables_and_not_zero(
    crowded: Catalogue,
) -> None:
    prints, names = crowded.table("footprints"), crowded.icb_names
    some = str(prints["icb_code"].iloc[0])
    bare = next(code for code in names if code not in set(prints["icb_code"]))
    compared = compare_systems(crowded, (some, bare))
    assert of(compared, "collaboratives")[names[bare]] == (NONE_NAMED,)
    assert of(compared, "collaboratives")[names[some]] == (
        str(int((prints["icb_code"] == some).sum())),
    )


def test_a_predecessor_is_not_counted_and_is_named_as_such(crowded: Catalogue) -> None:
    prints = crowded.table("footprints")
    code = str(prints.loc[prints["collaborative_id"] == "made-up-69", "icb_code"].iloc[0])
    other = next(c for c in crowded.icb_names if c != code)
    compared = compare_systems(crowded, (code, other))
    name = crowded.icb_names[code]
    assert crowded.collaborative_names["made-up-69"] in " ".join(of(compared, "past")[name])
    living = int((prints["icb_code"] == code).sum()) - 1
    assert of(compared, "collaboratives")[name] == (str(living),)


def test_what_changed_in_2026_is_told(systems: Comparison) -> None:
    changes = of(systems, "changes")
    assert any("Thames Valley" in text for text in changes["Frimley"])
    assert changes["West Yorkshire"] == ("no change of this board is recorded",)


@pytest.mark.parametrize("name", ["three", "systems"])
def test_every_value_has_a_source_and_a_place(
    name: str, catalogue: Catalogue, request: pytest.FixtureRequest
) -> None:
    comparison: Comparison = request.getfixturevalue(name)
    frame = comparison.frame()
    assert not frame[["source_id", "locator"]].isna().any(axis=None)
    assert set(frame["source_id"]) <= set(catalogue.table("sources")["source_id"])
    places = comparison.places()
    assert set(frame["source_id"]) <= set(places["source_id"])


def test_the_frame_has_a_row_for_each_item_and_one_for_each_gap(three: Comparison) -> None:
    items = sum(max(1, len(v.items)) for row in three.rows for v in row.values)
    gaps = sum(not v.items for row in three.rows for v in row.values)
    frame = three.frame()
    assert len(frame) == items
    assert int(frame["value"].isna().sum()) == gaps > 0
