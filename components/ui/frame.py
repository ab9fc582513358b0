"""The frame around every page: configuration, menu, filters, problems and footer."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components.ui import cache, filters
from components.ui.navigation import PAGES
from components.ui.text import text
from data import Catalogue, DataError, Problem, Selection

ROOT = Path(__file__).resolve().parents[2]
_STYLE = """<style>
.block-container{padding:4.4rem 2.2rem 2rem;max-width:1560px}
[data-testid="stSidebarUserContent"]{padding-top:.5rem}
[data-testid="stCaptionContainer"]{color:inherit;opacity:.82}
[data-testid="stCaptionContainer"] *{color:inherit}
[class*="st-key-scroll-"]{overflow-x:auto}
[class*="st-key-scroll-"]>div{min-width:760px}
@media(max-width:640px){.block-container{padding-left:.8rem;padding-right:.8rem}}
</style>"""


def run() -> None:
    """Run the app: everything that is the same on every page, and the page."""
    st.set_page_config(
        page_title="Provider Collaboratives Atlas",
        page_icon=str(ROOT / "static" / "favicon.png"),
        layout="wide",
        menu_items={"About": text("about-menu")},
    )
    st.html(_STYLE)
    st.logo(str(ROOT / "static" / "favicon.png"), size="large")
    groups: dict[str, list[st.Page]] = {}
    pages: dict[str, st.Page] = {}
    for spec in PAGES:
        page = st.Page(
            str(ROOT / spec.script),
            title=spec.title,
            url_path=spec.url_path,
            default=spec.url_path == "",
        )
        groups.setdefault(spec.section, []).append(page)
        pages[spec.url_path] = page
    st.session_state["_pages"] = pages
    current = st.navigation(groups, position="top")
    try:
        tables, problems = cache.catalogue()
    except DataError as error:
        _cannot_start(error)
        return
    _warn(problems)
    st.session_state["selection"] = filters.draw(tables)
    current.run()
    _footer(tables)


def context() -> tuple[Catalogue, Selection]:
    """What a page needs: the tables and the reader's selection."""
    tables, _ = cache.catalogue()
    selection = st.session_state.get("selection", Selection())
    return tables, selection


def heading(title: str, intro: str) -> None:
    """A page's heading and its introduction from ``components/text``."""
    st.markdown(f"# {title}", anchors=False)
    st.markdown(text(intro))


def _cannot_start(error: DataError) -> None:
    st.error("The tables of the Atlas cannot be read, so there is nothing to show yet.", icon="🛑")
    st.markdown("\n".join(f"- {problem}" for problem in error.problems))
    st.markdown("Mend the tables, check them with `python -m data validate`, and reload this page.")


def _warn(problems: tuple[Problem, ...]) -> None:
    if problems:
        st.warning(
            f"The tables on disk have {len(problems)} problem(s); the last good state is shown. "
            f"First: {problems[0]}",
            icon="⚠️",
        )


def _footer(tables: Catalogue) -> None:
    st.divider()
    st.caption(text("footer").format(version=tables.schema.version))


def link(url_path: str) -> st.Page:
    """The page at an address, for ``st.page_link``."""
    pages: dict[str, st.Page] = st.session_state["_pages"]
    return pages[url_path]
