"""What a click on a mark means: a token in the mark's ``customdata``, such as ``sector=acute``.

A chart states what its marks stand for by these tokens, and by nothing else: the interface reads
them from what was clicked, and from the figure which filters a click can set.
"""

from __future__ import annotations

import plotly.graph_objects as go

Pick = tuple[str, str]
"""(dimension of the selection, value)."""


def token(**picks: object) -> str:
    """A token: ``token(collaborative="wyaat", benefit="resilience_and_capacity")``."""
    return ";".join(f"{dimension}={value}" for dimension, value in picks.items())


def read(customdata: object) -> tuple[Pick, ...]:
    """The picks in what a click reports; none where the mark stands for no filter."""
    value = customdata[0] if isinstance(customdata, list | tuple) and customdata else customdata
    if not isinstance(value, str):
        return ()
    parts = (part.partition("=") for part in value.split(";"))
    return tuple((dimension, chosen) for dimension, _, chosen in parts if dimension and chosen)


def picks_of(figure: go.Figure) -> tuple[Pick, ...]:
    """Every pick that a figure offers, each once, in the order of its marks."""
    found: dict[Pick, None] = {}
    for trace in figure.data:
        # Not every kind of trace has it; a chart without tokens has none.
        marks = getattr(trace, "customdata", None)
        for mark in () if marks is None else marks:
            found.update(dict.fromkeys(read(mark)))
    return tuple(found)
