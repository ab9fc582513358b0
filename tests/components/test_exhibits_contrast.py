"""Two selections of one exhibit: the sentence is worked out, the axes are the same."""

import re
from collections.abc import Callable
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.contrast import (
    Said,
    Side,
    difference,
    marked,
    offered,
    same_axes,
    why_same,
    words,
)
from components.exhibits.deck import DeckMap
from data import Catalogue, Selection
from data.lineage import known, lineage

Build = Callable[[str, Selection], Built]
ACUTE, MHLDA = Selection(sector=("acute",)), Selection(sector=("mhlda",))


def sides(build: Build, exhibit_id: str, first: Selection, second: Selection) -> tuple[Side, Side]:
    return (
        Side("Acute", first, build(exhibit_id, first)),
        Side("Mental health", second, build(exhibit_id, second)),
    )


def test_shares_of_two_sectors_are_compared_where_they_differ_most(
    catalogue: Catalogue, build: Build
) -> None:
    said = difference(catalogue, *sides(build, "delegation-intent", ACUTE, MHLDA))
    results = catalogue.table("survey_results")
    mine = results[
        (results["question_id"] == "delegation-intent") & (results["option_id"] == "considering")
    ]
    shares = mine.set_index("sector_group")["percent"].astype(float)
    assert f"{shares['acute']:.0f}% of Acute" in said
    assert f"{shares['mhlda']:.0f}% of Mental health" in said
    assert f"{abs(shares['acute'] - shares['mhlda']):.0f} points apart" in said


def test_rows_are_counted_and_those_in_both_are_named(catalogue: Catalogue, build: Build) -> None:
    said = difference(catalogue, *sides(build, "outcome-list", ACUTE, Selection()))
    table = catalogue.table("outcomes").merge(
        catalogue.table("collaboratives")[["collaborative_id", "sector"]], on="collaborative_id"
    )
    acute = build("outcome-list", ACUTE).frame
    assert said.startswith(f"{len(acute)} rows for Acute")
    assert f"{len(acute)} in both" in said
    assert len(acute) <= int((table["sector"] == "acute").sum())


def test_what_cannot_be_compared_is_said(catalogue: Catalogue, build: Build) -> None:
    nothing = Selection(sector=("specialised",), q="zebra")
    assert "nothing to set side by side" in difference(
        catalogue, *sides(build, "outcome-list", ACUTE, nothing)
    )
    assert "Both sides show all respondents" in difference(
        catalogue, *sides(build, "delegation-intent", Selection(), Selection())
    )


def test_axes_of_numbers_are_made_the_same_on_copies() -> None:
    first, second = go.Figure(), go.Figure()
    first.update_layout(xaxis={"range": [0, 50]})
    second.update_layout(xaxis={"range": [0, 120]})
    one, other = same_axes(first, second)
    assert list(one.layout.xaxis.range) == list(other.layout.xaxis.range) == [0, 120]
    assert list(first.layout.xaxis.range) == [0, 50]


def test_axes_of_categories_are_left_alone() -> None:
    first, second = go.Figure(), go.Figure()
    first.update_layout(xaxis={"range": [0, 5], "categoryarray": ["a"]})
    second.update_layout(xaxis={"range": [0, 9]})
    assert same_axes(first, second) == (first, second)


def test_values_of_a_filter_are_told_as_either_and_what_is_compared_as_a_list(
    catalogue: Catalogue,
) -> None:
    two = Selection(collaborative=("wyaat", "foundation-group"), sector=("acute",), benefit=("x",))
    assert words(catalogue, two, REGISTRY["trust-network"]) == "Acute, Foundation Group or WYAAT"
    assert words(catalogue, two, REGISTRY["compare-collaboratives"]) == "Foundation Group and WYAAT"
    assert words(catalogue, Selection(), REGISTRY["trust-network"]) == "everything"


def test_comparisons_are_told_by_the_rows_that_differ(catalogue: Catalogue, build: Build) -> None:
    pairs = Selection(icb=("E54000054", "E54000057")), Selection(icb=("E54000054", "E54000034"))
    first, second = sides(build, "compare-systems", *pairs)
    told = difference(catalogue, first, second)
    for side in (first, second):
        rows = side.built.frame.drop_duplicates("aspect")
        differ = int((rows["compared"] == "differs").sum())
        assert f"{side.name} differ in {differ} of {len(rows)} rows" in told


def test_what_nothing_changes_says_so(catalogue: Catalogue, two_waves: Catalogue) -> None:
    survey = REGISTRY["survey-respondents"]
    assert (offered(catalogue, survey), offered(two_waves, survey)) == ((), ("wave",))
    assert "follows only the survey wave, and the tables hold one." in why_same(catalogue, survey)
    fixed = replace(survey, responds_to=frozenset())
    assert "no filter changes “Who answered the survey”" in why_same(catalogue, fixed)


def test_what_is_selected_is_outlined_on_a_map_that_is_not_about_it(build: Build) -> None:
    built = build("collaborative-footprint", Selection(collaborative=("wyaat",)))
    plain = built.figure
    assert isinstance(plain, DeckMap)
    assert marked(built, Selection()) is plain
    chosen = Selection(icb=("E54000054",), organisation=(plain.markers[0].organisation_id,))
    drawn = marked(built, chosen)
    assert [a.code for a in drawn.areas if a.selected] == ["E54000054"]
    assert [m.selected for m in drawn.markers] == [True] + [False] * (len(plain.markers) - 1)
    assert [e.key for e in drawn.legend].count("selected") == 1
    assert drawn.state != plain.state, "the browser lets go of its own mark by another state"
    with pytest.raises(TypeError, match="expected a map"):
        marked(build("outcome-list", Selection()), chosen)


def test_every_number_on_how_two_sides_differ_is_given_with_what_is_behind_it(
    catalogue: Catalogue, build: Build
) -> None:
    north, south = (
        Selection(icb=codes) for codes in (("E54000054", "E54000057"), ("E54000032", "E54000064"))
    )
    pairs: tuple[tuple[str, Selection, Selection], ...] = (
        ("delegation-intent", ACUTE, MHLDA),
        ("outcome-list", ACUTE, Selection()),
        ("compare-systems", north, south),
    )
    for exhibit_id, one, other in pairs:
        given: list[Said] = []

        def lead(said: Said, to: list[Said] = given) -> str:
            to.append(said)
            return "…"

        first, second = sides(build, exhibit_id, one, other)
        said = difference(catalogue, first, second, lead)
        assert not re.search(r"\d", re.sub(r"“[^”]*”", "", said)), said
        assert len(given) >= 2
        for number in given:
            assert all(known(catalogue, ref) for ref in number.refs)
            assert number.refs or number.side in (first, second)
            if number.sort:
                assert number.side is not None
                assert number.sort in number.side.built.frame
            if not number.how and number.side is None:
                assert re.findall(r"\d+", number.words)[0] in {
                    str(len(number.refs)),
                    *(f"{lineage(catalogue, ref).row['percent']:.0f}" for ref in number.refs
                      if "percent" in lineage(catalogue, ref).row),
                }  # fmt: skip
