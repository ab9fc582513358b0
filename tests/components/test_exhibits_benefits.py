"""Outcomes: values as stated, achieved apart from expected, both sides of a discrepancy drawn."""

import re
from collections.abc import Callable
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.outcome_labels import Row, kind_of
from components.exhibits.outcome_rows import Panel, draw
from components.exhibits.outcome_words import value_words
from data import Catalogue, Selection
from data.evidence import grades
from data.query import outcomes

ALLIANCE = "acute-hospitals-alliance"

Build = Callable[[str, Selection], Built]
PERCENT = {"unit": "percent"}


def figure_of(built: Built) -> go.Figure:
    assert isinstance(built.figure, go.Figure)
    return built.figure


def outcome(**changed: object) -> dict[str, object]:
    row: dict[str, object] = {
        "value": 36.0, "unit": "percent", "precision": "exact", "direction": "decrease",
        "outcome_id": "one", "collaborative_id": "made-up",
        "baseline_value": pd.NA, "status": "achieved", "service": "Care", "period": pd.NA,
        "comparator": pd.NA,
    }  # fmt: skip
    return {**row, **changed}


def shown(built: Built) -> pd.DataFrame:
    return built.frame[built.frame["is_shown"].astype(bool)]


def drawn(figure: go.Figure, *names: str) -> list[float]:
    """The values that bars and dots stand for: stems and ticks have no name of a status."""
    statuses = names or ("Achieved", "Expected", "Planned")
    return sorted(float(x) for t in figure.data if t.name in statuses for x in t.x)


def labels(figure: go.Figure) -> list[str]:
    written = [t for t in figure.data if t.type == "scatter" and t.mode == "text"]
    return [str(text).replace("<br>", " ") for t in written for text in t.text]


def texts(figure: go.Figure) -> str:
    return " ".join(labels(figure))


def with_rows(catalogue: Catalogue, **changed: object) -> Catalogue:
    """The catalogue with some columns of every outcome that is a change in per cent changed."""
    table = catalogue.table("outcomes")
    rows = table.index[table["unit"].eq("percent").fillna(False) & table["baseline_value"].isna()]
    for column, value in changed.items():
        table.loc[rows[0], column] = value  # type: ignore[call-overload]
    return Catalogue(catalogue.schema, {**catalogue.frames, "outcomes": table})


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (outcome(), "▼ 36%"),
        (outcome(direction="increase", value=5.0), "▲ 5%"),
        (outcome(direction="level", value=4.6, unit="gbp_million"), "£4.6m"),
        (outcome(direction="level", value=2000.0, unit="people", precision="bound"),
         "more than 2,000 people"),
        (outcome(direction="level", value=120.0, unit="count"), "120"),
        (outcome(direction="level", value=7.5, unit="gbp_million", precision="upper_bound"),
         "at most £7.5m"),
        (outcome(precision="approximate"), "▼ about 36%"),
        (outcome(value=None), "no figure stated"),
        (outcome(value=pd.NA), "no figure stated"),
        (outcome(value=0.0), "▼ 0%"),
        (outcome(value=7.0, unit="miles", baseline_value=73.0), "from 73 miles to 7 miles"),
        (outcome(value=6.0, baseline_value=14.0, precision="upper_bound"),
         "from 14% to at most 6%"),
    ],
)  # fmt: skip
def test_a_value_is_put_in_words(row: dict[str, object], words: str) -> None:
    assert value_words(row) == words


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (outcome(), "change"),
        (outcome(direction="level"), "level"),
        (outcome(direction=pd.NA), "level"),
        (outcome(baseline_value=40.0), "pair"),
        (outcome(baseline_value=0.0), "pair"),
    ],
)
def test_a_pair_is_not_drawn_as_a_change(row: dict[str, object], kind: str) -> None:
    assert kind_of(row) == kind


def rows(*values: float, **changed: object) -> list[Row | str]:
    return [Row("a", outcome(value=v, direction="level", **changed)) for v in values]


def test_each_panel_has_axes_of_its_own_and_no_place_is_shared() -> None:
    figure = draw([Panel("Days", "days", rows(1, 2)), Panel("People", "people", rows(2000))])
    assert {t.xaxis for t in figure.data} == {"x", "x2"}
    assert {t.yaxis for t in figure.data} == {"y", "y2"}
    assert figure.layout.yaxis.domain[0] >= figure.layout.yaxis2.domain[1]
    assert figure.layout.xaxis.range[1] < 3
    assert figure.layout.xaxis2.range[1] > 2000


@pytest.mark.parametrize(
    ("unit", "values", "kind"),
    [("count", (3, 4000), "log"), ("count", (3, 40), None), ("count", (0, 4000), None),
     ("gbp_million", (0.5, 4000), None), ("percent", (1, 99), None)],
)  # fmt: skip
def test_only_counts_of_unlike_things_have_a_log_scale_which_is_said(
    unit: str, values: tuple[float, ...], kind: str | None
) -> None:
    figure = draw([Panel("Title", unit, rows(*values, unit=unit))])
    assert figure.layout.xaxis.type == kind
    said = any("ten times" in text for text in labels(figure))
    assert said == (kind == "log")
    assert bool([t for t in figure.data if t.type == "bar"]) == (kind is None)


def test_status_has_a_pattern_or_a_shape_of_its_own() -> None:
    kinds = [
        Row("a", outcome(status=status, direction=direction))
        for status in ("achieved", "expected", "planned")
        for direction in ("decrease", "level")
    ]
    figure = draw([Panel("", "percent", [*kinds])])
    bars = [t for t in figure.data if t.type == "bar" and t.name]
    dots = [t for t in figure.data if t.type == "scatter" and t.name]
    assert len({t.marker.pattern.shape for t in bars}) == len(bars) == 3
    assert len({t.marker.symbol for t in dots}) == len(dots) == 3
    assert sum(bool(t.showlegend) for t in figure.data) == 3


def test_every_percentage_is_drawn_and_nothing_else_is(build: Build) -> None:
    built = build("outcomes-by-benefit", Selection())
    shares = shown(built)
    shares = shares[(shares["unit"] == "percent") & shares["value"].notna()]
    assert drawn(figure_of(built)) == sorted(shares["value"].astype(float))


def test_every_other_number_is_drawn_in_its_unit(build: Build, catalogue: Catalogue) -> None:
    names = ("money", "people", "counts", "other-units")
    figures = [figure_of(build(f"outcomes-in-{name}", Selection())) for name in names]
    frame = outcomes(catalogue, Selection())
    others = frame[frame["value"].notna() & (frame["unit"] != "percent")]
    values = sorted(value for figure in figures for value in drawn(figure))
    assert values == sorted(others["value"].astype(float))
    axes = [{t.xaxis for t in figure.data} for figure in figures]
    assert sum(map(len, axes)) == others["unit"].nunique()


def test_a_benefit_without_a_percentage_is_named(catalogue: Catalogue, build: Build) -> None:
    text = texts(figure_of(build("outcomes-by-benefit", Selection())))
    for label in catalogue.schema.labels("outcomes", "benefit").values():
        assert label in text
    one = Selection(service=("procurement",))
    assert "nothing reported" in texts(figure_of(build("outcomes-by-benefit", one)))


def test_every_row_says_who_and_which_grade(build: Build) -> None:
    built = build("outcomes-by-benefit", Selection())
    figure = figure_of(built)
    rows = [label for label in labels(figure) if re.search(r"\), grade [A-E]$", label)]
    assert len(rows) == len(drawn(figure))


@pytest.mark.parametrize("status", ["expected", "planned"])
def test_what_is_not_achieved_is_hatched_and_said(catalogue: Catalogue, status: str) -> None:
    changed = with_rows(catalogue, status=status, direction="decrease", value=12.5)
    only = Selection(status=(status,))
    figure = figure_of(REGISTRY["outcomes-by-benefit"].build(changed, only))
    hatched = [t for t in figure.data if t.type == "bar" and t.marker.pattern.shape]
    assert 12.5 in [float(x) for t in hatched for x in t.x]
    assert f"▼ 12.5% {status}" in texts(figure)


def test_both_sides_of_the_procurement_discrepancy_are_drawn(build: Build) -> None:
    mine = Selection(collaborative=("acute-hospitals-alliance",))
    built = build("procurement-savings", mine)
    figure = figure_of(built)
    assert drawn(figure, "Expected") == [4.4, 4.9]
    aside = next(t for t in figure.data if t.name == "Also stated, not chosen")
    assert (list(aside.x), aside.marker.symbol) == ([4.6], "diamond-open")
    assert "4.6" not in built.reading
    assert any("Rule:" in note for note in built.notes)
    assert "two-values" in built.caveats


def test_a_value_set_aside_is_not_drawn_without_the_one_chosen(catalogue: Catalogue) -> None:
    """Neither is it told: nothing that a rule set aside stands alone."""
    table = catalogue.table("outcomes")
    hit = table["discrepancy_id"].eq("outcome-aha-procurement-2022-23") & table["is_shown"]
    table.loc[hit, "status"] = "achieved"
    changed = Catalogue(catalogue.schema, {**catalogue.frames, "outcomes": table})
    selection = Selection(status=("expected",), collaborative=("acute-hospitals-alliance",))
    built = REGISTRY["procurement-savings"].build(changed, selection)
    assert "4.6" not in str(figure_of(built).to_json())
    assert built.frame["is_shown"].all()


def test_procurement_stands_under_its_years_in_order(build: Build) -> None:
    mine = Selection(collaborative=("acute-hospitals-alliance",))
    text = texts(figure_of(build("procurement-savings", mine)))
    assert text.index("<b>2022/23</b>") < text.index("<b>2023/24</b>")


def test_expected_savings_are_said_to_be_expected(build: Build) -> None:
    built = build("procurement-savings", Selection(collaborative=("acute-hospitals-alliance",)))
    assert set(built.frame["status"]) == {"expected"}
    assert built.reading == (
        "Acute Hospitals Alliance: £4.4m (expected; 2022-23), £4.9m (expected; 2023-24)."
    )


def test_before_and_after_draws_every_pair_and_only_pairs(build: Build) -> None:
    built = build("before-and-after", Selection())
    assert built.frame[["value", "baseline_value"]].notna().all(axis=None)
    lines = [t for t in figure_of(built).data if t.mode == "lines+markers+text"]
    stated = shown(built)[["baseline_value", "value"]].astype(float)
    assert sorted((float(t.y[0]), float(t.y[1])) for t in lines) == sorted(
        stated.itertuples(index=False, name=None)
    )
    assert "from 73 miles to 7 miles" in texts(figure_of(built))


def test_a_slope_has_an_axis_of_its_own_from_zero_and_in_its_place(build: Build) -> None:
    figure = figure_of(build("before-and-after", Selection()))
    lines = [t for t in figure.data if t.mode == "lines+markers+text"]
    assert len({t.yaxis for t in lines}) == len(lines)
    for line in lines:
        axis = figure.layout[line.yaxis.replace("y", "yaxis")]
        assert axis.range[0] == 0
        assert axis.range[1] >= max(line.y)
    domains = [figure.layout[t.yaxis.replace("y", "yaxis")].domain for t in lines]
    assert all(a[0] > b[1] for a, b in pairwise(domains))


def test_a_second_pair_is_drawn_as_open_diamonds(catalogue: Catalogue) -> None:
    table = catalogue.table("outcomes")
    hit = table["outcome_id"] == "slp-cyp-distance-from-home"
    table.loc[hit, "discrepancy_id"] = "outcome-aha-procurement-2022-23"
    other = table[hit].assign(outcome_id="other", value=9.0, baseline_value=80.0, is_shown=False)
    both = pd.concat([table, other], ignore_index=True).astype(table.dtypes)
    changed = Catalogue(catalogue.schema, {**catalogue.frames, "outcomes": both})
    built = REGISTRY["before-and-after"].build(changed, Selection())
    aside = [t for t in figure_of(built).data if t.name == "Also stated, not chosen"]
    assert [80.0, 9.0] in [[float(v) for v in t.y] for t in aside]
    assert all(t.marker.symbol == "diamond-open" for t in aside)


def test_achieved_and_expected_together_carry_a_warning(build: Build) -> None:
    assert "mixed-status" in build("outcomes-by-benefit", Selection()).caveats
    achieved = build("outcomes-by-benefit", Selection(status=("achieved",)))
    assert "mixed-status" not in achieved.caveats
    assert set(achieved.frame["status"]) == {"achieved"}


def test_the_strongest_evidence_stands_first_under_each_heading(build: Build) -> None:
    found: list[list[str]] = []
    for label in labels(figure_of(build("outcomes-by-benefit", Selection()))):
        letter = re.search(r"grade ([A-E])$", label)
        if letter:
            found[-1].append(letter.group(1))
        else:
            found.append([])
    assert any(len(group) > 1 for group in found)
    assert [sorted(group) for group in found] == found


def test_a_grade_is_that_of_the_rubric(build: Build, catalogue: Catalogue) -> None:
    known = dict(grades(catalogue)[["outcome_id", "grade"]].itertuples(index=False, name=None))
    frame = build("outcomes-by-benefit", Selection()).frame
    assert [known[i] for i in frame["outcome_id"]] == frame["grade"].tolist()


def test_money_of_one_year_of_account_stands_under_one_heading(build: Build) -> None:
    """Sources write it as 2022-23 and as 2022/23."""
    figure = figure_of(build("outcomes-in-money", Selection()))
    heads = [t for trace in figure.data if trace.type == "scatter" for t in trace.text or ()]
    assert heads.count("<b>2022/23</b>") == 1
    assert "<b>2022-23</b>" not in heads
