"""What the address says of what a reader unfolded on a page (``server/assets/unfolded.js``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from components.exhibits import REGISTRY
from components.ui import cache
from components.ui.navigation import PAGES, page
from components.ui.parts import PARTS
from components.ui.statements import key_of
from data import Catalogue, Selection

MOST: Final = 200
_MOST_SOURCES: Final = 99
ON: Final = frozenset(s.url_path for s in PAGES if s.exhibits or s.on_choice)
"""Addresses of the pages on which something can be unfolded."""


def options(tables: Catalogue, url_path: str) -> Mapping[str, str]:
    """What can be unfolded on a page, by its name in the address -> what it is.

    Args:
        tables: The catalogue, for the statements.
        url_path: Address of the page.
    """
    insights, spec = tables.frames["insights"], page(url_path)
    found = {str(k): str(v) for k, v in insights[["insight_id", "title"]].itertuples(index=False)}
    for exhibit_id in (*spec.exhibits, *spec.on_choice):
        title = REGISTRY[exhibit_id].title
        built = cache.built(exhibit_id, Selection())
        if built.is_statements and "title" in built.frame and "insight_id" not in built.frame:
            found |= {key_of(row): row["title"] for row in built.frame.to_dict("records")}
        found |= {f"{exhibit_id}.words": f"words below “{title}”", f"{exhibit_id}.more": title}
    if url_path in PARTS:
        found["story"] = "the story in sentences"
    if url_path in {"systems", "collaboratives"}:
        found |= {f"source.{n}": f"places in source {n}" for n in range(1, _MOST_SOURCES + 1)}
    return found
