"""The filters of a session: one selection, to which controls, chips, clicks and links all write.

Controls show what it says. That way a filter that no control shows at the moment, because its part
of the bar is closed, is kept all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from components.ui import address
from data import Catalogue, Selection
from data.map_rows import DEFAULT_VINTAGE
from data.suggest import suggestion
from data.vintages import resolve

FILTERS: Final = (
    "sector", "region", "icb", "collaborative", "organisation", "governance", "scope", "formed",
    "benefit", "service", "status", "grade", "tier",
)  # fmt: skip
SINGLE: Final = ("vintage", "wave", "q")
CARRIED: Final = (*FILTERS, *SINGLE)
"""Every dimension, each also the name of a parameter of the address."""
MARK: Final = "mark"
"""The parameter that names what was clicked last (``components.ui.marked``)."""
_STATE = "_filters"


def current() -> Selection:
    """The selection of this session."""
    state: Selection = st.session_state.get(_STATE, Selection())
    return state


def apply(selection: Selection, beside: Mapping[str, str] | None = None) -> None:
    """Set the whole selection, as one step that back undoes; for callbacks.

    Args:
        selection: The selection.
        beside: Other parameters that the same action sets -> what they say after it. The mark
            that was clicked before no longer holds under other filters.
    """
    if selection != current():
        st.session_state[_STATE] = selection
        beside = beside or {}
        names = (*CARRIED, MARK, *beside)
        address.step(names, {**selection.to_params(), **beside})


def known_only(tables: Catalogue, selection: Selection) -> Selection:
    """A selection without what the tables do not know: what own rows had, once they are removed."""
    for dimension, value in selection.active:
        if value not in tables.known_values.get(dimension, (value,)):
            selection = selection.without(dimension, value)
    return selection


def adopt(tables: Catalogue, arrival: address.Arrival) -> None:
    """Take the filters from the address when it says something that this session did not write.

    A page of the menu has an address without filters, and the filters come along; where the
    reader goes back or forward to such an address, nothing is filtered.
    """
    params = {k: v for k, v in arrival.params.items() if k in CARRIED}
    if address.takes(arrival, *CARRIED) and (params or arrival.is_history):
        selection, dropped = Selection.from_params(
            params, tables.known_values, partial(suggestion, tables)
        )
        st.session_state[_STATE] = selection
        for sentence in dropped:
            address.drop(sentence)


def write(selection: Selection) -> None:
    """Put the filters into the address; other parameters are left alone."""
    target = selection.to_params()
    for param in CARRIED:
        address.put(param, target.get(param))


def clear(dimension: str | None = None, value: str | None = None) -> None:
    """Clear every filter, one dimension, or one value; for callbacks."""
    apply(Selection() if dimension is None else current().without(dimension, value))


def with_dimension(selection: Selection, dimension: str, values: Iterable[str]) -> Selection:
    """A selection with one dimension set; of a dimension of one value the first counts."""
    chosen = list(values)
    changed: dict[str, Any] = {dimension: "".join(chosen[:1]) if dimension in SINGLE else chosen}
    return replace(selection, **changed)


def with_vintage(tables: Catalogue, selection: Selection, vintage: str) -> Selection:
    """A selection in another vintage; systems selected become those that followed."""
    icb = tuple(resolve(tables, selection.icb, vintage))
    return replace(selection, vintage="" if vintage == DEFAULT_VINTAGE else vintage, icb=icb)


def choose(dimension: str, values: list[str]) -> None:
    """Set one dimension; for callbacks."""
    apply(with_dimension(current(), dimension, values))


def holds(selection: Selection, *picks: tuple[str, str]) -> bool:
    """Whether a selection has every one of some values, each a (dimension, value)."""
    return all(
        value == held if isinstance(held := getattr(selection, dimension), str) else value in held
        for dimension, value in picks
    )


def is_on(*picks: tuple[str, str]) -> bool:
    """Whether every one of some values is chosen."""
    return holds(current(), *picks)


def toggle(*picks: tuple[str, str], beside: Mapping[str, str] | None = None) -> None:
    """Toggle values in the filters (see :func:`toggled`), as one step; for callbacks.

    Args:
        picks: (dimension, value) of each.
        beside: As for :func:`apply`.
    """
    apply(toggled(current(), *picks), beside)


def toggled(selection: Selection, *picks: tuple[str, str]) -> Selection:
    """A selection with values added to their dimensions, or taken away where all are there.

    Args:
        selection: Any selection.
        picks: (dimension, value) of each.
    """
    takes_away = holds(selection, *picks)
    for dimension, value in picks:
        chosen = getattr(selection, dimension)
        if takes_away:
            selection = selection.without(dimension, value)
        elif isinstance(chosen, str):
            selection = with_dimension(selection, dimension, [value])
        else:
            selection = with_dimension(selection, dimension, [*chosen, value])
    return selection
