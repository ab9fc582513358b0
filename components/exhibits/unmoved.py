"""Which filters leave an exhibit as it is, in words: a reader who set one has to be told."""

from __future__ import annotations

from typing import Final

from components.exhibits.base import Built, Exhibit
from data.query import DIMENSION_NAMES
from data.selection import Selection

NO_SPLIT: Final = "sector-not-split"
EVERY_SECTOR: Final = "every-sector"
WHY: Final = {
    NO_SPLIT: "the source publishes no split for the sectors chosen",
    EVERY_SECTOR: "each statement concerns every sector or one that is chosen",
}
"""Caveat of an exhibit that knows sectors and is not changed by those chosen -> why."""


def unmoved(exhibit: Exhibit, built: Built, selection: Selection) -> str:
    """The filters set that change nothing in an exhibit and why, or ``""``.

    Args:
        exhibit: The exhibit; what it does not respond to cannot change it.
        built: The exhibit under the selection, whose caveats say what its rows do not split.
        selection: Every filter that is set.
    """
    said = []
    ignored = dict.fromkeys(d for d, _ in selection.active if d not in exhibit.responds_to)
    if ignored:
        names = ", ".join(DIMENSION_NAMES[d] for d in ignored)
        said.append(f"Not affected by the filter for {names}: the data has no such split.")
    if selection.sector and "sector" in exhibit.responds_to:
        name = DIMENSION_NAMES["sector"]
        said.extend(
            f"Not affected by the filter for {name}: {WHY[c]}." for c in built.caveats if c in WHY
        )
    return " ".join(said)
