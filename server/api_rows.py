"""Tables and exhibits: their lists and their rows."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd

from components.exhibits import CAVEATS, REGISTRY, Built, Exhibit
from components.exhibits.deck import DeckMap
from components.exhibits.headings import heading
from components.exhibits.ordering import in_order_read, sortable
from components.exhibits.renamed import RENAMED, told
from components.export import citing, geographic
from components.export.citing import STYLES
from components.export.holding import LICENCE, Holding, of_exhibit, of_table, table_filters
from components.export.tabular import file_name
from components.ui import cache
from data import Catalogue
from data.citations import Citation
from data.counted import MOST_CONDITIONS, condition, with_cells
from data.schema import TableSchema
from data.sorting import column_of
from data.table_filters import table_responds_to, table_rows
from data.where import read_out
from server.api_answer import ApiError, Made, json_bytes
from server.api_ask import Ask
from server.api_resource import (
    NOTES,
    Param,
    Resource,
    content_version,
    paged_headers,
    rows_answer,
    rows_head,
)
from server.api_words import no_such

ROWS: Final = ("json", "csv", "parquet", "xlsx")
SHAPES: Final = ("geojson", "gpkg")


def cited(citation: Citation) -> dict[str, Any]:
    """A citation as JSON."""
    return {
        "source_id": citation.source_id, "title": citation.title,
        "publisher": citation.publisher, "published": citation.published, "url": citation.url,
        "tier": citation.tier, "locators": list(citation.locators),
    }  # fmt: skip


def _tables(catalogue: Catalogue, ask: Ask) -> Made:
    tables = [
        {
            "name": name,
            "title": schema.title,
            "description": schema.description,
            "rows": len(catalogue.frames[name]),
            "columns": list(schema.columns),
            "key": list(schema.primary_key),
            "filters": sorted(table_responds_to(name)),
            "url": f"{ask.root}/tables/{name}",
        }
        for name, schema in catalogue.schema.tables.items()
    ]
    body = {"version": content_version(catalogue), "licence": LICENCE, "tables": tables}
    return Made(json_bytes(body), ask.form)


def table_asked(catalogue: Catalogue, ask: Ask) -> tuple[Holding, str]:
    """The rows of a table that are asked for, with what goes with them; and the stem of a name.

    Raises:
        ApiError: There is no such table, no such column to sort by, or no row with such a cell.
    """
    name = ask.at("name")
    if name not in catalogue.frames:
        titles = {key: schema.title for key, schema in catalogue.schema.tables.items()}
        raise no_such("table", name, titles, f"{ask.base}/tables")
    own = ask.selection.only(table_responds_to(name))
    schema = catalogue.schema.tables[name]
    where, said = _where(catalogue, schema, ask.extra("where"))
    rows = with_cells(table_rows(catalogue, name, own), where)
    rows = _sorted(catalogue, rows, ask.extra(SORT.name), name)
    words = (*said, *table_filters(catalogue, own))
    holding = of_table(catalogue, name, rows, words, taken_on=ask.today, address=ask.base)
    return holding, file_name(name, own, "x").removesuffix(".x")


def _table(catalogue: Catalogue, ask: Ask) -> Made:
    holding, stem = table_asked(catalogue, ask)
    said = {
        "table": holding.id,
        "title": holding.title,
        "description": holding.question,
        **rows_head(catalogue, ask.selection, table_responds_to(holding.id), ask.today),
        "where": list(read_out(ask.extra(WHERE.name))),
        "citations": [cited(c) for c in holding.citations],
    }
    return rows_answer(holding, ask, TABLE.path, stem, said)


def _where(
    catalogue: Catalogue, schema: TableSchema, text: str
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The conditions on cells that are asked for, and how a file says them.

    Raises:
        ApiError: One of them names no column, or a value that no row has.
    """
    where = tuple(dict.fromkeys(read_out(text)))
    found = {one: condition(catalogue, schema, catalogue.frames[schema.name], one) for one in where}
    wrong = [one for one, said in found.items() if said is None]
    if wrong or len(where) > MOST_CONDITIONS:
        raise ApiError(
            400, "Bad parameter",
            f"where is “{(wrong or [text])[0][:60]}”; expected column:value, with a column of this "
            f"table and a value that one of its rows has (“*” for any, nothing for none), with "
            f"commas between at most {MOST_CONDITIONS} of them. Columns: "
            f"{', '.join(schema.columns)}.",
            known=list(schema.columns),
        )  # fmt: skip
    words = [f"{heading(said[0])}: {said[1]}" for said in found.values() if said is not None]
    return where, (("Only rows with", "; ".join(words)),) if words else ()


def _sorted(catalogue: Catalogue, rows: pd.DataFrame, sort: str, table: str = "") -> pd.DataFrame:
    """Rows in the order asked for, which is that of the pages.

    Raises:
        ApiError: There is no such column.
    """
    known = sortable(catalogue, rows, table)
    if sort and column_of(sort) not in known:
        raise ApiError(
            400, "Bad parameter",
            f"sort is “{sort[:40]}”; expected a column of {'this table' if table else 'these rows'}"
            f", with “-” before it for the largest first: {', '.join(known)}.",
            known=known,
        )  # fmt: skip
    return in_order_read(catalogue, rows, sort, table)


def _exhibits(catalogue: Catalogue, ask: Ask) -> Made:
    exhibits = [
        {
            "id": e.id,
            "title": e.title,
            "question": e.question,
            "alt": e.alt,
            "filters": sorted(e.responds_to),
            "needs": e.needs,
            "url": f"{ask.root}/exhibits/{e.id}",
        }
        for e in REGISTRY
    ]
    body = {"version": content_version(catalogue), "licence": LICENCE, "exhibits": exhibits}
    return Made(json_bytes(body), ask.form)


def _known(ask: Ask) -> Exhibit:
    """The exhibit asked for.

    Raises:
        ApiError: 410 for an id of an earlier version, with those that replaced it; 404 for others.
    """
    exhibit_id = ask.at("id")
    titles = {e.id: e.title for e in REGISTRY}
    if now := RENAMED.get(exhibit_id):
        # Not a redirection: rows of a part would pass for rows of the whole.
        raise ApiError(
            410, "Replaced exhibit",
            f"{told(exhibit_id, stands=False)}. Ask for each at {ask.base}/exhibits/ and its id.",
            known=list(now),
        )  # fmt: skip
    if exhibit_id not in titles:
        raise no_such("exhibit", exhibit_id, titles, f"{ask.base}/exhibits")
    return REGISTRY[exhibit_id]


def exhibit_asked(catalogue: Catalogue, ask: Ask) -> tuple[Exhibit, Built, Holding, str]:
    """An exhibit as it is asked for, with what goes with its rows; and the stem of a name.

    Raises:
        ApiError: There is no such exhibit, or not under this id any more, or no such column to
            sort by.
    """
    exhibit = _known(ask)
    own = ask.selection.only(exhibit.responds_to)
    built = cache.built(exhibit.id, own)
    holding = of_exhibit(catalogue, exhibit, built, own, taken_on=ask.today, address=ask.base)
    holding = holding.with_rows(_sorted(catalogue, built.frame, ask.extra(SORT.name)))
    return exhibit, built, holding, file_name(exhibit.id, own, "x").removesuffix(".x")


def _exhibit(catalogue: Catalogue, ask: Ask) -> Made:
    exhibit, built, holding, stem = exhibit_asked(catalogue, ask)
    if ask.form.id in SHAPES:
        if not isinstance(built.figure, DeckMap):
            raise ApiError(
                406, "Not acceptable",
                f"The exhibit {exhibit.id} is not a map, so it has no shapes to give as "
                f"{ask.form.id}. Ask for its rows: format may be {', '.join(ROWS)}.",
                known=list(ROWS),
            )  # fmt: skip
        level: Any = ask.extra("level")
        write = geographic.to_geojson if ask.form.id == "geojson" else geographic.to_gpkg
        headers = paged_headers(EXHIBIT.path, ask, len(built.figure.areas))
        return Made(write(holding, level), ask.form, stem, headers)
    said = {
        "exhibit": exhibit.id,
        "title": exhibit.title,
        "question": exhibit.question,
        "alt": exhibit.alt,
        "reading": built.reading,
        "base": built.base,
        "notes": list(built.notes),
        "details": list(built.details),
        "caveats": [
            {"id": c, "label": CAVEATS[c].label, "sentence": CAVEATS[c].sentence}
            for c in built.caveats
        ],
        "empty": {"reason": built.empty.reason, "widen": built.empty.widen}
        if built.empty
        else None,
        "attribution": holding.attribution,
        **rows_head(catalogue, ask.selection, exhibit.responds_to, ask.today),
        "citations": [cited(c) for c in built.citations],
    }
    return rows_answer(holding, ask, EXHIBIT.path, stem, said)


def _citation(catalogue: Catalogue, ask: Ask) -> Made:
    exhibit = _known(ask)
    own = ask.selection.only(exhibit.responds_to)
    built = cache.built(exhibit.id, own)
    query = urlencode(own.to_params(), safe=",")
    link = f"{ask.base}/exhibits/{exhibit.id}{f'?{query}' if query else ''}"
    first = citing.of_exhibit(
        catalogue, exhibit.id, exhibit.title, own, accessed=ask.today, link=link
    )
    rest = [citing.of_source(catalogue, c.source_id, c.locators) for c in built.citations]
    text = STYLES[ask.form.id].write([first, *rest])
    return Made(text.encode("utf-8"), ask.form, f"citation-{exhibit.id}")


_ID = {"type": "string", "pattern": "^[a-z0-9_-]+$"}
NAME = Param("name", "Name of a table, as in /tables.", _ID, "outcomes")
EXHIBIT_ID = Param("id", "Id of an exhibit, as in /exhibits.", _ID, "footprint-map")
_LEVEL = Param(
    "level", "Detail of the shapes, for geojson and gpkg.",
    {"type": "string", "enum": ["coarse", "fine"]}, "coarse", "fine",
)  # fmt: skip

SORT = Param(
    "sort", "Column to sort by, with - before it for the largest first; empty cells are last.",
    {"type": "string", "pattern": "^-?[a-z0-9_]*$"}, "-value",
)  # fmt: skip

WHERE = Param(
    "where", "Conditions on cells, as the page Tables writes them: column:value, with commas "
    "between. Those of one column are alternatives; column:* is any value, column: none. A value "
    "alone is one more of the column before it.",
    {"type": "string"}, "status:achieved,evidence_grade:full",
)  # fmt: skip

TABLES: Final = Resource(
    "listTables", "/tables", "Every table",
    "Names, sizes, columns, keys and the filters that each table responds to.",
    ("json",), _tables,
)  # fmt: skip
TABLE: Final = Resource(
    "readTable", "/tables/{name}", "Rows of a table",
    "Rows in file order, or sorted, with the table's own columns; an empty cell means that the "
    "source does not state it. Filters that a table has no column for are named in "
    "`filters_without_effect`.",
    ROWS, _table, (NAME,), (WHERE, SORT, NOTES), filters=True, paged=True,
)  # fmt: skip
EXHIBITS: Final = Resource(
    "listExhibits", "/exhibits", "Every exhibit",
    "Ids, titles, questions and the filters that each exhibit responds to.",
    ("json",), _exhibits,
)  # fmt: skip
EXHIBIT: Final = Resource(
    "readExhibit", "/exhibits/{id}", "Data of an exhibit",
    "The rows drawn under the filters, or sorted, with reading, base, caveats and citations. Maps "
    "are also offered as geojson and gpkg: areas with values; these are whole and take no limit, "
    "offset or sort.",
    (*ROWS, *SHAPES), _exhibit, (EXHIBIT_ID,), (_LEVEL, SORT, NOTES), filters=True, paged=True,
)  # fmt: skip
CITATION: Final = Resource(
    "citeExhibit", "/exhibits/{id}/citation", "References to an exhibit and its sources",
    "The exhibit under its filters first, accessed today; then every source of its rows, accessed "
    "on the day on which the Atlas read it.",
    tuple(STYLES), _citation, (EXHIBIT_ID,), filters=True,
)  # fmt: skip
