"""The frame around every page: configuration, menu, filters, problems and footer."""

from __future__ import annotations

import base64
import re
from copy import copy
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import theme
from components.ui import (
    address,
    cache,
    filter_bar,
    filters,
    marked,
    overlay,
    own_banner,
    page_params,
    search,
    stage,
    takeaway,
    terms,
    views,
)
from components.ui.current import PAGES_KEY, SELECTION_KEY, context, link
from components.ui.navigation import PAGES, PageSpec
from components.ui.page_style import STYLE
from components.ui.text import plain, text
from data import Catalogue, DataError, Problem

__all__ = ["actions", "context", "heading", "link", "run"]

ROOT = Path(__file__).resolve().parents[2]
# A data address: a file would be read and hashed on every run.
_ICON = "data:image/svg+xml;base64," + base64.b64encode(
    (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 60">'
        + "".join(
            f'<path fill="{colour}" d="M{top}l13 7.5v15l-13 7.5-13-7.5v-15z"/>'
            for colour, top in zip(theme.LOGO, ("20 4", "47 4", "33.5 28"), strict=True)
        )
        + "</svg>"
    ).encode()
).decode("ascii")
_MOST_SAID = 6
"""Sentences about one address that could not be used."""
_MAYBE_OWN = re.compile("” is not an? (known )?(collaborative|organisation|wave|tier)")
_GONE = (
    "If it was of your own: own rows are found only in the tab to which they were brought, and go "
    "when it is loaded anew. Bring the file again."
)
# The search stands in the head of the page already (``server/early.py``); a second time it does
# nothing.
_BROWSER = ("search", "atlas", "phone", "charts", "maps", "tables", "tabs", "unfolded", "scroll")
_SCRIPTS = "".join(f'<script src="live/assets/{name}.js"></script>' for name in _BROWSER)
_LINKS = (
    '<script src="live/assets/links.js" '
    f'data-atlas-pages="{" ".join(spec.url_path for spec in PAGES)}" '
    f'data-atlas-filters="{" ".join(filters.CARRIED)}"></script>'
)


@lru_cache(maxsize=len(PAGES))
def _page(spec: PageSpec) -> st.Page:
    """A page as Streamlit knows it; it looks for the file on the disk each time one is made."""
    return st.Page(
        str(ROOT / spec.script),
        title=spec.title,
        url_path=spec.url_path,
        default=spec.url_path == "",
    )


def run() -> None:
    """Run the app: everything that is the same on every page, and the page."""
    st.set_page_config(
        page_title="Provider Collaboratives Atlas",
        page_icon=_ICON,
        layout="wide",
        menu_items={"About": text("about-menu")},
    )
    overlay.keep_out_of_logs()
    st.html(STYLE)
    terms.begin()
    st.html(_SCRIPTS + _LINKS, unsafe_allow_javascript=True)
    st.logo(_ICON, size="large")
    groups: dict[str, list[st.Page]] = {}
    pages: dict[str, st.Page] = {}
    for spec in PAGES:
        # One of its own for each run: what is running is noted in it.
        page = copy(_page(spec))
        groups.setdefault(spec.section, []).append(page)
        pages[spec.url_path] = page
    st.session_state[PAGES_KEY] = pages
    current = st.navigation(groups, position="top")
    try:
        tables, problems = cache.catalogue()
    except DataError as error:
        _cannot_start(error)
        return
    if stage.is_on(current.url_path):
        # A room full of people: no filters, no footer, no warnings about files.
        address.begin(current.url_path)
        current.run()
        address.commit()
        return
    with st.container():
        _warn(problems)
    own_banner.draw()
    arrival = page_params.check(tables, address.begin(current.url_path))
    search.draw(tables)
    views.adopt(arrival)
    filters.adopt(tables, arrival)
    marked.adopt(arrival)
    # This place exists on every run: an element that comes and goes would move all that follow it.
    notices = st.container()
    st.session_state[SELECTION_KEY] = filter_bar.draw(tables, arrival.page)
    current.run()
    # Where a link led is not where the reader goes on from.
    address.put("at", None)
    _say_dropped(notices)
    _footer(tables)
    address.commit()


def heading(title: str, intro: str, onward: str = "", label: str = "") -> None:
    """A page's heading, its introduction from ``components/text`` and what can be done with it.

    Args:
        title: Its name in the menu.
        intro: Name of the text.
        onward: Address of the page to go to next, if one is named beside the heading.
        label: What the link to it says.
    """
    st.markdown(f"# {title}", anchors=False)
    st.markdown(terms.once(text(intro), "introduction", 4))
    spec = next((page for page in PAGES if page.title == title), None)
    if spec is not None:
        actions(spec, onward, label)


def actions(spec: PageSpec, onward: str = "", label: str = "") -> None:
    """What can be done with a page, in one row: take it away, go on to another."""
    with st.container(
        horizontal=True, gap="small", vertical_alignment="center", key="page-actions"
    ):
        takeaway.for_page(spec, context()[1])
        if onward:
            st.page_link(link(onward), label=label, icon=":material/arrow_forward:")


def _cannot_start(error: DataError) -> None:
    st.error(
        "The tables of the Atlas cannot be read, so there is nothing to show yet.",
        icon=":material/error:",
    )
    st.markdown("\n".join(f"- {problem}" for problem in error.problems))
    st.markdown("Mend the tables, check them with `python -m data validate`, and reload this page.")


def _warn(problems: tuple[Problem, ...]) -> None:
    if problems:
        st.warning(
            f"The tables on disk have {len(problems)} problem(s); the last good state is shown. "
            f"First: {problems[0]}",
            icon=":material/warning:",
        )


def _say_dropped(place: DeltaGenerator) -> None:
    """One message for everything in the address that could not be used."""
    dropped = address.dropped()
    if dropped:
        # A link that is garbled through and through would fill the screen with sentences.
        more = len(dropped) - _MOST_SAID
        rest = (f"and {more} more like these",) if more > 1 else dropped[_MOST_SAID:]
        said = "; ".join((*dropped[:_MOST_SAID], *rest))
        end = "" if said.endswith("?") else "."
        # After a reload, or for whoever was sent a link with somebody else's own rows.
        own = f" {_GONE}" if overlay.current() is None and _MAYBE_OWN.search(said) else ""
        place.warning(
            f"Part of this link could not be used: {plain(said)}{end} The rest is shown.{own}",
            icon=":material/warning:",
        )


def _footer(tables: Catalogue) -> None:
    st.divider()
    st.caption(text("footer").format(version=tables.schema.version))
