"""What a reader opened on a page, kept in the address as a list of ids: ``open=method,grades``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from components.ui import address

PARAM: Final = "open"
EVERYWHERE: Final = MappingProxyType({"more-filters": "more filters"})
"""What can be opened on every page: id -> what it is."""
_METHOD: Final = ("delegation", "helps", "partners", "place", "priorities")
OF_PAGE: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    **{page: {"method": "how to read the percentages"} for page in _METHOD},
    "benefits": {"grades": "how grades work"},
    "own": {"privacy": "what happens to your file"},
    "side-by-side": {"filters-a": "the filters of A", "filters-b": "the filters of B"},
})  # fmt: skip
"""Address of a page -> what else can be opened there."""


def options(page: str) -> Mapping[str, str]:
    """What can be opened on a page: id -> what it is."""
    return {**EVERYWHERE, **OF_PAGE.get(page, {})}


def _key(name: str) -> str:
    return name if name in EVERYWHERE else f"open-{name}"


def _adopt(name: str) -> str:
    """The key of what is opened, which shows what the address says when that is new."""
    key, asked, arrival = _key(name), address.asked(PARAM), address.now()
    # Streamlit forgets what another page did not draw; a link to it may be followed again.
    takes = address.takes(arrival, PARAM, by=key)
    if (takes and (asked or arrival.is_history)) or key not in st.session_state:
        st.session_state[key] = name in asked.split(",")
    return key


def expander(label: str, name: str) -> ExpanderContainer:
    """A part of a page that opens below its label.

    What it holds is drawn all the same and is seen at once; what is heavy asks ``.open`` first.

    Args:
        label: Its label; another one would be another part, closed again.
        name: Its id in ``options``.
    """
    part = st.expander(label, key=_adopt(name), on_change=address.step, args=((PARAM,),))
    address.put_among(PARAM, name, is_in=bool(part.open))
    return part


def popover(
    label: str,
    name: str,
    *,
    icon: str | None = None,
    width: Literal["stretch", "content"] = "stretch",
    disabled: bool = False,
) -> PopoverContainer:
    """As ``expander``, as a button that opens beside what it explains.

    Args:
        label: Its label.
        name: Its id in ``options``.
        icon: What stands before the label.
        width: Of the button.
        disabled: Whether it has nothing to open.
    """
    part = st.popover(
        label, key=_adopt(name), on_change=address.step, args=((PARAM,),), width=width, icon=icon,
        disabled=disabled,
    )  # fmt: skip
    address.put_among(PARAM, name, is_in=bool(part.open) and not disabled)
    return part
