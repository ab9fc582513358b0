"""Fields and tables of the dictionary, with the ways from their numbers to rows and schema."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from components.exhibits.ordering import in_order_read
from components.theme import plural
from components.ui import address, card, ways
from components.ui.order import Order
from components.ui.table import Looks, encoded, for_screen, looks_of, show_table
from components.ui.text import plain
from data import Catalogue
from data.counted import STATED, Counted, how_many
from data.dictionary import dictionary
from data.free_text import keep
from data.memo import kept

FIELD: Final = "field"
"""The parameter that names the field that was ticked, such as ``outcomes.value``."""
SCHEMA: Final = "api/v1/schema"
_TICKED: Final = "_dictionary-field"
_STYLE = """<style>
.stApp ul.of-tables{columns:3 18rem;column-gap:28px;margin:0;padding:0;list-style:none}
.of-tables li{break-inside:avoid;padding:3px 0;margin:0}
.of-tables a{color:inherit;display:inline-block;min-height:24px;line-height:24px}
</style>"""


@dataclass(frozen=True)
class Drawn:
    """Fields of the dictionary as they are drawn.

    Attributes:
        rows: Rows of the dictionary, in their order.
        ready: The same as they are sent.
        looks: How they are shown.
        tables: Their tables with what each has, as HTML.
    """

    rows: pd.DataFrame
    ready: pa.Table
    looks: Looks
    tables: str


@kept(40)
def found(tables: Catalogue, words: str, name: str | None) -> pd.DataFrame:
    """Rows of the dictionary that hold some words; do not change the frame.

    Args:
        tables: The catalogue.
        words: Words that a row has to hold; ``""`` for all rows.
        name: The one table whose fields are asked for.
    """
    rows = dictionary(tables)
    rows = rows if name is None else rows[rows["table"] == name]
    return keep(rows, words, rows.columns)


@kept(40)
def drawn(tables: Catalogue, words: str, name: str | None, sort: str, narrow: bool) -> Drawn:
    """What :func:`found` gives, in an order, as it is drawn; made once for everybody.

    Raises:
        KeyError: There is no such column to sort by.
    """
    rows = in_order_read(tables, found(tables, words, name), sort)
    ready = encoded(for_screen(rows))
    return Drawn(rows, ready, looks_of(rows, narrow=narrow), tables_html(tables, rows))


@kept(1)
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


def show(tables: Catalogue, words: str, of: str | None, order: Order) -> None:
    """The fields as a table whose rows can be ticked, and where the ticked one is stated.

    Args:
        tables: The catalogue.
        words: Words that a row has to hold.
        of: The one table whose fields are asked for.
        order: The order of the rows.
    """
    narrow = card.device() == "narrow"
    shown = drawn(tables, words, of, order.sort, narrow)
    st.caption(said(shown.rows))
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
        shown.rows, key="dictionary", title="Dictionary", height=600, absent="", order=order,
        narrow=narrow, ready=shown.ready, looks=shown.looks,
        on_tick=partial(_tick, tuple(shown.rows["table"]), tuple(shown.rows["column"])),
    )  # fmt: skip
    st.html(_STYLE + shown.tables)


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
