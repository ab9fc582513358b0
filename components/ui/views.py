"""Which view of which exhibit a reader looks at, kept in the address as ``show``.

``show=outcomes-by-benefit.table,delegation-intent.notes``: exhibits that are looked at in their
first view are not named.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from components.exhibits import REGISTRY
from components.exhibits.renamed import current as current_id
from components.exhibits.renamed import told
from components.ui import address
from components.ui.takeaway import TAKE_AWAY
from data.suggest import closest

PARAM: Final = "show"
TABLE: Final = "Table and CSV"
NOTES: Final = "Sources and notes"
LIST: Final = "List"
IN_WORDS: Final = "In words"
_IDS: Final = {
    "table": TABLE, "notes": NOTES, "list": LIST, "words": IN_WORDS, "take": TAKE_AWAY,
}  # fmt: skip
_CHOSEN, _DRAWN = "_views", "_views-drawn"


def key_of(exhibit_id: str) -> str:
    """The key of the control under an exhibit."""
    return f"view-{exhibit_id}"


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """The part of ``show=`` that can be used, and a sentence for each part that cannot."""
    titles = {e.id: e.title for e in REGISTRY}
    kept, dropped = [], []
    for part in (p for p in text.split(",") if p):
        old, _, view = part.partition(".")
        exhibit_id = current_id(old)
        if exhibit_id in titles and view in _IDS:
            kept.append(f"{exhibit_id}.{view}")
            dropped += [told(old)] if told(old) else []
            continue
        near = closest(exhibit_id, titles)
        hint = f"; did you mean “{near}”?" if near and near != exhibit_id else ""
        dropped.append(f"“{part}” is not a known view of an exhibit{hint}")
    return ",".join(kept), tuple(dropped)


def adopt(arrival: address.Arrival) -> None:
    """Take the views from the address when it says something new; the first thing in a run."""
    st.session_state[_DRAWN] = {}
    if not arrival.is_new:
        return
    parts = (p.partition(".") for p in arrival.params.get(PARAM, "").split(",") if p)
    asked = {exhibit_id: _IDS[view] for exhibit_id, _, view in parts}
    for exhibit in REGISTRY:
        if exhibit.id in asked:
            st.session_state[key_of(exhibit.id)] = asked[exhibit.id]
        elif arrival.is_history or asked:
            st.session_state.pop(key_of(exhibit.id), None)


def current(exhibit_id: str, first: str) -> str:
    """The view of an exhibit that is looked at; ``first`` when nothing else was chosen."""
    return str(st.session_state.get(key_of(exhibit_id)) or first)


def choose(exhibit_id: str, title: str, choices: list[str]) -> None:
    """The control under an exhibit; what it says goes into the address.

    Args:
        exhibit_id: Id of the exhibit.
        title: Its title, for people who cannot see the control's place.
        choices: Views, the first of which is the default.
    """
    key = key_of(exhibit_id)
    if st.session_state.get(key) not in choices:
        st.session_state[key] = choices[0]
    chosen = st.segmented_control(
        f"View of {title}", choices, required=True, key=key, label_visibility="collapsed",
        on_change=address.step, args=((PARAM,),),
    )  # fmt: skip
    drawn: dict[str, str] = st.session_state.setdefault(_DRAWN, {})
    short = {label: view for view, label in _IDS.items()}
    if chosen in short and chosen != choices[0]:
        drawn[exhibit_id] = short[chosen]
    address.put(PARAM, ",".join(f"{e}.{v}" for e, v in drawn.items()))
