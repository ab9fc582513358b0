"""The rows of a chart of outcomes: label, values that a rule set aside, and what hovering tells."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from components import theme
from components.exhibits.charts import wrap
from components.exhibits.outcome_words import STATUS_WORDS, value_words
from components.exhibits.picks import token
from data.evidence import GRADE
from data.lineage import ref

LABEL_WIDTH: Final = 46
"""Characters in a line of a label: what a phone has room for."""


@dataclass
class Row:
    """One outcome to be drawn.

    Attributes:
        text: Its label, lines separated by ``<br>``.
        outcome: Its row of ``outcomes``.
        others: Values that a rule set aside for it: (value before, if stated; value).
        other_marks: The token of the mark of each of them.
        rule: The rule in words, or ``""``.
    """

    text: str
    outcome: Mapping[Any, Any]
    others: tuple[tuple[float | None, float], ...] = ()
    other_marks: tuple[str, ...] = ()
    rule: str = ""


def mark_of(outcome: Mapping[Any, Any]) -> str:
    """The token of a mark that shows an outcome."""
    row = ref("outcomes", outcome["outcome_id"])
    return token(collaborative=outcome["collaborative_id"], row=row)


def kind_of(row: Mapping[Any, Any]) -> str:
    """What a value is: ``pair``, ``change`` against before, or ``level``."""
    if pd.notna(row["baseline_value"]):
        return "pair"
    return "change" if row["direction"] in {"decrease", "increase"} else "level"


def label_of(row: Mapping[Any, Any]) -> str:
    """The text of a row: value and status in bold, metric, collaborative and grade."""
    status = STATUS_WORDS[row["status"]]
    head = value_words(row) + (f" {status}" if status else "")
    rest = f"{row['metric']} ({row['collaborative']}), grade {GRADE[row['grade']].letter}"
    lines = textwrap.wrap(f"{head}: {rest}", LABEL_WIDTH)
    if lines[0].startswith(head):
        lines[0] = f"<b>{head}</b>{lines[0][len(head) :]}"
    return "<br>".join(lines)


def _set_aside(row: Mapping[Any, Any], table: pd.DataFrame) -> list[dict[Any, Any]]:
    """The outcomes in the same unit that a discrepancy's rule set aside for this one."""
    if not isinstance(row["discrepancy_id"], str) or pd.isna(row["value"]):
        return []
    hidden = table[
        ~table["is_shown"].astype(bool)
        & table["discrepancy_id"].eq(row["discrepancy_id"]).fillna(False)
        & table["unit"].eq(row["unit"]).fillna(False)
        & table["value"].notna()
    ]
    return hidden.to_dict("records")


def rows_of(part: pd.DataFrame, table: pd.DataFrame, rules: Mapping[str, str]) -> list[Row]:
    """Rows for the outcomes of a frame, in its order.

    Args:
        part: Outcomes that are shown.
        table: Outcomes, those not shown among them.
        rules: Discrepancy id -> its rule in words.
    """
    found = []
    for row in part.to_dict("records"):
        aside = _set_aside(row, table)
        others = tuple(
            (None if pd.isna(o["baseline_value"]) else float(o["baseline_value"]),
             float(o["value"]))
            for o in aside
        )  # fmt: skip
        rule = rules.get(str(row["discrepancy_id"]), "")
        found.append(Row(label_of(row), row, others, tuple(map(mark_of, aside)), rule))
    return found


def aside_hover(value: float, row: Row) -> str:
    """What the pointer shows on a value that a rule set aside: the value, and the rule."""
    unit = str(row.outcome["unit"])
    told = wrap(f"Rule: {row.rule}", 48) if row.rule else ""
    return "<br>".join(
        filter(None, (f"also stated, not chosen: {theme.amount(value, unit)}", told))
    )


def hover(row: Mapping[Any, Any]) -> str:
    """What the pointer shows beside the row's text: service, period and comparator."""
    told = [
        f"<b>{value_words(row)}</b> ({row['status']})",
        row["service"] if isinstance(row["service"], str) else "",
        row["period"] if isinstance(row["period"], str) else "period not published",
        f"compared with: {row['comparator']}" if isinstance(row["comparator"], str) else "",
    ]
    return "<br>".join(wrap(t, 48) for t in told if t)


def before_hover(row: Row) -> str:
    """What the pointer shows on the value before."""
    unit = str(row.outcome["unit"])
    return f"before: {theme.amount(start_of(row), unit)}<br>{hover(row.outcome)}"


def start_of(row: Row) -> float:
    """The value before, or zero where none is stated."""
    start = row.outcome["baseline_value"]
    return 0.0 if pd.isna(start) else float(start)


def values_of(row: Row) -> list[float]:
    """Every number that the row of an outcome draws."""
    start = row.outcome["baseline_value"]
    found = [float(row.outcome["value"]), *(v for o in row.others for v in o if v is not None)]
    return found if pd.isna(start) else [*found, float(start)]
