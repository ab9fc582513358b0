"""A chart as it is sent: the same picture, the same marks, in fewer letters."""

import json
from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import plotly.io
import pytest

from components import theme
from components.exhibits import REGISTRY, Built
from components.exhibits.picks import marks_of, name_of, read
from components.prepared import shortened, written, written_out
from data import Selection


@pytest.mark.parametrize("exhibit_id", [exhibit.id for exhibit in REGISTRY])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_sent_of_a_chart_is_the_chart(
    build: Callable[[str, Selection], Built], exhibit_id: str, name: str
) -> None:
    figure = build(exhibit_id, Selection()).figure
    if not isinstance(figure, go.Figure):
        pytest.skip("it has no chart")
    whole = theme.themed(figure, name)
    shared = whole.to_dict()
    assert isinstance(shared, theme.PreparedDict)
    sent = json.loads(written(shared))
    assert shared == theme.themed(figure, name).to_dict(), "what is shared is changed"
    plain = json.loads(plotly.io.to_json(go.Figure(whole), validate=False))
    for trace, before in zip(sent["data"], plain["data"], strict=True):
        assert _spread(trace, before) == before
    drawn = {trace.get("type", "scatter") for trace in sent["data"]}
    looks = plain["layout"]["template"].pop("data")
    assert sent["layout"]["template"].pop("data") == {k: v for k, v in looks.items() if k in drawn}
    assert sent["layout"] == plain["layout"]
    back = [mark for trace in sent["data"] for mark in trace.get("customdata", [])]
    marks = list(marks_of(figure))
    assert [read(mark) for mark in back] == [read(mark) for mark in marks]
    assert [name_of(mark) for mark in back] == [name_of(mark) for mark in marks]


def _spread(sent: Any, before: Any) -> Any:
    """A trace with what it says once said of each mark again, and its tokens written out."""
    if isinstance(before, dict) and isinstance(sent, dict):
        return {key: _spread(value, before.get(key)) for key, value in sent.items()}
    if isinstance(before, list) and isinstance(sent, str):
        return [sent] * len(before)
    if isinstance(before, list) and isinstance(sent, list):
        return [written_out(one) if isinstance(one, str) and "=" in one and one != was else one
                for one, was in zip(sent, before, strict=True)]  # fmt: skip
    return sent


def test_tokens_are_read_back_whatever_they_hold() -> None:
    for token in ("collaborative=wyaat;benefit=c", "row=outcomes/a-b", "mark=memberships of o",
                  "sector=acute", "", "collaborative=c=d"):  # fmt: skip
        assert written_out(shortened(token)) == token
        assert written_out(token) == token
