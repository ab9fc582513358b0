"""Every page through Streamlit's own test runner, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache as cache_results
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.exhibits import REGISTRY
from components.ui import cache
from components.ui.navigation import PAGES, PageSpec
from components.ui.parts import PARTS
from components.ui.search import index
from data import Catalogue, Selection, load_catalogue
from data.profile_facts import Footprint
from data.profile_rows import footprints
from data.query import collaboratives
from tests.app.opening import APP, open_page

SELECTIONS = (
    "",
    "sector=acute",
    "sector=ambulance",
    "region=E40000003",
    "icb=E54000057",
    "governance=not_published",
    "status=planned",
    "sector=acute&region=E40000003",
)


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def html_of(app: AppTest) -> str:
    """Everything that a page says in pieces of HTML."""
    return " ".join(element.proto.body for element in app.get("html"))


@dataclass(frozen=True)
class Seen:
    """What a page showed: exceptions, and the titles of its cards."""

    exceptions: list[str]
    titles: set[str]


@pytest.fixture(scope="module")
def walk() -> Callable[[str], dict[str, Seen]]:
    """Open the app at an address and go through every page, once for each address.

    Within one session, as a person does: the filters go along from page to page.
    """

    @cache_results
    def through(query: str) -> dict[str, Seen]:
        app = AppTest.from_file(APP, default_timeout=60)
        for name, value in parse_qsl(query):
            app.query_params[name] = value
        app.run()
        seen = {}
        for spec in PAGES:
            app.switch_page(spec.script).run()
            shown = {m.value.split("\n")[0].lstrip("# ") for m in app.markdown}
            seen[spec.url_path] = Seen([e.message for e in app.exception], shown)
        return seen

    return through


@pytest.mark.parametrize("query", SELECTIONS, ids=lambda q: q or "all")
@pytest.mark.parametrize("spec", PAGES, ids=lambda s: s.url_path or "overview")
def test_page_runs_without_an_exception(
    spec: PageSpec, query: str, walk: Callable[[str], dict[str, Seen]]
) -> None:
    assert walk(query)[spec.url_path].exceptions == []


@pytest.mark.parametrize("spec", PAGES, ids=lambda s: s.url_path or "overview")
def test_page_shows_the_exhibits_that_it_names(
    spec: PageSpec, walk: Callable[[str], dict[str, Seen]]
) -> None:
    titles = walk("")[spec.url_path].titles
    missing = [e for e in spec.exhibits if REGISTRY[e].title not in titles]
    assert missing == []


def test_every_exhibit_is_on_a_page() -> None:
    shown = {e for spec in PAGES for e in (*spec.exhibits, *spec.on_choice)}
    assert sorted(e.id for e in REGISTRY if e.id not in shown) == []


def test_filters_are_kept_from_page_to_page() -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.multiselect(key="filter-sector").set_value(["mhlda"]).run()
    app.switch_page("pages/evidence/benefits.py").run()
    assert app.multiselect(key="filter-sector").value == ["mhlda"]


def test_filters_are_written_to_the_address() -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.multiselect(key="filter-sector").set_value(["mhlda", "acute"]).run()
    assert app.query_params["sector"] in ("acute,mhlda", ["acute,mhlda"])


def test_address_sets_the_filters() -> None:
    app = open_page(PAGES[0], {"sector": "acute", "region": "E40000003,E40000006"})
    assert app.multiselect(key="filter-region").value == ["E40000003", "E40000006"]


def test_unknown_values_in_the_address_are_named_and_dropped() -> None:
    app = open_page(PAGES[0], {"sector": "acute,dentistry"})
    assert app.multiselect(key="filter-sector").value == ["acute"]
    assert any("dentistry" in w.value for w in app.warning)


def test_active_filters_are_named_and_cleared_one_by_one() -> None:
    app = open_page(PAGES[0], {"sector": "acute", "status": "achieved"})
    app.button(key="clear-sector-acute").click().run()
    assert app.multiselect(key="filter-sector").value == []
    assert [b.key for b in app.button if str(b.key).startswith("clear-")] == [
        "clear-status-achieved",
        "clear-all",
    ]


def test_filters_that_are_not_asked_for_often_are_drawn_when_they_are_opened() -> None:
    app = open_page(PAGES[0], {"status": "achieved"})
    assert "filter-status" not in [w.key for w in app.multiselect]
    app.session_state["more-filters"] = True
    app.run()
    assert app.multiselect(key="filter-status").value == ["achieved"]


def test_an_option_says_how_many_rows_it_leaves() -> None:
    app = open_page(PAGES[0], {"region": "E40000003"})
    labels = app.multiselect(key="filter-sector").options
    assert "Ambulance (0)" in labels
    assert sum(int(label.rsplit("(", 1)[1].rstrip(")")) for label in labels) == len(
        collaboratives(load_catalogue(), Selection(region=("E40000003",)))
    )


def test_an_unknown_value_is_answered_with_what_may_have_been_meant() -> None:
    said = " ".join(w.value for w in open_page(PAGES[0], {"sector": "mental-health"}).warning)
    assert "did you mean “mhlda”" in said


def test_a_choice_of_the_address_that_there_is_not_is_said_to_be_dropped() -> None:
    spec = next(p for p in PAGES if p.url_path == "collaboratives")
    app = open_page(spec, {"id": "wyat"})
    said = " ".join(w.value for w in app.warning)
    assert "“wyat”" in said
    assert "did you mean “wyaat”" in said


def test_walkthroughs_are_found_by_the_search(catalogue: Catalogue) -> None:
    for story in cache.stories():
        found = [hit.entry for hit in index(catalogue).find(story.title)]
        assert any(e.kind == "story" and e.key == story.id for e in found), story.id


def test_groups_of_a_table_are_kept_in_the_address() -> None:
    spec = next(p for p in PAGES if p.url_path == "tables")
    asked = {"table": "outcomes", "as": "groups", "by": "unit", "measure": "max"}
    asked["number"] = "baseline_value"
    app = open_page(spec, asked)
    assert not app.exception
    written = dict(app.query_params)
    assert (written["measure"], written["number"]) == ("max", "baseline_value")
    assert app.selectbox(key="choice-file").value == "xlsx"


@pytest.mark.parametrize("spec", PAGES, ids=lambda s: s.url_path or "overview")
def test_a_view_is_pressed_under_every_exhibit_of_a_page_reached_from_another(
    spec: PageSpec,
) -> None:
    groups: list[Any] = [*open_page(spec, {}).get("button_group")]
    views = [w for w in groups if str(w.key).startswith("view-")]
    assert [w.key for w in views if w.value != w.options[0]] == []


def test_one_click_clears_every_filter() -> None:
    app = open_page(PAGES[0], {"sector": "acute", "status": "achieved"})
    app.button(key="clear-all").click().run()
    values = [w.value for w in app.multiselect]
    assert values == [[] for _ in values]


def test_a_filter_that_cannot_apply_says_so() -> None:
    spec = next(s for s in PAGES if s.url_path == "delegation")
    captions = [c.value for c in open_page(spec, {"region": "E40000003"}).caption]
    assert any("Not affected by the filter for region" in c for c in captions)


def test_an_empty_exhibit_says_why_and_how_to_widen() -> None:
    spec = next(s for s in PAGES if s.url_path == "benefits")
    app = open_page(spec, {"sector": "specialised"})
    said = " ".join(i.value for i in app.info)
    assert "sector: Specialised" in said
    assert "Clear the filter" in said


def test_widening_brings_the_rows_back() -> None:
    spec = next(s for s in PAGES if s.url_path == "benefits")
    app = open_page(spec, {"sector": "specialised"})
    app.button(key="widen-outcomes-by-benefit-sector").click().run()
    assert not app.info


def test_a_system_without_a_collaborative_says_what_that_means(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every system is touched by some footprint; here one loses its own.
    def elsewhere(tables: Catalogue, vintage: str = "2023") -> tuple[Footprint, ...]:
        return tuple(f for f in footprints(tables, vintage) if f.icb_code != "E54000057")

    monkeypatch.setattr("data.profile_rows.footprints", elsewhere)
    # A catalogue that has kept nothing yet.
    tables = Catalogue(catalogue.schema, catalogue.frames)
    monkeypatch.setattr(cache, "catalogue", lambda: (tables, ()))
    spec = next(s for s in PAGES if s.url_path == "systems")
    app = open_page(spec, {})
    app.selectbox(key="choice-system").set_value("E54000057").run()
    assert "No collaborative that the sources name touches this system" in html_of(app)
    assert "It does not mean that there is none" in html_of(app)


@pytest.mark.parametrize(
    "key", ["acute-hospitals-alliance", "south-london-mh-community-partnership"]
)
def test_a_collaborative_shows_members_and_outcomes(key: str) -> None:
    spec = next(s for s in PAGES if s.url_path == "collaboratives")
    app = open_page(spec, {})
    app.selectbox(key="choice-id").set_value(key).run()
    text = html_of(app)
    assert "Members: 3 stated, 3 named" in text
    assert "Outcomes: " in text


@pytest.mark.parametrize("code", ["E54000054", "E54000034", "E54000010"])
def test_a_system_profile_runs_with_its_map_and_its_brief(code: str) -> None:
    spec = next(s for s in PAGES if s.url_path == "systems")
    app = open_page(spec, {})
    app.selectbox(key="choice-system").set_value(code).run()
    assert [e.message for e in app.exception] == []
    titles = {m.value.split("\n")[0].lstrip("# ") for m in app.markdown}
    assert {REGISTRY[e].title for e in spec.on_choice} <= titles
    assert "What changed in April 2026" in html_of(app)
    assert [b.proto.label for b in app.get("download_button")] == ["Printable brief (HTML, A4)"]


def test_collaboratives_have_a_profile_that_runs() -> None:
    """Some of them: every profile is built in ``tests/data``, here they go through the page."""
    spec = next(s for s in PAGES if s.url_path == "collaboratives")
    app = open_page(spec, {})
    for key in app.selectbox(key="choice-id").options[::6]:
        app.selectbox(key="choice-id").select(key).run()
        assert [e.message for e in app.exception] == []
        assert "Governance and what it means" in html_of(app), key


def test_a_link_to_a_profile_opens_it_whatever_is_filtered() -> None:
    spec = next(s for s in PAGES if s.url_path == "collaboratives")
    app = open_page(spec, {"sector": "ambulance"})
    app.query_params["id"] = "wyaat"
    app.run()
    assert app.selectbox(key="choice-id").value == "wyaat"


def compare(**params: str) -> AppTest:
    """The page on which things are compared, at an address."""
    app = open_page(next(s for s in PAGES if s.url_path == "compare"), {})
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def asked(app: AppTest, param: str) -> list[str]:
    """The values of a parameter in the address."""
    value = app.query_params.get(param, [])
    joined = value if isinstance(value, str) else ",".join(value)
    return joined.split(",") if joined else []


def test_comparing_says_how_to_choose() -> None:
    app = compare()
    assert any("Two to four collaboratives can be compared" in i.value for i in app.info)
    app.multiselect(key="choice-collaboratives").set_value(["wyaat"]).run()
    assert any("1 is chosen" in i.value for i in app.info)


def test_what_is_compared_is_written_to_the_address() -> None:
    app = compare()
    app.multiselect(key="choice-collaboratives").set_value(["wyaat", "uhn-group"]).run()
    assert asked(app, "collaboratives") == ["wyaat", "uhn-group"]
    assert any("differ in" in m.value for m in app.markdown)


def test_the_address_says_what_is_compared() -> None:
    app = compare(systems="E54000054,E54000034")
    assert app.multiselect(key="choice-systems").value == ["E54000054", "E54000034"]
    assert any("Frimley and West Yorkshire differ in" in m.value for m in app.markdown)


def test_what_cannot_be_compared_is_named() -> None:
    app = compare(systems="E54000054,nowhere,E54000034,E54000040,E54000030,E54000031")
    assert len(app.multiselect(key="choice-systems").value) == 4
    said = " ".join(w.value for w in app.warning)
    assert "“nowhere” is not a system" in said
    assert "one more than the 4 allowed" in said


def test_a_filter_narrows_the_choice_and_takes_nothing_from_what_is_compared() -> None:
    app = compare(collaboratives="wyaat,uhn-group")
    app.multiselect(key="filter-sector").set_value(["mhlda"]).run()
    box = app.multiselect(key="choice-collaboratives")
    assert box.value == ["wyaat", "uhn-group"]
    assert "Foundation Group" not in box.options
    assert "South London MHCP" in box.options


def test_what_is_compared_is_remembered_from_page_to_page() -> None:
    app = compare(collaboratives="wyaat,uhn-group")
    app.switch_page("pages/explore/systems.py").run()
    app.switch_page("pages/explore/compare.py").run()
    assert app.multiselect(key="choice-collaboratives").value == ["wyaat", "uhn-group"]


def test_the_same_link_can_be_followed_twice() -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()
    for _ in range(2):
        app.switch_page("pages/explore/collaboratives.py")
        app.query_params["id"] = "wyaat"
        assert app.run().selectbox(key="choice-id").value == "wyaat"
        app.switch_page("pages/explore/systems.py").run()


def test_the_menu_knows_which_pages_are_told_in_parts() -> None:
    assert {spec.url_path for spec in PAGES if spec.in_parts} == set(PARTS)
