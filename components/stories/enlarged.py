"""Figures for a projector: larger letters, marks and lines."""

from __future__ import annotations

from typing import Any, Final

import plotly.graph_objects as go

from components import theme

STAGE_SCALE: Final = 1.5
"""How much larger letters are on a projector of 1280x720 than on a page."""


def staged(figure: go.Figure, name: str, height: int, scale: float = 1.0) -> theme.PreparedFigure:
    """A copy of a figure for a projector: larger letters and marks, and a height of its own.

    Args:
        figure: The figure; it is shared and stays as it is.
        name: ``light`` or ``dark``.
        height: Pixels.
        scale: Size of the screen, 1 for 720 lines.
    """
    factor = STAGE_SCALE * scale
    body = (
        figure.to_plotly_json()
        if not isinstance(figure, theme.PreparedFigure)
        else figure.to_dict()
    )
    copy = theme.PreparedFigure(_larger(body, factor))
    copy.update_layout(
        template=_larger(theme.TEMPLATES[name].to_plotly_json(), factor), height=height
    )
    if body["layout"].get("margin", {}).get("autoexpand") is False:
        # Margins fixed for letters of a page would cut larger ones; a legend takes few lines here.
        copy.update_layout(
            margin={"autoexpand": True, "l": 8, "t": 122},
            legend={"orientation": "h", "xref": "paper"},
        )
    return copy.prepare()


_SIZES: Final = frozenset({"size", "width", "thickness", "ticklen", "borderwidth"})


def _larger(value: Any, factor: float, key: str = "") -> Any:
    """A copy in which letters, marks and lines are larger; shares and data are left alone."""
    if isinstance(value, dict):
        return {k: v if k in {"x", "y"} else _larger(v, factor, k) for k, v in value.items()}
    if isinstance(value, list | tuple) and key != "size":
        return type(value)(_larger(v, factor, key) for v in value)
    if key == "size" and isinstance(value, list | tuple):
        return [v * factor for v in value]
    # A width below 1 is the share of a bar's place, not a line.
    grows = key in _SIZES and isinstance(value, int | float) and value >= 1
    return value * factor if grows else value
