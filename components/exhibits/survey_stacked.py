"""Bars of the whole: a row a question, a segment a level, and pale what is not published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.exhibits.charts import finish, letters_on, wrap
from components.exhibits.survey_charts import (
    HATCH,
    PERCENT_AXIS,
    earlier_values,
    hatches,
    interval_traces,
    numbered_rows,
)
from components.exhibits.survey_words import hover, mark_of, question_mark, share_words

READABLE = {"mode": "hide", "minsize": 10}
"""A figure in a segment is at least so large or left out: it is on hover and in the table."""
BAR = 0.56
"""Thickness of a bar where rows are numbered."""
BELOW = 0.37
"""How far below or above such a bar an interval stands: on it, it would cross the next segment."""


def edges(rows: pd.DataFrame) -> dict[str, Any]:
    """A light edge between segments, and strokes where the wording is approximate."""
    line = {"color": "rgba(255,255,255,0.8)", "width": 1}
    shapes = hatches(rows)
    return {"line": line, **({"pattern": {"shape": shapes, **HATCH}} if any(shapes) else {})}


def stacked_rows(
    rows: pd.DataFrame,
    row_order: Sequence[str],
    left: Sequence[str],
    right: Sequence[str],
    colours: Mapping[str, str],
    rest_is: str = "Not published",
) -> go.Figure:
    """Horizontal bars of the whole: one row a statement, one segment a level, a pale one between.

    Args:
        rows: Results with a percentage and ``row``, ``level``, ``group``; the columns of
            :func:`ranked_bars`. A row has at most one level of each side.
        row_order: Rows from top to bottom.
        left: Levels that begin at zero; their intervals and earlier values stand below the bar.
        right: Levels that end at 100%; theirs stand above it, counted from the right.
        colours: Level -> colour.
        rest_is: Name of the pale part, of :func:`rest_name`.
    """
    figure = go.Figure()
    at = {row: number for number, row in enumerate(row_order)}
    parts = [(level, rows[rows["level"] == level]) for level in (*left, *right)]
    taken = rows.groupby("row")["percent"].sum().astype(float)
    rest = {row: round(100 - float(taken[row]), 1) for row in row_order if taken[row] < 100}
    for level, part in parts:
        if right and level == right[0] and rest:
            figure.add_bar(**_gap(rest, at, rest_is, rows))
        if part.empty:
            continue
        records = part.to_dict("records")
        figure.add_bar(
            y=[at[r] for r in part["row"]],
            x=part["percent"].astype(float).tolist(),
            orientation="h",
            width=BAR,
            name=level,
            marker={"color": colours[level], **edges(part)},
            text=[share_words(r) if float(r["percent"]) >= 4 else "" for r in records],
            textposition="inside",
            insidetextanchor="start" if level in left else "end",
            insidetextfont={"color": letters_on(colours[level])},
            textangle=0,
            # A narrow segment shrinks its figure: cut off, "10%" would read "0%".
            constraintext="inside",
            hovertext=[f"{level}<br>{hover(r)}" for r in records],
            hoverinfo="text",
            customdata=[mark_of(r) for r in records],
        )
    first = rows[rows["level"].isin(left)]
    last = _from_the_right(rows[rows["level"].isin(right)])
    lines = pd.concat([first, last]) if len(last) else first
    places = [at[r] + BELOW for r in first["row"]] + [at[r] - BELOW for r in last["row"]]
    figure.add_traces(interval_traces(lines, places))
    earlier_values(figure, lines.assign(_y=places))
    return finish(
        figure,
        height=110 + 64 * len(row_order) + 24 * ((len(left) + len(right)) // 3),
        barmode="stack",
        uniformtext=READABLE,
        xaxis={"range": [0, 101], **PERCENT_AXIS},
        yaxis=numbered_rows([wrap(r, 26) for r in row_order]),
        legend={"traceorder": "normal"},
    )


GAP, OTHERS = "Not published", "Other answers"
"""Names of what is left of a row: without a figure, or published and not drawn here."""
_TOTALS = frozenset({"significant-or-somewhat", "slight-or-none", "very-or-quite-regularly",
                     "rarely-or-never"})  # fmt: skip
_ROUNDING = 2.5
"""Points by which shares rounded to whole numbers may miss 100."""


def rest_name(known: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """What the pale part is: a wave may publish every answer and no total of two.

    Args:
        known: Published shares of all respondents with ``row``, ``option_id``, ``percent``.
        drawn: Those of them that have a segment.
    """
    found = set()
    for name, mine in drawn.groupby("row", sort=False):
        if 100 - float(mine["percent"].astype(float).sum()) > _ROUNDING:
            single = known[(known["row"] == name) & ~known["option_id"].isin(_TOTALS)]
            found.add(float(single["percent"].astype(float).sum()) >= 100 - _ROUNDING)
    if found == {True}:
        return OTHERS
    return f"{OTHERS}, or not published" if True in found else GAP


def _gap(
    rest: Mapping[str, float], at: Mapping[str, int], name: str, rows: pd.DataFrame
) -> dict[str, Any]:
    """A pale bar for what is left of each row: no level of it is drawn there."""
    first = rows.drop_duplicates("row").set_index("row").to_dict("index")
    return {
        "y": [at[row] for row in rest],
        "x": list(rest.values()),
        "orientation": "h",
        "width": BAR,
        "name": name,
        "marker": {"color": "rgba(128,140,150,0.22)"},
        "hovertext": [f"{name}: what is left of the whole"] * len(rest),
        "hoverinfo": "text",
        "customdata": [question_mark(first[row]) for row in rest],
    }


def _from_the_right(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares and intervals measured from 100% down, where the bar ends at 100%."""
    flipped = rows.assign(
        percent=100 - rows["percent"],
        interval_low=100 - rows["interval_high"],
        interval_high=100 - rows["interval_low"],
    )
    if "earlier_percent" in rows:
        flipped = flipped.assign(earlier_percent=100 - rows["earlier_percent"])
    return flipped
