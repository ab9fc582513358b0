"""Place your collaborative: answers beside published shares, and files that come back whole."""

import json
from typing import Any

import pytest

from data import Catalogue, Selection
from data.own import Upload, bring
from data.placing import BOARD_ASKED, CONTAINED_IN, Answers, Ask, Standing, asked, standings
from data.placing_files import PlacingError, from_address, from_file, to_address, to_file
from data.survey import question, wave_title

OWN_SHARES = {"considering": 60, "too-early": 30, "not-considering": 10}
SECTORS = ("acute", "mhlda", "community", "all_in", "specialised", "ambulance")
FULL = Answers(
    {"in": ("considering",), "ba": ("workforce", "funding"), "b3": ("in-part",)},
    "acute",
    "Ours & Co",
)


@pytest.fixture(scope="module")
def questions(catalogue: Catalogue) -> tuple[Ask, ...]:
    return asked(catalogue, Selection())


def standing(catalogue: Catalogue, key: str, option: str, sector: str = "") -> Standing:
    return standings(catalogue, Selection(), Answers({key: (option,)}, sector))[0]


def test_about_a_dozen_questions_are_asked_in_the_words_of_the_tables(
    catalogue: Catalogue, questions: tuple[Ask, ...]
) -> None:
    survey = [q for q in questions if q.kind == "survey"]
    for ask in survey:
        assert ask.label == question(catalogue, Selection(), ask.question_id).label
    assert len(survey) == 10
    assert [q.key for q in questions if q.kind == "board"] == list(BOARD_ASKED)


def test_every_option_is_one_that_somebody_can_give(
    catalogue: Catalogue, questions: tuple[Ask, ...]
) -> None:
    for ask in (q for q in questions if q.kind == "survey"):
        rows = question(catalogue, Selection(), ask.question_id).results
        totals = set(rows[rows["is_aggregate"].astype(bool)]["option_id"])
        assert not totals & set(ask.options), ask.key
        assert len(ask.options) > 1, ask.key


def test_what_contains_an_answer_is_an_option_of_the_same_question(
    catalogue: Catalogue, questions: tuple[Ask, ...]
) -> None:
    used = set()
    for ask in (q for q in questions if q.kind == "survey"):
        known = set(question(catalogue, Selection(), ask.question_id).results["option_id"])
        used |= {o for o in ask.options if CONTAINED_IN.get(o) in known}
    assert set(CONTAINED_IN) - used == set()


def test_an_answer_stands_beside_the_same_answer_of_all_and_of_the_sector(
    catalogue: Catalogue,
) -> None:
    (line,) = standing(catalogue, "in", "considering", "acute").lines
    assert line.everyone is not None
    assert line.sector is not None
    assert (line.everyone["percent"], line.everyone["count_fitted"], line.everyone["base_n"]) == (
        40, 16, 40,
    )  # fmt: skip
    assert line.sector["percent"] == 60
    assert line.wider is None


def test_an_answer_that_is_not_published_stands_beside_what_contains_it(
    catalogue: Catalogue,
) -> None:
    (line,) = standing(catalogue, "wo", "significant").lines
    assert line.everyone is None
    assert line.wider is not None
    assert line.wider["percent"] == 76


def test_a_sector_that_is_not_published_stays_empty(catalogue: Catalogue) -> None:
    (line,) = standing(catalogue, "in", "considering", "all_in").lines
    assert line.sector is None


def test_posts_come_with_median_and_largest_and_with_what_cannot_hold(catalogue: Catalogue) -> None:
    found = standing(catalogue, "po", "fewer-than-five")
    assert [int(r["count"]) for r in found.asides] == [4, 27]
    assert len(found.doubts) == 1


def test_unanswered_questions_are_left_out(catalogue: Catalogue) -> None:
    assert standings(catalogue, Selection(), Answers()) == ()


def test_without_a_survey_the_questions_for_boards_remain(no_waves: Catalogue) -> None:
    assert {q.kind for q in asked(no_waves, Selection())} == {"board"}


def test_an_address_comes_back_as_it_was(questions: tuple[Ask, ...]) -> None:
    text = to_address(FULL)
    assert text == "s.acute~in.considering~ba.workforce,funding~b3.in-part"
    back, dropped = from_address(text, questions, SECTORS)
    assert dropped == ()
    assert (dict(back.given), back.sector, back.name) == (dict(FULL.given), "acute", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("s.dental", "“dental” is not a sector"),
        ("zz.yes", "“zz” is not a question"),
        ("in.perhaps", "“perhaps” is not an answer to “in”"),
        ("in.considering,too-early", "“too-early” is not an answer to “in”"),
    ],
)
def test_what_an_address_cannot_mean_is_named(
    questions: tuple[Ask, ...], text: str, told: str
) -> None:
    assert from_address(text, questions, SECTORS)[1] == (told,)


def test_a_file_comes_back_as_it_was(questions: tuple[Ask, ...]) -> None:
    assert from_file(to_file(FULL, questions, "nov-2022"), questions, SECTORS) == FULL


def changed(questions: tuple[Ask, ...], **parts: Any) -> bytes:
    body = json.loads(to_file(FULL, questions, "nov-2022"))
    return json.dumps({**body, **parts}).encode()


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"format": "x"}, "expected 'provider-collaboratives-atlas/place'"),
        ({"version": 9}, "found 9; this Atlas reads 1"),
        ({"sector": "dental"}, "sector: found “dental”; expected one of acute"),
        ({"name": 7}, "name: expected text, found int"),
        ({"name": "x" * 200}, "name: found 200 characters; at most 120"),
        ({"answers": []}, "answers: expected an object"),
        ({"answers": {"weather": ["fine"]}}, "answers, weather: no such question"),
        ({"answers": {"delegation-intent": "yes"}}, "expected a list of option ids"),
        (
            {"answers": {"delegation-intent": ["maybe"]}},
            "found “maybe”; expected exactly one of considering, too-early, not-considering",
        ),
    ],
)
def test_a_file_that_is_wrong_says_where_and_what_was_expected(
    questions: tuple[Ask, ...], parts: dict[str, Any], told: str
) -> None:
    with pytest.raises(PlacingError) as caught:
        from_file(changed(questions, **parts), questions, SECTORS)
    assert told in "; ".join(caught.value.problems)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"{", "line 1, column 2: not JSON"),
        (b"\xff\xfe", "not text in UTF-8"),
        (b"[]", "expected 'provider-collaboratives-atlas/place'"),
        (b"[" * 60_000, "nested too deeply"),
        (b" " * 70_000, "70,000 bytes"),
    ],
    ids=("half", "bytes", "list", "deep", "large"),
)
def test_a_file_that_is_no_such_file_says_so(
    questions: tuple[Ask, ...], data: bytes, told: str
) -> None:
    with pytest.raises(PlacingError) as caught:
        from_file(data, questions, SECTORS)
    assert told in "; ".join(caught.value.problems)


def test_an_own_wave_leaves_the_national_figure_beside(catalogue: Catalogue) -> None:
    """Of what both asked both are shown, each by its name; of the rest the last that asked."""
    rows = "".join(f"delegation-intent,{o},all,{p},{p},100\n" for o, p in OWN_SHARES.items())
    body = f"question_id,option_id,sector_group,percent,count,base_n\n{rows}"
    data = bring(catalogue, None, Upload("own.csv", body.encode())).data
    assert data is not None
    own = data.catalogue
    assert [a.key for a in asked(own, Selection())] == [
        a.key for a in asked(catalogue, Selection())
    ]
    answers = Answers({"in": ("considering",), "wo": ("significant",)})
    mine, national, other = standings(own, Selection(), answers)
    shown = [s.lines[0].everyone for s in (mine, national)]
    assert [row["percent"] for row in shown if row is not None] == [60, 40]
    assert mine.source_id in own.own_sources
    assert national.wave == other.wave == wave_title(catalogue, "nov-2022")
    assert mine.wave.endswith("(your own)")
    assert all(s.is_named for s in (mine, national, other))
    assert other.lines[0].wider is not None
    assert other.lines[0].wider["percent"] == 76
