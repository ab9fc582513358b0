"""Routes of the Atlas's own, served by the same process as its pages.

A route module (``server/<name>.py``) exposes ``ROUTES``; it is listed here once. It takes the
catalogue that every session shares from ``components.ui.cache`` and draws nothing itself.
"""

from starlette.routing import BaseRoute

from server import about, api, present

ROUTES: tuple[BaseRoute, ...] = (*about.ROUTES, *present.ROUTES, *api.ROUTES)

__all__ = ["ROUTES"]
