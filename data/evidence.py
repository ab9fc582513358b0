"""How strong the evidence for each outcome is, computed from columns and never typed.

:mod:`data.rubric` says what the criteria and grades are; here they are read from the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.memo import kept
from data.rubric import CRITERIA, GRADE, GRADES, RANK, RUBRIC, grade_label, grade_of, why

__all__ = [
    "CRITERIA",
    "GRADE",
    "GRADES",
    "RANK",
    "RUBRIC",
    "criteria_of",
    "grade_label",
    "grade_of",
    "grades",
    "separate_sources",
    "why",
]


def _names(text: object) -> set[str]:
    """Names in a cell that separates them by semicolons, in lower case."""
    if not isinstance(text, str):
        return set()
    return {part.strip().lower() for part in text.split(";") if part.strip()}


def _publishers(text: str) -> frozenset[str]:
    """The bodies behind a publisher's cell: ``A with B`` and ``A and NHS B`` are two."""
    return frozenset(
        p.strip().lower() for p in re.split(r";| with | and (?=NHS )", text) if p.strip()
    )


def separate_sources(publishers: Iterable[str]) -> int:
    """How many sources stand apart: those that share a publisher count as one."""
    groups: list[frozenset[str]] = []
    for publisher in publishers:
        bodies = _publishers(publisher)
        shared = [g for g in groups if g & bodies]
        groups = [g for g in groups if not g & bodies]
        groups.append(bodies.union(*shared))
    return len(groups)


def _own_names(catalogue: Catalogue) -> dict[str, set[str]]:
    """Collaborative id -> names of the collaborative and of its members, in lower case."""
    organisations = {
        row["organisation_id"]: _names(row["name"]) | _names(row["aliases"])
        for row in catalogue.table("organisations").to_dict("records")
    }
    own = {
        row["collaborative_id"]: _names(row["name"])
        | _names(row["short_name"])
        | _names(row["aliases"])
        for row in catalogue.table("collaboratives").to_dict("records")
    }
    for row in catalogue.table("memberships").to_dict("records"):
        own[row["collaborative_id"]] |= organisations[row["organisation_id"]]
    return own


def criteria_of(
    row: Mapping[Any, Any], sources: Mapping[str, Mapping[Any, Any]], own: set[str]
) -> dict[str, bool]:
    """Which criteria one outcome meets.

    Args:
        row: A row of ``outcomes``.
        sources: Source id -> row of ``sources``, for every source that the row names.
        own: Names of the collaborative and of its members, in lower case.

    Returns:
        Criterion id -> met, in the order of the rubric.

    Raises:
        KeyError: A source is missing.
    """
    others = row["other_source_ids"] if isinstance(row["other_source_ids"], str) else ""
    ids = [row["source_id"], *(s.strip() for s in others.split(";") if s.strip())]
    told = [sources[s] for s in dict.fromkeys(ids)]
    stated = {c: isinstance(row[c], str) for c in ("comparator", "period", "discrepancy_id")}
    start = pd.notna(row["baseline_value"])
    return {
        "happened": row["status"] == "achieved",
        "number": bool(pd.notna(row["value"])),
        "exact": row["precision"] == "exact" if isinstance(row["precision"], str) else False,
        "start": bool(start),
        "comparator": bool(start) or stated["comparator"],
        "period": stated["period"],
        "outside": any(
            s["tier"] in {"published_report", "official_statistics"}
            and not _publishers(s["publisher"]) <= own
            for s in told
        ),
        "beyond_press": any(s["tier"] != "press" for s in told),
        "second_source": separate_sources(s["publisher"] for s in told) > 1,
        "undisputed": not stated["discrepancy_id"],
    }


@kept(1)
def _grades(catalogue: Catalogue) -> pd.DataFrame:
    sources = {r["source_id"]: r for r in catalogue.table("sources").to_dict("records")}
    own = _own_names(catalogue)
    rows = []
    for row in catalogue.table("outcomes").to_dict("records"):
        met = criteria_of(row, sources, own[row["collaborative_id"]])
        rows.append(
            {
                "outcome_id": row["outcome_id"],
                "grade": grade_of(met).id,
                "criteria_met": sum(met.values()),
                "why": why(met),
                **met,
            }
        )
    columns = ["outcome_id", "grade", "criteria_met", "why", *CRITERIA]
    return pd.DataFrame(rows, columns=columns)


def grades(catalogue: Catalogue) -> pd.DataFrame:
    """The grade of every outcome, worked out once per catalogue.

    Args:
        catalogue: The tables.

    Returns:
        One row an outcome, in table order: ``outcome_id``, ``grade`` (id), ``criteria_met`` (of
        ``len(RUBRIC)``), ``why`` (one sentence) and a boolean column for each criterion.
    """
    return _grades(catalogue).copy(deep=False)
