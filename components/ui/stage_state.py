"""What of the stage an address holds: the step, and what is asked beside the script on each step.

Where a hand moved the map of a step is there, too; the browser writes it and acts on it.

All of it is the view, and undone by back and forward. What belongs to the screen or the talk is
not: letters are as large as the window allows, the timer and the code of a room are one talk's, and
a blank screen is nothing to link to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from components.stories import Told
from components.stories.asking import Ask, answers, as_selection, read_live, said_live
from components.ui import address, cache, map_moved
from components.ui.filters import CARRIED
from data import Selection
from data.selection import plain_text

STORY, SUBJECT, STEP, LIVE = "story", "subject", "step", "live"
PARAMS: Final = (STORY, SUBJECT, STEP, LIVE)
"""Parameters of the stage."""
_GO, _SAID, _TURN = "_stage-go", "_stage-said", "_stage-turn"


@dataclass(frozen=True)
class StageState:
    """What the stage shows.

    Attributes:
        number: The step, from 1.
        live: What is asked beside the script, by the id of each step.
        said: A sentence for each part of the address that could not be used.
    """

    number: int
    live: Mapping[str, Selection] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    def on(self, step_id: str) -> Selection:
        """What is asked on a step."""
        return self.live.get(step_id, Selection())


def key(dimension: Ask, step_id: str) -> str:
    """Key of the box in which a filter of a step is chosen.

    A box that the script empties or fills gets another key: in a popover that is closed the browser
    is not told of it, and would say with the next run what it held before.
    """
    return f"stage-{dimension}-{step_id}-{st.session_state.get(_TURN, 0)}"


def _fill(told: Told, live: Mapping[str, Mapping[Ask, str]]) -> None:
    """Have the boxes of all steps hold what is given, whatever the browser has in them."""
    boxes = [(step.step.id, dimension) for step in told.steps for dimension in answers(step)]
    for step_id, dimension in boxes:
        st.session_state.pop(key(dimension, step_id), None)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    for step_id, dimension in boxes:
        st.session_state[key(dimension, step_id)] = live.get(step_id, {}).get(dimension)


def adopt(told: Told) -> StageState:
    """What the address asks for, kept within the walkthrough, or what was chosen since.

    It is in the address again when the run ends.
    """
    arrival = address.now()
    number = _number(len(told.steps))
    text = ",".join(arrival.repeated.get(LIVE, (address.asked(LIVE),)))
    asked, dropped = read_live(cache.catalogue()[0], told, text)
    if arrival.is_new:
        for sentence in dropped:
            address.drop(sentence)
        _others(told)
        # A room sees no messages: whoever presents finds it among the keys, as long as they like.
        st.session_state[_SAID] = address.dropped()
    live: dict[str, dict[Ask, str]] = {}
    if address.takes(arrival, LIVE) and asked != _chosen(told):
        _fill(told, asked)
    for step in told.steps:
        step_id = step.step.id
        for dimension in answers(step):
            at = key(dimension, step_id)
            # Streamlit forgets the boxes of steps that are not shown; the address does not.
            if at not in st.session_state:
                st.session_state[at] = asked.get(step_id, {}).get(dimension)
            if st.session_state[at]:
                live.setdefault(step_id, {})[dimension] = st.session_state[at]
    address.put(STEP, str(number) if number > 1 or address.asked(STEP) else None)
    address.put(LIVE, said_live(live))
    found = {step_id: as_selection(chosen) for step_id, chosen in live.items()}
    return StageState(number, found, st.session_state.get(_SAID, ()))


def _chosen(told: Told) -> dict[str, dict[Ask, str]]:
    """What the boxes hold, by step; those of steps that are not shown may be forgotten."""
    found: dict[str, dict[Ask, str]] = {}
    for step in told.steps:
        for dimension in answers(step):
            if value := st.session_state.get(key(dimension, step.step.id)):
                found.setdefault(step.step.id, {})[dimension] = value
    return found


def _number(steps: int) -> int:
    """The step that was pressed, or that in the address, kept within the walkthrough."""
    pressed: int | None = st.session_state.pop(_GO, None)
    if pressed is not None:
        return min(max(pressed, 1), steps)
    asked = address.asked(STEP) or "1"
    number = int(asked[:9]) if asked.isascii() and asked.isdigit() else 0
    if not 1 <= number <= steps:
        address.drop(f"“{plain_text(asked)[:9]}” is not a step from 1 to {steps}")
    # As far as it goes: a walkthrough may have become shorter.
    return min(max(number, 1), steps)


def _others(told: Told) -> None:
    """Parameters that mean nothing here; they leave the address."""
    for name, text in address.now().params.items():
        if name == address.MOVED:
            kept, sentences = map_moved.read(text)
            for sentence in sentences:
                address.drop(sentence)
            address.put(name, kept)
            continue
        if name == SUBJECT and not told.walkthrough.subject and text:
            address.drop(f"“{plain_text(text)}”: this walkthrough is told of nothing chosen")
        elif name in CARRIED:
            address.drop(f"“{plain_text(name)}=”: a walkthrough is told as written, unfiltered")
        elif name not in PARAMS:
            address.drop(f"“{plain_text(name)}=” means nothing on the stage")
        if name not in PARAMS or (name == SUBJECT and not told.walkthrough.subject):
            address.put(name, None)


def go(number: int) -> None:
    """Show a step; for callbacks. The browser has made its entry of the history already."""
    st.session_state[_GO] = number


def asked() -> None:
    """Note that a filter of a step was chosen, as one step that back undoes; for callbacks."""
    address.step((LIVE,))


def reset(told: Told) -> None:
    """Return to the script, on every step; for callbacks."""
    address.step((LIVE,))
    _fill(told, {})
