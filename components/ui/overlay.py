"""What this session brought of its own: it lies in the session's state and nowhere else.

Streamlit forgets the state with the session, which ends when the browser's tab is closed or loaded
anew; nothing here is written to disk or shared with another session.
"""

from __future__ import annotations

import logging

import streamlit as st
from streamlit import runtime
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


def without_values(record: logging.LogRecord) -> bool:
    """Keeps what went wrong in a session with own rows out of the log, but for its kind.

    A filter of loggers, as the text of an exception may name a cell; every record passes.
    """
    if record.exc_info and record.exc_info[0] is not None and current() is not None:
        record.msg = f"{record.getMessage()}: {record.exc_info[0].__name__} (own data)"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True


def keep_out_of_logs() -> None:
    """Let pages and files that fail write no own values; adding a filter again does nothing."""
    for name in ("streamlit.error_util", "components.ui.takeaway"):
        logging.getLogger(name).addFilter(without_values)


def drop() -> None:
    """Forget everything that the session brought, and the files that were made of it."""
    st.session_state.pop(_STATE, None)
    let_go_of_files()


def let_go_of_files() -> None:
    """Take what this session downloaded out of Streamlit's memory, rather than two runs later.

    Streamlit keeps a file that no page offers any more for one run, in case it is on its way.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return
    manager = runtime.get_instance().media_file_mgr
    manager.clear_session_refs(context.session_id)
    for _ in range(2):
        manager.remove_orphaned_files()


def named(data: OwnData, sources: set[str], most: int = 2) -> str:
    """The files that these sources stand for, or all where none does, in few words."""
    names = [f.label for f in data.files if f.source_id in sources] or [f.label for f in data.files]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
