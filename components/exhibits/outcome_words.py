"""An outcome in words: its value, its caveats, and the dimensions that select it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from components import theme
from components.exhibits.numbers import Sentence
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.lineage import ref
from data.query import COLLABORATIVE_DIMENSIONS

BENEFIT_DIMENSIONS: Final = (*COLLABORATIVE_DIMENSIONS, "benefit", "status", "grade", "service")
STATUS_WORDS: Final = MappingProxyType(
    {"achieved": "", "expected": "expected", "planned": "planned"}
)
"""The word that a status adds to a value: what is achieved needs none."""
FRAME_COLUMNS: Final = [
    "collaborative", "benefit", "service", "metric", "direction", "value", "unit",
    "baseline_value", "precision", "period", "status", "grade", "comparator", "is_shown", "note",
    "discrepancy_id", "other_source_ids", "source_id", "locator", "outcome_id",
]  # fmt: skip
_ARROWS: Final = MappingProxyType({"decrease": "▼ ", "increase": "▲ ", "level": ""})
_HEDGES: Final = MappingProxyType(
    {"bound": "more than ", "upper_bound": "at most ", "approximate": "about "}
)


def value_words(row: Mapping[Any, Any]) -> str:
    """An outcome's value in words.

    Returns:
        ``▼ 36%`` for a change, ``£4.4m`` or ``more than 2,000 people`` for a level, ``from 73
        miles to 7 miles`` for a pair, where an arrow would be read as the size of a change.
    """
    value, start = row.get("value"), row.get("baseline_value")
    if value is None or pd.isna(value):
        return "no figure stated"
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    amount = theme.amount(float(str(value)), unit)
    hedge = _HEDGES.get(str(row["precision"]), "")
    if start is not None and pd.notna(start):
        return f"from {theme.amount(float(str(start)), unit)} to {hedge}{amount}"
    return f"{_ARROWS.get(str(row['direction']), '')}{hedge}{amount}"


def outcome_caveats(frame: pd.DataFrame) -> tuple[str, ...]:
    """Caveat keys that rows of ``outcomes`` call for."""
    keys = ["self-reported"]
    if frame["status"].nunique() > 1:
        keys.append("mixed-status")
    if frame["precision"].isin(["bound", "upper_bound"]).any():
        keys.append("bound")
    if frame["discrepancy_id"].notna().any():
        keys.append("two-values")
    return tuple(keys)


def rules_of(catalogue: Catalogue, frame: pd.DataFrame) -> tuple[str, ...]:
    """For each discrepancy of the rows: what disagrees, what is shown, and by which rule."""
    found = []
    for key in dict.fromkeys(frame["discrepancy_id"].dropna()):
        row = catalogue.row("discrepancies", key)
        words = f"{row['summary']} Shown: {str(row['shown_value']).rstrip('.')}."
        found.append(Told(f"{words} Rule: {row['rule']}", ref("discrepancies", key)))
    return tuple(found)


def rules_by_id(catalogue: Catalogue) -> Mapping[str, str]:
    """Discrepancy id -> the rule that decides what is drawn."""
    table = catalogue.table("discrepancies")
    return dict(zip(table["discrepancy_id"], table["rule"], strict=True))


SHOWN: Final = "is_shown:true"
"""A condition on ``outcomes``: a rule has not set the value aside (``data.counted``)."""
WHO: Final = "collaborative_id"
"""The column that says whose an outcome is."""


def statuses(frame: pd.DataFrame, say: Sentence) -> str:
    """How many of the rows are achieved, expected and planned, such as ``3 achieved, 1 planned``.

    A status without a row is left out.
    """
    parts = [(s, frame[frame["status"] == s]) for s in theme.STATUS_COLOURS]
    return ", ".join(
        say(f"{len(rows)} {status}", "outcomes", rows, f"status:{status}", SHOWN)
        for status, rows in parts
        if len(rows)
    )
