"""Two selections of one exhibit: the sentence is worked out, the axes are the same."""

from collections.abc import Callable

import plotly.graph_objects as go

from components.exhibits import Built
from components.exhibits.contrast import Side, difference, same_axes
from data import Catalogue, Selection

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
