"""Slides: letters as large as there is room for, and words where nothing is left."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from components.exhibits import Built
from components.exhibits.deck import HEIGHT, DeckMap
from components.exhibits.deck_shapes import fitted_lines
from components.stories import enlarged
from components.stories.stage_chart import fitted, rewrapped
from components.stories.stage_fit import legend_height, points_size, statements_fit, table_fit
from components.stories.stage_html import footing
from components.stories.stage_map import STRETCH, is_shaded, shortened, staged_deck
from data import Selection

Build = Callable[[str, Selection], Built]


def test_a_text_is_cut_anew_with_its_words_in_their_order() -> None:
    words = "<b>from 3<br>to 2</b>: Arterial centres<br>in West Yorkshire, grade B"
    cut = rewrapped(words, 30)
    assert cut.replace("<br>", " ").replace("\u00a0", " ") == words.replace("<br>", " ")
    assert "grade<br>" not in cut


@pytest.mark.parametrize("exhibit", ["challenges", "governance-models", "shared-members"])
def test_letters_grow_on_a_slide_and_never_beyond_its_scale(build: Build, exhibit: str) -> None:
    figure = build(exhibit, Selection(sector=("mhlda",))).figure
    _, scale = fitted(exhibit, figure, 510, 1.0)
    _, narrow = fitted(exhibit, figure, 300, 1.0)
    assert 1 / enlarged.STAGE_SCALE < scale <= 1.0
    assert narrow <= scale


def test_a_long_name_has_smaller_letters_than_a_short_one_in_the_same_hexagon() -> None:
    assert fitted_lines("Devon")[1] > fitted_lines("Nottingham & Nottinghamshire")[1]
    assert shortened("Nottingham & Nottinghamshire") == "Nottingham & Notts"


def test_a_map_on_which_nothing_is_left_is_known_as_such(build: Build) -> None:
    full = build("benefit-hexmap", Selection()).figure
    london = Selection(benefit=("health_inequalities",), region=("E40000003",))
    none = build("benefit-hexmap", london).figure
    assert isinstance(full, DeckMap)
    assert isinstance(none, DeckMap)
    assert (is_shaded(full), is_shaded(none)) == (True, False)


def test_rows_that_leave_room_have_larger_letters() -> None:
    one = [
        "Northern Ambulance Alliance",
        "Integrated leadership teams in three systems",
        "Networks",
    ]
    heads = ["Collaborative", "Priority", "Theme"]
    few, grown = table_fit(heads, [one] * 2, 2, 700, 500)
    many, plain = table_fit(heads, [one] * 12, 60, 700, 500)
    assert (few, many < 12) == (2, True)
    assert grown > plain >= 1.0
    # Rows that were left out do not narrow the columns of those shown.
    long = [*one[:1], "A very long name of a priority " * 6, one[2]]
    assert table_fit(heads, [*[one] * 5, *[long] * 7], 60, 700, 500)[0] >= 5


def test_statements_that_do_not_fit_are_counted_instead_of_cut() -> None:
    said = [
        ("A title", "A sentence of some length, over more than one line of the slide. " * 3)
    ] * 5
    assert statements_fit(said, 5, 700, 1000)[0] == 5
    fit, grow = statements_fit(said, 5, 700, 300)
    assert 1 <= fit < 5
    assert grow == 1.0


def test_points_shrink_until_all_are_seen_and_more_beside_a_legend() -> None:
    points = ("68% meet place-based partnerships at least every three months; 30% networks.",) * 3
    assert points_size(points[:1], 380, 490) > points_size(points, 380, 490 - 200)
    short = ("14% use something else.",) * 2
    assert points_size(short, 870, 92, is_stacked=True) > points_size(
        points, 870, 92, is_stacked=True
    )
    assert legend_height(["1", "2", "3"], "Boundaries.", 380) < legend_height(
        ["No collaborative, or no outcome reported"] * 3, "Boundaries. " * 20, 380
    )


def test_the_foot_of_a_slide_names_as_many_sources_as_it_has_room_for(build: Build) -> None:
    built = build("benefit-evidence-map", Selection())
    roomy, tight = footing(built, 2000), footing(built, 200)
    assert roomy.count(";") > tight.count(";")
    assert len(tight) <= 240
    assert "more." in tight


def test_hexagons_are_wider_on_a_slide_and_their_names_larger(build: Build) -> None:
    deck = build("benefit-hexmap", Selection()).figure
    assert isinstance(deck, DeckMap)
    page = json.loads(deck.message("light"))
    slide = json.loads(staged_deck(deck, "light", HEIGHT, 1.0).to_json())
    words, larger_words = (
        next(one["data"] for one in told["layers"] if one["id"] == "labels")
        for told in (page, slide)
    )
    assert min(row["s"] for row in larger_words) > 1.3 * min(row["s"] for row in words)

    def width(rows: list[dict[str, Any]]) -> float:
        across = [row["p"][0] for row in rows]
        return max(across) - min(across)

    assert width(larger_words) == pytest.approx(width(words) * STRETCH, rel=0.001)


def test_marks_of_many_rows_do_not_touch_and_the_names_stay_large(build: Build) -> None:
    figure = build("benefit-evidence-map", Selection(grade=("full", "partial"))).figure
    copy, scale = fitted("benefit-evidence-map", figure, 510, 1.0)
    factor = scale * enlarged.STAGE_SCALE
    rows = len(copy.layout.yaxis.ticktext)
    marks = [t.marker.size * factor for t in copy.data if t.marker.size is not None]
    assert max(marks) <= 510 / rows
    assert scale > 0.85
    assert "<br>" not in copy.layout.yaxis.ticktext[-1]
