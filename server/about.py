"""What this server serves, for whoever monitors it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from components.ui import cache


def _about(_: Request) -> Response:
    """``GET /about.json``: version of the tables, rows in each, and problems of newer files.

    Starlette runs it in a thread of its own, so that reading the tables never holds up a page.
    """
    tables, problems = cache.shared()
    body = {
        "version": tables.schema.version,
        "rows": {name: len(frame) for name, frame in tables.frames.items()},
        "problems": [str(problem) for problem in problems],
    }
    return JSONResponse(body, headers={"Cache-Control": "no-cache"})


ROUTES: Final[tuple[BaseRoute, ...]] = (Route("/about.json", _about),)
