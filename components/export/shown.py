"""The rows of an exhibit as words in columns: for tables on slides and on pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.exhibits import Built
from components.exhibits.headings import heading

_HIDDEN = frozenset(
    {
        "collaborative_id", "icb_code", "other_source_ids", "question_id", "insight_id", "kind_id",
        "discrepancy_id", "subject_table", "subject_id", "as_of_basis", "interval_method",
        "bases_possible", "count_fitted", "wave_id", "option_order",
    }
)  # fmt: skip
_REMARKS = ("note", "aliases", "source_ids", "url", "comparator")
_SOURCES = ("source_id", "source_ids")
NOT_PUBLISHED = "not published"
MOST_COLUMNS = 6
# Read last where there is room for a few columns only.
_LATER = ("Where in the source", "Source", "Locator")


@dataclass(frozen=True)
class Shown:
    """Headings and rows, every cell a text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def cell(value: Any, column: str = "") -> str:
    """A value as it is read: an empty cell that holds a fact is not published."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "" if column.endswith(_REMARKS) else NOT_PUBLISHED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if hasattr(value, "item"):
        return cell(value.item(), column)
    return str(value)


def shown(built: Built) -> Shown:
    """What an exhibit's table says, without keys of the tables."""
    frame = built.frame
    if built.is_comparison:
        return _compared(frame)
    if built.is_statements:
        wanted = ["title", "summary", "percent", "locator"]
        columns = [c for c in wanted if c in frame and frame[c].notna().any()]
    else:
        columns = [c for c in frame.columns if c not in _HIDDEN]
        # What nobody states for any row tells nothing as a column of its own.
        columns = [c for c in columns if frame[c].notna().any()] or columns
    rows = frame[columns].astype(object).to_dict("records")
    # A reader away from the Atlas cannot look an id up: the publisher and the year stand for it.
    names = {
        c.source_id: f"{c.publisher} ({c.published[:4] or 'no date'})" for c in built.citations
    }

    def written(value: Any, column: str) -> str:
        text = cell(value, column)
        if column not in _SOURCES:
            return text
        return "; ".join(dict.fromkeys(names.get(p.strip(), p.strip()) for p in text.split(";")))

    return Shown(
        tuple("Source" if c in _SOURCES else heading(c) for c in columns),
        tuple(tuple(written(row[c], c) for c in columns) for row in rows),
    )


def _compared(frame: pd.DataFrame) -> Shown:
    subjects = list(dict.fromkeys(frame["subject"]))
    rows = []
    for aspect, part in frame.groupby("aspect", sort=False):
        cells = []
        for subject in subjects:
            values = [str(v) for v in part[part["subject"] == subject]["value"].dropna()]
            cells.append("; ".join(values) or NOT_PUBLISHED)
        rows.append((str(aspect), *cells, str(part["compared"].iloc[0])))
    return Shown(("What", *(str(s) for s in subjects), "Compared"), tuple(rows))


def chosen_columns(table: Shown) -> tuple[Shown, int]:
    """The columns that a slide or a sheet has room for, and how many are left out."""
    count = len(table.headings)
    if count <= MOST_COLUMNS:
        return table, 0
    order = sorted(range(count), key=lambda n: (table.headings[n] in _LATER, n))
    kept = sorted(order[:MOST_COLUMNS])
    return (
        Shown(
            tuple(table.headings[n] for n in kept),
            tuple(tuple(row[n] for n in kept) for row in table.rows),
        ),
        count - MOST_COLUMNS,
    )
