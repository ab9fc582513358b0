"""References to exhibits and sources: plain text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from components.export.holding import ATLAS
from components.export.own_mark import WORDS
from data import Catalogue, Selection
from data.catalogue import OWN_TIER
from data.rows import text

# Kind of a source in the tables -> (BibTeX, RIS, CSL).
_TYPES: Final = MappingProxyType(
    {
        "report": ("techreport", "RPRT", "report"),
        "briefing": ("techreport", "RPRT", "report"),
        "survey": ("techreport", "RPRT", "report"),
        "article": ("misc", "ELEC", "webpage"),
        "web_page": ("misc", "ELEC", "webpage"),
        "press": ("misc", "NEWS", "article-newspaper"),
        "dataset": ("misc", "DATA", "dataset"),
    }
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TEX: Final = MappingProxyType(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
        "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """One thing to refer to.

    Attributes:
        key: Key in a bibliography: letters, digits and hyphens.
        kind: A kind of ``sources``.
        title: Title.
        publisher: Who published it.
        published: YYYY, YYYY-MM, YYYY-MM-DD, or ``""`` where it bears no date.
        url: Address, or ``""``.
        accessed: The day on which it was read, YYYY-MM-DD, or ``""``.
        note: Version, filters, places: whatever else leads to it.
    """

    key: str
    kind: str
    title: str
    publisher: str
    published: str
    url: str
    accessed: str
    note: str = ""


def of_source(catalogue: Catalogue, source_id: str, places: Iterable[str] = ()) -> Reference:
    """The reference to a source, accessed on the day on which the Atlas read it.

    Args:
        catalogue: The tables.
        source_id: Its id.
        places: Where in it.

    Raises:
        KeyError: There is no such source.
    """
    row = catalogue.row("sources", source_id)
    # Whoever reads the reference cannot find it anywhere else.
    own = ("a file of the reader’s own, not published",) if row["tier"] == OWN_TIER else ()
    return Reference(
        key=source_id,
        kind=text(row["kind"]),
        title=text(row["title"]),
        publisher=text(row["publisher"]),
        published=text(row["published"]),
        url=text(row["url"]),
        accessed=text(row["accessed"]),
        note="; ".join((*own, *places)),
    )


def of_exhibit(
    catalogue: Catalogue,
    exhibit_id: str,
    title: str,
    selection: Selection,
    *,
    accessed: str,
    link: str = "",
    is_own: bool = False,
) -> Reference:
    """The reference to an exhibit of the Atlas under its filters.

    Args:
        catalogue: The tables.
        exhibit_id: Its id.
        title: Its title.
        selection: The filters that make a difference to it.
        accessed: Today, YYYY-MM-DD.
        link: Address at which it is seen under these filters, or ``""``.
        is_own: Whether rows of the reader's own are in it: nobody else finds them there.
    """
    params = selection.to_params()
    filters = ", ".join(f"{k} = {v}" for k, v in params.items())
    note = f"Exhibit {exhibit_id}, version {catalogue.schema.version} of the tables"
    parts = [note, filters and f"filters: {filters}", WORDS.rstrip(".") if is_own else ""]
    return Reference(
        key=re.sub(r"[^A-Za-z0-9-]+", "-", f"atlas-{exhibit_id}"),
        kind="dataset",
        title=title,
        publisher=ATLAS,
        published="",
        url=link,
        accessed=accessed,
        note=", ".join(p for p in parts[:2] if p) + "".join(f". {p}" for p in parts[2:] if p),
    )


def to_plain(references: Iterable[Reference]) -> str:
    """One line a reference, dates as the source bears them."""
    lines = []
    for ref in references:
        date = f" ({ref.published})" if ref.published else " (no date)"
        parts = [f"{ref.publisher}{date}. {ref.title}.", ref.note and f"{ref.note}."]
        parts.append(ref.url and f"Available at: {ref.url}")
        parts.append(ref.accessed and f"(accessed {ref.accessed}).")
        lines.append(" ".join(p for p in parts if p))
    return "".join(f"{line}\n" for line in lines)


def _tex(words: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in " ".join(words.split()))


def _bibtex(ref: Reference) -> str:
    kind = _TYPES[ref.kind][0]
    year, month, *_ = [*ref.published.split("-"), "", ""]
    fields = {
        # The outer braces keep capitals: "NHS" must not become "nhs".
        "title": f"{{{_tex(ref.title)}}}",
        "author": f"{{{_tex(ref.publisher)}}}",
        "institution" if kind == "techreport" else "publisher": _tex(ref.publisher),
        "year": year,
        "month": _MONTHS[int(month) - 1] if month else "",
        "date": ref.published,
        "url": ref.url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D"),
        "urldate": ref.accessed,
        "note": _tex(ref.note),
    }
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return f"@{kind}{{{ref.key},\n" + ",\n".join(lines) + "\n}\n"


def to_bibtex(references: Iterable[Reference]) -> str:
    """BibTeX (and biblatex) entries; special characters escaped, capitals kept."""
    return "\n".join(_bibtex(ref) for ref in references)


def _ris(ref: Reference) -> str:
    year, month, day = [*ref.published.split("-"), "", ""][:3]
    tags = [
        ("TY", _TYPES[ref.kind][1]),
        ("ID", ref.key),
        ("TI", ref.title),
        ("AU", f"{ref.publisher},"),  # a comma at the end marks a body, not a person
        ("PB", ref.publisher),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}" if year else ""),
        ("UR", ref.url),
        ("Y2", ref.accessed.replace("-", "/")),
        ("N1", ref.note),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def to_ris(references: Iterable[Reference]) -> str:
    """RIS records, for reference managers."""
    return "\r\n".join(_ris(ref) for ref in references)


def _parts(date: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def to_csl(references: Iterable[Reference]) -> str:
    """CSL-JSON: an array of items."""
    items = []
    for ref in references:
        item: dict[str, Any] = {
            "id": ref.key,
            "type": _TYPES[ref.kind][2],
            "title": ref.title,
            "author": [{"literal": ref.publisher}],
            "publisher": ref.publisher,
        }
        if ref.published:
            item["issued"] = _parts(ref.published)
        if ref.accessed:
            item["accessed"] = _parts(ref.accessed)
        item |= {k: v for k, v in (("URL", ref.url), ("note", ref.note)) if v}
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=1)


@dataclass(frozen=True)
class Style:
    """A way to write references: label, ending of a file, media type and the writer."""

    label: str
    ending: str
    mime: str
    write: Callable[[Iterable[Reference]], str]


STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "plain": Style("Plain text", "txt", "text/plain", to_plain),
        "bibtex": Style("BibTeX", "bib", "application/x-bibtex", to_bibtex),
        "ris": Style("RIS", "ris", "application/x-research-info-systems", to_ris),
        "csl": Style("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", to_csl),
    }
)
"""Every style by id, in the order in which they are offered."""
