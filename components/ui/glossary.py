"""Terms and abbreviations, each with its meaning and source, found by typing."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components import theme
from components.exhibits.numbers import Number
from components.ui import methods
from components.ui.choice import choose_text
from components.ui.text import plain, row_address
from components.ui.ways import with_ways
from data import Catalogue, Selection
from data.free_text import keep
from data.lineage import ref

_STYLE = """<style>
.glossary{columns:2 26rem;column-gap:32px;margin:0}
.stApp dl.glossary{padding:0}
.glossary div{break-inside:avoid;padding:7px 0;border-bottom:1px solid var(--rule)}
.glossary dt{font-weight:600}
.glossary dt span{font-weight:400;opacity:.85}
.glossary dd{margin:2px 0 0 0}
.glossary small{opacity:.8}
.glossary a{color:inherit}
</style>"""


def show(tables: Catalogue) -> None:
    """Draw the box and the terms that it leaves."""
    wanted = choose_text("Find a term", "term", "delegation, ICB, interval …")
    rows = matching(tables, wanted)
    if rows.empty:
        st.info(
            f"No term holds “{plain(wanted)}”. Try a shorter word, or part of one: the glossary "
            f"has {len(tables.table('glossary'))} terms.",
            icon=":material/info:",
        )
        return
    count = Number(theme.plural(len(rows), "term"), "glossary", rows)
    said = f"{count.words}, in alphabetical order."
    st.caption(with_ways(tables, said, (count,), Selection()))
    st.html(_STYLE + glossary_html(rows, tables))


def matching(tables: Catalogue, wanted: str) -> pd.DataFrame:
    """Terms that hold every word: those with it in their name first, then by the alphabet."""
    rows = keep(tables.table("glossary"), wanted, ("term", "expansion", "meaning"))
    named = keep(rows, wanted, ("term", "expansion")).index
    first = ~rows.index.isin(named)
    rows = rows.assign(_first=first, _key=rows["term"].str.casefold())
    return rows.sort_values(["_first", "_key"]).drop(columns=["_first", "_key"])


def glossary_html(rows: pd.DataFrame, tables: Catalogue) -> str:
    """Terms as a list of definitions, each with where its source uses or explains it."""
    titles = tables.table("sources").set_index("source_id")["title"]
    return f'<dl class="glossary">{"".join(_term(r, titles) for r in rows.to_dict("records"))}</dl>'


def _term(row: Mapping[Any, Any], titles: pd.Series) -> str:
    long = f" <span>{html.escape(row['expansion'])}</span>" if _has(row["expansion"]) else ""
    place = f": {row['locator']}" if _has(row["locator"]) else ""
    source = methods.OWN_WORD
    if _has(row["source_id"]):
        source = str(titles[row["source_id"]])
    return (
        f"<div><dt>{html.escape(row['term'])}{long}</dt><dd>{html.escape(row['meaning'])}</dd>"
        f'<dd><small><a href="{row_address(ref("glossary", row["term"]))}">'
        f"{html.escape(source + place)}</a></small></dd></div>"
    )


def _has(value: object) -> bool:
    return isinstance(value, str) and bool(value)
