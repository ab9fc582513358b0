"""The drawing functions by themselves, with frames of two or three rows."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components import theme
from components.exhibits.charts import finish, grid, stated, wrap


def result(precision: str, percent: float) -> dict[str, Any]:
    return {"percent": percent, "precision": precision}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (result("exact", 51.0), "51%"),
        (result("exact", 9.8), "9.8%"),
        (result("exact", 0.0), "0%"),
        (result("approximate", 50.0), "about 50%"),
        (result("bound", 90.0), "≥90%"),
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
    figure = finish(go.Figure(), 321, showlegend=False)
    assert figure.layout.height == 321
    assert figure.layout.showlegend is False
    assert figure.layout.template == theme.TEMPLATES["light"]


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
