"""Figures as pure functions of frames; no exhibit knows how a bar is drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components import theme

_WRAP = 26
FLAT_COLUMNS = 8
"""Columns whose names have room beside one another."""


def wrap(text: str, width: int = _WRAP) -> str:
    """Break a label over lines for an axis."""
    return "<br>".join(textwrap.wrap(text, width)) or text


def flat_heads(figure: go.Figure, names: Sequence[str]) -> None:
    """Names above a few columns stand in lines: slanted they are read with the head on one side.

    Args:
        figure: A grid whose columns are named above it.
        names: The columns, from the left.
    """
    if len(names) <= FLAT_COLUMNS:
        figure.update_xaxes(
            tickangle=0, tickmode="array", tickvals=list(names), dtick=None,
            ticktext=["<br>".join(textwrap.wrap(n, 11, break_long_words=False)) for n in names],
        )  # fmt: skip


def finish(figure: go.Figure, height: int, **layout: Any) -> go.Figure:
    """Give a figure the project's template, height and layout."""
    figure.update_layout(template=theme.TEMPLATES["light"], height=height, **layout)
    return figure


def letters_on(fill: str) -> str:
    """The colour of the letters on a bar: dark on a pale one, else white."""
    return "#1B242B" if fill in theme.PALE_FILLS else "#FFFFFF"


def stated(row: Mapping[Any, Any]) -> str:
    """The percentage of a result as it is stated: ``51%``, ``about 50%``, ``≥90%``."""
    value = theme.percent(float(row["percent"]))
    prefix = {"approximate": "about ", "bound": "≥"}.get(str(row["precision"]), "")
    return prefix + value


def grid(
    frame: pd.DataFrame,
    x: str,
    y: str,
    x_order: Sequence[str],
    y_order: Sequence[str],
    colour: str,
    symbol: str,
    size: str,
    hover: str,
    legend: str,
    picks: str | None = None,
) -> go.Figure:
    """Marks on a grid of two categories.

    Args:
        frame: One row a mark.
        x: Column of the horizontal category.
        y: Column of the vertical category.
        x_order: Categories from left to right, empty ones included.
        y_order: Categories from top to bottom, empty ones included.
        colour: Column of colours.
        symbol: Column of Plotly symbols.
        size: Column of sizes in pixels.
        hover: Column of hover texts.
        legend: Column of legend names; rows of one name share colour and symbol.
        picks: Column of tokens that say what a click on a mark means (``picks.token``).
    """
    figure = go.Figure()
    for name, part in frame.groupby(legend, sort=False):
        figure.add_scatter(
            x=part[x].tolist(),
            y=[wrap(v, 32) for v in part[y]],
            mode="markers",
            name=str(name),
            marker={
                "color": part[colour].tolist(),
                "symbol": part[symbol].tolist(),
                "size": part[size].tolist(),
                "opacity": 1,
                "line": {"width": 1.5, "color": part[colour].tolist()},
            },
            customdata=None if picks is None else part[picks].tolist(),
            hovertext=part[hover].tolist(),
            hoverinfo="text",
        )
    return finish(
        figure,
        height=190 + 30 * len(y_order),
        xaxis={
            "categoryorder": "array",
            "categoryarray": list(x_order),
            "range": [-0.6, len(x_order) - 0.4],
            "side": "top",
            "tickangle": -40 if len(x_order) > 7 else 0,
            "tickmode": "array",
            "tickvals": list(x_order),
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": [wrap(v, 32) for v in reversed(y_order)],
            "range": [-0.7, len(y_order) - 0.3],
        },
        legend={"y": -0.02, "yanchor": "top"},
    )
