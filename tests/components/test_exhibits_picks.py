"""What a click on a mark means, for every registered chart."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from components import theme
from components.exhibits import REGISTRY, Built
from components.exhibits.picks import (
    kinds_of,
    marks_of,
    name_of,
    names_of,
    picks_of,
    read,
    row_of,
    token,
)
from components.exhibits.survey_builder import QUESTIONS_OF
from components.ui.cells import OPENS
from components.ui.picking import click_says
from data import Catalogue, Selection
from data.lineage import known
from data.query import DIMENSION_NAMES

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
    "priorities-past-year": {"sector"},
    "priorities-next-year": {"sector"},
    "priorities-shift": {"sector"},
    "sector-differences": {"sector"},
    "governance-models": {"governance", "sector"},
    "delegation-milestones": {"collaborative"},
    "trust-network": {"collaborative", "organisation"},
    "shared-members": {"collaborative"},
}
SELECTIONS = (
    Selection(vintage="2026"),
    Selection(),
    Selection(sector=("acute",)),
    Selection(sector=("mhlda", "community")),
    Selection(region=("E40000003",)),
    Selection(collaborative=("wyaat",)),
    Selection(status=("expected",)),
)


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


CHARTS = [e.id for e in REGISTRY]


def is_decorative(trace: Any) -> bool:
    """Whether a trace draws no number of its own: texts, guides, and ends of intervals."""
    return trace.type == "scatter" and (
        trace.mode in {"text", "lines"} or (trace.marker.opacity == 0 and trace.error_x.array)
    )


def charts(build: Build, exhibit_id: str) -> Iterator[tuple[Built, go.Figure]]:
    """An exhibit under several selections, where it is a chart."""
    for built in (build(exhibit_id, selection) for selection in SELECTIONS):
        if isinstance(built.figure, go.Figure):
            yield built, built.figure


@pytest.mark.parametrize("exhibit_id", CHARTS)
def test_every_mark_can_be_clicked_and_leads_to_rows_that_exist(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    for built, figure in charts(build, exhibit_id):
        for trace in figure.data:
            # What is skipped on hover cannot be clicked.
            assert (trace.hoverinfo == "skip") is bool(is_decorative(trace)), trace.name
            if is_decorative(trace):
                continue
            assert trace.customdata is not None, trace.name
            assert len(trace.customdata) == len(trace.x), trace.name
            if exhibit_id in OPENS:
                # A cell opens its rows beside the grid.
                assert all(map(read, trace.customdata)), trace.name
                continue
            lead = [built.behind.get(name_of(m), (name_of(m),)) for m in trace.customdata]
            missing = [row for rows in lead for row in rows or ("",) if not known(catalogue, row)]
            assert missing == [], trace.name


@pytest.mark.parametrize("exhibit_id", CHARTS)
def test_marks_of_one_name_mean_the_same(build: Build, exhibit_id: str) -> None:
    for built, figure in charts(build, exhibit_id):
        meant: dict[str, set[object]] = {}
        for mark in marks_of(figure):
            meant.setdefault(name_of(mark), set()).add(read(mark))
        assert {name: m for name, m in meant.items() if len(m) > 1} == {}
        assert set(built.behind) <= set(names_of(figure)) | {""}, "rows of no mark"


def test_a_mark_of_the_earlier_wave_leads_to_its_row(two_waves: Catalogue) -> None:
    figure = REGISTRY["delegation-intent"].build(two_waves, Selection()).figure
    assert isinstance(figure, go.Figure)
    (strokes,) = (t for t in figure.data if t.name == "Earlier wave")
    rows = [row_of(mark) for mark in strokes.customdata]
    assert {row.split("/")[1].split("~")[0] for row in rows} == {"nov-2022"}
    assert all(known(two_waves, row) for row in rows)


@pytest.mark.parametrize("exhibit_id", CHARTS)
def test_the_line_under_a_chart_is_true_of_every_mark(build: Build, exhibit_id: str) -> None:
    for built, figure in charts(build, exhibit_id):
        kinds, said = kinds_of(figure), click_says(built)
        if not kinds:
            assert said == "", "nothing is drawn that can be clicked"
            continue
        filters = [kind for kind in kinds if kind]
        assert said.startswith("**Choose** a mark")
        assert ("filter every page" in said) is bool(filters)
        assert (" no filter" in said) is (len(filters) < len(kinds))
        for dimension in {d for kind in kinds for d in kind}:
            assert DIMENSION_NAMES[dimension] in said


def test_an_answer_of_one_sector_filters_by_it_and_one_of_all_by_nothing(build: Build) -> None:
    for exhibit_id in QUESTIONS_OF:
        figure = build(exhibit_id, Selection()).figure
        for mark in marks_of(figure) if isinstance(figure, go.Figure) else ():
            table, _, key = row_of(mark).partition("/")
            sector = key.rpartition("~")[2] if table == "survey_results" else "all"
            of_sector = [v for d, v in read(mark) if d == "sector"]
            if name_of(mark) == row_of(mark):
                assert of_sector == ([] if sector == "all" else [sector]), mark


@pytest.mark.parametrize(
    ("mark", "row"),
    [
        (token(sector="acute", row="outcomes/a"), "outcomes/a"),
        (token(organisation="RXX", collaborative="wyaat"), "memberships/wyaat~RXX"),
        (token(icb="E54000054", collaborative="wyaat"), "footprints/wyaat~E54000054"),
        (token(collaborative="wyaat", benefit="efficiency_and_scale"), ""),
        (token(sector="acute"), ""),
        (token(collaborative=("wyaat", "reach-out")), ""),
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


def test_a_mark_is_told_from_others_by_its_row_its_own_name_or_its_filters() -> None:
    assert name_of(token(sector="acute", row="outcomes/a")) == "outcomes/a"
    assert name_of(token(sector="acute", mark="this one")) == "this one"
    assert read(token(sector="acute", mark="this one")) == (("sector", "acute"),)
    pair = token(collaborative=("wyaat", "reach-out"))
    assert name_of(pair) == pair
    assert read(pair) == (("collaborative", "wyaat"), ("collaborative", "reach-out"))
    assert name_of(None) == name_of("wyaat") == ""


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
