"""A frame as a table with headings, units and links from the schema."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from components.exhibits.headings import fields_by_name, heading, reading_order
from components.exhibits.in_words import LINK, in_words, vocabulary, with_sources
from components.exhibits.ordering import clicked, in_words_of
from components.ui.order import Order
from data import Catalogue
from data.sorting import DOWN, column_of

REMARKS = ("note", "aliases", "discrepancy_id", "source_ids", "url", "subject_id", "subject_table")
_ABSENT_WIDTH: Final = 118
"""Pixels that "not published" needs: a column is made as wide as its cells, which are shorter."""
_LETTER: Final = 6.4
_EDGES: Final = 26
"""Pixels of a letter, and of what stands around a cell's text."""
_MOST: Final = 420
_MOST_FIRST: Final = 300
"""Widest columns; on a phone what a row is has three lines, and fits beside the ticks."""
_UNKNOWN: Final = 90
"""Pixels of a column that the browser measures itself."""
_PHONE: Final = 300
"""Pixels that a phone has for columns beside the boxes to tick."""
_THREE_LINES: Final = 68
"""Streamlit wraps text in rows above 4rem only."""
_IN_THREE_LINES: Final = 125
"""Characters."""
_DRAWN: Final = "_order-of-{}"
"""The order in which a table was drawn last."""
_NOTHING: Final[tuple[dict[str, Any], ...]] = tuple(
    {"selection": {"rows": rows, "columns": [], "cells": []}} for rows in ([], [False])
)
"""Nothing ticked in a table, said in two ways by turns: a browser does nothing about what it was
told last. No row stands at ``False``."""
_SITE: Final = r"^https?://(?:www\.)?([^/]+)"
"""The part of an address that a link shows."""


def _config(frame: pd.DataFrame, first: str = "") -> dict[str, Any]:
    """How each column is shown; ``first`` is the one that has lines enough to be narrower."""
    fields = fields_by_name()
    config: dict[str, Any] = {
        LINK: st.column_config.LinkColumn(heading(LINK), display_text=_SITE, width=170)
    }
    for column in frame.columns:
        field = fields.get(column)
        help_text = field.description if field else None
        if column == "url" or column.endswith("_url"):
            config[column] = st.column_config.LinkColumn(heading(column), help=help_text)
        elif pd.api.types.is_bool_dtype(frame[column]):
            config[column] = st.column_config.CheckboxColumn(heading(column), help=help_text)
        elif pd.api.types.is_integer_dtype(frame[column]):
            config[column] = st.column_config.NumberColumn(
                heading(column), help=help_text, format="%d", width=_width(frame[column])
            )
        elif pd.api.types.is_numeric_dtype(frame[column]):
            config[column] = st.column_config.NumberColumn(
                heading(column), help=help_text, width=_width(frame[column])
            )
        else:
            config[column] = st.column_config.Column(
                heading(column),
                help=help_text,
                width=_text_width(frame, column, _MOST_FIRST if column == first else _MOST),
            )
    return config


def _width(numbers: pd.Series) -> int | None:
    """Room for "not published" where the heading does not ask for as much."""
    short = _pixels(heading(str(numbers.name))) < _ABSENT_WIDTH
    return _ABSENT_WIDTH if short and numbers.isna().any() else None


def _pixels(text: str) -> int:
    return round(len(text) * _LETTER) + _EDGES


def _text_width(frame: pd.DataFrame, column: str, most: int) -> int:
    """Room for the longest cell: the browser measures the first rows only."""
    words = vocabulary(tuple(frame.columns), column)
    texts = [str(c) for c in frame[column].dropna().unique()]
    if column.endswith(("source_id", "source_ids")):
        return most
    longest = max([heading(column), *(words.get(t, t) for t in texts)], key=len)
    return min(max(_pixels(longest), _ABSENT_WIDTH if frame[column].isna().any() else 0), most)


def _fits(cells: pd.Series) -> bool:
    """Whether three lines hold nearly every cell; of what is longer the start of one line shows."""
    return bool(cells.dropna().astype("string").str.len().quantile(0.9) <= _IN_THREE_LINES)


def for_screen(
    frame: pd.DataFrame,
    hide: tuple[str, ...] = (),
    ordered: bool = True,
    tables: Catalogue | None = None,
) -> pd.DataFrame:
    """A frame as it is shown: in words, without some columns, with remarks blank where absent.

    What a row is stands first and its ids last, unless the order is the reader's own. Only cells
    that hold a fact can be "not published"; remarks and keys are just absent. Given the tables,
    sources are named and linked.
    """
    shown = in_words(frame.drop(columns=[c for c in hide if c in frame]))
    if tables is not None:
        shown = with_sources(tables, shown)
    if ordered:
        shown = shown[reading_order(shown.columns)]
    remarks = [c for c in shown.columns if c.endswith((*REMARKS, LINK)) and shown[c].isna().any()]
    return shown.assign(**{c: shown[c].astype("string").fillna("") for c in remarks})


_OF_DICTIONARY: Final = 300
"""Bytes that a column costs more for having its cells in a list of their own."""
_OF_ROW: Final = 5
"""Bytes of the place of a cell: in its text, less that in the list."""


def encoded(shown: pd.DataFrame) -> pa.Table:
    """What ``for_screen`` made, converted for the browser: the same cells in fewer bytes.

    Text that repeats (a locator, a sector) is sent once, and numbers in as few bytes as hold them.
    """
    table = pa.Table.from_pandas(shown, preserve_index=False)
    return pa.table([_smaller(c) for c in table.columns], names=table.column_names)


def _smaller(column: pa.ChunkedArray) -> pa.Array:
    cells = column.combine_chunks()
    if pa.types.is_integer(cells.type):
        return _narrow(cells)
    if not (pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)):
        return cells
    cells = cells.cast(pa.string())
    listed = cells.dictionary_encode()
    spared = pc.sum(pc.binary_length(cells)).as_py() or 0
    spared -= pc.sum(pc.binary_length(listed.dictionary)).as_py() or 0
    if spared + _OF_ROW * (len(cells) - len(listed.dictionary)) < _OF_DICTIONARY:
        return cells
    places = _narrow(listed.indices)
    return pa.DictionaryArray.from_arrays(places, listed.dictionary)


def _narrow(numbers: pa.Array) -> pa.Array:
    """Whole numbers in the smallest type that holds them all."""
    ends = pc.min_max(numbers).as_py()
    low, high = ends["min"] or 0, ends["max"] or 0
    for kind, most in ((pa.int8(), 127), (pa.int16(), 32_767), (pa.int32(), 2**31 - 1)):
        if -most <= low and high <= most:
            return numbers.cast(kind)
    return numbers


def _clicked(key: str, on_tick: Callable[[int], None] | None, order: Order | None) -> None:
    """A row was ticked, a cell of it or a heading clicked; the callback of a table."""
    chosen = st.session_state[key].selection
    rows = [*chosen.rows, *(row for row, _ in chosen.cells)]
    if chosen.columns and order is not None:
        # Whatever it does, the heading can be clicked again.
        st.session_state.pop(_DRAWN.format(key), None)
        order.choose(clicked(order.sort, str(chosen.columns[0]), order.columns))
    elif rows and on_tick is not None:
        on_tick(int(rows[0]))


def _untick(key: str, sort: str) -> None:
    """Have the browser let go of a heading, and of a row where another one stands in its place.

    Args:
        key: Key of the table, whose rows are about to be drawn.
        sort: Their order.
    """
    drawn, turns = _DRAWN.format(key), f"_unticked-{key}"
    if key in st.session_state and st.session_state.get(drawn) != sort:
        turn = st.session_state.get(turns, 0)
        st.session_state[key], st.session_state[turns] = _NOTHING[turn % 2], turn + 1
    st.session_state[drawn] = sort


def _headed(columns: dict[str, Any], sort: str) -> dict[str, Any]:
    """How columns are shown, with an arrow at the heading of the one that orders the rows."""
    name = column_of(sort)
    if name not in columns:
        return columns
    return {**columns, name: {**columns[name], "label": in_words_of(sort)}}


@dataclass(frozen=True)
class Looks:
    """How a table is shown, beside its rows: worked out from every cell, so kept where it can be.

    Attributes:
        columns: Column -> how it is shown, for ``st.dataframe``.
        row_height: Pixels of a row, or ``None`` for the usual.
    """

    columns: dict[str, Any]
    row_height: int | None


def looks_of(frame: pd.DataFrame, ordered: bool = True, narrow: bool = False) -> Looks:
    """How a frame is shown; arguments as for :func:`show_table`."""
    order = reading_order(frame.columns) if ordered else list(frame.columns)
    config = _config(frame, order[0] if narrow else "")
    wraps = narrow and config[order[0]].get("width") == _MOST_FIRST and _fits(frame[order[0]])
    return Looks(config, _THREE_LINES if wraps else None)


def _first(sort: str) -> str:
    return "largest or last of the alphabet first" if sort.startswith(DOWN) else "smallest first"


def show_table(
    frame: pd.DataFrame,
    *,
    key: str,
    title: str,
    height: int | str = "auto",
    ready: pa.Table | None = None,
    looks: Looks | None = None,
    on_tick: Callable[[int], None] | None = None,
    absent: str = "not published",
    ordered: bool = True,
    tables: Catalogue | None = None,
    narrow: bool = False,
    order: Order | None = None,
) -> None:
    """Show a frame; an empty cell that holds a fact is shown as "not published".

    Args:
        frame: Any frame whose columns are those of tables or derived by exhibits.
        key: Widget key.
        title: What it holds, for people who cannot see it.
        height: Pixels, or ``auto``.
        ready: The same rows converted before (``cache.arrow``).
        looks: How they are shown, worked out before (``looks_of``).
        on_tick: Called with the position in ``frame`` of a row that the reader ticks; without it no
            row can be ticked.
        absent: What stands in an empty cell.
        ordered: Whether names go first and ids last; not where the reader chose the columns.
        tables: The tables, to name the source of each row and link to it.
        narrow: Whether it is seen on a phone, where a long name wraps.
        order: The order of the rows, which a click on a heading changes; without it the headings
            do nothing.
    """
    shown = looks_of(frame, ordered, narrow) if looks is None else looks
    arguments: dict[str, Any] = {
        "hide_index": True,
        "column_config": shown.columns,
        "placeholder": absent,
        "height": height,
        "key": key,
        "alt": f"Table: {title}, {len(frame)} rows",
    }
    if order is not None and order.sort:
        arguments["column_config"] = _headed(shown.columns, order.sort)
        arguments["alt"] += f", sorted by {heading(column_of(order.sort))}, {_first(order.sort)}"
    rows = encoded(for_screen(frame, ordered=ordered, tables=tables)) if ready is None else ready
    if shown.row_height is not None:
        arguments["row_height"] = shown.row_height
    modes = ["single-row", "single-cell"] if on_tick is not None else []
    if order is not None:
        modes.append("single-column")
        if on_tick is None:
            # Of a table without ticks the browser lets go of a heading only when it is another one.
            key = arguments["key"] = f"{key}-{order.sort}"
        else:
            _untick(key, order.sort)
    if modes:
        arguments["on_select"] = partial(_clicked, key, on_tick, order)
        arguments["selection_mode"] = modes
    # A phone shows no bar to scroll by: the style sheet says above a wide table that it scrolls.
    name = f"{'wide' if _is_wide(shown, rows) else 'fits'}-{key}"
    with st.container(key=name) if narrow else nullcontext():
        st.dataframe(rows, **arguments)


def _is_wide(looks: Looks, rows: pa.Table) -> bool:
    """Whether a table is wider than a phone's screen."""
    widths = (looks.columns.get(name, {}).get("width") for name in rows.column_names)
    return sum(w if isinstance(w, int) else _UNKNOWN for w in widths) > _PHONE
