"""What stands below the picture of an exhibit: base, notes, caveats, sources and their rows."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import streamlit as st

from components.exhibits import CAVEATS, Built, Exhibit
from components.exhibits.deck import DeckMap
from components.exhibits.survey_builder import QUESTIONS_OF
from components.exhibits.unmoved import unmoved
from components.ui import cache
from components.ui.noted import caveat, note_lines, notes, to_rows
from components.ui.row_actions import refs_of_built
from components.ui.text import plain
from components.ui.ways import link, view_address
from data import Catalogue, Selection
from data.counted import Counted, Whence, whence_of
from data.lineage import SEPARATOR, ref
from data.memo import kept
from data.vintages import OLDER
from geo.boundaries_io import VINTAGE_TITLES


def words(exhibit: Exhibit, built: Built, selection: Selection) -> str:
    """Base, notes, labels of the caveats and the source line, as Markdown lines."""
    lines = []
    if built.base:
        way = link(base_whence(built, cache.catalogue()[0], exhibit.id), built.base)
        lines.append(f"**Base:** {built.base}. {way}".rstrip())
    if built.notes:
        lines.append(notes(cache.catalogue()[0], built, exhibit.id, selection))
    if built.caveats:
        lines.append("**Caveats:** " + " · ".join(map(caveat, built.caveats)))
    ignored = not_applied(exhibit, built, selection)
    if ignored:
        lines.append(ignored)
    lines.append(source_line(exhibit.id, built, selection))
    return "  \n".join(lines)


@kept(2)
def base_whence(built: Built, tables: Catalogue, exhibit_id: str) -> Whence:
    """Where the base of an exhibit comes from: the questions, or the systems on the map.

    Args:
        built: The exhibit.
        tables: The catalogue.
        exhibit_id: Its id.
    """
    asked = QUESTIONS_OF.get(exhibit_id, ())
    if asked:
        # Of the wave whose answers are drawn, which is not always the one that is asked for.
        rows = [one.partition("/")[::2] for one in refs_of_built(tables, built)]
        waves = dict.fromkeys(key.split(SEPARATOR)[0] for _, key in rows if key)
        if any(table == "survey_waves" for table, _ in rows):
            return whence_of(tables, (ref("survey_waves", wave) for wave in waves))
        return whence_of(tables, (ref("survey_questions", w, q) for w in waves for q in asked))
    if isinstance(built.figure, DeckMap):
        return Counted("icbs" if built.figure.vintage_id == OLDER else "icbs_2026")
    if re.match(r"\d+ integrated care systems", built.base):
        return Counted("icbs" if built.base.endswith(VINTAGE_TITLES[OLDER]) else "icbs_2026")
    return ""


def tell(built: Built, whole: str, clicks: str, ignored: str, *, narrow: bool) -> None:
    """Write what belongs below a picture; on a phone all but the first of it folded.

    Args:
        built: The exhibit.
        whole: Base, notes, caveats and sources (``words``).
        clicks: What a click does, and where one can go on.
        ignored: Filters that change nothing, which are never folded away.
        narrow: Whether it is read on a phone.
    """
    if not narrow:
        st.caption("  \n".join(w for w in (clicks, whole) if w))
        return
    # Names and notes may be somebody's own: none of their signs is a tag here.
    body = (
        f'<details class="said"><summary>{brief(built)}</summary>\n\n'
        f"{whole.replace('<', '&lt;')}\n\n</details>"
    )
    above = "  \n".join(w for w in (clicks, ignored) if w)
    st.caption(f"{above}\n\n{body}" if above else body, unsafe_allow_html=True)


def brief(built: Built) -> str:
    """Own rows, base and first source in a line of HTML, for the head of what is folded."""
    # That own rows are in it is never folded away.
    own = CAVEATS["own-data"].label if "own-data" in built.caveats else ""
    seen = [f"<b>{own.capitalize()}.</b>"] if own else []
    seen += [f"<b>Base:</b> {html.escape(built.base)}."] if built.base else []
    if built.citations:
        first, more = built.citations[0], len(built.citations) - 1
        source = ", ".join(html.escape(w) for w in (first.publisher, first.published) if w)
        seen.append(f"<b>Source:</b> {source}" + (f" and {more} more." if more else "."))
    return " ".join([*seen, "<u>More</u>"])


def not_applied(exhibit: Exhibit, built: Built, selection: Selection) -> str:
    """The filters set that change nothing in an exhibit, as a warning; ``""`` for none."""
    said = unmoved(exhibit, built, selection)
    return f":material/warning: {said}" if said else ""


def source_line(exhibit_id: str, built: Built, selection: Selection) -> str:
    """The sources in one line of Markdown, linked where an address is known; the rest by a link."""
    named = _as_named(built)
    parts = [f"[{c.plain}]({c.url})" if c.url else named(c.plain) for c in built.citations[:3]]
    more = len(built.citations) - 3
    if more > 0:
        way = view_address(exhibit_id, selection, "notes")
        parts.append(f"[and {more} more]({way})" if way else f"and {more} more")
    return f"**Source:** {'; '.join(parts)}." if parts else "**Source:** none: no rows are shown."


def _as_named(built: Built) -> Callable[[str], str]:
    """What writes words for Markdown in which names of the reader's own may stand."""
    return plain if "own-data" in built.caveats else str


def sources(exhibit: Exhibit, built: Built, selection: Selection) -> None:
    """Every source with its places, what the caveats mean, and the longer notes."""
    named = _as_named(built)
    for citation in built.citations:
        whole = citation.title
        title = f"[{whole}]({citation.url})" if citation.url else named(whole)
        date = f", {citation.published}" if citation.published else ""
        way = link(ref("sources", citation.source_id), citation.title, "its row")
        st.markdown(f"**{title}**  \n{citation.publisher}{date} · {citation.tier} · {way}")
        if citation.locators:
            st.markdown("\n".join(f"- {named(place)}" for place in citation.locators))
    lines = [f"- *{caveat(c)}*: {CAVEATS[c].sentence}" for c in built.caveats]
    told = note_lines(cache.catalogue()[0], built, exhibit.id, selection)
    lines.extend(f"- {line}" for line in told)
    lines.extend(f"- {named(line)} {to_rows(line)}".rstrip() for line in built.details)
    if lines:
        st.markdown("**Notes**\n" + "\n".join(lines))
