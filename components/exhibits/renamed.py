"""Exhibits whose ids were replaced: old links and addresses lead to what they are now."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

RENAMED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        # One chart with a panel for each unit became one for each group of units (0.3.0).
        "outcomes-in-own-units": (
            "outcomes-in-money", "outcomes-in-people", "outcomes-in-counts",
            "outcomes-in-other-units",
        ),
    }
)  # fmt: skip
"""Id of an earlier version -> the ids that replaced it, that which comes nearest first.

An id that is taken away or changed gets a line here; none is ever given to something else.
"""


def current(exhibit_id: str) -> str:
    """The id under which an exhibit is found now: its own unless it was replaced."""
    return RENAMED.get(exhibit_id, (exhibit_id,))[0]


def told(exhibit_id: str, *, stands: bool = True) -> str:
    """What an id of an earlier version is now, as a sentence without its full stop.

    Args:
        exhibit_id: The id.
        stands: Whether the first of several is shown in the place of the old one.

    Returns:
        ``""`` for an id that was not replaced.
    """
    now = RENAMED.get(exhibit_id, ())
    names = ", ".join(f"“{key}”" for key in now)
    if len(now) <= 1:
        return f"“{exhibit_id}” is now {names}" if now else ""
    shown = "; the first is shown" if stands else ""
    return f"“{exhibit_id}” is now {len(now)} exhibits: {names}{shown}"
