"""Figures as pure functions of frames; no exhibit knows how a bar is drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components import theme

_WRAP = 26
_ROOM = 28


def wrap(text: str, width: int = _WRAP) -> str:
    """Break a label over lines for an axis."""
    return "<br>".join(textwrap.wrap(text, width)) or text


def finish(figure: go.Figure, height: int, **layout: Any) -> go.Figure:
    """Give a figure the project's template, height and layout."""
    figure.update_layout(template=theme.TEMPLATES["light"], height=height, **layout)
    return figure


def stated(row: Mapping[Any, Any]) -> str:
    """The percentage of a result as it is stated: ``51%``, ``about 50%``, ``≥90%``."""
    value = theme.percent(float(row["percent"]))
    prefix = {"approximate": "about ", "bound": "≥"}.get(str(row["precision"]), "")
    return prefix + value


def _hover(rows: pd.DataFrame) -> list[str]:
    texts = []
    for row in rows.to_dict("records"):
        base = "base not published" if pd.isna(row["base_n"]) else f"base {row['base_n']}"
        basis = f" ({row['base_basis']})" if isinstance(row["base_basis"], str) else ""
        texts.append(
            f"<b>{wrap(str(row['option']), 44)}</b><br>{row['group']}: {stated(row)}"
            f"<br>{base}{basis}"
        )
    return texts


def _sector_rows(rows: pd.DataFrame, order: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Axis labels from top to bottom, and the row in which an option's sectors stand.

    An option with a bar gets a row of its own for the sectors, below it: marks on a bar would be
    read as part of it.
    """
    with_bar = set(rows.loc[rows["sector_group"] == "all", "option"])
    with_sectors = set(rows.loc[rows["sector_group"] != "all", "option"])
    labels: list[str] = []
    sector_row: dict[str, str] = {}
    for number, option in enumerate(order):
        labels.append(wrap(option))
        sector_row[option] = wrap(option)
        if option in with_bar and option in with_sectors:
            # Zero-width spaces make equal labels different categories.
            sector_row[option] = "<i>by sector</i>" + "\u200b" * number
            labels.append(sector_row[option])
    return labels, sector_row


def ranked_bars(rows: pd.DataFrame, order: Sequence[str]) -> go.Figure:
    """Ranked horizontal bars for all respondents, with a row of marks for the sectors.

    Args:
        rows: Results with a percentage: columns of ``survey_results`` and ``group`` (label of
            the sector group).
        order: Option labels from top to bottom.

    Returns:
        A figure on a fixed 0-100 scale. Hatched: approximate wording. Open diamond: a second
        value that the source states.
    """
    figure = go.Figure()
    labels, sector_row = _sector_rows(rows, order)
    everyone = rows[rows["sector_group"] == "all"]
    figure.add_bar(
        y=[wrap(o) for o in everyone["option"]],
        x=everyone["percent"].astype(float).tolist(),
        orientation="h",
        name="All respondents",
        marker={
            "color": theme.ALL_RESPONDENTS,
            "pattern": {
                "shape": ["/" if p == "approximate" else "" for p in everyone["precision"]],
                "fillmode": "overlay",
                "fgcolor": "rgba(255,255,255,0.55)",
                "size": 7,
            },
        },
        text=[stated(r) for r in everyone.to_dict("records")],
        # A short bar on a phone has no room inside.
        textposition=["inside" if v >= _ROOM else "outside" for v in everyone["percent"]],
        insidetextanchor="start",
        insidetextfont={"color": "#FFFFFF", "size": theme.FONT_SIZE},
        textangle=0,
        constraintext="none",
        hovertext=_hover(everyone),
        hoverinfo="text",
    )
    for sector in theme.SECTOR_COLOURS:
        marks = rows[rows["sector_group"] == sector]
        if marks.empty:
            continue
        figure.add_scatter(
            y=[sector_row[o] for o in marks["option"]],
            x=marks["percent"].astype(float).tolist(),
            mode="markers+text",
            name=theme.SECTOR_SHORT[sector],
            marker={
                "color": theme.SECTOR_COLOURS[sector],
                "symbol": theme.SECTOR_SYMBOLS[sector],
                "size": 13,
            },
            text=[stated(r) for r in marks.to_dict("records")],
            textposition=["middle left" if v > 88 else "middle right" for v in marks["percent"]],
            textfont={"size": theme.LABEL_SIZE},
            cliponaxis=False,
            hovertext=_hover(marks),
            hoverinfo="text",
        )
    second = rows[rows["other_percent"].notna()]
    if not second.empty:
        figure.add_scatter(
            y=[wrap(o) for o in second["option"]],
            x=second["other_percent"].astype(float).tolist(),
            mode="markers",
            name="Second value stated",
            marker={
                "symbol": "diamond-open",
                "size": 12,
                "color": theme.STATUS_COLOURS["expected"],
                "line": {"width": 2},
            },
            hovertext=[f"also stated: {theme.percent(float(v))}" for v in second["other_percent"]],
            hoverinfo="text",
        )
    breaks = sum(label.count("<br>") for label in labels)
    return finish(
        figure,
        height=80 + theme.ROW_HEIGHT * len(labels) + 12 * breaks,
        xaxis={"range": [0, 100], "ticksuffix": "%", "nticks": 6},
        yaxis={"categoryorder": "array", "categoryarray": labels[::-1]},
        showlegend=rows["sector_group"].nunique() > 1 or not second.empty,
    )


def stacked_rows(
    rows: pd.DataFrame,
    row_order: Sequence[str],
    levels: Sequence[str],
    colours: Mapping[str, str],
) -> go.Figure:
    """Horizontal stacked bars: one row a statement, one segment a level.

    Args:
        rows: Columns ``row``, ``level``, ``percent``, ``precision``, ``locator``.
        row_order: Rows from top to bottom.
        levels: Levels from left to right.
        colours: Level -> colour.
    """
    figure = go.Figure()
    labels = {r: wrap(r, 26) for r in row_order}
    for level in levels:
        part = rows[rows["level"] == level]
        if part.empty:
            continue
        figure.add_bar(
            y=[labels[r] for r in part["row"]],
            x=part["percent"].astype(float).tolist(),
            orientation="h",
            name=level,
            marker={
                "color": colours[level],
                "line": {"color": "rgba(255,255,255,0.8)", "width": 1},
            },
            text=[stated(r) if float(r["percent"]) >= 4 else "" for r in part.to_dict("records")],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            # A narrow segment shrinks its figure: cut off, "10%" would read "0%".
            constraintext="inside",
            hovertext=[
                f"<b>{wrap(str(r['row']), 44)}</b><br>{level}: {stated(r)}"
                for r in part.to_dict("records")
            ],
            hoverinfo="text",
        )
    return finish(
        figure,
        height=120 + 52 * len(row_order) + 24 * (len(levels) // 3),
        barmode="stack",
        xaxis={"range": [0, 101], "ticksuffix": "%", "nticks": 6},
        yaxis={"categoryorder": "array", "categoryarray": [labels[r] for r in reversed(row_order)]},
        legend={"traceorder": "normal"},
    )


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
