"""Intervals against cases worked out by hand, by counting every outcome, and by their coverage."""

import itertools
import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from scipy.stats import binomtest

from data.statistics import (
    MOST_BASES,
    Limits,
    Sample,
    bases_that_fit,
    counts_that_fit,
    difference,
    limits,
    square_and_add,
    widest,
    widest_difference,
    widest_limits,
)

TAIL = Fraction(1, 40)


def chance(count: int, base: int, members: int, population: int) -> Fraction:
    """Chance of drawing exactly ``count`` of ``members`` in a sample, as a fraction."""
    if count > members or base - count > population - members:
        return Fraction(0)
    ways = math.comb(members, count) * math.comb(population - members, base - count)
    return Fraction(ways, math.comb(population, base))


def counted(count: int, base: int, population: int) -> tuple[Fraction, Fraction]:
    """The interval by trying every number of members: kept if neither tail is too unlikely."""
    kept = [
        members
        for members in range(population + 1)
        if sum(chance(k, base, members, population) for k in range(count, base + 1)) > TAIL
        and sum(chance(k, base, members, population) for k in range(count + 1)) > TAIL
    ]
    return Fraction(min(kept), population), Fraction(max(kept), population)


@pytest.mark.parametrize(("base", "population"), [(1, 2), (3, 7), (5, 12), (8, 20), (10, 33)])
def test_limits_are_those_of_trying_every_population(base: int, population: int) -> None:
    for count in range(base + 1):
        found = limits(Sample(count, base, population))
        low, high = counted(count, base, population)
        assert (found.low, found.high) == pytest.approx((float(low), float(high)), abs=1e-12)


@pytest.mark.parametrize("count", [0, 4, 16, 17, 37, 43])
def test_limits_of_the_survey_are_those_of_trying_every_population(count: int) -> None:
    found = limits(Sample(count, 43, 120))
    low, high = counted(count, 43, 120)
    assert (found.low, found.high) == pytest.approx((float(low), float(high)), abs=1e-12)


def test_one_of_one_drawn_from_two_says_that_there_is_at_least_one() -> None:
    assert limits(Sample(1, 1, 2)) == Limits(0.5, 1.0)
    assert limits(Sample(0, 1, 2)) == Limits(0.0, 0.5)


def test_none_of_ten_leaves_what_the_formula_by_hand_leaves() -> None:
    """Nobody of ten: the largest share of which ten misses in a row keep a chance of 2.5%."""
    assert limits(Sample(0, 10)).high == pytest.approx(1 - 0.025**0.1)
    assert limits(Sample(0, 10)).low == 0


def test_the_example_of_the_method_text_holds() -> None:
    assert limits(Sample(16, 40, 120)) == Limits(33 / 120, 64 / 120)
    wider = limits(Sample(16, 40, 150))
    assert (round(100 * wider.low), round(100 * wider.high)) == (27, 54)


@pytest.mark.parametrize("count", range(9))
def test_the_share_that_does_not_answer_so_has_the_mirrored_interval(count: int) -> None:
    for population in (None, 30):
        one = limits(Sample(count, 8, population))
        other = limits(Sample(8 - count, 8, population))
        assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low))


def test_the_larger_the_population_the_wider_the_interval() -> None:
    widths = [
        (found := limits(Sample(16, 40, population))).high - found.low
        for population in (40, 60, 120, 500, 100_000, None)
    ]
    assert widths[0] == 0
    assert all(narrow < wide for narrow, wide in itertools.pairwise(widths))
    assert widths[-2] == pytest.approx(widths[-1], abs=0.001)


def test_an_interval_covers_every_true_share_as_often_as_it_says() -> None:
    base, population = 10, 40
    found = {k: limits(Sample(k, base, population)) for k in range(base + 1)}
    coverage = [
        float(
            sum(
                chance(k, base, members, population)
                for k in range(base + 1)
                if members / population in found[k]
            )
        )
        for members in range(population + 1)
    ]
    assert min(coverage) >= 0.95
    # An interval from 0 to 1 would cover as well; this one is not wider than it need be.
    assert min(coverage) < 0.97
    assert min(limit.high - limit.low for limit in found.values()) < 0.3


def covered(one: list[Sample], other: list[Sample], here: float, there: float) -> float:
    """How often the interval of the difference holds the true one, over every pair of samples."""

    def weight(sample: Sample, share: float) -> float:
        if sample.population is None:
            ways = math.comb(sample.base, sample.count)
            return ways * share**sample.count * (1 - share) ** (sample.base - sample.count)
        members = round(share * sample.population)
        return float(chance(sample.count, sample.base, members, sample.population))

    return sum(
        weight(a, here) * weight(b, there)
        for a in one
        for b in other
        if here - there in difference(a, b)
    )


def samples(base: int, population: int | None = None) -> list[Sample]:
    return [Sample(k, base, population) for k in range(base + 1)]


@pytest.mark.parametrize(("first", "second"), [(10, 7), (10, 21), (5, 18)])
def test_a_difference_of_sectors_is_covered_as_often_as_it_says(first: int, second: int) -> None:
    one, other = samples(first), samples(second)
    found = [
        covered(one, other, here / 10, there / 10)
        for here in range(1, 10)
        for there in range(1, 10)
    ]
    assert min(found) >= 0.95
    assert min(found) < 0.985


def test_a_difference_of_waves_is_covered_nearly_as_often_as_it_says() -> None:
    """Of small populations a little less, as the docstring of the module says."""
    one, other = samples(12, 40), samples(15, 40)
    found = [
        covered(one, other, here / 40, there / 40)
        for here in range(4, 40, 6)
        for there in range(4, 40, 6)
    ]
    assert min(found) >= 0.94
    assert min(found) < 0.99


def test_newcombe_gives_his_own_example_from_score_limits() -> None:
    """56 of 70 against 48 of 80, his method 10: 0.0524 to 0.3339."""
    scores = [
        Limits(ci.low, ci.high)
        for ci in (binomtest(k, n).proportion_ci(method="wilson") for k, n in ((56, 70), (48, 80)))
    ]
    found = square_and_add(56 / 70, scores[0], 48 / 80, scores[1])
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    wider = difference(Sample(56, 70), Sample(48, 80))
    assert wider.low < found.low < found.high < wider.high


def test_a_difference_can_be_worked_out_from_the_two_intervals() -> None:
    one, other = Limits(0.3, 0.9), Limits(0.1, 0.5)
    found = square_and_add(0.6, one, 0.2, other)
    assert found.low == pytest.approx(0.4 - math.sqrt(0.3**2 + 0.3**2))
    assert found.high == pytest.approx(0.4 + math.sqrt(0.3**2 + 0.1**2))


def test_a_difference_turned_round_changes_its_sign() -> None:
    one, other = Sample(9, 10), Sample(3, 21)
    found, turned = difference(one, other), difference(other, one)
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low))


@pytest.mark.parametrize("first", [Sample(0, 3), Sample(3, 3), Sample(20, 43, 120)])
def test_a_difference_stays_between_minus_one_and_one(first: Sample) -> None:
    for second in (Sample(0, 4), Sample(4, 4), Sample(60, 60, 120)):
        found = difference(first, second)
        assert -1 <= found.low <= first.share - second.share <= found.high <= 1


def test_the_same_in_both_waves_of_a_census_is_no_change_at_all() -> None:
    assert difference(Sample(20, 120, 120), Sample(20, 120, 120)) == Limits(0.0, 0.0)


@pytest.mark.parametrize("base", [7, 39, 42, 43, 120])
@pytest.mark.parametrize("percent", [0, 5, 16.7, 9.8, 33, 50, 67, 99.5, 100])
def test_counts_fit_exactly_where_they_round_to_the_percentage(percent: float, base: int) -> None:
    step = Decimal(1) if percent == int(percent) else Decimal("0.1")
    rounded = [
        k
        for k in range(base + 1)
        if (Decimal(100 * k) / base).quantize(step, ROUND_HALF_UP) == Decimal(str(percent))
    ]
    assert list(counts_that_fit(percent, base)) == rounded


def test_a_total_of_two_rounded_shares_may_be_a_point_off() -> None:
    """19% and 49% of 43 are printed as 68% together; 29 of 43 is 67%."""
    assert counts_that_fit(68, 43) == ()
    assert counts_that_fit(68, 43, roundings=2) == (29,)


@pytest.mark.parametrize(
    ("shares", "bases"),
    [
        ([86, 74], (35, 42, 43)),
        ([43, 19], (21, 37, 42)),
        ([51, 18], (39,)),
        ([67, 45, 43, 16.7], (42,)),
        ([47, 45, 42], (38,)),
        ([9.8], (41,)),
        ([31, 42], (26, 36)),
        ([31, 42, 47], (36,)),
        ([31, 42, 60], ()),
    ],
)
def test_bases_fit_every_share_together(shares: list[float], bases: tuple[int, ...]) -> None:
    """The first six are the bases that the notes of the table name."""
    assert bases_that_fit(((s, 1) for s in shares), 1, 43) == bases


def test_bases_keep_to_the_room_given() -> None:
    assert bases_that_fit([(50, 1)], 9, 11) == (10,)
    assert bases_that_fit([(50, 1)], 3, 2) == ()


def test_only_the_smallest_bases_of_a_large_wave_are_looked_at() -> None:
    found = bases_that_fit([(40, 1)], 1, 100_000)
    assert len(found) == MOST_BASES
    assert found[0] == 5
    # Those left out are narrower than those kept.
    kept = widest_limits([Sample(c, b) for b in found for c in counts_that_fit(40, b)])
    for base in (200, 1000, 5000):
        for count in counts_that_fit(40, base):
            beyond = limits(Sample(count, base))
            assert kept.low < beyond.low < beyond.high < kept.high


def test_the_widest_interval_reaches_from_the_lowest_end_to_the_highest() -> None:
    assert widest([Limits(0.2, 0.5), Limits(0.1, 0.3)]) == Limits(0.1, 0.5)
    with pytest.raises(ValueError, match="at least one interval, found none"):
        widest([])


def test_the_widest_difference_is_taken_over_every_pair() -> None:
    first, second = [Sample(3, 5), Sample(6, 10)], [Sample(1, 5), Sample(4, 20)]
    pairs = [difference(a, b) for a in first for b in second]
    found = widest_difference(first, second)
    assert (found.low, found.high) == (min(p.low for p in pairs), max(p.high for p in pairs))


@pytest.mark.parametrize(
    ("count", "base", "population", "words"),
    [
        (5, 4, None, "found count 5 of base 4"),
        (-1, 4, None, "found count -1 of base 4"),
        (0, 0, None, "found count 0 of base 0"),
        (1, 4, 3, "population of at least the base 4, found 3"),
    ],
)
def test_a_sample_that_cannot_be_is_refused(
    count: int, base: int, population: int | None, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Sample(count, base, population)
