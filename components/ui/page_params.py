"""Every parameter that an address of a page may have beside the filters, and what it may say.

One registry for all pages: what of an address can be used is settled here before a page is drawn,
and what cannot is said in one message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from components import theme
from components.exhibits import REGISTRY, renamed
from components.exhibits.headings import heading
from components.exhibits.map_views import VIEWS
from components.ui import (
    address,
    cells,
    checklist,
    map_moved,
    map_search,
    marked,
    place,
    table_page,
    versus,
    views,
)
from components.ui.filters import CARRIED, MARK
from components.ui.map_explorer import FORMS
from components.ui.navigation import PAGES, page
from components.ui.parts import PARTS
from data import Catalogue, Selection
from data.comparison import MOST
from data.grouping import MEASURES, can_group, can_measure
from data.lineage import known as known_row
from data.placing import asked
from data.placing_files import from_address, to_address
from data.selection import plain_text
from data.suggest import closest, suggestion

STAGE: Final = ("story", "subject", "step")
"""Parameters of the stage, which reads them itself and shows no messages to a room."""


@dataclass(frozen=True)
class Asked:
    """An address that is read: the tables, the page, and all parameters."""

    tables: Catalogue
    page: str
    params: Mapping[str, str]


Read = Callable[[Asked, str], tuple[str, tuple[str, ...]]]
"""(address, what a parameter says) -> what can be used of it, a sentence for each other part."""
Options = Callable[[Asked], Mapping[str, str]]


@dataclass(frozen=True)
class Param:
    """A parameter.

    Attributes:
        name: Its name in the address.
        pages: Addresses of the pages that have it.
        read: What of it can be used.
    """

    name: str
    pages: frozenset[str]
    read: Read


def _unknown(value: str, what: str, options: Mapping[str, str]) -> str:
    near = closest(value, dict(options))
    meant = "" if near is None else f"; did you mean “{near}” ({options[near]})?"
    return f"“{plain_text(value)}” is not {what}{meant}"


def _one(what: str, options: Options) -> Read:
    def read(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
        known = options(seen)
        return (text, ()) if text in known else ("", (_unknown(text, what, known),))

    return read


def _exhibit(what: str, options: Options) -> Read:
    """One exhibit; by an id of an earlier version what replaced it."""
    one = _one(what, options)

    def read(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
        kept, dropped = one(seen, renamed.current(text))
        return kept, (renamed.told(text),) if kept and renamed.told(text) else dropped

    return read


def _several(what: str, options: Options, most: int) -> Read:
    def read(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
        known = options(seen)
        wanted = list(dict.fromkeys(v.strip() for v in text.split(",") if v.strip()))
        kept = [v for v in wanted if v in known]
        dropped = [_unknown(v, what, known) for v in wanted if v not in known]
        dropped += [f"“{known[v]}” is one more than the {most} allowed" for v in kept[most:]]
        return ",".join(kept[:most]), tuple(dropped)

    return read


def _words(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
    del seen
    kept = plain_text(text)
    more = len(kept) < len(" ".join(text.split()))
    return kept, (f"of the words looked for, all after “…{kept[-12:]}”",) if more else ()


def _flag(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
    del seen
    return (text, ()) if text == "yes" else ("", (f"“{plain_text(text)}” is not “yes”",))


def _exhibits(seen: Asked) -> Mapping[str, str]:
    spec = page(seen.page)
    return {key: REGISTRY[key].title for key in (*spec.exhibits, *spec.on_choice)}


def _views(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
    del seen
    return views.read(text)


def _table(seen: Asked) -> str:
    name = seen.params.get("table", "")
    return name if name in seen.tables.schema.tables else table_page.FIRST


def _tables(seen: Asked) -> Mapping[str, str]:
    return {name: schema.title for name, schema in seen.tables.schema.tables.items()}


def _columns(seen: Asked) -> Mapping[str, str]:
    fields = seen.tables.schema.tables[_table(seen)].fields
    return {field.name: heading(field.name) for field in fields}


def _grouped(seen: Asked) -> Mapping[str, str]:
    name = _table(seen)
    fits = can_group(seen.tables.schema.tables[name], seen.tables.frames[name])
    return {column: heading(column) for column in fits}


def _numbers(seen: Asked) -> Mapping[str, str]:
    name = _table(seen)
    fits = can_measure(seen.tables.schema.tables[name], seen.tables.frames[name])
    return {column: heading(column) for column in fits}


def _orders(seen: Asked) -> Mapping[str, str]:
    if seen.params.get("as") != "groups":
        return table_page.orders(_columns(seen))
    said = seen.params
    by = [name for name in said.get("by", "").split(",") if name in _grouped(seen)]
    number = said.get("number") or next(iter(_numbers(seen)), None)
    return table_page.orders(table_page.group_columns(by, said.get("measure", "rows"), number))


def _cells(seen: Asked) -> Mapping[str, str]:
    names, benefits = seen.tables.collaborative_names, seen.tables.known_values["benefit"]
    return {f"{c}:{b}": f"{name}: {b}" for c, name in names.items() for b in benefits}


def _row(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
    if known_row(seen.tables, text):
        return text, ()
    shape = "is a table and a key, such as “collaboratives/wyaat”"
    own = "rows of your own are found only in the tab to which they were brought"
    return "", (f"“{plain_text(text)}” is not a row: a reference {shape}; {own}",)


def _answers(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
    wave = seen.params.get("wave", "")
    chosen = Selection(wave=wave if wave in seen.tables.known_values["wave"] else "")
    answers, dropped = from_address(text, asked(seen.tables, chosen), theme.SECTOR_SHORT)
    return to_address(answers), dropped


def _insights(*kinds: str) -> Options:
    def options(seen: Asked) -> Mapping[str, str]:
        rows = seen.tables.frames["insights"]
        rows = rows[rows["kind"].isin(kinds)]
        return dict(zip(rows["insight_id"], rows["title"], strict=True))

    return options


def _collaboratives(seen: Asked) -> Mapping[str, str]:
    return seen.tables.collaborative_names


def _places(seen: Asked) -> Mapping[str, str]:
    return {map_search.ENGLAND: "England", **seen.tables.regions, **seen.tables.area_names}


def _dimension(name: str) -> Read:
    def read(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
        known, hint = seen.tables.known_values, partial(suggestion, seen.tables)
        chosen, dropped = Selection.from_params({name: text}, known, hint)
        return chosen.to_params().get(name, ""), dropped

    return read


_CHOSEN: Final[Mapping[str, tuple[str, Read]]] = {
    "system": ("systems", _one("a system", lambda seen: seen.tables.area_names)),
    "id": ("collaboratives", _one("a collaborative", _collaboratives)),
    "collaboratives": ("compare", _several("a collaborative", _collaboratives, MOST)),
    "systems": ("compare", _several("a system", lambda seen: seen.tables.icb_names, MOST)),
}
"""What an exhibit is about, on a page of its own and on two sides: parameter -> page, reading."""
_EVERY: Final = frozenset(spec.url_path for spec in PAGES)
_SHOWING: Final = frozenset(s.url_path for s in PAGES if s.exhibits or s.on_choice)


def _on(*paths: str) -> frozenset[str]:
    return frozenset(paths)


PARAMS: Final = (
    Param(views.PARAM, _EVERY, _views),
    Param(address.MOVED, map_moved.PAGES, lambda _, text: map_moved.read(text)),
    Param("at", _SHOWING, _exhibit("an exhibit of this page", _exhibits)),
    Param("part", frozenset(PARTS), _one(
        "a part of this page", lambda seen: {p.id: p.title for p in PARTS[seen.page]})),
    Param(MARK, _SHOWING | _on("tables"), lambda seen, text: marked.read(
        seen.tables, (_tables if seen.page == "tables" else _exhibits)(seen), text)),
    Param("view", _on("footprints"), _one("something the map shows",
                                          lambda _: {v.id: v.label for v in VIEWS})),
    Param("form", _on("footprints"), _one("a form of the map", lambda _: FORMS)),
    Param(map_search.PARAM, _on("footprints"), _several("a place of the map", _places, 49)),
    Param("exhibit", _on("side-by-side"), _exhibit("an exhibit", lambda _: versus.exhibits())),
    *(Param(name, _on("side-by-side"), lambda seen, text: marked.read(
        seen.tables, versus.exhibits(), text)) for name in (MARK, f"b.{MARK}")),
    *(Param(name, _on(path, "side-by-side"), read) for name, (path, read) in _CHOSEN.items()),
    *(Param(f"b.{name}", _on("side-by-side"), read) for name, (_, read) in _CHOSEN.items()),
    *(Param(f"b.{name}", _on("side-by-side"), _dimension(name)) for name in CARRIED),
    Param("find", _on("benefits", "tables", "dictionary"), _words),
    Param("term", _on("glossary"), _words),
    Param(cells.CELL_PARAM, _on("benefits"), _one("a cell of the grid", _cells)),
    Param("add", _on("helps"), _several("something to add", _insights(*checklist.ADDABLE),
                                        checklist.MOST_ADDED)),
    Param(checklist.TICKS, _on("helps"), _several(
        "something to tick", _insights("board_question", *checklist.ADDABLE), 99)),
    Param(place.PARAM, _on("place"), _answers),
    Param("table", _on("tables"), _one("a table", _tables)),
    Param("filtered", _on("tables"), _flag),
    Param("as", _on("tables"), _one("a form of the table", lambda _: table_page.FORMS)),
    Param("columns", _on("tables"),
          _several("a column of this table", _columns, table_page.MOST_COLUMNS)),
    Param("by", _on("tables"),
          _several("a column to group this table by", _grouped, table_page.MOST_GROUPS)),
    Param("measure", _on("tables"), _one("something to show of groups", lambda _: MEASURES)),
    Param("number", _on("tables"), _one("a column of numbers of this table", _numbers)),
    Param(table_page.SORT, _on("tables"), _one("an order of these rows", _orders)),
    Param("of", _on("dictionary"), _one("a table", _tables)),
    Param("row", _on("row"), _row),
)  # fmt: skip
"""Every parameter beside the filters (``filters.CARRIED``) and those of the stage."""


def params_of(url_path: str) -> dict[str, Param]:
    """The parameters of a page by name."""
    return {param.name: param for param in PARAMS if url_path in param.pages}


def check(tables: Catalogue, arrival: address.Arrival) -> address.Arrival:
    """What of an address can be used; the rest is noted for the message of the page.

    Args:
        tables: The catalogue.
        arrival: How the run came about; one that says nothing new was checked before.
    """
    if not arrival.is_new or not arrival.params:
        return arrival
    seen, known, usable = Asked(tables, arrival.page, arrival.params), params_of(arrival.page), {}
    for name, text in arrival.params.items():
        if name in CARRIED or not text:
            usable[name] = text
        elif name in known:
            kept, dropped = known[name].read(seen, text)
            if kept:
                usable[name] = kept
            for sentence in dropped:
                address.drop(sentence)
        else:
            address.drop(f"“{plain_text(name)}=” means nothing on this page")
    return address.usable(usable) if usable != dict(arrival.params) else arrival
