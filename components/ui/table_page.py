"""A whole table to ask: search, columns, filters, the source of a row, group and count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from components.exhibits.headings import heading
from components.exhibits.in_words import in_words, with_sources
from components.exhibits.ordering import in_order_read, sortable
from components.export.holding import table_filters
from components.theme import plural
from components.ui import address, card, row_actions, table_groups, unfiltered, ways
from components.ui.choice import (
    choose_segment,
    choose_several,
    choose_switch,
    choose_text,
)
from components.ui.order import SORT, choose_order
from components.ui.row_files import table_downloads
from components.ui.table import Looks, encoded, for_screen, looks_of, show_table
from components.ui.table_groups import WHERE
from components.ui.text import plain
from data import Catalogue, Selection
from data.counted import MOST_CONDITIONS, WHOLE, condition, conditions, whence_of, with_cells
from data.free_text import keep
from data.grouping import can_group, can_measure
from data.lineage import refs_of
from data.memo import kept
from data.naming import named
from data.schema import TableSchema
from data.table_filters import table_responds_to, table_rows
from data.where import read_out

FIRST: Final = "outcomes"
"""The table that is shown when none is chosen."""
MOST_COLUMNS: Final = 40
FORMS: Final = {"rows": "Rows", "groups": "Group and count"}


@dataclass(frozen=True)
class Wanted:
    """Which rows of a table are wanted, and what of them.

    Attributes:
        name: Name of the table.
        selection: Filters that act on it.
        where: Conditions on cells (``data.counted``).
        words: Words to search for.
        sort: An order (``components.exhibits.ordering``).
        columns: Columns in the order in which they are shown; none are all, in the usual order.
    """

    name: str
    selection: Selection = field(default_factory=Selection)
    where: tuple[str, ...] = ()
    words: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()


@kept(40)
def rows_of(tables: Catalogue, wanted: Wanted) -> pd.DataFrame:
    """The rows that are wanted, whole and in file order; found once."""
    rows = table_rows(tables, wanted.name, wanted.selection)
    if wanted.where:
        rows = with_cells(rows, wanted.where)
    if wanted.words:
        rows = rows.loc[found_by(tables, wanted.name, rows, wanted.words)]
    return rows


def _rows(
    tables: Catalogue, selection: Selection, schema: TableSchema
) -> tuple[Wanted, pd.DataFrame, tuple[tuple[str, str], ...]]:
    """The rows that search and, if wanted, the filters of the bar leave; says how many.

    Returns:
        What is wanted, the rows, and in words what left them: search and filters that act on the
        table.
    """
    name = schema.name
    left, middle, right = st.columns([0.38, 0.36, 0.26], vertical_alignment="bottom")
    with left:
        words = choose_text("Search in this table", "find", "Any words")
    asked = (*address.asked(WHERE).split(","), *st.session_state.get(f"choice-{WHERE}", ()))
    options = conditions_of(tables, name, asked)
    with middle:
        where = choose_several(
            "Only rows with", WHERE, options, "Any value", MOST_CONDITIONS, remembers=False
        )
    own = selection.only(table_responds_to(name))
    with right:
        filtered = choose_switch(
            "Apply the filters",
            WHOLE,
            help_text="Leaves the rows that the filters beside leave; a table that a filter "
            "does not touch stays whole. A region or system leaves the rows that lie in it, and of "
            "rows that lie nowhere those of the collaboratives that cover a part of it",
        )
    wanted = Wanted(name, own if filtered else Selection(), where, words)
    rows = rows_of(tables, wanted)
    said = [f"{len(rows):,} of {len(tables.table(name)):,} rows"]
    if words:
        contain = "contains" if len(rows) == 1 else "contain"
        said.append(f"{plural(len(rows), 'row')} {contain} “{plain(words)}”")
    left_by = table_filters(tables, own) if filtered else ()
    said.extend(unfiltered.of_table(name, selection, left_by, filtered))
    st.caption(f"{'; '.join(said)}.")
    if where:
        left_by = (("Only rows with", "; ".join(options[one] for one in where)), *left_by)
    return wanted, rows, (("Search", words), *left_by) if words else left_by


def conditions_asked(tables: Catalogue, name: str, params: Mapping[str, str]) -> dict[str, str]:
    """As :func:`conditions_of`, with those that the parameters of an address ask for."""
    return conditions_of(tables, name, read_out(params.get(WHERE, "")))


@kept(20)
def _offered(tables: Catalogue, name: str) -> Mapping[str, tuple[str, str]]:
    return conditions(tables.schema.tables[name], tables.frames[name])


def conditions_of(tables: Catalogue, name: str, asked: Iterable[str]) -> dict[str, str]:
    """Conditions on cells of a table: those to choose from, and those that are asked for.

    Args:
        tables: The catalogue.
        name: Name of the table.
        asked: Conditions of any column (``data.counted``); those that fit no row are left out.

    Returns:
        Condition -> words, such as ``Status: Achieved``.
    """
    schema, frame = tables.schema.tables[name], tables.frames[name]
    found = dict(_offered(tables, name))
    for one in dict.fromkeys(asked):
        told = None if one in found else condition(tables, schema, frame, one)
        if told is not None:
            found[one] = told
    return {one: f"{heading(column)}: {value}" for one, (column, value) in found.items()}


def found_by(tables: Catalogue, table: str, rows: pd.DataFrame, wanted: str) -> pd.Index:
    """The index of the rows that hold the words, as they are shown or as they are kept."""
    shown = with_sources(tables, in_words(named(tables, table, rows)))
    both = pd.concat([shown, rows.add_prefix("kept_")], axis="columns")
    return keep(both, wanted, both.columns).index


@dataclass(frozen=True)
class Drawn:
    """Rows of a table as they are drawn.

    Attributes:
        rows: Whole rows, in their order.
        refs: Reference of each.
        seen: What is seen of them, with the names behind their ids.
        ready: The same as it is sent.
        looks: How it is shown.
    """

    rows: pd.DataFrame
    refs: list[str]
    seen: pd.DataFrame
    ready: pa.Table
    looks: Looks


@kept(40)
def drawn(tables: Catalogue, wanted: Wanted, narrow: bool) -> Drawn:
    """The rows that are wanted as they are drawn; made once for everybody who looks at them.

    Raises:
        KeyError: There is no such column to sort by.
    """
    name, ordered = wanted.name, not wanted.columns
    rows = in_order_read(tables, rows_of(tables, replace(wanted, sort="", columns=())),
                         wanted.sort, name)  # fmt: skip
    seen = named(tables, name, rows) if ordered else rows[list(wanted.columns)]
    ready = encoded(for_screen(seen, ordered=ordered, tables=tables))
    return Drawn(rows, refs_of(tables, name, rows), seen, ready, looks_of(seen, ordered, narrow))


@kept(40)
def _sortable(tables: Catalogue, name: str) -> list[str]:
    return sortable(tables, tables.frames[name], name)


def _show_rows(
    tables: Catalogue,
    schema: TableSchema,
    wanted: Wanted,
    left_by: tuple[tuple[str, str], ...],
) -> None:
    names = {f.name: heading(f.name) for f in schema.fields}
    left, right = st.columns([0.68, 0.32])
    with left:
        chosen = choose_several(
            "Columns", "columns", names, "All columns", MOST_COLUMNS, remembers=False
        )
    with right:
        order = choose_order(_sortable(tables, schema.name))
    left_by = (*left_by, *order.said)
    narrow = card.device() == "narrow"
    found = drawn(tables, replace(wanted, sort=order.sort, columns=chosen), narrow)
    key = f"whole-{schema.name}"
    row_actions.draw(tables, key, schema.name, found.rows, found.refs)
    show_table(
        found.seen, ready=found.ready, looks=found.looks, ordered=not chosen, narrow=narrow,
        height=520, key=row_actions.table_key(key), title=schema.title, order=order,
        on_tick=row_actions.ticker(tables, found.rows, found.refs, key, schema.name),
    )  # fmt: skip
    shown = found.rows[list(chosen)] if chosen else found.rows
    table_downloads(tables, schema.name, found.rows, left_by, shown)


def _forget_others(tables: Catalogue, schema: TableSchema) -> None:
    """Take out of the address what was asked of another table; what is drawn puts its own in."""
    frame = tables.frames[schema.name]
    fits: dict[str, Callable[[], Iterable[str]]] = {
        "columns": lambda: (f.name for f in schema.fields),
        "by": lambda: can_group(schema, frame),
        "number": lambda: can_measure(schema, frame),
    }
    asked = {param: set(filter(None, address.asked(param).split(","))) for param in fits}
    if any(names and names - set(fits[param]()) for param, names in asked.items()):
        for param in (*fits, SORT):
            address.put(param, None)


def own_words(tables: Catalogue, schema: TableSchema, rows: pd.DataFrame) -> str:
    """How many rows of a table are the reader's own, with the way to them; ``""`` for none."""
    own = tables.own.get(schema.name, frozenset())
    keys = rows[list(schema.primary_key)].astype(str).itertuples(index=False, name=None)
    mine = [key in own for key in keys] if own else []
    count = sum(mine)
    if not count:
        return ""
    words = f"{count:,} of these {len(rows):,} rows"
    way = ways.address_of(whence_of(tables, refs_of(tables, schema.name, rows[mine])))
    return f"{ways.anchored(words, way)} {'is' if count == 1 else 'are'} your own."


def show(tables: Catalogue, selection: Selection, name: str) -> None:
    """A table with everything that can be asked of it.

    Args:
        tables: The catalogue.
        selection: The filters of the bar.
        name: Name of the table.
    """
    schema = tables.schema.tables[name]
    st.markdown(f"## {schema.title}\n{schema.description}", anchors=False)
    _forget_others(tables, schema)
    wanted, rows, left_by = _rows(tables, selection, schema)
    if rows.empty:
        st.info(
            "No row is left. Search for part of a word, empty the boxes, or do not apply the "
            "filters.",
            icon=":material/info:",
        )
        return
    # A count of groups shows no row whose name or source would say it.
    with st.container():
        if words := own_words(tables, schema, rows):
            st.caption(f":material/attach_file: {words}")
    if choose_segment("What to see of the table", "as", FORMS) == "rows":
        _show_rows(tables, schema, wanted, left_by)
    else:
        table_groups.show(tables, schema, rows, left_by)
