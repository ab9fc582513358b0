"""The address of the page as one value: read once when a run begins, written once when it ends.

Every write makes an entry in the browser's history, so that back and forward undo and redo; what
one run changes is therefore gathered and written together. While the browser itself walks through
its history, Streamlit replaces the entry instead of adding one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import get_session_state

_WRITTEN, _PAGE, _NEXT, _NOW = "_address", "_address-page", "_address-next", "_address-now"
_STEPS, _DROPPED = "_address-steps", "_address-dropped"
_BEGUN, _TAKEN, _AGAIN = "_address-begun", "_address-taken", "_address-again"
MOVED: Final = "moved"
"""Where the reader moved the maps to (``server/assets/maps.js``)."""
MOVED_OF_B: Final = "b.moved"
"""The same of the second of two maps that look at different places."""
UNFOLDED: Final = "unfolded"
"""What the reader unfolded of what is there already (``server/assets/unfolded.js``)."""
PAGE: Final = "_page"
"""Of which page an address is; in what the browser is told, and never shown.

What a run writes may come before the browser has gone to its page (a fast one is through by then),
or when the reader has left it: without this it would become an entry of the wrong page
(``server/assets/atlas.js`` leaves such an entry out, and takes this away from all others).
"""
BY_BROWSER: Final = (MOVED, MOVED_OF_B, UNFOLDED)
"""What the browser alone writes and acts on, between runs: to a script it says nothing new."""


@dataclass(frozen=True)
class Arrival:
    """How a run came about.

    Attributes:
        page: Address of the page below the root.
        params: Parameters of the address; of one that stands there several times the last.
        repeated: What each of those says that stand there several times, in order, each once.
        taken: What was taken over from this address already, or was changed by the reader since:
            the run that began with it was cut short by what the reader did next.
        is_history: Whether the reader went back or forward.
        is_new: Whether the address says something that this session did not write: a link that was
            followed, an address that was typed, or a step in the history.
        is_other_page: Whether the run before was on another page.
    """

    page: str
    params: Mapping[str, str]
    is_history: bool = False
    is_new: bool = True
    is_other_page: bool = False
    repeated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


def _in_history() -> bool:
    context = get_script_run_ctx(suppress_warning=True)
    return bool(context is not None and context.is_history_navigation)


def _said(params: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in params.items() if name not in BY_BROWSER}


def _told() -> dict[str, str]:
    """What the browser says of the address; of a parameter that stands there twice the last."""
    return {name: text for name, text in st.query_params.to_dict().items() if name != PAGE}


def _is_of_another(page: str) -> bool:
    """Whether what the browser says is of another page than the one that runs.

    A page that was left while it was drawn writes its address late. The browser does not go there
    (``server/assets/atlas.js``), but Streamlit tells it to the next run as if it had.
    """
    return st.query_params.to_dict().get(PAGE, page) != page


def _write(params: Mapping[str, str], page: str) -> None:
    """Have the browser show an address of a page."""
    # The first address of a session is of the page that is loaded, maybe without the script so far.
    is_first = _WRITTEN not in st.session_state
    st.query_params.from_dict({**params} if is_first else {**params, PAGE: page})
    # The browser has been told of which page the address is; here it is no part of it.
    _take({name: [text] for name, text in params.items()})


def _take(params: Mapping[str, list[str]]) -> None:
    """Take something for the address, without a word to the browser."""
    with get_session_state().query_params() as told:
        told.clear_with_no_forward_msg(preserve_embed=True)
        for name, values in params.items():
            told.set_with_no_forward_msg(name, values)
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        context.query_string = urlencode(params, doseq=True)


def begin(page: str) -> Arrival:
    """Read the address; the first thing that a run does.

    Args:
        page: Address of the page below the root; ``""`` for the first page.
    """
    before = st.session_state.get(_WRITTEN)
    is_history = _in_history()
    is_of_another = before is not None and not is_history and _is_of_another(page)
    if is_of_another:
        # The address is that of the last run, where it was of this page; a new page has none yet.
        ours = before if before and st.session_state.get(_PAGE) == page else {}
        _take({name: [text] for name, text in ours.items()})
    st.session_state[_AGAIN] = is_of_another
    params = _told()
    every = {name: [v for v in st.query_params.get_all(name) if v] for name in params}
    repeated = {n: tuple(dict.fromkeys(values)) for n, values in every.items() if len(values) > 1}
    arrival = Arrival(
        page=page,
        params=params,
        is_history=is_history,
        is_new=is_history or before is None or bool(repeated) or _said(params) != _said(before),
        is_other_page=st.session_state.get(_PAGE, page) != page,
        repeated=repeated,
    )
    arrival = _going_on(arrival)
    st.session_state[_BEGUN] = arrival
    st.session_state[_TAKEN] = set(arrival.taken)
    st.session_state[_PAGE] = page
    st.session_state[_DROPPED] = []
    st.session_state[_NEXT] = dict(params)
    st.session_state[_NOW] = arrival
    return arrival


def _going_on(arrival: Arrival) -> Arrival:
    """The arrival whose run was cut short, where this run goes on with it, or as it is.

    Whoever clicks while a page is still drawn cuts that run short, and it has written nothing: the
    next one finds the same address as new. What the click changed must not be taken from it again.
    """
    cut: Arrival | None = st.session_state.get(_BEGUN)
    goes_on = (
        cut is not None
        and not arrival.is_history
        and (cut.page, _said(cut.params)) == (arrival.page, _said(arrival.params))
    )
    if cut is None or not goes_on:
        return arrival
    changed = {name for one in st.session_state.get(_STEPS, []) for name in one.names}
    return replace(
        arrival,
        is_history=cut.is_history,
        is_new=cut.is_new or arrival.is_new,
        is_other_page=cut.is_other_page,
        taken=frozenset(st.session_state.get(_TAKEN, set()) | changed),
    )


def takes(arrival: Arrival, param: str, *others: str, by: str = "") -> bool:
    """Whether something takes over what the address says, once for each address that is new.

    Args:
        arrival: How the run came about.
        param: Parameter that says it.
        others: More of them.
        by: Who takes it, where several things stand in one parameter.
    """
    names = {by} if by else {param, *others}
    st.session_state.setdefault(_TAKEN, set()).update(names)
    return arrival.is_new and not names & arrival.taken


def now() -> Arrival:
    """How the run that goes on came about."""
    arrival: Arrival = st.session_state.get(_NOW) or Arrival("", _told())
    return arrival


def drop(sentence: str) -> None:
    """Note that a part of the address could not be used, for the one message about it."""
    st.session_state.setdefault(_DROPPED, []).append(sentence)


def dropped() -> tuple[str, ...]:
    """A sentence for each part of the address that could not be used, each once."""
    return tuple(dict.fromkeys(st.session_state.get(_DROPPED, ())))


def usable(params: Mapping[str, str]) -> Arrival:
    """Go on with what of the address can be used.

    Args:
        params: The parameters without what was dropped.
    """
    arrival = replace(now(), params=params)
    st.session_state[_NEXT] = dict(params)
    st.session_state[_NOW] = arrival
    return arrival


def asked(param: str) -> str:
    """What the address said of a parameter when the run began; ``""`` where it said nothing."""
    return now().params.get(param, "")


def put(param: str, value: str | None) -> None:
    """Set a parameter, or take it away (``None`` or ``""``), when the run ends."""
    following: dict[str, str] = st.session_state.setdefault(_NEXT, {})
    if value:
        following[param] = value
    else:
        following.pop(param, None)


def put_among(param: str, one: str, *, is_in: bool) -> None:
    """Have one id among those that a parameter lists, or not, when the run ends."""
    following: dict[str, str] = st.session_state.setdefault(_NEXT, {})
    rest = [i for i in following.get(param, "").split(",") if i and i != one]
    put(param, ",".join([*rest, one] if is_in else rest))


def write_now(param: str, value: str) -> None:
    """Set a parameter at once, as one step that back undoes; for callbacks of fragments.

    No run of the page follows, which would write it at its end.
    """
    following = {**_told(), param: value}
    following = {name: text for name, text in following.items() if text}
    _write(following, now().page)
    st.session_state[_WRITTEN] = following


@dataclass(frozen=True)
class Step:
    """One thing that the reader changed.

    Attributes:
        names: The parameters that say it.
        params: What they say after it; ``None`` for what they say when the run ends.
    """

    names: frozenset[str]
    params: Mapping[str, str] | None = None


def step(names: Collection[str], params: Mapping[str, str] | None = None) -> None:
    """Note that the reader changed something, as one step that back undoes; for callbacks.

    Args:
        names: The parameters that say it.
        params: What they say after it; ``None`` for what they say when the run ends.
    """
    st.session_state.setdefault(_STEPS, []).append(Step(frozenset(names), params))


def _between(steps: list[Step], following: Mapping[str, str]) -> list[dict[str, str]]:
    """What the address said after each step but the last, each once.

    A step may take other parameters away (columns of a table that is no longer looked at): they
    are left out from the first step on, as an address with them might not open.
    """
    named = {name for one in steps for name in one.names}
    begun = dict(now().params)
    state = {k: v for k, v in begun.items() if k in following or k in named}
    found = [begun]
    for one in steps[:-1]:
        told = following if one.params is None else one.params
        state = {k: v for k, v in state.items() if k not in one.names}
        state |= {k: v for k, v in told.items() if k in one.names and v}
        if state != found[-1]:
            found.append(dict(state))
    return [state for state in found[1:] if state != following]


def commit() -> None:
    """Write what has changed; the last thing that a run does."""
    following: dict[str, str] = st.session_state.get(_NEXT, {})
    arrival, made = now(), st.session_state.get(_STEPS, [])
    if not arrival.is_other_page and not _in_history():
        # Two changes that came in one run are undone one by one.
        for between in _between(made, following):
            _write(between, arrival.page)
    # A link to the page that is open changes what the server is told, but not what the browser
    # shows as the address: it is written again then.
    # So it is where the browser told us that of another page.
    is_other = st.session_state.get(_AGAIN, False)
    if is_other or following != _told() or (arrival.is_new and not arrival.is_history):
        _write(following, arrival.page)
    # What is written may cut the run short, too: only here it has come to its end.
    st.session_state[_WRITTEN] = dict(following)
    st.session_state[_STEPS] = []
    st.session_state[_BEGUN] = None
