"""What to call a row of any table: in names, never in ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from data.catalogue import Catalogue
from data.memo import kept
from data.rows import text

Cells = Mapping[str, Any]

_OWN: Final = (
    "short_name", "title", "metric", "priority", "term", "label", "option", "summary", "name",
    "to_icb",
)  # fmt: skip
"""Columns that tell a person which row it is, the best first."""


def _plain(row: Cells) -> str:
    """A row's own name, title or first words."""
    return next((text(row[c]) for c in _OWN if c in row and text(row[c])), "")


@kept(40)
def _named(catalogue: Catalogue, table: str, column: str) -> Mapping[str, str]:
    """Value of a column -> name of its row."""
    rows = catalogue.frames[table].to_dict("records")
    return MappingProxyType(
        {text(r[column]): _plain({str(k): v for k, v in r.items()}) for r in rows}
    )


def _member(catalogue: Catalogue, row: Cells) -> str:
    who = _named(catalogue, "organisations", "organisation_id")[row["organisation_id"]]
    role = catalogue.label("memberships", "role", row["role"]).lower()
    return f"{who}, {role} of {_collaborative(catalogue, row)}"


def _collaborative(catalogue: Catalogue, row: Cells, column: str = "collaborative_id") -> str:
    return _named(catalogue, "collaboratives", "collaborative_id").get(text(row[column]), "")


def _footprint(catalogue: Catalogue, row: Cells) -> str:
    where = _named(catalogue, "icbs", "icb_code")[row["icb_code"]]
    part = "a part of " if row["coverage"] == "part" else ""
    return f"{_collaborative(catalogue, row)} in {part}{where}"


def _succession(catalogue: Catalogue, row: Cells) -> str:
    how = catalogue.label("successions", "relation", row["relation"]).lower()
    return f"{_collaborative(catalogue, row)}: {how} {_collaborative(catalogue, row, 'related_id')}"


def _change(catalogue: Catalogue, row: Cells) -> str:
    area = "" if row["area"] == "all" else f" ({text(row['area'])})"
    old = _named(catalogue, "icbs", "icb_code")[row["from_icb_code"]]
    return f"{old}{area} to {row['to_icb']}"


def _result(catalogue: Catalogue, row: Cells) -> str:
    group = catalogue.label("survey_results", "sector_group", row["sector_group"])
    asked = _named(catalogue, "survey_questions", "question_id")[row["question_id"]]
    return f"{row['option']} ({group}): {asked}"


def _of_collaborative(catalogue: Catalogue, row: Cells) -> str:
    whose = _collaborative(catalogue, row)
    return f"{_plain(row)} ({whose})" if whose else _plain(row)


def _link(catalogue: Catalogue, row: Cells) -> str:
    first = _named(catalogue, "insights", "insight_id")[row["insight_id"]]
    if row["kind"] == "question":
        to = _named(catalogue, "survey_questions", "question_id")[row["question_id"]]
        options = _named(catalogue, "survey_results", "option_id")
        to = f"{options[row['option_id']]}: {to}" if text(row["option_id"]) else to
    elif row["kind"] == "outcome":
        to = _named(catalogue, "outcomes", "outcome_id")[row["outcome_id"]]
    else:
        to = _collaborative(catalogue, row)
    return f"{first}, borne out by “{to}”"


_WAYS: Final[Mapping[str, Callable[[Catalogue, Cells], str]]] = MappingProxyType(
    {
        "memberships": _member,
        "footprints": _footprint,
        "successions": _succession,
        "icb_changes": _change,
        "survey_results": _result,
        "outcomes": _of_collaborative,
        "priorities": _of_collaborative,
        "insight_links": _link,
    }
)
"""Tables whose rows have no name by themselves, or share theirs with others."""


def row_name(catalogue: Catalogue, table: str, row: Cells) -> str:
    """What to call a row.

    Args:
        catalogue: The tables.
        table: Name of the row's table.
        row: Its cells by column.

    Returns:
        Its own name, or one made of the names of what it hangs together with.
    """
    way = _WAYS.get(table)
    return way(catalogue, row) if way else _plain(row)
