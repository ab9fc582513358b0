"""Technical terms of a page, each explained once: where the page first uses it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components.ui import cache
from components.ui.text import marked

_TOLD: Final = "_terms_told"
MOST: Final = 4
"""More links than this in one sentence or note are in the way of reading it."""

_SAID: Final = frozenset({"Not published"})
"""What the foot of every page says already."""


def begin() -> None:
    """Start a page on which nothing is explained yet."""
    st.session_state[_TOLD] = {}


def once(markdown: str, owner: str, most: int = MOST) -> str:
    """A text with the terms explained that no text before it on the page has explained.

    Args:
        markdown: Plain Markdown; links, code and headings in it are left as they are.
        owner: Which text of the page it is: drawn again, it explains the same terms again.
        most: How many terms at most.
    """
    told: dict[str, str] = st.session_state.setdefault(_TOLD, {})
    known = _SAID | {term for term, where in told.items() if where != owner}
    # The session's own catalogue: words about what somebody brought are kept with it, not shared.
    text, terms = marked(cache.catalogue()[0], markdown, most, known)
    told.update(dict.fromkeys(terms, owner))
    return text
