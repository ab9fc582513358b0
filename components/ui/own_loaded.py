"""What a session holds of its own: the list, where to see it, taking it away, removing it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.ui import overlay, own, own_banner, ways
from components.ui.text import plain
from data.counted import Counted, how_many
from data.own import OwnData, OwnFile
from data.own.contributing import contribution
from data.own.removing import going_with

PAGES_OF = {
    "collaboratives": ("collaboratives", "Collaboratives"),
    "organisations": ("connections", "Who works with whom"),
    "memberships": ("connections", "Who works with whom"),
    "footprints": ("footprints", "Footprints map"),
    "outcomes": ("benefits", "Benefits"),
    "priorities": ("priorities", "Priorities"),
    "survey_results": ("delegation", "Delegation readiness"),
}
_SURVEY_PAGES = (
    ("priorities", "Priorities"), ("partners", "Partners and resources"),
    ("helps", "What helps and what hinders"),
)  # fmt: skip
_MOST_LINKS = 6


def show(pages: dict[str, st.Page]) -> None:
    """Everything that the session holds; nothing where it holds nothing."""
    data = overlay.current()
    if data is None:
        return
    st.markdown("## What you have brought", anchors=False)
    for file in data.files:
        with st.container(border=True):
            ways_to = partial(_counted, file, data)
            st.markdown(f"**{plain(file.label)}**  \n{own.found_words(file.rows, ways_to)}")
            _links(file, data, pages)
            _offer_removal(file, data)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Download as a contribution", partial(contribution, data), "contribution.zip",
            "application/zip", key="own-contribution", on_click="ignore",
            icon=":material/download:",
            help="Tables in the form of the repository, ready for a pull request",
        )  # fmt: skip
        st.button(
            "Remove all of it", key="own-remove-all", on_click=_remove, icon=":material/delete:"
        )
    st.markdown("## Bring another file", anchors=False)


def _counted(file: OwnFile, data: OwnData, table: str, words: str) -> str:
    """How many rows of a table a file has, with the way to them where its sources tell them."""
    sources = dict.fromkeys((file.source_id, *file.sources))
    whence = Counted(table, tuple(f"source_id:{source}" for source in sources))
    has_sources = "source_id" in data.catalogue.schema.tables[table].columns
    is_all = has_sources and how_many(data.catalogue, whence) == file.rows[table]
    return ways.anchored(words, ways.address_of(whence) if is_all else "")


def _offer_removal(file: OwnFile, data: OwnData) -> None:
    """One click that takes a single file away; it says what goes with it."""
    if len(data.files) == 1:
        return
    others = [f.label for f in going_with(data, file.source_id) if f is not file]
    also = f" and {', '.join(others)}, whose rows build on it" if others else ""
    st.button(
        f"Remove this file{also}", key=f"own-remove-{file.source_id}", icon=":material/delete:",
        on_click=_remove, args=(file.source_id,),
    )  # fmt: skip


def _remove(source_id: str = "") -> None:
    """Forget one file, or everything; for callbacks."""
    own.forget_result()
    own_banner.remove(source_id)


def _links(file: OwnFile, data: OwnData, pages: dict[str, st.Page]) -> None:
    """Pages on which the rows of a file can be seen now."""
    targets = dict(PAGES_OF[t] for t in file.rows if t in PAGES_OF)
    if "survey_results" in file.rows:
        targets |= dict(_SURVEY_PAGES)
    names = data.catalogue.collaborative_names
    with st.container(horizontal=True, gap="small"):
        for path, label in targets.items():
            st.page_link(pages[path], label=f"See: {label}")
        for key in file.ids.get("collaborative_id", ())[:_MOST_LINKS]:
            st.page_link(
                pages["collaboratives"], label=plain(names.get(key, key)), query_params={"id": key}
            )
