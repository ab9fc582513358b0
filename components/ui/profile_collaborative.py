"""The profile of one collaborative."""

from __future__ import annotations

import streamlit as st

from components.exhibits import profile_words as words
from components.ui import cache, card, profile, profile_ways
from components.ui.profile import block, bullets, esc, section
from components.ui.ways import mark as way_mark
from data import Selection
from data.profile_facts import Related
from data.profile_values import CollaborativeProfile
from data.vintages import NEWER, OLDER


def show(key: str, vintage: str = OLDER) -> None:
    """Everything that the tables hold of one collaborative.

    Args:
        key: Collaborative id.
        vintage: Vintage of the systems of its footprint.
    """
    made = cache.collaborative(key, vintage)
    profile.style()
    with st.container(border=True, key="profile-head"):
        st.html(cache.html_of(_head, made))
        profile.offer_brief(made)
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        card.show(
            "collaborative-footprint", Selection(collaborative=(key,), vintage=vintage), level=3
        )
    with right, st.container(border=True, key="profile-members"):
        st.html(cache.html_of(_members, made))
        st.html(cache.html_of(_footprint, made))
        systems = ((f.icb_code, f.icb) for f in made.footprint)
        profile.links("Open a system:", "systems", "system", systems)
        st.html(cache.html_of(_governance, made))
    with st.container(border=True, key="profile-outcomes"):
        st.html(cache.html_of(_outcomes_and_priorities, made))
    if made.related:
        with st.container(border=True, key="profile-related"):
            st.html(cache.html_of(_related, made))
            near = ((r.collaborative_id, r.short_name) for r in made.related)
            profile.links("Open one:", "collaboratives", "id", near)
    with st.container(border=True, key="profile-sources"):
        st.html(cache.html_of(_sources, made))


def _ways(made: CollaborativeProfile) -> profile_ways.Ways:
    return profile_ways.of_collaborative(cache.catalogue()[0], made)


def _head(made: CollaborativeProfile) -> str:
    mark = profile.references(made)
    also = "; ".join(made.aliases)
    return block(
        f"<h2>{esc(made.name)}</h2>",
        f'<p class="quiet">Also: {esc(also)}</p>' if also else "",
        f"<p>{esc(made.summary)}{mark(made.governance)}</p>",
        profile.facts(words.key_facts(made), _ways(made)),
    )


def _members(made: CollaborativeProfile) -> str:
    mark = profile.references(made)
    note = f'<p class="quiet">{esc(made.members_note)}</p>' if made.members_note else ""
    title, whence = f"Members: {words.members_words(made)}", _ways(made)["Members"]
    if not made.members:
        return block(section(title, f"<p>The sources name no member.</p>{note}", whence))
    rows = "".join(
        f"<tr><td>{esc(m.name)}{mark(m)}"
        + (f"<br><small>{esc(m.note)}</small>" if m.note else "")
        + f"</td><td>{esc(m.role_label)}</td><td>{esc(words.home_words(m))}</td></tr>"
        for m in made.members
    )
    head = "<tr><th scope=col>Organisation</th><th scope=col>Role</th><th scope=col>Home</th></tr>"
    told = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>{note}"
    return block(section(title, told, whence))


def _footprint(made: CollaborativeProfile) -> str:
    mark = profile.references(made)
    title, whence = f"Footprint: {words.systems_words(made)}", _ways(made)["Systems"]
    if not made.footprint:
        said = "No source says which systems it covers, so none is drawn."
        return block(section(title, f"<p>{said}</p>", whence))
    rows = bullets(
        f"{esc(f.icb)}: {esc(words.coverage_words(f))}{mark(f)}"
        + (f"<br><small>{esc(f.carry_note)}</small>" if f.carry_note else "")
        for f in made.footprint
    )
    said = f'<p class="quiet">{profile.spoken(words.CARRIED)}</p>' if made.vintage == NEWER else ""
    return block(section(title, rows + said, whence))


def _governance(made: CollaborativeProfile) -> str:
    mark = profile.references(made)
    own = made.governance
    told = f"<p><strong>{esc(own.label)}.</strong> {esc(own.note)}{mark(own)}</p>"
    if own.meanings:
        told += "<p>What this model means in general:</p>"
        told += bullets(
            f"<strong>{esc(m.title)}:</strong> {esc(m.text)}{mark(m)}" for m in own.meanings
        )
    else:
        told += f"<p>{esc(words.NO_MODEL)}</p>"
    return block(section("Governance and what it means", told))


def _formation(made: CollaborativeProfile) -> str:
    mark = profile.references(made)
    own, year = made.governance, words.formed_words(made)
    formed = f"<p><strong>Formed: {esc(year)}.</strong> {esc(made.formed_note)}"
    formed += f"{mark(own) if made.formed_year or made.formed_note else ''}</p>"
    formed += bullets(
        f"{esc(s.label)} {esc(s.related)}{f' ({esc(s.on)})' if s.on else ''}. "
        f"{esc(s.note)}{mark(s)}"
        for s in made.successions
    )
    formed += bullets(
        f"<strong>{esc(m.on)}</strong> {esc(m.title)} "
        f"<small>({esc(m.kind.lower())})</small>{mark(m)}"
        for m in made.milestones
    )
    return section("Formation and what came before and after", formed)


def _outcomes_and_priorities(made: CollaborativeProfile) -> str:
    mark = profile.references(made)
    told = profile.outcome_list(made.outcomes, mark, whose=False)
    told = (
        f'{told}<p class="quiet">{esc(words.SELF_REPORTED)}</p>'
        if told
        else "<p>None in the tables. It does not mean that there are none.</p>"
    )
    periods: dict[str, list[str]] = {}
    for p in made.priorities:
        periods.setdefault(p.period, []).append(f"{esc(p.text)}{mark(p)}")
    aims = "".join(
        f"<p><strong>{esc(period) or 'Period not published'}</strong></p>{bullets(items)}"
        for period, items in periods.items()
    )
    doubts = profile.disagreements(made.discrepancies, mark)
    return block(
        section(
            f"Outcomes: {len(made.outcomes)}",
            told,
            (profile_ways.of_outcomes(cache.catalogue()[0], made),),
        ),
        '<div class="pair" style="margin-top:1rem">',
        section("Priorities", aims or "<p>None published.</p>"),
        f"<div>{_formation(made)}{section('Where sources disagree', doubts)}</div>",
        "</div>",
    )


def _shared(made: CollaborativeProfile, related: Related) -> str:
    """What another collaborative shares, each with the mark that leads to the rows of both."""
    tables, is_newer = cache.catalogue()[0], made.vintage == NEWER
    pair = made.key, related.collaborative_id
    return "; ".join(
        esc(told)
        + (way_mark(profile_ways.in_common(tables, table, *pair, is_newer), told) if table else "")
        for table, told in words.related_parts(related).items()
    )


def _related(made: CollaborativeProfile) -> str:
    rows = bullets(f"<strong>{esc(r.name)}</strong>: {_shared(made, r)}" for r in made.related)
    note = '<p class="quiet">Worked out by the Atlas from its own tables.</p>'
    return block(section("Related collaboratives", rows + note))


def _sources(made: CollaborativeProfile) -> str:
    return block(section("Sources", profile.sources(made)))
