"""The one place where anything is shared across sessions.

The catalogue and what is built from it are immutable values, so they are kept as they are:
``st.cache_data`` would copy them, and ``st.cache_resource`` spends more time on its key than a
small page on its chart. What is made of a catalogue is kept in that catalogue (``data.memo``), so
that a session with tables of its own shares nothing and leaves nothing behind.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from components import theme
from components.exhibits import REGISTRY, Built, build_exhibit
from components.exhibits.appearances import appearances
from components.exhibits.deck import DeckMap, Device, ThemeName
from components.exhibits.fingers import for_finger
from components.exhibits.profile_words import full_collaborative, full_system
from components.stories import Told, Walkthrough, tell, walkthroughs
from components.stories.enlarged import staged as enlarged
from components.stories.stage_chart import fitted
from components.ui import overlay
from components.ui.side_by_side import comparison_html
from components.ui.statements import Statements
from components.ui.statements import statements as statements_of
from components.ui.table import encoded, for_screen
from data import Catalogue, CatalogueStore, Problem, Selection, statistics
from data.memo import kept
from data.profile_values import CollaborativeProfile, SystemProfile

ProfileT = TypeVar("ProfileT", CollaborativeProfile, SystemProfile)


@st.cache_resource(show_spinner="Reading the tables")
def _store() -> CatalogueStore:
    store = CatalogueStore()
    store.get()
    # SciPy takes a second to load: with the tables, rather than with somebody's first chart.
    statistics.ready()
    # What was loaded stays for the life of the process: keep the collector from walking it.
    gc.collect()
    gc.freeze()

    return store


# Python runs one script at a time whatever their number; many that share it by turns of 5 ms only
# slow one another down until none is answered. A few at a time, and the others wait in line.
_TURNS = threading.BoundedSemaphore(2)


# What takes long, such as reading a file that somebody brings, has one place of its own.
_LONG = threading.BoundedSemaphore(1)
_HELD = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a place to run a script in; the place is free again when the block ends."""
    with _TURNS:
        _HELD.place = True
        try:
            yield
        finally:
            _HELD.place = False


@contextmanager
def aside() -> Iterator[None]:
    """Do something long without keeping the place of a script; one at a time in the process.

    A script without a place, such as that of a fragment, gives none back.
    """
    holds = getattr(_HELD, "place", False)
    if holds:
        _TURNS.release()
    try:
        with _LONG:
            yield
    finally:
        if holds:
            _TURNS.acquire()


def shared() -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue that every session shares, and problems of newer files that are not valid.

    Raises:
        DataError: The tables are not valid and never were in this process.
    """
    return _store().get()


def catalogue() -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue of this session: the shared one, or that with the rows that it brought.

    Own rows stay beside the tables against which they were checked, also when newer tables come.

    Raises:
        DataError: The tables are not valid and never were in this process.
    """
    tables, problems = shared()
    own = overlay.current()
    return (tables if own is None else own.catalogue), problems


@kept(600)
def _built(tables: Catalogue, exhibit_id: str, selection: Selection) -> Built:
    return build_exhibit(tables, selection, exhibit_id)


def built(exhibit_id: str, selection: Selection) -> Built:
    """An exhibit, built once per selection that makes a difference to it."""
    tables, _ = catalogue()
    return _built(tables, exhibit_id, selection.only(REGISTRY[exhibit_id].responds_to))


@kept(1)
def shown_in(tables: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Reference of a row -> ids of the exhibits that show it; looked up once."""
    shown = {exhibit.id: _built(tables, exhibit.id, Selection()) for exhibit in REGISTRY}
    return appearances(tables, shown)


def ahead() -> Iterator[None]:
    """Make what is asked for without any filter, a piece at a time, so that nobody waits for it.

    Raises:
        DataError: The tables are not valid and never were in this process.
    """
    tables, _ = shared()
    for exhibit in REGISTRY:
        _built(tables, exhibit.id, Selection())
        yield
    shown_in(tables)


@dataclass(frozen=True)
class MapPlace:
    """Where a map looks.

    Attributes:
        focus: ICB or region codes that fill the map; none means England.
        nudge: Counts how often the reader asked to go back there.
    """

    focus: tuple[str, ...] = ()
    nudge: int = 0


@kept(8)
def placed(exhibit: Built, place: MapPlace) -> Built:
    """A built map that looks somewhere else; other exhibits are left as they are."""
    if not isinstance(exhibit.figure, DeckMap):
        return exhibit
    deck = replace(exhibit.figure, focus=place.focus, nudge=place.nudge)
    return replace(exhibit, figure=deck)


@kept(2)
def figure(exhibit: Built, name: ThemeName, device: Device = "wide") -> go.Figure:
    """The Plotly figure of a built exhibit in the reader's theme, for the reader's device.

    Raises:
        TypeError: The exhibit has no Plotly figure.
    """
    if not isinstance(exhibit.figure, go.Figure):
        raise TypeError(f"expected an exhibit with a Plotly figure, found {exhibit.figure!r}")
    shown = for_finger(exhibit.figure) if device == "narrow" else exhibit.figure
    return theme.themed(shown, name)


def arrow(exhibit: Built, hide: tuple[str, ...]) -> pa.Table:
    """The rows of a built exhibit as they are shown, converted once."""
    return _arrow(exhibit, catalogue()[0], hide)


@kept(4)
def _arrow(exhibit: Built, tables: Catalogue, hide: tuple[str, ...]) -> pa.Table:
    return encoded(for_screen(exhibit.frame, hide, tables=tables))


@kept(8)
def _statements(exhibit: Built, tables: Catalogue, exhibit_id: str, card: str) -> Statements:
    if exhibit.is_comparison:
        return Statements(comparison_html(exhibit.frame, exhibit.whence))
    every = _built(tables, exhibit_id, Selection())
    return statements_of(every.frame, exhibit.frame, tables, f"st-key-{card}")


def statements(exhibit: Built, exhibit_id: str, card: str = "") -> Statements:
    """An exhibit that is read as words, as it is sent; made once.

    Args:
        exhibit: The exhibit, built.
        exhibit_id: Id of the exhibit.
        card: Key of the container in which it stands, if not that of its card.
    """
    return _statements(exhibit, catalogue()[0], exhibit_id, card or f"exhibit-{exhibit_id}")


@kept(300)
def _collaborative(tables: Catalogue, key: str, vintage: str) -> CollaborativeProfile:
    return full_collaborative(tables, key, vintage)


def collaborative(key: str, vintage: str = "2023") -> CollaborativeProfile:
    """The profile of a collaborative, gathered once."""
    return _collaborative(catalogue()[0], key, vintage)


@kept(200)
def _system(tables: Catalogue, code: str, vintage: str) -> SystemProfile:
    return full_system(tables, code, vintage)


def system(code: str, vintage: str = "2023") -> SystemProfile:
    """The profile of a system, gathered once."""
    return _system(catalogue()[0], code, vintage)


@kept(40)
def _html(profile: ProfileT, write: Callable[[ProfileT], str]) -> str:
    return write(profile)


def html_of(write: Callable[[ProfileT], str], profile: ProfileT) -> str:
    """A part of a profile as HTML, written once."""
    return _html(profile, write)


@kept(1)
def _stories(tables: Catalogue) -> tuple[Walkthrough, ...]:
    return walkthroughs(tables)


def stories() -> tuple[Walkthrough, ...]:
    """Every walkthrough, read once.

    Raises:
        StoryError: A file breaks the rules.
    """
    return _stories(catalogue()[0])


@kept(80)
def _told(tables: Catalogue, story_id: str, subject: Selection) -> Told:
    story = next(s for s in _stories(tables) if s.id == story_id)

    def build(exhibit_id: str, selection: Selection) -> Built:
        return _built(tables, exhibit_id, selection.only(REGISTRY[exhibit_id].responds_to))

    return tell(tables, story, subject, build)


def told(story_id: str, subject: Selection) -> Told:
    """A walkthrough told of a subject, once: every step is built ahead.

    Raises:
        StoryError: It cannot be told of this subject.
        StopIteration: There is no such walkthrough.
    """
    return _told(catalogue()[0], story_id, subject)


def told_to_all(story_id: str, subject: Selection) -> Told:
    """As :func:`told`, without the rows that this session brought: as phones in a room have it.

    Raises:
        StoryError: It cannot be told of this subject.
        StopIteration: There is no such walkthrough.
    """
    return _told(shared()[0], story_id, subject)


@kept(6)
def staged(
    exhibit: Built, exhibit_id: str, name: ThemeName, height: int, scale: float
) -> go.Figure:
    """The Plotly figure of a built exhibit for a projector.

    Raises:
        TypeError: The exhibit has no Plotly figure.
    """
    if not isinstance(exhibit.figure, go.Figure):
        raise TypeError(f"expected an exhibit with a Plotly figure, found {exhibit.figure!r}")
    figure, fit = fitted(exhibit_id, exhibit.figure, height, scale)
    return enlarged(figure, name, height, fit)
