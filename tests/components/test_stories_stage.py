"""Slides: letters as large as there is room for, and words where nothing is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.exhibits import Built
from components.exhibits.deck import DeckMap
from components.exhibits.deck_shapes import fitted_lines
from components.stories import enlarged
from components.stories.stage_chart import fitted, rewrapped
from components.stories.stage_html import larger
from components.stories.stage_map import is_shaded, shortened
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
    assert larger(500, 510) < larger(300, 510) <= 1.35
    assert larger(900, 510) == 1.0
