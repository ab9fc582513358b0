"""A resource of the interface: declared once; routes and description are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from components.export.columnar import to_parquet
from components.export.columns import columns_of
from components.export.holding import LICENCE, Holding
from components.export.tabular import harmless
from components.export.workbook import to_xlsx
from data import Catalogue, Selection
from data.memo import kept
from data.package_zip import tables_digest
from server.api_answer import Made, json_bytes
from server.api_ask import Ask, next_links

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


def paged_headers(resource_path: str, ask: Ask, total: int) -> dict[str, str]:
    """``X-Total-Count`` and ``Link`` of a page of rows."""
    path = ask.root + resource_path.format(**dict(ask.path))
    extras = {name: value for name, value in ask.extras if value}
    params = {**ask.selection.to_params(), **extras, "format": ask.form.id}
    return {"X-Total-Count": str(total), "Link": next_links(path, params, ask, total)}


def rows_head(
    catalogue: Catalogue, selection: Selection, reached: frozenset[str]
) -> dict[str, Any]:
    """What JSON says before any rows: version, licence, and which filters did something.

    Args:
        catalogue: The tables.
        selection: The filters asked for.
        reached: Filters that these rows can be filtered by; others are named, never just ignored.
    """
    params = selection.to_params()
    return {
        "version": content_version(catalogue),
        "licence": LICENCE,
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
    if ask.form.id == "csv":
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
    shown = holding.with_rows(part)
    write = {"parquet": to_parquet, "xlsx": to_xlsx}[ask.form.id]
    return Made(write(shown), ask.form, name, headers)
