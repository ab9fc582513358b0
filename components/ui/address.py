"""The address of the page as one value: read once when a run begins, written once when it ends.

Every write makes an entry in the browser's history, so that back and forward undo and redo; what
one run changes is therefore gathered and written together. While the browser itself walks through
its history, Streamlit replaces the entry instead of adding one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_WRITTEN, _PAGE, _NEXT, _NOW = "_address", "_address-page", "_address-next", "_address-now"


@dataclass(frozen=True)
class Arrival:
    """How a run came about.

    Attributes:
        page: Address of the page below the root.
        params: Parameters of the address.
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


def _in_history() -> bool:
    context = get_script_run_ctx(suppress_warning=True)
    return bool(context is not None and context.is_history_navigation)


def begin(page: str) -> Arrival:
    """Read the address; the first thing that a run does.

    Args:
        page: Address of the page below the root; ``""`` for the first page.
    """
    params = st.query_params.to_dict()
    before = st.session_state.get(_WRITTEN)
    is_history = _in_history()
    arrival = Arrival(
        page=page,
        params=params,
        is_history=is_history,
        is_new=is_history or before is None or params != before,
        is_other_page=st.session_state.get(_PAGE, page) != page,
    )
    st.session_state[_PAGE] = page
    st.session_state[_NEXT] = dict(params)
    st.session_state[_NOW] = arrival
    return arrival


def now() -> Arrival:
    """How the run that goes on came about."""
    arrival: Arrival = st.session_state.get(_NOW) or Arrival("", st.query_params.to_dict())
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


def commit() -> None:
    """Write what has changed; the last thing that a run does."""
    following: dict[str, str] = st.session_state.get(_NEXT, {})
    # A link to the page that is open changes what the server is told, but not what the browser
    # shows as the address: it is written again then.
    if following != st.query_params.to_dict() or (now().is_new and not now().is_history):
        st.query_params.from_dict(following)
    st.session_state[_WRITTEN] = dict(following)
