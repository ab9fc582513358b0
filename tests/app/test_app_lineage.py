"""From the numbers of the pages to the rows of the page *Tables*, and what it makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.ui.held import counted, counts
from components.ui.lineage import cells
from components.ui.navigation import page
from data import Catalogue, Selection
from data.counted import rows_counted, whole_table
from data.lineage import lineage
from data.table_filters import table_rows
from tests.app.opening import open_page


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def rows_said(app: AppTest) -> int:
    """How many rows the page *Tables* says that it shows."""
    assert not app.exception
    (said,) = [c.value for c in app.caption if re.match(r"[\d,]+ of [\d,]+ rows", c.value)]
    return int(said.split(" of ")[0].replace(",", ""))


def warnings(app: AppTest) -> list[str]:
    return [w.value for w in app.warning]


def test_each_headline_number_is_the_number_of_rows_behind_its_name(catalogue: Catalogue) -> None:
    shown = {m.label: int(m.value.replace(",", "")) for m in open_page(page(""), {}).metric}
    ways = counted(catalogue)
    assert set(shown) == set(ways)
    for name, way in ways.items():
        assert shown[name] == len(rows_counted(catalogue, way))
        app = open_page(page("tables"), way.to_params())
        assert rows_said(app) == shown[name], name
        assert warnings(app) == []


def test_a_value_without_a_precision_is_counted_too(catalogue: Catalogue) -> None:
    """Where no filter leaves exactly the rows with a value, the number is theirs all the same."""
    results = catalogue.table("survey_results")
    known = int((results["percent"].notna() | results["count"].notna()).sum())
    results["precision"] = results["precision"].mask(results["percent"] == 40.0)
    odd = replace(catalogue, frames={**catalogue.frames, "survey_results": results})
    assert counts(odd)["Survey values"] == (known, 0)
    assert len(rows_counted(odd, counted(odd)["Survey values"])) >= known


@pytest.mark.parametrize("filters", [{}, {"sector": "mhlda"}, {"region": "E40000003"}], ids=str)
def test_the_sentences_of_the_overview_lead_to_the_rows_they_count(
    filters: dict[str, str],
) -> None:
    said = [m.value for m in open_page(page(""), filters).markdown]
    sentences = [s for s in said if s.startswith("**") and "[Where from](" in s]
    assert len(sentences) == 6
    (outcomes,) = [s for s in sentences if s.startswith("**Reported outcomes by benefit")]
    number = re.search(r"\.\*\* \[(\d+) outcomes?\]\(", outcomes)
    address = re.search(r"\[Where from\]\((\S+)", outcomes)
    assert number
    assert address
    app = open_page(page("tables"), dict(parse_qsl(urlsplit(address.group(1)).query)))
    assert rows_said(app) == int(number.group(1))
    assert warnings(app) == []


def test_a_table_has_the_rows_that_the_filters_leave_and_says_which_act(
    catalogue: Catalogue,
) -> None:
    chosen = Selection(sector=("mhlda",), grade=("full",))
    app = open_page(page("tables"), {"table": "memberships", **chosen.to_params()})
    left = len(table_rows(catalogue, "memberships", chosen))
    assert rows_said(app) == left < len(catalogue.table("memberships"))
    (said,) = [c.value for c in app.caption if " rows; " in c.value]
    assert "filtered by Sector: Mental health" in said
    assert "the filter for grade of evidence does not act on this table" in said
    app.toggle(key="choice-filtered").set_value(False).run()
    assert app.query_params["filtered"] == "no"
    assert rows_said(app) == len(catalogue.table("memberships"))


@pytest.mark.parametrize("table", ["collaboratives", "sources", "survey_results", "glossary"])
def test_the_whole_table_of_a_row_is_whole_whatever_is_filtered(
    catalogue: Catalogue, table: str
) -> None:
    filters = {"sector": "ambulance", "tier": "press"}
    app = open_page(page("tables"), {**filters, **whole_table(table)})
    assert rows_said(app) == len(catalogue.table(table))
    assert warnings(app) == []


@pytest.mark.parametrize(
    ("ref", "disagree"),
    [("collaboratives/wyaat", True), ("outcomes/slp-forensic-out-of-area", False)],
)
def test_a_row_says_whether_its_sources_disagree(ref: str, disagree: bool) -> None:
    app = open_page(page("row"), {"row": ref})
    assert any("Sources disagree." in text for text in warnings(app)) is disagree
    none = [c for c in app.caption if c.value.startswith("No discrepancy between sources")]
    assert bool(none) is not disagree


def test_only_rows_with_is_chosen_on_the_page_and_written_to_the_address() -> None:
    app = open_page(page("tables"), {"table": "outcomes", "find": "", "where": "status:planned"})
    before = rows_said(app)
    box = next(m for m in app.multiselect if m.label == "Only rows with")
    assert box.value == ["status:planned"]
    assert "Status: Achieved" in box.options
    box.set_value(["status:planned", "status:achieved"])
    app.run()
    assert rows_said(app) > before
    assert app.query_params["where"] == "status:planned,status:achieved"


def test_what_of_an_address_no_row_has_is_said_and_the_rest_is_used() -> None:
    asked = {"table": "outcomes", "where": "status:finished,status:planned,colour:red"}
    app = open_page(page("tables"), asked)
    (said,) = warnings(app)
    assert "finished" in said
    assert "red” is not a cell of this table" in said
    assert app.query_params["where"] == "status:planned"
    assert rows_said(app) == rows_said(
        open_page(page("tables"), {**asked, "where": "status:planned"})
    )


def test_only_a_fact_is_said_not_to_be_published(catalogue: Catalogue) -> None:
    word = cells(catalogue, lineage(catalogue, "glossary/Base")).set_index("what")["value"]
    assert word["Expansion"] == "none"
    body = cells(catalogue, lineage(catalogue, "collaboratives/wyaat")).set_index("what")["value"]
    assert body["Members note"] == "none"
    assert body.filter(like="Systems stated").tolist() == ["not published"]
