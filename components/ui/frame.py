"""The frame around every page: configuration, menu, filters, problems and footer."""

from __future__ import annotations

import base64
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.ui import (
    address,
    cache,
    filter_bar,
    filters,
    own_banner,
    page_params,
    search,
    stage,
    takeaway,
    terms,
    views,
)
from components.ui.navigation import PAGES, PageSpec
from components.ui.text import plain, text
from data import Catalogue, DataError, Problem, Selection

ROOT = Path(__file__).resolve().parents[2]
# A data address: a file would be read and hashed on every run.
_ICON = "data:image/svg+xml;base64," + base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 60">'
    b'<path fill="#005EB8" d="M20 4l13 7.500v15L20 34 7 26.500v-15z"/>'
    b'<path fill="#41B6E6" d="M47 4l13 7.500v15L47 34 34 26.500v-15z"/>'
    b'<path fill="#2A6FC9" d="M33.500 28l13 7.500v15L33.500 58l-13-7.500v-15z"/></svg>'
).decode("ascii")
_SCRIPT = '<script src="live/assets/atlas.js"></script>'
_STYLE = """<style>
.block-container{padding:4.4rem 2.2rem 2rem;max-width:1560px}
[data-testid="stSidebarUserContent"]{padding-top:.5rem}
[data-testid="stCaptionContainer"]{color:inherit;opacity:.82}
[data-testid="stCaptionContainer"] *{color:inherit}
[class*="st-key-scroll-"]{overflow-x:auto}
[class*="st-key-scroll-"]>div{min-width:760px}
@media(max-width:640px){.block-container{padding-left:.8rem;padding-right:.8rem}}
/* The row of the filters that are set is not there when none is: keep its room, so that setting the
first moves no map; nor does a shorter sentence. On a phone there is no room to keep. */
.block-container h1{padding-top:0}
.st-key-active-filters button{min-height:1.9rem;padding:.1rem .6rem}
@media(min-width:641px){.block-container{padding-top:3.7rem}
.stApp:not(:has(.st-key-active-filters)) .block-container{padding-top:6.6rem}}
@media(min-width:641px){[class*="st-key-exhibit-"]:has([data-testid="stDeckGlJsonChart"])
>[data-testid="stElementContainer"]:first-child p:last-child{min-height:3.2em}}
/* What leads to another page from beside a heading looks like the buttons that it stands with. */
.st-key-page-actions [data-testid="stPageLink-NavLink"]{border:1px solid rgba(138,151,161,.6);
border-radius:6px;padding:.3rem .75rem;line-height:1.6}
/* Pale blue in the dark: white on it is too faint to read. */
[data-testid="stBaseButton-primary"]:enabled,[data-testid="stBaseLinkButton-primary"],
[data-testid="stMultiSelectTagsContainer"] [data-tag],
[data-testid="stMultiSelectTagsContainer"] [data-tag] *{color:light-dark(#FFFFFF,#101820)}
/* Terms of the glossary: quiet, and read by keyboard as by mouse. */
.stApp :is([data-testid="stMarkdownContainer"],[data-testid="stCaptionContainer"])
a[href*="glossary?term="]{color:inherit;cursor:help;
text-decoration:underline dotted 1px;text-underline-offset:3px;position:relative}
a[href*="glossary?term="]:focus-visible::after{content:attr(title);position:absolute;left:0;
top:1.6em;z-index:9;width:min(20rem,70vw);padding:.5rem .7rem;font-weight:400;
font-size:.85rem;line-height:1.4;border:1px solid #8A97A1;border-radius:6px;
color:light-dark(#1B2A33,#F2F5F7);background:light-dark(#FFFFFF,#1B252D)}
.statements{columns:2 21rem;column-gap:28px}
.lines ul{margin:0;padding-left:1.1em}.lines li{padding:4px 0}
.lines summary{cursor:pointer;font-weight:600;padding:10px 0}
[data-testid="stDeckGlJsonChart"]{background:rgba(138,151,161,.16);border-radius:6px}
.statements details{break-inside:avoid;padding:7px 0;border-bottom:1px solid rgba(138,151,161,.35)}
.statements summary{cursor:pointer;font-weight:600}
.statements p{margin:6px 0 2px 0}
.statements small{opacity:.8}
.statements .marks{font-weight:400;font-size:.82rem;opacity:.8;margin-left:.35em}
.statements ul.links{margin:4px 0 6px 0;padding-left:1.1em}
.statements ul.links a{color:inherit}
.statements ul.links li{margin:3px 0}
.statements ul.links i{opacity:.75;font-size:.85rem}
.statements h4{break-after:avoid;margin:14px 0 4px 0;padding:0;font-size:1rem}
@media(max-width:760px){.statements{columns:1}}
.side-by-side{overflow-x:auto}
.side-by-side table{border-collapse:collapse;width:100%;table-layout:fixed}
.side-by-side :is(th,td){padding:7px 12px 7px 0;border-bottom:1px solid rgba(138,151,161,.35);
text-align:left;vertical-align:top;overflow-wrap:anywhere}
.side-by-side thead th{font-size:1.05rem;border-bottom-width:2px}
.side-by-side th:first-child{width:13.5rem}
.side-by-side ul{margin:0;padding-left:1.1em}
.side-by-side .verdict{display:block;font-weight:400;font-size:.85rem;opacity:.85}
.side-by-side .differs .verdict{font-weight:700;opacity:1}
.side-by-side .differs th{box-shadow:inset 4px 0 0 #C97700;padding-left:12px}
.side-by-side tr:not(.differs)>th:first-child{padding-left:12px}
@media(max-width:760px){
.side-by-side :is(table,tbody,tr,th,td){display:block}.side-by-side thead{display:none}
.side-by-side tbody tr{padding:8px 0;border-bottom:2px solid rgba(138,151,161,.5)}
.side-by-side th:first-child{width:auto}
.side-by-side .verdict{display:inline;margin-left:.6em}
.side-by-side :is(tbody th,td){border-bottom:0;padding:3px 0 3px 12px}
.side-by-side td::before{content:attr(data-of);display:block;font-size:.85rem;opacity:.8}}
</style>"""


def run() -> None:
    """Run the app: everything that is the same on every page, and the page."""
    st.set_page_config(
        page_title="Provider Collaboratives Atlas",
        page_icon=_ICON,
        layout="wide",
        menu_items={"About": text("about-menu")},
    )
    st.html(_STYLE)
    terms.begin()
    st.html(_SCRIPT, unsafe_allow_javascript=True)
    st.logo(_ICON, size="large")
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
    if stage.is_on(current.url_path):
        # A room full of people: no filters, no footer, no warnings about files.
        current.run()
        return
    with st.container():
        _warn(problems)
    own_banner.draw()
    arrival = page_params.check(tables, address.begin(current.url_path))
    search.draw(tables)
    views.adopt(arrival)
    filters.adopt(tables, arrival)
    # This place exists on every run: an element that comes and goes would move all that follow it.
    notices = st.container()
    st.session_state["selection"] = filter_bar.draw(tables, arrival.page)
    current.run()
    # Where a link led is not where the reader goes on from.
    address.put("at", None)
    _say_dropped(notices)
    _footer(tables)
    address.commit()


def context() -> tuple[Catalogue, Selection]:
    """What a page needs: the tables and the reader's selection."""
    tables, _ = cache.catalogue()
    selection = st.session_state.get("selection", Selection())
    return tables, selection


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
        takeaway.for_page(spec, st.session_state.get("selection", Selection()))
        if onward:
            st.page_link(link(onward), label=label, icon=":material/arrow_forward:")


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


def _say_dropped(place: DeltaGenerator) -> None:
    """One message for everything in the address that could not be used."""
    dropped = address.dropped()
    if dropped:
        place.warning(
            f"Part of this link could not be used: {plain('; '.join(dropped))}. The rest is shown.",
            icon="⚠️",
        )


def _footer(tables: Catalogue) -> None:
    st.divider()
    st.caption(text("footer").format(version=tables.schema.version))


def link(url_path: str) -> st.Page:
    """The page at an address, for ``st.page_link``."""
    pages: dict[str, st.Page] = st.session_state["_pages"]
    return pages[url_path]
