"""Every number of the survey report is shown: by which exhibit, and on which page.

The numbers are those of ``tests/data/survey_report_numbers.csv``, read off the report itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest

from components.exhibits import Built
from components.exhibits.survey_builder import QUESTIONS_OF
from components.ui.ways import page_of
from data import Catalogue, Selection
from tests.components.conftest import Build

LIST = Path(__file__).parents[1] / "data" / "survey_report_numbers.csv"
NUMBERS = list(csv.DictReader(LIST.open(encoding="utf-8", newline="")))


def _name(one: dict[str, str]) -> str:
    return f"{one['question']}/{one['option']}/{one['sector']}={one['number']}-{one['as']}"


def _words(figure: go.Figure) -> Iterator[str]:
    """The labels of marks and bars, and what is written into the picture; not what is on hover."""
    for trace in figure.data:
        text = getattr(trace, "text", None)
        yield from ([text] if isinstance(text, str) else [str(t) for t in text or ()])
    yield from (str(note.text) for note in figure.layout.annotations)


def _shows(built: Built, option: str, one: dict[str, str]) -> bool:
    """Whether a reader meets a number on the card without asking: written on it, or drawn."""
    if one["question"] != "respondents":
        frame = built.frame
        if "question_id" not in frame:
            return False
        here = (frame["question_id"] == one["question"]) & (frame["option"] == option)
        if not here.any():
            return False
    said = [built.reading, built.base, *built.notes]
    drawn: set[float] = set()
    if isinstance(built.figure, go.Figure):
        said += _words(built.figure)
        xs = [x for trace in built.figure.data if trace.x is not None for x in trace.x]
        drawn = {abs(float(x)) for x in xs if isinstance(x, int | float)}
    alone = re.compile(rf"(?<![\d.]){re.escape(one['number'])}(?!\.?\d)")
    return float(one["number"]) in drawn or any(alone.search(text) for text in said)


@pytest.mark.parametrize("one", NUMBERS, ids=_name)
def test_a_number_of_the_report_is_shown_by_an_exhibit_of_a_page(
    catalogue: Catalogue, build: Build, one: dict[str, str]
) -> None:
    table = catalogue.table("survey_results")
    mine = (table["question_id"] == one["question"]) & (table["option_id"] == one["option"])
    option = str(table.loc[mine, "option"].iloc[0])
    shown = [
        exhibit
        for exhibit, asked in QUESTIONS_OF.items()
        if one["question"] in asked and _shows(build(exhibit, Selection()), option, one)
    ]
    assert any(page_of(exhibit) for exhibit in shown), f"{_name(one)}: on no exhibit of a page"
