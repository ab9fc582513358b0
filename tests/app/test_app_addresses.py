"""Every page opens with what of an address is valid, and says what is not: page by parameter."""

from __future__ import annotations

import re
from collections.abc import Iterator

import plotly.graph_objects as go
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.exhibits import REGISTRY
from components.exhibits.deck import DeckMap
from components.exhibits.lines import lines_html
from components.exhibits.picks import names_of
from components.exhibits.renamed import RENAMED, told
from components.ui import cache, opening, unfolded
from components.ui.address import MOVED, MOVED_OF_B, UNFOLDED
from components.ui.filters import CARRIED, MARK
from components.ui.navigation import PAGES, PageSpec, page
from components.ui.page_params import PARAMS, STAGE, params_of
from components.ui.param_reads import Asked
from components.ui.statements import statements_html
from components.ui.text import plain
from components.ui.versus import PREFIX
from data import Catalogue, Selection
from data.placing import asked
from tests.app.opening import open_page

VALID = {
    "show": "outcome-list.notes", "view": "footprints", "form": "hexagons", "look": "E54000054",
    "system": "E54000054", "id": "wyaat", "collaboratives": "wyaat,acute-hospitals-alliance",
    "systems": "E54000054,E54000057", "exhibit": "challenges", "find": "care", "term": "ICB",
    "cell": "wyaat:efficiency_and_scale", "table": "outcomes", "filtered": "no", "as": "groups",
    "columns": "metric,unit", "by": "benefit,status", "measure": "sum", "number": "value",
    "of": "outcomes", "field": "outcomes.value", "row": "collaboratives/wyaat",
    "answers": "s.acute",
    "sort": "-benefit",
    "moved": "52.5,-1.5,6.2", "open": "more-filters",
    "compare": "systems", "kind": "several", "data": "tables/outcomes", "format": "json",
    "file": "csv", "found": "LS1", "told": "your-system.sector.acute",
}  # fmt: skip
OF_PAGE = {
    "benefits": {"at": "outcome-list", "part": "service"},
    "connections": {"at": "shared-members", "part": "systems"},
    "delegation": {"at": "challenges", "part": "law"},
    "helps": {"at": "enablers", "part": "board"},
}
WORDS = {"find", "term", f"{PREFIX}q"}
"""Parameters that may say anything."""
JUNK = "no-such-thing"
OUTCOME = "outcomes/slp-forensic-out-of-area"
EACH = [(spec, param) for spec in PAGES for param in params_of(spec.url_path).values()]


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def valid_mark(spec: PageSpec) -> str:
    """A mark or row that the page shows when it opens at what else is valid, filters and all."""
    place = {"benefits": "outcomes-by-service", "delegation": "delegation-milestones",
             "connections": "system-overlap"}.get(spec.url_path)  # fmt: skip
    if spec.url_path == "tables":
        return f"outcomes:{OUTCOME}"
    place = place or (*spec.exhibits, *spec.on_choice)[0]
    figure = cache.built(place, Selection(sector=("acute",))).figure
    is_chart = isinstance(figure, go.Figure)
    return f"{place}:{names_of(figure)[0] if is_chart else OUTCOME}"


def valid(catalogue: Catalogue, spec: PageSpec, name: str) -> str:
    """A value of a parameter that can be used on a page."""
    if (spec.url_path, name) == ("dictionary", "sort"):
        return "-heading"
    if name.removeprefix(PREFIX) == MARK:
        return valid_mark(page("delegation") if spec.url_path == "side-by-side" else spec)
    if name == "at":
        return OF_PAGE.get(spec.url_path, {}).get(name, (*spec.exhibits, *spec.on_choice)[0])
    if name.startswith(PREFIX):
        dimension = name.removeprefix(PREFIX)
        known = catalogue.known_values.get(dimension, (VALID.get(dimension, "care"),))
        return str(next(iter(known)))
    if name == UNFOLDED:
        shown = (*spec.exhibits, *spec.on_choice)[0]
        return f"{shown}.words,{catalogue.frames['insights']['insight_id'].iloc[0]}"
    if name in {"add", "ticks"}:
        kind = "risk" if name == "add" else "board_question"
        rows = catalogue.frames["insights"]
        return str(rows[rows["kind"] == kind]["insight_id"].iloc[0])
    return OF_PAGE.get(spec.url_path, {}).get(name, VALID.get(name, ""))


def said(app: AppTest) -> str:
    return " ".join(w.value for w in app.warning if w.value.startswith("Part of this link"))


@pytest.mark.parametrize(
    ("spec", "name"), [pytest.param(s, p.name, id=f"{s.title}-{p.name}") for s, p in EACH]
)
def test_what_a_parameter_says_is_used_or_named(
    catalogue: Catalogue, spec: PageSpec, name: str
) -> None:
    param, value = params_of(spec.url_path)[name], valid(catalogue, spec, name)
    assert param.read(Asked(catalogue, spec.url_path, {name: value}), value) == (value, ())
    if name not in WORDS:
        kept, dropped = param.read(Asked(catalogue, spec.url_path, {name: JUNK}), JUNK)
        assert (kept, [JUNK in sentence for sentence in dropped]) == ("", [True])


@pytest.mark.parametrize("spec", PAGES, ids=lambda s: s.url_path or "overview")
def test_a_page_opens_with_what_is_valid_and_names_the_rest(
    catalogue: Catalogue, spec: PageSpec
) -> None:
    names = params_of(spec.url_path)
    good = {name: valid(catalogue, spec, name) for name in names if name != "at"}
    app = open_page(spec, {**good, "sector": "acute", "nonsense": "1"})
    assert [e.message for e in app.exception] == []
    assert said(app).count("“") == 1
    assert "“nonsense=” means nothing on this page" in said(app)
    assert "nonsense" not in app.query_params


@pytest.mark.parametrize("spec", PAGES, ids=lambda s: s.url_path or "overview")
def test_a_page_drops_what_is_outdated_and_says_each(catalogue: Catalogue, spec: PageSpec) -> None:
    junk = {n: JUNK for n in params_of(spec.url_path) if n not in WORDS}
    app = open_page(spec, {**junk, "region": "E40000003"})
    seen = Asked(catalogue, spec.url_path, junk)
    sentences = [s for n in junk for s in params_of(spec.url_path)[n].read(seen, JUNK)[1]]
    assert [e.message for e in app.exception] == []
    assert set(app.query_params) == {"region"}
    # All of them, or the first six and how many more.
    named = [s for s in dict.fromkeys(sentences) if plain(s) in said(app)]
    more = len(dict.fromkeys(sentences)) - len(named)
    if more:
        assert (len(named) >= 6, f"and {more} more like these" in said(app)) == (True, True)


def test_every_page_with_a_map_keeps_where_it_was_moved_to(catalogue: Catalogue) -> None:
    maps = {
        exhibit.id for exhibit in REGISTRY
        if isinstance(exhibit.build(catalogue, Selection()).figure, DeckMap)
    }  # fmt: skip
    pages = {s.url_path for s in PAGES if maps & {*s.exhibits, *s.on_choice}}
    named = {s.url_path for s in PAGES if MOVED in params_of(s.url_path)}
    assert named == pages | {"side-by-side"}
    assert {s.url_path for s in PAGES if MOVED_OF_B in params_of(s.url_path)} == {"side-by-side"}


def test_what_the_browser_says_of_maps_changes_nothing_of_the_page() -> None:
    """Both are the browser's to act on; the address keeps them, and the sides stay as they are."""
    spec = page("side-by-side")
    moved = {MOVED: "52.5,-1.5,6.2", MOVED_OF_B: "53.8,-1.5,8"}
    sides = {"exhibit": "system-map", "system": "E54000054", "b.system": "E54000057"}
    app = open_page(spec, {**sides, **moved})
    assert said(app) == ""
    assert {k: "".join(v) for k, v in app.query_params.items()} == {**sides, **moved}


@pytest.mark.parametrize(
    "text", ["52.5,-1.5", "52.5,-1.5,25", "95,0,6", "52.5,-200,6", "nan,0,6", "1,2,5~3,4,5~5,6,5"]
)
def test_where_no_map_can_look_is_dropped_and_said(catalogue: Catalogue, text: str) -> None:
    kept, dropped = params_of("")[MOVED].read(Asked(catalogue, "", {}), text)
    assert (kept, len(dropped)) == ("1,2,5~3,4,5" if "~" in text else "", 1)


@pytest.mark.parametrize("spec", PAGES, ids=lambda s: s.url_path or "overview")
def test_what_is_opened_stands_in_the_address_and_a_copied_link_opens_it(spec: PageSpec) -> None:
    ids = [*opening.options(spec.url_path)]
    keys = {name: name if name in opening.EVERYWHERE else f"open-{name}" for name in ids}
    app = open_page(spec, {})
    for name in ids:
        app.session_state[keys[name]] = True
        app.run()
    assert set(app.query_params["open"].split(",")) == set(ids)
    other = open_page(spec, {"open": app.query_params["open"]})
    assert said(other) == ""
    assert [name for name in ids if not other.session_state[keys[name]]] == []


@pytest.mark.parametrize("path", sorted(unfolded.ON))
def test_every_statement_and_list_of_a_page_has_a_name_in_its_address(
    catalogue: Catalogue, path: str
) -> None:
    names = unfolded.options(catalogue, path)
    spec, shown = page(path), set()
    for exhibit_id in (*spec.exhibits, *spec.on_choice):
        built = REGISTRY[exhibit_id].build(catalogue, Selection())
        if built.is_statements and "title" in built.frame:
            told = statements_html(built.frame, catalogue)
            shown |= set(re.findall(r'<details class="s-([^"]*)"', told))
        shown |= {f"{exhibit_id}.more"} if "<details" in lines_html(built.lines) else set()
    assert not any("," in name for name in names)
    assert shown <= set(names)


BARRIER = "survey_results/nov-2022~delegation-barriers~workforce~all"


def test_a_link_to_a_mark_opens_with_the_line_of_its_source() -> None:
    mark = f"delegation-barriers:{BARRIER}"
    app = open_page(page("delegation"), {"part": "barriers", "mark": mark})
    assert said(app) == ""
    assert app.query_params["mark"] == mark
    told = [m.value for m in app.markdown if "An answer of all respondents together" in m.value]
    assert len(told) == 1
    assert "Priorities and challenges" in told[0]


def test_a_mark_that_the_chart_does_not_have_is_said_and_dropped() -> None:
    other = "survey_results/nov-2022~dedicated-resource~pmo~all"
    params = {"part": "barriers", "mark": f"delegation-barriers:{other}"}
    app = open_page(page("delegation"), params)
    sentence = f"“{other}” is not a mark of “Barriers to delegation” as it is shown here"
    assert plain(sentence) in said(app)
    assert "mark" not in app.query_params


def test_a_mark_goes_when_a_filter_is_changed() -> None:
    app = open_page(
        page("delegation"), {"part": "barriers", "mark": f"delegation-barriers:{BARRIER}"}
    )
    app.multiselect(key="filter-sector").set_value(["acute"]).run()
    assert "mark" not in app.query_params
    assert app.query_params["sector"] == "acute"


def test_a_link_to_a_row_of_a_table_opens_with_its_source() -> None:
    params = {"table": "outcomes", "mark": f"outcomes:{OUTCOME}"}
    app = open_page(page("tables"), params)
    assert said(app) == ""
    assert app.query_params["mark"] == params["mark"]
    assert any("**Source:**" in c.value for c in app.caption)


def test_an_older_link_that_asks_for_the_filters_has_them_and_says_nothing() -> None:
    app = open_page(page("tables"), {"table": "outcomes", "filtered": "yes", "sector": "mhlda"})
    assert said(app) == ""
    assert app.toggle(key="choice-filtered").value
    assert dict(app.query_params) == {"table": "outcomes", "sector": "mhlda"}


def test_every_parameter_of_a_page_is_registered_once() -> None:
    names = [(path, p.name) for p in PARAMS for path in p.pages]
    assert len(names) == len(set(names))
    assert not {p.name for p in PARAMS} & {*CARRIED, *STAGE}


@pytest.mark.parametrize(
    ("path", "name", "values"),
    [
        ("", "sector", ["acute", "mhlda"]),
        ("benefits", "show", ["before-and-after.notes", "outcomes-by-benefit.table"]),
        ("compare", "systems", ["E54000054", "E54000057"]),
        ("side-by-side", "b.sector", ["acute", "mhlda"]),
        ("tables", "columns", ["metric", "unit"]),
        ("place", "answers", ["s.acute", "the first of the questions"]),
    ],
)  # fmt: skip
def test_a_list_that_stands_several_times_in_an_address_is_one_list(
    catalogue: Catalogue, path: str, name: str, values: list[str]
) -> None:
    spec = page(path)
    if name == "answers":
        first = asked(catalogue, Selection())[0]
        values = ["s.acute", f"{first.key}.{next(iter(first.options))}"]
    app = open_page(spec, {name: values})
    sign = "~" if name == "answers" else ","
    assert said(app) == ""
    assert set("".join(app.query_params[name]).split(sign)) == set(values)


@pytest.mark.parametrize(
    ("path", "name", "values"),
    [
        ("footprints", "view", ["benefits", "overlap"]),
        ("collaboratives", "id", ["wyaat", "acute-hospitals-alliance"]),
        ("dictionary", "find", ["base", "care"]),
        ("benefits", "part", ["service", "who"]),
        ("", "vintage", ["2026", "2023"]),
    ],
)  # fmt: skip
def test_of_two_where_there_can_be_one_the_first_is_taken_and_the_other_is_named(
    path: str, name: str, values: list[str]
) -> None:
    app = open_page(page(path), {name: values})
    assert app.query_params[name] == [values[0]] or app.query_params[name] == values[0]
    assert f"“{values[1]}” is one more" in said(app)


@pytest.mark.parametrize(
    "params",
    [
        {"sector": "x" * 3000},
        {"sector": ",".join(f"x{n}" for n in range(600))},
        {"open": [f"x{n}" for n in range(400)]},
        {f"x{n}": "1" for n in range(300)},
    ],
    ids=["one long value", "many values", "many times", "many parameters"],
)
def test_a_link_that_is_garbled_through_and_through_is_told_shortly(
    params: dict[str, str | list[str]],
) -> None:
    app = open_page(page("benefits"), {**params, "benefit": "efficiency_and_scale"})
    assert len(app.warning) == 1
    assert 80 < len(said(app)) < 1000
    assert "efficiency" not in said(app)


def test_of_seven_parts_that_cannot_be_used_all_are_told() -> None:
    app = open_page(page("benefits"), {f"x{n}": "1" for n in range(7)})
    assert all(f"“x{n}=” means nothing" in said(app) for n in range(7))
    app = open_page(page("benefits"), {f"x{n}": "1" for n in range(8)})
    assert "and 2 more like these" in said(app)


def test_the_same_twice_is_once() -> None:
    app = open_page(page("footprints"), {"view": ["benefits", "benefits"]})
    assert said(app) == ""
    assert app.query_params["view"] in ("benefits", ["benefits"])


def test_two_of_what_there_is_one_of_is_said(catalogue: Catalogue) -> None:
    vintages = ",".join(catalogue.known_values["vintage"])
    app = open_page(PAGES[0], {"vintage": vintages})
    assert "is one more vintage than can be shown" in said(app)


def test_ids_of_earlier_versions_lead_to_exhibits_that_exist() -> None:
    ids = {e.id for e in REGISTRY}
    assert RENAMED
    assert not ids & set(RENAMED)
    assert {now for several in RENAMED.values() for now in several} <= ids


@pytest.mark.parametrize("old", list(RENAMED))
def test_a_link_with_an_id_of_an_earlier_version_opens_what_replaced_it(
    catalogue: Catalogue, old: str
) -> None:
    asked = Asked(catalogue, "benefits", {})
    now = RENAMED[old][0]
    for name, text, kept in (
        ("at", old, now), ("exhibit", old, now), ("show", f"{old}.table", f"{now}.table"),
    ):  # fmt: skip
        param = next(p for p in PARAMS if p.name == name)
        assert param.read(asked, text) == (kept, (told(old),))
    app = open_page(page("benefits"), {"at": old, "show": f"{old}.table"})
    assert [e.message for e in app.exception] == []
    assert said(app).count(plain(told(old))) == 1
    assert app.query_params["show"] == f"{now}.table"
