"""The stage and its address: steps, what is asked beside the script, and what cannot be used."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.stories import Told, subject_of, tell, walkthroughs
from components.stories.asking import Ask, answers, choices
from components.ui.navigation import page
from data import Catalogue
from data.walkthrough_files import read_walkthroughs
from tests.app.opening import open_page

SUBJECT = {"your-system": "E54000054"}
STORIES = [f.path.stem for f in read_walkthroughs()]
READY = {"story": "ready-for-delegation", "step": "2"}


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def written(app: AppTest) -> list[str]:
    """Every piece of HTML on the stage."""
    return [str(element.proto.body) for element in app.get("html")]


def fact(app: AppTest, name: str) -> str:
    """What the stage tells the browser."""
    facts = next(text for text in written(app) if 'id="stage-facts"' in text)
    found = re.search(rf' data-{name}="([^"]*)"', facts)
    assert found is not None, facts
    return html.unescape(found[1])


def box(app: AppTest, dimension: str, step_id: str) -> Any:
    """The box of a filter of a step, whatever turn its key is of."""
    return next(b for b in app.selectbox if str(b.key).startswith(f"stage-{dimension}-{step_id}-"))


def told_of(catalogue: Catalogue, story_id: str) -> Told:
    story = next(s for s in walkthroughs(catalogue) if s.id == story_id)
    return tell(catalogue, story, subject_of(catalogue, story, SUBJECT.get(story_id, "")))


@pytest.mark.parametrize("story", STORIES)
def test_every_step_opens_with_what_is_asked_on_it_and_keeps_it(
    catalogue: Catalogue, story: str
) -> None:
    told, chosen = told_of(catalogue, story), dict[int, tuple[str, Ask, str, str]]()
    for n, step in enumerate(told.steps):
        if follows := answers(step):
            dimension = follows[n % len(follows)]
            value, label = list(choices(catalogue, step, dimension).items())[1]
            chosen[step.number] = (step.step.id, dimension, value, label)
    assert chosen, "no step follows a filter"
    live = ",".join(f"{step}.{d}.{value}" for step, d, value, _ in chosen.values())
    params = {"story": story, "step": "1", "live": live}
    app = open_page(
        page("present"), params | ({"subject": SUBJECT[story]} if story in SUBJECT else {})
    )
    assert fact(app, "said") == ""
    for step in told.steps:
        app.button(key=f"stage-go-{step.number}").click().run()
        assert [e.message for e in app.exception] == [], step.step.id
        assert dict(app.query_params)["live"] == live
        assert fact(app, "step") == str(step.number) == app.query_params["step"]
        if step.number not in chosen:
            assert fact(app, "asked") == ""
            continue
        step_id, dimension, value, label = chosen[step.number]
        assert fact(app, "asked") == urlencode({str(dimension): value})
        assert box(app, dimension, step_id).value == value
        head = next(t for t in written(app) if f'data-stage-step="{step.number}"' in t)
        assert f"Live: {html.escape(label)}" in head
    # One key returns to the script, on every step.
    app.button(key="stage-reset").click().run()
    assert "live" not in app.query_params
    assert not any('class="live"' in text for text in written(app))


def test_a_filter_chosen_on_a_step_is_put_into_the_address_and_taken_out() -> None:
    app = open_page(page("present"), READY)
    box(app, "sector", "intent").set_value("acute").run()
    assert dict(app.query_params) == {**READY, "live": "intent.sector.acute"}
    box(app, "sector", "intent").set_value(None).run()
    assert dict(app.query_params) == READY


def test_what_of_a_link_cannot_be_used_is_told_to_the_presenter_and_not_to_the_room() -> None:
    live = "intent.sector.acut,intent.region.E40000003,gone.sector.acute,barriers.sector.mhlda"
    app = open_page(page("present"), {**READY, "live": live, "sector": "acute", "foo": "1"})
    assert dict(app.query_params) == {**READY, "live": "barriers.sector.mhlda"}
    for words in (
        "“acut” is not a known sector; did you mean “acute” (Acute)?",
        "step 2 does not follow a filter “region”",
        "“gone” is not a step of this walkthrough",
        "“sector=”: a walkthrough is told as written, unfiltered",
        "“foo=” means nothing on the stage",
    ):
        assert words in fact(app, "said")
        assert not any(words in t for t in written(app) if "stage-facts" not in t)
    assert [w.value for w in app.warning] == []
    assert any("the key ? says which" in text for text in written(app))
    # It stays as long as the talk: whoever presents may look for it late.
    app.button(key="stage-go-3").click().run()
    assert "“gone”" in fact(app, "said")


def test_two_values_of_one_filter_on_a_step_are_one_too_many() -> None:
    app = open_page(
        page("present"), {**READY, "live": ["intent.sector.acute", "intent.sector.mhlda"]}
    )
    assert app.query_params["live"] == "intent.sector.acute"
    assert "one more sector than step 2 can have" in fact(app, "said")


@pytest.mark.parametrize(
    ("asked", "step"), [("2", 2), ("0", 1), ("99", 9), ("x", 1), ("-1", 1), ("1" * 5000, 9)]
)
def test_the_step_is_kept_within_the_walkthrough(asked: str, step: int) -> None:
    app = open_page(page("present"), {"story": "ready-for-delegation", "step": asked})
    assert fact(app, "step") == app.query_params["step"] == str(step)
    assert ("is not a step from 1 to 9" in fact(app, "said")) == (asked != "2")
