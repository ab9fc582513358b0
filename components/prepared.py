"""A figure as it is sent to a browser: the same picture in fewer letters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from plotly.utils import PlotlyJSONEncoder

from components.theme import PreparedDict

_SAME: Final = ("hovertext", "text", "textposition")
"""What a trace may say once for all of its marks."""
_OF_MARKS: Final = ("color", "symbol")
"""The same for its markers, where these are names: a number is a place on a scale of colours."""


_LETTERS: Final = {
    "collaborative": "c", "organisation": "o", "benefit": "b", "icb": "i", "row": "r", "mark": "m",
}  # fmt: skip
"""Names in the tokens of marks (``components.exhibits.picks``) that are sent as one letter: a chart
of lines has hundreds of tokens."""
_NAMES: Final = {letter: name for name, letter in _LETTERS.items()}


def written(figure: PreparedDict) -> str:
    """A figure as JSON, written once. Letters stand as they are: it is not to be put into a page.

    Args:
        figure: The figure; it stays as it is.
    """
    if not figure.text:
        sent = {**figure, "data": [_trace(trace) for trace in figure["data"]]}
        sent["layout"] = _layout(figure["layout"], {t.get("type", "scatter") for t in sent["data"]})
        figure.text = json.dumps(
            sent, cls=PlotlyJSONEncoder, separators=(",", ":"), ensure_ascii=False
        )
    return figure.text


def _trace(trace: dict[str, Any]) -> dict[str, Any]:
    found = {**trace, **_said_once(trace, _SAME)}
    if "marker" in trace:
        found["marker"] = {**trace["marker"], **_said_once(trace["marker"], _OF_MARKS)}
    marks = trace.get("customdata")
    if isinstance(marks, list | tuple):
        found["customdata"] = [shortened(m) if isinstance(m, str) else m for m in marks]
    return found


def _layout(layout: dict[str, Any], drawn: set[str]) -> dict[str, Any]:
    """A layout without the looks of kinds of traces that are not drawn."""
    template = layout.get("template", {})
    if "data" not in template:
        return layout
    looks = {kind: look for kind, look in template["data"].items() if kind in drawn}
    return {**layout, "template": {**template, "data": looks}}


def _said_once(part: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """What is one text for all marks, of the names that say something of each."""
    found: dict[str, str] = {}
    for name in names:
        values: Any = part.get(name)
        is_text = (
            isinstance(values, list | tuple) and len(values) > 1 and isinstance(values[0], str)
        )
        if is_text and all(value == values[0] for value in values):
            found[name] = values[0]
    return found


def shortened(token: str) -> str:
    """The token of a mark as it is sent."""
    return _renamed(token, _LETTERS)


def written_out(token: str) -> str:
    """The token of a mark from what was sent; one that is written out stays as it is."""
    return _renamed(token, _NAMES)


def _renamed(token: str, names: Mapping[str, str]) -> str:
    parts = (part.partition("=") for part in token.split(";"))
    return ";".join(f"{names.get(name, name)}{sign}{value}" for name, sign, value in parts)
