"""Figures of the survey: shares with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.charts import finish, wrap
from components.exhibits.survey_words import hover, mark_of, share_words

_ROOM = 28
_BAR = 0.65
PERCENT_AXIS = {"dtick": 25, "ticksuffix": "%", "showticksuffix": "last", "tickangle": 0}
"""Ticks that fit a phone: the sign once."""
HATCH = {"fillmode": "overlay", "fgcolor": "rgba(255,255,255,0.55)", "size": 7}


def interval_traces(
    rows: pd.DataFrame, places: Sequence[str] | Sequence[float], **where: Any
) -> list[go.Scatter]:
    """Thin lines from end to end of the intervals: dark where the base is known, else grey.

    Args:
        rows: Columns ``percent``, ``interval_low``, ``interval_high``, ``bases_possible``.
        places: Place of each row on the vertical axis.
        where: Further properties, such as the axes of a subplot.
    """
    traces = []
    has = rows["interval_low"].notna().to_numpy()
    unsure = (rows["bases_possible"].fillna("") != "").to_numpy()
    for chosen, colour in ((has & ~unsure, None), (has & unsure, theme.NEUTRAL)):
        part = rows[chosen]
        if part.empty:
            continue
        middle = part["percent"].astype(float)
        error = {
            "array": (part["interval_high"].astype(float) - middle).round(1).tolist(),
            "arrayminus": (middle - part["interval_low"].astype(float)).round(1).tolist(),
            **({"color": colour} if colour else {}),
        }
        traces.append(
            go.Scatter(
                x=middle.tolist(),
                y=[p for p, c in zip(places, chosen, strict=True) if c],
                mode="markers",
                name="Interval" if colour is None else "Widest interval",
                marker={"opacity": 0},
                error_x=error,
                hoverinfo="skip",
                showlegend=False,
                **where,
            )
        )
    return traces


def _rows_of(rows: pd.DataFrame, order: Sequence[str]) -> tuple[list[str], list[int]]:
    """Labels from top to bottom, and the number of each row: sectors stand below all respondents.

    An option without a bar has its name above that of its first sector.
    """
    labels: list[str] = []
    place: dict[tuple[str, str], int] = {}
    present = set(zip(rows["option"], rows["sector_group"], strict=True))
    for option in order:
        head = wrap(option)
        for group in ("all", *theme.SECTOR_COLOURS):
            if (option, group) not in present:
                continue
            own = "" if group == "all" else f"<i>{theme.SECTOR_SHORT[group]}</i>"
            place[option, group] = len(labels)
            labels.append("<br>".join(filter(None, (head, own))))
            head = ""
    return labels, [place[key] for key in zip(rows["option"], rows["sector_group"], strict=True)]


def ranked_bars(rows: pd.DataFrame, order: Sequence[str]) -> go.Figure:
    """Ranked horizontal bars for all respondents, with a row and a mark for each sector.

    Args:
        rows: Results with a percentage: columns of ``survey_results``, ``INTERVAL_COLUMNS`` and
            ``group`` (label of the sector group); ``earlier_percent`` where there is one.
        order: Option labels from top to bottom.

    Returns:
        A figure on a fixed 0-100 scale. Hatched: approximate wording. Thin line: interval. Open
        diamond: a second value that the source states. Upright stroke: the earlier wave.
    """
    figure = go.Figure()
    labels, places = _rows_of(rows, order)
    rows = rows.assign(_y=places)
    everyone = rows[rows["sector_group"] == "all"]
    records = everyone.to_dict("records")
    shapes = hatches(everyone)
    figure.add_bar(
        y=everyone["_y"].tolist(),
        x=everyone["percent"].astype(float).tolist(),
        orientation="h",
        # As thick as a row allows, also where rows of sectors lie between one bar and the next.
        width=_BAR,
        name="All respondents",
        marker={
            "color": theme.ALL_RESPONDENTS,
            **({"pattern": {"shape": shapes, **HATCH}} if any(shapes) else {}),
        },
        # A short bar on a phone has no room inside.
        text=[share_words(r) if float(r["percent"]) >= _ROOM else "" for r in records],
        textposition="inside",
        insidetextanchor="start",
        insidetextfont={"color": "#FFFFFF", "size": theme.FONT_SIZE},
        textangle=0,
        constraintext="none",
        hovertext=[hover(r) for r in records],
        hoverinfo="text",
        customdata=[mark_of(r) for r in records],
    )
    short = everyone[everyone["percent"].astype(float) < _ROOM]
    if not short.empty:
        ends = short[["percent", "interval_high"]].astype(float).max(axis=1)
        figure.add_scatter(
            y=short["_y"].tolist(),
            x=(ends + 1).tolist(),
            mode="text",
            name="Value",
            text=[share_words(r) for r in short.to_dict("records")],
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_traces(interval_traces(rows, rows["_y"].tolist()))
    for sector in theme.SECTOR_COLOURS:
        marks = rows[rows["sector_group"] == sector]
        if marks.empty:
            continue
        figure.add_scatter(
            y=marks["_y"].tolist(),
            x=marks["percent"].astype(float).tolist(),
            mode="markers+text",
            name=theme.SECTOR_SHORT[sector],
            marker={
                "color": theme.SECTOR_COLOURS[sector],
                "symbol": theme.SECTOR_SYMBOLS[sector],
                "size": 12,
            },
            text=[share_words(r) for r in marks.to_dict("records")],
            textposition=[_inwards(float(v)) for v in marks["percent"]],
            cliponaxis=False,
            hovertext=[hover(r) for r in marks.to_dict("records")],
            hoverinfo="text",
            customdata=[mark_of(r) for r in marks.to_dict("records")],
            showlegend=False,
        )
    has_legend = _second_values(figure, rows) | earlier_values(figure, rows)
    breaks = sum(label.count("<br>") for label in labels)
    return finish(
        figure,
        height=(72 if has_legend else 44) + theme.ROW_HEIGHT * len(labels) + 12 * breaks,
        xaxis={"range": [0, 100], **PERCENT_AXIS},
        yaxis=numbered_rows(labels),
        showlegend=has_legend,
    )


def _inwards(percent: float) -> str:
    """Where a mark's words stand so that they stay in the picture at either end."""
    return "top left" if percent > 75 else "top right" if percent < 25 else "top center"


def hatches(rows: pd.DataFrame) -> list[str]:
    """A pattern for each row: strokes where the wording is approximate, dots for a bound."""
    return [{"approximate": "/", "bound": "."}.get(str(p), "") for p in rows["precision"]]


def second_values(rows: pd.DataFrame, places: Sequence[float]) -> go.Scatter | None:
    """Open diamonds at the values that the source states beside those drawn, or ``None``.

    Args:
        rows: Results with ``other_percent`` and, for the hover, ``rule`` where it is known.
        places: Place of each row on the vertical axis.
    """
    if rows.empty:
        return None
    rules = rows["rule"].fillna("") if "rule" in rows else pd.Series("", index=rows.index)
    return go.Scatter(
        y=list(places),
        x=rows["other_percent"].astype(float).tolist(),
        mode="markers",
        name="Second value stated",
        marker={"symbol": "diamond-open", "size": 12, "line": {"width": 2},
                "color": theme.STATUS_COLOURS["expected"]},
        hovertext=[
            f"also stated: {theme.percent(float(v))}" + (f"<br>{wrap(rule, 48)}" if rule else "")
            for v, rule in zip(rows["other_percent"], rules, strict=True)
        ],
        hoverinfo="text",
        customdata=[mark_of(r) for r in rows.to_dict("records")],
        showlegend=True,
    )  # fmt: skip


def _second_values(figure: go.Figure, rows: pd.DataFrame) -> bool:
    second = rows[rows["other_percent"].notna()]
    mark = second_values(second, second["_y"].tolist())
    if mark is None:
        return False
    figure.add_trace(mark)
    return True


def earlier_values(figure: go.Figure, rows: pd.DataFrame) -> bool:
    """Draw an upright stroke at the earlier wave's value of each row; whether there is one."""
    if "earlier_percent" not in rows or not rows["earlier_percent"].notna().any():
        return False
    then = rows[rows["earlier_percent"].notna()]
    figure.add_scatter(
        y=then["_y"].tolist(),
        x=then["earlier_percent"].astype(float).tolist(),
        mode="markers",
        name="Earlier wave",
        marker={"symbol": "line-ns", "size": 22,
                "line": {"width": 3, "color": theme.STATUS_COLOURS["expected"]}},
        hovertext=[f"earlier wave: {theme.percent(float(v))}" for v in then["earlier_percent"]],
        hoverinfo="text",
        customdata=[
            mark_of({**r, "wave_id": r["earlier_wave"]}) for r in then.to_dict("records")
        ],
        showlegend=True,
    )  # fmt: skip
    return True


def numbered_rows(labels: Sequence[str]) -> dict[str, Any]:
    """A vertical axis with rows at 0, 1, 2 … from the top, under their labels."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [len(labels) - 0.45, -0.5],
        "showgrid": False,
        "ticklabelstandoff": 6,
    }
