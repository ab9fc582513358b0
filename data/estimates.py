"""What the published values of the survey allow to be said, with how much room for chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.statistics import (
    MOST_BASES,
    Limits,
    Sample,
    bases_that_fit,
    counts_that_fit,
    widest_limits,
)

VERY_SMALL_BASE = 15
"""Below this a count says more than a percentage, and both are shown."""

INTERVAL_COLUMNS = (
    "count_fitted", "bases_possible", "interval_low", "interval_high", "interval_method",
)  # fmt: skip
_CUT = f" (the smallest {MOST_BASES} that fit)"

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Estimate:
    """A published share with everything that it can stand for.

    Attributes:
        samples: Every count and base that the published values allow; empty where there is no
            interval.
        limits: The widest interval over them, as shares, or ``None``.
        method: How the interval was made, or why there is none.
        is_base_known: Whether the base is stated or derived.
    """

    samples: tuple[Sample, ...]
    limits: Limits | None
    method: str
    is_base_known: bool

    @property
    def count(self) -> int | None:
        """The only count that the published values allow, or ``None``."""
        counts = {s.count for s in self.samples}
        return counts.pop() if len(counts) == 1 else None

    @property
    def bases(self) -> tuple[int, ...]:
        """Bases that the published values allow, in rising order."""
        return tuple(sorted({s.base for s in self.samples}))


def estimates(
    catalogue: Catalogue, wave_id: str, question_id: str
) -> dict[tuple[str, str], Estimate]:
    """Every result of a question as an estimate.

    Returns:
        (option_id, sector_group) -> estimate.
    """
    table = catalogue.table("survey_results")
    wave = table[table["wave_id"] == wave_id]
    mine = wave[wave["question_id"] == question_id].to_dict("records")
    waves = catalogue.table("survey_waves")
    known = waves[waves["wave_id"] == wave_id].to_dict("records")
    asked = catalogue.table("survey_questions")
    asked = asked[asked["wave_id"] == wave_id].set_index("question_id")
    responses = int(known[0]["responses"]) if known else 0
    population = known[0]["population_estimate"] if known else None
    kind = str(asked["answer_kind"].get(question_id, ""))
    open_groups = {str(r["sector_group"]) for r in mine if _is_open(r)}
    bases = {
        group: _bases(
            [r for r in mine if r["sector_group"] == group and _is_open(r)],
            *_room(wave, asked["base_n"], responses, question_id, group),
        )
        for group in open_groups
    }
    return {
        (str(row["option_id"]), str(row["sector_group"])): _estimate(
            row, kind, bases.get(str(row["sector_group"]), {}), population
        )
        for row in mine
    }


def with_intervals(
    results: pd.DataFrame, found: Mapping[tuple[str, str], Estimate]
) -> pd.DataFrame:
    """Results with ``INTERVAL_COLUMNS``; ends in per cent, to one decimal."""
    rows = [found[key] for key in zip(results["option_id"], results["sector_group"], strict=True)]
    return results.assign(
        count_fitted=pd.array([r.count for r in rows], dtype="Int64"),
        bases_possible=pd.array(
            ["" if r.is_base_known else list_of(r.bases) for r in rows], dtype="string"
        ),
        interval_low=pd.array([_end(r, "low") for r in rows], dtype="Float64"),
        interval_high=pd.array([_end(r, "high") for r in rows], dtype="Float64"),
        interval_method=pd.array([r.method for r in rows], dtype="string"),
    )


def list_of(numbers: Iterable[int]) -> str:
    """``35, 42 or 43``: all of them, so that a reader can redo what follows from them.

    Bases are looked at up to ``MOST_BASES``: where there are as many, the words say so.
    """
    all_of = [str(n) for n in numbers]
    said = " or ".join(filter(None, (", ".join(all_of[:-1]), *all_of[-1:])))
    return said + _CUT if len(all_of) == MOST_BASES else said


def shortened(listed: str, most: int = 6) -> str:
    """A list of numbers for a narrow place: ``7, 14, 21, 22, 28, 29 or 5 more``."""
    all_of = listed.removesuffix(_CUT).replace(" or ", ", ").split(", ")
    if len(all_of) > most + 1:
        hedge = "at least " if listed.endswith(_CUT) else ""
        return f"{', '.join(all_of[:most])} or {hedge}{len(all_of) - most} more"
    return listed


def _end(found: Estimate, end: str) -> float | None:
    return None if found.limits is None else round(100 * float(getattr(found.limits, end)), 1)


def _is_open(row: Row) -> bool:
    """Whether a result is an exact share whose base is not known."""
    return pd.notna(row["percent"]) and pd.isna(row["base_n"]) and row["precision"] == "exact"


def _parts(row: Row) -> int:
    # "Agree or strongly agree" is often printed as the sum of two rounded shares.
    return 2 if bool(row["is_aggregate"]) else 1


def _room(
    wave: pd.DataFrame, bases: pd.Series, responses: int, question_id: str, group: str
) -> tuple[int, int]:
    """Smallest and largest base that a group can have in a question.

    All respondents: up to the number of responses. A sector whose base is known in another
    question is larger here by no more than those who left that question out, and smaller by no
    more than those who leave this one out.
    """
    least, most = 1, responses
    if group != "all":
        here = bases.get(question_id)
        known = wave[(wave["sector_group"] == group) & wave["base_n"].notna()]
        for row in known.drop_duplicates("question_id").to_dict("records"):
            there = bases.get(row["question_id"])
            if pd.notna(there):
                most = min(most, int(row["base_n"]) + responses - int(there))
            if pd.notna(here):
                least = max(least, int(row["base_n"]) - (responses - int(here)))
    return least, most


def _bases(rows: list[Row], least: int, most: int) -> dict[str, tuple[int, ...]]:
    """Bases that fit all open shares of a group together; where none does, those of each."""
    together = bases_that_fit(((float(r["percent"]), _parts(r)) for r in rows), least, most)
    return {
        str(r["option_id"]): together
        or bases_that_fit([(float(r["percent"]), _parts(r))], least, most)
        for r in rows
    }


def _estimate(
    row: Row, kind: str, bases: Mapping[str, tuple[int, ...]], population: Any
) -> Estimate:
    is_known = pd.notna(row["base_n"])
    if pd.isna(row["percent"]) and pd.isna(row["count"]):
        return Estimate((), None, "", is_known)
    refused = _refusal(row, kind)
    if refused:
        return Estimate((), None, f"None: {refused}", is_known)
    candidates = (int(row["base_n"]),) if is_known else bases.get(str(row["option_id"]), ())
    samples = tuple(s for base in candidates for s in _samples(row, base, population))
    if not samples:
        why = "no count of the base gives the percentage" if is_known else "base not published"
        return Estimate((), None, f"None: {why}", is_known)
    size = samples[0].population
    method = "Exact, population not known" if size is None else f"Exact, of about {size}"
    if not is_known:
        method += "; widest over the bases that fit"
    elif len(samples) > 1:
        method += "; widest over the counts that fit"
    return Estimate(samples, widest_limits(samples), method, is_known)


def _refusal(row: Row, kind: str) -> str:
    """Why a result gets no interval whatever its base, or ``""``."""
    if row["precision"] == "approximate":
        return "approximate wording"
    if row["precision"] == "bound":
        return "a bound"
    if pd.isna(row["percent"]) and (kind == "number" or bool(row["is_aggregate"])):
        return "not a share of respondents"
    return ""


def _samples(row: Row, base: int, population: Any) -> list[Sample]:
    """Samples of one base that agree with the percentage and the count stated."""
    counts: tuple[int, ...] = (
        (int(row["count"]),)
        if pd.isna(row["percent"])
        else counts_that_fit(float(row["percent"]), base, _parts(row))
    )
    if pd.notna(row["count"]):
        counts = tuple(c for c in counts if c == int(row["count"]))
    # Sectors have no published number of collaboratives; an endless one is the cautious choice.
    # So it is where an estimate is smaller than the responses themselves.
    of_all = row["sector_group"] == "all" and pd.notna(population) and int(population) >= base
    size = int(population) if of_all else None
    return [Sample(c, base, size) for c in counts if c <= base]
