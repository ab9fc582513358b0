"""Prose kept as Markdown beside the components, with its technical terms explained."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlencode

from data import Catalogue
from data.memo import kept

TEXT = Path(__file__).resolve().parents[1] / "text"


@lru_cache(maxsize=64)
def text(name: str) -> str:
    """The text called ``name``.

    Raises:
        FileNotFoundError: There is no such file in ``components/text``.
    """
    return (TEXT / f"{name}.md").read_text(encoding="utf-8").strip()


_SIGNS = re.compile(r"[\\\[\]*_`:$~<>.@]")


def plain(written: str) -> str:
    """Words from elsewhere (an address, a cell) that are to stand in Markdown as they are.

    Without it a link to the Atlas could put any other link into a message of the Atlas.
    """
    return _SIGNS.sub(r"\\\g<0>", written)


def as_named(tables: Catalogue, written: str) -> str:
    """Words with names in them, for Markdown: names of the reader's own stand there as they are.

    Those of the Atlas hold no sign that Markdown reads.
    """
    return plain(written) if tables.own else written


def row_address(ref: str) -> str:
    """The address, beside any page, of where the row with a reference comes from."""
    return f"row?{urlencode({'row': ref})}"


_MOST_TERMS = 4
"""More links than this in one text are in the way of reading it."""
PLAIN = frozenset({"Base", "Clopper–Pearson", "Delegation", "Discrepancy", "Footprint",
                    "Hypergeometric", "Locator", "Tier", "Vintage", "Wave"})  # fmt: skip
"""Single words of the glossary that are terms; of the others, abbreviations and terms of several
words are, while words such as "place" or "group" are mostly meant as everybody means them."""


ALSO = {
    "Confidence interval": ("interval",),
    "Evidence strength": ("grade of evidence", "grades of evidence", "evidence grade"),
    "Unwarranted variation": ("unwarranted variations",),
}
"""Other ways in which the Atlas writes a term of the glossary."""


@kept(1)
def _terms(tables: Catalogue) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Every way of writing a term, the term, and what it means; the longest way first."""
    ways = []
    for row in tables.table("glossary").to_dict("records"):
        term, long = row["term"], row["expansion"] if isinstance(row["expansion"], str) else ""
        if not (long or " " in term or term in PLAIN):
            continue
        meaning = f"{term}, {long}: {row['meaning']}" if long else row["meaning"]
        ways += [(way, term, meaning) for way in (term, long, *ALSO.get(term, ())) if way]
    ways.sort(key=lambda way: -len(way[0]))
    return tuple((_pattern(way), term, meaning) for way, term, meaning in ways)


def _pattern(way: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, way.split()))
    return re.compile(rf"(?<![\w-]){words}s?(?![\w-])", 0 if way.isupper() else re.IGNORECASE)


def explained(tables: Catalogue, markdown: str) -> str:
    """A text whose glossary terms are explained where they are first used.

    Args:
        tables: For the glossary.
        markdown: Plain Markdown; links, code and headings in it are left as they are.
    """
    return marked(tables, markdown, _MOST_TERMS, frozenset())[0]


@kept(600)
def marked(
    tables: Catalogue, markdown: str, most: int, known: frozenset[str]
) -> tuple[str, tuple[str, ...]]:
    """A text with the first use of each glossary term made a link into the glossary.

    The link has the meaning as its title: a mouse reads it by hovering, a keyboard by reaching it,
    a finger by following it.

    Args:
        tables: For the glossary.
        markdown: Plain Markdown; links, code and headings in it are left as they are.
        most: How many terms at most.
        known: Terms that are explained elsewhere already.

    Returns:
        The text, and the terms that it explains.
    """
    taken: list[tuple[int, int, str]] = [
        (m.start(), m.end(), m.group()) for m in _LEFT.finditer(markdown)
    ]
    told: list[str] = []
    for pattern, term, meaning in _terms(tables):
        if term in told or term in known or len(told) == most:
            continue
        for found in pattern.finditer(markdown):
            start, end = found.span()
            if any(start < b and a < end for a, b, _ in taken):
                continue
            title = meaning.replace('"', "”")
            link = f'[{found.group()}](glossary?term={quote(term)} "{title}")'
            taken.append((start, end, link))
            told.append(term)
            break
    out, at = "", 0
    for start, end, link in sorted(taken):
        out += markdown[at:start] + link
        at = end
    return out + markdown[at:], tuple(told)


def marked_html(
    tables: Catalogue, words: str, most: int, known: frozenset[str]
) -> tuple[str, tuple[str, ...]]:
    """As :func:`marked`, for plain words that are to stand in HTML; they are escaped."""
    linked, told = marked(tables, words, most, known)
    return _LINK.sub(_anchor, html.escape(linked, quote=False)), told


def _anchor(found: re.Match[str]) -> str:
    words, place, meaning = found.groups()
    return f'<a href="{place}" title="{meaning}">{words}</a>'


_LINK = re.compile(r'\[([^\]]*)\]\((glossary\?term=[^ )]*) "([^"]*)"\)')

# A long quotation is a title: its words are names there.
_LEFT = re.compile(r"!?\[[^\]]*\]\([^)]*\)|`[^`]*`|^#.*$|<[^>]*>|“[^”]{30,}”", re.MULTILINE)
