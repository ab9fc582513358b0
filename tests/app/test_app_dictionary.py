"""The dictionary: its counts lead to the schema, to fields and to the rows that state them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.ui import dictionary_page
from components.ui.navigation import page
from data import Catalogue
from tests.app.opening import open_page
from tests.app.test_app_lineage import rows_said, warnings


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def html_of(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


@pytest.mark.parametrize("asked", [{}, {"find": "base"}, {"of": "outcomes"}], ids=str)
def test_the_fields_that_are_counted_are_listed_by_table(asked: dict[str, str]) -> None:
    app = open_page(page("dictionary"), asked)
    count, of = re.findall(r"(\d+) fields? of (\d+) tables?, made from \[the", captions(app))[0]
    told = re.findall(r'href="dictionary\?of=(\w+)">(\d+)', html_of(app))
    assert len(told) == int(of)
    assert sum(int(fields) for _, fields in told) == int(count)
    assert (f"]({dictionary_page.SCHEMA} ") in captions(app)


def test_each_table_leads_to_as_many_fields_and_rows_as_it_says(catalogue: Catalogue) -> None:
    found = html_of(open_page(page("dictionary"), {}))
    for name in ("outcomes", "survey_waves"):
        fields = re.findall(rf'href="dictionary\?of={name}">(\d+) fields', found)
        rows = re.findall(rf'href="(tables\?table={name}&[^"]*)">(\d+) rows?', found)
        assert [int(n) for n in fields] == [len(catalogue.schema.tables[name].fields)]
        ((address, count),) = rows
        query = parse_qsl(urlsplit(address.replace("&amp;", "&")).query)
        assert rows_said(open_page(page("tables"), dict(query))) == int(count)


@pytest.mark.parametrize("field", ["outcomes.value", "outcomes.metric", "survey_results.count"])
def test_a_field_leads_to_the_rows_that_state_it_and_to_those_that_do_not(field: str) -> None:
    app = open_page(page("dictionary"), {"field": field})
    assert warnings(app) == []
    assert app.query_params["field"] == field
    ways = re.findall(r"\[(?:stated|not published) in (\d+)[^\]]*\]\((tables\S+)", captions(app))
    assert ways
    for count, address in ways:
        there = open_page(page("tables"), dict(parse_qsl(urlsplit(address).query)))
        assert rows_said(there) == int(count)
        assert warnings(there) == []


def test_a_field_that_is_none_is_named() -> None:
    app = open_page(page("dictionary"), {"field": "outcomes.valve"})
    (said,) = warnings(app)
    assert "valve” is not a field of a table; did you mean “outcomes" in said
    assert "field" not in app.query_params
