"""The one selection: equal when it means the same, and the same after a trip through an address."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from data import Catalogue, Selection
from data.selection import LONGEST_TEXT, NOT_PUBLISHED

DIMENSIONS = tuple(f.name for f in fields(Selection))
LONDON, MIDLANDS, KENT = "E40000003", "E40000011", "E54000032"
CASES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "one sector": {"sector": ("acute",)},
    "every kind of dimension": {
        "sector": ("acute", "mhlda"),
        "region": (LONDON,),
        "icb": (KENT,),
        "collaborative": ("wyaat", "black-country"),
        "organisation": ("RN3",),
        "governance": ("lead_provider", NOT_PUBLISHED),
        "scope": ("multi_ics",),
        "formed": ("2020", NOT_PUBLISHED),
        "benefit": ("efficiency_and_scale",),
        "status": ("expected",),
        "tier": ("published_report", "press"),
        "grade": ("full", "words"),
        "service": ("cancer", "stroke"),
        "vintage": "2023",
        "wave": "nov-2022",
        "q": "cancer, or stroke",
    },
    "two regions": {"region": (MIDLANDS, LONDON)},
    "a wave": {"wave": "nov-2022"},
}


def test_the_dimensions_are_those_of_the_design() -> None:
    assert DIMENSIONS == (
        "sector", "region", "icb", "collaborative", "organisation", "governance", "scope", "formed",
        "benefit", "status", "tier", "grade", "service", "vintage", "wave", "q",
    )  # fmt: skip


def test_order_and_repeats_make_no_difference() -> None:
    one = Selection(sector=("mhlda", "acute", "mhlda"))
    other = Selection(sector=("acute", "mhlda"))
    assert one == other
    assert hash(one) == hash(other)


def test_a_list_becomes_a_tuple_so_that_a_selection_can_be_a_key() -> None:
    listed: Any = ["acute"]
    assert {Selection(sector=listed)} == {Selection(sector=("acute",))}


def test_a_selection_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Selection().sector = ("acute",)  # type: ignore[misc]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_selection_survives_the_address(catalogue: Catalogue, case: dict[str, Any]) -> None:
    selection = Selection(**case)
    read, dropped = Selection.from_params(selection.to_params(), catalogue.known_values)
    assert read == selection
    assert dropped == ()


@pytest.mark.parametrize("dimension", [d for d in DIMENSIONS if d != "q"])
def test_every_value_of_every_dimension_survives_the_address(
    catalogue: Catalogue, dimension: str
) -> None:
    assert catalogue.known_values[dimension]
    for value in catalogue.known_values[dimension]:
        single = isinstance(getattr(Selection(), dimension), str)
        changed: dict[str, Any] = {dimension: value if single else (value,)}
        selection = replace(Selection(), **changed)
        assert Selection.from_params(selection.to_params(), catalogue.known_values) == (
            selection,
            (),
        )


def test_no_value_holds_the_comma_that_separates_values(catalogue: Catalogue) -> None:
    assert [v for values in catalogue.known_values.values() for v in values if "," in v] == []


def test_parameters_are_comma_separated_and_only_those_set() -> None:
    selection = Selection(sector=("mhlda", "acute"), wave="nov-2022")
    assert selection.to_params() == {"sector": "acute,mhlda", "wave": "nov-2022"}


@pytest.mark.parametrize(
    ("params", "kept", "named"),
    [
        ({"sector": "acute,dental"}, Selection(sector=("acute",)), ["dental", "sector"]),
        ({"sector": "dental"}, Selection(), ["dental"]),
        ({"region": "E40000099"}, Selection(), ["E40000099", "region"]),
        ({"wave": "nov-1922"}, Selection(), ["nov-1922", "wave"]),
        ({"formed": "1066-1100"}, Selection(), ["1066-1100", "formed"]),
        ({"vintage": "1999,2023"}, Selection(vintage="2023"), ["1999", "vintage"]),
    ],
)
def test_an_unknown_value_is_dropped_and_named(
    catalogue: Catalogue, params: Mapping[str, str], kept: Selection, named: list[str]
) -> None:
    selection, dropped = Selection.from_params(params, catalogue.known_values)
    assert selection == kept
    assert len(dropped) == 1
    assert all(word in dropped[0] for word in named)


@pytest.mark.parametrize(
    "params",
    [{}, {"sector": ""}, {"sector": " , ,"}, {"page": "footprints"}, {"embed": "true", "id": "x"}],
)
def test_parameters_of_others_and_empty_ones_are_left_alone(
    catalogue: Catalogue, params: Mapping[str, str]
) -> None:
    assert Selection.from_params(params, catalogue.known_values) == (Selection(), ())


def test_spaces_around_values_do_not_matter(catalogue: Catalogue) -> None:
    read, dropped = Selection.from_params({"sector": " acute , mhlda "}, catalogue.known_values)
    assert (read, dropped) == (Selection(sector=("acute", "mhlda")), ())


def test_only_keeps_the_named_dimensions() -> None:
    selection = Selection(**CASES["every kind of dimension"])
    assert selection.only(("sector", "wave")) == Selection(
        sector=("acute", "mhlda"), wave="nov-2022"
    )
    assert selection.only(()) == Selection()
    assert selection.only(DIMENSIONS) == selection


def test_without_clears_a_dimension_or_one_value_of_it() -> None:
    selection = Selection(sector=("acute", "mhlda"), wave="nov-2022")
    assert selection.without("sector") == Selection(wave="nov-2022")
    assert selection.without("sector", "acute") == Selection(sector=("mhlda",), wave="nov-2022")
    assert selection.without("sector", "ambulance") == selection
    assert selection.without("wave") == Selection(sector=("acute", "mhlda"))
    assert selection.without("wave", "nov-2022") == Selection(sector=("acute", "mhlda"))


def test_active_lists_what_restricts_in_a_stable_order() -> None:
    selection = Selection(wave="nov-2022", region=(LONDON,), sector=("mhlda", "acute"))
    assert selection.active == (
        ("sector", "acute"),
        ("sector", "mhlda"),
        ("region", LONDON),
        ("wave", "nov-2022"),
    )
    assert Selection().active == ()


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        ("2016-2018", ("2016", "2017", "2018")),
        ("-2016", ("2013", "2016")),
        ("2024-", ("2024", "2025")),
        ("2024-,not_published", ("2024", "2025", NOT_PUBLISHED)),
    ],
)
def test_a_range_of_years_in_an_address_means_the_years_that_exist(
    asked: str, years: tuple[str, ...]
) -> None:
    known = {"formed": ("2013", "2016", "2017", "2018", "2024", "2025", NOT_PUBLISHED)}
    assert Selection.from_params({"formed": asked}, known) == (Selection(formed=years), ())


def test_what_may_have_been_meant_is_said_with_what_is_dropped() -> None:
    _, dropped = Selection.from_params(
        {"sector": "acut"}, {"sector": ("acute",)}, lambda d, v: f" ({d}: {v}?)"
    )
    assert dropped == ("“acut” is not a known sector (sector: acut?)",)


def test_free_text_is_made_plain() -> None:
    assert Selection(q="  out   of area ") == Selection(q="out of area")
    assert len(Selection(q="a" * 500).q) == LONGEST_TEXT
