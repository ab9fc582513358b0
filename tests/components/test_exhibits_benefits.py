"""Outcomes: percentages, pounds and pairs as stated, achieved apart from expected."""

import re
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.exhibits import Built
from components.exhibits.benefits import value_words
from data import Catalogue, Selection

ALLIANCE = "acute-hospitals-alliance"

Build = Callable[[str, Selection], Built]


def figure_of(built: Built) -> go.Figure:
    assert isinstance(built.figure, go.Figure)
    return built.figure


def outcome(**changed: object) -> dict[str, object]:
    row: dict[str, object] = {
        "value": 36.0, "unit": "percent", "precision": "exact", "direction": "decrease",
    }  # fmt: skip
    return {**row, **changed}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (outcome(), "▼ 36%"),
        (outcome(direction="increase", value=5.0), "▲ 5%"),
        (outcome(direction="level", value=4.6, unit="gbp_million"), "£4.6m"),
        (outcome(direction="level", value=2000.0, unit="people", precision="bound"),
         "more than 2,000 people"),
        (outcome(precision="approximate"), "▼ about 36%"),
        (outcome(value=None), "no figure stated"),
        (outcome(value=pd.NA), "no figure stated"),
        (outcome(value=0.0), "▼ 0%"),
    ],
)  # fmt: skip
def test_a_value_is_put_in_words(row: dict[str, object], words: str) -> None:
    assert value_words(row) == words


def test_every_percentage_is_a_bar_and_nothing_else_is(build: Build) -> None:
    built = build("outcomes-by-benefit", Selection())
    shares = built.frame[(built.frame["unit"] == "percent") & built.frame["value"].notna()]
    bars = [t for t in figure_of(built).data if t.marker.opacity != 0]
    assert sorted(float(t.x[0]) for t in bars) == sorted(shares["value"].astype(float))
    headings = [t for t in figure_of(built).data if t.marker.opacity == 0]
    assert {t.x[0] for t in headings} == {0}
    assert all(t.y[0].startswith("<b>") for t in headings)


@pytest.mark.parametrize(
    ("selection", "words"),
    [(Selection(), "1 outcome, none as a percentage"),
     (Selection(collaborative=(ALLIANCE,)), "nothing reported")],
)  # fmt: skip
def test_a_benefit_without_a_percentage_is_named(
    catalogue: Catalogue, build: Build, selection: Selection, words: str
) -> None:
    text = " ".join(
        str(t.y[0]).replace("<br>", " ")
        for t in figure_of(build("outcomes-by-benefit", selection)).data
    )
    for label in catalogue.schema.labels("outcomes", "benefit").values():
        assert label in text
    assert words in text


def test_achieved_is_solid_and_expected_is_hatched(build: Build) -> None:
    built = build("outcomes-by-benefit", Selection())
    frame = built.frame
    ahead = frame[frame["unit"].eq("percent") & frame["status"].ne("achieved")]
    hatched = [t for t in figure_of(built).data if t.marker.pattern.shape]
    assert sorted(float(t.x[0]) for t in hatched) == sorted(ahead["value"].astype(float)) != []
    assert all(re.search("expected|planned", t.hovertext[0]) for t in hatched)


def test_other_units_and_outcomes_in_words_are_told_beside_the_chart(build: Build) -> None:
    built = build("outcomes-by-benefit", Selection())
    other = built.frame[built.frame["value"].notna() & (built.frame["unit"] != "percent")]
    for metric in other["metric"]:
        assert any(metric in note for note in built.notes)
    assert any("without a number" in note for note in built.notes)


def test_both_sides_of_the_procurement_discrepancy_are_drawn(build: Build) -> None:
    built = build("procurement-savings", Selection(collaborative=(ALLIANCE,)))
    shown, other = figure_of(built).data
    assert (shown.name, list(shown.x), list(shown.y)) == (
        "Value shown", ["2022-23", "2023-24"], [4.4, 4.9]
    )  # fmt: skip
    assert (list(other.x), list(other.y)) == (["2022-23"], [4.6])
    assert "4.6" not in built.reading
    assert any("Rule:" in note for note in built.notes)


def test_expected_savings_are_hatched_and_said_to_be_expected(build: Build) -> None:
    built = build("procurement-savings", Selection(collaborative=(ALLIANCE,)))
    assert set(built.frame["status"]) == {"expected"}
    assert set(figure_of(built).data[0].marker.pattern.shape) == {"/"}
    assert "(expected)" in built.reading


def test_before_and_after_draws_every_pair_and_only_pairs(build: Build) -> None:
    built = build("before-and-after", Selection())
    assert built.frame[["value", "baseline_value"]].notna().all(axis=None)
    drawn = sorted((float(t.y[0]), float(t.y[1])) for t in figure_of(built).data)
    stated = built.frame[["baseline_value", "value"]].astype(float)
    assert drawn == sorted(stated.itertuples(index=False, name=None))
    assert "from 73 miles to 7 miles" in built.reading


def test_achieved_and_expected_together_carry_a_warning(build: Build) -> None:
    assert "mixed-status" in build("outcomes-by-benefit", Selection()).caveats
    achieved = build("outcomes-by-benefit", Selection(status=("achieved",)))
    assert "mixed-status" not in achieved.caveats
    assert set(achieved.frame["status"]) == {"achieved"}


def test_the_evidence_map_has_a_mark_where_something_is_reported(build: Build) -> None:
    built = build("benefit-evidence-map", Selection())
    marks = sum(len(t.x) for t in figure_of(built).data)
    reported = built.frame.drop_duplicates(["collaborative", "benefit"])
    assert marks == len(reported)
    assert f"{marks} of " in built.reading


def test_the_evidence_map_keeps_the_columns_of_gaps(build: Build) -> None:
    columns = figure_of(build("benefit-evidence-map", Selection())).layout.xaxis.categoryarray
    assert len(columns) == 6
