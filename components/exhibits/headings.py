"""Headings of columns: from the schema, with their units, or of columns that exhibits derive."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from data.schema import Field, package_schema

_OWN_HEADINGS = {
    "icb_name": "System",
    "group": "Respondents",
    "names": "Collaboratives (names)",
    "collaboratives": "Collaboratives",
    "became_in_april_2026": "From April 2026",
    "made_from_boards_of_april_2023": "Made from (boards of April 2023)",
    "members_named": "Members named",
    "systems_mapped": "Systems mapped",
    "outcomes_reported": "Outcomes reported",
    "strongest_grade": "Strongest grade of evidence",
    "percent_past": "Past year, %",
    "percent_next": "Next year, %",
    "base_past": "Base, past year",
    "locator_next": "Where in the source (next year)",
    "rows": "Rows",
    "home": "Home system",
    "memberships": "Collaboratives it belongs to",
    "first": "First",
    "second": "Second",
    "shared_members": "Members shared",
    "role_first": "Role in the first",
    "role_second": "Role in the second",
    "other_locator": "Where in the source (second)",
    "aspect": "What is compared",
    "subject": "Of",
    "value": "Value",
    "compared": "Compared",
    "what": "What",
    "statement": "Statement",
    "partner": "Partner",
    "challenge": "Challenge",
    "count_fitted": "Count that fits",
    "bases_possible": "Bases that would fit",
    "interval_low": "95% interval, low",
    "interval_high": "95% interval, high",
    "interval_method": "How the interval was made",
    "interval_past": "95% interval, past year",
    "interval_next": "95% interval, next year",
    "earlier_percent": "Earlier wave, %",
    "change_points": "Change, points",
    "change_low": "Change, low",
    "change_high": "Change, high",
    "percent_first": "First, %",
    "percent_second": "Second, %",
    "bases_first": "First, bases",
    "bases_second": "Second, bases",
    "difference_points": "Difference, points",
    "is_clear": "Leaves out zero",
    "source_url": "Open the source",
    "locator_second": "Where in the source (second)",
    "percent_of_estimate": "Of the estimate, %",
    "own": "Your own file",
    "related": "Related collaborative",
    "insight": "Insight",
    "question": "Question",
}
"""Headings of columns that exhibits derive; all others come from the schema."""
_PARTS: Final = ("question", "statement", "partner", "challenge", "insight")
"""What a row is a part of, and so is read before its own name."""
_NAMES: Final = (
    "name", "title", "term", "area", "collaborative", "organisation", "icb_name", "label", "option",
    "metric", "summary", "first", "what", "aspect", "service_group",
)  # fmt: skip
_SOURCES: Final = ("source_id", "source_ids", "other_source_ids")


@lru_cache(maxsize=1)
def fields_by_name() -> dict[str, Field]:
    """The first field of the schema under each name."""
    found: dict[str, Field] = {}
    for table in package_schema().tables.values():
        for field in table.fields:
            found.setdefault(field.name, field)
    return found


def heading(column: str) -> str:
    """The heading of a column: from the schema, with its unit, or of a derived column."""
    if column in _OWN_HEADINGS:
        return _OWN_HEADINGS[column]
    field = fields_by_name().get(column)
    if field is None:
        return column.replace("_", " ").capitalize()
    return f"{field.title} ({field.unit})" if field.unit else field.title


def is_id(column: str) -> bool:
    """Whether a column holds ids or codes, other than those of sources."""
    return column.endswith(("_id", "_ids", "_code")) and column not in _SOURCES


def reading_order(columns: Iterable[str]) -> list[str]:
    """Columns as a person reads them: what a row is first, its ids last, all else as it is."""
    given = list(columns)
    names = [c for c in given if c in _NAMES][:1]
    first = [c for c in given if c in _PARTS] + names
    rest = [c for c in given if c not in first]
    return first + [c for c in rest if not is_id(c)] + [c for c in rest if is_id(c)]
