"""The survey's drawing functions by themselves, with frames of two or three rows."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components import theme
from components.exhibits.survey_charts import interval_traces, ranked_bars
from components.exhibits.survey_stacked import BELOW, GAP, stacked_rows
from components.exhibits.survey_words import (
    base_words,
    hover,
    interval_words,
    points,
    share_words,
)

ALL, ACUTE = "All respondents", "Acute"


def result(option: str, percent: float, **changed: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "wave_id": "2022", "question_id": "asked", "option_id": option.lower(),
        "option": option, "sector_group": "all", "group": ALL, "percent": percent,
        "precision": "exact", "base_n": 40, "base_basis": "derived", "other_percent": None,
        "count_fitted": None, "bases_possible": "", "interval_low": None, "interval_high": None,
    }  # fmt: skip
    return {**row, **changed}


def results(*rows: dict[str, Any]) -> pd.DataFrame:
    floats = ("percent", "other_percent", "interval_low", "interval_high")
    types = {**dict.fromkeys(floats, "Float64"), "base_n": "Int64", "count_fitted": "Int64"}
    return pd.DataFrame(rows).astype(types)


def labels(figure: go.Figure) -> list[str]:
    return list(figure.layout.yaxis.ticktext)


def named(figure: go.Figure, name: str) -> Any:
    return next(t for t in figure.data if t.name == name)


THREE = results(
    result("First", 60.0),
    result("Second", 9.8, precision="approximate"),
    result("Second", 90.0, sector_group="acute", group=ACUTE),
    result("Third", 20.0, sector_group="mhlda", group="MHLDA"),
)
ORDER = ["First", "Second", "Third"]


def test_ranked_bars_draw_all_respondents_as_bars() -> None:
    bar = ranked_bars(THREE, ORDER).data[0]
    assert (bar.type, bar.orientation, bar.name) == ("bar", "h", ALL)
    assert list(bar.y) == [0, 1]
    assert list(bar.x) == [60.0, 9.8]


def test_ranked_bars_print_the_value_in_a_long_bar_and_after_a_short_one() -> None:
    figure = ranked_bars(THREE, ORDER)
    assert list(figure.data[0].text) == ["60%", ""]
    value = named(figure, "Value")
    assert (list(value.text), list(value.y)) == (["about 9.8%"], [1])
    assert value.x[0] > 9.8


def test_ranked_bars_print_a_short_value_clear_of_its_interval() -> None:
    rows = results(result("a", 10.0, interval_low=4.0, interval_high=21.0))
    assert named(ranked_bars(rows, ["a"]), "Value").x[0] > 21


def test_ranked_bars_hatch_approximate_wording_and_dot_a_bound() -> None:
    assert list(ranked_bars(THREE, ORDER).data[0].marker.pattern.shape) == ["", "/"]
    bound = results(result("a", 90.0, precision="bound"))
    assert list(ranked_bars(bound, ["a"]).data[0].marker.pattern.shape) == ["."]


def test_ranked_bars_mark_each_sector_with_its_colour_and_symbol() -> None:
    figure = ranked_bars(THREE, ORDER)
    acute, mhlda = named(figure, "Acute"), named(figure, "MHLDA")
    assert acute.marker.color == theme.SECTOR_COLOURS["acute"]
    assert acute.marker.symbol == theme.SECTOR_SYMBOLS["acute"]
    assert mhlda.marker.symbol == theme.SECTOR_SYMBOLS["mhlda"]
    assert (list(acute.x), list(acute.text)) == ([90.0], ["90%"])


def test_ranked_bars_give_each_sector_a_row_of_its_own() -> None:
    figure = ranked_bars(THREE, ORDER)
    assert labels(figure) == ["First", "Second", "<i>Acute</i>", "Third<br><i>MHLDA</i>"]
    assert list(named(figure, "Acute").y) == [2]
    assert list(named(figure, "MHLDA").y) == [3]


def test_ranked_bars_stand_in_the_order_given_from_the_top() -> None:
    figure = ranked_bars(results(result("a", 1.0), result("b", 2.0)), ["b", "a"])
    assert labels(figure) == ["b", "a"]
    low, high = figure.layout.yaxis.range
    assert low > high


def test_ranked_bars_never_stretch_the_scale() -> None:
    figure = ranked_bars(results(result("a", 3.0)), ["a"])
    assert tuple(figure.layout.xaxis.range) == (0, 100)


def test_ranked_bars_show_a_second_value_as_an_open_diamond() -> None:
    figure = ranked_bars(
        results(result("a", 23.0, other_percent=24.0), result("b", 5.0)), ["a", "b"]
    )
    second = named(figure, "Second value stated")
    assert (list(second.y), list(second.x)) == ([0], [24.0])
    assert second.marker.symbol == "diamond-open"
    assert figure.layout.showlegend is True


def test_ranked_bars_show_the_earlier_wave_as_a_stroke() -> None:
    rows = results(result("a", 23.0), result("b", 5.0)).assign(
        earlier_percent=pd.array([30.0, None], dtype="Float64"), earlier_wave="may-2021"
    )
    figure = ranked_bars(rows, ["a", "b"])
    earlier = named(figure, "Earlier wave")
    assert (list(earlier.y), list(earlier.x)) == ([0], [30.0])
    assert figure.layout.showlegend is True


def test_ranked_bars_have_a_legend_only_where_there_is_something_to_tell_apart() -> None:
    assert ranked_bars(THREE, ORDER).layout.showlegend is False


def test_ranked_bars_grow_with_their_rows() -> None:
    one = ranked_bars(results(result("a", 1.0)), ["a"]).layout.height
    two = ranked_bars(results(result("a", 1.0), result("b", 1.0)), ["a", "b"]).layout.height
    assert two - one == theme.ROW_HEIGHT


def test_an_interval_reaches_from_end_to_end() -> None:
    rows = results(result("a", 40.0, interval_low=27.5, interval_high=53.3))
    (line,) = interval_traces(rows, [0])
    assert list(line.error_x.array) == [13.3]
    assert list(line.error_x.arrayminus) == [12.5]
    assert line.error_x.color is None  # of the template: dark on light, light on dark


def test_an_interval_of_bases_that_only_might_be_is_grey_and_apart() -> None:
    rows = results(
        result("a", 40.0, interval_low=27.5, interval_high=53.3),
        result("b", 86.0, interval_low=72.5, interval_high=93.3, bases_possible="35 or 42"),
        result("c", 50.0, precision="approximate"),
    )
    known, possible = interval_traces(rows, [0, 1, 2])
    assert (list(known.y), list(possible.y)) == ([0], [1])
    assert possible.error_x.color == theme.NEUTRAL


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_line_of_an_interval_is_drawn_in_the_ink_of_the_theme(name: str) -> None:
    (default,) = theme.TEMPLATES[name].data.scatter
    assert default.error_x.color == theme.INK[name]


STACK = results(
    result("a", 68.0, interval_low=43.0, interval_high=88.0, bases_possible="16 or 19"),
    result("b", 30.0, precision="approximate"),
    result("c", 3.0, interval_low=1.0, interval_high=9.0),
).assign(row=["Place", "Care", "Care"], level=["Often", "Often", "Never"])
COLOURS = {"Often": "#111111", "Rarely": "#222222", "Never": "#333333"}


def stack() -> go.Figure:
    return stacked_rows(STACK, ["Place", "Care"], ["Often"], ["Rarely", "Never"], COLOURS)


def test_stacked_rows_draw_the_levels_that_have_values_in_their_order() -> None:
    figure = stack()
    bars = [t for t in figure.data if t.type == "bar"]
    assert [t.name for t in bars] == ["Often", GAP, "Never"]
    assert [t.marker.color for t in bars if t.name != GAP] == ["#111111", "#333333"]
    assert figure.layout.barmode == "stack"
    assert labels(figure) == ["Place", "Care"]


def test_stacked_rows_draw_pale_what_is_left_so_that_the_last_level_ends_at_the_whole() -> None:
    gap = named(stack(), GAP)
    assert dict(zip(gap.y, gap.x, strict=True)) == {0: 32.0, 1: 67.0}


def test_stacked_rows_draw_no_level_where_nothing_is_published() -> None:
    never = named(stack(), "Never")
    assert (list(never.y), list(never.x)) == ([1], [3.0])


def test_stacked_rows_print_no_text_on_a_sliver() -> None:
    assert list(named(stack(), "Often").text) == ["68%", "about 30%"]
    assert list(named(stack(), "Never").text) == [""]


def test_stacked_rows_hatch_approximate_wording() -> None:
    assert list(named(stack(), "Often").marker.pattern.shape) == ["", "/"]
    assert named(stack(), "Never").marker.pattern.shape is None


def test_stacked_rows_draw_an_interval_below_what_begins_at_zero_and_above_the_rest() -> None:
    left, right = (t for t in stack().data if t.type == "scatter")
    drawn = [
        (t.y[0], t.x[0] - t.error_x.arrayminus[0], t.x[0] + t.error_x.array[0])
        for t in sorted((left, right), key=lambda t: t.x[0])
    ]
    assert drawn == [(BELOW, 43.0, 88.0), (1 - BELOW, 91.0, 99.0)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"base_n": 40, "count_fitted": 24}, "60%"),
        ({"base_n": 10, "count_fitted": 6}, "60% (6 of 10)"),
        ({"base_n": 14, "count_fitted": None}, "60%"),
        ({"base_n": None, "count_fitted": 6}, "60%"),
        ({"base_n": None, "count_fitted": 6, "bases_possible": "10"}, "60% (fits 6 of 10)"),
        ({"base_n": None, "count_fitted": 24, "bases_possible": "40"}, "60%"),
        ({"base_n": 10, "count_fitted": 6, "precision": "approximate"}, "about 60% (6 of 10)"),
    ],
)
def test_a_small_base_shows_the_count_beside_the_percentage(
    changed: dict[str, Any], words: str
) -> None:
    assert share_words(result("a", 60.0, **changed)) == words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"count_fitted": 16}, "16 of 40, derived base"),
        ({}, "base 40, derived base"),
        ({"base_basis": "stated", "count_fitted": 16}, "16 of 40, stated base"),
        ({"base_n": None}, "base not published"),
        ({"base_n": None, "bases_possible": "35 or 42"}, "base not published (35 or 42 fit)"),
    ],
)
def test_a_base_is_told_as_far_as_it_is_known(changed: dict[str, Any], words: str) -> None:
    assert base_words(result("a", 40.0, **changed)) == words


def test_the_hover_tells_who_value_base_and_interval() -> None:
    row = result("a", 40.0, count_fitted=16, interval_low=27.5, interval_high=53.3)
    assert hover(row) == "40%<br>16 of 40, derived base<br>95% interval 28–53%"
    assert hover({**row, "sector_group": "acute"}).startswith("Acute 40%")
    assert "interval" not in hover(result("a", 40.0))


@pytest.mark.parametrize(
    ("value", "words"), [(5, "+5"), (-12.0, "−12"), (0, "0"), (-0.4, "−0.4"), (20.1, "+20.1")]
)
def test_a_difference_has_its_sign(value: float, words: str) -> None:
    assert points(value) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(20.1, 92.7, "+20 to +93"), (-0.4, 51.2, "−0.4 to +51"), (0.3, 9.6, "+0.3 to +10")],
)
def test_an_interval_of_a_difference_is_never_rounded_on_to_zero(
    low: float, high: float, words: str
) -> None:
    assert interval_words({"interval_low": low, "interval_high": high}, sign=True) == words
