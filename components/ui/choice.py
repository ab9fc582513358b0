"""A choice of one thing on a page, kept in the address under its id."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def choose_one(label: str, param: str, options: Mapping[str, str], prompt: str) -> str | None:
    """A select box whose value is an id in the address.

    Args:
        label: Label of the box.
        param: Name of the address parameter.
        options: Id -> label.
        prompt: What the box says when nothing is chosen.

    Returns:
        The chosen id, or ``None``; an id in the address that does not exist is ignored.
    """
    key, seen = f"choice-{param}", f"_seen-{param}"
    asked = st.query_params.get(param)
    if asked != st.session_state.get(seen) and asked in options:
        st.session_state[key] = asked
    ids = list(options)
    if st.session_state.get(key) not in options:
        st.session_state[key] = None
    chosen = st.selectbox(
        label, ids, index=None, format_func=lambda i: options[i], key=key, placeholder=prompt
    )
    if chosen is None:
        if param in st.query_params:
            del st.query_params[param]
    elif st.query_params.get(param) != chosen or st.session_state.get(seen) != chosen:
        # Also when the server has it already: a link to the page that is open changes the choice,
        # but not what the browser shows as the address.
        st.query_params[param] = chosen
    st.session_state[seen] = chosen
    return chosen
