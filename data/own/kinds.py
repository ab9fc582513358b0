"""What can be brought, and how a sheet says which of it it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data.catalogue import Catalogue
from data.own import limits
from data.own.sheets import Sheet, folded

ANSWERS: Final = "answers"
"""The kind of a sheet with one row for each respondent; it becomes the survey's tables."""

SECTOR_COLUMN: Final = "sector_group"

TABLES: Final = (
    "sources", "organisations", "collaboratives", "memberships", "footprints", "outcomes",
    "priorities", "survey_waves", "survey_questions", "survey_results",
)  # fmt: skip
"""Tables to which a session can add rows, so that each stands after those that it refers to."""

KINDS: Final[Mapping[str, str]] = {
    "collaboratives": "Collaboratives",
    "memberships": "Memberships: who belongs to what",
    "footprints": "Footprints: which systems are covered",
    "outcomes": "Outcomes",
    "survey_results": "Survey wave: percentages with bases",
    ANSWERS: "Survey wave: one row for each respondent",
    "organisations": "Organisations",
    "priorities": "Priorities",
}
"""Kind -> what it is called where somebody chooses a template."""

HELPERS: Final = frozenset({"question"})
"""Columns of our templates that only help to fill them in."""

_LEAFLETS = frozenset({"read_me", "readme", "values", "how_to"})


@dataclass(frozen=True)
class Told:
    """What a sheet holds.

    Attributes:
        kind: A table or ``ANSWERS``; ``""`` where it cannot be told.
        header: Index of the row with the headings, or -1.
        named: Index of a column -> column of the table or question id.
    """

    kind: str
    header: int
    named: Mapping[int, str]


def is_leaflet(sheet: Sheet) -> bool:
    """Whether a sheet is one of the explanations in our templates, or empty."""
    return not any(any(row) for row in sheet.rows) or folded(sheet.stem) in _LEAFLETS


def tell(catalogue: Catalogue, sheet: Sheet, kind: str = "") -> Told:
    """Which table a sheet holds, by its name or by its headings.

    Args:
        catalogue: The tables, for names and headings.
        sheet: The sheet.
        kind: What the person said that it is, or ``""``.

    Returns:
        The kind with the row of headings: the one, near the top, that names most columns.
    """
    stem = folded(sheet.stem)
    by_name = {folded(t): t for t in TABLES}
    by_name |= {folded(catalogue.schema.tables[t].title): t for t in TABLES} | {ANSWERS: ANSWERS}
    said = kind or next((by_name[n] for n in by_name if stem == n), "")
    candidates = [said] if said else [*TABLES, ANSWERS]
    best, found = (0, -1.0), Told(said, -1, {})
    ties: set[str] = set()
    for candidate in candidates:
        names = headings_of(catalogue, candidate)
        for index, row in enumerate(sheet.rows[: limits.HEADER_ROWS]):
            named = {i: names[folded(c)] for i, c in enumerate(row) if folded(c) in names}
            distinct = set(named.values()) - HELPERS
            if not said and not _identifies(catalogue, candidate, distinct):
                continue
            score = (len(distinct), -sum(bool(c) for c in row) / (limits.COLUMNS + 1))
            if distinct and score > best:
                best, found, ties = score, Told(candidate, index, named), {candidate}
            elif distinct and score == best:
                ties.add(candidate)
    return Told("", -1, {}) if len(ties) > 1 else found


def headings_of(catalogue: Catalogue, kind: str) -> dict[str, str]:
    """Heading, folded -> column or question id: names and titles both serve."""
    if kind == ANSWERS:
        asked = questions(catalogue)
        names = {folded(label): question for question, label in asked.items()}
        names |= {folded(question): question for question in asked}
        return names | {"sector_group": SECTOR_COLUMN, "sector": SECTOR_COLUMN}
    table = catalogue.schema.tables[kind]
    named = {folded(f.title): f.name for f in table.fields}
    return named | {h: h for h in HELPERS} | {folded(f.name): f.name for f in table.fields}


def questions(catalogue: Catalogue) -> dict[str, str]:
    """Question id -> label, the newest wave's, of every question but who answered."""
    table = catalogue.table("survey_questions")
    pairs = table[["question_id", "label"]].itertuples(index=False, name=None)
    return {question: label for question, label in pairs if question != "respondents"}


def _identifies(catalogue: Catalogue, kind: str, named: set[str]) -> bool:
    """Whether headings can be those of a table: its key, and a column that is its own."""
    if kind == ANSWERS:
        return len(named - {SECTOR_COLUMN}) >= 1 and (SECTOR_COLUMN in named or len(named) >= 2)
    table = catalogue.schema.tables[kind]
    # A wave and a group can be filled in where the sheet leaves them out.
    needed = set(table.primary_key) - {SECTOR_COLUMN}
    if kind != "survey_waves":
        needed -= {"wave_id"}
    return needed <= named and len(named) >= 2
