"""Choices on a page, kept in the address under their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from components.ui import address
from data.selection import plain_text
from data.suggest import closest


def choose_one(
    label: str,
    param: str,
    options: Mapping[str, str],
    prompt: str,
    on_change: Callable[[], None] | None = None,
) -> str | None:
    """A select box whose value is an id in the address.

    Args:
        label: Label of the box.
        param: Name of the address parameter.
        options: Id -> label.
        prompt: What the box says when nothing is chosen.
        on_change: Called when the reader chooses another one; has to note the step itself.

    Returns:
        The chosen id, or ``None``; an id in the address that is not a choice here is dropped, which
        the page says.
    """
    key, asked = f"choice-{param}", address.asked(param)
    # Streamlit forgets a widget that another page did not draw; its link may be followed again.
    takes = address.takes(address.now(), param)
    if (takes or key not in st.session_state) and asked in options:
        st.session_state[key] = asked
    elif takes and address.now().is_history:
        st.session_state[key] = None
    ids = list(options)
    if st.session_state.get(key) not in options:
        st.session_state[key] = None
    if address.now().is_new and asked and asked not in options:
        _drop(asked, label, options)
    chosen = st.selectbox(
        label, ids, index=None, format_func=lambda i: options[i], key=key, placeholder=prompt,
        on_change=on_change or partial(address.step, (param,)),
    )  # fmt: skip
    address.put(param, chosen)
    return chosen


def _drop(asked: str, label: str, options: Mapping[str, str]) -> None:
    """Have the page say that an id is not a choice here, and what may have been meant."""
    wrong = plain_text(asked)
    near = closest(wrong, dict(options))
    meant = "" if near is None else f"; did you mean “{near}” ({options[near]})?"
    address.drop(f"“{wrong}” is not a choice of “{label}” here{meant}")


def _stepped(param: str, on_change: Callable[[], None] | None) -> None:
    address.step((param,))
    if on_change is not None:
        on_change()


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
        The id of the one pressed; an id in the address that does not exist is dropped.
    """
    return _one_of(
        label,
        param,
        options,
        lambda ids, key: st.segmented_control(
            label,
            ids,
            format_func=lambda i: options[i],
            key=key,
            required=True,
            on_change=partial(_stepped, param, on_change),
            label_visibility="collapsed",
        ),
    )


def _one_of(
    label: str,
    param: str,
    options: Mapping[str, str],
    draw: Callable[[list[str], str], str | None],
) -> str:
    """One of several ids, drawn by ``draw(ids, key)``, in step with the address."""
    ids = list(options)
    key, asked = f"choice-{param}", address.asked(param)
    if address.now().is_new and asked and asked not in options:
        _drop(asked, label, options)
    if address.takes(address.now(), param) and (asked in ids or address.now().is_history):
        st.session_state[key] = asked
    if st.session_state.get(key) not in ids:
        st.session_state[key] = ids[0]
    chosen = draw(ids, key)
    address.put(param, None if chosen == ids[0] else str(chosen))
    return str(chosen)


def choose_text(label: str, param: str, prompt: str) -> str:
    """A box for words, kept in the address.

    Args:
        label: Label of the box.
        param: Name of the address parameter.
        prompt: What the box says when it is empty.
    """
    key = f"choice-{param}"
    asked = address.asked(param)
    if address.takes(address.now(), param) and (asked or address.now().is_history):
        st.session_state[key] = asked
    typed = plain_text(
        st.text_input(label, key=key, placeholder=prompt, on_change=address.step, args=((param,),))
    )
    address.put(param, typed)
    return typed


def choose_switch(label: str, param: str, help_text: str) -> bool:
    """A switch that is on at first, kept in the address as ``no`` when it is off.

    Args:
        label: Label of the switch.
        param: Name of the address parameter.
        help_text: What it does.
    """
    key, asked = f"choice-{param}", address.asked(param)
    takes = address.takes(address.now(), param)
    if key not in st.session_state or (takes and (asked or address.now().is_history)):
        st.session_state[key] = asked != "no"
    on = st.toggle(label, key=key, help=help_text, on_change=address.step, args=((param,),))
    address.put(param, None if on else "no")
    return on


def choose_listed(
    label: str, param: str, options: Mapping[str, str], *, is_named: bool = False
) -> str:
    """As ``choose_segment``, as a list to open: where a row of buttons would not fit.

    Args:
        label: Label of the list, for people who cannot see it.
        param: Name of the address parameter.
        options: Id -> label.
        is_named: Whether the label stands above it for everybody.

    Returns:
        The id chosen; an id in the address that does not exist is dropped.
    """
    return _one_of(
        label,
        param,
        options,
        lambda ids, key: st.selectbox(
            label, ids, format_func=lambda i: options[i], key=key,
            on_change=address.step, args=((param,),),
            label_visibility="visible" if is_named else "collapsed",
        ),
    )  # fmt: skip


def choose_several(
    label: str,
    param: str,
    options: Mapping[str, str],
    prompt: str,
    most: int,
    *,
    remembers: bool = True,
) -> tuple[str, ...]:
    """A list of choices whose values are ids in the address, joined by commas.

    What was chosen is remembered when the reader looks at another page and comes back.

    Args:
        label: Label of the list.
        param: Name of the address parameter.
        options: Id -> label.
        prompt: What the list says when nothing is chosen.
        most: How many can be chosen.
        remembers: Whether what was chosen is there again when the reader comes back to the page.

    Returns:
        The chosen ids in the order of choice; what of the address could not be used is dropped,
        which the page says.
    """
    key, seen = f"choice-{param}", f"_seen-{param}"
    before: tuple[str, ...] = st.session_state.get(seen, ()) if remembers else ()
    wanted = tuple(i.strip() for i in address.asked(param).split(",") if i.strip())
    takes = address.takes(address.now(), param)
    if (takes or key not in st.session_state) and (wanted or address.now().is_history):
        known = tuple(dict.fromkeys(i for i in wanted if i in options))
        for one in (i for i in wanted if i not in options):
            _drop(one, label, options)
        for one in known[most:]:
            address.drop(f"“{options[one]}” is one more than the {most} allowed")
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
            on_change=address.step,
            args=((param,),),
        )
    )
    address.put(param, ",".join(chosen))
    st.session_state[seen] = chosen
    return chosen


def choose_kind(label: str, param: str, kinds: Mapping[str, str]) -> str:
    """Which of a few kinds of things is looked at; the address names their ids under the kind.

    Args:
        label: Label of the choice.
        param: Name of the address parameter that names the kind; of no use, and to be taken away,
            where ids are named.
        kinds: Kind, which is also the name of an address parameter -> label; the first is looked at
            unless the address names another.

    Returns:
        The kind; the parameters of the others are taken from the address.
    """
    key, order = f"kind-{'-'.join(kinds)}", list(kinds)
    named = [kind for kind in kinds if address.asked(kind)]
    if not named and address.asked(param) in kinds:
        named = [address.asked(param)]
    takes = address.takes(address.now(), param, by=key)
    if len(named) == 1 and (takes or key not in st.session_state):
        st.session_state[key] = named[0]
    elif takes and address.now().is_history:
        st.session_state[key] = order[0]
    st.session_state.setdefault(key, order[0])
    chosen = st.segmented_control(
        label,
        order,
        format_func=kinds.__getitem__,
        required=True,
        key=key,
        on_change=address.step,
        args=((param, *kinds),),
        label_visibility="collapsed",
    )
    kind = chosen or order[0]
    address.put(param, None if kind == order[0] else kind)
    for other in order:
        if other != kind:
            address.put(other, None)
    return kind
