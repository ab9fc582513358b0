"""The exhibits of who works with whom, on the Atlas's tables and on a country's worth."""

import re
from itertools import pairwise, permutations
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components import theme
from components.exhibits import CAVEATS, Built, build_exhibit
from components.exhibits.bipartite import crossings, lay_out
from components.exhibits.connections import labels
from data import Catalogue, Selection
from data.connections import memberships, overlaps, shared

EXHIBITS = ("trust-network", "membership-matrix", "shared-members", "system-overlap")
SELECTIONS = {
    "all": Selection(),
    "a sector": Selection(sector=("acute",)),
    "a region": Selection(region=("E40000003",)),
    "a system": Selection(icb=("E54000054",)),
    "a collaborative": Selection(collaborative=("made-up-46",)),
    "two sectors": Selection(sector=("acute", "mhlda")),
}
LIMIT = 48_000
"""Every line of the network can be clicked, and says of two places what it stands for."""


def figure_of(built: Built) -> go.Figure:
    assert isinstance(built.figure, go.Figure)
    return built.figure


def marks(figure: go.Figure) -> list[Any]:
    return [t for t in figure.data if "markers" in (t.mode or "") and t.marker.opacity != 0]


def axis_labels(axis: Any) -> dict[float, str]:
    return dict(zip(axis.tickvals, axis.ticktext, strict=True))


@pytest.mark.parametrize("name", SELECTIONS)
@pytest.mark.parametrize("exhibit_id", EXHIBITS)
def test_it_is_small_and_whole_with_a_country_of_collaboratives(
    crowded: Catalogue, exhibit_id: str, name: str
) -> None:
    built = build_exhibit(crowded, SELECTIONS[name], exhibit_id)
    assert built.frame.empty == (built.empty is not None)
    assert re.search(r"[^.]\.$", built.reading)
    if built.figure is not None:
        text = str(figure_of(built).to_json())
        assert len(text.encode()) < LIMIT
        assert "null" not in text
        assert set(built.caveats) <= set(CAVEATS)


@pytest.mark.parametrize("exhibit_id", EXHIBITS)
def test_it_is_the_same_when_built_again(crowded: Catalogue, exhibit_id: str) -> None:
    once, again = (build_exhibit(crowded, Selection(), exhibit_id) for _ in range(2))
    assert figure_of(once).to_json() == figure_of(again).to_json()
    pd.testing.assert_frame_equal(once.frame, again.frame)


def test_the_network_draws_every_membership_of_those_in_several(crowded: Catalogue) -> None:
    frame = memberships(crowded, Selection(), least=2)
    figure = figure_of(build_exhibit(crowded, Selection(), "trust-network"))
    left, right = axis_labels(figure.layout.yaxis), axis_labels(figure.layout.yaxis2)
    assert len(left) == frame["organisation_id"].nunique()
    assert len(right) == frame["collaborative_id"].nunique()
    curves = [c for s in figure.layout.shapes for c in re.findall(r"M0,([\d.]+)C.*?1,([\d.]+)",
              s.path)]  # fmt: skip
    ends = {(float(a), float(b)) for a, b in curves}
    assert len(curves) == len(ends) == len(frame)
    assert {a for a, _ in ends} == set(left)
    assert {b for _, b in ends} == set(right)


def test_the_network_tells_roles_without_colour(crowded: Catalogue) -> None:
    figure = figure_of(build_exhibit(crowded, Selection(), "trust-network"))
    looks = {(s.line.dash, s.line.width) for s in figure.layout.shapes}
    keys = [t for t in figure.data if t.mode == "lines"]
    assert {(t.line.dash, t.line.width) for t in keys} == looks
    assert {t.name for t in keys} == {"Lead provider", "Member", "Partner"}
    assert len({s.line.color for s in figure.layout.shapes}) == 1


def test_the_network_tells_sectors_without_colour(crowded: Catalogue) -> None:
    figure = figure_of(build_exhibit(crowded, Selection(), "trust-network"))
    sectors = [t for t in marks(figure) if t.name != "Organisation"]
    symbols = {t.name: t.marker.symbol for t in sectors}
    assert len(set(symbols.values())) == len(symbols) == len(theme.SECTOR_COLOURS)


def test_no_two_names_of_the_network_stand_on_one_another(crowded: Catalogue) -> None:
    figure = figure_of(build_exhibit(crowded, Selection(), "trust-network"))
    rows = figure.layout.yaxis.range[0] - figure.layout.yaxis.range[1]
    pixels = (figure.layout.height - 110) / rows
    for axis in (figure.layout.yaxis, figure.layout.yaxis2):
        places = sorted(axis.tickvals)
        nearest = min(b - a for a, b in pairwise(places))
        assert nearest * pixels > axis.tickfont.size * 1.5


def test_the_matrix_has_a_mark_for_every_membership_drawn(crowded: Catalogue) -> None:
    figure = figure_of(build_exhibit(crowded, Selection(), "membership-matrix"))
    frame = memberships(crowded, Selection(), least=2)
    drawn = [(x, y) for t in marks(figure) for x, y in zip(t.x, t.y, strict=True)]
    assert len(drawn) == len(set(drawn)) == len(frame)
    assert len({t.marker.symbol for t in marks(figure)}) == len(marks(figure)) == 3


def test_the_matrix_says_what_only_its_table_has(crowded: Catalogue) -> None:
    built = build_exhibit(crowded, Selection(), "membership-matrix")
    people = built.frame["organisation"].nunique()
    assert people == memberships(crowded, Selection())["organisation_id"].nunique()
    assert any(f"the table all {people}" in note for note in built.notes)


def test_those_with_several_memberships_come_first(crowded: Catalogue) -> None:
    built = build_exhibit(crowded, Selection(sector=("acute", "mhlda")), "membership-matrix")
    several = (built.frame["memberships"] > 1).tolist()
    assert several == sorted(several, reverse=True)
    rows = list(figure_of(built).layout.yaxis.categoryarray)
    first = set(labels(built.frame.loc[built.frame["memberships"] > 1, "organisation"], 28))
    shown = labels(built.frame["organisation"], 28)
    assert set(rows[: len(first)]) == {shown[name] for name in first}


def test_two_of_one_name_have_a_row_and_a_column_each(catalogue: Catalogue) -> None:
    """Own tables may name a trust or a collaborative as another is named."""
    frames = dict(catalogue.frames)
    rows = frames["memberships"].drop_duplicates("organisation_id").head(2)
    rows = rows.assign(collaborative_id=catalogue.table("collaboratives")["collaborative_id"][:2])
    frames["memberships"] = rows
    frames["organisations"] = catalogue.table("organisations").assign(name="The same trust")
    frames["collaboratives"] = catalogue.table("collaboratives").assign(
        short_name="The same", formed_year=2020
    )
    same = Catalogue(catalogue.schema, frames)
    drawn = marks(figure_of(build_exhibit(same, Selection(), "membership-matrix")))
    assert len({x for t in drawn for x in t.x}) == len({y for t in drawn for y in t.y}) == 2
    years = marks(figure_of(build_exhibit(same, Selection(), "formation-timeline")))[1:]
    places = [y for t in years for y in t.y]
    assert len(set(places)) == len(places) > 2


def test_the_matrix_of_the_atlas_shows_everyone_while_few_are_named(catalogue: Catalogue) -> None:
    few = catalogue.table("memberships").head(10)
    small = Catalogue(catalogue.schema, {**catalogue.frames, "memberships": few})
    figure = figure_of(build_exhibit(small, Selection(), "membership-matrix"))
    assert sum(len(t.x) for t in marks(figure)) == 10


def test_bars_of_shared_members_are_as_long_as_their_number(crowded: Catalogue) -> None:
    figure = figure_of(build_exhibit(crowded, Selection(), "shared-members"))
    frame = shared(crowded, Selection())
    counts = frame.groupby(["first_id", "second_id"]).size().sort_values(ascending=False)
    drawn = sorted((int(x) for bar in figure.data for x in bar.x), reverse=True)
    assert drawn == counts.tolist()[: len(drawn)]
    patterns = {bar.name: bar.marker.pattern.shape for bar in figure.data}
    assert patterns == {"Same sector": "", "Different sectors": "/"}


def test_every_overlap_has_a_mark_in_the_row_of_its_system(crowded: Catalogue) -> None:
    figure = figure_of(build_exhibit(crowded, Selection(), "system-overlap"))
    counts = pd.Series([y for t in marks(figure) for y in t.y]).value_counts().to_dict()
    frame = overlaps(crowded, Selection())
    assert counts == frame["icb_name"].value_counts().to_dict()
    for trace in marks(figure):
        assert ("inferred" in trace.name) == trace.marker.symbol.endswith("-open")


def test_systems_without_any_are_counted_and_named(crowded: Catalogue) -> None:
    built = build_exhibit(crowded, Selection(), "system-overlap")
    bare = 42 - built.frame["icb_name"].nunique()
    assert bare > 0
    assert any(note.startswith(f"{bare} system") for note in built.notes)
    assert len(built.details[0].split(";")) == bare


def test_a_predecessor_that_is_not_counted_is_named(crowded: Catalogue) -> None:
    gone = crowded.table("collaboratives").iloc[69]["short_name"]
    for exhibit_id in ("trust-network", "membership-matrix", "shared-members"):
        notes = " ".join(build_exhibit(crowded, Selection(), exhibit_id).notes)
        assert f"no more: {gone}." in notes


def test_the_layout_does_not_depend_on_the_order_of_the_links() -> None:
    links = [("a", "x"), ("b", "x"), ("b", "y"), ("c", "z")]
    layouts = [lay_out(order) for order in permutations(links)]
    assert all(layout == layouts[0] for layout in layouts)
    assert layouts[0].groups == 2


def test_the_layout_takes_crossings_out_where_it_can() -> None:
    links = [("a", "z"), ("b", "y"), ("c", "x"), ("a", "y"), ("b", "x")]
    assert crossings(links, ["a", "b", "c"], ["x", "y", "z"]) > 0
    layout = lay_out(links)
    lefts = sorted(layout.left, key=layout.left.__getitem__)
    rights = sorted(layout.right, key=layout.right.__getitem__)
    assert crossings(links, lefts, rights) == 0


def test_groups_that_no_link_joins_do_not_overlap() -> None:
    layout = lay_out([("a", "x"), ("a", "y"), ("b", "z"), ("c", "z")])
    assert max(layout.left["a"], layout.right["x"], layout.right["y"]) < min(
        layout.left["b"], layout.left["c"], layout.right["z"]
    )
    assert layout.rows == pytest.approx(4.7)


def test_no_links_have_an_empty_layout() -> None:
    assert lay_out([]).rows == 0


def test_labels_are_short_and_no_two_are_the_same() -> None:
    names = [
        "Leeds Teaching Hospitals NHS Trust",
        "The Rotherham NHS Foundation Trust",
        "Sheffield Children's NHS Foundation Trust",
        "Sheffield Children's NHS Trust",
        "A trust with a very long name indeed, North",
        "A trust with a very long name indeed, South",
        "Locala Health and Wellbeing",
    ]
    found = labels(names, 30)
    assert found[names[0]] == "Leeds Teaching Hospitals"
    assert found[names[1]] == "Rotherham"
    assert len(set(found.values())) == len(names)
    assert found["Locala Health and Wellbeing"] == "Locala Health and Wellbeing"
    assert labels(names[4:5], 30)[names[4]].endswith("…")
