"""A script in the head of the page, for what a reader does before the page is there.

Streamlit's page is an empty shell; scripts of the Atlas's own come with the first run. Keys that
are pressed before would be lost, so the one that opens the search is listened to from the start.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT: Final = '<script async src="./live/assets/search.js"></script>'
"""Beside the page, as Streamlit's own files are: it is right below any path."""
_BEFORE: Final = "<script"
_CONDITIONS: Final = frozenset({b"if-none-match", b"if-modified-since"})


def with_script(page: str) -> str:
    """Streamlit's page with the script before the others in its head.

    Raises:
        ValueError: The page has no script, so it is not Streamlit's.
    """
    at = page.index(_BEFORE)
    return f"{page[:at]}{SCRIPT}\n    {page[at:]}"


class EarlyScript:
    """Answers with the script in Streamlit's page, wherever the page is answered.

    Args:
        app: What answers.
        page: The page of the web client.
    """

    def __init__(self, app: ASGIApp, page: Path) -> None:
        self._app = app
        self._plain = page.read_bytes()
        self._page = with_script(self._plain.decode("utf-8")).encode("utf-8")
        self._tag = f'"{hashlib.sha256(self._page).hexdigest()[:32]}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; all that is not the page passes."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        if "text/html" in Headers(scope=scope).get("accept", ""):
            # The page that the browser has may be the one without the script.
            kept = [(k, v) for k, v in scope["headers"] if k.lower() not in _CONDITIONS]
            scope = {**scope, "headers": kept}
        start: Message | None = None
        parts: list[bytes] = []

        async def with_page(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and self._may_be_page(message):
                start = message
                return
            if start is None:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            if body == self._plain:
                body = self._page
                headers = MutableHeaders(scope=start)
                headers["Content-Length"], headers["ETag"] = str(len(body)), self._tag
                for name in ("Last-Modified", "Accept-Ranges"):
                    del headers[name]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, with_page)

    def _may_be_page(self, message: Message) -> bool:
        headers = Headers(scope=message)
        is_html = headers.get("content-type", "").startswith("text/html")
        return is_html and headers.get("content-length") == str(len(self._plain))
