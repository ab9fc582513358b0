"""What was clicked holds for as long as its filters, and is one step with them."""

from __future__ import annotations

import pytest
import streamlit as st

from components.ui import address, filters, marked
from components.ui.address import Arrival, Step
from data import Selection

CHART, ROW = "challenges", "survey_results/a~b~c~all"


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session's state without a session."""
    held: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", held)
    return held


def steps(state: dict[str, object]) -> list[Step]:
    found = state.pop(address._STEPS, [])
    assert isinstance(found, list)
    return found


def test_a_click_that_filters_is_one_step_that_says_both(state: dict[str, object]) -> None:
    marked.click(CHART, ROW, ("sector", "acute"), ("benefit", "efficiency_and_scale"))
    (step,) = steps(state)
    assert step.params == {
        "sector": "acute", "benefit": "efficiency_and_scale", "mark": f"{CHART}:{ROW}",
    }  # fmt: skip
    found = marked.now(CHART)
    assert found is not None
    assert (found.name, found.before) == (ROW, Selection())


def test_a_click_that_filters_nothing_is_one_step_of_the_mark(state: dict[str, object]) -> None:
    marked.click(CHART, ROW)
    assert steps(state) == [Step(frozenset(("mark",)), {"mark": f"{CHART}:{ROW}"})]
    assert filters.current() == Selection()


def test_what_has_no_name_is_marked_in_no_entry_between(state: dict[str, object]) -> None:
    state[address._NOW] = Arrival("tables", {})
    marked.click(CHART, "", ("sector", "acute"))
    marked.click("risks", "insights/a")
    between = address._between(steps(state), {"sector": "acute", "mark": "risks:insights/a"})
    assert between == [{"sector": "acute"}]


def test_a_second_click_takes_filters_and_mark_away(state: dict[str, object]) -> None:
    for _ in range(2):
        marked.click(CHART, ROW, ("sector", "acute"))
    assert (filters.current(), marked.now(CHART)) == (Selection(), None)
    assert "mark" not in (steps(state)[-1].params or {})


def test_a_mark_goes_when_the_filters_change(state: dict[str, object]) -> None:
    marked.click(CHART, ROW)
    filters.toggle(("sector", "acute"))
    assert marked.now(CHART) is None
    assert "mark" in steps(state)[-1].names


def test_one_more_filter_of_the_same_row_leaves_it(state: dict[str, object]) -> None:
    marked.click(CHART, ROW, ("sector", "acute"))
    found = marked.now(CHART)
    assert found is not None
    marked.also(found, ("tier", "press"))
    assert marked.now(CHART) == marked.Marked(CHART, ROW, filters.current(), Selection())
    assert (steps(state)[-1].params or {})["mark"] == f"{CHART}:{ROW}"


def test_another_mark_takes_the_place_of_the_first() -> None:
    marked.click(CHART, ROW)
    marked.click("risks", "insights/a")
    assert marked.now(CHART) is None
    assert marked.now("risks") is not None


def test_an_address_says_what_is_marked_and_one_without_it_that_nothing_is(
    state: dict[str, object],
) -> None:
    said = {"mark": f"{CHART}:sector=acute;sector=mhlda"}
    state[address._NEXT] = dict(said)
    marked.adopt(Arrival("delegation", said))
    found = marked.now(CHART)
    assert found is not None
    assert found.name == "sector=acute;sector=mhlda"
    # It leaves the address until a chart is drawn that has it.
    assert state[address._NEXT] == {}
    marked.keep(found)
    assert state[address._NEXT] == said
    marked.adopt(Arrival("delegation", {}, is_new=False))
    assert marked.now(CHART) is not None
    marked.adopt(Arrival("delegation", {}, is_history=True))
    assert marked.now(CHART) is None
