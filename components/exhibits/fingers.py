"""A chart's key for a finger: entries of 24 pixels."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from components import theme
from components.exhibits import picks
from data.memo import kept

_LINE: Final = 16.2
"""Pixels of letters for which Plotly makes an entry 24.06 high; of those of a key, 21.2."""
_MORE: Final = 3
"""Pixels by which it grows."""
_BETWEEN: Final = 10
"""Pixels that Plotly leaves between groups of entries."""


@kept(1)
def for_finger(figure: go.Figure) -> go.Figure:
    """A figure for a phone, where an entry of its key is a target that a finger hits (WCAG 2.5.8).

    Plotly has no distance between entries but that of the size of the letters: they are told to be
    larger, and each name that it is as large as before.

    Args:
        figure: Any figure; it is shared and stays as it is.

    Returns:
        The figure itself where no entry of its key filters.
    """
    shown = [n for n, t in enumerate(figure.data) if t.name and t.showlegend is not False]
    if not any(picks.entries_of(figure).values()):
        return figure
    copy = go.Figure(figure)
    for number in shown:
        name = copy.data[number].name
        copy.data[number].name = f'<span style="font-size:{theme.FONT_SIZE}px">{name}</span>'
    copy.layout.legend.font.size = _LINE
    # Between groups there is room: less of it is needed now.
    copy.layout.legend.tracegroupgap = _BETWEEN - _MORE
    alone = [n for n in shown if not copy.data[n].legendgroup]
    if copy.layout.margin.t is not None:
        # The room above the axes is told, so Plotly makes none for a higher key.
        copy.layout.margin.t += _MORE * len(alone)
        copy.layout.height += _MORE * len(alone)
    return copy
