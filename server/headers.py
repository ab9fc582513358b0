"""Headers that keep a browser to what the Atlas needs: nothing from elsewhere, nothing inline."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def inline_hashes(page: str) -> tuple[str, ...]:
    """Checksums of the scripts written into a page, as a policy names them."""
    scripts = _INLINE.findall(_COMMENT.sub("", page))
    sums = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    return tuple(f"'sha256-{base64.b64encode(s).decode('ascii')}'" for s in sums)


def policy(hashes: tuple[str, ...] = ()) -> str:
    """The Content-Security-Policy.

    Args:
        hashes: Checksums of inline scripts that may run (Streamlit's page has one).

    Returns:
        A policy without ``unsafe-eval``; WebAssembly may run, since deck.gl's loaders do. Styles
        may be inline, because Streamlit and Plotly write them so; pictures and workers may be made
        in the browser (``blob:``), as deck.gl and downloads do.
    """
    parts = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", "'wasm-unsafe-eval'", *hashes)),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "media-src": "'self' blob:",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


class SecurityHeaders:
    """Adds the headers to every answer that does not have them already.

    Args:
        app: What answers.
        page: The page of the web client, whose inline scripts may run.
    """

    def __init__(self, app: ASGIApp, page: Path) -> None:
        self._app = app
        own = policy(inline_hashes(page.read_text(encoding="utf-8")))
        self._headers = {"Content-Security-Policy": own, **FIXED}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; websockets pass."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
