"""Several changes of one run become entries of the history of their own."""

from __future__ import annotations

import pytest
import streamlit as st

from components.ui import address
from components.ui.address import Arrival, Step


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session's state without a session."""
    held: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", held)
    return held


def between(
    state: dict[str, object], begun: dict[str, str], steps: list[Step], ends: dict[str, str]
) -> list[dict[str, str]]:
    state[address._NOW] = Arrival("tables", begun)
    return address._between(steps, ends)


def step(name: str, **params: str) -> Step:
    return Step(frozenset((name,)), params or None)


def test_one_change_makes_no_entry_between(state: dict[str, object]) -> None:
    assert between(state, {}, [step("of")], {"of": "outcomes"}) == []


def test_a_filter_and_a_choice_are_two_entries(state: dict[str, object]) -> None:
    steps = [step("sector", sector="acute"), step("of")]
    ends = {"sector": "acute", "of": "outcomes"}
    assert between(state, {"q": "x"}, steps, {**ends, "q": "x"}) == [{"q": "x", "sector": "acute"}]


def test_one_filter_changed_twice_is_two_entries(state: dict[str, object]) -> None:
    steps = [step("sector", sector="acute"), step("sector", sector="acute,mhlda")]
    assert between(state, {}, steps, {"sector": "acute,mhlda"}) == [{"sector": "acute"}]


def test_what_a_change_takes_away_is_not_in_the_entries_between(state: dict[str, object]) -> None:
    begun = {"table": "outcomes", "columns": "metric"}
    steps = [step("table"), step("filtered")]
    ends = {"table": "collaboratives", "filtered": "yes"}
    assert between(state, begun, steps, ends) == [{"table": "collaboratives"}]


def test_a_change_that_is_undone_in_the_same_run_is_seen_once(state: dict[str, object]) -> None:
    steps = [step("sector", sector="acute"), Step(frozenset(("sector",)), {})]
    assert between(state, {}, steps, {}) == [{"sector": "acute"}]
