"""A page told in chapters: all of them in a sentence each, and one of them drawn."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.exhibits import CAVEATS, Built
from components.export.own_mark import OWN
from components.ui import cache, card, terms, ways
from components.ui.choice import choose_segment
from components.ui.parts import Chapter
from data import Selection
from data.own.merging import MARK


def statement(built: Built, exhibit_id: str, selection: Selection) -> str:
    """The sentence of an exhibit where it stands without its chart, with a mark of own rows.

    Its numbers lead to the rows that they count.
    """
    said = ways.sentence(cache.catalogue()[0], built, exhibit_id, selection)
    if OWN not in built.caveats or MARK in built.reading:
        return said
    return f"{said} :orange-badge[{CAVEATS[OWN].label}]"


def choose(chapters: Sequence[Chapter], selection: Selection) -> Chapter:
    """Tell the story of the page in one sentence a chapter, and let the reader open one.

    Args:
        chapters: In the order of the story; the first is open unless the address says otherwise.
        selection: The filters.
    """
    lines = []
    for chapter in chapters:
        lead = chapter.lead or (chapter.exhibits[0] if chapter.exhibits else "")
        lines.append(f"- **{chapter.title}.** {_said(lead, selection) if lead else ''}")
    _tell(lines)
    chosen = choose_segment("Part of the page", "part", {c.id: c.title for c in chapters})
    return next(c for c in chapters if c.id == chosen)


def _said(exhibit_id: str, selection: Selection) -> str:
    """The sentence of an exhibit, and the way to what it rests on."""
    built = cache.built(exhibit_id, selection)
    way = ways.finding(cache.catalogue()[0], built, exhibit_id, selection)
    return f"{statement(built, exhibit_id, selection)} {way}"


_TERMS = 4
"""Terms explained in the sentences of a page, on top of those of its introduction."""


def _tell(lines: list[str]) -> None:
    """The sentences of the page in view, on a phone folded: the open part says its own again."""
    if card.device() == "wide":
        st.markdown(terms.once("\n".join(lines), "chapters", _TERMS))
        return
    # What is folded explains no term for what is in view; a sign in a name is no tag.
    body = "\n".join(lines).replace("<", "&lt;")
    st.markdown(
        f'<details class="said"><summary><u>The story in {len(lines)} sentences</u></summary>'
        f"\n\n{body}\n\n</details>",
        unsafe_allow_html=True,
    )


def show(chapter: Chapter, selection: Selection) -> None:
    """Draw the exhibits of a chapter: its two columns, or one over the whole width."""
    if not chapter.right:
        for exhibit in chapter.left:
            card.show(exhibit, selection)
        return
    columns = st.columns(2, gap="medium")
    for place, exhibits in zip(columns, (chapter.left, chapter.right), strict=True):
        with place:
            for exhibit in exhibits:
                card.show(exhibit, selection)
