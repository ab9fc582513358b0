"""Every number in a sentence about the survey stands in the rows below it, under every filter."""

import re
from collections.abc import Callable

import pandas as pd
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.survey_builder import QUESTIONS_OF
from data import Catalogue, Selection

Build = Callable[[str, Selection], Built]

SECTORS = ("acute", "mhlda", "community", "all_in", "specialised", "ambulance")
SELECTIONS = [
    Selection(),
    Selection(wave="nov-2022"),
    Selection(region=("E40000003",), status=("achieved",)),
    *(Selection(sector=(s,)) for s in SECTORS),
    Selection(sector=("acute", "mhlda")),
    Selection(sector=("community", "all_in")),
    Selection(sector=("mhlda", "ambulance")),
    Selection(sector=SECTORS[:4]),
    Selection(sector=SECTORS),
]
NUMBER = re.compile(r"[−+-]?\d+(?:\.\d+)?")
# Labels and names may hold digits of their own.
QUOTED = re.compile(r"“[^”]*”")


def said(text: str) -> set[float]:
    """Numbers in a sentence, apart from those in quoted labels, without their signs."""
    rest = QUOTED.sub("", text).replace("past 12 months", "")
    return {abs(float(n.replace("−", "-"))) for n in NUMBER.findall(rest)}


def known(frame: pd.DataFrame) -> set[float]:
    """Every number of a frame, also rounded to whole ones as they are read out."""
    columns = frame.select_dtypes("number").columns
    found = {abs(float(v)) for c in columns for v in frame[c].dropna()}
    return found | {float(n) for v in found for n in (int(v), int(v) + 1) if abs(v - n) <= 0.5}


def counts(exhibit_id: str, frame: pd.DataFrame) -> set[float]:
    """What a sentence counts up in its rows."""
    if exhibit_id == "delegation-barriers":
        everyone = frame.loc[frame["group"] == "All respondents", "count_fitted"].dropna()
        return {float(len(everyone)), float(everyone.max() - everyone.min())}
    if exhibit_id == "sector-differences":
        clear = int(frame["is_clear"].sum())
        return {float(len(frame)), float(clear)}
    if exhibit_id == "benefits-named":
        return {float(len(frame))}
    return set()


def test_numbers_are_found_with_signs_and_without_labels() -> None:
    assert said("“Top 3”: 9.8% (+76 points, −12 to +22) of 43.") == {9.8, 76, 12, 22, 43}


@pytest.mark.parametrize("exhibit_id", QUESTIONS_OF)
def test_every_number_said_is_in_the_rows(build: Build, exhibit_id: str) -> None:
    spoken: set[float] = set()
    for selection in SELECTIONS:
        built = build(exhibit_id, selection)
        if built.empty:
            continue
        numbers = said(built.reading)
        missing = numbers - known(built.frame) - counts(exhibit_id, built.frame)
        assert missing == set(), (selection, built.reading)
        spoken |= numbers
    assert spoken


@pytest.mark.parametrize("exhibit_id", QUESTIONS_OF)
def test_every_number_said_of_two_waves_is_in_the_rows(
    two_waves: Catalogue, exhibit_id: str
) -> None:
    for selection in (Selection(), Selection(sector=("acute",)), Selection(wave="nov-2022")):
        built = REGISTRY[exhibit_id].build(two_waves, selection)
        if built.empty:
            continue
        missing = said(built.reading) - known(built.frame) - counts(exhibit_id, built.frame)
        assert missing == set(), (selection, built.reading)


@pytest.mark.parametrize("exhibit_id", QUESTIONS_OF)
def test_every_label_quoted_is_in_the_rows(build: Build, exhibit_id: str) -> None:
    for selection in SELECTIONS:
        built = build(exhibit_id, selection)
        if built.empty or "option" not in built.frame:
            continue
        quoted = {q.strip("“”") for q in QUOTED.findall(built.reading)}
        assert quoted <= set(built.frame["option"]), selection


@pytest.mark.parametrize("exhibit_id", ["priorities-past-year", "governance-models"])
def test_the_answer_named_first_has_the_largest_share(build: Build, exhibit_id: str) -> None:
    built = build(exhibit_id, Selection())
    everyone = built.frame[built.frame["group"] == "All respondents"]
    first = everyone.sort_values("percent", ascending=False)["option"].iloc[0]
    assert QUOTED.findall(built.reading)[0].strip("“”") == first
