"""Citations collected from the rows of a frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.catalogue import OWN_TITLE, Catalogue
from data.memo import kept
from data.rows import text


@dataclass(frozen=True)
class Citation:
    """One source with the places in it that were used.

    Attributes:
        source_id: Key into ``sources``.
        title: Title as published.
        publisher: Who published it.
        published: Date as precise as stated, or ``""``.
        url: Public address, or ``""``.
        tier: How the source stands to the facts, as a label.
        locators: Where in the source, each once, in the order of the rows.
        is_own: Whether the reader brought it, or it stands for a file that the reader brought.
    """

    source_id: str
    title: str
    publisher: str
    published: str
    url: str
    tier: str
    locators: tuple[str, ...]
    is_own: bool = False

    @property
    def plain(self) -> str:
        """The citation on one line, without locators."""
        date = f" ({self.published})" if self.published else ""
        return f"{self.publisher}{date}, {self.title}"

    @property
    def for_others(self) -> str:
        """The citation on one line for a room, or for whoever is handed a file.

        Only who brought a file is “you”.
        """
        return (
            f"Own file, not published: {self.title.removeprefix(OWN_TITLE)}"
            if self.is_own
            else self.plain
        )


@kept(1)
def _sources(catalogue: Catalogue) -> Mapping[str, Mapping[Any, Any]]:
    """Every source by id: an exhibit with forty sources asks for forty rows."""
    return {r["source_id"]: r for r in catalogue.table("sources").to_dict("records")}


def citation(catalogue: Catalogue, source_id: str, locators: tuple[str, ...] = ()) -> Citation:
    """The citation of one source.

    Raises:
        KeyError: There is no such source.
    """
    known = _sources(catalogue)
    row = known[source_id] if source_id in known else catalogue.row("sources", source_id)
    return Citation(
        source_id=source_id,
        title=row["title"],
        publisher=row["publisher"],
        published=text(row["published"]),
        url=text(row["url"]),
        tier=catalogue.label("sources", "tier", row["tier"]),
        locators=locators,
        is_own=source_id in catalogue.own_sources,
    )


def _named(cells: pd.Series[str], locators: pd.Series[str]) -> Iterator[tuple[str, object]]:
    """Each source that rows name, with the place in it where it is told."""
    for cell, locator in zip(cells, locators, strict=True):
        every = [s.strip() for s in cell.split(";") if s.strip()] if isinstance(cell, str) else []
        yield from ((source, locator if len(every) == 1 else None) for source in every)


def collect(catalogue: Catalogue, frame: pd.DataFrame) -> tuple[Citation, ...]:
    """Citations of every source that a frame's rows name.

    Args:
        catalogue: The tables.
        frame: Rows with ``source_id`` and, where there is one, ``locator`` and
            ``other_source_ids``; or with ``source_ids`` (separated by semicolons), whose
            locators belong to a source only where the row names no other.

    Returns:
        One citation a source: a reader's own files first, then the most used, then by id.
    """
    column = next((c for c in ("source_id", "source_ids") if c in frame), None)
    if frame.empty or column is None:
        return ()
    used: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    locators = frame["locator"] if "locator" in frame else pd.Series("", index=frame.index)
    for source, locator in _named(frame[column], locators):
        places = used.setdefault(source, [])
        counts[source] = counts.get(source, 0) + 1
        if isinstance(locator, str) and locator and locator not in places:
            places.append(locator)
    if "other_source_ids" in frame:
        for cell in frame["other_source_ids"].dropna():
            for source in str(cell).split(";"):
                if source.strip():
                    used.setdefault(source.strip(), [])
                    counts.setdefault(source.strip(), 0)
    own = catalogue.own_sources
    ordered = sorted(used, key=lambda s: (s not in own, -counts[s], s))
    return tuple(citation(catalogue, s, tuple(used[s])) for s in ordered)
