"""The printable brief of a collaborative or a system as a page to open and print."""

from __future__ import annotations

from datetime import date
from typing import Final, get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from components.export import brief
from components.ui import cache
from data import Catalogue
from data.memo import kept
from geo.errors import GeoError


@kept(200)
def _page(tables: Catalogue, kind: brief.Kind, key: str, vintage: str, day: date) -> str:
    return brief.page(brief.profile_of(tables, kind, key, vintage), day)


def _brief(request: Request) -> Response:
    """``GET /brief/{kind}/{key}?vintage=2026``: one A4 page of HTML that asks for nothing else.

    Starlette runs it in a thread of its own, so that writing a brief never holds up a page.
    """
    tables, _ = cache.shared()
    kind, key = request.path_params["kind"], request.path_params["key"]
    vintage = request.query_params.get("vintage", "")
    if kind not in get_args(brief.Kind):
        known = " or ".join(get_args(brief.Kind))
        return PlainTextResponse(f"Expected a brief of a {known}, found {kind!r}.", 404)
    try:
        text = _page(tables, kind, key, vintage, date.today())
    except (KeyError, ValueError, GeoError) as error:
        return PlainTextResponse(f"There is no such brief: {error.args[0]}.", 404)
    return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


ROUTES: Final[tuple[BaseRoute, ...]] = (Route("/brief/{kind}/{key}", _brief),)
