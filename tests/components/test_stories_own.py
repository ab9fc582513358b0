"""The stories beside rows that a reader brought: told, and never with words that do not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.exhibits import build_exhibit
from components.export.own_mark import OWN
from components.stories import Told, Walkthrough, cached_build, tell, walkthroughs
from components.stories.stage_html import footing
from components.stories.telling import OWN_WORDS
from components.ui import overlay, stage_own
from data import Catalogue, Selection
from data.own import OwnData, Upload, WaveDetails, bring

WAVE = (
    "question_id,option_id,sector_group,percent,count,base_n\n"
    "delegation-intent,considering,all,60,12,20\n"
    "delegation-intent,too-early,all,20,4,20\n"
    "delegation-intent,not-considering,all,20,4,20\n"
)
OUTCOME = (
    "outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
    "own-beds,{},health_inequalities,Beds saved,12.5,percent,achieved\n"
)
COLLABORATIVE = (
    "collaborative_id,name,sector,status\nexample-alliance,Example Alliance,acute,operating\n"
)


def brought(catalogue: Catalogue, text: str) -> OwnData:
    key = catalogue.table("collaboratives")["collaborative_id"].iloc[0]
    result = bring(catalogue, None, Upload("own.csv", text.format(key).encode()), "", WaveDetails())
    assert result.data is not None, [str(p) for p in result.problems]
    return result.data


def story(catalogue: Catalogue, story_id: str) -> Walkthrough:
    return next(s for s in walkthroughs(catalogue) if s.id == story_id)


def words(told: Told) -> list[tuple[str, tuple[str, ...], str]]:
    return [(s.headline, s.points, s.notes) for s in told.steps]


@pytest.fixture(scope="module")
def own(catalogue: Catalogue) -> Catalogue:
    return brought(catalogue, WAVE).catalogue


def test_a_story_of_the_survey_keeps_to_the_wave_that_it_was_written_about(
    catalogue: Catalogue, own: Catalogue
) -> None:
    ready = story(catalogue, "ready-for-delegation")
    told = tell(own, ready, build=cached_build(own))
    assert words(told) == words(tell(catalogue, ready))
    assert {s.selection.wave for s in told.steps if "wave" in s.exhibit.responds_to} == {"nov-2022"}
    assert not any("own-data" in s.built.caveats for s in told.steps)


def test_a_sentence_that_own_rows_make_untrue_is_left_out(catalogue: Catalogue) -> None:
    """A guard that fails takes the words that it guards with it, and only of its own step."""
    own = brought(catalogue, OUTCOME).catalogue
    gained = story(catalogue, "what-has-been-gained")
    before = tell(own, gained, build=cached_build(own))
    first = gained.steps[0]
    shown = next(f for f in first.figures if f"{{{f.name}}}" in first.headline)
    strict = tuple(replace(f, at_most=0) if f is shown else f for f in first.figures)
    guarded = replace(gained, steps=(replace(first, figures=strict), *gained.steps[1:]))
    told = tell(own, guarded, build=cached_build(own))
    assert told.steps[0].headline == told.steps[0].built.reading.removesuffix(".")
    assert all(p in (*before.steps[0].points, f"{OWN_WORDS}.") for p in told.steps[0].points)
    assert told.steps[0].notes.startswith(OWN_WORDS)
    assert words(told)[1:] == words(before)[1:]


def test_a_step_whose_words_own_rows_change_is_marked_in_every_file(catalogue: Catalogue) -> None:
    """Also where the figure in its headline is of another exhibit: files read the caveats."""
    gained = story(catalogue, "what-has-been-gained")
    own = brought(catalogue, COLLABORATIVE).catalogue
    before, after = (
        tell(tables, gained, build=cached_build(tables)).steps for tables in (catalogue, own)
    )
    changed = [
        now
        for then, now in zip(before, after, strict=True)
        if (then.headline, then.points, then.notes) != (now.headline, now.points, now.notes)
    ]
    assert changed, "the own collaborative is counted in no sentence"
    assert [s.step.id for s in changed if OWN not in s.built.caveats] == []


def test_the_stage_names_own_data_on_the_steps_that_it_changes_only(
    catalogue: Catalogue, own: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = brought(catalogue, WAVE)
    monkeypatch.setattr(overlay, "current", lambda: data)
    kept, newest = (
        build_exhibit(own, Selection(wave=wave), "delegation-intent") for wave in ("nov-2022", "")
    )
    assert stage_own.words(kept) == ""
    assert "Includes the presenter’s own data: own.csv." in stage_own.words(newest)
    # A room is not “you”.
    foot = footing(newest)
    assert "Own file, not published: own.csv" in foot
    assert "your own" not in foot.lower()
    monkeypatch.setattr(overlay, "current", lambda: None)
    assert stage_own.words(newest) == ""
