"""What is served: the pages of the Atlas, and the routes of its own beside them.

``streamlit run asgi.py`` (``make run`` does) or any ASGI server with ``asgi:app``.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from server import ROUTES
from server.headers import SecurityHeaders
from server.packed import PackedStatic
from server.sockets import answer_at_once
from server.uploads import keep_in_memory

keep_in_memory()

answer_at_once()
CLIENT = Path(st.__file__).parent / "static"

app = st.App(
    "app.py",
    routes=ROUTES,
    middleware=[
        Middleware(SecurityHeaders, page=CLIENT / "index.html"),
        Middleware(PackedStatic, folder=CLIENT),
    ],
)
