"""What Streamlit sends with every run of a page, made smaller without changing what is read.

Both are about what is the same again: the frame of the page goes as a reference, as charts and
texts do, and a chart that was written as JSON once is not written again.
"""

from __future__ import annotations

from functools import wraps
from typing import Any, Final

import plotly.io
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils import script_run_context

from components.prepared import written
from components.theme import PreparedDict

FRAME: Final = frozenset({"navigation", "logo", "page_config_changed"})
"""Kinds of messages with which every run begins, the same ones for a page: 2.8 kB of 10."""

_POPULATE: Final = "populate_hash_if_needed"


def refer_to_frame() -> None:
    """Have the browser keep the menu, the logo and the title of a page, as it keeps elements.

    Streamlit lets elements alone be kept. Its browser keeps whatever is marked, and takes from a
    reference what goes with this run (``ForwardMessageCache`` in its client).
    """
    # What a context calls: the name that its module has of the function.
    populate = getattr(script_run_context, _POPULATE)

    @wraps(populate)
    def marked(msg: ForwardMsg) -> None:
        is_new = not msg.hash
        populate(msg)
        if is_new and msg.WhichOneof("type") in FRAME:
            msg.metadata.cacheable = True

    setattr(script_run_context, _POPULATE, marked)


def send_figures_as_kept() -> None:
    """Have ``st.plotly_chart`` send the JSON that a prepared figure has, instead of making it.

    Plotly's own writes every sign that is not a letter in six, for pages that have the text in
    a script. The Atlas's is read by ``JSON.parse``.
    """
    made = plotly.io.to_json

    @wraps(made)
    def to_json(fig: Any, *args: Any, **kwargs: Any) -> str:
        return written(fig) if isinstance(fig, PreparedDict) else str(made(fig, *args, **kwargs))

    plotly.io.to_json = to_json
