"""Phones are shown the step that belongs to that on the stage, where own rows tell more steps."""

from __future__ import annotations

import pytest

from components.stories import Told, cached_build, subject_of, tell, walkthroughs
from components.stories.beside import numbers_for_all
from components.ui import cache, overlay, stage_own
from data import Catalogue, Selection
from data.own import OwnData, Upload, bring

SYSTEM = "E54000024"
FILES = (
    "collaborative_id,name,sector,status\nexample-alliance,Example Alliance,acute,operating\n",
    f"collaborative_id,icb_code,coverage\nexample-alliance,{SYSTEM},whole\n",
    "outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
    "example-beds,example-alliance,efficiency_and_scale,Beds saved,12.5,percent,achieved\n",
)


@pytest.fixture(scope="module")
def data(catalogue: Catalogue) -> OwnData:
    """An own collaborative in a system of which no outcome is published."""
    found: OwnData | None = None
    for number, text in enumerate(FILES):
        found = bring(catalogue, found, Upload(f"{number}.csv", text.encode())).data
    assert found is not None
    return found


def told_of(tables: Catalogue, subject: Selection | None = None) -> Told:
    story = next(s for s in walkthroughs(tables) if s.id == "your-system")
    of = subject or subject_of(tables, story, SYSTEM)
    return tell(tables, story, of, cached_build(tables))


def test_each_step_has_that_of_the_room_which_shows_the_same_or_stands_for_it(
    catalogue: Catalogue, data: OwnData
) -> None:
    mine, theirs = told_of(data.catalogue), told_of(catalogue)
    numbers = numbers_for_all(mine, theirs)
    assert len(mine.steps) > len(theirs.steps), "own rows fill no gap here"
    assert len(numbers) == len(mine.steps)
    assert list(map(abs, numbers)) == sorted(map(abs, numbers))
    for step, number in zip(mine.steps, numbers, strict=True):
        seen = theirs.steps[abs(number) - 1]
        assert (seen.step.id == step.step.id) == (number > 0)
        # What is told as one without own rows names the exhibits that it stands for.
        assert number > 0 or step.exhibit.title in [title for title, _ in seen.gaps]
    assert min(numbers) < 0
    assert numbers[-1] == len(theirs.steps)


def test_without_own_rows_every_step_is_its_own(catalogue: Catalogue) -> None:
    told = told_of(catalogue)
    assert numbers_for_all(told, told) == tuple(range(1, len(told.steps) + 1))


def test_a_talk_of_something_own_has_no_room(
    catalogue: Catalogue, data: OwnData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overlay, "current", lambda: data)
    monkeypatch.setattr(cache, "shared", lambda: (catalogue, ()))
    own = Selection(collaborative=("example-alliance",))
    assert stage_own.for_all(told_of(data.catalogue, own)) == {"alone": "yes"}
    assert "alone" not in stage_own.for_all(told_of(data.catalogue))
    monkeypatch.setattr(overlay, "current", lambda: None)
    assert stage_own.for_all(told_of(catalogue)) == {}
