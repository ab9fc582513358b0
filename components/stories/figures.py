"""Named figures: numbers and words computed from the rows of an exhibit, never typed.

A small closed set of operations on columns, so that a file of words can never run code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from components import theme
from components.stories.model import Figure

OPERATIONS: Final = ("rows", "distinct", "value", "sum", "commonest", "list")
STYLES: Final = ("number", "word", "percent", "amount", "lower", "text")
PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
GIVEN: Final = ("subject", "reading")
"""Names that need no figure: the subject in words, and the exhibit's own sentence."""
_OF_ANY_VINTAGE: Final = {"area_id": "icb_code", "area_name": "icb_name", "area_region": "region"}
"""Maps of April 2026 call the same things by other names."""
_WORDS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class FigureError(Exception):
    """A figure cannot be computed.

    Args:
        found: What stands there.
        expected: What should stand there.
    """

    def __init__(self, found: str, expected: str) -> None:
        self.found, self.expected = found, expected
        super().__init__(f"found {found}; expected {expected}")


def placeholders(text: str) -> tuple[str, ...]:
    """Names between braces, in their order."""
    return tuple(PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, str | None]) -> str | None:
    """The text with its figures; ``None`` where one of them is missing.

    Raises:
        KeyError: A name is not among the values.
    """
    if any(values[name] is None for name in placeholders(text)):
        return None
    filled = PLACEHOLDER.sub(lambda m: str(values[m[1]]), text)
    return filled[:1].upper() + filled[1:]


def compute(figure: Figure, frame: pd.DataFrame) -> str | None:
    """A figure in words.

    Args:
        figure: What to compute.
        frame: Rows of the exhibit that it is taken from.

    Returns:
        The words; ``None`` where it is missing and may be.

    Raises:
        FigureError: A column does not exist, no row fits, or the value is not one for which the
            words around it hold.
    """
    if frame.empty and figure.optional:
        return None
    if "area_id" in frame.columns:
        frame = frame.rename(columns=_OF_ANY_VINTAGE)
    rows = _chosen(figure, frame)
    value, row = _value(figure, rows)
    if value is None or pd.isna(value):
        if figure.optional:
            return None
        raise FigureError(f"no row with a value, of {len(frame)}", f"a row for {figure.name!r}")
    if not _holds(figure, value):
        if figure.optional:
            return None
        raise FigureError(f"{figure.name!r} to be {value}", _bounds(figure))
    return _words(figure, value, row)


def rows_behind(figure: Figure, frame: pd.DataFrame) -> list[int]:
    """The positions of the rows that :func:`compute` takes a figure from.

    Raises:
        FigureError: A column does not exist.
    """
    frame = frame.reset_index(drop=True)
    renamed = frame.rename(columns=_OF_ANY_VINTAGE) if "area_id" in frame.columns else frame
    return [int(place) for place in _chosen(figure, renamed).index]


def _columns(frame: pd.DataFrame, *names: str) -> None:
    for name in names:
        if name and name not in frame.columns:
            raise FigureError(f"column {name!r}", f"one of {', '.join(map(str, frame.columns))}")


def _chosen(figure: Figure, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that the figure speaks of, best first."""
    named = [c for c, _ in (*figure.where, *figure.unless)]
    _columns(frame, *figure.column.split("+"), figure.of, figure.largest, figure.smallest, *named,
             *figure.published)  # fmt: skip
    for column, values in figure.where:
        frame = frame[frame[column].isin(values)]
    for column, values in figure.unless:
        frame = frame[~frame[column].isin(values)]
    for column in figure.published:
        frame = frame[frame[column].notna()]
    order = figure.largest or figure.smallest
    if order:
        frame = frame[frame[order].notna()]
        frame = frame.sort_values(order, ascending=not figure.largest, kind="stable")
        frame = frame.iloc[figure.rank - 1 : figure.rank]
    return frame


def _value(figure: Figure, rows: pd.DataFrame) -> tuple[Any, Mapping[str, Any]]:
    """The bare value, and the row that it stands in where it is of one row."""
    column = figure.column
    if figure.operation == "rows":
        return len(rows), {}
    if figure.operation == "distinct":
        if figure.having:
            counts = rows.groupby(column)[figure.of].nunique()
            return int((counts >= figure.having).sum()), {}
        return len(rows[column.split("+")].dropna().drop_duplicates()), {}
    if figure.operation == "sum":
        return rows[column].sum(min_count=1), {}
    if figure.operation == "list":
        names = list(dict.fromkeys(str(v) for v in rows[column].dropna()))
        return (_listed(names, figure.most) if names else None), {}
    if figure.operation == "commonest":
        grouped = rows.groupby(column, sort=True)
        counts = grouped[figure.of].nunique() if figure.of else grouped.size()
        counts = counts.sort_values(ascending=False, kind="stable")
        if len(counts) < figure.rank:
            return None, {}
        place = figure.rank - 1
        return (int(counts.iloc[place]) if figure.give == "count" else counts.index[place]), {}
    found = rows[column].dropna().drop_duplicates()
    if len(found) > 1:
        raise FigureError(
            f"{len(found)} different values in {column!r}",
            "one: say which row with where, largest or smallest",
        )
    if found.empty:
        return None, {}
    return found.iloc[0], rows.loc[found.index[0]].to_dict()


def _holds(figure: Figure, value: Any) -> bool:
    if figure.at_least is None and figure.at_most is None:
        return True
    low = figure.at_least is None or float(value) >= figure.at_least
    return low and (figure.at_most is None or float(value) <= figure.at_most)


def _bounds(figure: Figure) -> str:
    parts = [f"at least {figure.at_least:g}"] if figure.at_least is not None else []
    parts += [f"at most {figure.at_most:g}"] if figure.at_most is not None else []
    return f"{' and '.join(parts)}, or the words around it do not hold"


def _listed(names: list[str], most: int) -> str:
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _words(figure: Figure, value: Any, row: Mapping[str, Any]) -> str:
    if figure.style == "percent":
        return theme.percent(float(value))
    if figure.style == "amount":
        return theme.amount(float(value), str(row.get("unit", "")))
    if isinstance(value, str):
        return f"{value[:1].lower()}{value[1:]}" if figure.style == "lower" else value
    if figure.style == "text":
        return str(value)
    whole = float(value) == int(value)
    number = f"{int(value):,}" if whole else f"{float(value):,.1f}"
    if figure.style == "word" and whole and 0 <= value < len(_WORDS):
        number = _WORDS[int(value)]
    if figure.plural:
        one, many = figure.plural
        return f"{number} {one if value == 1 else many}"
    return number
