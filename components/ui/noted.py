"""What stands below the sentence of an exhibit, each line with the way to what says it."""

from __future__ import annotations

from textwrap import shorten
from typing import Final

from components.exhibits import CAVEATS, REGISTRY, Built
from components.exhibits.base import TOLD_BY
from components.exhibits.told import Told
from components.ui.text import row_address
from components.ui.ways import link, with_ways
from data import Catalogue, Selection
from data.lineage import ref

_BETWEEN: Final = "\x1e"


def note_lines(
    tables: Catalogue, built: Built, exhibit_id: str, selection: Selection
) -> tuple[str, ...]:
    """The notes of an exhibit in Markdown, with the ways from their numbers.

    Args:
        tables: The catalogue.
        built: The exhibit under the selection.
        exhibit_id: Its id.
        selection: The filters.
    """
    own = selection.only(REGISTRY[exhibit_id].responds_to)
    said = _BETWEEN.join(note.replace(_BETWEEN, " ") for note in built.notes)
    told = with_ways(tables, said, built.noted, own, exhibit_id).split(_BETWEEN)
    both = zip(told, map(to_rows, built.notes), strict=False)
    return tuple(f"{line} {way}".rstrip() for line, way in both)


def notes(tables: Catalogue, built: Built, exhibit_id: str, selection: Selection) -> str:
    """The same as lines of one paragraph."""
    return "  \n".join(note_lines(tables, built, exhibit_id, selection))


def to_rows(line: str) -> str:
    """The way from a sentence that rows say to these rows, in Markdown; ``""`` for others."""
    return link(line.whence, shorten(line, 60, placeholder=" …")) if isinstance(line, Told) else ""


def caveat(key: str) -> str:
    """The label of a caveat in Markdown; one that has a number leads to the term that says it."""
    label = CAVEATS[key].label
    return f"[{label}]({row_address(ref('glossary', TOLD_BY[key]))})" if key in TOLD_BY else label
