"""Every parameter that an address of a page may have beside the filters, and what it may say.

One registry for all pages: what of an address can be used is settled here before a page is drawn,
and what cannot is said in one message.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from components import theme
from components.exhibits import REGISTRY, renamed
from components.exhibits.headings import heading
from components.exhibits.map_views import VIEWS
from components.exhibits.ordering import orders, sortable
from components.ui import (
    address,
    cells,
    checklist,
    compared,
    dictionary_page,
    interface,
    map_moved,
    map_search,
    marked,
    opening,
    own,
    place,
    row_files,
    stage_picker,
    stage_state,
    table_groups,
    table_page,
    unfolded,
    versus,
    views,
)
from components.ui.filters import CARRIED, MARK
from components.ui.landing import opened_by
from components.ui.map_explorer import FORMS
from components.ui.navigation import PAGES, page
from components.ui.order import SORT
from components.ui.param_reads import Asked, Options, Param, Read, Several
from components.ui.param_reads import one as _one
from components.ui.param_reads import several as _several
from components.ui.param_reads import switch as _switch
from components.ui.param_reads import words as _words
from components.ui.parts import PARTS
from data import Catalogue, Selection
from data.comparison import MOST
from data.counted import MOST_CONDITIONS, WHOLE
from data.dictionary import dictionary
from data.grouping import MEASURES, can_group, can_measure
from data.lineage import known as known_row
from data.placing import asked
from data.placing_files import from_address, to_address
from data.selection import plain_text
from data.suggest import suggestion
from data.where import read_out

STAGE: Final = stage_state.PARAMS
"""Parameters of the stage, which reads them itself and shows no messages to a room."""


def _exhibit(what: str, options: Options) -> Read:
    """One exhibit; by an id of an earlier version what replaced it."""
    plain = _one(what, options)

    def read(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
        kept, dropped = plain(seen, renamed.current(text))
        return kept, (renamed.told(text),) if kept and renamed.told(text) else dropped

    return read


def _data(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
    """An exhibit, by an id of an earlier version what replaced it, or a table."""
    kind, _, name = text.partition("/")
    current = f"{kind}/{renamed.current(name)}" if kind == "exhibits" else text
    kept, dropped = _one("an exhibit or a table", lambda _: interface.names())(seen, current)
    return kept, (renamed.told(name),) if kept != text and kept else dropped


def _exhibits(seen: Asked) -> Mapping[str, str]:
    spec = page(seen.page)
    return {key: REGISTRY[key].title for key in (*spec.exhibits, *spec.on_choice)}


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
    if seen.page == "dictionary":
        return orders(dictionary(seen.tables).columns)
    name = _table(seen)
    if seen.params.get("as") != "groups":
        return orders(sortable(seen.tables, seen.tables.frames[name], name))
    said = seen.params
    by = [column for column in said.get("by", "").split(",") if column in _grouped(seen)]
    number = said.get("number") or next(iter(_numbers(seen)), None)
    measure = said.get("measure", "rows")
    return orders(table_groups.group_columns(seen.tables, name, by, measure, number))


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
    Param(views.PARAM, _EVERY, lambda _, text: views.read(text), ","),
    Param(opening.PARAM, _EVERY, _several(
        "something that opens on this page", lambda seen: opening.options(seen.page), 9)),
    Param(address.MOVED, map_moved.PAGES, lambda _, text: map_moved.read(text), "~"),
    Param(address.MOVED_OF_B, map_moved.OF_B, lambda _, text: map_moved.read(text), "~"),
    Param(address.UNFOLDED, unfolded.ON, _several(
        "something to unfold on this page",
        lambda seen: unfolded.options(seen.tables, seen.page), unfolded.MOST)),
    Param("at", _SHOWING, _exhibit("an exhibit of this page", _exhibits)),
    Param("part", frozenset(PARTS), _one(
        "a part of this page", lambda seen: {p.id: p.title for p in PARTS[seen.page]})),
    Param(MARK, _SHOWING | _on("tables"), lambda seen, text: marked.read(
        seen.tables, (_tables if seen.page == "tables" else _exhibits)(seen), text)),
    Param("view", _on("footprints"), _one("something the map shows",
                                          lambda _: {v.id: v.label for v in VIEWS})),
    Param("form", _on("footprints"), _one("a form of the map", lambda _: FORMS)),
    Param(map_search.PARAM, _on("footprints"), _several("a place of the map", _places, 49)),
    Param("compare", _on("compare"), _one("something to compare", lambda _: compared.KINDS)),
    Param(own.PARAM, _on("own"), _one("something to bring", lambda _: own.kinds())),
    Param(interface.DATA, _on("interface"), _data),
    Param(interface.FORM, _on("interface"), _one("a format", lambda _: interface.FORMATS)),
    Param(row_files.FILE, _on("tables"), _one("a kind of file", lambda _: row_files.kinds())),
    Param(map_search.DISTRICT, _on("footprints"), lambda _, text: map_search.read_district(text)),
    Param("exhibit", _on("side-by-side"), _exhibit("an exhibit", lambda _: versus.exhibits())),
    *(Param(name, _on("side-by-side"), lambda seen, text: marked.read(
        seen.tables, versus.exhibits(), text)) for name in (MARK, f"b.{MARK}")),
    *(Param(name, _on(path, "side-by-side"), read) for name, (path, read) in _CHOSEN.items()),
    *(Param(f"b.{name}", _on("side-by-side"), read) for name, (_, read) in _CHOSEN.items()),
    *(Param(f"b.{name}", _on("side-by-side"), _dimension(name), ",") for name in CARRIED),
    Param("find", _on("benefits", "tables", "dictionary"), _words),
    Param("term", _on("glossary"), _words),
    Param(cells.CELL_PARAM, _on("benefits"), _one("a cell of the grid", _cells)),
    Param("add", _on("helps"), _several("something to add", _insights(*checklist.ADDABLE),
                                        checklist.MOST_ADDED)),
    Param(checklist.TICKS, _on("helps"), _several(
        "something to tick", _insights("board_question", *checklist.ADDABLE), 99)),
    Param(place.PARAM, _on("place"), _answers, "~"),
    Param("table", _on("tables", "row"), _one("a table", _tables)),
    Param(WHOLE, _on("tables"), _switch),
    Param(table_groups.WHERE, _on("tables"),
          Several("a cell of this table", lambda seen: table_page.conditions_asked(
              seen.tables, _table(seen), seen.params), MOST_CONDITIONS, read_out)),
    Param("as", _on("tables"), _one("a form of the table", lambda _: table_page.FORMS)),
    Param("columns", _on("tables"),
          _several("a column of this table", _columns, table_page.MOST_COLUMNS)),
    Param("by", _on("tables"),
          _several("a column to group this table by", _grouped, table_groups.MOST_GROUPS)),
    Param("measure", _on("tables"), _one("something to show of groups", lambda _: MEASURES)),
    Param("number", _on("tables"), _one("a column of numbers of this table", _numbers)),
    Param(SORT, _on("tables", "dictionary"), _one("an order of these rows", _orders)),
    Param(stage_picker.PARAM, _on("present"),
          lambda seen, text: stage_picker.read(seen.tables, text), ","),
    Param(dictionary_page.FIELD, _on("dictionary"), _one(
        "a field of a table", lambda seen: dictionary_page.fields(seen.tables))),
    Param("of", _on("dictionary"), _one("a table", _tables)), Param("row", _on("row"), _row),
)  # fmt: skip
"""Every parameter beside the filters (``filters.CARRIED``) and those of the stage."""


def params_of(url_path: str) -> dict[str, Param]:
    """The parameters of a page by name."""
    return {param.name: param for param in PARAMS if url_path in param.pages}


def _once(name: str, values: tuple[str, ...], known: Mapping[str, Param]) -> str:
    """What a parameter says that stands in an address several times.

    Filters and lists take all of it together, as the interface does; of what there is one of, the
    first counts.
    """
    sign = "," if name in CARRIED else known[name].sign if name in known else ""
    if sign:
        return sign.join(values)
    if name in known:
        for value in values[1:]:
            address.drop(f"“{plain_text(value)}” is one more “{name}=” than there can be here")
    return values[0]


def check(tables: Catalogue, arrival: address.Arrival) -> address.Arrival:
    """What of an address can be used; the rest is noted for the message of the page.

    Args:
        tables: The catalogue.
        arrival: How the run came about; one that says nothing new was checked before.
    """
    if not arrival.is_new or not arrival.params:
        return arrival
    known, usable = params_of(arrival.page), {}
    params = {**arrival.params, **{n: _once(n, v, known) for n, v in arrival.repeated.items()}}
    seen = Asked(tables, arrival.page, params)
    for name, text in params.items():
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
    # A link to an exhibit opens what shows it, also where the browser calls it a step in history.
    usable.update(opened_by(arrival.page, usable.get("at", "")))
    return address.usable(usable) if usable != dict(arrival.params) else arrival
