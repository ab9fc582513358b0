"""A server on this machine, as the Atlas is served: with what Streamlit puts around the routes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware

from server import ROUTES, api
from server.api_gate import First


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """Address of the routes, behind the same checks and packing as the whole Atlas."""
    around = [Middleware(First, routes=api.ROUTES), *create_streamlit_middleware()]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(
        Starlette(routes=ROUTES, middleware=around), port=port, log_level="critical"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@dataclass(frozen=True)
class Raw:
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


Send = Callable[..., Raw]


@pytest.fixture(scope="session")
def send(served: str) -> Send:
    """Send a request exactly as written: no client puts its target or headers right."""
    port = int(served.rpartition(":")[2])

    def sent(target: str, method: str = "GET", *headers: str) -> Raw:
        lines = [f"{method} {target} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
        with socket.create_connection(("127.0.0.1", port), timeout=120) as line:
            line.sendall("\r\n".join([*lines, *headers, "", ""]).encode("latin-1"))
            parts = []
            while part := line.recv(65536):
                parts.append(part)
        head, _, body = b"".join(parts).partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        named = (h.partition(":") for h in rest)
        return Raw(int(first.split()[1]), {n.lower(): v.strip() for n, _, v in named}, body)

    return sent
