"""Intervals, bases and differences on the survey's charts are those of their tables."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.exhibits import Built
from components.exhibits.survey_stacked import GAP
from data import Selection

Build = Callable[[str, Selection], Built]

RANKED = (
    "priorities-past-year", "priorities-next-year", "improvement-journey", "improvement-approach",
    "governance-models", "dedicated-resource", "funded-posts", "delegation-intent",
    "delegation-barriers",
)  # fmt: skip
SEVERAL = ("icb-relationship", "partner-meetings", "challenges")
SELECTIONS = {
    "nothing filtered": Selection(),
    **{s: Selection(sector=(s,)) for s in ("acute", "mhlda", "community", "all_in", "ambulance")},
}


def figure_of(built: Built) -> go.Figure:
    assert isinstance(built.figure, go.Figure)
    return built.figure


def of_question(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the question drawn; a second question may stand in the frame alone."""
    return frame[frame["question_id"] == frame["question_id"].iloc[0]]


def intervals_of(figure: go.Figure) -> set[tuple[float, float]]:
    """Both ends of every line drawn, in per cent."""
    return {
        (round(x - minus, 1), round(x + plus, 1))
        for t in figure.data
        if t.type == "scatter" and t.error_x.array is not None
        for x, plus, minus in zip(t.x, t.error_x.array, t.error_x.arrayminus, strict=True)
    }


@pytest.mark.parametrize("exhibit_id", RANKED)
def test_every_interval_of_the_frame_is_drawn(build: Build, exhibit_id: str) -> None:
    for name, selection in SELECTIONS.items():
        built = build(exhibit_id, selection)
        rows = of_question(built.frame)
        rows = rows[rows["percent"].notna() & rows["interval_low"].notna()]
        ends = zip(rows["interval_low"], rows["interval_high"], strict=True)
        stated = {(float(low), float(high)) for low, high in ends}
        assert intervals_of(figure_of(built)) == stated, name
        assert ("interval" in built.caveats) == bool(stated), name


@pytest.mark.parametrize("exhibit_id", SEVERAL)
def test_a_chart_of_several_questions_draws_intervals_of_its_frame(
    build: Build, exhibit_id: str
) -> None:
    built = build(exhibit_id, Selection())
    ends = zip(built.frame["interval_low"], built.frame["interval_high"], strict=True)
    stated = {(float(low), float(high)) for low, high in ends if pd.notna(low)}
    # A bar that ends at 100% has its interval counted from there.
    stated |= {(round(100 - high, 1), round(100 - low, 1)) for low, high in stated}
    drawn = intervals_of(figure_of(built))
    assert drawn
    assert drawn <= stated


def test_every_challenge_drawn_has_its_interval(build: Build) -> None:
    built = build("challenges", Selection())
    figure = figure_of(built)
    bars = sum(len(t.x) for t in figure.data if t.type == "bar" and t.name != GAP)
    assert len(intervals_of(figure)) == bars


@pytest.mark.parametrize("exhibit_id", [*RANKED, *SEVERAL])
def test_the_table_shows_base_interval_and_method(build: Build, exhibit_id: str) -> None:
    frame = build(exhibit_id, Selection()).frame
    wanted = {"percent", "count", "base_n", "base_basis", "interval_low", "interval_high",
              "interval_method"}  # fmt: skip
    assert wanted <= set(frame.columns)
    assert frame["interval_method"].str.len().gt(0).all()


def test_the_shift_shows_the_intervals_of_both_years(build: Build) -> None:
    frame = build("priorities-shift", Selection()).frame
    assert frame["interval_past"].tolist() == ["60–85%", "56–100%"]
    assert frame["interval_next"].tolist() == ["31–56%", "19–81%"]


def test_a_small_base_shows_its_count_and_is_marked(build: Build) -> None:
    built = build("governance-models", Selection())
    texts = [t for trace in figure_of(built).data for t in trace.text or ()]
    assert "50% (5 of 10)" in texts
    assert "under-15" in built.caveats
    assert "under-15" not in build("delegation-barriers", Selection()).caveats


def test_values_that_cannot_all_hold_are_told_in_the_notes(build: Build) -> None:
    built = build("funded-posts", Selection())
    assert "disagrees" in built.caveats
    assert any("median of four posts" in d and "Rule:" in d for d in built.details)


def test_the_shift_says_why_it_is_no_trend(build: Build) -> None:
    built = build("priorities-shift", Selection())
    assert "not-a-trend" in built.caveats
    (why,) = [n for n in built.notes if n.startswith("Not a trend")]
    assert "all that apply" in why
    assert "top three" in why


def test_who_answered_says_of_how_many_and_what_it_means(build: Build) -> None:
    built = build("survey-respondents", Selection())
    frame = built.frame.set_index("what")
    assert frame["count"].dropna().astype(int).tolist() == [120, 42, 43]
    assert frame["percent_of_estimate"].dropna().astype(float).tolist() == [35.0, 35.8, 33.0]
    assert frame["basis"].tolist() == ["stated", "derived", "derived", "stated"]
    assert built.notes[0].startswith("For reading the other charts: an answer given by 21 of 43")
    assert "(49%) has a 95% interval from 37% to 62%" in built.notes[0]
    # Nobody knows what the other 77 would have said: 21 at the least, 98 at the most.
    assert "from 21 to 98 of 120 collaboratives (18% to 82%)" in built.details[0]


def test_pairs_of_sectors_are_drawn_with_their_intervals(build: Build) -> None:
    built = build("sector-differences", Selection())
    (marks,) = figure_of(built).data
    assert list(marks.x) == built.frame["difference_points"].tolist() == [76, 50, 40, 21, 19]
    ends = zip(built.frame["interval_low"], built.frame["interval_high"], strict=True)
    assert intervals_of(figure_of(built)) == set(ends)
    assert list(marks.marker.symbol) == ["circle", *["circle-open"] * 4]


@pytest.mark.parametrize(
    ("sectors", "count"), [(("mhlda",), 3), (("all_in",), 1), (("acute", "community"), 5)]
)
def test_pairs_of_sectors_follow_the_filter(
    build: Build, sectors: tuple[str, ...], count: int
) -> None:
    assert len(build("sector-differences", Selection(sector=sectors)).frame) == count


def test_a_sentence_on_sectors_claims_no_more_than_the_intervals(build: Build) -> None:
    everything = build("sector-differences", Selection()).reading
    assert "+76 points, interval +20 to +93" in everything
    # One of five intervals at 95% is what luck can do: the sentence may not call it a finding.
    assert everything.startswith("Of 5 published pairs compared, 1 has an interval that leaves out")
    assert everything.endswith("; among 5 comparisons one may do so by chance alone.")
    one = build("sector-differences", Selection(sector=("all_in",))).reading
    assert one.endswith("the interval includes no difference.")
    several = build("sector-differences", Selection(sector=("community",))).reading
    assert several.startswith("In none of the 2 published pairs does the interval leave out zero")


def test_benefits_are_listed_without_numbers(build: Build) -> None:
    built = build("benefits-named", Selection())
    assert built.is_statements
    assert len(built.frame) == 5
    assert "none with a number" in built.reading
