"""Every interval of the survey worked out again, from what a reader is shown and nothing else.

What is printed: the percentage, the base or the bases that fit, whether it is a total of two
answers, and how many collaboratives there are. The formulas are those of the references in
``data/statistics.py``, written with binomial coefficients alone; nothing of that module is used.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

import pandas as pd
import pytest

from data import Catalogue, Selection
from data.comparisons import sector_pairs
from data.survey import published, question

TAIL = 0.025
Ends = tuple[float, float]


def counts(percent: float, base: int, is_total: bool) -> Iterator[int]:
    """Counts whose share is printed as ``percent``; a total is the sum of two printed shares."""
    step = 0.1 if percent % 1 else 1.0
    room = step if is_total else step / 2
    for count in range(base + 1):
        share = 100 * count / base
        if percent - room - 1e-9 <= share < percent + room - 1e-9:
            yield count


@cache
def finite(count: int, base: int, population: int) -> Ends:
    """The members with the answer under which neither tail of the draw is too unlikely."""

    def chance(members: int, drawn: int) -> float:
        ways = math.comb(members, drawn) * math.comb(population - members, base - drawn)
        return ways / math.comb(population, base)

    kept = [
        members
        for members in range(count, population - base + count + 1)
        if sum(chance(members, k) for k in range(count, base + 1)) > TAIL
        and sum(chance(members, k) for k in range(count + 1)) > TAIL
    ]
    return min(kept) / population, max(kept) / population


@cache
def endless(count: int, base: int) -> Ends:
    """The shares at which each tail of the binomial distribution is as unlikely as ``TAIL``."""

    def tail(share: float, drawn: range) -> float:
        return sum(math.comb(base, k) * share**k * (1 - share) ** (base - k) for k in drawn)

    def where(drawn: range, rises: bool) -> float:
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            if (tail(middle, drawn) > TAIL) == rises:
                high = middle
            else:
                low = middle
        return low

    lower = 0.0 if count == 0 else where(range(count, base + 1), True)
    upper = 1.0 if count == base else where(range(count + 1), False)
    return lower, upper


def numbers(listed: object) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", str(listed))]


def printed(catalogue: Catalogue) -> pd.DataFrame:
    """Every estimate with an interval, of every question."""
    ids = catalogue.table("survey_questions")["question_id"]
    rows = pd.concat([published(question(catalogue, Selection(), q).results) for q in ids])
    return rows[rows["interval_low"].notna()]


def by_hand(row: pd.Series) -> Ends:
    known = pd.notna(row["base_n"])
    bases = [int(row["base_n"])] if known else numbers(row["bases_possible"])
    size = numbers(row["interval_method"])
    ends = []
    for base in bases:
        for count in counts(float(row["percent"]), base, bool(row["is_aggregate"])):
            if pd.notna(row["count"]) and count != int(row["count"]):
                continue
            ends.append(finite(count, base, size[0]) if size else endless(count, base))
    return 100 * min(e[0] for e in ends), 100 * max(e[1] for e in ends)


def test_every_interval_of_a_share_can_be_worked_out_from_what_is_shown(
    catalogue: Catalogue,
) -> None:
    rows = printed(catalogue)
    rows = rows[rows["percent"].notna()]
    wrong = []
    for _, row in rows.iterrows():
        shown = float(row["interval_low"]), float(row["interval_high"])
        if by_hand(row) != pytest.approx(shown, abs=0.0501):
            wrong.append((row["question_id"], row["option_id"], row["sector_group"], shown))
    assert wrong == []
    assert len(rows) > 40
    assert set(rows["sector_group"]) == {"all", "acute", "mhlda", "community", "all_in"}


def test_every_difference_of_sectors_can_be_worked_out_from_what_is_shown(
    catalogue: Catalogue,
) -> None:
    pairs = sector_pairs(catalogue, "nov-2022")
    totals = catalogue.table("survey_results").set_index(["question_id", "option_id"])
    assert len(pairs) == 5
    for _, row in pairs.iterrows():
        is_total = bool(totals.loc[(row["question_id"], row["option_id"]), "is_aggregate"].any())
        one, other = (
            [(c / b, *endless(c, b)) for b in numbers(row[f"bases_{side}"])
             for c in counts(float(row[f"percent_{side}"]), b, is_total)]
            for side in ("first", "second")
        )  # fmt: skip
        ends = [
            (
                p - q - math.sqrt((p - low) ** 2 + (top - q) ** 2),
                p - q + math.sqrt((high - p) ** 2 + (q - bottom) ** 2),
            )
            for p, low, high in one
            for q, bottom, top in other
        ]
        shown = float(row["interval_low"]), float(row["interval_high"])
        found = 100 * min(e[0] for e in ends), 100 * max(e[1] for e in ends)
        assert found == pytest.approx(shown, abs=0.0501), row["option_id"]


def test_the_worked_examples_of_the_method_are_right() -> None:
    assert [round(120 * e) for e in finite(16, 40, 120)] == [33, 64]
    assert [round(100 * e) for e in finite(16, 40, 120)] == [28, 53]
    assert [round(100 * e) for e in endless(6, 10)] == [26, 88]
    assert [round(100 * e) for e in endless(7, 18)] == [17, 64]
    down, up = math.hypot(60 - 26, 64 - 39), math.hypot(88 - 60, 39 - 17)
    assert [round(21 - down), round(21 + up)] == [-21, 57]
