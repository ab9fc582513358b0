"""The profile of one system."""

from __future__ import annotations

import streamlit as st

from components.exhibits import profile_words as words
from components.ui import cache, card, profile
from components.ui.profile import block, bullets, esc, section
from data import Selection
from data.profile_values import SystemProfile


def show(code: str) -> None:
    """Everything that the tables hold of one system.

    Args:
        code: ICB code of April 2023.
    """
    made = cache.system(code)
    profile.style()
    with st.container(border=True, key="profile-head"):
        st.html(cache.html_of(_head, made))
        profile.offer_brief(made)
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        card.show("system-map", Selection(icb=(code,)))
    with right, st.container(border=True, key="profile-collaboratives"):
        st.html(cache.html_of(_collaboratives, made))
        touching = ((f.collaborative_id, f.short_name) for f in made.footprints)
        profile.links("Open one:", "collaboratives", "id", touching)
        st.html(cache.html_of(_organisations, made))
        st.html(cache.html_of(_changes, made))
        profile.links("Neighbours:", "systems", "system", made.neighbours)
    with st.container(border=True, key="profile-outcomes"):
        st.html(cache.html_of(_outcomes, made))
    with st.container(border=True, key="profile-sources"):
        st.html(cache.html_of(_sources, made))


def _head(made: SystemProfile) -> str:
    here = made.area
    codes = " · ".join(c for c in (here.name, here.ods_code, here.code) if c)
    return block(
        f"<h2>{esc(here.short_name)}</h2>",
        f'<p class="quiet">{esc(codes)}</p>',
        profile.facts(words.system_facts(made)),
    )


def _collaboratives(made: SystemProfile) -> str:
    mark = profile.references(made.citations)
    if not made.footprints:
        first, *rest = words.NO_COLLABORATIVE
        told = f"<p><strong>{esc(first)}</strong></p>{bullets(esc(r) for r in rest)}"
        return block(section("Collaboratives here", told))
    rows = bullets(
        f"<strong>{esc(f.collaborative)}</strong> ({esc(f.sector_label)}"
        + (f", {esc(f.status_label.lower())}" if f.status != "operating" else "")
        + f"): {esc(words.coverage_words(f))}"
        + (f"; {f.spans} systems in all" if f.spans > 1 else "")
        + mark(f)
        for f in made.footprints
    )
    return block(section(f"Collaboratives here: {len(made.footprints)}", rows))


def _organisations(made: SystemProfile) -> str:
    mark = profile.references(made.citations)
    title = f"Organisations with headquarters here: {len(made.organisations)}"
    if not made.organisations:
        said = "None in the tables, which hold those that a source names in a collaborative."
        return block(section(title, f"<p>{said}</p>"))
    rows = bullets(
        f"{esc(o.name)}{mark(o)}"
        + (f": {esc('; '.join(n for _, n in o.collaboratives))}" if o.collaboratives else "")
        for o in made.organisations
    )
    return block(section(title, rows))


def _outcomes(made: SystemProfile) -> str:
    mark = profile.references(made.citations)
    told = profile.outcome_list(made.outcomes, mark, whose=True)
    told = (
        f"<p>{esc(words.NOT_OF_THE_SYSTEM)}</p>{told}"
        f'<p class="quiet">{esc(words.SELF_REPORTED)}</p>'
        if told
        else "<p>None in the tables. It does not mean that there are none.</p>"
    )
    doubts = section("Where sources disagree", profile.disagreements(made.discrepancies, mark))
    return block(section(f"Outcomes of these collaboratives: {len(made.outcomes)}", told), doubts)


def _changes(made: SystemProfile) -> str:
    mark = profile.references(made.citations)
    became = bullets(f"{esc(words.change_words(c))}{mark(c)}" for c in made.changes)
    became = became or "<p>No change of this board is recorded.</p>"
    return block(section("What changed in April 2026", became))


def _sources(made: SystemProfile) -> str:
    return block(section("Sources", profile.sources(made)))
