"""Where readers find the Atlas: the path below which it is served, and its public address.

Neither is read from what somebody sends. The path is Streamlit's ``server.baseUrlPath``, which
``asgi.py`` hands over once; the address is the setting ``PUBLIC_URL``.
"""

from __future__ import annotations

import os
import re
from typing import Final
from urllib.parse import urlsplit

_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]+)*")
_served = {"below": ""}


def serve_below(path: str | None) -> str:
    """Say once, when the server starts, below which path everything is served.

    Args:
        path: Such as ``atlas`` or ``/tools/atlas/``; empty for the root.

    Returns:
        The path as ``base_path`` gives it.

    Raises:
        ValueError: It is not a plain path.
    """
    plain = f"/{(path or '').strip('/')}".rstrip("/")
    if not _PATH.fullmatch(plain):
        raise ValueError(
            f"server.baseUrlPath is {path!r}; expected plain words with slashes between, such as "
            "atlas or tools/atlas"
        )
    _served["below"] = plain
    return plain


def base_path() -> str:
    """The path below which everything is served, such as ``/atlas``; ``""`` for the root."""
    return _served["below"]


def public_root() -> str:
    """The address that everybody uses, such as ``https://example.org/atlas``; ``""`` if not set.

    Raises:
        ValueError: ``PUBLIC_URL`` is not the address of a web page.
    """
    told = os.environ.get("PUBLIC_URL", "").strip().rstrip("/")
    parts = urlsplit(told)
    if told and not (
        parts.scheme in {"http", "https"}
        and parts.hostname
        and _PATH.fullmatch(parts.path)
        and not (parts.query or parts.fragment or parts.username)
    ):
        raise ValueError(
            f"PUBLIC_URL is {told!r}; expected an address such as https://example.org/atlas"
        )
    return told
