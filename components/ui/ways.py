"""Ways from a number on the screen to the row, or the rows, that it comes from.

They are links in texts, in the same session (``server/assets/links.js``): a widget for each of
hundreds of numbers would make every page slow.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from components.exhibits import REGISTRY, Built
from components.exhibits.appearances import row_refs
from components.exhibits.numbers import Number, found_in
from components.ui.navigation import PAGES, PageSpec
from components.ui.text import plain, row_address
from data import Catalogue, Selection
from data.counted import STATED, Counted, Whence, refs_counted, whence_of
from data.lineage import place_of
from data.memo import kept

_LONGEST: Final = 40
_SHORT: Final = 400
"""Characters of an address above which filters are tried in place of a list of rows."""
_LONG: Final = 1400
"""Characters of an address above which there is no link: it is sent with every drawing."""
ONE, SEVERAL = "The row of this number", "The rows of this number"
_WORKED = "Worked out: {}; what it was worked out from is behind the link of this number"
WHERE_FROM: Final = "Where from"


def address_of(whence: Whence) -> str:
    """The address, beside any page, of a row or of the rows that are counted; ``""`` for none."""
    if isinstance(whence, str):
        return row_address(whence) if whence else ""
    return f"tables?{urlencode(whence.to_params(), safe=',:*!')}"


def _length(whence: Whence) -> int:
    """Characters of an address in which each condition names its column."""
    if isinstance(whence, str) or not whence.where:
        return len(address_of(whence))
    where = urlencode({"where": ",".join(whence.where)}, safe=",:*")
    return len(f"{address_of(replace(whence, where=()))}&{where}")


def asked(of: str) -> str:
    """What a link to where something comes from asks, such as ``Where does 67% come from?``."""
    words = " ".join(of.split())
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
    return f"Where does “{short}” come from?"


def mark(whence: Whence, of: str) -> str:
    """A small mark in HTML behind a value, which leads to where it comes from; ``""`` for none.

    Args:
        whence: Where it comes from.
        of: The value in plain words, for whoever does not see what the mark stands behind.
    """
    address = address_of(whence)
    if not address:
        return ""
    kind = "row" if isinstance(whence, str) else "rows"
    label = html.escape(f"{asked(of)} ({kind})")
    return (
        f'<sup class="way"><a href="{html.escape(address)}" aria-label="{label}">[{kind}]</a></sup>'
    )


def link(whence: Whence, of: str, words: str = WHERE_FROM) -> str:
    """The same as a link in Markdown; ``""`` for none.

    Args:
        whence: Where it comes from.
        of: The value in plain words.
        words: What is read; it stands in Markdown as it is.
    """
    address = address_of(whence)
    return f"[{words}]({address} {_title(of)})" if address else ""


def _title(of: str) -> str:
    """The question of a link as its title, in which neither quotation mark nor sign ends it."""
    return f'"{plain(asked(of)).replace(chr(34), "”")}"'


def page_of(exhibit_id: str) -> PageSpec | None:
    """The first page that shows an exhibit."""
    return next((p for p in PAGES if exhibit_id in (*p.exhibits, *p.on_choice)), None)


_CHOSEN: Final = {
    "collaborative-footprint": ("collaborative", "id"),
    "compare-collaboratives": ("collaborative", "collaboratives"),
    "compare-systems": ("icb", "systems"),
    "system-map": ("icb", "system"),
}
"""Exhibits of something that is chosen on their page, not filtered: dimension -> parameter."""
_IN_ORDER: Final = dict.fromkeys(("compare-collaboratives", "compare-systems"), "compared")
"""Exhibits whose worked out numbers are seen where their rows are in an order: the column."""


def exhibit_address(exhibit_id: str, selection: Selection) -> str:
    """The address, beside any page, of the page that shows an exhibit under filters.

    Returns:
        ``""`` where no page shows it.
    """
    spec = page_of(exhibit_id)
    if spec is None:
        return ""
    dimension, param = _CHOSEN.get(exhibit_id, ("", ""))
    params = {name: value for name, value in selection.to_params().items() if name != dimension}
    if dimension:
        params[param] = ",".join(getattr(selection, dimension))
    query = urlencode({"at": exhibit_id, **params}, safe=",")
    # The first page has no name of its own, and a question mark alone would stay on the page.
    return f"{spec.url_path or './'}?{query}"


def rows_address(exhibit_id: str, selection: Selection, sort: str = "") -> str:
    """The address, beside any page, of the rows of an exhibit as a table, maybe in an order.

    Args:
        exhibit_id: Its id.
        selection: The filters.
        sort: A column of the rows, with ``-`` before it for the largest first.
    """
    return view_address(exhibit_id, selection, f"table{f'.{sort}' if sort else ''}")


def view_address(exhibit_id: str, selection: Selection, view: str) -> str:
    """The address, beside any page, of an exhibit in one of its views (``views``)."""
    address = exhibit_address(exhibit_id, selection)
    return f"{address}&show={exhibit_id}.{view}" if address else ""


def exhibit_link(exhibit_id: str, selection: Selection) -> str:
    """A link in HTML to an exhibit under filters; ``""`` where no page shows it."""
    return _anchor(exhibit_address(exhibit_id, selection), REGISTRY[exhibit_id].title)


def _anchor(address: str, title: str) -> str:
    if not address:
        return ""
    label = html.escape(f"{WHERE_FROM}: {title}")
    return f'<a href="{html.escape(address)}" aria-label="{label}">{WHERE_FROM}</a>'


def finding(tables: Catalogue, built: Built, exhibit_id: str, selection: Selection) -> str:
    """A link in Markdown from the sentence of an exhibit to the rows that it speaks of.

    Where these cannot be told as a filter of one table, it leads to the exhibit, whose marks and
    rows lead on. Arguments as of :func:`sentence`.
    """
    address = finding_address(tables, built, exhibit_id, selection)
    return f"[{WHERE_FROM}]({address} {_title(REGISTRY[exhibit_id].title)})" if address else ""


def finding_address(tables: Catalogue, built: Built, exhibit_id: str, selection: Selection) -> str:
    """The address that :func:`finding` leads to; ``""`` for none."""
    found = _of_built(built, tables, selection.only(REGISTRY[exhibit_id].responds_to))
    return address_of(found) or exhibit_address(exhibit_id, selection)


def finding_link(tables: Catalogue, built: Built, exhibit_id: str, selection: Selection) -> str:
    """As :func:`finding`, in HTML."""
    return _anchor(
        finding_address(tables, built, exhibit_id, selection), REGISTRY[exhibit_id].title
    )


def sentence(tables: Catalogue, built: Built, exhibit_id: str, selection: Selection) -> str:
    """The sentence of an exhibit in Markdown, in which numbers lead to the rows that they count.

    Args:
        tables: The catalogue.
        built: The exhibit under the selection.
        exhibit_id: Its id.
        selection: The filters.
    """
    return _linked(built, tables, exhibit_id, selection.only(REGISTRY[exhibit_id].responds_to))


@kept(4)
def _linked(built: Built, tables: Catalogue, exhibit_id: str, selection: Selection) -> str:
    return with_ways(tables, built.reading, built.numbers, selection, exhibit_id)


def with_ways(
    tables: Catalogue,
    said: str,
    numbers: Iterable[Number],
    selection: Selection,
    exhibit_id: str = "",
) -> str:
    """A sentence in Markdown, in which numbers lead to the rows that they count.

    Args:
        tables: The catalogue.
        said: The sentence.
        numbers: What its numbers count, in its order.
        selection: The filters under which they were counted.
        exhibit_id: The exhibit whose numbers they are, if they are of one: its rows are what a
            number was worked out from where no rows of one table are.
    """
    # Names of the reader's own may hold what Markdown reads as a link; the Atlas's hold none.
    written = plain if tables.own else str
    out, at = "", 0
    for start, end, number in found_in(said, numbers):
        address = address_of(counted_by(tables, number, selection))
        if number.worked and not address and exhibit_id:
            address = rows_address(exhibit_id, selection, _IN_ORDER.get(exhibit_id, ""))
        if address:
            out += written(said[at:start]) + anchored(said[start:end], address, number.worked)
            at = end
    return out + written(said[at:])


def anchored(words: str, address: str, worked: str = "") -> str:
    """A number with the way to its rows in Markdown; alone where there is none.

    Args:
        words: The number with its noun.
        address: Where it leads, or ``""``.
        worked: How it was worked out, where it is neither a cell nor a count.
    """
    title = ONE if address.startswith("row?") else SEVERAL
    title = _WORKED.format(worked) if worked else title
    return f'[{words}]({address} "{title}")' if address else words


def counted_by(tables: Catalogue, number: Number, selection: Selection) -> Whence:
    """Where a number of a sentence comes from; ``""`` where no short filter says it.

    Args:
        tables: The catalogue.
        number: What it counts.
        selection: The filters under which it was counted.
    """
    refs = number.refs(tables)
    if not refs:
        return ""
    found = whence_of(tables, refs, *number.hints, by=number.by, within=selection)
    if number.within and _length(found) > _SHORT:
        # Filters that the reader has not set, only where the rows would have to be listed.
        set_too: dict[str, Any] = dict(number.within)
        beside = replace(selection, **set_too)
        found = whence_of(tables, refs, *number.hints, by=number.by, within=beside)
    return found if _length(found) <= _LONG else ""


@kept(4)
def _of_built(built: Built, tables: Catalogue, selection: Selection) -> Whence:
    frame = built.frame
    if "is_shown" in frame:
        # What a rule sets aside is in the table and not in the sentence.
        frame = frame[frame["is_shown"].astype(bool)]
    refs = row_refs(tables, frame)
    if not refs or not all(refs) or len({ref.split("/", 1)[0] for ref in refs}) > 1:
        return ""
    table = refs[0].split("/", 1)[0]
    if table == "outcomes":
        counted = Counted(table, ("is_shown:true",), selection)
        if sorted(refs_counted(tables, counted)) == sorted(set(refs)):
            return counted
    return whence_of(tables, refs, *_hints(tables, table, refs))


def _hints(tables: Catalogue, table: str, refs: list[str]) -> tuple[str, ...]:
    """Answers are told by their questions and who answered, statements by what they are."""
    columns = {"survey_results": ("question_id", "sector_group"), "insights": ("kind",)}
    if table not in columns:
        return ()
    places = [place for ref in refs if (place := place_of(tables, ref)) is not None]
    rows = tables.frames[table].iloc[[at for _, at in places]]
    wanted = [f"{column}:{cell}" for column in columns[table] for cell in rows[column].unique()]
    if table == "insights":
        return tuple(wanted)
    if tables.frames[table]["wave_id"].nunique() > 1:
        wanted += [f"wave_id:{wave}" for wave in rows["wave_id"].unique()]
    return (*wanted, f"precision:{STATED}")
