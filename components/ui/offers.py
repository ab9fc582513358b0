"""What can be taken away: each kind of file with its name and the function that makes it.

A new format is one function and one line of ``OFFERS``. Makers are called only when somebody asks,
so heavy libraries are imported within them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

from components.exhibits import Built, Exhibit
from components.export.citing import STYLES
from components.export.own_mark import OWN
from components.export.sheet import Document, document_of, document_of_story
from components.export.tabular import file_name
from components.ui import cache, row_files
from data import Selection

Kind = Literal["exhibit", "page", "story"]


@dataclass(frozen=True)
class Subject:
    """What somebody takes away.

    Attributes:
        kind: One exhibit, the exhibits of a page, or a walkthrough that is told.
        id: Id of the exhibit, address of the page or id of the walkthrough: begins the file name.
        title: Its heading.
        exhibits: Ids of its exhibits, in order (empty for a walkthrough: they are in ``told``).
        selection: The filters.
        address: Address of the Atlas as the reader sees it, or ``""``: for links and QR codes.
        told: The walkthrough as told (``components.stories.Told``), or ``None``.
        live: Address of its live view, where that is not the root.
    """

    kind: Kind
    id: str
    title: str
    exhibits: tuple[str, ...]
    selection: Selection
    address: str = ""
    told: Any = None
    live: str = ""

    def built(self, exhibit_id: str) -> Built:
        """One of its exhibits under its filters, from the shared cache."""
        return cache.built(exhibit_id, self.selection)

    def name(self, ending: str) -> str:
        """The name of a file: what it holds and the filters."""
        return file_name(self.id or "overview", self.selection, ending, is_own=self.is_own)

    @property
    def is_own(self) -> bool:
        """Whether rows of the reader's own are in any of it."""
        if not cache.catalogue()[0].own:
            return False
        steps = self.told.steps if self.told is not None else ()
        every = [s.built for s in steps] or [self.built(e) for e in self.exhibits]
        return any(OWN in built.caveats for built in every)


@dataclass(frozen=True)
class Offer:
    """One kind of file.

    Attributes:
        key: Short id, unique.
        label: What the reader chooses.
        ending: Ending of the file name.
        mime: Media type.
        help: A sentence: what it is good for.
        kinds: Kinds of subject for which it is offered.
        make: Makes the file.
        suits: Whether it can be made of one exhibit; asked only for single exhibits.
    """

    key: str
    label: str
    ending: str
    mime: str
    help: str
    kinds: frozenset[Kind]
    make: Callable[[Subject], bytes]
    suits: Callable[[Built], bool] = lambda built: built is not None


def document(subject: Subject) -> Document:
    """What a subject says, sheet by sheet."""
    tables, _ = cache.catalogue()
    link = partial(row_files.live, subject.address)
    if subject.told is not None:
        where = subject.live or subject.address
        return document_of_story(tables, subject.told, address=where, link=link)
    return document_of(
        tables, subject.id or "overview", subject.title, subject.exhibits, subject.selection,
        cache.built, address=subject.address, link=link,
    )  # fmt: skip


def _pptx(subject: Subject) -> bytes:
    from components.export.pptx_deck import document_pptx  # noqa: PLC0415

    return document_pptx(document(subject))


def _html(subject: Subject) -> bytes:
    from components.export.story_html import document_html  # noqa: PLC0415

    made = document(subject)
    return document_html(made, cover=len(made.sheets) > 1).encode()


def _handout(subject: Subject) -> bytes:
    from components.export.handout import document_handout  # noqa: PLC0415

    return document_handout(document(subject)).encode()


def _svg(subject: Subject) -> bytes:
    from components.export.picture_cited import cited_svg  # noqa: PLC0415

    return cited_svg(document(subject).sheets[0]).encode()


def _png(subject: Subject) -> bytes:
    from components.export.picture import png  # noqa: PLC0415

    return png(_svg(subject).decode())


def _is_drawn(built: Built) -> bool:
    return built.figure is not None


def _rows(kind: row_files.RowFile, subject: Subject) -> bytes:
    built = subject.built(subject.id)
    return kind.make(row_files.of(subject.id, built, subject.selection, subject.address))


def _cited(style: str, subject: Subject) -> bytes:
    built = subject.built(subject.id)
    text = row_files.references(subject.id, built, subject.selection, subject.address, style)
    return text.encode("utf-8")


OFFERS: Final[list[Offer]] = [
    Offer(
        "pptx", "PowerPoint slides", "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "Charts and maps that can be edited, with notes, sources and the link back.",
        frozenset({"exhibit", "page", "story"}), _pptx,
    ),
    Offer(
        "html", "One HTML file", "html", "text/html",
        "Interactive, for any browser, from a memory stick with the network off.",
        frozenset({"exhibit", "page", "story"}), _html,
    ),
    Offer(
        "handout", "Handout to print (A4)", "handout.html", "text/html",
        "Open it and print, or save as PDF: one exhibit and its notes a page.",
        frozenset({"exhibit", "page", "story"}), _handout,
    ),
    Offer(
        "png", "Picture (PNG)", "png", "image/png", "For documents and messages.",
        frozenset({"exhibit"}), _png, _is_drawn,
    ),
    Offer(
        "svg", "Picture (SVG)", "svg", "image/svg+xml", "Sharp at any size; can be edited.",
        frozenset({"exhibit"}), _svg, _is_drawn,
    ),
    *(
        Offer(
            f.key, f.label, f.ending, f.mime, f.help, frozenset({"exhibit"}),
            partial(_rows, f), f.suits,
        )
        for f in row_files.ROW_FILES
    ),
    *(
        Offer(
            key, f"References as {style.label}", style.ending, style.mime,
            "The exhibit and every source of its rows, with the day of access.",
            frozenset({"exhibit"}), partial(_cited, key),
        )
        for key, style in STYLES.items()
    ),
]  # fmt: skip
"""Every kind of file, in the order in which they are offered."""


def offers_for(subject: Subject) -> list[Offer]:
    """The kinds of file that can be made of a subject."""
    fitting = [o for o in OFFERS if subject.kind in o.kinds]
    if subject.kind != "exhibit":
        return fitting
    built = subject.built(subject.id)
    return [o for o in fitting if o.suits(built)]


def of_exhibit(exhibit: Exhibit, selection: Selection, address: str) -> Subject:
    """The subject of a single exhibit, with the filters that make a difference to it."""
    own = selection.only(exhibit.responds_to)
    return Subject("exhibit", exhibit.id, exhibit.title, (exhibit.id,), own, address)
