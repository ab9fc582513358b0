"""What a click on a mark means, for every registered chart."""

from collections.abc import Callable
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from components import theme
from components.exhibits import REGISTRY, Built
from components.exhibits.picks import picks_of, read, row_of, rows_of, token
from data import Catalogue, Selection
from data.lineage import known

Build = Callable[[str, Selection], Built]
GAPS = ("nothing reported",)
CLICKED = {
    "outcomes-by-benefit": {"collaborative"},
    "outcomes-in-money": {"collaborative"},
    "outcomes-in-people": {"collaborative"},
    "outcomes-in-counts": {"collaborative"},
    "outcomes-in-other-units": {"collaborative"},
    "procurement-savings": {"collaborative"},
    "before-and-after": {"collaborative"},
    "benefit-evidence-map": {"collaborative", "benefit"},
    "outcomes-by-service": {"service", "grade"},
    "formation-timeline": {"collaborative"},
    "footprint-matrix": {"collaborative", "icb"},
    "system-overlap": {"collaborative", "icb"},
    "membership-matrix": {"collaborative", "organisation"},
    "delegation-intent": {"sector"},
    "priorities-next-year": {"sector"},
}


@pytest.mark.parametrize("exhibit_id", CLICKED)
def test_a_chart_says_which_filters_a_click_sets(build: Build, exhibit_id: str) -> None:
    figure = build(exhibit_id, Selection()).figure
    assert isinstance(figure, go.Figure)
    assert {dimension for dimension, _ in picks_of(figure)} == CLICKED[exhibit_id]


def test_every_click_sets_a_filter_to_a_value_that_exists(
    catalogue: Catalogue, build: Build
) -> None:
    for exhibit in REGISTRY:
        figure = build(exhibit.id, Selection()).figure
        if not isinstance(figure, go.Figure):
            continue
        wrong = [
            (dimension, value)
            for dimension, value in picks_of(figure)
            if value not in catalogue.known_values.get(dimension, ())
        ]
        assert wrong == [], exhibit.id


@pytest.mark.parametrize("exhibit_id", CLICKED)
def test_a_click_never_empties_the_chart_that_was_clicked(build: Build, exhibit_id: str) -> None:
    figure = build(exhibit_id, Selection()).figure
    assert isinstance(figure, go.Figure)
    marks = [
        m
        for t in figure.data
        # A gap of the evidence map opens a cell that holds nothing; it filters nothing.
        if t.name not in GAPS
        for m in (t.customdata if t.customdata is not None else ())
    ]
    assert marks
    for mark in marks[::17]:
        chosen = Selection()
        for dimension, value in read(mark):
            chosen = replace(chosen, **{dimension: (value,)})  # type: ignore[arg-type]
        assert build(exhibit_id, chosen).empty is None, mark


NO_ROW = {"trust-network", "shared-members", "outcomes-by-service", "benefit-evidence-map"}
"""Charts whose marks stand for several rows, which a cell, a filter or the table opens."""


def test_every_chart_leads_from_its_marks_to_rows_that_exist(
    catalogue: Catalogue, build: Build
) -> None:
    without = set()
    for exhibit in REGISTRY:
        figure = build(exhibit.id, Selection()).figure
        if not isinstance(figure, go.Figure):
            continue
        rows = rows_of(figure)
        if not rows:
            without.add(exhibit.id)
        assert [row for row in rows if not known(catalogue, row)] == [], exhibit.id
    assert without <= NO_ROW


@pytest.mark.parametrize(
    ("mark", "row"),
    [
        (token(sector="acute", row="outcomes/a"), "outcomes/a"),
        (token(organisation="RXX", collaborative="wyaat"), "memberships/wyaat~RXX"),
        (token(icb="E54000054", collaborative="wyaat"), "footprints/wyaat~E54000054"),
        (token(collaborative="wyaat", benefit="efficiency_and_scale"), ""),
        (token(sector="acute"), ""),
        (None, ""),
    ],
)
def test_a_mark_leads_to_the_row_that_it_is_drawn_from(mark: object, row: str) -> None:
    assert row_of(mark) == row


@pytest.mark.parametrize("exhibit_id", ["delegation-barriers", "icb-relationship"])
def test_a_click_leaves_the_other_marks_as_they_were(build: Build, exhibit_id: str) -> None:
    figure = build(exhibit_id, Selection()).figure
    assert isinstance(figure, go.Figure)
    for trace in theme.themed(figure, "dark").data:
        inside = trace.insidetextfont.color if trace.type == "bar" else None
        if ink := inside or trace.textfont.color:
            assert trace.unselected.textfont.color == ink
        if trace.marker.opacity == 0:
            assert trace.unselected.marker.opacity == 0


def test_a_row_is_no_filter() -> None:
    assert read(token(sector="acute", row="outcomes/a")) == (("sector", "acute"),)


def test_a_token_is_read_as_it_was_written() -> None:
    assert read(token(collaborative="wyaat", icb="E54000054")) == (
        ("collaborative", "wyaat"),
        ("icb", "E54000054"),
    )


@pytest.mark.parametrize("reported", [None, [], 3, "", "wyaat", {"a": 1}, [None]])
def test_what_is_no_token_means_nothing(reported: object) -> None:
    assert read(reported) == ()
