"""What this session brought of its own: it lies in the session's state and nowhere else.

Streamlit forgets the state with the session, which ends when the browser's tab is closed or loaded
anew; nothing here is written to disk or shared with another session.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.own import OwnData

_STATE = "_own"


def current() -> OwnData | None:
    """What the session brought; ``None`` where it brought nothing, or where nobody's script runs.

    The routes of ``server/`` run outside any session, and see the shared tables only.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    data: OwnData | None = st.session_state.get(_STATE)
    return data


def keep(data: OwnData) -> None:
    """Let the session see its own rows beside the Atlas's from now on."""
    st.session_state[_STATE] = data


def drop() -> None:
    """Forget everything that the session brought."""
    st.session_state.pop(_STATE, None)
