"""What a hand can do to each registered chart: nothing that an address cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from components import theme
from components.exhibits import REGISTRY, Built
from components.exhibits.picks import Pick, entries_of
from components.stories.enlarged import staged
from components.ui import cells
from components.ui.picking import click_says
from data import Catalogue, Selection
from data.evidence import GRADES
from data.query import DIMENSION_NAMES

Build = Callable[[str, Selection], Built]
CHARTS = [e.id for e in REGISTRY]
SELECTIONS = (
    Selection(),
    Selection(sector=("acute",)),
    Selection(status=("expected",), vintage="2026"),
)
VALUES: dict[str, Pick] = {
    **{name: ("sector", sector) for sector, name in theme.SECTOR_SHORT.items()},
    **{status.capitalize(): ("status", status) for status in theme.STATUS_COLOURS},
    **{f"{g.letter} {g.label.lower()}": ("grade", g.id) for g in GRADES},
}
"""What a legend calls the values of filters."""


def charts(build: Build, exhibit_id: str) -> Iterator[tuple[Selection, go.Figure]]:
    """An exhibit under several selections, where it is a chart."""
    if isinstance(build(exhibit_id, Selection()).figure, go.Figure):
        for selection in SELECTIONS:
            figure = build(exhibit_id, selection).figure
            if isinstance(figure, go.Figure):
                yield selection, figure


def chosen(selection: Selection, pick: Pick) -> Selection:
    return replace(selection, **{pick[0]: (pick[1],)})  # type: ignore[arg-type]


def numbered(figure: go.Figure, kind: str) -> dict[str, dict[str, object]]:
    """The parts of a layout of one kind, such as ``xaxis`` and ``xaxis2``, by name."""
    layout = figure.layout.to_plotly_json()
    found = {n: v for n, v in layout.items() if n.removeprefix(kind).isdigit() or n == kind}
    return {kind: {}, **found}


@pytest.mark.parametrize("exhibit_id", CHARTS)
def test_no_hand_moves_an_axis_or_hides_a_series(build: Build, exhibit_id: str) -> None:
    for _, figure in charts(build, exhibit_id):
        for drawn in (theme.themed(figure, "dark"), staged(figure, "light", 600)):
            common = drawn.layout.template.layout
            for kind in ("xaxis", "yaxis"):
                for name, axis in numbered(drawn, kind).items():
                    is_fixed = axis.get("fixedrange", common[kind].fixedrange)
                    assert is_fixed is True, (name, "a drag moves it, and no address says where")
            for name, legend in numbered(drawn, "legend").items():
                # What a template says of legends holds for the first of them alone.
                of_all = common.legend.to_plotly_json() if name == "legend" else {}
                for click in ("itemclick", "itemdoubleclick"):
                    does = {**of_all, **legend}.get(click)
                    assert does is False, (name, click, "hides a series, and no address says which")
            said = drawn.layout.to_plotly_json()
            assert not {"updatemenus", "sliders"} & {n for n, v in said.items() if v}
            assert common.dragmode is False


@pytest.mark.parametrize("exhibit_id", CHARTS)
def test_a_value_of_a_filter_in_a_legend_filters_by_it(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    for selection, figure in charts(build, exhibit_id):
        for name, picks in entries_of(figure).items():
            meant = VALUES.get(name, VALUES.get(name.split(", ")[0]))
            if meant is None or picks:
                assert picks == (() if meant is None else (meant,)), name
                assert {d for d, _ in picks} <= set(REGISTRY[exhibit_id].responds_to), name
                assert [v for d, v in picks if v not in catalogue.known_values[d]] == [], name
            else:
                left = build(exhibit_id, chosen(selection, meant))
                assert left.empty is not None, f"{name} does nothing, and would leave something"


@pytest.mark.parametrize("exhibit_id", CHARTS)
def test_an_entry_that_was_clicked_stays_to_be_clicked_again(build: Build, exhibit_id: str) -> None:
    figure = build(exhibit_id, Selection()).figure
    for name, picks in entries_of(figure).items() if isinstance(figure, go.Figure) else ():
        for dimension, value in picks:
            left = build(exhibit_id, chosen(Selection(), (dimension, value)))
            assert isinstance(left.figure, go.Figure), name
            assert entries_of(left.figure).get(name) == picks, name


@pytest.mark.parametrize("exhibit_id", CHARTS)
def test_the_line_under_a_chart_says_what_its_legend_does(build: Build, exhibit_id: str) -> None:
    for selection, figure in charts(build, exhibit_id):
        is_cells, built = exhibit_id in cells.OPENS, build(exhibit_id, selection)
        told = (cells.SAYS if is_cells else click_says(built)).partition("entry of the key")[2]
        of = {d for picks in entries_of(figure).values() for d, _ in picks}
        assert bool(told) is bool(of)
        assert [d for d in of if DIMENSION_NAMES[d] not in told] == []


def test_a_legend_that_is_not_drawn_has_no_entries() -> None:
    one = go.Figure(go.Bar(x=[1], name="Acute", meta="sector=acute"))
    assert entries_of(one) == {}
    assert entries_of(go.Figure(one.data, {"showlegend": True})) == {
        "Acute": (("sector", "acute"),)
    }
    both = go.Figure([*one.data, go.Bar(x=[1], name="All respondents")])
    assert entries_of(both) == {"Acute": (("sector", "acute"),), "All respondents": ()}
    assert entries_of(go.Figure(both.data, {"showlegend": False})) == {}
