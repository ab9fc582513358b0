"""A copied link opens every control as it was: each is changed, and the address opened anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
import streamlit as st
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.testing.v1 import AppTest

from components.ui import filters, opening
from components.ui.navigation import PAGES, PageSpec, page
from components.ui.parts import PARTS
from tests.app.opening import open_page

KINDS: Final = ("selectbox", "multiselect", "button_group", "toggle", "checkbox", "text_input",
                "text_area", "number_input")  # fmt: skip
NOT_STATE: Final = {
    "map-search": "what was found is: a filter, where the map looks, the district",
    "map-zoom": "an action: where the map looks is",
    "place-name": "a name is never put into an address",
    "note-": "notes are the reader's own words",
    "own-title": "goes with the file, which is never in an address",
    "own-when": "goes with the file",
    "own-population": "goes with the file",
    "own-responses": "goes with the file",
}
"""Beginning of the key of a control that a link does not carry -> why."""
FILTERS: Final = ("filter-", "map-vintage", "pick-")
"""Beginnings of keys of the controls of filters: the same on every page, changed on some."""
STATES: Final[list[tuple[str, dict[str, str]]]] = [
    *((spec.url_path, {}) for spec in PAGES),
    *((path, {"part": part.id}) for path, parts in PARTS.items() for part in parts[1:]),
    ("", {"show": "systems-hexmap.take"}),
    ("", {"show": "systems-hexmap.notes"}),
    ("footprints", {"form": "hexagons", "view": "benefits"}),
    ("systems", {"system": "E54000054"}),
    ("collaboratives", {"id": "wyaat"}),
    ("compare", {"compare": "systems"}),
    ("compare", {"systems": "E54000054,E54000057"}),
    ("side-by-side", {"exhibit": "challenges", "b.sector": "acute"}),
    ("benefits", {"part": "who", "cell": "wyaat:efficiency_and_scale"}),
    ("tables", {"as": "groups", "by": "benefit", "measure": "sum"}),
    ("row", {"row": "collaboratives/wyaat"}),
    ("present", {"told": "your-system.sector.acute"}),
]
"""(Page, parameters) from which the controls are changed: among them all show each control."""


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


def controls(app: AppTest) -> dict[str, Any]:
    """The controls that are state, by their keys."""
    every: list[Any] = [widget for kind in KINDS for widget in app.get(kind)]
    assert [w.label for w in every if not w.key] == [], "a control without a key"
    return {w.key: w for w in every if not str(w.key).startswith(tuple(NOT_STATE))}


def opened(app: AppTest, spec: PageSpec) -> dict[str, bool]:
    """What can be opened on a page -> whether it is."""
    keys = (n if n in opening.EVERYWHERE else f"open-{n}" for n in opening.options(spec.url_path))
    return {key: bool(app.session_state[key]) for key in keys}


def change(app: AppTest, widget: Any) -> None:
    """Give a control another value, as a reader would."""
    if widget.type in {"toggle", "checkbox"}:
        widget.set_value(not widget.value)
    elif widget.type in {"text_input", "text_area"}:
        widget.set_value("care")
    elif widget.type == "number_input":
        widget.set_value((widget.value or 0) + 1)
    else:
        now = set(getattr(widget, "indices", None) or [getattr(widget, "index", None)])
        fit = [o for n, o in enumerate(widget.options) if n not in now and not o.endswith("(0)")]
        if fit:
            # An answer is the words of an option; what stands behind them only the script knows.
            app.session_state[TESTING_KEY][widget.id] = str
            many = widget.type == "multiselect" or (
                widget.type == "button_group" and not widget._is_single_select
            )
            widget.set_value(fit[:1] if many else fit[0])


def carried(app: AppTest, spec: PageSpec) -> dict[str, tuple[Any, Any]]:
    """Controls that are not as they were where the address is opened anew: key -> both values."""
    assert [e.message for e in app.exception] == []
    other = open_page(spec, dict(app.query_params))
    assert [w.value for w in other.warning if w.value.startswith("Part of this link")] == []
    here = {k: w.value for k, w in controls(app).items()} | opened(app, spec)
    there = {k: w.value for k, w in controls(other).items()} | opened(other, spec)
    return {k: (v, there.get(k)) for k, v in here.items() if there.get(k) != v}


@pytest.mark.parametrize(("path", "params"), STATES, ids=lambda s: str(s) or "overview")
def test_a_copied_link_opens_every_control_as_it_was(path: str, params: Mapping[str, str]) -> None:
    spec = page(path)
    app = open_page(spec, params)
    changed = {k: w for k, w in controls(app).items() if not k.startswith(FILTERS)}
    before = {k: w.value for k, w in changed.items()}
    for widget in changed.values():
        change(app, widget)
    for key in opened(app, spec):
        app.session_state[key] = True
    app.run()
    assert carried(app, spec) == {}
    # What another change took off the page is changed by itself.
    after = {k: w.value for k, w in controls(app).items()}
    for key in (k for k, value in before.items() if after.get(k, value) == value):
        alone = open_page(spec, params)
        change(alone, controls(alone)[key])
        alone.run()
        assert carried(alone, spec) == {}, key


def test_a_copied_link_opens_every_filter_as_it_was() -> None:
    seen: set[str] = set()
    for path in ("", "benefits", "systems", "footprints"):
        spec, params = page(path), {"open": "more-filters"}
        if not path:
            params["show"] = "systems-hexmap.list"
        found = [k for k in controls(open_page(spec, params)) if k.startswith(FILTERS)]
        picks = [k for k in found if k.startswith("pick-")]
        for keys in ({*found} - {*picks}, picks[:1]):
            app = open_page(spec, params)
            for key in keys:
                change(app, controls(app)[key])
            app.run()
            assert carried(app, spec) == {}, (path, keys)
            said = {k.removeprefix("filter-") for k in keys if k.startswith("filter-")}
            assert said <= set(app.query_params), path
        seen.update(found)
    assert {f"filter-{name}" for name in (*filters.FILTERS, "q")} <= seen
    assert {"map-vintage"} < seen
