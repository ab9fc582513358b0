"""Streamlit's own scripts and styles, packed once and served from memory.

Streamlit serves them as they are, since packing at every request would cost more than it saves.
Here each file is packed at its first request and kept: the names carry a checksum, so a file never
changes while the process lives.
"""

from __future__ import annotations

import gzip
import mimetypes
import threading
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX: Final = "/static/"
ENDINGS: Final = frozenset({".js", ".css", ".svg", ".json", ".txt", ".wasm"})
CACHE: Final = "public, immutable, max-age=31536000"
_SMALLEST = 1000


class PackedStatic:
    """Answers requests for the web client's files with gzip, where the browser unpacks it.

    Args:
        app: What answers everything else.
        folder: The web client; the files are in its folder ``static``.
        below: The path below which it is served, such as ``/atlas``; ``""`` for the root.
    """

    def __init__(self, app: ASGIApp, folder: Path, below: str = "") -> None:
        self._app = app
        root = folder / PREFIX.strip("/")
        # Only what is listed here is ever read: no path from outside becomes a file name.
        self._files = {
            below + PREFIX + path.relative_to(root).as_posix(): path
            for path in root.rglob("*")
            if path.suffix in ENDINGS and path.stat().st_size >= _SMALLEST
        }
        self._packed: dict[str, bytes] = {}
        self._one = threading.Lock()

    def _bytes(self, name: str) -> bytes:
        with self._one:  # one file at a time: packing must not take both cores from the pages
            if name not in self._packed:
                self._packed[name] = gzip.compress(self._files[name].read_bytes(), 6, mtime=0)
            return self._packed[name]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a file that is known; pass everything else on."""
        wanted = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        name = scope["path"] if wanted else ""
        if name not in self._files or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, send)
            return
        body = self._packed.get(name) or await run_in_threadpool(self._bytes, name)
        headers = {
            "Content-Encoding": "gzip",
            "Cache-Control": CACHE,
            "Vary": "Accept-Encoding",
            "Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream",
        }
        await Response(body, headers=headers)(scope, receive, send)


class PackedPage:
    """A page that many ask for, packed once.

    Args:
        page: HTML.
    """

    def __init__(self, page: str) -> None:
        self._plain = page.encode("utf-8")
        self._packed = gzip.compress(self._plain, 6, mtime=0)

    def answer(self, request: Request, cache: str) -> Response:
        """The page, packed where the browser unpacks it.

        Args:
            request: What was asked.
            cache: How long it may be kept, as ``Cache-Control`` says it.
        """
        headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
        body = self._plain
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"], body = "gzip", self._packed
        return Response(body, headers=headers, media_type="text/html")
