"""From numbers on the pages to their rows: every way that is written leads somewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from components import theme
from components.exhibits import REGISTRY, Built, build_exhibit
from components.exhibits import profile_words as words
from components.exhibits.appearances import row_refs
from components.exhibits.placing_words import asides_refs, told_of
from components.exhibits.survey_builder import QUESTIONS_OF
from components.ui import profile, profile_ways, ways
from components.ui.card_words import base_whence
from components.ui.evidence import outcomes_html
from components.ui.glossary import glossary_html
from components.ui.held import counted
from components.ui.navigation import PAGES
from components.ui.page_params import params_of
from components.ui.param_reads import Asked
from components.ui.parts import PARTS
from components.ui.side_by_side import comparison_html
from components.ui.statements import statements_html
from components.ui.table_page import conditions_of
from data import Catalogue, Selection
from data.counted import Counted, Whence, how_many, refs_counted, rows_counted, with_cells
from data.lineage import known
from data.placing import Answers, asked, standings
from data.table_filters import table_rows
from data.vintages import VINTAGES, areas
from data.where import read_out

Build = Callable[[str, Selection], Built]
LISTS = ("enablers", "risks", "opportunities", "good-practice", "board-questions", "key-messages",
         "governance-options", "delegation-insights")  # fmt: skip
FINDINGS = ("priorities-next-year", "delegation-intent", "outcomes-by-benefit", "challenges",
            "icb-relationship", "improvement-journey")  # fmt: skip
FILTERS = (
    Selection(), Selection(sector=("mhlda",)), Selection(region=("E40000003",)),
    Selection(sector=("acute", "community"), tier=("published_report",)), Selection(q="patients"),
)  # fmt: skip

STANDING = (
    Selection(),
    Selection(sector=("acute",), region=("E40000012",), wave="nov-2022", tier=("press",)),
)
"""Filters that a reader may have set where a link is followed: none, and some that leave little."""


def links(text: str) -> list[tuple[str, str]]:
    """(address, accessible name or words) of every link of a piece of HTML to rows."""
    found = re.findall(
        r'<a href="((?:row|tables)\?[^"]*)"(?: aria-label="([^"]*)")?>(.*?)</a>', text
    )
    return [(html.unescape(a), html.unescape(label or told)) for a, label, told in found]


def rows_at(catalogue: Catalogue, address: str) -> pd.DataFrame:
    """The rows that the page *Tables* shows at an address, by the code that the page reads it by.

    A part of the address that the page would drop fails here, and so does one that shows other
    rows where filters are set than where none is.
    """
    found, *others = [_rows_at(catalogue, address, one) for one in STANDING]
    assert all(found.index.equals(other.index) for other in others), address
    return found


def _rows_at(catalogue: Catalogue, address: str, standing: Selection) -> pd.DataFrame:
    params = {name: values[0] for name, values in
              parse_qs(urlsplit(address).query, strict_parsing=True).items()}  # fmt: skip
    taken = params_of("tables")
    for name, value in params.items():
        if name in taken:
            kept, dropped = taken[name].read(Asked(catalogue, "tables", params), value)
            written = ",".join(read_out(value)) if name == "where" else value
            assert (kept, dropped) == (written, ()), address
    name = params["table"]
    chosen, dropped = Selection.from_params(params, catalogue.known_values)
    assert dropped == ()
    # As on the page: filters of the link stand in place of those that a reader has set.
    acting = chosen if chosen.active else standing
    whole = params.get("filtered") == "no"
    rows = table_rows(catalogue, name, Selection() if whole else acting)
    where = read_out(params.get("where", ""))
    assert set(where) <= set(conditions_of(catalogue, name, where))
    return with_cells(rows, where)


def leads(catalogue: Catalogue, text: str) -> int:
    """Check that every link of a piece of HTML leads to a row or to rows; how many there are."""
    found = links(text)
    for address, told in found:
        assert told.strip()
        if address.startswith("row?"):
            (ref,) = parse_qs(urlsplit(address).query)["row"]
            assert known(catalogue, ref), address
        else:
            assert len(rows_at(catalogue, address)) > 1, address
    return len(found)


def pairs(catalogue: Catalogue, exhibit_id: str) -> Iterator[Built]:
    """Every collaborative, or every system, compared with some other."""
    ids = catalogue.icb_names if exhibit_id == "compare-systems" else catalogue.collaborative_names
    dimension = "icb" if exhibit_id == "compare-systems" else "collaborative"
    every = list(ids)
    for start in range(0, len(every), 4):
        # The last ones may be too few: then with those before them.
        some = every[max(0, min(start, len(every) - 4)) :][:4]
        chosen: dict[str, Any] = {dimension: tuple(some)}
        yield build_exhibit(catalogue, Selection(**chosen), exhibit_id)


@pytest.mark.parametrize("exhibit_id", ["compare-collaboratives", "compare-systems"])
def test_every_value_that_is_compared_leads_to_its_row_and_every_count_to_as_many(
    catalogue: Catalogue, exhibit_id: str
) -> None:
    counts = 0
    for built in pairs(catalogue, exhibit_id):
        assert leads(catalogue, comparison_html(built.frame, built.whence)) == len(built.frame)
        rows = built.frame.to_dict("records")
        for row, whence in zip(rows, built.whence, strict=True):
            number = re.search(r"(?:^|: )(\d+)$", str(row["value"]))
            if number and isinstance(whence, Counted):
                counts += 1
                assert len(refs_counted(catalogue, whence)) == int(number.group(1)), row
    assert counts


@pytest.mark.parametrize("exhibit_id", LISTS)
def test_the_source_of_every_statement_leads_to_its_row(
    build: Build, catalogue: Catalogue, exhibit_id: str
) -> None:
    frame = build(exhibit_id, Selection()).frame
    text = statements_html(frame, catalogue)
    leads(catalogue, text)
    assert text.count('<small><a href="row?row=insights%2F') == len(frame)


def test_every_figure_and_result_that_bears_on_a_statement_leads_to_its_row(
    build: Build, catalogue: Catalogue
) -> None:
    frame = pd.concat([build(e, Selection()).frame for e in LISTS]).drop_duplicates("insight_id")
    text = statements_html(frame.assign(told_under="All"), catalogue)
    table = catalogue.table("insight_links")
    numbers = table[
        table["insight_id"].isin(frame["insight_id"]) & (table["kind"] != "collaborative")
    ]
    assert len(re.findall(r'<sup class="way">', text)) == len(numbers)


def test_every_result_in_a_list_leads_to_its_row(build: Build, catalogue: Catalogue) -> None:
    frame = build("outcome-list", Selection()).frame
    assert leads(catalogue, outcomes_html(frame)) == len(frame)


def test_every_term_leads_to_its_row(catalogue: Catalogue) -> None:
    rows = catalogue.table("glossary")
    assert leads(catalogue, glossary_html(rows, catalogue)) == len(rows)


def test_what_stands_beside_an_answer_leads_to_the_rows_it_tells(catalogue: Catalogue) -> None:
    questions = asked(catalogue, Selection())
    for sector in theme.SECTOR_SHORT:
        answers = Answers({q.key: tuple(q.options) for q in questions}, sector, "")
        by_question: dict[str, list[Any]] = {}
        for one in standings(catalogue, Selection(), answers):
            assert all(known(catalogue, ref) for ref in (*asides_refs(one), *one.doubt_refs))
            assert len(one.doubts) == len(one.doubt_refs)
            if one.ask.kind == "survey":
                by_question.setdefault(one.ask.key, []).append(one)
        for of_one in by_question.values():
            for told, _ in told_of(of_one, answers):
                for sentence, ref in zip(told.sentences, told.refs, strict=True):
                    assert bool(ref) == bool(re.search(r"\d", sentence)), sentence
                    assert not ref or known(catalogue, ref)


def _as_many(catalogue: Catalogue, whence: Whence, count: int) -> None:
    assert len(refs_counted(catalogue, whence)) == count, whence


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_fact_at_the_head_of_a_collaborative_leads_to_its_rows(
    catalogue: Catalogue, vintage: str
) -> None:
    for key in catalogue.collaborative_names:
        made = words.full_collaborative(catalogue, key, vintage)
        found, said = profile_ways.of_collaborative(catalogue, made), words.key_facts(made)
        assert set(found) == {name for name, _ in said}
        assert leads(catalogue, profile.facts(said, found)) >= len(said)
        if made.members:
            _as_many(catalogue, found["Members"][-1], len(made.members))
        if made.footprint and vintage == VINTAGES[0]:
            _as_many(catalogue, found["Systems"][-1], len(made.footprint))


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_fact_at_the_head_of_a_system_leads_to_its_rows(
    catalogue: Catalogue, vintage: str
) -> None:
    for code in areas(catalogue, vintage)["area_id"]:
        made = words.full_system(catalogue, code, vintage)
        found, said = profile_ways.of_system(catalogue, made), words.system_facts(made)
        leads(catalogue, profile.facts(said, found))
        assert {name for name, _ in said} == set(found)
        # Which these are is worked out from the boundaries; their rows are as many as are said.
        (beside,) = found[words.NEIGHBOURS]
        assert how_many(catalogue, beside) == len(made.neighbours)
        told = {
            "Collaboratives": made.footprints if vintage == VINTAGES[0] else (),
            words.ORGANISATIONS_HERE: made.organisations,
            "Outcomes reported by them": made.outcomes,
        }
        for name, facts in told.items():
            if facts:
                _as_many(catalogue, found[name][0], len(facts))
        assert found["Region"][0]
        assert bool(made.footprints) == bool(found["Collaboratives"][0])
        assert bool(made.changes) == any(found["April 2026"])


def test_the_headline_numbers_are_the_numbers_of_rows_they_lead_to(catalogue: Catalogue) -> None:
    stated = catalogue.table("survey_results")
    expected = {
        "Collaboratives": len(catalogue.table("collaboratives")),
        "Organisations": len(catalogue.table("organisations")),
        "Outcomes": int(catalogue.table("outcomes")["is_shown"].sum()),
        "Survey values": int((stated["percent"].notna() | stated["count"].notna()).sum()),
        "Discrepancies": len(catalogue.table("discrepancies")),
        "Sources": len(catalogue.table("sources")),
    }
    found = counted(catalogue)
    assert {name: len(rows_counted(catalogue, way)) for name, way in found.items()} == expected
    for name, way in found.items():
        assert len(rows_at(catalogue, ways.address_of(way))) == expected[name]


@pytest.mark.parametrize("selection", FILTERS, ids=str)
@pytest.mark.parametrize("exhibit_id", FINDINGS)
def test_a_sentence_of_the_overview_leads_to_the_rows_it_speaks_of(
    build: Build, catalogue: Catalogue, exhibit_id: str, selection: Selection
) -> None:
    built = build(exhibit_id, selection)
    if built.empty is not None:
        return
    address = _address(ways.finding(catalogue, built, exhibit_id, selection))
    assert address.startswith(("tables?", "row?")), address
    if address.startswith("row?"):
        (ref,) = parse_qs(urlsplit(address).query)["row"]
        assert set(row_refs(catalogue, built.frame)) == {ref}
        return
    rows = rows_at(catalogue, address)
    spoken = built.frame
    if "is_shown" in spoken:
        spoken = spoken[spoken["is_shown"].astype(bool)]
    assert len(rows) == len(set(row_refs(catalogue, spoken)))
    if exhibit_id == "outcomes-by-benefit":
        assert built.reading.startswith(f"{len(rows)} outcome")


@pytest.mark.parametrize("page", PARTS)
def test_every_sentence_of_a_chapter_leads_on(
    build: Build, catalogue: Catalogue, page: str
) -> None:
    for part in PARTS[page]:
        lead = part.lead or part.exhibits[0]
        address = _address(ways.finding(catalogue, build(lead, Selection()), lead, Selection()))
        if address.startswith("tables?"):
            assert not rows_at(catalogue, address).empty
        elif address.startswith("row?"):
            assert known(catalogue, parse_qs(urlsplit(address).query)["row"][0])
        else:
            path, _, name = address.partition("?at=")
            spec = next(p for p in PAGES if p.url_path == path)
            assert name == lead
            assert lead in (*spec.exhibits, *spec.on_choice)


def _address(link: str) -> str:
    found = re.fullmatch(r'\[Where from\]\((\S+) "[^"]+"\)', link)
    assert found, link
    return found.group(1)


def test_a_link_says_what_it_asks_whatever_signs_the_value_has() -> None:
    sign = '<b onclick="x">[67%](elsewhere)'
    made = ways.mark("outcomes/a", sign)
    assert "<b onclick" not in made
    assert re.fullmatch(
        r'<sup class="way"><a href="[^"]+" aria-label="[^"]+">\[row\]</a></sup>', made
    )
    _address(ways.link("outcomes/a", sign))
    assert ways.mark("", sign) == ways.link("", sign) == ""


def test_every_exhibit_that_is_a_table_of_words_is_reached_by_a_test_above(build: Build) -> None:
    found = {
        e.id for e in REGISTRY
        if build(e.id, Selection()).is_statements and "insight_id" in build(e.id, Selection()).frame
    }  # fmt: skip
    assert found == set(LISTS)


@pytest.mark.parametrize("vintage", VINTAGES)
def test_what_two_collaboratives_share_leads_to_the_rows_of_both(
    catalogue: Catalogue, vintage: str
) -> None:
    led = 0
    for key in [*catalogue.collaborative_names][::5]:
        made = words.full_collaborative(catalogue, key, vintage)
        for other in made.related:
            for table, shared in (("memberships", other.members), ("footprints", other.systems)):
                if not shared:
                    continue
                pair = key, other.collaborative_id
                way = profile_ways.in_common(catalogue, table, *pair, vintage == "2026")
                assert isinstance(way, Counted), (pair, table)
                rows = rows_counted(catalogue, way)
                assert set(rows["collaborative_id"]) == set(pair)
                # Systems of April 2026 are carried over: the footprints that this rests on.
                if table == "memberships" or vintage == "2023":
                    assert how_many(catalogue, way) == len(shared) == len(rows) / 2
                led += 1
    assert led > 20


def test_the_sources_of_a_profile_lead_to_their_rows(catalogue: Catalogue) -> None:
    made = words.full_collaborative(catalogue, "wyaat")
    assert leads(catalogue, profile.sources(made)) == len(made.citations) > 1


def test_a_base_leads_to_the_questions_whose_answers_are_drawn(
    catalogue: Catalogue, build: Build
) -> None:
    led = 0
    for exhibit in REGISTRY:
        built = build(exhibit.id, Selection())
        way = base_whence(built, catalogue, exhibit.id)
        if exhibit.id not in QUESTIONS_OF or not way:
            assert isinstance(way, str | Counted)
            continue
        led += 1
        refs = refs_counted(catalogue, way)
        if "Fieldwork" in built.base:
            assert refs == ["survey_waves/nov-2022"]
            continue
        asked = [ref.split("~")[-1] for ref in refs]
        assert set(asked) == set(QUESTIONS_OF[exhibit.id]), exhibit.id
        known_of = catalogue.table("survey_questions").set_index("question_id")["base_n"]
        known_of = known_of[asked].dropna()
        # Where a question has no base of its own, the words say of which answers it is.
        if "fits most" not in built.base:
            numbers = re.findall(r"\d+", re.sub(r"the other \d+", "", built.base))
            assert set(numbers) <= {str(n) for n in known_of}, exhibit.id
    assert led > 10
