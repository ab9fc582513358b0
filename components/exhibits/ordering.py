"""Rows in the order of a column as people read it: on pages, in files and in the interface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import pandas as pd

from components.exhibits.appearances import row_refs
from components.exhibits.base import Built
from components.exhibits.headings import heading
from components.exhibits.in_words import LINK, in_words, with_sources
from data import Catalogue
from data.memo import kept
from data.naming import named
from data.sorting import DOWN, column_of, in_order

FIRST: Final = "As in the table"
"""The label of no order."""


def arrow(sort: str) -> str:
    """What says the direction of an order, behind the heading of its column."""
    return "↓" if sort.startswith(DOWN) else "↑"


def in_words_of(sort: str) -> str:
    """An order in words, such as ``Value ↓``; ``""`` for none."""
    return f"{heading(column_of(sort))} {arrow(sort)}" if sort else ""


def orders(columns: Iterable[str], first: str = FIRST) -> dict[str, str]:
    """Every order of rows with some columns, by what the address says of it -> label."""
    found = {"": first}
    for name in dict.fromkeys(columns):
        for sort in (name, f"{DOWN}{name}"):
            found[sort] = in_words_of(sort)
    return found


def sortable(tables: Catalogue, frame: pd.DataFrame, table: str = "") -> list[str]:
    """The columns by which rows can be ordered.

    Args:
        tables: The catalogue.
        frame: Rows of a table or an exhibit; they may be none.
        table: The table that they are of, whose ids have names beside them on the screen.

    Returns:
        Those of the frame, then those of the names that :func:`data.naming.named` puts beside.
    """
    shown = named(tables, table, frame.head(0)) if table else frame
    return list(dict.fromkeys([*map(str, frame.columns), *map(str, shown.columns)]))


def next_order(sort: str, column: str) -> str:
    """The order after a click on the heading of a column: upwards, downwards, none."""
    if column_of(sort) != column:
        return column
    return "" if sort.startswith(DOWN) else f"{DOWN}{column}"


def clicked(sort: str, column: str, columns: Iterable[str]) -> str:
    """As :func:`next_order`, of a column that is shown; the link to a source stands for it."""
    known = set(columns)
    if column == LINK:
        column = next((c for c in ("source_id", "source_ids") if c in known), column)
    return next_order(sort, column) if column in known else sort


def in_order_read(
    tables: Catalogue, frame: pd.DataFrame, sort: str, table: str = ""
) -> pd.DataFrame:
    """Rows in the order of a column: numbers by size, all else by what people read of it.

    Codes go by their labels, ids of sources by the sources' names. Rows that are equal keep their
    order, empty cells are last either way.

    Args:
        tables: The catalogue.
        frame: The rows.
        sort: A column of :func:`sortable`, with ``-`` before it for the largest first; ``""``
            leaves the order.
        table: As for :func:`sortable`.

    Raises:
        KeyError: There is no such column.
    """
    if not sort:
        return frame
    shown = named(tables, table, frame) if table else frame
    if column_of(sort) not in shown:
        raise KeyError(column_of(sort))
    read = with_sources(tables, in_words(shown)).reset_index(drop=True)
    return frame.iloc[in_order(read, sort).index]


@kept(4)
def ordered(built: Built, tables: Catalogue, sort: str) -> Built:
    """An exhibit with its rows, and their references, in another order; sorted once.

    Args:
        built: The exhibit.
        tables: The catalogue of which it was built.
        sort: As for :func:`in_order_read`; ``""`` leaves it as it is.

    Raises:
        KeyError: There is no such column.
    """
    if not sort:
        return built
    rows = in_order_read(tables, built.frame.reset_index(drop=True), sort)
    refs = list(built.refs) or row_refs(tables, built.frame)
    return replace(built, frame=rows, refs=tuple(refs[at] for at in rows.index))
