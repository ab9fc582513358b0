"""Sentences of survey exhibits, which note the row of each share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.exhibits.charts import stated
from components.exhibits.numbers import Sentence
from components.exhibits.survey_words import change_clause


def share_of(row: Mapping[Any, Any], say: Sentence) -> str:
    """The percentage of a result as it is stated; the sentence notes its row."""
    return say.row(stated(row), "survey_results", row)


def top_reading(rows: pd.DataFrame, what: str, say: Sentence) -> str:
    """A sentence naming the largest share of all respondents."""
    everyone = rows[rows["sector_group"] == "all"].sort_values("percent", ascending=False)
    if everyone.empty:
        return "No share of all respondents is published."
    first = everyone.iloc[0]
    text = f"{what}: “{first['option']}”, {share_of(first.to_dict(), say)} of respondents"
    text += change_clause(first.to_dict())
    if len(everyone) > 1:
        second = everyone.iloc[1]
        text += f"; then “{second['option']}”, {share_of(second.to_dict(), say)}"
    return text + "."


def meetings_reading(drawn: pd.DataFrame, say: Sentence) -> str:
    """A sentence naming whom most and whom fewest respondents meet regularly."""
    regular = drawn[drawn["option_id"] == "very-or-quite-regularly"]
    regular = regular.sort_values("percent", ascending=False)
    if regular.empty:
        return "No share of those who meet regularly is published."
    most, least = regular.iloc[0].to_dict(), regular.iloc[-1].to_dict()
    text = f"{most['row']} are met regularly by {share_of(most, say)} of respondents"
    if len(regular) > 1:
        text += f"; {least['row'].lower()} by {share_of(least, say)}"
    return text + "."
