"""Search from any page: one key opens it, what is typed is found as it is typed."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from components.exhibits import REGISTRY
from components.export.own_mark import OWN
from components.export.tabular import file_name
from components.stories import StoryError
from components.ui import cache, map_search, opening, row_files
from components.ui import filters as chosen
from components.ui.navigation import PAGES
from components.ui.row_files import RowFile
from components.ui.text import plain
from data import Catalogue, Selection
from data.facets import OF_OUTCOMES
from data.memo import kept
from data.query import value_label
from data.rubric import GRADES
from data.search import (
    KINDS,
    Entry,
    Index,
    by_kind,
    entries,
    filters,
    ref_of,
    sector_in,
)
from data.search_tables import of_tables
from data.table_filters import table_responds_to
from geo.lookup import find_district

SHORTCUT = "Ctrl+K"
BOX = "search-box"
"""Key of the box; ``server/assets/search.js`` gives it the focus."""
_EACH, _MOST = 4, 40
_STORY = "walkthrough story presentation present"
_WORDS = {
    "": "overview home start",
    "footprints": "map postcode district",
    "side-by-side": "versus two selections",
    "place": "self assessment survey",
    "present": "present presentation slides talk",
    "tables": "data rows spreadsheet filter sort group count",
    "dictionary": "data dictionary fields columns schema",
    "row": "lineage provenance",
    "own": "upload import your own data file",
    "interface": "API HTTP CSV XLSX Parquet GeoJSON export",
    "about": "licence citation",
}
"""Address of a page -> words by which it is looked for and that are not in its title."""
_HINTS = "Try “WYAAT”, “Kent”, “out of area”, “shared leadership” or “delegation”."


@dataclass(frozen=True)
class Target:
    """Where an entry leads: a page and the parameters of its address."""

    url_path: str
    params: Mapping[str, str]


def target(entry: Entry) -> Target:
    """The page on which an entry is told best, in the state that shows it."""
    if entry.kind == "page":
        path, _, opened = entry.key.partition("?")
        page, _, exhibit = path.partition("#")
        if opened:
            return Target(page, {opening.PARAM: opened})
        return Target(page, {"at": exhibit} if exhibit else {})
    if entry.kind == "filter":
        dimension, _, value = entry.key.partition("=")
        page = "benefits" if dimension in OF_OUTCOMES else "collaboratives"
        return Target(page, {dimension: value})
    if entry.kind == "story":
        # One that is told of a system or a sector is opened where that is chosen.
        is_whole = any(s.id == entry.key and not s.subject for s in cache.stories())
        return Target("present", {"story": entry.key} if is_whole else {})
    if entry.kind == "collaboratives":
        return Target("collaboratives", {"id": entry.key})
    if entry.kind == "icbs":
        return Target("systems", {"system": entry.key})
    if entry.kind == "icbs_2026":
        return Target("systems", {"system": entry.key, "vintage": "2026"})
    if entry.kind == "district":
        return Target("footprints", {map_search.DISTRICT: entry.key})
    if entry.kind == "table":
        return Target("tables", {"table": entry.key})
    if entry.kind == "field":
        table, _, column = entry.key.partition(".")
        return Target("dictionary", {"of": table, "find": column})
    if entry.kind == "organisations":
        return Target("footprints", {"organisation": entry.key})
    return Target("row", {"row": ref_of(entry)})


def places() -> list[Entry]:
    """Pages, and the exhibits on them, as entries."""
    found = [
        Entry("page", spec.url_path, spec.title, f"Page · {spec.section}",
              _WORDS.get(spec.url_path, ""))
        for spec in PAGES
    ]  # fmt: skip
    for spec in PAGES:
        # The parts of a page show what the page does not open with.
        later = spec.on_choice if spec.in_parts else ()
        for exhibit_id in (*spec.exhibits, *later):
            exhibit = REGISTRY[exhibit_id]
            context = f"Exhibit on {spec.title} · {exhibit.question}"
            key = f"{spec.url_path}#{exhibit_id}"
            # People who write ids (of files, of the interface) look for them too.
            found.append(Entry("page", key, exhibit.title, context, exhibit_id))
    grades = " ".join(g.label for g in GRADES)
    rubric = Entry("page", "benefits?grades", "How grades of evidence work", "Benefits", grades)
    return [*found, rubric]


def stories() -> list[Entry]:
    """Walkthroughs as entries; none where their files break the rules, which their page tells."""
    try:
        return [Entry("story", s.id, s.title, s.summary, _STORY) for s in cache.stories()]
    except StoryError:
        return []


@kept(1)
def index(tables: Catalogue) -> Index:
    """Everything that can be found, made once per catalogue."""
    return Index((*places(), *filters(tables), *stories(), *entries(tables), *of_tables(tables)))


def district(tables: Catalogue, typed: str) -> list[Entry]:
    """The postcode district that is typed, also of a whole postcode, which is kept nowhere."""
    hit = find_district(typed) if any(c.isdigit() for c in typed) else None
    if hit is None:
        return []
    title = f"Postcode district {hit.label}"
    return [Entry("district", hit.label, title, map_search.district_words(tables, hit))]


def results(tables: Catalogue, typed: str) -> list[Entry]:
    """Everything that fits what is typed, the best first."""
    hits = index(tables).find(typed, _MOST)
    return [*district(tables, typed), *(hit.entry for hit in hits)]


def _results(tables: Catalogue, typed: str) -> None:
    hits = results(tables, typed)
    sector, rest = sector_in(tables, typed)
    if not hits and not (sector and rest):
        st.info(
            f"Nothing is called “{plain(typed)}”. Try part of a name, fewer words, or another "
            "spelling.",
            icon=":material/info:",
        )
        return
    pages: dict[str, st.Page] = st.session_state["_pages"]
    _for_sector(tables, typed, pages)
    for kind, group in by_kind(hits).items():
        st.caption(f"**{KINDS[kind]}**")
        for entry in group[:_EACH]:
            goal = target(entry)
            context = entry.context if len(entry.context) < 90 else f"{entry.context[:88]}…"
            _link(entry, goal, plain(context), pages, chosen.current())
        if len(group) > _EACH:
            st.caption(f"and {len(group) - _EACH} more; type more letters to see them")


def _follows_sector(entry: Entry) -> bool:
    return entry.kind != "table" or "sector" in table_responds_to(entry.key)


def _for_sector(tables: Catalogue, typed: str, pages: dict[str, st.Page]) -> None:
    """Pages, exhibits and tables with the filter for the sector that the query names."""
    sector, rest = sector_in(tables, typed)
    if not sector or not rest:
        return
    hits = [*index(tables).find(rest, 2 * _EACH, ("page",)),
            *index(tables).find(rest, 2, ("table",))]  # fmt: skip
    hits.sort(key=lambda hit: -hit.score)
    found = [hit.entry for hit in hits if _follows_sector(hit.entry)]
    label = value_label(tables, "sector", sector)
    if found:
        st.caption(f"**For {label} only**")
    for entry in found:
        goal = target(entry)
        there = Target(goal.url_path, {**goal.params, "sector": sector})
        _link(entry, there, label, pages, Selection(sector=(sector,)))


def _link(
    entry: Entry, goal: Target, context: str, pages: dict[str, st.Page], selection: Selection
) -> None:
    """A result; the rows of an exhibit can be taken away without going there."""
    exhibit_id = entry.key.partition("#")[2] if entry.kind == "page" else ""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.page_link(
            pages[goal.url_path],
            label=f"**{plain(entry.title)}**  :small[{context}]",
            query_params=dict(goal.params),
            width="stretch",
        )
        if not exhibit_id or REGISTRY[exhibit_id].needs:
            return
        kind, own = row_files.FIRST[0], selection.only(REGISTRY[exhibit_id].responds_to)
        # Built for the name only where somebody has brought rows; else when the file is asked for.
        has_own = bool(cache.catalogue()[0].own)
        is_own = has_own and OWN in cache.built(exhibit_id, selection).caveats
        st.download_button(
            kind.short, data=partial(_file, kind, exhibit_id, selection),
            file_name=file_name(exhibit_id, own, kind.ending, is_own=is_own), mime=kind.mime,
            # An exhibit may stand on several pages, and again under "For … only".
            key=f"search-{goal}-{entry.key}", on_click="ignore", type="tertiary",
            icon=":material/download:", help=f"The rows of “{entry.title}”, {context}",
        )  # fmt: skip


def _file(kind: RowFile, exhibit_id: str, selection: Selection) -> bytes:
    return row_files.exhibit_file(kind, exhibit_id, cache.built(exhibit_id, selection), selection)


@st.dialog("Search", width="medium")
def _dialog(tables: Catalogue) -> None:
    typed = st.text_input(
        "Collaborative, system, trust, outcome, insight, question, word, table or page",
        key=BOX,
        placeholder="Type what you look for",
        live=True,
        type="search",
    )
    if typed.strip():
        _results(tables, typed)
        # Says of which letters these are: Enter opens the first result of all that were typed.
        st.html(f'<i data-atlas-found="{html.escape(typed)}"></i>')
    else:
        st.caption(f"{_HINTS} Spelling is forgiven; Enter opens the first result, arrows move.")


def draw(tables: Catalogue) -> None:
    """The button that opens the search, at the top of the bar of filters."""
    with st.sidebar:
        if st.button(
            "Search", key="search", icon=":material/search:", shortcut=SHORTCUT, width="stretch",
            help="Find anything, from any page",
        ):  # fmt: skip
            _dialog(tables)
