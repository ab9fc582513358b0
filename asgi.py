"""What is served: the pages of the Atlas, and the routes of its own beside them.

``streamlit run asgi.py`` (``make run`` does) or any ASGI server with ``asgi:app``.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.public_url import public_root, serve_below
from components.ui.sending import refer_to_frame, send_figures_as_kept
from server import ROUTES, api
from server.ahead import working_ahead
from server.api_gate import First
from server.early import EarlyScript
from server.headers import SecurityHeaders
from server.packed import PackedStatic
from server.root import below
from server.sockets import answer_at_once
from server.uploads import keep_in_memory

keep_in_memory()
refer_to_frame()
send_figures_as_kept()
answer_at_once()
CLIENT = Path(st.__file__).parent / "static"
BELOW = serve_below(st.get_option("server.baseUrlPath"))
# A wrong setting is to be told when the server starts, not with the first link.
public_root()

app = st.App(
    "app.py",
    routes=below(BELOW, ROUTES),
    lifespan=working_ahead,
    middleware=[
        Middleware(SecurityHeaders, page=CLIENT / "index.html"),
        Middleware(First, routes=below(BELOW, api.ROUTES)),
        Middleware(EarlyScript, page=CLIENT / "index.html"),
        Middleware(PackedStatic, folder=CLIENT, below=BELOW),
    ],
)
