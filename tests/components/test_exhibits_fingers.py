"""A chart as a phone draws it: its key is larger, and says and does the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import plotly.graph_objects as go
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.fingers import for_finger
from components.exhibits.picks import entries_of
from data import Selection

Build = Callable[[str, Selection], Built]


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_a_key_that_filters_has_lines_of_24_pixels_and_the_same_entries(
    build: Build, exhibit_id: str
) -> None:
    figure = build(exhibit_id, Selection()).figure
    if not isinstance(figure, go.Figure):
        return
    before, drawn = figure.to_json(), for_finger(figure)
    assert figure.to_json() == before, "the shared figure was changed"
    if not any(entries_of(figure).values()):
        assert drawn is figure
        return
    # Plotly: a line is 1.3 times as high as its letters, an entry three pixels more.
    assert drawn.layout.legend.font.size * 1.3 + 3 >= 24
    plain = {re.sub("<[^>]+>", "", name): what for name, what in entries_of(drawn).items()}
    assert plain == entries_of(figure)
    assert 0 <= drawn.layout.height - figure.layout.height <= 3 * len(plain)
