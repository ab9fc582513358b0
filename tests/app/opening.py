"""Opens a page of the app through Streamlit's own test runner."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from components.ui.navigation import PageSpec

APP = str(Path(__file__).resolve().parents[2] / "app.py")


@cache
def _pages() -> dict[str, Any]:
    """The pages that the app registers when it runs, as the test runner keeps them."""
    return dict(AppTest.from_file(APP, default_timeout=60).run()._registered_pages)


def open_page(
    spec: PageSpec, params: Mapping[str, str | list[str]], state: Mapping[str, Any] | None = None
) -> AppTest:
    """The page after its first run at an address with these parameters, some several times.

    The session begins there, as by a link: the runner knows a page by its address only once it has
    run the app, so it is told of those that another session has registered. ``state`` is what the
    session holds before.
    """
    app = AppTest.from_file(APP, default_timeout=120)
    if spec.url_path:
        app._registered_pages = dict(_pages())
        app.switch_page(spec.script)
    for name, value in params.items():
        app.query_params[name] = value
    for name, value in (state or {}).items():
        app.session_state[name] = value
    return app.run()
