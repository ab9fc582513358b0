"""How a file says that rows of the reader's own are in it: the words, and a part of its name."""

from __future__ import annotations

from typing import Final

from components.exhibits import CAVEATS
from data.own.merging import MARK
from data.profile_values import CollaborativeProfile, SystemProfile

OWN: Final = "own-data"
WORDS: Final = f"{CAVEATS[OWN].label.capitalize()}: not checked by the Atlas."
_IN_NAME: Final = "_with-own-rows"


def in_name(is_own: bool) -> str:
    """What the stem of a file's name ends with: a word where own rows are in it, or nothing."""
    return _IN_NAME if is_own else ""


def in_profile(profile: CollaborativeProfile | SystemProfile) -> bool:
    """Whether rows of the reader's own are told in a profile, or in its brief."""
    related = profile.related if isinstance(profile, CollaborativeProfile) else ()
    return any(c.is_own for c in profile.citations) or any(MARK in r.name for r in related)
