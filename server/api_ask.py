"""What somebody asks of the interface: filters, page and format, read from the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Final
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request

from data import Catalogue, Selection
from server.api_answer import ApiError, Format
from server.api_words import check_filters, cut, not_taken

DIMENSIONS: Final = tuple(field.name for field in fields(Selection))
LIMIT, MOST = 1000, 10_000
LONGEST_QUERY = 4000


@dataclass(frozen=True)
class Ask:
    """One question, in a form that is equal for equal questions.

    Attributes:
        path: Parameters in the path, by name.
        selection: The filters.
        form: The format chosen.
        limit: Rows at most.
        offset: Rows left out before them.
        extras: Further parameters, by name.
        base: Address of the interface as the asker wrote it, without a slash at the end.
        today: YYYY-MM-DD.
    """

    path: tuple[tuple[str, str], ...]
    selection: Selection
    form: Format
    limit: int
    offset: int
    extras: tuple[tuple[str, str], ...]
    base: str
    today: str

    @property
    def root(self) -> str:
        """The path of ``base``, such as ``/api/v1``: links begin with it."""
        return urlsplit(self.base).path

    def at(self, name: str) -> str:
        """A parameter of the path."""
        return dict(self.path)[name]

    def extra(self, name: str) -> str:
        """A further parameter."""
        return dict(self.extras)[name]


def _joined(request: Request) -> dict[str, str]:
    """Parameters; one that is given several times is one list."""
    found = request.query_params
    return {name: ",".join(found.getlist(name)) for name in dict.fromkeys(found)}


def check_known(request: Request, allowed: tuple[str, ...]) -> dict[str, str]:
    """The parameters of a request, all of which are known.

    Raises:
        ApiError: 414 for an address that is too long, 400 for an unknown or repeated parameter.
    """
    if len(request.url.query) > LONGEST_QUERY:
        raise ApiError(
            414, "Address too long", f"The part after “?” has {len(request.url.query)} characters; "
            f"at most {LONGEST_QUERY} are read. Ask for fewer values at a time.",
        )  # fmt: skip
    params = _joined(request)
    unknown = [name for name in params if name not in allowed]
    if unknown:
        raise not_taken(unknown, allowed, DIMENSIONS)
    return params


def read_selection(tables: Catalogue, params: Mapping[str, str]) -> Selection:
    """The filters, written as the address of a page writes them.

    Raises:
        ApiError: 400 for any value that does not exist, with those that do.
    """
    check_filters(tables, params)
    selection, _ = Selection.from_params(params, tables.known_values)
    return selection


def read_whole(params: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number among the parameters.

    Raises:
        ApiError: 400 where it is none or out of range.
    """
    raw = params.get(name)
    if raw is None:
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) < 10 and least <= int(raw) <= most):
        raise ApiError(
            400, "Bad parameter",
            f"The parameter {name} is {cut(raw)}; it takes a whole number from {least} to {most}. "
            f"Without it, {default} is taken.",
        )  # fmt: skip
    return int(raw)


def next_links(request_path: str, params: Mapping[str, str], ask: Ask, total: int) -> str:
    """The ``Link`` header: first, prev, next and last page, and the interface's description."""

    def page(offset: int) -> str:
        query = {k: v for k, v in params.items() if k not in {"limit", "offset"}}
        query |= {"limit": str(ask.limit), "offset": str(offset)}
        return f"<{request_path}?{urlencode(query, safe=',')}>"

    link = partial('{}; rel="{}"'.format)
    parts = [link(f"<{ask.root}/openapi.json>", "service-desc")]
    if total > ask.limit or ask.offset:
        last = max(0, (total - 1) // ask.limit * ask.limit)
        parts.append(link(page(0), "first"))
        if ask.offset:
            # From beyond the end, back to the last page that has rows.
            parts.append(link(page(max(0, min(ask.offset - ask.limit, last))), "prev"))
        if ask.offset + ask.limit < total:
            parts.append(link(page(ask.offset + ask.limit), "next"))
        parts.append(link(page(last), "last"))
    return ", ".join(parts)
