"""The page of benefits: its own filters, the rubric one click away, and a cell that opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.evidence import GRADES, RUBRIC

ROOT = Path(__file__).resolve().parents[2]
PAGE = "pages/evidence/benefits.py"
HEADLINE = "Reported outcomes by benefit of scale"


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def open_page(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page(PAGE)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def headline(app: AppTest) -> str:
    return next(str(m.value) for m in app.markdown if str(m.value).startswith(f"## {HEADLINE}"))


def test_a_service_narrows_the_page_and_stands_in_the_address() -> None:
    app = open_page()
    before = headline(app)
    app.multiselect(key="filter-service").set_value(["out-of-area"]).run()
    assert not app.exception
    assert headline(app) != before
    assert app.query_params["service"] in ("out-of-area", ["out-of-area"])
    app.multiselect(key="filter-service").set_value([]).run()
    assert headline(app) == before
    assert "service" not in app.query_params


def test_an_address_with_service_and_grade_opens_narrowed() -> None:
    app = open_page(service="forensic", grade="partial,words,nonsense")
    assert app.multiselect(key="filter-service").value == ["forensic"]
    assert app.multiselect(key="filter-grade").value == ["partial", "words"]
    assert not app.exception


def test_what_leaves_nothing_can_be_cleared_where_it_is_said() -> None:
    app = open_page(service="eating-disorders", grade="full")
    app.button(key="widen-outcomes-by-benefit-service").click().run()
    assert app.multiselect(key="filter-service").value == []
    assert app.multiselect(key="filter-grade").value == ["full"]


def test_the_rubric_is_on_the_page() -> None:
    text = " ".join(str(m.value) for m in open_page().markdown)
    for given in (*RUBRIC, *GRADES):
        assert given.label in text


def test_a_cell_opens_its_rows_and_a_gap_says_what_it_means() -> None:
    app = open_page(cell="wyaat:unwarranted_variation", part="who")
    assert app.selectbox(key="choice-cell").value == "wyaat:unwarranted_variation"
    app.selectbox(key="choice-cell").set_value("wyaat:health_inequalities").run()
    assert any("not the same as no benefit" in str(i.value) for i in app.info)


def test_the_list_of_cells_filters_as_a_click_does_and_can_be_read_without() -> None:
    app = open_page(part="who")
    whole = len(app.selectbox(key="choice-cell").options)
    app.selectbox(key="choice-cell").set_value("wyaat:unwarranted_variation").run()
    named = {"cell": "wyaat:unwarranted_variation", "part": "who"}
    filtered = {"collaborative": "wyaat", "benefit": "unwarranted_variation"}
    assert dict(app.query_params) == {**named, **filtered}
    # The grid, and with it the list, is whole: the next cell is one choice away.
    assert len(app.selectbox(key="choice-cell").options) == whole
    app.button(key="cell-filter").click().run()
    assert dict(app.query_params) == named
    app.button(key="cell-filter").click().run()
    assert dict(app.query_params) == {**named, **filtered}
    app.selectbox(key="choice-cell").set_value(None).run()
    assert dict(app.query_params) == {"part": "who"}


def test_a_cell_that_is_filtered_away_is_let_go() -> None:
    app = open_page(cell="wyaat:unwarranted_variation", sector="mhlda", part="who")
    assert app.selectbox(key="choice-cell").value is None
    assert not app.exception


def test_a_search_names_who_reports_a_result_and_stands_in_the_address() -> None:
    app = open_page(find="ENT waits")
    told = " ".join(str(m.value) for m in app.markdown)
    assert "**1 result from 1 collaborative** on “ENT waits”." in re.sub(
        r"\[([^]]*)\]\([^)]*\)", r"\1", told
    )
    assert "Children waiting for ear, nose and throat surgery" in " ".join(
        str(e.proto.body) for e in app.get("html")
    )


def test_a_search_that_finds_nothing_says_so() -> None:
    app = open_page(find="zebra")
    assert any("Nothing reported on “zebra” fits the filters" in str(i.value) for i in app.info)
