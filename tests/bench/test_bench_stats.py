import math

import pytest

from bench.stats import kilobytes, median, percentile, slope


def test_percentile_is_a_value_that_was_observed() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert percentile(values, 0.5) == 3.0
    assert percentile(values, 0.95) == 5.0
    assert percentile(values, 0.0) == 1.0
    assert percentile([7.0], 0.95) == 7.0


def test_percentile_of_hundred_values() -> None:
    assert percentile([float(i) for i in range(1, 101)], 0.95) == 95.0


def test_nothing_observed_is_not_a_number_rather_than_zero() -> None:
    assert math.isnan(percentile([], 0.5))
    assert math.isnan(median([]))
    assert math.isnan(slope([(1.0, 2.0)]))


def test_percentile_refuses_a_share_out_of_range() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentile([1.0], 95)


@pytest.mark.parametrize(("values", "expected"), [([3.0, 1.0, 2.0], 2.0), ([4.0, 1.0], 2.5)])
def test_median(values: list[float], expected: float) -> None:
    assert median(values) == expected


def test_slope_of_a_line() -> None:
    assert slope([(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]) == pytest.approx(2.0)


def test_kilobytes_are_of_thousand_bytes() -> None:
    assert kilobytes(20_000) == 20
