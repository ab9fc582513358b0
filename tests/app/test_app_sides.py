"""Side by side: every exhibit opens with two selections, and says what it sets side by side."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.exhibits import REGISTRY, Exhibit, build_exhibit
from components.exhibits.contrast import offered
from components.ui.navigation import page
from components.ui.sides import CHOICES
from data import Catalogue, Selection
from data.query import value_label
from tests.app.opening import open_page

SPEC = page("side-by-side")
PREFERRED = ("sector", "tier", "q", "vintage", "wave")
"""Dimensions by which the sides of an exhibit are told apart here, the first that it offers."""
WORDS = ("care", "NHS")
EXHIBITS = list(REGISTRY)


@pytest.fixture(scope="module")
def app() -> Iterator[AppTest]:
    """The page in one session, to which one address after another is given."""
    yield open_page(SPEC, {"exhibit": "challenges"})
    st.cache_resource.clear()


def go(app: AppTest, params: dict[str, str]) -> AppTest:
    """The page at another address, which says of the filters that none is set but its own."""
    app.query_params.clear()
    for name, value in {"q": "", **params}.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> list[str]:
    """The headings of A and B."""
    heads = [m.value.split("\n")[0] for m in app.markdown if m.value.startswith(("## A:", "## B:"))]
    return [head.removeprefix("## ") for head in heads]


def shown(app: AppTest, kind: str) -> int:
    """How many elements of a kind stand in the two sides."""
    return len([e for e in app.get(kind) if "side-" in (e.proto.id or "")])


def pair(catalogue: Catalogue, exhibit: Exhibit) -> tuple[dict[str, str], list[str]]:
    """An address with two different selections of an exhibit, and the words for each of them."""
    choice = CHOICES.get(exhibit.id)
    if choice is not None:
        known = catalogue.icb_names if choice.dimension == "icb" else catalogue.collaborative_names
        count = 1 if choice.most == 1 else 2
        ids = list(known)
        first, second = ids[:count], ids[count : 2 * count]
        address = {choice.of("A"): ",".join(first), choice.of("B"): ",".join(second)}
        return address, [
            " and ".join(known[key] for key in sorted(chosen)) for chosen in (first, second)
        ]
    dimension = next((d for d in PREFERRED if d in offered(catalogue, exhibit)), None)
    if dimension is None:
        return {}, ["everything", "everything"]
    values = WORDS if dimension == "q" else tuple(catalogue.known_values[dimension])[:2]
    return (
        {dimension: values[0], f"b.{dimension}": values[1]},
        [value_label(catalogue, dimension, value) for value in values],
    )


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda e: e.id)
def test_every_exhibit_opens_with_two_selections_and_names_what_differs(
    catalogue: Catalogue, app: AppTest, exhibit: Exhibit
) -> None:
    params, labels = pair(catalogue, exhibit)
    go(app, {"exhibit": exhibit.id, **params})
    assert [e.message for e in app.exception] == []
    assert app.selectbox(key="choice-exhibit").value == exhibit.id
    assert said(app) == [f"A: {labels[0]}", f"B: {labels[1]}"]


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda e: e.id)
def test_every_exhibit_opens_with_nothing_chosen_and_says_what_to_do(
    catalogue: Catalogue, app: AppTest, exhibit: Exhibit
) -> None:
    go(app, {"exhibit": exhibit.id})
    assert [e.message for e in app.exception] == []
    told = app.info[0].value
    if exhibit.needs:
        assert told == f"Choose {exhibit.needs} on each side."
        return
    assert told.startswith("Both sides")
    if not offered(catalogue, exhibit):
        assert f"“{exhibit.title}” follows only" in told
        assert "Set side by side instead: [" in told
    elif exhibit.id in CHOICES:
        assert "Choose another on one of them" in told
    else:
        assert "Open the filters of B" in told


def test_what_no_choice_changes_can_be_compared_once_there_is_a_second_wave(
    two_waves: Catalogue,
) -> None:
    assert offered(two_waves, REGISTRY["survey-respondents"]) == ("wave",)


def test_statements_stand_as_the_list_that_opens_and_hide_what_each_side_leaves_out(
    catalogue: Catalogue, app: AppTest
) -> None:
    go(app, {"exhibit": "good-practice", "sector": "acute", "b.sector": "mhlda"})
    assert shown(app, "arrow_data_frame") == 0
    pieces = [e.proto.body for e in app.get("html")]
    assert sum('class="statements"' in body for body in pieces) == 2
    for key, sector in (("a", "acute"), ("b", "mhlda")):
        left = build_exhibit(catalogue, Selection(sector=(sector,)), "good-practice").frame
        every = build_exhibit(catalogue, Selection(), "good-practice").frame
        gone = set(every["insight_id"]) - set(left["insight_id"])
        (style,) = [p for p in pieces if f".st-key-side-good-practice-{key} " in p]
        assert gone
        assert {
            k for k in every["insight_id"] if f".s-{k}," in style or f".s-{k})" in style
        } == gone


def test_a_choice_of_a_side_is_in_the_address_under_the_name_of_its_own_page(
    app: AppTest,
) -> None:
    go(app, {"exhibit": "collaborative-footprint"})
    app.selectbox(key="side-choice-id").set_value("wyaat").run()
    app.selectbox(key="side-choice-b.id").set_value("foundation-group").run()
    kept = {k: "".join(v) for k, v in app.query_params.items()}
    assert kept == {
        "exhibit": "collaborative-footprint", "id": "wyaat", "b.id": "foundation-group",
    }  # fmt: skip
    assert said(app) == ["A: WYAAT", "B: Foundation Group"]


def test_a_swap_takes_what_is_marked_along(catalogue: Catalogue, app: AppTest) -> None:
    rows = [
        built.frame.iloc[0]
        for sector in ("acute", "mhlda")
        if len((built := build_exhibit(catalogue, Selection(sector=(sector,)),
                                       "outcome-list")).frame)
    ]  # fmt: skip
    first, second = (f"outcome-list:outcomes/{row['outcome_id']}" for row in rows)
    go(app, {"exhibit": "outcome-list", "sector": "acute", "b.sector": "mhlda",
             "mark": first, "b.mark": second})  # fmt: skip
    assert said(app) == ["A: Acute", "B: Mental health, learning disability and autism"]
    next(b for b in app.button if b.label == "Swap").click().run()
    assert said(app) == ["A: Mental health, learning disability and autism", "B: Acute"]
    kept = {k: "".join(v) for k, v in app.query_params.items()}
    assert (kept["mark"], kept["b.mark"]) == (second, first)


def test_a_side_on_which_nothing_is_chosen_yet_is_named(app: AppTest) -> None:
    go(app, {"exhibit": "compare-systems", "systems": "E54000054,E54000057"})
    assert app.info[0].value == "Choose two to four systems on side B."


def test_what_is_chosen_stands_in_place_of_a_filter_and_says_so(app: AppTest) -> None:
    go(app, {"exhibit": "system-map", "icb": "E54000057", "system": "E54000054"})
    assert said(app)[0] == "A: West Yorkshire"
    captions = [c.value for c in app.caption if "in place of its filter for system" in c.value]
    assert len(captions) == 1
    go(app, {"exhibit": "system-map", "icb": "E54000057"})
    assert said(app)[0] == "A: Greater Manchester"
    assert not [c.value for c in app.caption if "in place of its filter" in c.value]


def test_swap_exchanges_filters_and_what_is_chosen(app: AppTest) -> None:
    go(app, {"exhibit": "system-map", "system": "E54000054", "b.system": "E54000057",
             "b.vintage": "2026"})  # fmt: skip
    before = said(app)
    next(b for b in app.button if b.label == "Swap").click().run()
    after = said(app)
    assert [h[3:] for h in after] == [h[3:] for h in reversed(before)]
    assert "April 2026" in after[0]


def test_copy_makes_both_sides_the_same(app: AppTest) -> None:
    go(app, {"exhibit": "system-map", "system": "E54000054", "sector": "acute"})
    next(b for b in app.button if b.label == "Copy A to B").click().run()
    kept = {k: "".join(v) for k, v in app.query_params.items()}
    assert (kept["b.system"], kept["b.sector"]) == ("E54000054", "acute")


def test_a_filter_of_b_is_named_and_cleared_by_a_click(app: AppTest) -> None:
    go(app, {"exhibit": "delegation-intent", "b.sector": "mhlda,acute"})
    app.button(key="side-b-clear-sector-mhlda").click().run()
    assert said(app) == ["A: everything", "B: Acute"]
    assert app.query_params["b.sector"] in ("acute", ["acute"])


def test_systems_of_april_2026_stand_for_those_that_share_ground_with_them(
    catalogue: Catalogue, app: AppTest
) -> None:
    new = [code for code in catalogue.known_values["icb"] if code not in catalogue.icb_names]
    go(app, {"exhibit": "compare-systems", "icb": ",".join(new[:2])})
    assert [e.message for e in app.exception] == []


@pytest.mark.parametrize(
    ("path", "params", "link"),
    [
        ("priorities", {}, "side-by-side?exhibit=survey-respondents"),
        ("collaboratives", {"id": "wyaat"}, "exhibit=collaborative-footprint&id=wyaat"),
        ("systems", {"system": "E54000054"}, "exhibit=system-map&system=E54000054"),
        (
            "compare", {"collaboratives": "wyaat,foundation-group"},
            "exhibit=compare-collaboratives&collaboratives=foundation-group,wyaat",
        ),
    ],
)  # fmt: skip
def test_a_card_leads_to_two_selections_of_it(path: str, params: dict[str, str], link: str) -> None:
    shown = open_page(page(path), params)
    links = [c.value for c in shown.caption if "(side-by-side?exhibit=" in c.value]
    (found,) = [c for c in links if f"{link})" in c]
    asked = dict(parse_qsl(found.split("(side-by-side?")[1].split(")")[0]))
    assert said(open_page(SPEC, asked))[0] != "A: everything" or len(asked) == 1
