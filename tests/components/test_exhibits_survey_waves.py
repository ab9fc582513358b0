"""A second wave appears as a comparison in every exhibit; without any wave, none of them breaks."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.survey_builder import QUESTIONS_OF
from data import Catalogue, Selection

FIRST, SECOND = "nov-2022", "nov-2024"
RANKED = (
    "priorities-past-year", "priorities-next-year", "improvement-journey", "improvement-approach",
    "governance-models", "dedicated-resource", "funded-posts", "delegation-intent",
    "delegation-barriers",
)  # fmt: skip
SEVERAL = ("icb-relationship", "partner-meetings", "challenges")


def words_of(built: Built) -> list[str]:
    return [built.reading, built.base, *built.notes, *built.details, *built.caveats]


@pytest.mark.parametrize("exhibit_id", [*RANKED, *SEVERAL])
def test_the_change_since_the_earlier_wave_is_in_table_and_words(
    two_waves: Catalogue, exhibit_id: str
) -> None:
    built = REGISTRY[exhibit_id].build(two_waves, Selection())
    changed = built.frame[built.frame["change_points"].notna()]
    assert len(changed)
    now, then = changed["percent"].astype(float), changed["earlier_percent"].astype(float)
    assert (changed["change_points"].astype(float) == (now - then).round(1)).all()
    assert (changed["change_low"] < changed["change_points"]).all()
    assert (changed["change_points"] < changed["change_high"]).all()
    since = [n for n in built.notes if "since “Survey of provider collaborative leaders" in n]
    assert any(re.search(r"[+−]?\d+ \([+−]?[\d.]+ to [+−]?[\d.]+\)", n) for n in since)


@pytest.mark.parametrize("exhibit_id", RANKED)
def test_the_earlier_value_is_drawn_beside_the_new_one(
    two_waves: Catalogue, exhibit_id: str
) -> None:
    built = REGISTRY[exhibit_id].build(two_waves, Selection())
    assert isinstance(built.figure, go.Figure)
    (strokes,) = (t for t in built.figure.data if t.name == "Earlier wave")
    rows = built.frame[built.frame["question_id"] == built.frame["question_id"].iloc[0]]
    rows = rows[rows["percent"].notna() & rows["earlier_percent"].notna()]
    assert sorted(strokes.x) == sorted(rows["earlier_percent"].astype(float))
    assert built.figure.layout.showlegend is True


@pytest.mark.parametrize(
    ("exhibit_id", "option", "chance"),
    [
        ("priorities-past-year", "Building relationships", False),
        ("governance-models", "Provider leadership board", True),
        ("delegation-intent", "Considering it", True),
    ],
)
def test_the_sentence_says_whether_chance_could_account_for_the_change(
    two_waves: Catalogue, exhibit_id: str, option: str, chance: bool
) -> None:
    built = REGISTRY[exhibit_id].build(two_waves, Selection())
    frame = built.frame[built.frame["group"] == "All respondents"].set_index("option")
    low, high = (float(frame[c][option]) for c in ("change_low", "change_high"))
    assert (low <= 0 <= high) == chance
    assert "points on the earlier wave, interval" in built.reading
    assert ("so chance could account for it" in built.reading) == chance


def test_the_shift_and_the_respondents_tell_of_the_earlier_wave(two_waves: Catalogue) -> None:
    shift = REGISTRY["priorities-shift"].build(two_waves, Selection())
    assert sum("since “Survey of provider" in n for n in shift.notes) == 2
    who = REGISTRY["survey-respondents"].build(two_waves, Selection())
    assert "60 responses came from 60 collaboratives: 60 of about 110 is 55%" in who.reading
    assert "November 2022” had 43 responses, when there were about 120" in who.notes[1]


def test_differences_of_sectors_tell_of_the_earlier_wave(two_waves: Catalogue) -> None:
    built = REGISTRY["sector-differences"].build(two_waves, Selection())
    (note,) = [n for n in built.notes if n.startswith("In “Survey of provider")]
    assert "acute minus MHLDA +76 (+20 to +93)" in note


@pytest.mark.parametrize("exhibit_id", QUESTIONS_OF)
def test_the_first_wave_reads_the_same_with_or_without_a_second(
    catalogue: Catalogue, two_waves: Catalogue, exhibit_id: str
) -> None:
    alone = REGISTRY[exhibit_id].build(catalogue, Selection())
    beside = REGISTRY[exhibit_id].build(two_waves, Selection(wave=FIRST))
    pd.testing.assert_frame_equal(alone.frame, beside.frame)
    assert words_of(alone) == words_of(beside)


@pytest.mark.parametrize("exhibit_id", QUESTIONS_OF)
def test_the_latest_wave_is_the_one_shown(two_waves: Catalogue, exhibit_id: str) -> None:
    latest = REGISTRY[exhibit_id].build(two_waves, Selection())
    chosen = REGISTRY[exhibit_id].build(two_waves, Selection(wave=SECOND))
    pd.testing.assert_frame_equal(latest.frame, chosen.frame)
    assert words_of(latest) == words_of(chosen)


def test_a_question_that_the_new_wave_left_out_says_so(two_waves: Catalogue) -> None:
    questions = two_waves.table("survey_questions")
    left = questions["wave_id"].eq(SECOND) & questions["question_id"].eq("delegation-barriers")
    frames = {**two_waves.frames, "survey_questions": questions[~left]}
    other = Catalogue(two_waves.schema, frames)
    built = REGISTRY["delegation-barriers"].build(other, Selection(wave=SECOND))
    assert built.empty
    assert "“Made-up survey, November 2024” has no such question" in built.empty.reason
    assert built.empty.dimensions == ("wave",)


@pytest.mark.parametrize("exhibit_id", ["challenges", "partner-meetings", "icb-relationship"])
def test_a_chart_of_several_questions_does_without_one_that_is_left_out(
    two_waves: Catalogue, exhibit_id: str
) -> None:
    gone = QUESTIONS_OF[exhibit_id][0]
    questions = two_waves.table("survey_questions")
    left = questions["wave_id"].eq(SECOND) & questions["question_id"].eq(gone)
    frames = {**two_waves.frames, "survey_questions": questions[~left]}
    built = REGISTRY[exhibit_id].build(Catalogue(two_waves.schema, frames), Selection())
    assert built.empty is None
    assert gone not in set(built.frame["question_id"])


def test_a_wave_without_any_share_of_a_question_says_so(two_waves: Catalogue) -> None:
    results = two_waves.table("survey_results")
    mine = results["wave_id"].eq(SECOND) & results["question_id"].eq("delegation-intent")
    results.loc[mine, ["percent", "count"]] = pd.NA
    other = Catalogue(two_waves.schema, {**two_waves.frames, "survey_results": results})
    built = REGISTRY["delegation-intent"].build(other, Selection(sector=("acute",)))
    assert built.empty
    assert built.empty.dimensions == ("sector",)
    assert "gives no share of this question for the respondents selected" in built.empty.reason


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_without_any_wave_every_exhibit_is_built_or_says_why_not(
    no_waves: Catalogue, exhibit_id: str
) -> None:
    built = REGISTRY[exhibit_id].build(no_waves, Selection())
    if exhibit_id in QUESTIONS_OF:
        assert built.empty
        assert built.empty.reason == "The tables hold no wave of the survey."
    assert not any("nan" in w.lower().split() for w in words_of(built))
