"""What a file holds, and what must be said of it wherever it goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

import pandas as pd

from components.exhibits import CAVEATS, Built, Exhibit
from components.exhibits.base import Caveat
from components.exhibits.deck import DeckMap
from components.export.own_mark import OWN
from data import Catalogue, Selection
from data.catalogue import OWN_TITLE
from data.citations import Citation, collect
from data.query import DIMENSION_NAMES, value_label

_MOST_FILES: Final = 5
ATLAS: Final = "Provider Collaboratives Atlas"
LICENCE: Final = (
    "Creative Commons Attribution 4.0 (CC BY 4.0). The documents cited belong to their publishers."
)
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"


# Compared by identity, as frames have no equality of their own.
@dataclass(frozen=True, eq=False)
class Holding:
    """The rows of an exhibit or a table, with all that goes with them.

    Attributes:
        id: Id of the exhibit, or name of the table.
        kind: Which of the two it is.
        title: Heading.
        question: What it answers; of a table: what one row is.
        frame: The rows.
        citations: Sources of those rows.
        reading: One sentence computed from the rows, or ``""``.
        base: The base in words, or ``""``.
        notes: Further sentences.
        caveats: Warnings that go with the numbers.
        filters: (dimension, its values in words), of the filters that made a difference.
        version: Version of the tables.
        taken_on: The day on which the rows were taken, YYYY-MM-DD.
        attribution: Words that the licence of boundaries asks for, or ``""``.
        address: Where the Atlas is served, or ``""``.
        picture: The map whose areas can be taken away as shapes, or ``None``.
    """

    id: str
    kind: Literal["exhibit", "table"]
    title: str
    question: str
    frame: pd.DataFrame
    citations: tuple[Citation, ...]
    reading: str
    base: str
    notes: tuple[str, ...]
    caveats: tuple[Caveat, ...]
    filters: tuple[tuple[str, str], ...]
    version: str
    taken_on: str
    attribution: str = ""
    address: str = ""
    picture: DeckMap | None = None

    def with_rows(self, rows: pd.DataFrame) -> Holding:
        """The same with some of its rows; the sources stay those of all."""
        return replace(self, frame=rows)

    @property
    def filters_in_words(self) -> str:
        """Such as ``Sector: Acute; Region: London``, or ``none``."""
        return "; ".join(f"{name}: {words}" for name, words in self.filters) or "none"

    @property
    def taken_from(self) -> str:
        """Atlas, version, what it is, the filters and whether own rows are in it, on one line."""
        mark = f"; {CAVEATS[OWN].label}, not checked by the Atlas" if self.is_own else ""
        # Rows name the files that they stand in; those that are only counted stand nowhere else.
        files = [c.title.removeprefix(OWN_TITLE) for c in self.citations if c.is_own]
        if mark and files:
            more = f" and {len(files) - _MOST_FILES} more" if len(files) > _MOST_FILES else ""
            mark += f": {', '.join(files[:_MOST_FILES])}{more}"
        return f"{ATLAS} {self.version}: {self.title} (filters: {self.filters_in_words}{mark})"

    @property
    def is_own(self) -> bool:
        """Whether rows of the reader's own are in it, or counted in it."""
        return CAVEATS[OWN] in self.caveats

    @property
    def licence(self) -> str:
        """The terms of the rows and, for maps, of the shapes."""
        return f"{LICENCE} {self.attribution}".strip()

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Everything to be said of the rows but their sources, as (what, words); none is empty."""
        pairs = [
            ("Title", self.title),
            ("Question", self.question),
            ("Reading", self.reading),
            ("Base", self.base),
            ("Filters", self.filters_in_words),
            ("Rows", str(len(self.frame))),
            *(("Caveat", f"{c.label}: {c.sentence}") for c in self.caveats),
            *(("Note", note) for note in self.notes),
            ("Empty cells", "Not published by the source; never zero."),
            ("From", f"{ATLAS}, version {self.version} of the tables"),
            ("Address", self.address),
            ("Taken on", self.taken_on),
            ("Licence", LICENCE),
            ("Attribution", self.attribution),
        ]
        return tuple((what, words) for what, words in pairs if words)

    def sources(self) -> pd.DataFrame:
        """The sources as rows.

        Returns:
            Columns source_id, title, publisher, published, tier, url, where (the places used,
            separated by ``; ``); one row a source, the most used first.
        """
        rows = [
            (c.source_id, c.title, c.publisher, c.published, c.tier, c.url, "; ".join(c.locators))
            for c in self.citations
        ]
        columns = ["source_id", "title", "publisher", "published", "tier", "url", "where"]
        return pd.DataFrame(rows, columns=columns, dtype="string")


def _filters(catalogue: Catalogue, selection: Selection) -> tuple[tuple[str, str], ...]:
    words: dict[str, list[str]] = {}
    for dimension, value in selection.active:
        name = DIMENSION_NAMES.get(dimension, dimension).capitalize()
        words.setdefault(name, []).append(value_label(catalogue, dimension, value))
    return tuple((name, ", ".join(values)) for name, values in words.items())


def of_exhibit(
    catalogue: Catalogue,
    exhibit: Exhibit,
    built: Built,
    selection: Selection,
    *,
    taken_on: str,
    address: str = "",
) -> Holding:
    """What a file of an exhibit holds.

    Args:
        catalogue: The tables.
        exhibit: The registered exhibit.
        built: It, built for the selection.
        selection: The filters; those to which the exhibit does not respond are left out.
        taken_on: Today, YYYY-MM-DD.
        address: Where the Atlas is served.
    """
    picture = built.figure if isinstance(built.figure, DeckMap) else None
    return Holding(
        id=exhibit.id,
        kind="exhibit",
        title=exhibit.title,
        question=exhibit.question,
        frame=built.frame,
        citations=built.citations,
        reading=built.reading,
        base=built.base,
        notes=(*built.notes, *built.details),
        caveats=tuple(CAVEATS[c] for c in built.caveats),
        filters=_filters(catalogue, selection.only(exhibit.responds_to)),
        version=catalogue.schema.version,
        taken_on=taken_on,
        attribution=picture.attribution if picture else "",
        address=address,
        picture=picture,
    )


def of_table(
    catalogue: Catalogue,
    name: str,
    rows: pd.DataFrame,
    filters: Iterable[tuple[str, str]] = (),
    *,
    taken_on: str,
    address: str = "",
) -> Holding:
    """What a file of a table holds.

    Args:
        catalogue: The tables.
        name: Name of the table.
        rows: Its rows that are taken away.
        filters: (what, in words) of whatever left these rows.
        taken_on: Today, YYYY-MM-DD.
        address: Where the Atlas is served.

    Raises:
        KeyError: There is no such table.
    """
    schema = catalogue.schema.tables[name]
    citations = collect(catalogue, rows)
    named = {c.source_id for c in citations} | set(rows.get("source_id", ()))
    is_own = bool(catalogue.own) and bool(named & catalogue.own_sources)
    return Holding(
        id=name,
        kind="table",
        title=schema.title,
        question=schema.description,
        frame=rows,
        citations=citations,
        reading="",
        base="",
        notes=(),
        caveats=(CAVEATS[OWN],) if is_own else (),
        filters=tuple(filters),
        version=catalogue.schema.version,
        taken_on=taken_on,
        address=address,
    )


def table_filters(catalogue: Catalogue, selection: Selection) -> tuple[tuple[str, str], ...]:
    """A selection as (dimension, its values in words), for ``of_table``."""
    return _filters(catalogue, selection)
