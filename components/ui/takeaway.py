"""The entry "Take away": choose a kind of file, have it made, save it.

Nothing is made until somebody asks, and nothing of it is sent before the view is opened.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import streamlit as st

from components.exhibits import REGISTRY, Exhibit
from components.public_url import base_path, public_root
from components.stories import Walkthrough, needs_subject, subject_id
from components.ui import cache
from components.ui.navigation import PageSpec
from components.ui.offers import Offer, Subject, of_exhibit, offers_for
from components.ui.views import TAKE_AWAY, choose_within
from data import Selection


def address() -> str:
    """The root of the Atlas with a slash at its end: ``PUBLIC_URL``, or as the browser names it.

    ``""`` where neither says.
    """
    parts = urlsplit(st.context.url or "")
    here = f"{parts.scheme}://{parts.netloc}{base_path()}" if parts.netloc else ""
    told = public_root() or here
    return f"{told}/" if told else ""


@st.fragment
def for_exhibit(exhibit: Exhibit, selection: Selection) -> None:
    """The view "Take away" of a card."""
    _choose(of_exhibit(exhibit, selection, address()), f"take-{exhibit.id}", choose_within)


def for_page(spec: PageSpec, selection: Selection) -> None:
    """One button; what it opens is sent only then."""
    # Other views of a map stay out; every part of the page and what needs a choice come along.
    chosen = (key for key in spec.on_choice if spec.in_parts or REGISTRY[key].needs)
    exhibits = (*spec.exhibits, *chosen)
    subject = Subject("page", spec.url_path, spec.title, exhibits, selection, address())
    if not exhibits or not offers_for(subject):
        return
    if st.button("Take this page away", key="take-page", icon=":material/download:"):
        _dialog(subject)


def for_story(story: Walkthrough, subject: Selection) -> None:
    """One button; the walkthrough is told only when it is pressed."""
    if st.button(TAKE_AWAY, key=f"take-{story.id}", disabled=needs_subject(story, subject)):
        told = cache.told(story.id, subject)
        root = address()
        query = urlencode({"story": story.id, "subject": subject_id(subject)})
        live = f"{root}present?{query.removesuffix('&subject=')}" if root else ""
        _dialog(Subject("story", story.id, told.title, (), subject, root, told, live))


@st.dialog("Take away", width="medium")
def _dialog(subject: Subject) -> None:
    filters = "" if subject.told is not None else " with the filters of this page"
    st.markdown(f"**{subject.title}**{filters}.")
    _choose(subject, f"take-dialog-{subject.kind}-{subject.id}")


def _choose(subject: Subject, key: str, on_change: Callable[[], None] | None = None) -> None:
    offers = {o.key: o for o in offers_for(subject)}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    if st.session_state.get(f"{key}-as") not in offers:
        st.session_state[f"{key}-as"] = next(iter(offers))
    chosen = left.selectbox(
        "As", list(offers), key=f"{key}-as", format_func=lambda k: offers[k].label,
        on_change=on_change,
    )  # fmt: skip
    offer = offers[str(chosen)]
    st.caption(offer.help)
    if right.button("Make the file", key=f"{key}-make", type="primary", width="stretch"):
        _make(subject, offer, key)


def _make(subject: Subject, offer: Offer, key: str) -> None:
    """Make the file with its progress shown; a failure is told in words and leaves no file."""
    begun = time.perf_counter()
    with st.spinner(f"Making {subject.name(offer.ending)} …", show_time=True):
        try:
            body = offer.make(subject)
        # Whatever a maker meets: the reader is told, and the page around it stays.
        except Exception as error:
            logging.getLogger(__name__).exception("could not make %s", offer.key)
            st.error(
                f"The file could not be made: {error}. Nothing was saved. Try another format, or "
                "clear a filter and try again.",
                icon=":material/error:",
            )
            return
    st.download_button(
        f"Save {subject.name(offer.ending)} ({_size(len(body))})",
        data=body,
        file_name=subject.name(offer.ending),
        mime=offer.mime,
        key=f"{key}-save",
        on_click="ignore",
        width="stretch",
    )
    st.caption(f"Made in {time.perf_counter() - begun:.1f} s.")


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} KB"
