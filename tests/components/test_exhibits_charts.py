"""The drawing functions by themselves, with frames of two or three rows."""

from typing import Any

import pandas as pd
import pytest

from components import theme
from components.exhibits.charts import finish, grid, ranked_bars, stacked_rows, stated, wrap

ALL, ACUTE = "All respondents", "Acute"


def result(option: str, percent: float, **changed: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "option": option, "sector_group": "all", "group": ALL, "percent": percent,
        "precision": "exact", "base_n": 40, "base_basis": "derived", "other_percent": None,
        "locator": "Figure 1",
    }  # fmt: skip
    return {**row, **changed}


def results(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype(
        {"percent": "Float64", "other_percent": "Float64", "base_n": "Int64"}
    )


THREE = results(
    result("First", 60.0),
    result("Second", 9.8, precision="approximate"),
    result("Second", 90.0, sector_group="acute", group=ACUTE),
    result("Third", 20.0, sector_group="mhlda", group="MHLDA"),
)
ORDER = ["First", "Second", "Third"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (result("a", 51.0), "51%"),
        (result("a", 9.8), "9.8%"),
        (result("a", 0.0), "0%"),
        (result("a", 50.0, precision="approximate"), "about 50%"),
        (result("a", 90.0, precision="bound"), "≥90%"),
    ],
)
def test_a_percentage_is_said_as_firmly_as_it_is_stated(row: dict[str, Any], words: str) -> None:
    assert stated(row) == words


def test_a_label_is_broken_between_words() -> None:
    assert wrap("Building relationships between partners") == (
        "Building relationships<br>between partners"
    )
    assert wrap("") == ""
    assert wrap("short", 3).replace("<br>", "") == "short"


def test_a_figure_gets_template_height_and_layout() -> None:
    figure = finish(ranked_bars(THREE, ORDER), 321, showlegend=False)
    assert figure.layout.height == 321
    assert figure.layout.showlegend is False
    assert figure.layout.template == theme.TEMPLATES["light"]


def test_ranked_bars_draw_all_respondents_as_bars_with_text() -> None:
    bar = ranked_bars(THREE, ORDER).data[0]
    assert (bar.type, bar.orientation, bar.name) == ("bar", "h", ALL)
    assert list(bar.y) == ["First", "Second"]
    assert list(bar.x) == [60.0, 9.8]
    assert list(bar.text) == ["60%", "about 9.8%"]


def test_ranked_bars_hatch_approximate_wording_only() -> None:
    assert list(ranked_bars(THREE, ORDER).data[0].marker.pattern.shape) == ["", "/"]


def test_ranked_bars_mark_each_sector_with_its_colour_and_symbol() -> None:
    figure = ranked_bars(THREE, ORDER)
    marks = {t.name: t for t in figure.data if t.type == "scatter"}
    assert set(marks) == {"Acute", "MHLDA"}
    assert marks["Acute"].marker.color == theme.SECTOR_COLOURS["acute"]
    assert marks["Acute"].marker.symbol == theme.SECTOR_SYMBOLS["acute"]
    assert list(marks["Acute"].x) == [90.0]
    # Near the right edge the text goes to the left of its mark.
    assert list(marks["Acute"].textposition) == ["middle left"]
    assert list(marks["MHLDA"].textposition) == ["middle right"]


def test_ranked_bars_give_the_sectors_of_a_bar_a_row_below_it() -> None:
    figure = ranked_bars(THREE, ORDER)
    rows = list(reversed(figure.layout.yaxis.categoryarray))
    assert [r.rstrip("\u200b") for r in rows] == ["First", "Second", "<i>by sector</i>", "Third"]
    marks = {t.name: t for t in figure.data if t.type == "scatter"}
    assert list(marks["Acute"].y) == [rows[2]]
    assert list(marks["MHLDA"].y) == ["Third"]


def test_ranked_bars_stand_in_the_order_given() -> None:
    figure = ranked_bars(results(result("a", 1.0), result("b", 2.0)), ["b", "a"])
    assert list(figure.layout.yaxis.categoryarray) == ["a", "b"]
    assert figure.layout.yaxis.categoryorder == "array"


def test_ranked_bars_never_stretch_the_scale() -> None:
    figure = ranked_bars(results(result("a", 3.0)), ["a"])
    assert tuple(figure.layout.xaxis.range) == (0, 100)


def test_ranked_bars_show_a_second_value_as_an_open_diamond() -> None:
    figure = ranked_bars(
        results(result("a", 23.0, other_percent=24.0), result("b", 5.0)), ["a", "b"]
    )
    second = figure.data[-1]
    assert (second.name, list(second.y), list(second.x)) == ("Second value stated", ["a"], [24.0])
    assert second.marker.symbol == "diamond-open"
    assert figure.layout.showlegend is True


def test_ranked_bars_have_a_legend_only_where_there_is_something_to_tell_apart() -> None:
    assert ranked_bars(results(result("a", 23.0)), ["a"]).layout.showlegend is False
    assert ranked_bars(THREE, ORDER).layout.showlegend is True


def test_ranked_bars_tell_the_base_on_hover() -> None:
    rows = results(result("a", 23.0), result("b", 5.0, base_n=None, base_basis=None))
    known, unknown = ranked_bars(rows, ["a", "b"]).data[0].hovertext
    assert "base 40 (derived)" in known
    assert "base not published" in unknown


def test_ranked_bars_grow_with_their_rows() -> None:
    one = ranked_bars(results(result("a", 1.0)), ["a"]).layout.height
    two = ranked_bars(results(result("a", 1.0), result("b", 1.0)), ["a", "b"]).layout.height
    assert two - one == theme.ROW_HEIGHT


STACK = pd.DataFrame(
    [
        {"row": "Place", "level": "Often", "percent": 68.0, "precision": "exact", "locator": "a"},
        {"row": "Care", "level": "Often", "percent": 30.0, "precision": "exact", "locator": "b"},
        {"row": "Care", "level": "Never", "percent": 3.0, "precision": "exact", "locator": "b"},
    ]
)
COLOURS = {"Often": "#111111", "Rarely": "#222222", "Never": "#333333"}


def test_stacked_rows_draw_the_levels_that_have_values_in_their_order() -> None:
    figure = stacked_rows(STACK, ["Place", "Care"], list(COLOURS), COLOURS)
    assert [t.name for t in figure.data] == ["Often", "Never"]
    assert [t.marker.color for t in figure.data] == ["#111111", "#333333"]
    assert figure.layout.barmode == "stack"
    assert list(figure.layout.yaxis.categoryarray) == ["Care", "Place"]


def test_stacked_rows_leave_a_gap_where_nothing_is_published() -> None:
    never = stacked_rows(STACK, ["Place", "Care"], list(COLOURS), COLOURS).data[1]
    assert (list(never.y), list(never.x)) == (["Care"], [3.0])


def test_stacked_rows_print_no_text_on_a_sliver() -> None:
    often, never = stacked_rows(STACK, ["Place", "Care"], list(COLOURS), COLOURS).data
    assert list(often.text) == ["68%", "30%"]
    assert list(never.text) == [""]


GRID = pd.DataFrame(
    {
        "system": ["London", "Kent"], "who": ["A", "A"], "colour": ["#111111", "#222222"],
        "symbol": ["square", "square-open"], "size": [9, 16], "hover": ["h1", "h2"],
        "legend": ["Stated", "Inferred"],
    }
)  # fmt: skip
COLUMNS = ("colour", "symbol", "size", "hover", "legend")


def test_a_grid_keeps_the_rows_and_columns_that_are_empty() -> None:
    figure = grid(GRID, "system", "who", ["Kent", "Devon", "London"], ["A", "B"], *COLUMNS)
    assert list(figure.layout.xaxis.categoryarray) == ["Kent", "Devon", "London"]
    assert list(figure.layout.yaxis.categoryarray) == ["B", "A"]
    assert tuple(figure.layout.xaxis.range) == (-0.6, 2.6)


def test_a_grid_has_one_trace_for_each_entry_of_the_legend() -> None:
    figure = grid(GRID, "system", "who", ["Kent", "London"], ["A"], *COLUMNS)
    drawn = [(t.name, list(t.x), list(t.marker.symbol), list(t.hovertext)) for t in figure.data]
    assert drawn == [
        ("Stated", ["London"], ["square"], ["h1"]),
        ("Inferred", ["Kent"], ["square-open"], ["h2"]),
    ]
