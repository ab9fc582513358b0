"""The list of walkthroughs, and the way from there to the stage."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from components import theme
from components.stories import (
    SUBJECT_DIMENSIONS,
    StoryError,
    SubjectKind,
    Walkthrough,
    needs_subject,
    subject_id,
    subject_label,
    subject_of,
    subjects,
    written_wave,
)
from components.ui import address, cache, stage, takeaway, unfiltered
from components.ui.text import plain
from data import Catalogue, Selection
from data.selection import plain_text
from data.survey import wave_title

PARAM = "told"
"""The parameter that says of what walkthroughs are told, where it is not what is filtered."""
_KINDS = {"system": "A system", "collaborative": "A collaborative", "sector": "A sector"}


def stories() -> tuple[Walkthrough, ...]:
    """The walkthroughs; none where their files break the rules, and then it says which and why."""
    try:
        return cache.stories()
    except StoryError as error:
        st.error("The walkthroughs cannot be read.", icon=":material/error:")
        st.markdown("\n".join(f"- {problem}" for problem in error.problems))
        return ()


def own_aside() -> None:
    """How the stories are told beside a reader's own rows; nothing where there are none."""
    tables, _ = cache.catalogue()
    if not tables.own:
        return
    wave = written_wave(tables)
    kept = (
        f"Steps on the survey keep to “{wave_title(tables, wave)}”, which their words were written "
        "about; your own survey is on the pages and in what you take away from them. "
        if wave
        else ""
    )
    st.info(
        f"{kept}Your {'other ' if kept else ''}own rows are told along: a sentence that "
        "no longer holds with them is left out, and the notes say so.",
        icon=":material/attach_file:",
    )


def offer(story: Walkthrough, selection: Selection) -> None:
    """One walkthrough with what it tells, how long it takes, and the way to its stage."""
    st.markdown(f"## {story.title}\n{story.summary}", anchors=False)
    kind, subject = _choose(story, selection) if story.subject else (None, Selection())
    steps = len(story.steps_for(kind))
    # Steps of a subject without anything to show become one when it is told.
    most = "up to " if story.subject else ""
    words = (
        f"{most}{theme.plural(steps, 'step')} · about {theme.plural(story.minutes(kind), 'minute')}"
    )
    ignored = unfiltered.words(
        cache.catalogue()[0], selection, "It is told as written", _followed(selection, subject)
    )
    st.caption(f"{words}  \n{ignored}" if ignored else words)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Present",
            key=f"present-{story.id}",
            type="primary",
            disabled=needs_subject(story, subject),
            on_click=_open,
            args=(story.id, subject_id(subject)),
        )
        takeaway.for_story(story, subject)


def _followed(selection: Selection, subject: Selection) -> tuple[str, ...]:
    """The filters that a walkthrough follows: those which are what it is told of, and no more."""
    named = (f.name for f in fields(Selection) if getattr(subject, f.name))
    return tuple(d for d in named if getattr(selection, d) == getattr(subject, d))


def _choose(story: Walkthrough, selection: Selection) -> tuple[SubjectKind, Selection]:
    """What the walkthrough is told of; what is filtered is proposed."""
    tables, _ = cache.catalogue()
    kinds = [k for k in SUBJECT_DIMENSIONS if story.subject in {k, "any"}]
    filtered = next((k for k in kinds if getattr(selection, SUBJECT_DIMENSIONS[k])), kinds[0])
    told = _adopt(story)
    left, right = st.columns([0.4, 0.6])
    kind: SubjectKind = kinds[0]
    with left:
        if len(kinds) > 1:
            st.session_state.setdefault(f"kind-{story.id}", filtered)
            pressed = st.segmented_control(
                f"What {story.title} is told of", kinds, format_func=_KINDS.__getitem__,
                key=f"kind-{story.id}", required=True, label_visibility="collapsed",
                on_change=address.step, args=((PARAM,),),
            )  # fmt: skip
            kind = pressed or kinds[0]
    options, key = subjects(tables, kind), f"subject-{story.id}-{kind}"
    wanted = getattr(selection, SUBJECT_DIMENSIONS[kind])[:1]
    proposed = next((s for s in options if getattr(s, SUBJECT_DIMENSIONS[kind]) == wanted), None)
    if told:
        st.session_state[key] = next((s for s in options if subject_id(s) == told[1]), None)
    elif st.session_state.get(key, proposed) not in options:
        st.session_state[key] = None
    st.session_state.setdefault(key, proposed)
    with right:
        chosen = st.selectbox(
            f"{_KINDS[kind]} for {story.title}",
            options,
            index=None,
            format_func=lambda s: subject_label(tables, s) + (" (April 2026)" if s.vintage else ""),
            key=key,
            placeholder=f"{_KINDS[kind]} …",
            label_visibility="collapsed",
            on_change=address.step,
            args=((PARAM,),),
        )
    if (kind, chosen) != (filtered, proposed):
        said = f"{story.id}.{kind}.{subject_id(chosen) if chosen else ''}"
        address.put_among(PARAM, said, is_in=True)
    return kind, chosen or Selection()


def _adopt(story: Walkthrough) -> tuple[str, str] | None:
    """What an address that is new says of a walkthrough: kind and id of its subject, if it does.

    What it said is taken out, and is put in again as it is after the run.
    """
    parts = [p for p in address.asked(PARAM).split(",") if p.startswith(f"{story.id}.")]
    for part in parts:
        address.put_among(PARAM, part, is_in=False)
    takes = address.takes(address.now(), PARAM, by=f"{PARAM}-{story.id}")
    if not takes or not (parts or address.now().is_history):
        return None
    if not parts:
        for key in (f"kind-{story.id}", *(f"subject-{story.id}-{kind}" for kind in _KINDS)):
            st.session_state.pop(key, None)
        return None
    _, kind, subject = parts[-1].split(".", 2)
    st.session_state[f"kind-{story.id}"] = kind
    return kind, subject


def read(tables: Catalogue, text: str) -> tuple[str, tuple[str, ...]]:
    """The part of ``told=`` that can be used, and a sentence for each part that cannot.

    Args:
        tables: The catalogue.
        text: ``STORY.KIND.SUBJECT``, the last of which may be empty; commas between several.
    """
    every = {s.id: s for s in stories() if s.subject}
    kept, dropped = [], []
    for part in (p for p in text.split(",") if p):
        story_id, _, rest = part.partition(".")
        kind, _, subject = rest.partition(".")
        story = every.get(story_id)
        kinds = [k for k in SUBJECT_DIMENSIONS if story and story.subject in {k, "any"}]
        known = {subject_id(s) for k in kinds if k == kind for s in subjects(tables, k)}
        if kind in kinds and subject in {"", *known}:
            kept.append(f"{story_id}.{kind}.{subject}")
        else:
            dropped.append(f"“{plain_text(part)}” is nothing that a walkthrough is told of")
    return ",".join(kept), tuple(dropped)


def _open(story_id: str, subject: str) -> None:
    # In one write: each is an entry of the browser's history.
    whose = {"subject": subject} if subject else {}
    st.query_params.from_dict({"story": story_id, **whose, "step": "1"})


def open_stage() -> None:
    """The stage of the walkthrough that the address names; says so where there is none."""
    tables, _ = cache.catalogue()
    wanted = st.query_params.get("story", "")
    story = next((s for s in stories() if s.id == wanted), None)
    if story is None:
        return _cannot(f"There is no walkthrough “{plain(wanted)}”.")
    subject = subject_of(tables, story, st.query_params.get("subject", ""))
    if needs_subject(story, subject):
        return _cannot("This walkthrough is told of something that has to be chosen first.")
    try:
        told = cache.told(story.id, subject)
    except StoryError as error:
        return _cannot(f"This walkthrough cannot be told: {error}")
    return stage.show(told)


def _cannot(words: str) -> None:
    st.warning(words, icon=":material/warning:")
    st.button("To the walkthroughs", on_click=st.query_params.clear)
