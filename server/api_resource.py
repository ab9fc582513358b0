"""A resource of the interface: declared once; routes and description are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd

from components.export.columnar import to_parquet
from components.export.columns import columns_of
from components.export.csvw import to_csvw
from components.export.holding import LICENCE, LICENCE_URL, Holding
from components.export.signed import to_signed_csv
from components.export.tabular import harmless
from components.export.workbook import to_xlsx
from data import Catalogue, Selection
from data.memo import kept
from data.package_zip import tables_digest
from server.api_answer import FORMATS, Made, json_bytes
from server.api_ask import LIMIT, Ask, next_links

ROOT = "/api/v1"


@dataclass(frozen=True)
class Param:
    """A parameter in the path or the query.

    Attributes:
        name: Its name.
        summary: What it says.
        schema: Its JSON schema.
        example: A value that exists.
        default: Taken when it is not given; ``None`` for one in the path.
    """

    name: str
    summary: str
    schema: Mapping[str, Any]
    example: str
    default: str | None = None


@dataclass(frozen=True)
class Resource:
    """One kind of address.

    Attributes:
        id: Its name, unique: the operation id of the description.
        path: Below ``ROOT``, with parameters in braces.
        summary: A few words.
        description: Sentences.
        formats: Ids of the formats, the one given without being asked for first.
        make: Makes the answer.
        params: Parameters in the path.
        extras: Further parameters in the query.
        filters: Whether it takes the filters of the pages.
        paged: Whether it takes ``limit`` and ``offset``.
        keeps: Whether the answer stays the same for as long as the tables do.
    """

    id: str
    path: str
    summary: str
    description: str
    formats: tuple[str, ...]
    make: Callable[[Catalogue, Ask], Made]
    params: tuple[Param, ...] = ()
    extras: tuple[Param, ...] = field(default=())
    filters: bool = False
    paged: bool = False
    keeps: bool = True


NOTES: Final = Param(
    "notes", "yes adds to each row of csv its source in words, the filters, the day and the "
    "licence, as in the CSV files of the pages; csv alone.",
    {"type": "string", "enum": ["no", "yes"]}, "yes", "no",
)  # fmt: skip


@kept(1)
def content_version(catalogue: Catalogue) -> str:
    """Version of the tables and the first digits of their checksum, such as ``0.2.0+1a2b3c4d``."""
    return f"{catalogue.schema.version}+{tables_digest(catalogue)[:12]}"


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON takes them: missing values are ``null``, numbers are numbers."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]


def plain_csv(frame: pd.DataFrame) -> bytes:
    """Rows as programs read CSV: UTF-8 without a mark, lines ending in a line feed.

    Text that a spreadsheet would run is neutralised here too: a browser hands such an answer to
    one. JSON and Parquet carry text unchanged.
    """
    return harmless(frame).to_csv(index=False, lineterminator="\n").encode("utf-8")


def page_of(frame: pd.DataFrame, ask: Ask) -> pd.DataFrame:
    """The rows asked for."""
    return frame.iloc[ask.offset : ask.offset + ask.limit]


def _link(address: str, rel: str, mime: str = "") -> str:
    """One link of a ``Link`` header."""
    return f'<{address}>; rel="{rel}"' + (f'; type="{mime}"' if mime else "")


def _asked(ask: Ask) -> dict[str, str]:
    """The question as parameters, but for the page of rows and what goes without saying."""
    extras = {n: v for n, v in ask.extras if v and (n, v) != (NOTES.name, NOTES.default)}
    return {**ask.selection.to_params(), **extras}


def _of_rows(ask: Ask) -> dict[str, str]:
    """What of the question leaves or orders rows, as parameters."""
    order = {n: v for n, v in ask.extras if n in {"where", "sort"} and v}
    return {**ask.selection.to_params(), **order, **_page(ask)}


def _query(params: Mapping[str, str]) -> str:
    return f"?{urlencode(params, safe=',')}" if params else ""


def _page(ask: Ask) -> dict[str, str]:
    """The page of rows as parameters, where it is not the first of the usual size."""
    limit = {"limit": str(ask.limit)} if ask.limit != LIMIT else {}
    return limit | ({"offset": str(ask.offset)} if ask.offset else {})


def paged_headers(resource_path: str, ask: Ask, total: int) -> dict[str, str]:
    """``X-Total-Count`` and ``Link`` (pages, licence) of a page of rows."""
    path = ask.root + resource_path.format(**dict(ask.path))
    links = next_links(path, {**_asked(ask), "format": ask.form.id}, ask, total)
    return {"X-Total-Count": str(total), "Link": f"{links}, {_link(LICENCE_URL, 'license')}"}


def rows_head(
    catalogue: Catalogue, selection: Selection, reached: frozenset[str], today: str
) -> dict[str, Any]:
    """What JSON says before any rows: version, licence, day, and which filters did something.

    Args:
        catalogue: The tables.
        selection: The filters asked for.
        reached: Filters that these rows can be filtered by; others are named, never just ignored.
        today: The day on which they are given, YYYY-MM-DD.
    """
    params = selection.to_params()
    return {
        "version": content_version(catalogue),
        "licence": LICENCE,
        "taken_on": today,
        "filters": {d: v for d, v in params.items() if d in reached},
        "filters_without_effect": [d for d in params if d not in reached],
    }


def rows_answer(holding: Holding, ask: Ask, path: str, name: str, words: Mapping[str, Any]) -> Made:
    """A page of rows in the format asked for.

    Args:
        holding: All rows.
        ask: The question.
        path: Path of the resource.
        name: Stem of a file name.
        words: What JSON says beside the rows.
    """
    total = len(holding.frame)
    headers = paged_headers(path, ask, total)
    part = page_of(holding.frame, ask)
    shown = holding.with_rows(part)
    if ask.form.id == "csv":
        if ask.extra(NOTES.name) == "yes":
            return Made(to_signed_csv(shown), ask.form, name, headers)
        # A reader of CSV in lines takes no notes before the header: they lie at an address.
        if ask.path:
            where = ask.root + path.format(**dict(ask.path)) + "/metadata"
            where += _query(_of_rows(ask))
            headers["Link"] += f", {_link(where, 'describedby', FORMATS['csvw'].mime)}"
        return Made(plain_csv(part), ask.form, name, headers)
    if ask.form.id == "json":
        body = {
            **words,
            "total": total,
            "limit": ask.limit,
            "offset": ask.offset,
            "columns": columns_of(part),
            "rows": records(part),
        }
        return Made(json_bytes(body), ask.form, "", headers)
    write = {"parquet": to_parquet, "xlsx": to_xlsx}[ask.form.id]
    return Made(write(shown), ask.form, name, headers)


def described_answer(
    holding: Holding, ask: Ask, path: str, name: str, key: tuple[str, ...] = ()
) -> Made:
    """What the CSV of a page of rows does not say itself, as CSVW metadata.

    Args:
        holding: All rows.
        ask: The question.
        path: Path of the resource whose CSV it describes.
        name: Stem of a file name.
        key: Columns that tell rows apart.
    """
    rows_at = f"{ask.base}{path.format(**dict(ask.path))}"
    rows_at += _query({"format": "csv", **_of_rows(ask)})
    headers = paged_headers(f"{path}/metadata", ask, len(holding.frame))
    body = to_csvw(holding.with_rows(page_of(holding.frame, ask)), rows_at, key)
    return Made(json_bytes(body), ask.form, name, headers)
