"""Numbers of a wave that somebody brings stand in words as they are."""

import pytest

from components.exhibits import build_exhibit
from components.exhibits.placing_words import asides_words
from data import Catalogue, Selection
from data.own import Upload, WaveDetails, bring
from data.placing import Answers, asked, standings
from data.query import value_label

POSTS = (*range(1, 11), 3, 4, *(4, 5) * 4)
DETAILS = WaveDetails("Our own survey", "March 2026", population=len(POSTS))


@pytest.fixture(scope="module")
def own(catalogue: Catalogue) -> Catalogue:
    body = "funded-posts,sector_group\n" + "".join(f"{n},acute\n" for n in POSTS)
    result = bring(catalogue, None, Upload("posts.csv", body.encode()), "answers", DETAILS)
    assert result.data is not None, [str(p) for p in result.problems]
    return result.data.catalogue


def test_half_a_post_of_a_median_is_not_cut_off(own: Catalogue) -> None:
    selection = Selection(wave="own-our-own-survey")
    (ask,) = (a for a in asked(own, selection) if a.question_id == "funded-posts")
    answers = Answers({ask.key: ("five-to-ten",)})
    standing, _ = standings(own, selection, answers)
    assert "Median number of posts: 4.5" in asides_words(standing)


def test_as_many_responses_as_collaboratives_are_all_of_them(own: Catalogue) -> None:
    frame = build_exhibit(own, Selection(wave="own-our-own-survey"), "survey-respondents").frame
    shares = frame.set_index("what")["percent_of_estimate"]
    assert shares["Responses"] == 100
    assert frame.set_index("what")["basis"]["Responses"] == "derived"


def test_a_wave_is_called_by_its_title(own: Catalogue) -> None:
    assert value_label(own, "wave", "own-our-own-survey") == "Our own survey (your own)"
