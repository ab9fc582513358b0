"""Whoever clicks while a page is still drawn cuts that run short, and loses nothing by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.ui import address
from components.ui.navigation import page
from tests.app.opening import open_page
from tests.app.test_app_copied import STATES, change, controls

SAID: Final[list[tuple[str, dict[str, str]]]] = [
    *((path, params) for path, params in STATES if params),
    ("", {"sector": "acute", "show": "systems-hexmap.list", "open": "more-filters"}),
    ("benefits", {"sector": "acute", "benefit": "efficiency_and_scale", "part": "who"}),
    ("delegation", {"mark": "challenges:sector=acute", "open": "method"}),
    ("footprints", {"look": "E40000003", "view": "benefits"}),
    ("dictionary", {"find": "base", "of": "outcomes"}),
]
"""(Page, parameters) of which a control may be changed before the address has been taken over."""


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def opened(path: str, params: Mapping[str, str], cut: pytest.MonkeyPatch | None) -> AppTest:
    """A page after its first run, which does not come to its end where it is cut short."""
    if cut is None:
        return open_page(page(path), params)
    app = AppTest.from_file(open_page.__globals__["APP"], default_timeout=60)
    spec = page(path)
    if spec.url_path:
        app.run()
        app.switch_page(spec.script)
    app.query_params.update(params)
    with cut.context() as patch:
        patch.setattr(address, "commit", st.stop)
        app.run()
    return app


def after(app: AppTest) -> dict[str, Any]:
    """What the address and the controls say once every control has been given another value."""
    for widget in controls(app).values():
        change(app, widget)
    app.run()
    assert [e.message for e in app.exception] == []
    said = {name: app.query_params[name] for name in app.query_params if name != address.PAGE}
    return said | {f"control {key}": w.value for key, w in controls(app).items()}


@pytest.mark.parametrize(("path", "params"), SAID, ids=lambda s: str(s) or "overview")
def test_what_is_changed_before_a_page_is_whole_is_changed(
    path: str, params: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert after(opened(path, params, monkeypatch)) == after(opened(path, params, None))
