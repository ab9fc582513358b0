"""Differences between sectors and between waves, only where both sides are published."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from data.catalogue import Catalogue
from data.estimates import Estimate, estimates, list_of
from data.statistics import widest_difference

PAIR_COLUMNS = [
    "wave_id", "question_id", "option_id", "option", "first_group", "second_group",
    "percent_first", "percent_second", "bases_first", "bases_second", "difference_points",
    "interval_low", "interval_high", "source_id", "locator", "locator_second",
]  # fmt: skip
CHANGE_COLUMNS = ("earlier_percent", "change_points", "change_low", "change_high")


def _points(first: Estimate, second: Estimate) -> tuple[float, float]:
    """Ends of the interval of first minus second, in percentage points to one decimal."""
    found = widest_difference(first.samples, second.samples)
    return round(100 * found.low, 1), round(100 * found.high, 1)


def sector_pairs(catalogue: Catalogue, wave_id: str) -> pd.DataFrame:
    """Every pair of sectors with an exact share of the same answer in the same wave.

    Returns:
        ``PAIR_COLUMNS``, the larger share first, the largest difference on top. Ends and
        difference are in percentage points; ``bases_…`` are the bases known or possible.
    """
    table = catalogue.table("survey_results")
    mine = table[(table["wave_id"] == wave_id) & (table["sector_group"] != "all")]
    mine = mine[mine["percent"].notna() & mine["precision"].eq("exact").fillna(False)]
    rows = []
    for (question_id, option_id), part in mine.groupby(["question_id", "option_id"], sort=False):
        if len(part) < 2:
            continue
        found = estimates(catalogue, wave_id, str(question_id))
        ranked = part.sort_values("percent", ascending=False).to_dict("records")
        for one, other in combinations(ranked, 2):
            first, second = (found[str(option_id), str(r["sector_group"])] for r in (one, other))
            if not first.samples or not second.samples:
                continue
            low, high = _points(first, second)
            rows.append(
                {
                    **{k: one[k] for k in ("wave_id", "question_id", "option_id", "option",
                                           "source_id", "locator")},
                    "first_group": one["sector_group"],
                    "second_group": other["sector_group"],
                    "percent_first": float(one["percent"]),
                    "percent_second": float(other["percent"]),
                    "bases_first": list_of(first.bases),
                    "bases_second": list_of(second.bases),
                    "difference_points": float(one["percent"]) - float(other["percent"]),
                    "interval_low": low,
                    "interval_high": high,
                    "locator_second": other["locator"],
                }
            )  # fmt: skip
    frame = pd.DataFrame(rows, columns=PAIR_COLUMNS)
    return frame.sort_values("difference_points", ascending=False, ignore_index=True)


def earlier_wave(catalogue: Catalogue, wave_id: str, question_id: str) -> str:
    """The last wave before this one, in the order of the table, that asked the same; or ``""``."""
    waves = list(catalogue.table("survey_waves")["wave_id"])
    if wave_id not in waves:
        return ""
    table = catalogue.table("survey_questions")
    asked = set(table.loc[table["question_id"] == question_id, "wave_id"])
    before = [w for w in waves[: waves.index(wave_id)] if w in asked]
    return before[-1] if before else ""


def with_changes(
    catalogue: Catalogue,
    results: pd.DataFrame,
    found: Mapping[tuple[str, str], Estimate],
    earlier: str,
    question_id: str,
) -> pd.DataFrame:
    """Results with ``CHANGE_COLUMNS``: the share of the earlier wave, and the change since.

    ``earlier_wave`` is the wave compared with.

    Args:
        catalogue: The tables.
        results: Rows of one question and wave.
        found: Their estimates.
        earlier: The wave to compare with.
        question_id: The question.

    Returns:
        The change in percentage points with its interval; missing where either share is not
        published as an exact figure, or its base allows no interval.
    """
    table = catalogue.table("survey_results")
    then = table[(table["wave_id"] == earlier) & (table["question_id"] == question_id)]
    then = then[then["percent"].notna()]
    keys = zip(then["option_id"], then["sector_group"], strict=True)
    shares = dict(zip(keys, then["percent"].astype(float), strict=True))
    before = estimates(catalogue, earlier, question_id)
    columns: dict[str, list[float | None]] = {c: [] for c in CHANGE_COLUMNS}
    for row in results.to_dict("records"):
        key = str(row["option_id"]), str(row["sector_group"])
        values: tuple[float | None, ...] = (shares.get(key), None, None, None)
        has_both = key in shares and pd.notna(row["percent"])
        if has_both and found[key].samples and before[key].samples:
            change = round(float(row["percent"]) - shares[key], 1)
            values = (shares[key], change, *_points(found[key], before[key]))
        for column, value in zip(CHANGE_COLUMNS, values, strict=True):
            columns[column].append(value)
    numbers = {c: pd.array(v, dtype="Float64") for c, v in columns.items()}
    return results.assign(**numbers, earlier_wave=earlier)
