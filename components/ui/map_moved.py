"""What the address says of where a hand moved the maps of a page (``server/assets/maps.js``)."""

from __future__ import annotations

from typing import Final

from data.selection import plain_text

PAGES: Final = frozenset(("", "footprints", "systems", "collaboratives", "side-by-side"))
"""Addresses of the pages with maps; the stage has some, too (``stage_state``)."""
OF_B: Final = frozenset(("side-by-side",))
"""Addresses of the pages with two maps that may look at different places (``b.moved=``)."""
_FORMS: Final = 2
_SHAPE: Final = "latitude, longitude and a zoom from 0 to 24, such as “52.5,-1.5,6.2”"


def _is_view(text: str) -> bool:
    try:
        latitude, longitude, zoom = map(float, text.split(","))
    except ValueError:
        return False
    return abs(latitude) <= 85 and abs(longitude) <= 180 and 0 <= zoom <= 24


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """The part of ``moved=`` that can be used, and a sentence for each part that cannot.

    Args:
        text: ``latitude,longitude,zoom`` in degrees and deck.gl's zoom; for a page with maps of
            both forms two of them with ``~`` between.
    """
    every = text.split("~")
    kept = [one for one in every if _is_view(one)][:_FORMS]
    dropped = [one for one in every if one not in kept]
    sentences = (f"“{plain_text(one)}” is not where a map can look: {_SHAPE}" for one in dropped)
    return "~".join(kept), tuple(sentences)
