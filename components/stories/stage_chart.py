"""A chart for a projector: letters as large as its rows allow, texts over fewer lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

import plotly.graph_objects as go

from components import theme
from components.stories import enlarged

WIDE: Final = 72
"""Letters in a line of text between marks: a slide is wider than a phone, for which it is cut."""
_LINE: Final = 1.28
"""Height of a line in letters, as Plotly draws it."""
_ROOM: Final = 96
"""Pixels for legend, axis and margins beside the rows."""
_ROW_LINE, _ROW_GAP = 18, 8
"""Pixels that texts between marks have for a line and below it, as ``outcome_rows`` draws them."""
_LEAST: Final = 0.8
"""Letters are never smaller than this, of those on a page: names that touch can still be read."""
_TAG: Final = re.compile(r"<[^>]+>")
_COLUMNS: Final = 6
"""Columns whose names stand flat beside one another on a slide, in letters that are read."""
_SEEN: Final = 14
"""Pixels of the smallest number in a bar, at scale 1."""
_DENSE: Final = {"benefit-evidence-map": 0.86}
"""Charts whose columns, rather than their rows, limit the letters; their heads are smaller."""
_REST: Final = re.compile(r"<i>(\d+) more .*</i>")
"""The row of all who report nothing: in two lines it would make the letters of every row small."""
_ABOVE: Final = 150
"""Pixels of such a chart's legend and heads, at scale 1."""
_HEADS: Final = 13.8
"""Pixels of a letter in those heads, at scale 1."""


def fitted(
    exhibit_id: str, figure: go.Figure, height: int, scale: float
) -> tuple[go.Figure, float]:
    """A figure with its texts laid out for a slide, and the scale at which they fit.

    Args:
        exhibit_id: The exhibit that it is of.
        figure: The figure; it is shared and stays as it is.
        height: Pixels of the slide's picture.
        scale: Size of the screen, 1 for 720 lines.

    Returns:
        A copy, and a scale of at most ``scale`` for ``enlarged.staged``.
    """
    copy = go.Figure(figure)
    if exhibit_id in _DENSE:
        names = [_REST.sub(r"<i>\1 more: no outcome</i>", n) for n in copy.layout.yaxis.ticktext]
        copy.update_yaxes(ticktext=names)
    limits = [enlarged.STAGE_SCALE * scale * _DENSE.get(exhibit_id, 1.0)]
    limits += _flat(copy, scale)
    limits += _between_marks(copy, height)
    limits += _beside_rows(copy, height)
    factor = max(min(limits), _LEAST * scale)
    if exhibit_id in _DENSE:
        copy.update_xaxes(tickfont_size=_HEADS * scale / factor)
        _apart(copy, (height - _ABOVE * scale) / len(names) / factor)
    # A share too narrow for its number keeps it in the table rather than in letters nobody reads.
    copy.update_layout(uniformtext={"mode": "hide", "minsize": _SEEN * scale})
    # A label at either end of the scale is half as wide again as the mark that it stands over.
    for side, least in (("margin_l", 22), ("margin_r", 34)):
        copy.update_layout({side: max(copy.layout[side] or 0, least * scale)})
    return copy, factor / enlarged.STAGE_SCALE


def _apart(figure: go.Figure, row: float) -> None:
    """Marks of one row no longer touch those of the next; the letters in them fill them."""
    for trace in figure.data:
        most = row * (0.76 if trace.marker.symbol == "square-open" else 0.88)
        if trace.marker.size is not None and trace.marker.size > most:
            trace.textfont.size = most * 0.7
            trace.marker.size = most


def _flat(figure: go.Figure, scale: float) -> list[float]:
    """Flat names of a few columns need not be the largest; those of more are slanted here."""
    axis = figure.layout.xaxis
    names = axis.ticktext or ()
    if not axis.categoryarray or not names:
        return []
    if len(names) > _COLUMNS:
        axis.update(tickangle=-60, ticktext=axis.tickvals)
        return []
    return [enlarged.STAGE_SCALE * scale]


def _between_marks(figure: go.Figure, height: int) -> list[float]:
    """Texts between marks are cut anew for a wide picture; the factors at which each fits."""
    limits = []
    for trace in figure.data:
        axis = figure.layout[f"yaxis{(trace.yaxis or 'y')[1:]}"]
        if trace.type != "scatter" or trace.mode != "text" or axis.visible is not False:
            continue
        low, high = axis.range
        share = axis.domain[1] - axis.domain[0] if axis.domain else 1
        stretch = (height - _ROOM / 2) * share / abs(low - high)
        before = [str(t) for t in trace.text]
        trace.text = [rewrapped(t) for t in before]
        for old, new in zip(before, trace.text, strict=True):
            room = (_ROW_LINE * _lines(old) + _ROW_GAP) * stretch
            limits.append(room / (_LINE * _lines(new) * theme.LABEL_SIZE))
    return limits


def _beside_rows(figure: go.Figure, height: int) -> list[float]:
    """The factor at which the names of two neighbouring rows do not touch."""
    axis = figure.layout.yaxis
    names = [str(n) for n in (axis.ticktext or axis.categoryarray or ())]
    if len(names) < 2:
        return []
    heads = figure.layout.xaxis.ticktext or ()
    top = _ROOM + 18 * (max((_lines(str(h)) for h in heads), default=1) - 1)
    lines = [_lines(n) for n in names]
    most = max((a + b) / 2 for a, b in pairwise(lines))
    size = axis.tickfont.size or theme.LABEL_SIZE
    return [(height - top) / len(names) / (_LINE * most * size)]


def _lines(text: str) -> int:
    return text.count("<br>") + 1


def rewrapped(text: str, width: int = WIDE) -> str:
    """A text of Plotly's, cut into lines of another width; words in bold stay so."""
    # A grade is never parted from its letter.
    words = text.replace("<br>", " ").replace("grade ", "grade\u00a0").split(" ")
    lines: list[str] = []
    length = 0
    for word in words:
        letters = len(_TAG.sub("", word))
        if lines and length + 1 + letters <= width:
            lines[-1] += f" {word}"
            length += 1 + letters
        else:
            lines.append(word)
            length = letters
    return "<br>".join(lines)
