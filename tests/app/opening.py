"""Opens a page of the app through Streamlit's own test runner."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.ui.navigation import PageSpec

APP = str(Path(__file__).resolve().parents[2] / "app.py")


def open_page(spec: PageSpec, params: Mapping[str, str | list[str]]) -> AppTest:
    """The page after its first run at an address with these parameters, some several times."""
    app = AppTest.from_file(APP, default_timeout=60)
    if spec.url_path:
        app.run()
        app.switch_page(spec.script)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()
