"""Order statistics and units for the report. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile, so that the value was really observed.

    Args:
        values: The observations, in any order.
        share: The share of observations at or below the answer, 0 to 1.

    Returns:
        The percentile, or NaN when there are no observations.

    Raises:
        ValueError: If the share is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a percentile's share lies between 0 and 1, found {share}")
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    """Return the median (the mean of the middle two when their number is even), or NaN."""
    if not values:
        return math.nan
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the least-squares slope of y over x, or NaN with fewer than two distinct x."""
    if len(points) < 2:
        return math.nan
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    if spread == 0:
        return math.nan
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def kilobytes(size: float) -> float:
    """Return a size in kilobytes of 1000 bytes."""
    return size / 1000


def megabytes(size: float) -> float:
    """Return a size in megabytes of 1000 000 bytes."""
    return size / 1_000_000
