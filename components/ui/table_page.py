"""A whole table to ask: search, columns, filters, the source of a row, group and count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd
import streamlit as st

from components.exhibits.headings import heading
from components.exhibits.in_words import in_words, with_sources
from components.export.holding import table_filters
from components.ui import address, card, row_actions
from components.ui.choice import (
    choose_flag,
    choose_listed,
    choose_segment,
    choose_several,
    choose_text,
)
from components.ui.row_files import table_downloads
from components.ui.table import show_table
from components.ui.text import plain
from data import Catalogue, Selection
from data.free_text import keep
from data.grouping import MEASURES, can_group, can_measure, group
from data.lineage import refs_of
from data.naming import named
from data.schema import TableSchema
from data.sorting import DOWN, column_of, in_order
from data.table_filters import table_responds_to, table_rows

FIRST: Final = "outcomes"
"""The table that is shown when none is chosen."""
MOST_COLUMNS: Final = 40
MOST_GROUPS: Final = 4
SORT: Final = "sort"
"""The parameter that names the order of the rows, such as ``-value``."""
FORMS: Final = {"rows": "Rows", "groups": "Group and count"}


def _rows(
    tables: Catalogue, selection: Selection, schema: TableSchema
) -> tuple[pd.DataFrame, tuple[tuple[str, str], ...]]:
    """The rows that search and, if wanted, the filters of the bar leave; says how many.

    Returns:
        The rows, and in words what left them: search and filters that act on the table.
    """
    name = schema.name
    left, right = st.columns([0.6, 0.4], vertical_alignment="bottom")
    with left:
        wanted = choose_text("Search in this table", "find", "Any words")
    acting = [d for d, _ in selection.active if d in table_responds_to(name)]
    with right:
        filtered = choose_flag(
            "Apply the filters",
            "filtered",
            help_text="Leaves the rows that the filters beside leave; a table that a filter "
            "does not touch stays whole",
        )
    rows = tables.table(name)
    whole = len(rows)
    if filtered:
        rows = table_rows(tables, name, selection)
    if wanted:
        rows = rows.loc[found_by(tables, name, rows, wanted)]
    said = [f"{len(rows):,} of {whole:,} rows"]
    if wanted:
        said.append(f"{len(rows):,} rows contain “{plain(wanted)}”")
    if filtered and selection.active and not acting:
        said.append("no filter that is set acts on this table")
    if not filtered and acting:
        said.append("the filters that are set are not applied here")
    st.caption(f"{'; '.join(said)}.")
    left_by = table_filters(tables, selection.only(acting)) if filtered else ()
    return rows, (("Search", wanted), *left_by) if wanted else left_by


def found_by(tables: Catalogue, table: str, rows: pd.DataFrame, wanted: str) -> pd.Index:
    """The index of the rows that hold the words, as they are shown or as they are kept."""
    shown = with_sources(tables, in_words(named(tables, table, rows)))
    both = pd.concat([shown, rows.add_prefix("kept_")], axis="columns")
    return keep(both, wanted, both.columns).index


def orders(columns: Iterable[str], first: str = "As in the table") -> dict[str, str]:
    """Every order of rows with some columns, by what the address says of it -> label."""
    found = {"": first}
    for name in columns:
        found[name] = f"{heading(name)} ↑"
        found[f"{DOWN}{name}"] = f"{heading(name)} ↓"
    return found


def group_columns(by: Iterable[str], measure: str, number: str | None) -> list[str]:
    """The columns of groups that are shown."""
    measured = ["stated", f"{measure}_of_{number}"] if measure != "rows" and number else []
    return [*by, "rows", *measured]


def _choose_order(options: dict[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The order chosen, and how a file that has it says so."""
    sort = choose_listed("Sort by", SORT, options, is_named=True)
    return sort, (("Sorted by", options[sort]),) if sort else ()


def _show_rows(
    tables: Catalogue,
    schema: TableSchema,
    rows: pd.DataFrame,
    left_by: tuple[tuple[str, str], ...],
) -> None:
    names = {f.name: heading(f.name) for f in schema.fields}
    left, right = st.columns([0.68, 0.32])
    with left:
        chosen = choose_several(
            "Columns", "columns", names, "All columns", MOST_COLUMNS, remembers=False
        )
    with right:
        sort, said = _choose_order(orders(names))
    left_by = (*left_by, *said)
    if sort:
        rows = in_order(rows, sort, schema.field(column_of(sort)).labels)
    shown = rows[list(chosen)] if chosen else rows
    key = f"whole-{schema.name}"
    refs = refs_of(tables, schema.name, rows)
    row_actions.draw(tables, key, schema.name, rows, refs)
    show_table(
        shown if chosen else named(tables, schema.name, rows), ordered=not chosen,
        tables=tables, narrow=card.device() == "narrow", height=520,
        key=f"{row_actions.table_key(key)}{sort}", title=schema.title,
        on_tick=row_actions.ticker(tables, rows, refs, key, schema.name),
    )  # fmt: skip
    table_downloads(tables, schema.name, rows, left_by, shown)


def _show_groups(
    tables: Catalogue,
    schema: TableSchema,
    rows: pd.DataFrame,
    left_by: tuple[tuple[str, str], ...],
) -> None:
    first, second, third, fourth = st.columns([0.4, 0.2, 0.2, 0.2])
    options = {name: heading(name) for name in can_group(schema, rows)}
    with first:
        by = choose_several(
            "Group by", "by", options, "Choose one or more columns", MOST_GROUPS, remembers=False
        )
    numbers = {name: heading(name) for name in can_measure(schema, rows)}
    measures = {m: words for m, words in MEASURES.items() if numbers or m == "rows"}
    with second:
        measure = choose_listed("Show", "measure", measures, is_named=True)
    column = None
    if measure != "rows":
        with third:
            column = choose_listed("Of", "number", numbers, is_named=True)
    else:
        address.put("number", None)
    if not by:
        address.put(SORT, None)
        st.info("Choose a column to group by: each of its values becomes a row.", icon="ℹ️")
        return
    grouped = group(schema, rows, by, measure, column)
    with fourth:
        sort, said = _choose_order(orders(group_columns(by, measure, column), "Most rows first"))
    grouped = in_order(grouped, sort)
    show_table(
        grouped,
        key=f"groups-{schema.name}",
        title=f"{schema.title}, grouped",
        ordered=False,
        tables=tables,
    )
    if column == "value" and "unit" in schema.columns and "unit" not in by:
        st.caption("⚠️ Values have different units: group by the unit too.")
    asked = [("Grouped by", ", ".join(options[name] for name in by))]
    if column is not None:
        asked.append(("Shown", f"{MEASURES[measure]} of {numbers[column]}"))
    table_downloads(tables, schema.name, rows, (*left_by, *asked, *said), grouped)


def show(tables: Catalogue, selection: Selection, name: str) -> None:
    """A table with everything that can be asked of it.

    Args:
        tables: The catalogue.
        selection: The filters of the bar.
        name: Name of the table.
    """
    schema = tables.schema.tables[name]
    st.markdown(f"## {schema.title}\n{schema.description}", anchors=False)
    rows, left_by = _rows(tables, selection, schema)
    if rows.empty:
        st.info(
            "No row is left. Search for part of a word, empty the box, or do not apply the "
            "filters.",
            icon="ℹ️",
        )
        return
    if choose_segment("What to see of the table", "as", FORMS) == "rows":
        _show_rows(tables, schema, rows, left_by)
    else:
        _show_groups(tables, schema, rows, left_by)
