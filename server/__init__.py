"""Routes of the Atlas's own, served by the same process as its pages.

A route module (``server/<name>.py``) exposes ``ROUTES``; it is listed here once. It takes the
catalogue that every session shares from ``components.ui.cache`` and draws nothing itself.
"""

from starlette.routing import BaseRoute

from server import about, api, briefs, present

ROUTES: tuple[BaseRoute, ...] = (
    *about.ROUTES, *briefs.ROUTES, *present.ROUTES, *api.ROUTES,
)  # fmt: skip

__all__ = ["ROUTES"]
