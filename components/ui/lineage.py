"""Where a row comes from, on the screen: its cells, sources, contradictions and exhibits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import streamlit as st

from components.exhibits import REGISTRY
from components.exhibits.appearances import appearances
from components.exhibits.headings import heading
from components.ui import address, cache, current, methods
from components.ui.choice import choose_one
from components.ui.table import REMARKS
from components.ui.text import plain
from components.ui.ways import link as link_to
from components.ui.ways import page_of
from data import Catalogue, Selection
from data.citations import Citation
from data.counted import whence_of, whole_table
from data.lineage import Lineage, Tie, lineage, names_of, refs_of
from data.lineage import ref as ref_to
from data.memo import kept
from data.rows import text

MOST = 8
OWN_ROW = (
    ":material/attach_file: **A row of your own**, not checked by the Atlas. It is found in this "
    "tab only: a copied link to it does not open elsewhere."
)
_ORIGIN = ":material/quick_reference_all:"
_GO = ":material/arrow_forward:"
_PROFILES = {
    "collaboratives": ("collaboratives", "id"),
    "icbs": ("systems", "system"),
    "icbs_2026": ("systems", "system"),
}
"""Table -> page and parameter of the profile of one of its rows."""


def link(ref: str, label: str = "Where does this come from?") -> None:
    """A link to the lineage of a row."""
    st.page_link(
        current.link("row"),
        label=label,
        icon=_ORIGIN,
        query_params={"row": ref},
    )


def source_line(tables: Catalogue, ref: str) -> str:
    """The sources of a row in a line of Markdown, the first with its place; ``""`` for none."""
    parts = []
    for cited in lineage(tables, ref).citations:
        title = f"[{cited.plain}]({cited.url})" if cited.url else cited.plain
        parts.append("; ".join((title, *cited.locators)))
    return f"**Source:** {'. And '.join(parts)}." if parts else ""


def _cell(value: object) -> str:
    """A cell in words: a count that a column of numbers holds as 2.0 is 2."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, float | np.floating) else str(value)


def cells(tables: Catalogue, found: Lineage) -> pd.DataFrame:
    """The cells of a row for people: ``what``, ``value``, ``meaning``; a row a column."""
    schema = tables.schema.tables[found.table]
    rows = []
    for field in schema.fields:
        value = found.row[field.name]
        # Only a fact can be "not published": a remark is just absent, and so is what a word lacks.
        is_fact = found.table != "glossary" and not field.name.endswith(REMARKS)
        absent = "not published" if is_fact else "none"
        shown = absent if pd.isna(value) else field.labels.get(str(value), _cell(value))
        rows.append({"what": heading(field.name), "value": shown, "meaning": field.description})
    return pd.DataFrame(rows)


def _source(citation: Citation) -> str:
    title = f"[{citation.title}]({citation.url})" if citation.url else citation.title
    date = f", {citation.published}" if citation.published else ""
    places = "".join(f"\n- **Place in it:** {place}" for place in citation.locators)
    way = link_to(ref_to("sources", citation.source_id), citation.title, "its row")
    return f"**{title}**  \n{citation.publisher}{date} · {citation.tier} · {way}{places}"


def _own_word(locator: str) -> str:
    """The source of a term that the Atlas itself brings in; of a method, the place where it is."""
    where = methods.address_of(locator)
    place = f"\n- **Place in it:** {f'[{locator}]({where})' if where else locator}"
    told = f"### Source\n**{methods.OWN_WORD}**, which no source states"
    return told + (place if locator else "")


def _ties(tables: Catalogue, ties: tuple[Tie, ...]) -> None:
    for tie in ties:
        title = tables.schema.tables[tie.table].title
        every = link_to(whence_of(tables, tie.refs), title, f"all {len(tie.refs)} rows")
        st.caption(f"{title} ({every or len(tie.refs)})" if len(tie.refs) > 1 else title)
        for ref, name in list(zip(tie.refs, tie.names, strict=True))[:MOST]:
            link(ref, plain(name[:90]))
        if len(tie.refs) > MOST:
            more = f"and {len(tie.refs) - MOST} more"
            st.caption(f"{more}: see {every or f'the table {title}'}")


@kept(12)
def _shown_in(tables: Catalogue, table: str) -> Mapping[str, tuple[str, ...]]:
    """Reference of a row of a table -> ids of the exhibits that show it.

    Beside own rows only those exhibits are built that show rows of such a table without them.
    """
    every = cache.shown_in(cache.shared()[0] if tables.own else tables)
    if not tables.own:
        return every
    ids = {i for ref, shown in every.items() if ref.startswith(f"{table}/") for i in shown}
    builds = {e.id: cache.built(e.id, Selection()) for e in REGISTRY if e.id in ids}
    return appearances(tables, builds)


def _appears(tables: Catalogue, found: Lineage) -> None:
    with st.spinner("Looking through every exhibit, once"):
        ids = _shown_in(tables, found.table).get(found.ref, ())
    if not ids:
        st.markdown("In no exhibit by itself; see the rows that it hangs together with.")
    for exhibit_id in ids:
        spec = page_of(exhibit_id)
        if spec is not None:
            label = f"{REGISTRY[exhibit_id].title} · :small[{spec.title}]"
            st.page_link(
                current.link(spec.url_path), label=label, icon=":material/bar_chart:",
                query_params={"at": exhibit_id},
            )  # fmt: skip


def show(tables: Catalogue, ref: str) -> None:
    """Everything on one row.

    Args:
        tables: The catalogue.
        ref: Reference of the row.
    """
    found = lineage(tables, ref)
    schema = tables.schema.tables[found.table]
    st.markdown(f"## {plain(found.name)}\n:small[{schema.title} · `{ref}`]", anchors=False)
    if is_own(tables, found):
        st.markdown(OWN_ROW)
    left, right = st.columns([0.45, 0.55], gap="medium")
    with left:
        _origin(tables, found)
    with right:
        # Nothing in it to sort or widen that no address would say.
        st.table(
            cells(tables, found).map(plain).rename(columns=str.capitalize),
            hide_index=True,
            border="horizontal",
            alt=f"Table: every cell of {found.name}",
        )
        st.page_link(
            current.link("tables"), label=f"The whole table: {schema.title}", icon=_GO,
            query_params=whole_table(found.table),
        )  # fmt: skip
        if found.table in _PROFILES:
            path, param = _PROFILES[found.table]
            st.page_link(
                current.link(path), label=f"Everything on {plain(found.name)}", icon=_GO,
                query_params={param: ref.split("/", 1)[1]},
            )  # fmt: skip
    # Last: it may take a moment, and everything else is there to read.
    with left:
        st.markdown("### Where it appears", anchors=False)
        _appears(tables, found)


def is_own(tables: Catalogue, found: Lineage) -> bool:
    """Whether a row is one that the reader brought."""
    keys = tables.schema.tables[found.table].primary_key
    return tuple(str(found.row[key]) for key in keys) in tables.own.get(found.table, ())


def _origin(tables: Catalogue, found: Lineage) -> None:
    """Sources, contradictions, and what the row hangs together with."""
    if found.citations:
        st.markdown("### Source", anchors=False)
    elif found.table == "glossary":
        st.markdown(_own_word(text(found.row["locator"])))
    for citation in found.citations:
        st.markdown(_source(citation))
    if found.citations and not any(citation.locators for citation in found.citations):
        # One place in words for several sources, as the register of discrepancies has it.
        st.markdown(f"- **Place in them:** {plain(text(found.row.get('locator')))}")
    for row in found.discrepancies:
        st.warning(
            f"**Sources disagree.** {row['summary']}  \n**Shown:** {row['shown_value']}  \n"
            f"**Also stated:** {row['other_values']}  \n**Rule:** {row['rule']} "
            + link_to(ref_to("discrepancies", row["discrepancy_id"]), row["summary"]),
            icon=":material/balance:",
        )
    if not found.discrepancies and found.table != "discrepancies":
        st.caption("No discrepancy between sources is recorded for this row.")
    if found.named or found.naming:
        st.markdown("### Hangs together with", anchors=False)
        _ties(tables, (*found.named, *found.naming))


def choose(tables: Catalogue) -> str | None:
    """Choose a table and a row of it; the reference of the row."""
    asked, arrival = address.asked("row"), address.now()
    titles = {name: schema.title for name, schema in tables.schema.tables.items()}
    table = asked.split("/", 1)[0] or address.asked("table")
    takes = address.takes(arrival, "table", by="row-table")
    if takes and (table in titles or arrival.is_history):
        st.session_state["row-table"] = table if table in titles else next(iter(titles))
    left, right = st.columns([0.35, 0.65])
    with left:
        name = str(st.selectbox("Table", list(titles), format_func=titles.__getitem__,
                                key="row-table", on_change=address.step,
                                args=(("table", "row"),)))  # fmt: skip
    rows = tables.frames[name]
    options = dict(zip(refs_of(tables, name, rows), names_of(tables, name, rows), strict=True))
    with right:
        ref = choose_one("Row", "row", options, "Choose a row: type part of its name")
    # A row names its table.
    address.put("table", None if ref or name == next(iter(titles)) else name)
    return ref
