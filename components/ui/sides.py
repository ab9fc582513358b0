"""The two sides of *Side by side*: what each shows, in the session and in the address.

A follows the filters of the bar; B has filters of its own. Of an exhibit that is about something
chosen (a collaborative, two to four systems) each side has its own choice, which stands in place of
its filter. In the address A says them as every other page does, B with ``b.`` before the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Literal

import streamlit as st

from components.ui import address, filters, marked
from components.ui.filter_bar import Holder
from components.ui.filters import CARRIED, MARK
from data import Catalogue, Selection
from data.comparison import MOST
from data.map_rows import DEFAULT_VINTAGE
from data.vintages import areas

Name = Literal["A", "B"]
NAMES: Final[tuple[Name, Name]] = ("A", "B")
PREFIX: Final = "b."
"""Before the name of a parameter of the address: what B says of it."""
_OTHER, _PICKED = "_side-b", "_side-choices"
_OTHERS: Final = tuple(f"{PREFIX}{name}" for name in CARRIED)
_MARK_OF_B: Final = f"{PREFIX}{MARK}"


@dataclass(frozen=True)
class Choice:
    """What has to be chosen before an exhibit is about anything in particular.

    Attributes:
        param: Name of its parameter, as on the page that the exhibit is of.
        dimension: The filter in whose place it stands.
        label: What is chosen.
        most: How many can be.
    """

    param: str
    dimension: Literal["collaborative", "icb"]
    label: str
    most: int = 1

    def of(self, name: Name) -> str:
        """The parameter of a side."""
        return self.param if name == "A" else f"{PREFIX}{self.param}"


CHOICES: Final[Mapping[str, Choice]] = {
    "collaborative-footprint": Choice("id", "collaborative", "Collaborative"),
    "system-map": Choice("system", "icb", "System"),
    "compare-collaboratives": Choice("collaboratives", "collaborative", "Collaboratives", MOST),
    "compare-systems": Choice("systems", "icb", "Systems", MOST),
}
"""Exhibit -> its choice."""


def other() -> Selection:
    """The filters of B."""
    held: Selection = st.session_state.get(_OTHER, Selection())
    return held


def _params(selection: Selection) -> dict[str, str]:
    return {f"{PREFIX}{name}": value for name, value in selection.to_params().items()}


def set_other(selection: Selection, beside: Mapping[str, str] | None = None) -> None:
    """Set the filters of B, as one step that back undoes; for callbacks.

    Args:
        selection: The selection.
        beside: As for ``filters.apply``.
    """
    if selection != other():
        st.session_state[_OTHER] = selection
        beside = beside or {}
        address.step((*_OTHERS, _MARK_OF_B, *beside), {**_params(selection), **beside})


def keep_known(tables: Catalogue) -> None:
    """Let B forget what the tables do not know any more; the run writes it. For callbacks."""
    st.session_state[_OTHER] = filters.known_only(tables, other())


HOLDERS: Final[Mapping[Name, Holder]] = {
    "A": Holder("side-a", filters.current, filters.apply, "side A, and every page,"),
    "B": Holder("side-b", other, set_other, "side B", _MARK_OF_B),
}
"""The filters of each side, without what is chosen."""


def _all_picked() -> dict[str, tuple[str, ...]]:
    held: dict[str, tuple[str, ...]] = st.session_state.setdefault(_PICKED, {})
    return held


def picked(tables: Catalogue, name: Name, choice: Choice) -> tuple[str, ...]:
    """What is chosen on a side, of what the tables hold: a reader's own rows may be gone."""
    known = tables.known_values[choice.dimension]
    return tuple(v for v in _all_picked().get(choice.of(name), ()) if v in known)


def pick(
    name: Name, choice: Choice, values: tuple[str, ...], beside: Mapping[str, str] | None = None
) -> None:
    """Choose on a side, as one step that back undoes; for callbacks."""
    param, mark = choice.of(name), HOLDERS[name].mark
    if values != _all_picked().get(param, ()):
        _all_picked()[param] = values
        address.step((param, mark), {param: ",".join(values), **(beside or {})})


def selection_of(tables: Catalogue, name: Name, exhibit_id: str) -> Selection:
    """What a side shows: its filters, with what is chosen in place of the filter for that."""
    selection, choice = HOLDERS[name].current(), CHOICES.get(exhibit_id)
    values = picked(tables, name, choice) if choice else ()
    return _with(selection, choice, values) if choice and values else selection


def _with(selection: Selection, choice: Choice, values: tuple[str, ...]) -> Selection:
    changed: dict[str, Any] = {choice.dimension: values}
    return replace(selection, **changed)


def holder(tables: Catalogue, name: Name, exhibit_id: str) -> Holder:
    """Whose filters a click on a side sets: those of the side, or what is chosen on it."""
    own, choice = HOLDERS[name], CHOICES.get(exhibit_id)
    if choice is None or not picked(tables, name, choice):
        return own
    shown = partial(selection_of, tables, name, exhibit_id)
    return replace(own, current=shown, apply=partial(_apply, tables, name, exhibit_id))


def _apply(
    tables: Catalogue,
    name: Name,
    exhibit_id: str,
    selection: Selection,
    beside: Mapping[str, str] | None = None,
) -> None:
    """Take a selection apart into what is chosen and the filters; one step."""
    own, choice = HOLDERS[name], CHOICES[exhibit_id]
    before = getattr(selection_of(tables, name, exhibit_id), choice.dimension)
    values: tuple[str, ...] = getattr(selection, choice.dimension)
    added = tuple(v for v in values if v not in before)
    if choice.most == 1 and added:
        values = added[-1:]
    rest = _with(selection, choice, getattr(own.current(), choice.dimension))
    if rest == own.current():
        pick(name, choice, values[: choice.most], beside)
        return
    # The step is that of the filters; the run writes what is chosen along with it.
    _all_picked()[choice.of(name)] = values[: choice.most]
    own.apply(rest, beside)


def options(tables: Catalogue, name: Name, choice: Choice) -> dict[str, str]:
    """Id -> label of what can be chosen on a side, by name."""
    if choice.dimension == "collaborative":
        every = dict(tables.collaborative_names)
    else:
        # Those of April 2026 are compared by no exhibit.
        asked = HOLDERS[name].current().vintage if choice.most == 1 else ""
        listed = areas(tables, asked or DEFAULT_VINTAGE)
        every = dict(zip(listed["area_id"], listed["short_name"], strict=True))
        # What was chosen on other boundaries is still chosen.
        every |= {code: tables.area_names[code] for code in picked(tables, name, choice)}
    return dict(sorted(every.items(), key=lambda item: item[1].lower()))


def choice_box(tables: Catalogue, name: Name, choice: Choice) -> None:
    """Draw the control of what is chosen on a side."""
    key, values = f"side-choice-{choice.of(name)}", picked(tables, name, choice)
    known = options(tables, name, choice)
    filtered = getattr(HOLDERS[name].current(), choice.dimension)
    told: dict[str, Any] = {
        "label": f"{choice.label} of {name}",
        "options": list(known),
        "format_func": lambda value: known.get(value, value),
        "key": key,
        "placeholder": "As filtered" if filtered else "Choose",
        "on_change": _chosen,
        "args": (key, name, choice),
    }
    if choice.most == 1:
        _show(key, values[0] if values else None)
        st.selectbox(index=None, **told)
    else:
        _show(key, list(values))
        st.multiselect(max_selections=choice.most, select_all=False, **told)


def _show(key: str, value: Any) -> None:
    """Have a control show a value; one that shows it already is left alone while it is used."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _chosen(key: str, name: Name, choice: Choice) -> None:
    value = st.session_state[key]
    values = tuple(value or ()) if choice.most > 1 else (value,) if value else ()
    pick(name, choice, values)


def clear(name: Name, exhibit_id: str) -> None:
    """Clear the filters of a side and what is chosen on it; for callbacks."""
    _move(name, Selection(), (), CHOICES.get(exhibit_id))


def _move(name: Name, selection: Selection, values: tuple[str, ...], choice: Choice | None) -> None:
    """Set all of a side; one step, whatever of it changes."""
    if selection != HOLDERS[name].current():
        if choice is not None:
            _all_picked()[choice.of(name)] = values
        HOLDERS[name].apply(selection)
    elif choice is not None:
        pick(name, choice, values)


def _all_of(name: Name, choice: Choice | None) -> tuple[Selection, tuple[str, ...]]:
    values = _all_picked().get(choice.of(name), ()) if choice else ()
    return HOLDERS[name].current(), values


def copy(exhibit_id: str) -> None:
    """Have B show what A shows; for callbacks."""
    choice = CHOICES.get(exhibit_id)
    _move("B", *_all_of("A", choice), choice)


def swap(exhibit_id: str) -> None:
    """Exchange A and B, as one step; for callbacks."""
    choice = CHOICES.get(exhibit_id)
    first, second = _all_of("A", choice), _all_of("B", choice)
    # Two steps would be undone one by one: the run writes B along with the step of A.
    st.session_state[_OTHER] = first[0]
    if choice is not None:
        _all_picked()[choice.of("B")] = first[1]
    marked.swap(HOLDERS["A"], HOLDERS["B"])
    _move("A", *second, choice)


def adopt(tables: Catalogue) -> None:
    """Take B, and what is chosen, from the address when it says what this session did not write."""
    arrival = address.now()
    if not address.takes(arrival, "exhibit", by="sides"):
        return
    opened = arrival.is_history or "exhibit" in arrival.params
    names = dict(zip(_OTHERS, CARRIED, strict=True))
    params = {names[p]: v for p, v in arrival.params.items() if p in names}
    if params or opened:
        st.session_state[_OTHER] = Selection.from_params(params, tables.known_values)[0]
    for choice in CHOICES.values():
        for name in NAMES:
            said = arrival.params.get(choice.of(name), "")
            if said or opened:
                _all_picked()[choice.of(name)] = tuple(v for v in said.split(",") if v)


def write(tables: Catalogue, exhibit_id: str) -> None:
    """Put B, and what is chosen, into the address."""
    target, chosen = _params(other()), CHOICES.get(exhibit_id)
    for param in _OTHERS:
        address.put(param, target.get(param))
    for choice in CHOICES.values():
        for name in NAMES:
            values = picked(tables, name, choice) if choice is chosen else ()
            address.put(choice.of(name), ",".join(values))


def link_to(exhibit_id: str, selection: Selection) -> str:
    """The address of an exhibit side by side, below the root; the filters come along by themselves.

    Args:
        exhibit_id: Id of the exhibit.
        selection: What it shows, of which only what is chosen is told.
    """
    choice = CHOICES.get(exhibit_id)
    values = getattr(selection, choice.dimension) if choice else ()
    chosen = f"&{choice.param}={','.join(values)}" if choice and values else ""
    return f"side-by-side?exhibit={exhibit_id}{chosen}"
