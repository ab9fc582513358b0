"""What is served: the pages of the Atlas, and the routes of its own beside them.

``streamlit run asgi.py`` (``make run`` does) or any ASGI server with ``asgi:app``.
"""

import streamlit as st

from server import ROUTES

app = st.App("app.py", routes=ROUTES)
