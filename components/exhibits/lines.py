"""A picture of many names as lines of words, for screens on which the picture would be cut off."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

Line = tuple[str, str]
FIRST = 10
"""Lines shown before the rest is opened."""


def lines_of(
    frame: pd.DataFrame, head: str, words: Callable[[Mapping[Any, Any]], str]
) -> tuple[Line, ...]:
    """One line for each value of a column, in the order of the rows.

    Args:
        frame: Rows.
        head: Column whose values begin the lines.
        words: Says what one row adds to its line.

    Returns:
        (Value, words of its rows joined by semicolons).
    """
    found: dict[str, list[str]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(str(row[head]), []).append(words(row))
    return tuple((name, "; ".join(told)) for name, told in found.items())


def lines_html(lines: tuple[Line, ...]) -> str:
    """Lines as a list; after the first ones the rest opens on a click."""
    items = [
        f"<li><strong>{html.escape(name)}</strong><br>{html.escape(told)}</li>"
        for name, told in lines
    ]
    text = f"<ul>{''.join(items[:FIRST])}</ul>"
    if len(items) > FIRST:
        text += (
            f"<details><summary>{len(items) - FIRST} more</summary>"
            f"<ul>{''.join(items[FIRST:])}</ul></details>"
        )
    return f'<div class="lines">{text}</div>'
