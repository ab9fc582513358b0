"""Numbers within the sentences of exhibits lead to exactly the rows that they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.map_parts import coverage_words, population_words
from components.exhibits.numbers import Number, Sentence, found_in
from components.ui import views, ways
from data import Catalogue, Selection
from data.counted import Whence, how_many, refs_counted, rows_counted
from data.lineage import known, lineage
from data.map_rows import map_rows

Build = Callable[[str, Selection], Built]
FILTERS: Final = (
    Selection(), Selection(sector=("mhlda",)), Selection(region=("E40000003",)),
    Selection(collaborative=("wyaat",), icb=("E54000054",)),
    Selection(vintage="2026", region=("E40000006",)),
    Selection(grade=("full",), governance=("lead_provider",)),
    Selection(collaborative=("wyaat", "uhn-group"), icb=("E54000054", "E54000034")),
)  # fmt: skip
ANYWHERE: Final = r"“[^”]*”|April 20(?:23|26)|and \d+ more|\b0 "
"""Digits that count no rows: names, boundaries, what is left of a list, and nothing at all."""
NO_COUNT: Final = {"priorities-past-year": r"12 months"}
"""Digits that are part of what was asked."""
WAY: Final = r"\[([^\]]*)\]\([^ ]* \"[^\"]* of this number\"\)"


def sentences(build: Build) -> Iterator[tuple[str, Selection, Built]]:
    """Every exhibit under every filter that leaves something of it, each sentence once."""
    for exhibit in REGISTRY:
        seen = set()
        for selection in FILTERS:
            own = selection.only(exhibit.responds_to)
            built = build(exhibit.id, own)
            if built.empty is None and built.reading not in seen:
                seen.add(built.reading)
                yield exhibit.id, own, built


def stands_in(catalogue: Catalogue, ref: str, words: str) -> bool:
    """Whether a row holds the numbers of some words, or they count this one row."""
    cells = " ".join(str(cell) for cell in lineage(catalogue, ref).row.values())
    held = {float(found) for found in re.findall(r"\d+(?:\.\d+)?", cells)}
    said = [float(found) for found in re.findall(r"\d+(?:\.\d+)?", words.replace(",", ""))]
    return said == [1.0] or set(said) <= held


def counts(catalogue: Catalogue, number: Number, way: Whence) -> bool:
    """Whether a way leads to as many rows, or values, as a number says."""
    said = int(re.findall(r"\d[\d,]*", number.words)[0].replace(",", ""))
    if isinstance(way, str) or not number.each:
        return how_many(catalogue, way) == said
    sizes = rows_counted(catalogue, way).groupby(way.by.split(",")).size()
    return bool((sizes == said).all())


def test_every_number_that_is_noted_stands_in_its_sentence(build: Build) -> None:
    for exhibit_id, _, built in sentences(build):
        found = [number for *_, number in found_in(built.reading, built.numbers)]
        assert found == list(built.numbers), (exhibit_id, built.reading)
        found = [number for *_, number in found_in("  \n".join(built.notes), built.noted)]
        assert found == list(built.noted), (exhibit_id, built.notes)


def test_a_number_leads_to_exactly_what_it_counts(catalogue: Catalogue, build: Build) -> None:
    led = 0
    for exhibit_id, selection, built in sentences(build):
        for number in (*built.numbers, *built.noted):
            way = ways.counted_by(catalogue, number, selection)
            if number.worked:
                # Neither a cell nor a count: what it was worked out from is there, and is said.
                assert set(refs_counted(catalogue, way)) == set(number.refs(catalogue))
                assert '"' not in number.worked
            elif isinstance(way, str) and way:
                assert known(catalogue, way)
                assert stands_in(catalogue, way, number.words), (exhibit_id, number.words, way)
            elif not re.fullmatch(r"\d{4}", number.words):
                assert not way or counts(catalogue, number, way), (exhibit_id, number.words, way)
            led += bool(way)
    assert led > 400


def test_every_digit_of_a_sentence_leads_somewhere(catalogue: Catalogue, build: Build) -> None:
    left = []
    for exhibit_id, selection, built in sentences(build):
        said = ways.sentence(catalogue, built, exhibit_id, selection)
        said = re.sub(WAY, "", said)
        said = re.sub(NO_COUNT.get(exhibit_id, "$^"), "", said)
        said = re.sub(ANYWHERE, "", said)
        if re.search(r"\d", said):
            left.append((exhibit_id, selection.to_params(), said))
    assert left == []


def test_what_is_worked_out_of_no_rows_of_one_table_leads_to_the_rows_of_its_exhibit(
    catalogue: Catalogue, build: Build
) -> None:
    seen = set()
    for exhibit_id, selection, built in sentences(build):
        for number in built.numbers:
            if number.worked and not ways.counted_by(catalogue, number, selection):
                seen.add(exhibit_id)
                shown = f"show={exhibit_id}.table"
                said = ways.sentence(catalogue, built, exhibit_id, selection)
                assert shown in said, (exhibit_id, number.words)
                assert views.read(f"{exhibit_id}.table") == (f"{exhibit_id}.table", ())
                # Statements are sentences, not rows; a comparison is a table and has an order.
                assert built.is_comparison or not built.is_statements
    assert {"shared-members", "benefit-evidence-map", "compare-collaboratives"} <= seen


@pytest.mark.parametrize("vintage", ["2023", "2026"])
def test_words_on_coverage_lead_to_the_systems_they_count(
    catalogue: Catalogue, vintage: str
) -> None:
    for selection in (Selection(vintage=vintage), Selection(vintage=vintage, sector=("acute",))):
        words, numbers = coverage_words(map_rows(catalogue, selection))
        assert len(numbers) >= 3
        assert [n for *_, n in found_in(words, numbers)] == list(numbers)
        for number in numbers:
            way = ways.counted_by(catalogue, number, selection)
            assert way
            assert isinstance(way, str) or counts(catalogue, number, way)
    words, numbers = population_words(catalogue)
    assert words == ways.with_ways(catalogue, words, (), Selection())
    assert [n.words.split()[-1] for n in numbers] == ["120", "entries", "them"]


def test_the_sentence_without_its_links_is_the_sentence(catalogue: Catalogue, build: Build) -> None:
    for exhibit_id, selection, built in sentences(build):
        said = ways.sentence(catalogue, built, exhibit_id, selection)
        plain = re.sub(WAY, r"\1", said)
        assert plain == built.reading


def test_a_number_is_no_part_of_another_and_none_is_noted_without_rows() -> None:
    say = Sentence()
    words = f"141 pairs, {say('1 stated', 'footprints', ('footprints/a~b',))}"
    assert say("0 rose", "outcomes", ()) == "0 rose"
    (number,) = say.numbers
    assert [at for at, *_ in found_in(words, say.numbers)] == [words.index("1 stated")]
    assert [*found_in("11 stated", (number,))] == []
