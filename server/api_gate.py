"""The interface answers its own addresses: before whatever else the server would do with them.

Streamlit's server refuses paths that look like places on a disk with a bare 400, and packs every
answer that the asker unpacks under the ``ETag`` of the unpacked one. The interface reads no file by
a path from outside (every part of its addresses is looked up among what there is), and packs its
answers itself, each under a tag of its own. So its requests go to it first.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send


class First:
    """Lets some routes answer before everything that comes after it.

    Args:
        app: What answers everything else.
        routes: Routes that answer first.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the first route that matches; pass everything else on."""
        for route in self._routes if scope["type"] == "http" else ():
            match, child = route.matches(scope)
            if match is not Match.NONE:
                await route.handle({**scope, **child}, receive, send)
                return
        await self._app(scope, receive, send)
