"""Fields and tables of the dictionary, with the ways from their numbers to rows and schema."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from components.theme import plural
from components.ui import address, card, ways
from components.ui.order import Order
from components.ui.table import show_table
from components.ui.text import plain
from data import Catalogue
from data.counted import STATED, Counted, how_many
from data.dictionary import dictionary

FIELD: Final = "field"
"""The parameter that names the field that was ticked, such as ``outcomes.value``."""
SCHEMA: Final = "api/v1/schema"
_TICKED: Final = "_dictionary-field"
_STYLE = """<style>
.stApp ul.of-tables{columns:3 18rem;column-gap:28px;margin:0;padding:0;list-style:none}
.of-tables li{break-inside:avoid;padding:3px 0;margin:0}
.of-tables a{color:inherit;display:inline-block;min-height:24px;line-height:24px}
</style>"""


def fields(tables: Catalogue) -> Mapping[str, str]:
    """Every field, as the address names it -> its name in words."""
    rows = dictionary(tables)[["table", "column", "heading"]].itertuples(index=False, name=None)
    return {f"{table}.{column}": heading for table, column, heading in rows}


def said(rows: pd.DataFrame) -> str:
    """How many fields and tables there are, and what they are made from; in Markdown."""
    count, of = plural(len(rows), "field"), plural(rows["table"].nunique(), "table")
    return (
        f"{count} of {of}, made from [the schema]({SCHEMA} "
        '"The one schema, against which every table is checked"); below they are listed by table.'
    )


def stated(tables: Catalogue, name: str) -> str:
    """In how many rows a field is stated, with the ways to these and to the others; in Markdown.

    Args:
        tables: The catalogue.
        name: The field, as in :func:`fields`.
    """
    table, _, column = name.partition(".")
    schema, whole = tables.schema.tables[table], len(tables.frames[table])
    has, lacks = (Counted(table, (f"{column}:{value}",)) for value in (STATED, ""))
    count = how_many(tables, has)
    words = f"stated in {count} of {plural(whole, 'row')}"
    told = [ways.anchored(words, ways.address_of(has) if count else "")]
    if count < whole:
        rest = f"not published in {whole - count}"
        told.append(ways.anchored(rest, ways.address_of(lacks)))
    heading = plain(schema.field(column).title)
    return (
        f"**{heading}**, field `{column}` of {plain(schema.title)}: {'; '.join(told)}. Its type, "
        f"unit, rules and meaning stand in [the schema]({SCHEMA}) under `{table}`, `{column}`."
    )


def show(tables: Catalogue, rows: pd.DataFrame, order: Order) -> None:
    """The fields as a table whose rows can be ticked, and where the ticked one is stated.

    Args:
        tables: The catalogue.
        rows: Rows of the dictionary.
        order: Their order.
    """
    st.caption(said(rows))
    if address.takes(address.now(), FIELD):
        st.session_state[_TICKED] = address.asked(FIELD)
    name = st.session_state.get(_TICKED, "")
    is_field = name in fields(tables)
    address.put(FIELD, name if is_field else None)
    st.caption(
        stated(tables, name)
        if is_field
        else "Choose a field to see which rows state it; a heading to sort by it."
    )
    show_table(
        rows, key="dictionary", title="Dictionary", height=600, absent="", order=order,
        narrow=card.device() == "narrow",
        on_tick=partial(_tick, tuple(rows["table"]), tuple(rows["column"])),
    )  # fmt: skip
    st.html(_STYLE + tables_html(tables, rows))


def _tick(tables: tuple[str, ...], columns: tuple[str, ...], at: int) -> None:
    if at < len(tables):
        name = f"{tables[at]}.{columns[at]}"
        address.step((FIELD,), {FIELD: name})
        st.session_state[_TICKED] = name


def tables_html(tables: Catalogue, rows: pd.DataFrame) -> str:
    """Each table with how many fields and rows it has, each number a link to them.

    Args:
        tables: The catalogue.
        rows: Rows of the dictionary; of a table of which not all are there it says so.
    """
    items = []
    for name, found in rows.groupby("table", sort=False).size().items():
        schema = tables.schema.tables[str(name)]
        every = plural(len(schema.fields), "field")
        told = every if found == len(schema.fields) else f"{found} of {every}"
        whole = html.escape(ways.address_of(Counted(schema.name)))
        items.append(
            f"<li><strong>{html.escape(schema.title)}</strong>: "
            f'<a href="dictionary?of={schema.name}">{told}</a>, '
            f'<a href="{whole}">{plural(len(tables.frames[schema.name]), "row")}</a></li>'
        )
    return f'<ul class="of-tables">{"".join(items)}</ul>'
