"""What is sent with every run: the frame as a reference, a chart as it was written once."""

import json

import plotly.graph_objects as go
import plotly.io
import pytest
from plotly.tools import return_figure_from_figure_or_data
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import forward_msg_cache
from streamlit.runtime.scriptrunner_utils import script_run_context

from components import theme
from components.prepared import written
from components.ui.sending import FRAME, refer_to_frame, send_figures_as_kept


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both change what Streamlit and Plotly do in the whole process."""
    populate = forward_msg_cache.populate_hash_if_needed
    monkeypatch.setattr(script_run_context, "populate_hash_if_needed", populate)
    monkeypatch.setattr(plotly.io, "to_json", plotly.io.to_json)


def _message(kind: str) -> ForwardMsg:
    message = ForwardMsg()
    if kind == "navigation":
        message.navigation.sections.append("Explore")
    elif kind == "logo":
        message.logo.image = "data:"
    elif kind == "page_config_changed":
        message.page_config_changed.title = "Atlas"
    else:
        message.page_info_changed.query_string = "sector=acute"
    return message


@pytest.mark.parametrize("kind", [*sorted(FRAME), "page_info_changed"])
def test_the_browser_may_keep_the_frame_and_nothing_that_says_where_it_is(kind: str) -> None:
    refer_to_frame()
    message = _message(kind)
    script_run_context.populate_hash_if_needed(message)  # type: ignore[attr-defined]
    assert message.hash
    assert message.metadata.cacheable == (kind in FRAME)


def test_a_prepared_figure_is_sent_as_it_was_written() -> None:
    send_figures_as_kept()
    figure = theme.themed(
        go.Figure(go.Bar(x=["a", "b"], y=[1, 2], hovertext=["<b>£4</b>"] * 2)), "dark"
    )
    sent = plotly.io.to_json(return_figure_from_figure_or_data(figure, True), validate=False)
    assert sent == written(theme.PreparedDict(figure.to_dict()))
    assert json.loads(sent)["data"][0]["hovertext"] == "<b>£4</b>"
    assert "<b>£4" in sent
    # Any other figure is written by Plotly, which makes it safe to stand in a page.
    assert "\\u003cb" in plotly.io.to_json(go.Figure(go.Bar(x=["<b>"])), validate=False)
