"""Where on the pages the methods of the Atlas are told."""

from __future__ import annotations

import re
from typing import Final

TOLD_ON: Final = {
    "How to read the percentages": ("priorities?open=method", "method-intervals"),
    "How grades work": ("benefits?open=grades", "evidence-rubric"),
}
"""Name of a place -> its address beside any page, and the text that stands there."""
OWN_WORD: Final = "The Atlas’s own word"


def address_of(locator: str) -> str:
    """The address of the place that the locator of a method names first; ``""`` for none."""
    named = re.match("'([^']+)'", locator)
    return TOLD_ON[named.group(1)][0] if named and named.group(1) in TOLD_ON else ""
