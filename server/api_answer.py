"""Answers of the interface: formats, bytes with their checksum, and problems (RFC 9457)."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

PROBLEM: Final = "application/problem+json"
# A minute: tables are corrected while the Atlas runs, and asking again costs a 304.
CACHE: Final = "public, max-age=60, must-revalidate"
CORS: Final = MappingProxyType(
    {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link, X-Total-Count, Content-Disposition",
        # Whoever embeds public data may; the pages' own policy is stricter.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
)
_SMALLEST_GZIP = 500


@dataclass(frozen=True)
class Format:
    """A form of an answer: id in ``?format=``, media type, ending of a file, whether it packs."""

    id: str
    mime: str
    ending: str
    packs: bool = True
    charset: bool = False

    @property
    def content_type(self) -> str:
        """The media type with its charset, where it is text."""
        return f"{self.mime}; charset=utf-8" if self.charset else self.mime


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        f.id: f
        for f in (
            Format("json", "application/json", "json"),
            Format("csv", "text/csv", "csv", charset=True),
            Format("parquet", "application/vnd.apache.parquet", "parquet", packs=False),
            Format("geojson", "application/geo+json", "geojson"),
            Format(
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
                packs=False,
            ),
            Format("gpkg", "application/geopackage+sqlite3", "gpkg"),
            Format("zip", "application/zip", "zip", packs=False),
            Format("plain", "text/plain", "txt", charset=True),
            Format("bibtex", "application/x-bibtex", "bib", charset=True),
            Format("ris", "application/x-research-info-systems", "ris", charset=True),
            Format("csl", "application/vnd.citationstyles.csl+json", "csl.json"),
            Format("csvw", "application/csvm+json", "csv-metadata.json"),
            Format("openapi", "application/vnd.oai.openapi+json", "json"),
        )
    }
)


class ApiError(Exception):
    """What goes wrong on the asking side; becomes a problem response.

    Args:
        status: HTTP status.
        title: What sort of problem, always the same words for the same sort.
        detail: What was found, what was expected and what to do.
        more: Further members of the problem.
    """

    def __init__(self, status: int, title: str, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status, self.title, self.detail, self.more = status, title, detail, more


@dataclass(frozen=True, eq=False)
class Made:
    """The bytes of an answer, made once and kept.

    Attributes:
        body: The bytes.
        form: Their format.
        name: Stem of a file name, or ``""`` for what is not a file.
        headers: Further headers.
    """

    body: bytes
    form: Format
    name: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str:
        """A checksum of the bytes: equal exactly when they are."""
        return hashlib.sha256(self.body).hexdigest()[:32]

    @cached_property
    def packed(self) -> bytes | None:
        """The bytes as gzip, without the moment of packing; ``None`` where it does not pay."""
        if not self.form.packs or len(self.body) < _SMALLEST_GZIP:
            return None
        return gzip.compress(self.body, 6, mtime=0)


def json_bytes(value: object) -> bytes:
    """A value as compact JSON; NaN is refused, since JSON has none."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def choose(request: Request, offered: Iterable[str]) -> Format:
    """The format asked for: ``?format=`` first, then ``Accept``, then the first one offered.

    Raises:
        ApiError: 400 for a ``format`` that is not offered here, 406 for an ``Accept`` of nothing
            that is.
    """
    forms = [FORMATS[f] for f in offered]
    names = ", ".join(f.id for f in forms)
    asked = request.query_params.get("format")
    if asked is not None:
        for form in forms:
            if form.id == asked:
                return form
        raise ApiError(
            400, "Unknown format",
            f"There is no format “{asked[:40]}” at this address. It offers {names}; without the "
            f"parameter, {forms[0].id} is given.",
            known=[f.id for f in forms],
        )  # fmt: skip
    best: tuple[float, int, Format] | None = None
    for place, form in enumerate(forms):
        # Without a word on it, anything will do.
        weight = _weight(request.headers.get("accept", "").strip() or "*/*", form.mime)
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, place, form)
    if best is None:
        raise ApiError(
            406, "Not acceptable",
            f"The header Accept asks for “{request.headers.get('accept', '')[:60]}”, of which "
            f"nothing is offered here. Ask for {', '.join(f.mime for f in forms)}, or by the "
            f"parameter format for {names}.",
            known=[f.mime for f in forms],
        )  # fmt: skip
    return best[2]


def _weight(accept: str, mime: str) -> float:
    """How much an ``Accept`` header wants a media type, from 0 to 1; the most specific one says."""
    found: tuple[int, float] = (-1, 0.0)
    for part in accept.split(","):
        wanted, *params = (p.strip().lower() for p in part.split(";"))
        specific = (
            2 if wanted == mime
            else 1 if wanted == f"{mime.split('/', maxsplit=1)[0]}/*"
            else 0 if wanted in {"*/*", "*"}
            else -1
        )  # fmt: skip
        if specific > found[0]:
            found = (specific, _quality(params))
    return found[1] if found[0] >= 0 else 0.0


def _quality(params: list[str]) -> float:
    for param in params:
        if param.startswith("q="):
            try:
                return min(1.0, max(0.0, float(param[2:])))
            except ValueError:
                return 0.0
    return 1.0


def _unpacks(accept: str) -> bool:
    """Whether an ``Accept-Encoding`` header takes gzip, by name and not refused."""
    codings = ([p.strip().lower() for p in part.split(";")] for part in accept.split(","))
    return any(name == "gzip" and _quality(params) > 0 for name, *params in codings)


def respond(request: Request, made: Made) -> Response:
    """The response: 304 where the asker has these bytes, packed where the asker unpacks."""
    packs = made.packed is not None and _unpacks(request.headers.get("accept-encoding", ""))
    # A strong ETag names bytes: the packed ones are others.
    etag = f'"{made.etag}-gzip"' if packs else f'"{made.etag}"'
    headers = {**CORS, "ETag": etag, "Cache-Control": CACHE, "Vary": "Accept, Accept-Encoding"}
    headers |= made.headers
    known = {tag.strip().removeprefix("W/") for tag in
             request.headers.get("if-none-match", "").split(",")}  # fmt: skip
    if known & {etag, "*"}:
        return Response(status_code=304, headers=headers)
    if made.name:
        headers["Content-Disposition"] = f'inline; filename="{made.name}.{made.form.ending}"'
    body = made.body
    if packs and made.packed is not None:
        body, headers["Content-Encoding"] = made.packed, "gzip"
    # Not `media_type`: Starlette would add a charset of its own.
    headers["Content-Type"] = made.form.content_type
    return Response(body, headers=headers)


def problem(
    status: int, title: str, detail: str, instance: str, headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:  # fmt: skip
    """A problem response."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail,
            "instance": instance, **more}  # fmt: skip
    return Response(
        json_bytes(body),
        status_code=status,
        headers={
            **CORS, "Cache-Control": "no-store", "Content-Type": PROBLEM, **(headers or {}),
        },
    )  # fmt: skip
