"""Every number in an exhibit's sentence can be found again in its rows, under every filter.

Found again means: it stands in a cell, or it counts rows, different values of a column, rows that
hold one value, or what is left of any of these. ``test_exhibits_survey_readings.py`` is stricter
with the survey; here no registered exhibit is left out.
"""

import re
from collections.abc import Callable
from itertools import permutations

import pandas as pd
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.deck import DeckMap
from components.exhibits.survey_builder import QUESTIONS_OF
from data import Catalogue, Selection
from data.query import collaboratives, systems
from data.statistics import LEVEL
from tests.components.test_exhibits_all import SELECTIONS

Build = Callable[[str, Selection], Built]

NUMBER = re.compile(r"(?<![\w-])[−+-]?\d[\d,]*(?:\.\d+)?")
QUOTED = re.compile(r"“[^”]*”")
TRIED = (
    "nothing filtered", "acute", "mhlda, wave and vintage named", "specialised", "two sectors",
    "a region", "a system", "a collaborative", "governance not published", "achieved", "planned",
    "a benefit", "a tier", "a service", "numbers without a starting value", "four systems",
)  # fmt: skip
"""Of all selections those that leave different rows: each is built and read anew."""
IDS = [e.id for e in REGISTRY if e.id not in QUESTIONS_OF]


def said(text: str) -> set[float]:
    """Numbers in a sentence, without their signs; those in quoted labels are the labels' own."""
    found = NUMBER.findall(QUOTED.sub("", text))
    return {abs(float(n.replace("−", "-").replace(",", ""))) for n in found}


def in_cells(frame: pd.DataFrame) -> set[float]:
    """Numbers that stand in a frame: as a value, or within a text."""
    found: set[float] = set()
    for column in frame:
        if pd.api.types.is_bool_dtype(frame[column]):
            continue
        if pd.api.types.is_numeric_dtype(frame[column]):
            found |= {abs(float(v)) for v in frame[column].dropna()}
        else:
            found |= said(" ".join(map(str, frame[column].dropna().unique())))
    return found | {float(round(v)) for v in found}


def counted(frame: pd.DataFrame) -> set[float]:
    """What can be counted in a frame: rows, values of a column, rows of one value, and the rest."""
    size = len(frame)
    found = {size}
    for column in frame:
        values = frame[column].dropna()
        rows = values.value_counts()
        found |= {len(values), len(rows), *map(int, rows)}
        if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            found |= {int(values.sum()), int((values > 0).sum()), int((values > 1).sum())}
        elif values.astype(str).str.contains("; ").any():
            parts = values.astype(str).str.split("; ").explode()
            found |= {parts.nunique(), len(parts)}
    return {float(n) for n in found | {size - n for n in found}}


def counted_across(frame: pd.DataFrame) -> set[float]:
    """Counts over two columns: values of one by the other, and rows with both."""
    found: set[int] = set()
    few = [str(c) for c in frame if frame[c].nunique() <= 80]
    for one, other in permutations(few, 2):
        several = frame.groupby(one, observed=True)[other].nunique()
        both = frame[[one, other]].dropna()
        found |= {len(both), len(both.drop_duplicates()), both[one].nunique(), *map(int, several)}
        found |= {int((several > n).sum()) for n in (0, 1, 2)}
        found |= {int(n) for n in both.groupby(other, observed=True)[one].nunique()}
    return {float(n) for n in found}


def drawn(built: Built, every: bool) -> pd.DataFrame:
    """What a map shows, one row an area, every one or the shaded; empty for what is no map."""
    if not isinstance(built.figure, DeckMap):
        return pd.DataFrame()
    areas = [a for a in built.figure.areas if every or a.fill not in ("none", "filtered")]
    rows = [(a.code, a.fill, a.pattern, a.letter, a.summary) for a in areas]
    return pd.DataFrame(rows, columns=["code", "fill", "pattern", "letter", "summary"])


def one_each(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a collaborative, where rows are its areas or members."""
    return frame.drop_duplicates("name") if "name" in frame else frame


def shown_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that a sentence speaks of: without values that a rule set aside, where there are."""
    if "is_shown" in frame and frame["is_shown"].astype(bool).any():
        return frame[frame["is_shown"].astype(bool)]
    return frame


def known_beside(catalogue: Catalogue, selection: Selection) -> set[float]:
    """What a sentence may say of all that the filters leave: collaboratives, systems, members."""
    left = collaboratives(catalogue, selection)
    members = catalogue.table("memberships")
    counts = [len(left), len(systems(catalogue, selection))]
    for some in (left, left[left["status"].isin(["operating", "planned"])]):
        mine = members["collaborative_id"].isin(some["collaborative_id"])
        counts.append(members.loc[mine, "organisation_id"].nunique())
    return {*map(float, counts), 100 * LEVEL}


def test_a_number_that_is_not_in_the_rows_is_noticed() -> None:
    frame = pd.DataFrame({"value": [4.6, 4.9], "who": ["a", "b"]})
    assert said("2 values, 4.6 and 77, of “7 days”.") - in_cells(frame) - counted(frame) == {77}


@pytest.mark.parametrize("exhibit_id", IDS)
def test_every_number_said_is_found_again(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    done: set[int] = set()
    for name in TRIED:
        selection = SELECTIONS[name]
        built = build(exhibit_id, selection)
        # A filter that makes no difference gives the same value again.
        if built.empty or id(built) in done:
            continue
        done.add(id(built))
        missing = said(built.reading)
        relevant = selection.only(REGISTRY[exhibit_id].responds_to)
        rows = (
            shown_rows(built.frame), drawn(built, False), drawn(built, True), one_each(built.frame),
        )  # fmt: skip
        # What costs most is looked for last, and only for what was not found before.
        for find in (in_cells, counted, counted_across):
            for frame in rows:
                missing = missing - find(frame) if missing else missing
            if missing:
                missing = missing - known_beside(catalogue, relevant)
        assert not missing, f"{name}: {sorted(missing)} in “{built.reading}”"
