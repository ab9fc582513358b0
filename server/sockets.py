"""Answers leave at once instead of waiting for the acknowledgement of the one before.

asyncio turns Nagle's algorithm off only for sockets that were opened with the protocol named;
Streamlit opens its listening socket without. Head and body of an answer are two writes, so the body
of a small answer waited about 40 ms for the browser's delayed acknowledgement, and so did every
message of a page that follows another.
"""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path
from typing import Final

_OPEN: Final = Path("/dev/fd")


def answer_at_once() -> int:
    """Turn Nagle's algorithm off on every TCP socket of this process that listens.

    Connections that are accepted from then on inherit it. To be called once the server has bound
    its port, which it has when it loads the application.

    Returns:
        The number of sockets.
    """
    found = 0
    descriptors = [int(path.name) for path in _OPEN.iterdir()] if _OPEN.is_dir() else []
    for descriptor in descriptors:
        # A descriptor may be no socket, or be gone by now.
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as one:
            listens = one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            if listens and one.family in {socket.AF_INET, socket.AF_INET6}:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                found += 1
    return found
