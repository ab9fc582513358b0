"""Sentences beside an exhibit lead to the rows that say them."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.told import Told, under
from components.ui import noted
from components.ui.card_words import base_whence
from data import Catalogue, Selection
from data.counted import Whence, how_many, refs_counted
from data.lineage import lineage

Build = Callable[[str, Selection], Built]
FILTERS: Final = (
    Selection(), Selection(sector=("acute",)), Selection(sector=("mhlda", "ambulance")),
    Selection(icb=("E54000054",)), Selection(vintage="2026"), Selection(collaborative=("wyaat",)),
)  # fmt: skip
WORKED: Final = (
    r"^For reading the other charts|^Without that proviso|^The survey report estimates"
    r"|^Each interval is made to miss"
)
"""Lines that work something out of the row that they lead to."""


VINTAGE: Final = r"[Oo]f April 20(?:23|26)"
"""Names of sets of boundaries."""


def lines(build: Build) -> Iterator[tuple[str, Built, str]]:
    """Every note and detail with a digit, of every exhibit under every filter, each once."""
    seen = set()
    for exhibit in REGISTRY:
        for selection in FILTERS:
            built = build(exhibit.id, selection.only(exhibit.responds_to))
            for line in (*built.notes, *built.details):
                if re.search(r"\d", line) and (exhibit.id, line) not in seen:
                    seen.add((exhibit.id, line))
                    yield exhibit.id, built, line


def numbers(words: str) -> set[float]:
    return {float(found) for found in re.findall(r"\d+(?:\.\d+)?", words.replace(",", ""))}


def cells(catalogue: Catalogue, way: Whence) -> str:
    refs = [way] if isinstance(way, str) else refs_counted(catalogue, way)
    assert refs, way
    return " ".join(str(c) for ref in refs for c in lineage(catalogue, ref).row.values())


def test_every_number_of_a_note_leads_to_its_row(build: Build) -> None:
    silent = [
        (exhibit_id, line)
        for exhibit_id, built, line in lines(build)
        if not isinstance(line, Told) and not any(number.words in line for number in built.noted)
    ]
    assert silent == []


def test_a_note_says_what_its_row_says(catalogue: Catalogue, build: Build) -> None:
    found = [(e, line) for e, _, line in lines(build) if isinstance(line, Told)]
    assert len(found) > 60
    for exhibit_id, line in found:
        assert noted.to_rows(line), (exhibit_id, line)
        if not re.search(WORKED, line):
            held = numbers(cells(catalogue, line.whence)) | {how_many(catalogue, line.whence)}
            said = numbers(re.sub(VINTAGE, "", line))
            assert said <= held, (exhibit_id, line)


@pytest.mark.parametrize("exhibit_id", ["governance-models", "before-and-after", "timeline"])
def test_the_way_stands_behind_its_note(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    exhibit_id = {"timeline": "formation-timeline"}.get(exhibit_id, exhibit_id)
    built = build(exhibit_id, Selection())
    told = noted.notes(catalogue, built, exhibit_id, Selection()).split("  \n")
    assert len(told) == len(built.notes)
    for line, note in zip(told, built.notes, strict=True):
        assert ("[Where from](" in line) is isinstance(note, Told)


def test_notes_keep_their_ways_whatever_lines_they_have(catalogue: Catalogue, build: Build) -> None:
    built = build("governance-models", Selection())
    way = noted.to_rows(built.notes[0])
    lines = ("One  \nand more.", f"A\x1e{built.notes[1]}")
    for notes in ((), *((line, built.notes[0]) for line in lines)):
        own = replace(built, notes=notes)
        told = noted.notes(catalogue, own, "governance-models", Selection())
        assert told.endswith(way) is bool(notes)
        assert told.count("Where from") == len(notes[1:])


def test_a_note_is_text_that_can_be_copied_and_put_under_a_name() -> None:
    note = Told("16 of 40.", "survey_waves/nov-2022")
    assert note == "16 of 40."
    same = copy.deepcopy(note)
    assert (same, same.whence) == (note, note.whence)
    first, second = under("Intent", (note, "No way."))
    assert isinstance(first, Told)
    assert (first, first.whence, second) == ("Intent: 16 of 40.", note.whence, "Intent: No way.")


def test_a_base_with_a_number_leads_to_the_rows_that_it_counts(
    catalogue: Catalogue, build: Build
) -> None:
    seen = set()
    for exhibit in REGISTRY:
        for selection in FILTERS:
            built = build(exhibit.id, selection.only(exhibit.responds_to))
            if not re.search(r"\d", re.sub(r"[Oo]f April 20\d\d$", "", built.base)):
                continue
            way = base_whence(built, catalogue, exhibit.id)
            assert way, (exhibit.id, built.base)
            count = re.match(r"(\d+) integrated care systems", built.base)
            if count:
                seen.add(exhibit.id)
                assert how_many(catalogue, way) == int(count.group(1)), (exhibit.id, built.base)
    assert {"footprint-map", "footprint-matrix"} <= seen
