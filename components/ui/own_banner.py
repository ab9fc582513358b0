"""The line on every page that says that own rows are shown, with one click to remove them."""

from __future__ import annotations

import gc

import streamlit as st

from components import theme
from components.ui import cache, filters, overlay, sides
from components.ui.text import plain
from data.own.removing import without

_STYLE = (
    "<style>.st-key-own-banner{border-left:5px solid #C97700;padding:.35rem .9rem;"
    "background:rgba(201,119,0,.10);border-radius:6px}</style>"
)


def draw() -> None:
    """Say it, where there is something to say; the place for it exists on every page."""
    place, data = st.container(), overlay.current()
    if data is None:
        return
    files = ", ".join(plain(f.label) for f in data.files[:3])
    files += f" and {len(data.files) - 3} more" if len(data.files) > 3 else ""
    rows = theme.plural(sum(n for f in data.files for n in f.rows.values()), "row")
    with place:
        st.html(_STYLE)
        with st.container(
            horizontal=True, key="own-banner", vertical_alignment="center", gap="small"
        ):
            st.markdown(
                f":material/attach_file: **Includes your own data**: {files} ([{rows}](own)). "
                "Only you see it, in this tab only, until you remove it or reload.",
                width="stretch",
            )
            st.button("Remove my data", key="own-remove", on_click=remove, width="content")


def remove(source_id: str = "") -> None:
    """Forget everything own, and what was chosen that only own rows had; for callbacks.

    Args:
        source_id: The source of the one file to forget; all of them without it.
    """
    data = overlay.current()
    rest = without(data, source_id) if data is not None and source_id else None
    if rest is None:
        overlay.drop()
    else:
        overlay.keep(rest)
        overlay.let_go_of_files()
    tables, _ = cache.catalogue()
    sides.keep_known(tables)
    filters.apply(filters.known_only(tables, filters.current()))
    # Rows and all that was made of them hold on to one another nowhere; this frees them now.
    gc.collect()
