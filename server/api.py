"""The interface for programs, ``/api/v1``: routes made from the declared resources."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from components.ui import cache
from data import Catalogue, DataError
from data.memo import kept
from server import api_described, api_rows, api_whole
from server.api_answer import CORS, ApiError, Made, choose, json_bytes, problem, respond
from server.api_ask import DIMENSIONS, LIMIT, MOST, Ask, check_known, read_selection, read_whole
from server.api_openapi import document
from server.api_resource import ROOT, Resource, content_version
from server.api_words import cut
from server.root import Exact, Whole, root_of


def _describe(catalogue: Catalogue, ask: Ask) -> Made:
    described = document(catalogue, RESOURCES, content_version(catalogue), ask.base)
    return Made(json_bytes(described), ask.form)


_OPENAPI = Resource(
    "readOpenapi", "/openapi.json", "This description", "The interface as OpenAPI 3.1.",
    ("json", "openapi"), _describe,
)  # fmt: skip
RESOURCES: Final[tuple[Resource, ...]] = (
    api_whole.INDEX,
    api_whole.HEALTH,
    _OPENAPI,
    api_rows.TABLES,
    api_rows.TABLE,
    api_described.TABLE,
    api_rows.EXHIBITS,
    api_rows.EXHIBIT,
    api_described.EXHIBIT,
    api_rows.CITATION,
    api_whole.BOUNDARIES,
    api_whole.BOUNDARY,
    api_whole.SOURCES,
    api_whole.SOURCE,
    api_whole.SCHEMA,
    api_whole.PACKAGE,
)
"""Every resource, in the order of the description."""

_BY_ID = {resource.id: resource for resource in RESOURCES}
_METHODS = ["GET", "HEAD", "OPTIONS"]
METHODS = ", ".join(_METHODS)
_PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
# Answers are made one at a time: the pages share the same interpreter and come first.
_ONE = threading.Lock()


@kept(96)
def _made(catalogue: Catalogue, resource_id: str, ask: Ask) -> Made:
    with _ONE:
        made = _BY_ID[resource_id].make(catalogue, ask)
        # Packed and summed here too, so that a repeated question costs neither.
        _ = made.packed, made.etag
        return made


def _ask(catalogue: Catalogue, resource: Resource, request: Request) -> Ask:
    """Read the question, or say what is wrong with it."""
    extras = {p.name: p for p in resource.extras}
    allowed = (
        "format",
        *(DIMENSIONS if resource.filters else ()),
        *(("limit", "offset") if resource.paged else ()),
        *extras,
    )
    params = check_known(request, allowed)
    form = choose(request, resource.formats)
    whole = resource.paged and form.id in api_rows.SHAPES
    if whole and {"limit", "offset"} & set(params):
        raise ApiError(
            400,
            "Unknown parameter",
            f"Shapes are given whole as {form.id}, so limit and offset do not apply. Leave them "
            "out, or ask for the rows in another format.",
        )
    if params.get("notes") == "yes" and form.id != "csv":
        raise ApiError(
            400, "Bad parameter",
            f"The parameter notes is “yes”, which adds columns to csv; {form.id} holds the same "
            "beside its rows already. Leave it out, or ask for format=csv.",
        )  # fmt: skip
    for name, param in extras.items():
        values = param.schema.get("enum", ())
        if values and name in params and params[name] not in values:
            raise ApiError(
                400, "Bad parameter",
                f"The parameter {name} is {cut(params[name])}; it takes {' or '.join(values)}. "
                f"Without it, {param.default} is taken.",
                known=list(values),
            )  # fmt: skip
    return Ask(
        path=tuple((p.name, request.path_params[p.name]) for p in resource.params),
        selection=read_selection(catalogue, {d: params[d] for d in DIMENSIONS if d in params}),
        form=form,
        limit=read_whole(params, "limit", LIMIT, 1, MOST),
        offset=read_whole(params, "offset", 0, 0, 10**8),
        extras=tuple((n, params.get(n, p.default or "")) for n, p in extras.items()),
        base=f"{root_of(request)}{ROOT}",
        today=datetime.now(UTC).date().isoformat(),
    )


def _answer(resource: Resource, request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**CORS, **_PREFLIGHT})
    catalogue, _ = cache.shared()
    ask = _ask(catalogue, resource, request)
    if not resource.keeps:
        return respond(request, resource.make(catalogue, ask))
    return respond(request, _made(catalogue, resource.id, ask))


def _endpoint(resource: Resource) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a resource, run in a thread so that no page waits for it."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(functools.partial(_answer, resource, request))

    return endpoint


async def _wrong(request: Request, error: Exception) -> Response:
    """Every error as a problem."""
    path = request.url.path
    if isinstance(error, ApiError):
        return problem(error.status, error.title, error.detail, path, None, **error.more)
    if isinstance(error, DataError):
        return problem(
            503, "Tables cannot be read",
            "The tables of the Atlas are not valid at present. Ask again in a minute.", path,
            {"Retry-After": "60"},
        )  # fmt: skip
    if isinstance(error, HTTPException) and error.status_code == 405:
        detail = f"{request.method} is not offered, as the interface only reads. Use {METHODS}."
        return problem(405, "Method not allowed", detail, path, {"Allow": METHODS})
    if isinstance(error, HTTPException) and error.status_code == 404:
        described = f"{root_of(request)}{ROOT}/openapi.json"
        detail = f"There is nothing at {path[:80]}. {described} describes every address."
        return problem(404, "Not found", detail, path)
    if isinstance(error, HTTPException):
        return problem(error.status_code, "Cannot be answered", str(error.detail), path)
    logging.getLogger(__name__).error("%s %s failed", request.method, path, exc_info=error)
    return problem(
        500,
        "Error of the Atlas",
        "This is a fault of the Atlas, not of yours. Its keeper finds it in the log.",
        path,
    )


class _Alone:
    """An address outside the mounted application, which answers errors itself.

    Args:
        resource: What it gives, or ``None``: there is nothing.
    """

    def __init__(self, resource: Resource | None) -> None:
        self._resource = resource

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        request = Request(scope, receive)
        try:
            if self._resource is None:
                raise HTTPException(404)
            if request.method not in _METHODS:
                raise HTTPException(405)
            response = await _endpoint(self._resource)(request)
        except Exception as error:
            response = await _wrong(request, error)
        await response(scope, receive, send)


_APP = Starlette(
    routes=[
        Exact(r.path or "/", _endpoint(r), methods=_METHODS, name=r.id) for r in RESOURCES
    ],
    exception_handlers={
        ApiError: _wrong, DataError: _wrong, HTTPException: _wrong, Exception: _wrong,
    },
)  # fmt: skip
_APP.router.redirect_slashes = False
# No method is named here: which are offered is told as a problem too.
ROUTES: Final[tuple[BaseRoute, ...]] = (
    Exact(ROOT, _Alone(api_whole.INDEX), name="api"),
    Whole(ROOT, app=_APP, name="api-resources"),
    # Another version is asked for by programs, which cannot read a page.
    Exact(ROOT.rpartition("/")[0], _Alone(None), name="api-none"),
    Whole(ROOT.rpartition("/")[0], app=_Alone(None), name="api-nothing"),
)
