"""What holds for every walkthrough of the Atlas, told of everything that it can be told of."""

from __future__ import annotations

import re

import pytest

from components.exhibits import Built, build_exhibit
from components.stories import Told, subject_label, subjects_of, tell, walkthroughs
from components.stories.figures import PLACEHOLDER
from data import Catalogue, Selection
from data.walkthrough_files import read_walkthroughs

IDS = [file.path.stem for file in read_walkthroughs()]
# An id of the tables or a gap where a reader expects words.
RAW = re.compile(r"\b(nan|None|NaT)\b|<NA>|\b[a-z]+_[a-z]+\b|E54\d+|icb26-|  | [.,;:]|\(\)")


class Teller:
    """Tells stories, building each exhibit once for a selection that makes a difference to it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.stories = {story.id: story for story in walkthroughs(catalogue)}
        self._built: dict[tuple[str, Selection], Built] = {}

    def build(self, exhibit_id: str, selection: Selection) -> Built:
        key = (exhibit_id, selection)
        if key not in self._built:
            self._built[key] = build_exhibit(self.catalogue, selection, exhibit_id)
        return self._built[key]

    def every(self, story_id: str) -> list[tuple[str, Told]]:
        story = self.stories[story_id]
        return [
            (subject_label(self.catalogue, s), tell(self.catalogue, story, s, self.build))
            for s in subjects_of(self.catalogue, story)
        ]


@pytest.fixture(scope="module")
def teller(catalogue: Catalogue) -> Teller:
    return Teller(catalogue)


@pytest.mark.parametrize("story_id", IDS)
def test_every_step_of_every_telling_is_whole(teller: Teller, story_id: str) -> None:
    """It can be told of everything, with sources, points and without gaps in its words."""
    for subject, told in teller.every(story_id):
        for step in told.steps:
            place = f"{subject}, step {step.step.id}"
            assert step.built.citations or step.built.empty, f"{place}: no source"
            assert 1 <= len(step.points) <= 3, f"{place}: {len(step.points)} points"
            for words in (step.headline, *step.points, step.notes):
                assert RAW.search(words) is None, f"{place}: {words}"
                assert PLACEHOLDER.search(words) is None, f"{place}: {words}"
            assert len(step.headline) <= 110, f"{place}: {step.headline}"
            assert not step.headline.endswith("."), f"{place}: {step.headline}"


@pytest.mark.parametrize("story_id", IDS)
def test_a_story_fits_a_slot_of_a_conference(teller: Teller, story_id: str) -> None:
    for subject, told in teller.every(story_id):
        assert 1 <= len(told.steps) <= 10, subject
        assert 1 <= told.seconds / 60 <= 20, subject
