"""A choice of one thing on a page, kept in the address under its id."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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


def choose_segment(
    label: str, param: str, options: Mapping[str, str], on_change: Callable[[], None] | None = None
) -> str:
    """A row of buttons of which one is pressed; the first is the default and not in the address.

    Args:
        label: Label for people who cannot see it.
        param: Name of the address parameter.
        options: Id -> label.
        on_change: Called when the reader presses another one.

    Returns:
        The id of the one pressed; an id in the address that does not exist is ignored.
    """
    key, seen = f"choice-{param}", f"_seen-{param}"
    ids = list(options)
    asked = st.query_params.get(param, ids[0])
    if asked != st.session_state.get(seen) and asked in options:
        st.session_state[key] = asked
    if st.session_state.get(key) not in options:
        st.session_state[key] = ids[0]
    chosen = st.segmented_control(
        label,
        ids,
        format_func=lambda i: options[i],
        key=key,
        required=True,
        on_change=on_change,
        label_visibility="collapsed",
    )
    if chosen == ids[0]:
        if param in st.query_params:
            del st.query_params[param]
    elif st.query_params.get(param) != chosen:
        st.query_params[param] = str(chosen)
    st.session_state[seen] = chosen
    return str(chosen)


def choose_many(label: str, param: str, options: Mapping[str, str], prompt: str) -> tuple[str, ...]:
    """A box for several choices whose ids stand in the address, separated by commas.

    Its widget key is that of a filter of this name, so that "Clear" beside an empty exhibit
    clears it too.

    Args:
        label: Label of the box.
        param: Name of the address parameter.
        options: Id -> label.
        prompt: What the box says when nothing is chosen.

    Returns:
        The chosen ids; ids in the address that do not exist are ignored.
    """
    key, seen = f"filter-{param}", f"_seen-{param}"
    asked = st.query_params.get(param, "")
    if asked and asked != st.session_state.get(seen):
        st.session_state[key] = [v for v in asked.split(",") if v in options]
    chosen = st.multiselect(
        label, list(options), format_func=lambda i: options[i], key=key, placeholder=prompt,
        select_all=False,
    )  # fmt: skip
    written = ",".join(chosen)
    if written != asked:
        if written:
            st.query_params[param] = written
        else:
            del st.query_params[param]
    st.session_state[seen] = written
    return tuple(chosen)
