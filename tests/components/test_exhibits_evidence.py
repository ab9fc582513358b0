"""The evidence map, services and the list: counts that add up, gaps that are there."""

import re
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.exhibits import Built
from components.exhibits.picks import read
from data import Catalogue, Selection
from data.evidence import GRADE, RANK, grades
from data.query import collaboratives, outcomes
from data.service_groups import SERVICE_LABELS

Build = Callable[[str, Selection], Built]
LONDON = "E40000003"
SELECTIONS = {
    "all": Selection(),
    "acute": Selection(sector=("acute",)),
    "mhlda": Selection(sector=("mhlda",)),
    "London": Selection(region=(LONDON,)),
    "achieved": Selection(status=("achieved",)),
    "expected": Selection(status=("expected",)),
    "planned": Selection(status=("planned",)),
    "one collaborative": Selection(collaborative=("acute-hospitals-alliance",)),
    "two benefits": Selection(benefit=("efficiency_and_scale", "resilience_and_capacity")),
    "grade A": Selection(grade=("full",)),
    "grades B and C": Selection(grade=("partial", "bare")),
    "procurement": Selection(service=("procurement",)),
    "out of area": Selection(service=("out-of-area",)),
    "retention in acute": Selection(service=("workforce",), sector=("acute",)),
    "waiting, achieved": Selection(service=("waiting",), status=("achieved",)),
    "reports only": Selection(tier=("published_report",)),
}
CASES = pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS.keys())


def figure_of(built: Built) -> go.Figure:
    assert isinstance(built.figure, go.Figure)
    return built.figure


def numbers(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", text.replace(",", ""))]


@CASES
def test_the_evidence_map_counts_its_cells(
    build: Build, catalogue: Catalogue, selection: Selection
) -> None:
    built = build("benefit-evidence-map", selection)
    if built.empty:
        return
    grid, filled = built.frame, built.frame[built.frame["outcomes"] > 0]
    found = outcomes(catalogue, selection)
    assert grid["outcomes"].sum() == len(found)
    total = len(collaboratives(catalogue, selection))
    best = [n for g in GRADE if (n := int((filled["grade"] == g).sum()))]
    said = re.sub(r" at [A-E]\b", "", built.reading)
    assert numbers(said) == [
        grid["collaborative_id"].nunique(), total, len(filled), len(grid), *best,
        len(grid) - len(filled),
    ]  # fmt: skip


@CASES
def test_a_cell_names_its_rows_and_has_their_strongest_grade(
    build: Build, catalogue: Catalogue, selection: Selection
) -> None:
    grid = build("benefit-evidence-map", selection).frame
    table = outcomes(catalogue, selection).set_index("outcome_id")
    listed: list[str] = []
    for cell in grid.to_dict("records") if "outcome_ids" in grid else []:
        ids = [i for i in cell["outcome_ids"].split("; ") if i]
        assert len(ids) == cell["outcomes"]
        rows = table.loc[ids]
        assert set(rows["collaborative_id"]) <= {cell["collaborative_id"]}
        assert set(rows["benefit"]) <= {cell["benefit"]}
        if ids:
            assert RANK[cell["grade"]] == min(RANK[g] for g in rows["grade"])
        else:
            assert cell["evidence"] == "nothing reported"
        listed.extend(ids)
    assert sorted(listed) == sorted(table.index)


@CASES
def test_the_evidence_map_draws_every_cell_and_every_gap(
    build: Build, selection: Selection
) -> None:
    built = build("benefit-evidence-map", selection)
    if built.empty:
        return
    figure, grid = figure_of(built), built.frame
    marks = [t for t in figure.data if t.mode == "markers+text"]
    filled = grid[grid["outcomes"] > 0]
    assert sum(len(t.x) for t in marks) == len(filled)
    for trace in marks:
        letter = trace.name[0]
        assert set(trace.text) == {f"<b>{letter}</b>"}
        keys = {tuple(value for _, value in read(k)) for k in trace.customdata}
        mine = filled[[GRADE[str(g)].letter == letter for g in filled["grade"]]]
        assert keys == set(mine[["collaborative_id", "benefit"]].itertuples(index=False, name=None))
    gaps = [t for t in figure.data if t.name == "nothing reported"]
    drawn = sum(len(t.x) for t in gaps)
    silent = any("more collaborative" in str(t) for t in figure.layout.yaxis.ticktext)
    assert drawn == len(grid) - len(filled) + silent * grid["benefit"].nunique()


def test_the_evidence_map_keeps_the_columns_of_gaps(build: Build) -> None:
    figure = figure_of(build("benefit-evidence-map", Selection()))
    assert len(figure.layout.xaxis.ticktext) == 6


def test_collaboratives_without_an_outcome_are_counted_and_named(
    build: Build, catalogue: Catalogue
) -> None:
    built = build("benefit-evidence-map", Selection())
    names = dict(
        catalogue.table("collaboratives")[["collaborative_id", "short_name"]].itertuples(
            index=False, name=None
        )
    )
    silent = set(names) - set(built.frame["collaborative_id"])
    assert silent
    assert f"{len(silent)} more" in str(figure_of(built).layout.yaxis.ticktext[-1])
    assert all(names[key] in built.details[0] for key in silent)


@pytest.mark.parametrize("grade", list(GRADE))
def test_a_shape_belongs_to_one_grade(build: Build, grade: str) -> None:
    figures = [
        figure_of(build(i, Selection())) for i in ("benefit-evidence-map", "outcomes-by-service")
    ]
    shapes = {
        t.name[0]: t.marker.symbol for f in figures for t in f.data if t.mode == "markers+text"
    }
    assert len(set(shapes.values())) == len(shapes)
    assert GRADE[grade].letter in shapes


@CASES
def test_services_count_their_outcomes(
    build: Build, catalogue: Catalogue, selection: Selection
) -> None:
    built = build("outcomes-by-service", selection)
    if built.empty:
        return
    frame = built.frame
    found = outcomes(catalogue, selection)
    assert set(frame["outcome_id"]) == set(found["outcome_id"])
    assert not frame.duplicated(["service_group", "outcome_id"]).any()
    sizes = frame["service_group"].value_counts()
    drawn = [int(re.sub(r"\D", "", x)) for t in figure_of(built).data for x in t.text]
    assert sorted(drawn) == sorted(frame.groupby(["service_group", "grade"]).size())
    if len(sizes) == 1:
        assert set(frame["service_group"]) == {built.reading.split(":")[0]}
        assert all(name in built.reading for name in frame["collaborative"])
    else:
        top = frame["service_group"].iloc[0]
        mine = frame[frame["service_group"] == top]
        said = built.reading.removesuffix(f"{top}.")
        assert numbers(said) == [
            len(found), len(sizes), sizes.max(), mine["collaborative"].nunique(),
        ]  # fmt: skip
        assert len(mine) == sizes.max()


def test_a_service_filter_shows_that_service_only(build: Build) -> None:
    frame = build("outcomes-by-service", Selection(service=("out-of-area",))).frame
    assert set(frame["service_group"]) == {SERVICE_LABELS["out-of-area"]}


@CASES
def test_the_list_holds_every_outcome_with_its_reason(
    build: Build, catalogue: Catalogue, selection: Selection
) -> None:
    built = build("outcome-list", selection)
    every = outcomes(catalogue, selection, shown_only=False)
    assert sorted(built.frame["outcome_id"]) == sorted(every["outcome_id"])
    if built.empty:
        return
    known = grades(catalogue).set_index("outcome_id")
    for row in built.frame.to_dict("records"):
        grade = GRADE[str(known.at[row["outcome_id"], "grade"])]
        assert row["evidence"].startswith(f"{grade.letter}: ")
        assert row["why"].startswith(f"Grade {grade.letter}")
        assert row["value_in_words"]
    shown = every[every["is_shown"].astype(bool)]
    assert numbers(built.reading)[0] == len(shown)


@CASES
def test_the_headline_of_benefits_counts_what_is_there(
    build: Build, catalogue: Catalogue, selection: Selection
) -> None:
    built = build("outcomes-by-benefit", selection)
    if built.empty:
        return
    found = outcomes(catalogue, selection)
    statuses = found["status"].value_counts()
    expected = [len(found), found["collaborative_id"].nunique()]
    expected += [int(statuses[s]) for s in ("achieved", "expected", "planned") if s in statuses]
    percent = found[found["unit"].eq("percent").fillna(False)]
    assert numbers(built.reading) == [*expected, found["value"].notna().sum(), len(percent)]


@CASES
@pytest.mark.parametrize(
    "exhibit_id", ["outcomes-in-money", "before-and-after", "procurement-savings"]
)
def test_the_other_headlines_speak_of_shown_rows(
    build: Build, exhibit_id: str, selection: Selection
) -> None:
    built = build(exhibit_id, selection)
    if built.empty:
        return
    shown = built.frame[built.frame["is_shown"].astype(bool)]
    assert isinstance(shown, pd.DataFrame)
    if exhibit_id == "procurement-savings":
        amounts = re.findall(r"£([\d.]+)m", built.reading)
        assert sorted(map(float, amounts)) == sorted(shown["value"].astype(float))
    else:
        assert numbers(built.reading)[0] == len(shown)
