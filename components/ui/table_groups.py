"""The groups of a whole table: how many rows each has, or what its numbers come to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from components.exhibits.headings import heading
from components.exhibits.ordering import in_order_read, sortable
from components.theme import plural
from components.ui import address, card
from components.ui.choice import choose_listed, choose_several
from components.ui.order import MOST_FIRST, SORT, choose_order
from components.ui.row_files import table_downloads
from components.ui.table import show_table
from data import Catalogue
from data.counted import MOST_CONDITIONS
from data.grouping import MEASURES, can_group, can_measure, group, told_as
from data.naming import named
from data.schema import TableSchema

MOST_GROUPS: Final = 4
WHERE: Final = "where"
"""The parameter that says what cells have to hold, such as ``status:achieved``."""


def group_columns(
    tables: Catalogue, name: str, by: Iterable[str], measure: str, number: str | None
) -> list[str]:
    """The columns by which groups of rows of a table can be sorted."""
    measured = ["stated", f"{measure}_of_{number}"] if measure != "rows" and number else []
    columns = [*by, "rows", *measured]
    return sortable(tables, pd.DataFrame(columns=columns, dtype="string"), name)


def _open_group(
    schema: TableSchema, rows: pd.DataFrame, by: tuple[str, ...], grouped: pd.DataFrame, at: int
) -> None:
    """Show the rows of a group that is clicked, as one step; a callback."""
    found = told_as(schema, rows, by, [str(cell) for cell in grouped.iloc[at][list(by)]])
    key = f"choice-{WHERE}"
    # Of one column conditions are alternatives: those of the group stand in place of others.
    asked = {one.partition(":")[0] for one in found}
    kept = [one for one in st.session_state[key] if one.partition(":")[0] not in asked]
    if not found or len(kept) + len(found) > MOST_CONDITIONS:
        st.toast("No short filter leaves these rows alone: search for them under “Rows”.")
        return
    st.session_state[key] = [*kept, *found]
    st.session_state["choice-as"] = "rows"
    address.step((WHERE, "as", SORT))


def show(
    tables: Catalogue,
    schema: TableSchema,
    rows: pd.DataFrame,
    left_by: tuple[tuple[str, str], ...],
) -> None:
    """Draw the controls of groups, the groups, and what they are taken away as.

    Args:
        tables: The catalogue.
        schema: Schema of the table.
        rows: The rows that are grouped.
        left_by: (what, in words) of whatever left these rows.
    """
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
        st.info(
            "Choose a column to group by: each of its values becomes a row.", icon=":material/info:"
        )
        return
    grouped = group(schema, rows, by, measure, column)
    with fourth:
        columns = group_columns(tables, schema.name, by, measure, column)
        order = choose_order(columns, MOST_FIRST)
    grouped = in_order_read(tables, grouped, order.sort, schema.name)
    st.caption(
        f"{plural(len(grouped), 'group')} of {plural(len(rows), 'row')}. Choose a group to see its "
        "rows."
    )
    show_table(
        named(tables, schema.name, grouped),
        key=f"groups-{schema.name}",
        title=f"{schema.title}, grouped",
        ordered=False,
        tables=tables,
        order=order,
        narrow=card.device() == "narrow",
        on_tick=partial(_open_group, schema, rows, by, grouped),
    )
    if column == "value" and "unit" in schema.columns and "unit" not in by:
        st.caption(":material/warning: Values have different units: group by the unit too.")
    asked = [("Grouped by", ", ".join(options[name] for name in by))]
    if column is not None:
        asked.append(("Shown", f"{MEASURES[measure]} of {numbers[column]}"))
    table_downloads(tables, schema.name, rows, (*left_by, *asked, *order.said), grouped)
