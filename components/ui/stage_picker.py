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
from components.ui import cache, stage, takeaway, unfiltered
from components.ui.text import plain
from data import Selection
from data.survey import wave_title

_KINDS = {"system": "A system", "collaborative": "A collaborative", "sector": "A sector"}


def stories() -> tuple[Walkthrough, ...]:
    """The walkthroughs; none where their files break the rules, and then it says which and why."""
    try:
        return cache.stories()
    except StoryError as error:
        st.error("The walkthroughs cannot be read.", icon="🛑")
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
    left, right = st.columns([0.4, 0.6])
    kind: SubjectKind = kinds[0]
    with left:
        if len(kinds) > 1:
            kind = st.segmented_control(
                f"What {story.title} is told of", kinds, format_func=_KINDS.__getitem__,
                key=f"kind-{story.id}", default=filtered, required=True,
                label_visibility="collapsed",
            )  # fmt: skip
    options = subjects(tables, kind)
    proposed = getattr(selection, SUBJECT_DIMENSIONS[kind])[:1]
    first = next(
        (n for n, s in enumerate(options) if getattr(s, SUBJECT_DIMENSIONS[kind]) == proposed), None
    )
    with right:
        chosen = st.selectbox(
            f"{_KINDS[kind]} for {story.title}",
            options,
            index=first,
            format_func=lambda s: subject_label(tables, s) + (" (April 2026)" if s.vintage else ""),
            key=f"subject-{story.id}-{kind}",
            placeholder=f"{_KINDS[kind]} …",
            label_visibility="collapsed",
        )
    return kind, chosen or Selection()


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
    st.warning(words, icon="⚠️")
    st.button("To the walkthroughs", on_click=st.query_params.clear)
