"""When a wave was in the field, as far as its words say it: waves stand in order of time."""

from __future__ import annotations

import re
from calendar import month_name
from typing import Final

import pandas as pd

_MONTHS: Final = {name[:3].casefold(): number for number, name in enumerate(month_name) if name}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)-(\d\d?)|(\d\d?)/((?:19|20)\d\d))(?!\d)")
NOT_SAID: Final = (9999, 0)
"""A wave that does not say when: it stays behind those that do, in the order of coming."""


def when(words: object) -> tuple[int, int]:
    """Year and month (0 where only the year is said) of the last date that some words name.

    ``"Three weeks in November 2022"`` is ``(2022, 11)``; words without a year are ``NOT_SAID``.
    """
    text = words if isinstance(words, str) else ""
    numbers = _NUMBERS.findall(text)
    if numbers:
        return max((int(a or d), min(int(b or c), 12)) for a, b, c, d in numbers)
    years = _YEAR.findall(text)
    if not years:
        return NOT_SAID
    months = _MONTH.findall(text)
    return int(years[-1]), _MONTHS[months[-1].casefold()] if months else 0


def in_order(waves: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``survey_waves`` by the time of their fieldwork, the newest last."""
    times = [when(words) for words in waves["fieldwork"]]
    order = sorted(range(len(times)), key=times.__getitem__)
    return waves.iloc[order].reset_index(drop=True)
