"""The profile of one system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from components.exhibits import profile_words as words
from components.ui import cache, card, current, profile, profile_ways
from components.ui.profile import block, bullets, esc, section
from data import Catalogue, Selection
from data.profile_areas import areas, vintage_of
from data.profile_values import SystemProfile
from data.vintages import NEWER, OLDER, VINTAGES
from geo.boundaries_io import VINTAGE_TITLES


def options(tables: Catalogue, vintage: str) -> dict[str, str]:
    """The systems to choose from: those of a vintage, and the one open if it is of the other.

    Args:
        tables: The catalogue.
        vintage: Id of the vintage that the filters ask for.

    Returns:
        Id -> name, by name.
    """
    listed = areas(tables, vintage).sort_values("short_name")
    found = dict(zip(listed["icb_code"], listed["short_name"], strict=True))
    asked = st.query_params.get("system"), st.session_state.get("choice-system")
    for code in filter(None, asked):
        if code in tables.area_names and code not in found:
            title = VINTAGE_TITLES[vintage_of(tables, code)]
            found[code] = f"{tables.area_names[code]} ({title})"
    return found


def _beside(targets: Iterable[tuple[str, str]], vintage: str) -> dict[str, dict[str, str]]:
    """Address parameters of links to systems of a vintage, where their ids do not tell it.

    An id that both vintages have is opened in the one of the filters, so a link into the other one
    takes the filters along with another vintage.
    """
    tables, selection = current.context()
    if vintage == (selection.vintage or OLDER):
        return {}
    taken = {**selection.to_params(), "vintage": vintage}
    every = [set(areas(tables, v)["icb_code"]) for v in VINTAGES]
    return {key: taken for key, _ in targets if all(key in codes for codes in every)}


def _link_systems(title: str, targets: Sequence[tuple[str, str]], vintage: str, name: str) -> None:
    profile.links(title, "systems", "system", targets, _beside(targets, vintage), name)


def show(code: str, vintage: str = OLDER) -> None:
    """Everything that the tables hold of one system.

    Args:
        code: ICB code of April 2023 or area of April 2026.
        vintage: Vintage of it.
    """
    made = cache.system(code, vintage)
    profile.style()
    with st.container(border=True, key="profile-head"):
        st.html(cache.html_of(_head, made))
        profile.offer_brief(made)
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        card.show("system-map", Selection(icb=(code,), vintage=vintage), level=3)
    with right, st.container(border=True, key="profile-collaboratives"):
        st.html(cache.html_of(collaboratives, made))
        touching = ((f.collaborative_id, f.short_name) for f in made.footprints)
        profile.links("Open one:", "collaboratives", "id", touching)
        st.html(cache.html_of(_organisations, made))
        st.html(cache.html_of(_changes, made))
        other = OLDER if made.is_newer else NEWER
        title = f"In {VINTAGE_TITLES[other]}:"
        _link_systems(title, made.others, other, "-vintage")
        _link_systems("Neighbours, by the boundaries drawn:", made.neighbours, vintage, "")
    with st.container(border=True, key="profile-outcomes"):
        st.html(cache.html_of(_outcomes, made))
    with st.container(border=True, key="profile-sources"):
        st.html(cache.html_of(_sources, made))


def _ways(made: SystemProfile) -> profile_ways.Ways:
    return profile_ways.of_system(cache.catalogue()[0], made)


def _head(made: SystemProfile) -> str:
    here = made.area
    codes = " · ".join(c for c in (here.name, here.ods_code, here.code_words) if c)
    return block(
        f"<h2>{esc(here.short_name)}</h2>",
        f'<p class="quiet">{esc(codes)}</p>',
        f'<p class="quiet">System of {esc(VINTAGE_TITLES[here.vintage])}. '
        f"{profile.spoken(words.spoken_words(here.vintage))}</p>",
        profile.facts(words.system_facts(made), _ways(made)),
    )


def collaboratives(made: SystemProfile) -> str:
    """Who touches the system and how, or what it means that nobody does; as HTML."""
    mark = profile.references(made)
    if not made.footprints:
        first, *rest = words.NO_COLLABORATIVE
        told = f"<p><strong>{esc(first)}</strong></p>{bullets(esc(r) for r in rest)}"
        return block(section("Collaboratives here", told))
    rows = bullets(
        f"<strong>{esc(f.collaborative)}</strong> ({esc(f.sector_label)}"
        + (f", {esc(f.status_label.lower())}" if f.status != "operating" else "")
        + f"): {esc(words.coverage_words(f))}"
        + (
            f"; {profile.span(f.collaborative_id, f'{f.spans} systems')} in all"
            if f.spans > 1
            else ""
        )
        + mark(f)
        + (f"<br><small>{esc(f.carry_note)}</small>" if f.carry_note else "")
        for f in made.footprints
    )
    title = f"Collaboratives here: {len(made.footprints)}"
    return block(section(title, rows, _ways(made)["Collaboratives"]))


def _organisations(made: SystemProfile) -> str:
    mark = profile.references(made)
    title = f"{words.ORGANISATIONS_HERE}: {len(made.organisations) or 'none'}"
    if not made.organisations:
        return block(section(title, f"<p>{esc(words.NO_ORGANISATION)}</p>"))
    rows = bullets(
        f"{esc(o.name)}{mark(o)}"
        + (f": {esc('; '.join(n for _, n in o.collaboratives))}" if o.collaboratives else "")
        for o in made.organisations
    )
    return block(section(title, rows, _ways(made)[words.ORGANISATIONS_HERE]))


def _outcomes(made: SystemProfile) -> str:
    mark = profile.references(made)
    told = profile.outcome_list(made.outcomes, mark, whose=True)
    told = (
        f"<p>{esc(words.NOT_OF_THE_SYSTEM)}</p>{told}"
        f'<p class="quiet">{esc(words.SELF_REPORTED)}</p>'
        if told
        else "<p>None in the tables. It does not mean that there are none.</p>"
    )
    doubts = section("Where sources disagree", profile.disagreements(made.discrepancies, mark))
    title = f"Outcomes of these collaboratives: {len(made.outcomes)}"
    return block(section(title, told, _ways(made)["Outcomes reported by them"]), doubts)


def _changes(made: SystemProfile) -> str:
    mark = profile.references(made)
    became = bullets(f"{esc(words.change_words(c))}{mark(c)}" for c in made.changes)
    became = became or f"<p>{esc(words.unchanged_words(made))}</p>"
    return block(section(words.became_title(made), became))


def _sources(made: SystemProfile) -> str:
    return block(section("Sources", profile.sources(made)))
