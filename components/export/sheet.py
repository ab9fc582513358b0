"""What is said of an exhibit wherever it goes: words, sources, dates, licence and the way back."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from components.exhibits import CAVEATS, REGISTRY, Built, Exhibit
from components.exhibits.deck import DeckMap
from components.export.map_svg import said
from components.export.qr import TOO_LONG, qr_of
from components.stories import Told
from data.catalogue import Catalogue
from data.query import DIMENSION_NAMES, value_label
from data.selection import Selection

ATLAS: Final = "Provider Collaboratives Atlas"
LICENCE: Final = (
    "Facts belong to the publishers named; the Atlas's selection and wording of them: "
    "Creative Commons Attribution 4.0."
)
Build = Callable[[str, Selection], Built]
Link = Callable[[str, Selection], str]


# Frames and figures have no equality of their own.
@dataclass(frozen=True, eq=False)
class Sheet:
    """One exhibit with all that goes with it.

    Attributes:
        exhibit: The exhibit.
        built: It, built.
        headline: The finding.
        points: Sentences that a presenter shows beside it.
        speech: What a presenter says.
        selection: The filters under which it was built.
        filters: Those in words, or ``""``.
        dated: From when the sources are and when they were read.
        link: Address of the live view, or ``""``.
    """

    exhibit: Exhibit
    built: Built
    headline: str
    points: tuple[str, ...]
    speech: str
    selection: Selection
    filters: str
    dated: str
    link: str

    @property
    def alt(self) -> str:
        """Text alternative of the picture."""
        return f"{self.exhibit.alt} {self.built.reading}"

    @property
    def source(self) -> str:
        """The sources on one line."""
        names = "; ".join(c.for_others for c in self.built.citations[:3])
        more = len(self.built.citations) - 3
        return f"{names}{f'; and {more} more' if more > 0 else ''}"

    @property
    def caveats(self) -> str:
        """Labels of the caveats on one line."""
        return " · ".join(CAVEATS[c].label for c in self.built.caveats)

    @property
    def small_print(self) -> tuple[tuple[str, str], ...]:
        """(What, words) of everything that has to stand under the picture."""
        deck = self.built.figure
        pairs = (
            ("Filters", self.filters),
            ("Base", self.built.base),
            ("Caveats", self.caveats),
            ("Source", self.source or "none: no rows are shown"),
            ("Data", self.dated),
            ("Map", said(deck) if isinstance(deck, DeckMap) else ""),
        )
        return tuple((what, words) for what, words in pairs if words)

    @property
    def spoken(self) -> str:
        """Notes of a slide: what is said, how to read it, every source with its places."""
        parts = [self.speech, self.exhibit.question, self.built.reading, *self.built.notes]
        parts += [f"{CAVEATS[c].label}: {CAVEATS[c].sentence}" for c in self.built.caveats]
        parts += list(self.built.details)
        for c in self.built.citations:
            places = "; ".join(c.locators[:12])
            parts.append(
                f"Source: {c.for_others}. {c.url} {f'Where: {places}' if places else ''}".strip()
            )
        parts += [f"{what}: {words}" for what, words in self.small_print if what in {"Data", "Map"}]
        parts += [LICENCE, f"Live view: {self.link}" if self.link else ""]
        return "\n".join(p for p in parts if p)


@dataclass(frozen=True, eq=False)
class Document:
    """Several sheets under one title.

    Attributes:
        id: Begins file names and ids.
        title: Title.
        subtitle: What it is and under which filters.
        sheets: The sheets, in order.
        address: Where the Atlas is served, or ``""``.
        made_on: The day it was made, YYYY-MM-DD.
        version: Version of the tables.
    """

    id: str
    title: str
    subtitle: str
    sheets: tuple[Sheet, ...]
    address: str
    made_on: str
    version: str


def filters_in_words(catalogue: Catalogue, selection: Selection) -> str:
    """Such as ``sector: Acute; region: London``."""
    found: dict[str, list[str]] = {}
    for dimension, value in selection.active:
        name = DIMENSION_NAMES.get(dimension, dimension.replace("_", " "))
        found.setdefault(name, []).append(value_label(catalogue, dimension, value))
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in found.items())


def dated(catalogue: Catalogue, built: Built) -> str:
    """When the sources were published and when they were read."""
    published = sorted(c.published[:7] for c in built.citations if c.published)
    ids = {c.source_id for c in built.citations}
    sources = catalogue.table("sources")
    read = sources[sources["source_id"].isin(ids)]["accessed"].dropna().astype(str)
    parts = []
    if published:
        ends = dict.fromkeys((published[0], published[-1]))
        parts.append(f"sources of {' to '.join(ends)}")
    if len(read):
        parts.append(f"read by {read.max()}")
    return ", ".join(parts)


def live_link(address: str, path: str, selection: Selection) -> str:
    """Address of a page under a selection, or ``""`` where nobody knows the Atlas's own."""
    if not address:
        return ""
    query = urlencode(selection.to_params(), safe=",")
    return f"{address.rstrip('/')}/{path}{f'?{query}' if query else ''}"


def no_link(exhibit_id: str, selection: Selection) -> str:
    """For files that are made away from a served Atlas."""
    del exhibit_id, selection
    return ""


def sheet_of(
    catalogue: Catalogue, exhibit_id: str, selection: Selection, built: Built, link: Link
) -> Sheet:
    """The sheet of one exhibit; its reading is the headline."""
    exhibit = REGISTRY[exhibit_id]
    own = selection.only(exhibit.responds_to)
    said_of = built.reading if built.empty is None else f"{built.empty.reason} {built.empty.widen}"
    return Sheet(
        exhibit, built, said_of, (), "", own, filters_in_words(catalogue, own),
        dated(catalogue, built), link(exhibit_id, own),
    )  # fmt: skip


def document_of(
    catalogue: Catalogue,
    key: str,
    title: str,
    exhibit_ids: Sequence[str],
    selection: Selection,
    build: Build,
    *,
    address: str = "",
    link: Link = no_link,
) -> Document:
    """Exhibits under the same filters; those that need a choice not made are left out."""
    sheets = []
    for exhibit_id in exhibit_ids:
        built = build(exhibit_id, selection)
        if built.empty is not None and REGISTRY[exhibit_id].needs and len(exhibit_ids) > 1:
            continue
        sheets.append(sheet_of(catalogue, exhibit_id, selection, built, link))
    words = filters_in_words(catalogue, selection)
    return Document(
        key, title, f"Filters: {words}" if words else "Everything, no filter", tuple(sheets),
        address, date.today().isoformat(), catalogue.schema.version,
    )  # fmt: skip


def document_of_story(
    catalogue: Catalogue, told: Told, *, address: str = "", link: Link = no_link
) -> Document:
    """A walkthrough as it is told."""
    sheets = tuple(
        Sheet(
            step.exhibit, step.built, step.headline, step.points, step.notes, step.selection,
            filters_in_words(catalogue, step.selection.only(step.exhibit.responds_to)),
            dated(catalogue, step.built), link(step.exhibit.id, step.selection),
        )
        for step in told.steps
    )  # fmt: skip
    return Document(
        told.walkthrough.id, told.title, told.walkthrough.summary, sheets, address,
        date.today().isoformat(), catalogue.schema.version,
    )  # fmt: skip


def qr_svg(link: str, size: int = 88) -> str:
    """A QR code as an SVG element, dark on white in every theme; else a sentence why not."""
    code = qr_of(link)
    if code is None:
        return f"<small>{TOO_LONG}</small>"
    drawn = code.svg_inline(scale=1, border=2, dark="#000000", light="#FFFFFF", omitsize=True)
    return drawn.replace("<svg ", f'<svg width="{size}" height="{size}" role="img" ', 1).replace(
        ">", f"><title>QR code of {html.escape(link.split('?', maxsplit=1)[0])}</title>", 1
    )
