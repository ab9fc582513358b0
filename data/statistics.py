"""Intervals for shares of a small survey: arithmetic only, no tables.

**One share.** ``count`` of ``base`` answers, drawn without replacement from a population of known
size: the two-sided exact interval that inverts the hypergeometric distribution, each tail at half
of what is left over (Wright, T., *Exact Confidence Bounds when Sampling from Small Finite
Universes*, Lecture Notes in Statistics 66, Springer 1991; Buonaccorsi, J. P., "A note on confidence
intervals for proportions in finite populations", *The American Statistician* 41, 1987). Without a
population size, the same for an endless one: Clopper and Pearson, *Biometrika* 26, 1934. Both cover
the true share at least as often as they say, whatever it is.

**Two shares.** Their difference with Newcombe's square-and-add interval (Newcombe, R. G., "Interval
estimation for the difference between independent proportions", *Statistics in Medicine* 17, 1998,
873-890, method 10), with the exact limits above in place of the score limits, as Zou and Donner
allow for any pair of limits ("Construction of confidence limits about effect measures", *Statistics
in Medicine* 27, 2008). So a reader can work it out by hand from the two intervals shown, and a
finite population is allowed for in each wave. Exact limits make it wider than Newcombe's own.
Unlike a single interval it comes with no guarantee: where every outcome was counted (see the tests)
it held the true difference at least 95 times in 100 for groups like the survey's sectors, and at
least 94 for small finite populations.

**A share published as a rounded percentage** stands for every count that rounds to it, and where
its base is not published for every base too. The interval is then the widest: from the lowest of
their lower limits to the highest of their upper ones.

Every interval speaks of the chance of who happened to answer. It says nothing of people who did
not answer *because* of what they would have said.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product

LEVEL = 0.95
"""Confidence level of every interval of the Atlas."""

MOST_BASES = 60
"""How many bases that fit are looked at, from the smallest on: larger ones give narrower limits."""


@dataclass(frozen=True)
class Sample:
    """Answers to one question.

    Attributes:
        count: How many gave the answer.
        base: How many were asked and answered at all.
        population: How many there are, or ``None`` where that is not known.
    """

    count: int
    base: int
    population: int | None = None

    def __post_init__(self) -> None:
        if self.base < 1 or not 0 <= self.count <= self.base:
            raise ValueError(
                f"expected a base of at least 1 and a count from 0 to the base, found count "
                f"{self.count} of base {self.base}; correct the row of survey_results"
            )
        if self.population is not None and self.population < self.base:
            raise ValueError(
                f"expected a population of at least the base {self.base}, found "
                f"{self.population}; leave it out where it is not known"
            )

    @property
    def share(self) -> float:
        """Count by base, from 0 to 1."""
        return self.count / self.base


@dataclass(frozen=True)
class Limits:
    """Both ends of an interval, as shares (a difference lies between -1 and 1)."""

    low: float
    high: float

    def __contains__(self, share: float) -> bool:
        return self.low <= share <= self.high


def ready() -> None:
    """Load SciPy's statistics now (about a second, once a process) instead of at the first use."""
    limits(Sample(1, 2, 3))
    limits(Sample(1, 2))


@lru_cache(maxsize=20_000)
def limits(sample: Sample, level: float = LEVEL) -> Limits:
    """Exact interval for the share of the population that would give the answer.

    Args:
        sample: What was answered.
        level: Confidence level, between 0 and 1.

    Returns:
        Shares from 0 to 1. Of a whole population it is the share itself.
    """
    # Half a second to load, which a page without a survey chart need not pay.
    from scipy.stats import binomtest  # noqa: PLC0415

    if sample.population is None:
        found = binomtest(sample.count, sample.base).proportion_ci(level, method="exact")
        return Limits(float(found.low), float(found.high))
    return _finite(sample.count, sample.base, sample.population, (1 - level) / 2)


def _finite(count: int, base: int, population: int, tail: float) -> Limits:
    """The members of the population with the answer that leave more than ``tail`` on each side."""
    from scipy.stats import hypergeom  # noqa: PLC0415

    least, most = count, population - base + count
    low, high = least, most
    # P(at least count) grows with the number of members, so the first that exceeds is found by
    # halving; the same from above for P(at most count).
    while low < high:
        middle = (low + high) // 2
        if hypergeom.sf(count - 1, population, middle, base) > tail:
            high = middle
        else:
            low = middle + 1
    lower = low
    low, high = least, most
    while low < high:
        middle = (low + high + 1) // 2
        if hypergeom.cdf(count, population, middle, base) > tail:
            low = middle
        else:
            high = middle - 1
    return Limits(lower / population, low / population)


def difference(first: Sample, second: Sample, level: float = LEVEL) -> Limits:
    """Interval for the share of the first minus that of the second, both drawn independently."""
    return square_and_add(first.share, limits(first, level), second.share, limits(second, level))


def square_and_add(here: float, one: Limits, there: float, other: Limits) -> Limits:
    """Interval of a difference from the intervals of its two sides.

    Args:
        here: Share of the first side.
        one: Its interval.
        there: Share of the second side.
        other: Its interval.
    """
    return Limits(
        here - there - math.hypot(here - one.low, other.high - there),
        here - there + math.hypot(one.high - here, there - other.low),
    )


def widest(intervals: Iterable[Limits]) -> Limits:
    """From the lowest lower limit to the highest upper one.

    Raises:
        ValueError: There is no interval.
    """
    found = list(intervals)
    if not found:
        raise ValueError("expected at least one interval, found none")
    return Limits(min(i.low for i in found), max(i.high for i in found))


def widest_limits(samples: Sequence[Sample], level: float = LEVEL) -> Limits:
    """The widest interval over every sample that a published share can stand for."""
    return widest(limits(s, level) for s in samples)


def widest_difference(
    first: Sequence[Sample], second: Sequence[Sample], level: float = LEVEL
) -> Limits:
    """The widest difference over every pair that two published shares can stand for."""
    return widest(difference(one, other, level) for one, other in product(first, second))


def counts_that_fit(percent: float, base: int, roundings: int = 1) -> tuple[int, ...]:
    """Counts of a base whose share is published as a percentage.

    Args:
        percent: As published; a whole number is taken to be rounded to whole per cent, 9.8 to one
            decimal, halves rounded up.
        base: How many answered.
        roundings: How many rounded parts the percentage may be the sum of: 2 for "agree or strongly
            agree", whose percentage is often the sum of two published ones.

    Returns:
        In rising order; empty where no count of the base gives the percentage.
    """
    low, high = _span(percent, roundings)
    first = max(0, math.ceil(low * base))
    last = min(base, math.ceil(high * base) - 1)
    return tuple(range(first, last + 1))


def _span(percent: float, roundings: int) -> tuple[Fraction, Fraction]:
    """The shares that round to a percentage: from the first on, below the second."""
    stated = Decimal(repr(round(float(percent), 4))).normalize()
    decimals = max(0, -int(stated.as_tuple().exponent))
    half = Fraction(roundings, 2 * 10**decimals)
    return (Fraction(stated) - half) / 100, (Fraction(stated) + half) / 100


def bases_that_fit(shares: Iterable[tuple[float, int]], least: int, most: int) -> tuple[int, ...]:
    """Bases of which every one of several percentages can be a share.

    Args:
        shares: Percentage and how many rounded parts it may be the sum of.
        least: Smallest base possible.
        most: Largest base possible, such as the number of responses.

    Returns:
        In rising order, the smallest ``MOST_BASES`` of them.
    """
    wanted = list(shares)
    found: list[int] = []
    for base in range(max(1, least), most + 1):
        if all(counts_that_fit(percent, base, parts) for percent, parts in wanted):
            found.append(base)
            if len(found) == MOST_BASES:
                break
    return tuple(found)
