"""The address of the Atlas in links, and its routes below a path."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope

from components.public_url import base_path, public_root

_HOST: Final = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
_PREFIX: Final = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


def trusts_proxy() -> bool:
    """Whether ``TRUST_PROXY=1`` says that a proxy in front overwrites ``X-Forwarded-…``."""
    return os.environ.get("TRUST_PROXY", "").strip() == "1"


def root_of(request: Request) -> str:
    """The address of the Atlas for whoever asks, without a slash at its end.

    ``PUBLIC_URL`` wins. Else it is the address asked for; what ``X-Forwarded-Proto``, ``-Host`` and
    ``-Prefix`` say counts only where ``TRUST_PROXY=1`` is set, since anybody can send these headers
    to a server without a proxy that overwrites them.
    """
    told = public_root()
    if told:
        return told
    scheme, host, prefix = request.url.scheme, request.url.netloc, ""
    if trusts_proxy():
        # Of several the last: the nearest proxy wrote it.
        said = {
            name: request.headers.get(f"x-forwarded-{name}", "").split(",")[-1].strip()
            for name in ("proto", "host", "prefix")
        }
        scheme = said["proto"] if said["proto"] in {"http", "https"} else scheme
        host = said["host"] if _HOST.fullmatch(said["host"]) else host
        prefix = said["prefix"].rstrip("/") if _PREFIX.fullmatch(said["prefix"]) else ""
    return f"{scheme}://{host}{prefix}{base_path()}"


class Whole(Mount):
    """Everything below a path, also what has a line end in it."""

    def __init__(self, path: str, **more: Any) -> None:
        super().__init__(path, **more)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


class Exact(Route):
    """One address, and not the same with a line end behind it."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        super().__init__(path, endpoint, **more)
        self.path_regex = re.compile(self.path_regex.pattern.removesuffix("$") + r"\Z")


class Below(Whole):
    """Routes below a path; whatever is none of them is left to the routes that follow.

    A ``Mount`` would answer everything below its path, the pages of Streamlit included.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match where one of the routes does."""
        match, child = super().matches(scope)
        if match is Match.NONE:
            return match, child
        inner = {**scope, **child}
        if all(route.matches(inner)[0] is Match.NONE for route in self.routes or ()):
            return Match.NONE, {}
        return match, child


def below(path: str, routes: Sequence[BaseRoute]) -> tuple[BaseRoute, ...]:
    """Routes below a path as ``base_path`` gives it; as they are for the root."""
    return (Below(path, routes=routes, name="below"),) if path else tuple(routes)
