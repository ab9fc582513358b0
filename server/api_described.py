"""What the CSV of a table or an exhibit does not say itself: its metadata (W3C, CSV on the Web)."""

from __future__ import annotations

from typing import Final

from data import Catalogue
from server import api_rows
from server.api_answer import Made
from server.api_ask import Ask
from server.api_resource import Resource, described_answer

_WORDS = (
    "Title, filters in words, sources with the places in them, licence, day and version of the CSV "
    "of the same question, and what each of its columns holds: metadata as in “CSV on the Web” "
    "(W3C). The CSV names it in `Link`, as `describedby`."
)


def _table(catalogue: Catalogue, ask: Ask) -> Made:
    holding, stem = api_rows.table_asked(catalogue, ask)
    key = catalogue.schema.tables[holding.id].primary_key
    return described_answer(holding, ask, api_rows.TABLE.path, stem, key)


def _exhibit(catalogue: Catalogue, ask: Ask) -> Made:
    _, _, holding, stem = api_rows.exhibit_asked(catalogue, ask)
    return described_answer(holding, ask, api_rows.EXHIBIT.path, stem)


TABLE: Final = Resource(
    "describeTable", f"{api_rows.TABLE.path}/metadata", "What a table's CSV holds", _WORDS,
    ("csvw",), _table, (api_rows.NAME,), (api_rows.WHERE, api_rows.SORT), filters=True, paged=True,
)  # fmt: skip
EXHIBIT: Final = Resource(
    "describeExhibit", f"{api_rows.EXHIBIT.path}/metadata", "What an exhibit's CSV holds", _WORDS,
    ("csvw",), _exhibit, (api_rows.EXHIBIT_ID,), (api_rows.SORT,), filters=True, paged=True,
)  # fmt: skip
