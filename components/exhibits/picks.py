"""What a click on a mark means: a token in the mark's ``customdata``, such as ``sector=acute``.

A chart states what its marks stand for by these tokens, and by nothing else: the interface reads
them from what was clicked, and from the figure which filters a click can set. The row from which a
mark is drawn is named beside them, as ``row=outcomes/wyaat-waits``; the rows of a mark that sums
several up are kept beside the figure, by the name of the mark (``Built.behind``).

An entry of the legend that names a value of the filters has such a token as the ``meta`` of its
trace, and a click on it is told as one on a mark (``server/assets/charts.js``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import plotly.graph_objects as go

from components.prepared import written_out
from data.lineage import ref

ROW: Final = "row"
MARK: Final = "mark"
"""What names a mark that neither its row nor its filters tell from every other."""
_KEYS: Final = (
    ("memberships", ("collaborative", "organisation")),
    ("footprints", ("collaborative", "icb")),
    ("collaboratives", ("collaborative",)),
)
"""Table -> the dimensions that are the key of its rows: marks of these need not name their row."""

Pick = tuple[str, str]
"""(dimension of the selection, value)."""


def token(**picks: object) -> str:
    """A token: ``token(collaborative="wyaat", benefit="resilience_and_capacity")``.

    Several values of a dimension are given as a tuple.
    """
    values = ((d, v if isinstance(v, tuple) else (v,)) for d, v in picks.items())
    return ";".join(f"{dimension}={value}" for dimension, several in values for value in several)


def _text(customdata: object) -> str:
    """A token as :func:`token` writes it, whether or not it comes from a browser."""
    value = customdata[0] if isinstance(customdata, list | tuple) and customdata else customdata
    return written_out(value) if isinstance(value, str) else ""


def _parts(customdata: object) -> tuple[Pick, ...]:
    parts = (part.partition("=") for part in _text(customdata).split(";"))
    return tuple((dimension, chosen) for dimension, _, chosen in parts if dimension and chosen)


def read(customdata: object) -> tuple[Pick, ...]:
    """The picks in what a click reports; none where the mark stands for no filter."""
    return tuple(pick for pick in _parts(customdata) if pick[0] not in {ROW, MARK})


def row_of(customdata: object) -> str:
    """Reference of the row from which the mark that was clicked is drawn; ``""`` where none is."""
    parts = _parts(customdata)
    said = dict(parts)
    if ROW in said:
        return said[ROW]
    for table, dimensions in _KEYS:
        if sorted(dimensions) == sorted(dimension for dimension, _ in parts):
            return ref(table, *(said[dimension] for dimension in dimensions))
    return ""


def name_of(customdata: object) -> str:
    """What tells a mark from others: its row, what it says of itself, or its filters."""
    said = dict(_parts(customdata))
    if MARK in said:
        return said[MARK]
    return row_of(customdata) or (_text(customdata) if said else "")


def marks_of(figure: go.Figure) -> Iterator[object]:
    """The ``customdata`` of every mark, trace by trace."""
    for trace in figure.data:
        # Not every kind of trace has it; a chart without tokens has none.
        marks = getattr(trace, "customdata", None)
        yield from () if marks is None else marks


def names_of(figure: go.Figure) -> tuple[str, ...]:
    """The name of every mark of a figure, each once."""
    return tuple(dict.fromkeys(filter(None, map(name_of, marks_of(figure)))))


def rows_of(figure: go.Figure) -> tuple[str, ...]:
    """Every row that a click on a figure leads to, each once, in the order of its marks."""
    return tuple(dict.fromkeys(filter(None, map(row_of, marks_of(figure)))))


def picks_of(figure: go.Figure) -> tuple[Pick, ...]:
    """Every pick that a figure offers, each once, in the order of its marks."""
    found: dict[Pick, None] = {}
    for mark in marks_of(figure):
        found.update(dict.fromkeys(read(mark)))
    return tuple(found)


def entries_of(figure: go.Figure) -> dict[str, tuple[Pick, ...]]:
    """The entries of the legend by name -> what a click on each stands for, ``()`` for nothing.

    A figure of one trace has a legend only where it says so, as Plotly has it.
    """
    named = {str(t.name): read(t.meta) for t in figure.data if t.name and t.showlegend is not False}
    asked = figure.layout.showlegend
    is_drawn = len(named) > 1 or any(t.showlegend for t in figure.data) if asked is None else asked
    return named if is_drawn else {}


def kinds_of(figure: go.Figure) -> tuple[tuple[str, ...], ...]:
    """By which dimensions the marks of a figure filter: each set once, ``()`` for by none."""
    kinds = (tuple(dict.fromkeys(d for d, _ in read(mark))) for mark in marks_of(figure))
    return tuple(dict.fromkeys(kinds))


def first_pick(figure: go.Figure, name: str) -> tuple[Pick, ...]:
    """What the mark with a name stands for; nothing where there is none such."""
    return next((read(mark) for mark in marks_of(figure) if name_of(mark) == name), ())
