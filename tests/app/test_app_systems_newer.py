"""The page of one system under both vintages, through Streamlit's own test runner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.exhibits import profile_words as words

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PAGE = "pages/explore/systems.py"


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache_of_systems() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def systems(vintage: str = "", system: str = "") -> AppTest:
    """The page Systems as a link to it opens it."""
    app = AppTest.from_file(APP, default_timeout=60)
    if vintage:
        app.query_params["vintage"] = vintage
    app.run().switch_page(PAGE)
    if vintage:
        app.query_params["vintage"] = vintage
    if system:
        app.query_params["system"] = system
    app.run()
    assert [e.message for e in app.exception] == []
    return app


def told(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def linked(app: AppTest) -> dict[str, str]:
    """Links of the page: label -> address parameters."""
    return {e.proto.label: e.proto.query_string for e in app.get("page_link")}


def test_the_box_lists_the_systems_of_the_vintage() -> None:
    assert len(systems().selectbox(key="choice-system").options) == 42
    newer = systems(vintage="2026").selectbox(key="choice-system").options
    assert len(newer) == 36
    assert "Essex" in newer


@pytest.mark.parametrize("vintage", ["", "2026"])
def test_a_newer_profile_opens_whatever_the_vintage(vintage: str) -> None:
    app = systems(vintage, "icb26-essex")
    text = told(app)
    assert "System of April 2026." in text
    assert words.CARRIED in text
    assert "code not verified" in text
    # Its id is in addresses, and in no words.
    assert "icb26-essex" not in re.sub(r'href="[^"]*"', "", text)
    assert "What it was made from in April 2026" in text
    assert "Carried over from April 2023: " in text
    assert [b.proto.label for b in app.get("download_button")] == ["Printable brief (HTML, A4)"]
    assert linked(app)["Mid & South Essex"] == "system=E54000026"


@pytest.mark.parametrize("vintage", ["", "2026"])
def test_a_system_that_is_gone_leads_to_what_followed(vintage: str) -> None:
    app = systems(vintage, "E54000034")
    assert "System of April 2023." in told(app)
    assert words.CARRIED not in told(app)
    assert linked(app)["Thames Valley"] == "system=icb26-thames-valley"


def test_a_system_that_did_not_change_is_that_of_the_vintage() -> None:
    assert "System of April 2023." in told(systems("", "E54000054"))
    assert "System of April 2026." in told(systems("2026", "E54000054"))


def test_a_link_to_the_same_system_in_the_other_vintage_takes_the_vintage_along() -> None:
    link = linked(systems("", "E54000054"))["West Yorkshire"]
    assert set(link.split("&")) == {"vintage=2026", "system=E54000054"}


def test_neighbours_of_a_newer_system_stay_in_its_vintage() -> None:
    for vintage in ("", "2026"):
        links = linked(systems(vintage, "icb26-thames-valley"))
        assert links["Surrey & Sussex"] == "system=icb26-surrey-and-sussex"
        same = set(links["Gloucestershire"].split("&"))
        assert same == {"system=E54000043"} | (set() if vintage else {"vintage=2026"})
