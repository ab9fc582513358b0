"""Widgets as the browser holds them: what they show, and the widget state that sets them.

In a browser a filter is changed by its widget: the new value goes to the server as a widget
state. Which widgets, and which of their options, stand for ``?sector=mhlda`` is not written down
here but learnt from the app: it is opened at that address once, and what its widgets then show is
what a person would have chosen in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

_MANY = ("multiselect", "button_group")
_ONE = ("selectbox", "radio")
_TEXT = ("text_input", "text_area")
_KINDS = (*_MANY, *_ONE, *_TEXT, "checkbox")

Values = tuple[str, ...]
Settings = Mapping[str, Mapping[str, Values]]
"""For each query string, the values of the widgets that stand for it, by the widget's name."""


# An option may say how many rows it leaves, and the number changes with the other filters.
_COUNT = re.compile(r" \([\d,]+\)$")


def named(option: str) -> str:
    """Return an option without the count behind it.

    >>> named("Acute (1,024)")
    'Acute'
    """
    return _COUNT.sub("", option)


@dataclass(frozen=True)
class Widget:
    """What is needed to set a widget, and what it shows where the server has set it."""

    widget_id: str
    kind: str
    options: Values = ()
    default: Values = ()
    shown: Values | None = None
    is_bound: bool = False

    @property
    def chosen(self) -> Values | None:
        """What it shows, without counts, if that is not its default."""
        if self.shown is None or self.shown == self.default:
            return None
        return tuple(named(value) for value in self.shown)

    def state(self, values: Sequence[str]) -> WidgetState | None:
        """Return the state to send for these values (none = the default), None if impossible."""
        wanted = list(values or self.default)
        state = WidgetState(id=self.widget_id)
        if self.options:
            known = {named(option): option for option in self.options}
            if any(named(value) not in known for value in wanted):
                return None
            wanted = [known[named(value)] for value in wanted]
        if self.kind == "checkbox":
            state.bool_value = wanted == ["true"]
        elif self.kind in _MANY:
            state.string_array_value.data.extend(wanted)
        elif wanted:
            state.string_value = wanted[-1]
        return state


def widget_in(msg: ForwardMsg) -> tuple[str, Widget] | None:
    """Return the name (URL parameter or key) and the widget that a message draws, if any."""
    if msg.WhichOneof("type") != "delta" or msg.delta.WhichOneof("type") != "new_element":
        return None
    element = msg.delta.new_element
    kind = element.WhichOneof("type")
    if kind not in _KINDS:
        return None
    proto: Any = getattr(element, kind)
    # A generated id is "$$ID-<hash>-<key>"; without a key it ends in None.
    name = proto.query_param_key or proto.id.split("-", 2)[-1]
    options: Values = ()
    if kind == "button_group":
        options = tuple(option.content for option in proto.options)
    elif kind in (*_MANY, *_ONE):
        options = tuple(proto.options)
    default = _default(kind, proto, options)
    shown = _shown(kind, proto) if proto.set_value else None
    return name, Widget(proto.id, kind, options, default, shown, bool(proto.query_param_key))


def _default(kind: str, proto: Any, options: Values) -> Values:
    if kind == "checkbox":
        return (str(proto.default).lower(),)
    if kind in _TEXT:
        return (proto.default,)
    if kind in _MANY:
        positions = list(proto.default)
    else:
        positions = [proto.default] if proto.HasField("default") else []
    return tuple(options[i] for i in positions if 0 <= i < len(options))


def _shown(kind: str, proto: Any) -> Values:
    if kind == "checkbox":
        return (str(proto.value).lower(),)
    if kind in _TEXT:
        return (proto.value,)
    if kind in _MANY:
        return tuple(proto.raw_values)
    return (proto.raw_value,) if proto.HasField("raw_value") else ()


def differences(before: Mapping[str, Values], after: Mapping[str, Values]) -> dict[str, Values]:
    """Return the widgets whose values differ, with their new values (none = the default)."""
    return {
        name: after.get(name, ())
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }


def states_for(
    changes: Mapping[str, Sequence[str]], widgets: Mapping[str, Widget]
) -> list[WidgetState] | None:
    """Return the widget states that make these changes, or None if any has no widget for it."""
    states: list[WidgetState] = []
    for name, values in changes.items():
        widget = widgets.get(name)
        state = widget.state(values) if widget else None
        if state is None:
            return None
        states.append(state)
    return states
