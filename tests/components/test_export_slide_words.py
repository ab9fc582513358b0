"""Words on slides and maps keep clear of what is drawn; links of any length have their way back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from components.exhibits import build_exhibit
from components.export.chart_make import charts_of
from components.export.chart_spec import BarChart, MarkChart, SlopeChart
from components.export.chart_stacked import arms_in
from components.export.map_names import beside_dots
from components.export.plot_read import read_plot
from components.export.pptx_bars import add_slopes
from components.export.pptx_base import Area, add_qr, new_presentation, rgb
from components.export.pptx_chart import INSIDE, OUTSIDE
from components.export.pptx_labels import Plotted, at_bar, in_segment
from components.export.pptx_marks import add_marks
from components.export.qr import TOO_LONG, qr_of
from components.export.sheet import qr_svg
from data import Catalogue, Selection

PLOTTED = Plotted(0.0, 100.0, 5.0, 8.0, bar=0.4, tall=4.0)


@pytest.mark.parametrize(
    ("value", "arms", "place", "is_lifted"),
    [
        (86.0, (72.0, 93.0), INSIDE, False),
        (10.0, (4.0, 21.0), INSIDE, True),
        (100.0, (3.0, 100.0), INSIDE, True),
        (3.0, (0.5, 40.0), OUTSIDE, True),
        (10.0, None, INSIDE, False),
        (3.0, None, OUTSIDE, False),
    ],
)
def test_words_of_a_bar_stand_at_the_bar_and_above_the_line_of_its_interval(
    value: float, arms: tuple[float, float] | None, place: Any, is_lifted: bool
) -> None:
    found = at_bar("86%", value, arms, PLOTTED, plain=True)
    assert found.place == place
    assert found.lift == (PLOTTED.lift if is_lifted else 0)


def test_words_on_a_thin_bar_that_an_interval_crosses_have_a_ground() -> None:
    thick = in_segment("30%", 0.0, 30.0, [(2.0, 62.0)], PLOTTED)
    thin = in_segment("30%", 0.0, 30.0, [(2.0, 62.0)], replace(PLOTTED, bar=0.2))
    assert thick is not None
    assert (thick.lift, thick.masks) == (PLOTTED.lift, False)
    assert thin is not None
    assert (thin.lift, thin.masks) == (0.0, True)


def test_the_count_below_a_heading_of_the_evidence_map_stays_together(catalogue: Catalogue) -> None:
    built = build_exhibit(catalogue, Selection(), "benefit-evidence-map")
    deck = new_presentation("Map")
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    chart = charts_of(read_plot(built.figure))[0]
    assert isinstance(chart, MarkChart)
    add_marks(slide, chart, Area(0.6, 1, 12, 5), "")
    heads = [s.text_frame.text for s in slide.shapes if s.name.startswith("Column")]
    assert len(heads) == 6
    assert all(re.fullmatch(r"\d+ of \d+", head.splitlines()[-1]) for head in heads), heads


def test_a_name_keeps_off_the_dots_of_its_place() -> None:
    spot = beside_dots("Leeds", (100, 100), 10, [(100, 100), (104, 99)], lambda _x, _y: True)
    assert abs(spot[1] - 100) >= 11 or abs(spot[0] - 100) > 20
    assert beside_dots("Leeds", (100, 100), 10, [], lambda _x, _y: True) == (100, 100)


def test_a_long_link_has_a_code_and_one_that_is_too_long_a_sentence() -> None:
    assert qr_of("https://atlas.example/" + "x" * 2_500) is not None
    beyond = "https://atlas.example/" + "x" * 3_000
    assert TOO_LONG in qr_svg(beyond)
    deck = new_presentation("Long")
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    add_qr(slide, Area(1, 1, 1, 1), beyond)
    assert TOO_LONG in [s.text_frame.text for s in slide.shapes if s.has_text_frame]


def test_before_and_after_of_nought_have_a_scale() -> None:
    deck = new_presentation("Nought")
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    add_slopes(slide, [SlopeChart("None", (0.0, 0.0), ("0", "0"), "#005EB8")], Area(1, 1, 4, 4), "")
    axis = next(s.chart for s in slide.shapes if s.has_chart).value_axis
    assert axis.minimum_scale < axis.maximum_scale


def test_a_colour_with_transparency_is_that_which_is_seen_on_white() -> None:
    assert str(rgb("rgba(0, 0, 0, 0.5)")) == "808080"


@pytest.mark.parametrize("key", ["partner-meetings", "challenges", "icb-relationship"])
def test_bars_that_follow_one_another_have_the_intervals_of_the_figure(
    key: str, catalogue: Catalogue
) -> None:
    plot = read_plot(build_exhibit(catalogue, Selection(), key).figure)
    wanted = {
        (round(p.x - p.minus, 1), round(p.x + p.plus, 1), p.arm_colour)
        for panel in plot.panels
        for p in panel.points
        if p.plus is not None and p.minus is not None
    }
    drawn = set()
    for chart in charts_of(plot):
        assert isinstance(chart, BarChart)
        for row in range(len(chart.rows)):
            for n, one in enumerate(chart.series):
                if one.minus[row] is not None:
                    low, high = arms_in(chart.series[: n + 1], row)[-1]
                    drawn.add((round(low, 1), round(high, 1), one.arm))
    assert drawn <= wanted
    assert drawn == wanted or any(c.crossed for c in charts_of(plot) if isinstance(c, BarChart))
    assert len(drawn) >= 3


def test_the_only_row_of_a_matrix_has_its_mark_in_its_middle(catalogue: Catalogue) -> None:
    built = build_exhibit(catalogue, Selection(icb=("E54000024",)), "membership-matrix")
    chart = charts_of(read_plot(built.figure))[0]
    assert isinstance(chart, MarkChart)
    assert len(chart.rows) == 1
    assert [y for one in chart.series for _, y in one.places] == [0]
