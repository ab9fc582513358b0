"""The names behind the ids of a table's rows, for people who read them."""

from __future__ import annotations

from typing import Final

import pandas as pd

from data.catalogue import Catalogue

_NAMED: Final = {
    "collaborative_id": ("collaborative", "collaboratives", "collaborative_id", "short_name"),
    "related_id": ("related", "collaboratives", "collaborative_id", "short_name"),
    "organisation_id": ("organisation", "organisations", "organisation_id", "name"),
    "icb_code": ("icb_name", "icbs", "icb_code", "short_name"),
    "from_icb_code": ("icb_name", "icbs", "icb_code", "short_name"),
    "insight_id": ("insight", "insights", "insight_id", "title"),
    "outcome_id": ("metric", "outcomes", "outcome_id", "metric"),
}
"""Column of ids -> column of names, table, and its columns of ids and names."""
_QUESTION: Final = ["wave_id", "question_id"]


def named(catalogue: Catalogue, table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the name of what each id stands for beside it.

    Args:
        catalogue: The tables.
        table: Name of the table that the rows are of; its own key is not looked up in itself.
        rows: Rows of it, with all of its columns.

    Returns:
        The same rows in the same order, with the columns ``collaborative``, ``related``,
        ``organisation``, ``icb_name``, ``insight``, ``metric`` and ``question`` where the table
        names such a thing by its id and has no column of that name. Absent where the id is.
    """
    found = rows
    for column, (name, target, key, label) in _NAMED.items():
        if column not in rows or name in rows or target == table or name in found:
            continue
        names = catalogue.table(target).drop_duplicates(key).set_index(key)[label]
        place = list(found.columns).index(column)
        found = found.copy(deep=False)
        found.insert(place, name, found[column].map(names))
    if table != "survey_questions" and set(_QUESTION) <= set(rows.columns):
        questions = catalogue.table("survey_questions").set_index(_QUESTION)["label"]
        asked = pd.MultiIndex.from_frame(rows[_QUESTION])
        found = found.copy(deep=False)
        found.insert(0, "question", questions.reindex(asked).to_numpy())
    return found
