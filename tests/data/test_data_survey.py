"""Questions of the survey: published is one thing, zero another."""

import pytest

from data import Catalogue, Selection
from data.survey import (
    base_words,
    groups_shown,
    published,
    question,
    unpublished_options,
    wave_of,
)


def test_the_wave_is_the_one_selected_or_else_the_last(catalogue: Catalogue) -> None:
    assert wave_of(catalogue, Selection()) == "nov-2022"
    assert wave_of(catalogue, Selection(wave="may-2030")) == "may-2030"


def test_every_question_of_the_wave_can_be_asked(catalogue: Catalogue) -> None:
    for question_id in catalogue.table("survey_questions")["question_id"]:
        asked = question(catalogue, Selection(), question_id)
        assert asked.label.endswith("?")
        assert not asked.results.empty
        assert asked.results["option_order"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("selection", "question_id"), [(Selection(), "nothing"), (Selection(wave="x"), "respondents")]
)
def test_an_unknown_question_or_wave_is_named(
    catalogue: Catalogue, selection: Selection, question_id: str
) -> None:
    with pytest.raises(KeyError, match=f"no question '{question_id}'"):
        question(catalogue, selection, question_id)


@pytest.mark.parametrize(
    ("base_n", "basis", "words"),
    [
        (40, "derived", "base 40, derived"),
        (43, "stated", "base 43, stated"),
        (43, None, "base 43"),
        (None, None, "base not published"),
    ],
)
def test_a_base_is_said_with_how_it_is_known(base_n: object, basis: object, words: str) -> None:
    assert base_words(base_n, basis) == words


@pytest.mark.parametrize(
    ("sectors", "groups"),
    [
        ((), ("all", "acute", "mhlda", "community", "all_in")),
        (("mhlda",), ("all", "mhlda")),
        (("ambulance",), ("all",)),
        (("all_in", "acute"), ("all", "acute", "all_in")),
    ],
)
def test_all_respondents_are_always_shown(
    sectors: tuple[str, ...], groups: tuple[str, ...]
) -> None:
    assert groups_shown(Selection(sector=sectors)) == groups


def test_a_stated_zero_is_published_and_an_empty_cell_is_not(catalogue: Catalogue) -> None:
    results = question(catalogue, Selection(), "partner-meetings-pcn").results
    regular = published(results).query("option_id == 'very-regularly'")
    assert regular["sector_group"].tolist() == ["acute"]
    assert float(regular["percent"].iloc[0]) == 0.0


def test_unpublished_options_have_a_value_for_no_group(catalogue: Catalogue) -> None:
    results = question(catalogue, Selection(), "priorities-past-year").results
    assert unpublished_options(results) == (
        "Addressing inequalities",
        "Redesigning clinical pathways or consolidating services",
    )
