"""What holds for every walkthrough of the Atlas, told of everything that it can be told of."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from components.stories import (
    Told,
    cached_build,
    subject_id,
    subject_label,
    subject_of,
    subjects,
    subjects_of,
    tell,
    walkthroughs,
)
from components.stories.figures import PLACEHOLDER
from data import Catalogue, Selection
from data.walkthrough_files import read_walkthroughs

IDS = [file.path.stem for file in read_walkthroughs()]
# An id of the tables or a gap where a reader expects words.
RAW = re.compile(r"\b(nan|None|NaT)\b|<NA>|\b[a-z]+_[a-z]+\b|E54\d+|icb26-|  | [.,;:]|\(\)")
Tell = Callable[[str], list[tuple[str, Told]]]


@pytest.fixture(scope="module")
def every(catalogue: Catalogue) -> Tell:
    """Every telling of a story: (subject in words, told), each exhibit built once."""
    build = cached_build(catalogue)
    stories = {story.id: story for story in walkthroughs(catalogue)}
    told: dict[str, list[tuple[str, Told]]] = {}

    def tellings(story_id: str) -> list[tuple[str, Told]]:
        if story_id not in told:
            story = stories[story_id]
            told[story_id] = [
                (subject_label(catalogue, s), tell(catalogue, story, s, build))
                for s in subjects_of(catalogue, story)
            ]
        return told[story_id]

    return tellings


def test_the_five_stories_are_there() -> None:
    assert len(IDS) >= 5


@pytest.mark.parametrize("story_id", IDS)
def test_every_step_of_every_telling_is_whole(every: Tell, story_id: str) -> None:
    """It can be told of everything, with sources, points and without gaps in its words."""
    for subject, told in every(story_id):
        for step in told.steps:
            place = f"{subject}, step {step.step.id}"
            assert step.built.citations or step.built.empty, f"{place}: no source"
            most = 4 if step.built.empty else 3  # several steps without anything are told as one
            assert 1 <= len(step.points) <= most, f"{place}: {len(step.points)} points"
            for words in (step.headline, *step.points, step.notes):
                assert RAW.search(words) is None, f"{place}: {words}"
                assert PLACEHOLDER.search(words) is None, f"{place}: {words}"
            assert len(step.headline) <= 110, f"{place}: {step.headline}"
            assert not step.headline.endswith("."), f"{place}: {step.headline}"


def test_steps_in_a_row_without_anything_to_show_are_told_as_one(every: Tell) -> None:
    """Never two after one another; what each would have shown is named."""
    found = 0
    for subject, told in every("your-system"):
        nothing = [s.built.empty is not None and s.built.figure is None for s in told.steps]
        assert not any(a and b for a, b in pairwise(nothing)), subject
        assert [s.number for s in told.steps] == list(range(1, len(told.steps) + 1))
        for step in told.steps:
            if step.headline == f"What is not published about {subject}":
                found += 1
                assert len(step.points) > 1, subject
                titles = [title for title, _ in step.gaps]
                assert step.exhibit.title == " · ".join(titles), subject
                assert step.points[0].startswith(f"{titles[0]}: "), subject
                assert len(step.notes.split("\n\n")) == len(step.points), subject
    assert found > 0


@pytest.mark.parametrize("story_id", IDS)
def test_a_story_fits_a_slot_of_a_conference(every: Tell, story_id: str) -> None:
    for subject, told in every(story_id):
        # Of a subject of which little is published there is less to tell.
        is_short = any(s.headline.startswith("What is not published") for s in told.steps)
        assert (4 if is_short else 7) <= len(told.steps) <= 10, subject
        assert (6 if is_short else 10) <= told.seconds / 60 <= 20, subject


def test_your_system_is_told_of_every_system_of_both_dates_collaborative_and_sector(
    catalogue: Catalogue,
) -> None:
    story = next(s for s in walkthroughs(catalogue) if s.subject == "any")
    count = {kind: len(subjects(catalogue, kind)) for kind in ("system", "collaborative", "sector")}
    assert count == {
        "system": 42 + 36,
        "collaborative": len(catalogue.table("collaboratives")),
        "sector": 6,
    }
    assert len(list(subjects_of(catalogue, story))) == sum(count.values())


def test_a_subject_in_an_address_is_found_again(catalogue: Catalogue) -> None:
    story = next(s for s in walkthroughs(catalogue) if s.subject == "any")
    every_one = list(subjects_of(catalogue, story))
    ids = [subject_id(s) for s in every_one]
    assert len(set(ids)) == len(ids)
    assert subject_of(catalogue, story, ids[-1]) == every_one[-1]
    assert subject_of(catalogue, story, "atlantis") == Selection()
