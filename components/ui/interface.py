"""The page for those who read the Atlas by program or want all of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from components.exhibits import REGISTRY
from components.ui import cache
from components.ui.choice import choose_listed
from components.ui.takeaway import address
from components.ui.text import text
from data import Selection
from data.package_zip import package_zip
from data.query import DIMENSION_NAMES
from data.table_filters import table_responds_to
from geo.boundaries_io import ATTRIBUTION, boundary_files

DATA, FORM = "data", "format"
FORMATS: Final = {form: form for form in ("csv", "json", "parquet", "xlsx")}


def root() -> str:
    """Address of the Atlas as the reader's browser names it, ending in a slash."""
    return address() or "http://127.0.0.1:8501/"


def data_address(path: str, reached: Iterable[str], selection: Selection, form: str) -> str:
    """Address of the data of an exhibit or a table under the filters that act on it.

    Args:
        path: Such as ``exhibits/outcomes-by-benefit`` or ``tables/collaboratives``.
        reached: Dimensions that act on it.
        selection: The filters that are set.
        form: Format of the answer.
    """
    query = urlencode({"format": form, **selection.only(reached).to_params()}, safe=",")
    return f"{root()}api/v1/{path}?{query}"


def show_package() -> None:
    """The whole Atlas as one file; what the session brought is not in it."""
    tables, _ = cache.shared()
    st.markdown(
        "## The whole Atlas in one file\nAll "
        f"[{len(tables.frames)} tables](dictionary 'Every table, its fields and its rows') with "
        "their schema, and both sets of boundaries: one Frictionless data package. The same tables "
        "always give the same bytes; rows of your own are never in it.",
        anchors=False,
    )
    st.download_button(
        "Download the data package (zip)",
        data=lambda: package_zip(tables, boundary_files(), ATTRIBUTION),
        file_name=f"provider-collaboratives-atlas-{tables.schema.version}.zip",
        mime="application/zip",
        key="whole-atlas",
        on_click="ignore",
        type="primary",
    )


def names() -> dict[str, str]:
    """What has an address of its own: ``exhibits/ID`` or ``tables/NAME`` -> label."""
    tables = cache.shared()[0].schema.tables
    found = {f"exhibits/{e.id}": e.title for e in REGISTRY}
    return found | {f"tables/{name}": f"Table: {tables[name].title}" for name in tables}


def show_builder(selection: Selection) -> None:
    """The address of the data of an exhibit or a table under the filters that are set now."""
    st.markdown(
        "## The address of what you see\nChoose an exhibit or a table; the address has the "
        "filters that are set in the sidebar.",
        anchors=False,
    )
    left, right = st.columns([4, 1])
    with left:
        path = choose_listed("Exhibit or table", DATA, names(), is_named=True)
    with right:
        form = choose_listed("Format", FORM, FORMATS, is_named=True)
    kind, _, name = path.partition("/")
    reached = table_responds_to(name) if kind == "tables" else REGISTRY[name].responds_to
    st.code(data_address(path, reached, selection, form), language=None, wrap_lines=True)
    ignored = dict.fromkeys(d for d, _ in selection.active if d not in reached)
    if ignored:
        dimensions = ", ".join(DIMENSION_NAMES[d] for d in ignored)
        what = kind.removesuffix("s")
        st.caption(
            f":material/warning: Left out: the filter for {dimensions}; "
            f"this {what} has no such split."
        )


def show_lines() -> None:
    """Lines to copy, and every address."""
    st.markdown("## Lines to copy", anchors=False)
    st.markdown(text("interface-lines").replace("{address}", root()))
    st.markdown("## Every address", anchors=False)
    # On a phone the table is wider than the page: it scrolls, the page does not.
    table, _, after = text("interface-places").replace("{address}", root()).partition("\n\n")
    with st.container(key="scroll-addresses"):
        st.markdown(table)
    st.markdown(after)
