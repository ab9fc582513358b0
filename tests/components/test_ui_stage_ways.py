"""Every number of a slide leads to the rows that it was computed from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import parse_qs, urlsplit

import pytest

from components.stories import ToldStep, cached_build, subjects_of, tell, walkthroughs
from components.stories.model import Behind
from components.ui.stage_ways import address_behind, words_html
from data import Catalogue
from data.counted import with_cells
from data.lineage import lineage
from data.where import read_out

WHEN = r"\b20\d\d(?:[/–-]\d\d)?\b"
"""A year, or two: a name of when, not a count."""
_LINK = re.compile(r'<a href="([^"]+)" title="[^"]+">([^<]*)</a>')


@pytest.fixture(scope="module")
def steps(catalogue: Catalogue) -> list[ToldStep]:
    """Every step of every story, of the first subjects where it is told of one."""

    def told() -> Iterator[ToldStep]:
        build = cached_build(catalogue)
        for story in walkthroughs(catalogue):
            for subject in islice(subjects_of(catalogue, story), 0, None, 20):
                yield from tell(catalogue, story, subject, build).steps

    return list(told())


def digits(words: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", re.sub(WHEN, "", words))


def test_no_number_of_a_slide_is_a_dead_end(catalogue: Catalogue, steps: list[ToldStep]) -> None:
    silent = [
        (step.step.id, said)
        for step in steps
        if not step.gaps
        for said in (step.headline, *step.points)
        if digits(unescape(_LINK.sub("", words_html(catalogue, step, said))))
    ]
    assert silent == []


@pytest.fixture(scope="module")
def figures(
    catalogue: Catalogue, steps: list[ToldStep]
) -> list[tuple[str, str, Behind, str, dict[str, str]]]:
    """Step, words, rows, page and parameters of every figure."""
    found = []
    for step in steps:
        for name, behind in step.behind.items():
            words = step.values[name] or ""
            goal = urlsplit(address_behind(catalogue, behind, words))
            params = {key: values[0] for key, values in parse_qs(goal.query).items()}
            found.append((step.step.id, words, behind, goal.path, params))
    return found


def test_a_number_that_is_read_in_a_row_stands_there(
    catalogue: Catalogue, figures: list[tuple[str, str, Behind, str, dict[str, str]]]
) -> None:
    met, wrong = 0, []
    for step, words, behind, page, params in figures:
        if behind.counts or not digits(words) or page != "row":
            continue
        met += 1
        cells = " ".join(str(c) for c in lineage(catalogue, params["row"]).row.values())
        if not set(digits(words)) <= set(digits(re.sub(r"\.0\b", "", cells))):
            wrong.append((step, words, params["row"]))
    assert met > 40
    assert wrong == []


def test_a_number_that_counts_rows_leads_to_as_many(
    catalogue: Catalogue, figures: list[tuple[str, str, Behind, str, dict[str, str]]]
) -> None:
    met, wrong = 0, []
    for step, words, behind, page, params in figures:
        if not behind.counts or behind.by or page != "tables" or "filtered" not in params:
            continue
        met += 1
        where = read_out(params.get("where", ""))
        rows = with_cells(catalogue.table(params["table"]), where)
        if digits(words) and digits(words)[0] != str(len(rows)):
            wrong.append((step, words, len(rows)))
    assert met > 5
    assert wrong == []
