"""What a click on a mark means: a token in the mark's ``customdata``, such as ``sector=acute``.

A chart states what its marks stand for by these tokens, and by nothing else: the interface reads
them from what was clicked, and from the figure which filters a click can set. The row from which a
mark is drawn is named beside them, as ``row=outcomes/wyaat-waits``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import plotly.graph_objects as go

from data.lineage import ref

ROW: Final = "row"
_KEYS: Final = (
    ("memberships", ("collaborative", "organisation")),
    ("footprints", ("collaborative", "icb")),
    ("collaboratives", ("collaborative",)),
)
"""Table -> the dimensions that are the key of its rows: marks of these need not name their row."""

Pick = tuple[str, str]
"""(dimension of the selection, value)."""


def token(**picks: object) -> str:
    """A token: ``token(collaborative="wyaat", benefit="resilience_and_capacity")``."""
    return ";".join(f"{dimension}={value}" for dimension, value in picks.items())


def _parts(customdata: object) -> tuple[Pick, ...]:
    value = customdata[0] if isinstance(customdata, list | tuple) and customdata else customdata
    if not isinstance(value, str):
        return ()
    parts = (part.partition("=") for part in value.split(";"))
    return tuple((dimension, chosen) for dimension, _, chosen in parts if dimension and chosen)


def read(customdata: object) -> tuple[Pick, ...]:
    """The picks in what a click reports; none where the mark stands for no filter."""
    return tuple(pick for pick in _parts(customdata) if pick[0] != ROW)


def row_of(customdata: object) -> str:
    """Reference of the row from which the mark that was clicked is drawn; ``""`` where none is."""
    said = dict(_parts(customdata))
    if ROW in said:
        return said[ROW]
    for table, dimensions in _KEYS:
        if set(dimensions) == set(said):
            return ref(table, *(said[dimension] for dimension in dimensions))
    return ""


def _marks(figure: go.Figure) -> Iterator[object]:
    for trace in figure.data:
        # Not every kind of trace has it; a chart without tokens has none.
        marks = getattr(trace, "customdata", None)
        yield from () if marks is None else marks


def rows_of(figure: go.Figure) -> tuple[str, ...]:
    """Every row that a click on a figure leads to, each once, in the order of its marks."""
    return tuple(dict.fromkeys(filter(None, map(row_of, _marks(figure)))))


def picks_of(figure: go.Figure) -> tuple[Pick, ...]:
    """Every pick that a figure offers, each once, in the order of its marks."""
    found: dict[Pick, None] = {}
    for mark in _marks(figure):
        found.update(dict.fromkeys(read(mark)))
    return tuple(found)
