"""Choices on a page, kept in the address under their ids."""

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
    # Streamlit forgets a widget that another page did not draw; its link may be followed again.
    is_new = asked != st.session_state.get(seen) or key not in st.session_state
    if is_new and asked in options:
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


def choose_several(
    label: str, param: str, options: Mapping[str, str], prompt: str, most: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A list of choices whose values are ids in the address, joined by commas.

    What was chosen is remembered when the reader looks at another page and comes back.

    Args:
        label: Label of the list.
        param: Name of the address parameter.
        options: Id -> label.
        prompt: What the list says when nothing is chosen.
        most: How many can be chosen.

    Returns:
        The chosen ids in the order of choice, and a sentence for each part of the address that
        could not be used.
    """
    key, seen = f"choice-{param}", f"_seen-{param}"
    before: tuple[str, ...] = st.session_state.get(seen, ())
    dropped: tuple[str, ...] = ()
    wanted = tuple(i.strip() for i in st.query_params.get(param, "").split(",") if i.strip())
    if wanted and (wanted != before or key not in st.session_state):
        known = tuple(dict.fromkeys(i for i in wanted if i in options))
        dropped = (
            *(f"“{i}” is not known" for i in wanted if i not in options),
            *(f"“{options[i]}” is one more than the {most} allowed" for i in known[most:]),
        )
        st.session_state[key] = list(known[:most])
    elif key not in st.session_state:
        st.session_state[key] = list(before)
    st.session_state[key] = [i for i in st.session_state[key] if i in options]
    chosen = tuple(
        st.multiselect(
            label,
            list(options),
            format_func=lambda i: options[i],
            key=key,
            placeholder=prompt,
            max_selections=most,
            select_all=False,
        )
    )
    told = ",".join(chosen)
    if not told:
        if param in st.query_params:
            del st.query_params[param]
    elif st.query_params.get(param) != told:
        st.query_params[param] = told
    st.session_state[seen] = chosen
    return chosen, dropped


def choose_kind(label: str, kinds: Mapping[str, str]) -> str:
    """Which of a few kinds of things is looked at; the address names their ids under the kind.

    Args:
        label: Label of the choice.
        kinds: Kind, which is also the name of an address parameter -> label; the first is looked at
            unless the address names another.

    Returns:
        The kind; the parameters of the others are taken from the address.
    """
    key, order = f"kind-{'-'.join(kinds)}", list(kinds)
    named = [kind for kind in kinds if kind in st.query_params]
    if len(named) == 1:
        st.session_state[key] = named[0]
    st.session_state.setdefault(key, order[0])
    chosen = st.segmented_control(
        label,
        order,
        format_func=kinds.__getitem__,
        required=True,
        key=key,
        on_change=_forget,
        args=order,
        label_visibility="collapsed",
    )
    kind = chosen or order[0]
    _forget(*(k for k in order if k != kind))
    return kind


def _forget(*params: str) -> None:
    """Take parameters from the address; what was chosen under them is remembered."""
    for param in params:
        if param in st.query_params:
            del st.query_params[param]
