"""The survey's charts draw what the report states: no more, no less, and as firmly as it does."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from components import theme
from components.exhibits import Built
from components.exhibits.charts import wrap
from components.exhibits.survey_builder import QUESTIONS_OF
from components.exhibits.survey_stacked import GAP
from data import Catalogue, Selection

Build = Callable[[str, Selection], Built]

RANKED = (
    "priorities-past-year", "priorities-next-year", "improvement-journey", "improvement-approach",
    "governance-models", "dedicated-resource", "funded-posts", "delegation-intent",
    "delegation-barriers",
)  # fmt: skip
SURVEY = (
    *RANKED, "priorities-shift", "icb-relationship", "partner-meetings", "challenges",
    "survey-respondents",
)  # fmt: skip
SELECTIONS = {
    "nothing filtered": Selection(),
    **{s: Selection(sector=(s,)) for s in ("acute", "mhlda", "community", "all_in", "ambulance")},
}
VALUES = ("percent", "other_percent", "percent_past", "percent_next", "count")
TRACE_GROUPS = {"All respondents": "all", **{v: k for k, v in theme.SECTOR_SHORT.items()}}


def figure_of(built: Built) -> go.Figure:
    assert isinstance(built.figure, go.Figure)
    return built.figure


def stated_values(frame: pd.DataFrame) -> set[float]:
    columns = [c for c in VALUES if c in frame]
    return {float(v) for c in columns for v in frame[c].dropna()}


def points(figure: go.Figure) -> Iterator[tuple[Any, str, float]]:
    """Every mark of a horizontal chart: its trace, its row and its value.

    Printed values stand beside their bars, not at them, and are left out.
    """
    for trace in figure.data:
        if trace.mode != "text" if trace.type == "scatter" else True:
            for row, value in zip(trace.y, trace.x, strict=True):
                yield trace, str(row), float(value)


def options_of_rows(figure: go.Figure) -> dict[str, str]:
    """Number of a row -> label of its option: sectors have rows of their own below it."""
    found: dict[str, str] = {}
    option = ""
    for number, label in enumerate(figure.layout.yaxis.ticktext):
        own = label.split("<i>")[0].removesuffix("<br>")
        option = own or option
        found[str(number)] = option
    return found


def drawn_pairs(figure: go.Figure) -> set[tuple[str, str, float]]:
    """(sector group, option, value) of the marks that are not a second value or an interval."""
    options = options_of_rows(figure)
    return {
        (TRACE_GROUPS[t.name], options[row], value)
        for t, row, value in points(figure)
        if t.name in TRACE_GROUPS
    }


def of_question(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the question drawn; a second question may stand in the frame alone."""
    return frame[frame["question_id"] == frame["question_id"].iloc[0]]


@pytest.mark.parametrize("exhibit_id", SURVEY)
def test_every_value_drawn_is_in_the_frame(build: Build, exhibit_id: str) -> None:
    for name, selection in SELECTIONS.items():
        built = build(exhibit_id, selection)
        if built.figure is None:
            assert built.empty, name
            continue
        # What is left of a row is no answer, and the unseen middle of a line no mark.
        drawn = {
            abs(value)
            for trace, _, value in points(figure_of(built))
            if trace.name != GAP and trace.marker.opacity != 0
        }
        assert drawn, name
        assert drawn - stated_values(built.frame) == set(), name


@pytest.mark.parametrize("exhibit_id", RANKED)
def test_every_percentage_of_the_frame_is_drawn_in_its_place(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    labels = catalogue.schema.labels("survey_results", "sector_group")
    ids = {label: key for key, label in labels.items()}
    for name, selection in SELECTIONS.items():
        built = build(exhibit_id, selection)
        rows = of_question(built.frame)
        rows = rows[rows["percent"].notna()]
        stated = {
            (ids[r["group"]], wrap(r["option"]), float(r["percent"]))
            for r in rows.to_dict("records")
        }
        assert drawn_pairs(figure_of(built)) == stated, name


@pytest.mark.parametrize("exhibit_id", SURVEY)
def test_zero_is_drawn_only_where_zero_is_stated(build: Build, exhibit_id: str) -> None:
    for name, selection in SELECTIONS.items():
        built = build(exhibit_id, selection)
        if built.figure is not None:
            zeros = [row for _, row, value in points(figure_of(built)) if value == 0]
            assert not zeros or 0.0 in stated_values(built.frame), name


@pytest.mark.parametrize("exhibit_id", RANKED)
def test_an_option_without_any_value_is_named_and_not_drawn(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    built = build(exhibit_id, Selection())
    question_id = built.frame["question_id"].iloc[0]
    results = catalogue.table("survey_results")
    asked = results[results["question_id"] == question_id]
    has_value = asked["percent"].notna() | asked["count"].notna()
    silent = set(asked["option"]) - set(asked[has_value]["option"])
    rows = set(options_of_rows(figure_of(built)).values())
    assert rows & {wrap(option) for option in silent} == set()
    if silent:
        note = next(n for n in built.notes if n.startswith("Not published: "))
        assert all(option in note for option in silent)
        assert "not-published" in built.caveats


def test_the_exhibits_include_options_without_a_value(catalogue: Catalogue) -> None:
    """Without one the test above would hold nothing."""
    results = catalogue.table("survey_results")
    assert results[results["question_id"] == "priorities-past-year"]["percent"].isna().any()


@pytest.mark.parametrize("exhibit_id", SURVEY)
def test_a_bar_is_hatched_exactly_where_the_wording_is_approximate(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    built = build(exhibit_id, Selection())
    if "precision" not in built.frame:
        # Not shares: who answered, where the estimate is hatched, and pairs of shares.
        assert exhibit_id in {"survey-respondents", "priorities-shift"}
        return
    everyone = catalogue.schema.labels("survey_results", "sector_group")["all"]
    rows = built.frame[built.frame["percent"].notna() & (built.frame["group"] == everyone)]
    vague = {
        float(r["percent"]) for r in rows.to_dict("records") if r["precision"] == "approximate"
    }
    hatched: set[float] = set()
    for trace in figure_of(built).data:
        if trace.type == "bar":
            shapes = trace.marker.pattern.shape
            each = shapes if isinstance(shapes, list | tuple) else [shapes or ""] * len(trace.x)
            hatched |= {float(v) for v, s in zip(trace.x, each, strict=True) if s == "/"}
    assert hatched == vague
    assert ("approximate" in built.caveats) == bool(vague)


def test_the_survey_has_approximate_values(catalogue: Catalogue) -> None:
    """Without one the test above would hold nothing."""
    results = catalogue.table("survey_results")
    vague = results[results["precision"].eq("approximate").fillna(False)]
    assert {"priorities-past-year", "dedicated-resource"} <= set(vague["question_id"])


@pytest.mark.parametrize("exhibit_id", [i for i in SURVEY if i != "survey-respondents"])
def test_every_percentage_read_out_is_in_the_frame(build: Build, exhibit_id: str) -> None:
    for name, selection in SELECTIONS.items():
        built = build(exhibit_id, selection)
        said = {float(v) for v in re.findall(r"(\d+(?:\.\d+)?)%", built.reading)}
        assert said - stated_values(built.frame) == set(), name


@pytest.mark.parametrize("exhibit_id", SURVEY)
def test_a_sector_filter_leaves_all_respondents_and_that_sector(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    labels = catalogue.schema.labels("survey_results", "sector_group")
    built = build(exhibit_id, SELECTIONS["acute"])
    if "group" in built.frame:
        assert set(built.frame["group"]) <= {labels["all"], labels["acute"]}


@pytest.mark.parametrize("exhibit_id", RANKED)
def test_a_sector_that_the_survey_does_not_split_is_said(build: Build, exhibit_id: str) -> None:
    built = build(exhibit_id, SELECTIONS["ambulance"])
    assert "sector-not-split" in built.caveats
    assert any("does not report Ambulance separately" in n for n in built.notes)


@pytest.mark.parametrize("exhibit_id", RANKED)
def test_the_base_is_said_with_how_it_is_known(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    built = build(exhibit_id, Selection())
    asked = catalogue.table("survey_questions")
    row = asked[asked["question_id"] == built.frame["question_id"].iloc[0]].iloc[0]
    known = pd.notna(row["base_n"])
    words = f"{row['base_n']}, {row['base_basis']}" if known else "not published"
    assert built.base.startswith(words)
    assert ("derived-base" in built.caveats) == bool(
        (built.frame["base_basis"] == "derived").fillna(False).any()
    )


@pytest.mark.parametrize("exhibit_id", RANKED)
def test_the_scale_of_percentages_begins_at_zero_and_ends_at_a_hundred(
    build: Build, exhibit_id: str
) -> None:
    figure = figure_of(build(exhibit_id, Selection()))
    assert tuple(figure.layout.xaxis.range) == (0, 100)


def test_a_second_value_is_an_open_diamond_beside_the_first(build: Build) -> None:
    built = build("icb-relationship", Selection())
    neutral = built.frame[built.frame["other_percent"].notna()]
    assert neutral["percent"].astype(float).tolist() == [23.0]
    assert "two-values" in built.caveats
    assert any("24% is stated beside the 23% drawn" in n for n in built.notes)


def test_pairs_of_priorities_are_only_those_published_for_both_years(build: Build) -> None:
    frame = build("priorities-shift", Selection()).frame
    assert frame[["percent_past", "percent_next"]].notna().all(axis=None)
    pairs = frame[["option", "percent_past", "percent_next"]].to_numpy().tolist()
    assert [p[0] for p in pairs] == [
        "Reducing unwarranted variation in care",
        "Tackling care backlogs",
    ]
    assert [p[1:] for p in pairs] == [[74.0, 43.0], [90.0, 50.0]]


def test_every_question_of_the_survey_is_shown_somewhere(catalogue: Catalogue) -> None:
    shown = {q for questions in QUESTIONS_OF.values() for q in questions}
    assert set(catalogue.table("survey_questions")["question_id"]) == shown


def test_every_published_value_is_in_the_table_of_an_exhibit(
    catalogue: Catalogue, build: Build
) -> None:
    keys = ["question_id", "option", "group", "percent", "count"]
    frames = [build(i, Selection()).frame for i in QUESTIONS_OF]
    shown = pd.concat([f[keys] for f in frames if set(keys) <= set(f.columns)])
    table = catalogue.table("survey_results")
    stated = table[table["percent"].notna() | table["count"].notna()]
    stated = stated[stated["question_id"] != "respondents"]
    labels = catalogue.schema.labels("survey_results", "sector_group")
    stated = stated.assign(group=stated["sector_group"].map(dict(labels)))

    def rows(frame: pd.DataFrame) -> set[tuple[str, ...]]:
        return {tuple(str(v) for v in row) for row in frame[keys].to_numpy().tolist()}

    assert rows(stated) - rows(shown) == set()


def test_every_option_without_a_value_is_named_beside_its_chart(
    catalogue: Catalogue, build: Build
) -> None:
    table = catalogue.table("survey_results")
    has_value = table["percent"].notna() | table["count"].notna()
    unsaid = table[~has_value]
    for exhibit_id, questions in QUESTIONS_OF.items():
        built = build(exhibit_id, Selection())
        if exhibit_id in {"priorities-shift", "benefits-named"}:
            continue  # shown whole by another chart; a list of options without values
        said = " ".join((*built.notes, *built.details)).lower()
        for question_id in questions:
            valued = table[has_value & (table["question_id"] == question_id)]
            mine = unsaid[unsaid["question_id"] == question_id]
            silent = set(mine["option"]) - set(valued["option"])
            assert [o for o in silent if o.lower() not in said] == [], exhibit_id
