"""Statements under filters: the list stays, a rule of style hides."""

import re
from collections.abc import Callable

import pytest

from components.exhibits import REGISTRY, Built
from components.ui.statements import statements
from data import Catalogue, Selection

Build = Callable[[str, Selection], Built]
LISTS = ("enablers", "risks", "opportunities", "good-practice", "board-questions", "key-messages",
         "governance-options", "delegation-insights")  # fmt: skip
FILTERS = (
    Selection(),
    Selection(sector=("mhlda",)),
    Selection(sector=("acute", "community")),
    Selection(tier=("published_report",)),
    Selection(q="board"),
)


@pytest.mark.parametrize("exhibit_id", LISTS)
def test_what_is_not_hidden_is_what_the_filters_leave(
    build: Build, catalogue: Catalogue, exhibit_id: str
) -> None:
    every = build(exhibit_id, Selection())
    for selection in FILTERS:
        left = build(exhibit_id, selection)
        if left.empty is not None:
            continue
        sent = statements(every.frame, left.frame, catalogue, "card")
        hidden = set(re.findall(r"\.s-([\w-]+)", sent.style))
        listed = re.findall(r'<details class="s-([\w-]+)">', sent.html)
        assert sorted(k for k in listed if k not in hidden) == sorted(left.frame["insight_id"])


@pytest.mark.parametrize("exhibit_id", LISTS)
def test_a_heading_is_hidden_with_the_last_statement_below_it(
    build: Build, catalogue: Catalogue, exhibit_id: str
) -> None:
    every = build(exhibit_id, Selection())
    for selection in FILTERS:
        left = build(exhibit_id, selection)
        if left.empty is not None:
            continue
        sent = statements(every.frame, left.frame, catalogue, "card")
        hidden = set(re.findall(r"\.([sg]-[\w-]+)", sent.style))
        for part in sent.html.split("<h3 ")[1:]:
            heading, *below = re.findall(r'class="([sg]-[\w-]+)"', part)
            assert (heading in hidden) == (set(below) <= hidden), (heading, selection)


@pytest.mark.parametrize("exhibit_id", LISTS)
def test_the_list_is_the_same_text_under_every_filter(
    build: Build, catalogue: Catalogue, exhibit_id: str
) -> None:
    """The browser then holds it already: what is sent is a reference and the rule."""
    every = build(exhibit_id, Selection())
    lefts = [build(exhibit_id, selection) for selection in FILTERS]
    texts = {
        statements(every.frame, left.frame, catalogue, "card").html
        for left in lefts
        if left.empty is None
    }
    assert len(texts) == 1


def test_the_lists_are_those_that_the_registry_has(build: Build) -> None:
    found = {
        e.id for e in REGISTRY
        if build(e.id, Selection()).is_statements and "insight_id" in build(e.id, Selection()).frame
    }  # fmt: skip
    assert found == set(LISTS)


def test_a_list_explains_a_term_where_it_first_uses_it(build: Build, catalogue: Catalogue) -> None:
    every = build("delegation-insights", Selection())
    sent = statements(every.frame, every.frame, catalogue, "card").html
    terms = re.findall(r'<a href="glossary\?term=([^"]+)" title="[^"]+">', sent)
    assert terms
    assert len(terms) == len(set(terms))
    summaries = re.findall(r"<summary>(.*?)</summary>", sent)
    assert not any("<a " in s for s in summaries), "a link in a title would open two things"
