"""Which view of which exhibit a reader looks at, kept in the address as ``show``.

``show=outcomes-by-benefit.table,delegation-intent.notes``: exhibits that are looked at in their
first view are not named. What is chosen within a view follows it: ``risks.take.xlsx`` is the kind
of file, ``risks.notes.ris`` the style of references, ``risks.table.-sector`` the order of rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from components.exhibits import REGISTRY
from components.exhibits.ordering import orders
from components.exhibits.renamed import current as current_id
from components.exhibits.renamed import told
from components.export.citing import STYLES
from components.ui import address
from components.ui.offers import OFFERS
from components.ui.order import Order
from data.sorting import column_of
from data.suggest import closest

PARAM: Final = "show"
TABLE: Final = "Table and CSV"
NOTES: Final = "Sources and notes"
TAKE_AWAY: Final = "Take away"
LIST: Final = "List"
IN_WORDS: Final = "In words"
CHART: Final = "Chart"
"""Not the first view on a phone where there are words."""
_IDS: Final = {
    "table": TABLE, "notes": NOTES, "list": LIST, "words": IN_WORDS, "chart": CHART,
    "take": TAKE_AWAY,
}  # fmt: skip
_DRAWN, _ORDERED = "_views-drawn", "_views-ordered"


def key_of(exhibit_id: str) -> str:
    """The key of the control under an exhibit."""
    return f"view-{exhibit_id}"


@dataclass(frozen=True)
class Within:
    """What is chosen within a view.

    Attributes:
        key: Key of its control, with a place for the id of the exhibit.
        options: The ids that can be chosen; the first is not in the address. ``None`` where only
            the rows that are drawn say which there are (:func:`order`).
    """

    key: str
    options: tuple[str, ...] | None

    @property
    def first(self) -> str:
        """What is chosen unless the address says otherwise."""
        return "" if self.options is None else self.options[0]

    def knows(self, chosen: str) -> bool:
        """Whether it can be chosen, as far as is known before the rows are."""
        if self.options is None:
            return re.fullmatch(r"-?[a-z][a-z0-9_]*", chosen) is not None
        return chosen in self.options


_OF_ROWS: Final = Within("order-{}", None)
_WITHIN: Final[Mapping[str, Within]] = {
    "table": _OF_ROWS,
    "list": _OF_ROWS,
    "take": Within("take-{}-as", tuple(offer.key for offer in OFFERS)),
    "notes": Within("cite-{}", tuple(STYLES)),
}
"""View, as the address names it -> what is chosen within it."""


def _is_known(view: str, chosen: str) -> bool:
    return view in _IDS and (not chosen or (view in _WITHIN and _WITHIN[view].knows(chosen)))


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """The part of ``show=`` that can be used, and a sentence for each part that cannot."""
    titles = {e.id: e.title for e in REGISTRY}
    kept, dropped = [], []
    for part in (p for p in text.split(",") if p):
        old, _, rest = part.partition(".")
        exhibit_id = current_id(old)
        if exhibit_id in titles and _is_known(*rest.partition(".")[::2]):
            kept.append(f"{exhibit_id}.{rest}")
            dropped += [told(old)] if told(old) else []
            continue
        near = closest(exhibit_id, titles)
        hint = f"; did you mean “{near}”?" if near and near != exhibit_id else ""
        dropped.append(f"“{part}” is not a known view of an exhibit{hint}")
    return ",".join(kept), tuple(dropped)


def adopt(arrival: address.Arrival) -> None:
    """Take the views from the address when it says something new; the first thing in a run.

    On another page an exhibit is looked at in its first view: its control there is another one,
    and what the former said would be drawn without being pressed.
    """
    st.session_state[_DRAWN], st.session_state[_ORDERED] = {}, set()
    is_first = arrival.is_other_page and PARAM not in arrival.taken
    if not (address.takes(arrival, PARAM) or is_first):
        return
    parts = (p.partition(".") for p in arrival.params.get(PARAM, "").split(",") if p)
    asked = {exhibit_id: rest.partition(".")[::2] for exhibit_id, _, rest in parts}
    for exhibit in REGISTRY:
        if exhibit.id in asked:
            view, chosen = asked[exhibit.id]
            st.session_state[key_of(exhibit.id)] = _IDS[view]
            if view in _WITHIN:
                within = _WITHIN[view]
                st.session_state[within.key.format(exhibit.id)] = chosen or within.first
        elif arrival.is_other_page or arrival.is_history or asked:
            st.session_state.pop(key_of(exhibit.id), None)
            st.session_state.pop(_OF_ROWS.key.format(exhibit.id), None)


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
    keep(exhibit_id, str(chosen), is_first=chosen == choices[0])


def keep(exhibit_id: str, view: str, *, is_first: bool = True) -> None:
    """Leave what is looked at in the address.

    Args:
        exhibit_id: Id of the exhibit.
        view: Name of the view.
        is_first: Whether it opens with this view, which is named for what is chosen within only.
    """
    if exhibit_id not in st.session_state[_ORDERED]:
        _drop_order(exhibit_id, "they are not shown as a table")
    short = next((one for one, label in _IDS.items() if label == view), "")
    if short and (not is_first or _chosen_within(exhibit_id, short)):
        st.session_state[_DRAWN][exhibit_id] = short
    address.put(PARAM, _in_words())


def _drop_order(exhibit_id: str, why: str) -> None:
    """Forget an order that the rows cannot have; the page says so where an address asks for it."""
    sort = st.session_state.pop(_OF_ROWS.key.format(exhibit_id), "")
    if sort and f".{sort}" in address.asked(PARAM) and address.now().is_new:
        address.drop(f"“{sort}” is no order of the rows of “{exhibit_id}”: {why}")


def order(exhibit_id: str, columns: Sequence[str]) -> Order:
    """The order of the rows of an exhibit that are drawn as a table.

    Args:
        exhibit_id: Id of the exhibit.
        columns: Those that can be sorted by.
    """
    key = _OF_ROWS.key.format(exhibit_id)
    st.session_state[_ORDERED].add(exhibit_id)
    if column_of(st.session_state.get(key, "")) not in ("", *columns):
        _drop_order(exhibit_id, "there is no such column")
    return Order(st.session_state.get(key, ""), columns, partial(_choose_order, key))


def choose_order(exhibit_id: str, title: str, order: Order) -> None:
    """The list of orders below the rows, for the keyboard; a click on a heading does the same.

    Args:
        exhibit_id: Id of the exhibit.
        title: Its title, for people who cannot see the place of the list.
        order: As :func:`order` gives it.
    """
    options = orders(order.columns, "as drawn")
    shown = f"choose-{_OF_ROWS.key.format(exhibit_id)}"
    st.session_state[shown] = order.sort
    st.selectbox(
        f"Sort the rows of {title} by", list(options), key=shown,
        format_func=lambda sort: f"Sorted {'by ' if sort else ''}{options[sort]}",
        on_change=_listed, args=(exhibit_id,), label_visibility="collapsed", width=240,
    )  # fmt: skip


def _listed(exhibit_id: str) -> None:
    key = _OF_ROWS.key.format(exhibit_id)
    _choose_order(key, st.session_state[f"choose-{key}"])


def _choose_order(key: str, sort: str) -> None:
    st.session_state[key] = sort
    address.step((PARAM,))


def _in_words() -> str:
    """What the address says of the views that are drawn."""
    drawn: dict[str, str] = st.session_state.get(_DRAWN, {})
    return ",".join(f"{e}.{v}{_chosen_within(e, v)}" for e, v in drawn.items())


def _chosen_within(exhibit_id: str, view: str) -> str:
    within = _WITHIN.get(view)
    chosen = st.session_state.get(within.key.format(exhibit_id)) if within else None
    return f".{chosen}" if within and chosen and chosen != within.first else ""


def choose_within() -> None:
    """Say in the address what was chosen within a view; the callback of its control.

    Such a control is a fragment: the page is not run for it.
    """
    address.write_now(PARAM, _in_words())
