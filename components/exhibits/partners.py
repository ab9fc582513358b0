"""Exhibits of the relationships with ICBs and other partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from components.exhibits.base import Built
from components.exhibits.charts import finish, letters_on, wrap
from components.exhibits.numbers import Sentence
from components.exhibits.survey_builder import (
    frame_of,
    shares_not_published,
    survey_exhibit,
)
from components.exhibits.survey_charts import interval_traces, numbered_rows, second_values
from components.exhibits.survey_said import meetings_reading, share_of
from components.exhibits.survey_several import several
from components.exhibits.survey_stacked import BAR, BELOW, READABLE, edges, rest_name, stacked_rows
from components.exhibits.survey_words import hover, mark_of, share_words
from components.exhibits.told import of_result
from data.catalogue import Catalogue
from data.citations import collect
from data.selection import Selection

STATEMENTS = {
    "icb-plan-priorities": "Plan and set priorities",
    "icb-operational-pressures": "Address operational pressures",
    "icb-monitor-performance": "Monitor service performance",
}
PARTNERS = {
    "partner-meetings-place": "Place-based partnerships",
    "partner-meetings-local-authorities": "Local authorities",
    "partner-meetings-vcse": "Voluntary, community and social enterprise",
    "partner-meetings-pcn": "Primary care networks",
}
# (option, label, colour, side): the nearer an answer lies to the middle, the earlier it stands.
SCALE = (
    ("agree", "Agree", theme.AGREE[1], 1),
    ("agree-total", "Agree, total", "#4A93D3", 1),
    ("strongly-agree", "Strongly agree", theme.AGREE[0], 1),
    ("disagree", "Disagree", theme.DISAGREE[1], -1),
    ("disagree-total", "Disagree, total", "#C9793F", -1),
    ("strongly-disagree", "Strongly disagree", theme.DISAGREE[0], -1),
)
ASIDE = (("neutral", "Neutral", theme.NEUTRAL), ("too-early", "Too early to say", "#C0CAD0"))
KEY = {"y": 0, "yref": "container", "yanchor": "bottom", "xref": "container", "xanchor": "left",
       "entrywidth": 0.85, "entrywidthmode": "fraction", "orientation": "h",
       **theme.KEY_IS_STILL}  # fmt: skip
"""Both keys: one column each; called upright, they would take their width from the axes."""
_ROOM, _ROOM_ASIDE = 28, 35
"""Shares from which a segment holds its figure on a phone; the axis beside it is narrower."""
FREQUENCIES = {
    "very-or-quite-regularly": "Very or quite regularly",
    "rarely-or-never": "Rarely or never",
    "not-yet-met": "Not yet met",
}
FREQUENCY_COLOURS = {
    "Very or quite regularly": "#3F72A6",
    "Rarely or never": "#B8742A",
    "Not yet met": "#7A5A2E",
}


def _not_both(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop a total where its parts are drawn."""
    keep = []
    for _, part in rows.groupby("row", sort=False):
        ids = set(part["option_id"])
        drop = set()
        if {"agree", "strongly-agree"} <= ids:
            drop.add("agree-total")
        if {"disagree", "strongly-disagree"} <= ids:
            drop.add("disagree-total")
        keep.append(part[~part["option_id"].isin(drop)])
    return pd.concat(keep)


def _scale_bar(
    rows: pd.DataFrame, at: dict[str, int], option: str, label: str, colour: str, side: int
) -> go.Bar | None:
    part = rows[(rows["option_id"] == option) & (rows["percent"].astype(float) > 0)]
    if part.empty:
        return None
    records = part.to_dict("records")
    return go.Bar(
        y=[at[r] for r in part["row"]],
        x=[side * float(v) for v in part["percent"]],
        orientation="h",
        width=BAR,
        name=label,
        marker={"color": colour, **edges(part)},
        text=[share_words(r) if _fits(r) else "" for r in records],
        textposition="inside",
        textangle=0,
        insidetextanchor="middle",
        textfont={"color": letters_on(colour)},
        hovertext=[f"{label}<br>{hover(r)}" for r in records],
        hoverinfo="text",
        customdata=[mark_of(r) for r in records],
    )


def _fits(row: Mapping[Any, Any]) -> bool:
    """Whether a segment has room for its figure on a phone; else it stands at the bar's end."""
    least = _ROOM_ASIDE if row["option_id"] in {a[0] for a in ASIDE} else _ROOM
    return float(row["percent"]) >= least


def _ends(rows: pd.DataFrame, at: dict[str, int], side: int) -> list[tuple[float, int, str]]:
    """The figures that have no room within their segments, at the end of the bar.

    Args:
        rows: Results of one side of one axis, from zero outwards.
        at: Name of a row -> its place.
        side: -1 for bars that run to the left.
    """
    ends = []
    for name, part in rows[rows["percent"].astype(float) > 0].groupby("row", sort=False):
        small = [share_words(r) for r in part.to_dict("records") if not _fits(r)]
        if small:
            far = side * float(part["percent"].astype(float).sum())
            ends.append((far, at[str(name)], ", ".join(small[::side])))
    return ends


def _add_ends(figure: go.Figure, drawn: pd.DataFrame, at: dict[str, int]) -> None:
    """Write the small figures of every side and axis."""
    for column, side, options in (
        (1, 1, [s[0] for s in SCALE if s[3] > 0]),
        (1, -1, [s[0] for s in SCALE if s[3] < 0]),
        (2, 1, [a[0] for a in ASIDE]),
    ):
        part = drawn[drawn["option_id"].isin(options)]
        part = part.sort_values("option_id", key=lambda ids: ids.map(options.index), kind="stable")
        for x, y, words in _ends(part, at, side):
            # Not a trace of words: exports read such as the names of rows.
            figure.add_annotation(
                x=x, y=y, text=words, showarrow=False, font={"size": theme.LABEL_SIZE},
                xanchor="right" if side < 0 else "left", xshift=3 * side if column == 1 else 8,
                row=1, col=column,
            )  # fmt: skip


def _diverging(everyone: pd.DataFrame) -> go.Figure:
    drawn = _not_both(everyone)
    rows = [n for n in STATEMENTS.values() if n in set(everyone["row"])]
    at = {name: number for number, name in enumerate(rows)}
    figure = make_subplots(
        cols=2, shared_yaxes=True, column_widths=[0.64, 0.36], horizontal_spacing=0.05
    )
    for option, label, colour, side in SCALE:
        bar = _scale_bar(drawn, at, option, label, colour, side)
        if bar is not None:
            figure.add_trace(bar, row=1, col=1)
    for option, label, colour in ASIDE:
        bar = _scale_bar(drawn, at, option, label, colour, 1)
        if bar is not None:
            figure.add_trace(bar.update(legend="legend2"), row=1, col=2)
    _add_ends(figure, drawn, at)
    # A second value stands beside the bar that starts at zero, where its place can be read.
    second = drawn[drawn["other_percent"].notna() & drawn["option_id"].isin({a[0] for a in ASIDE})]
    mark = second_values(second, [at[r] for r in second["row"]])
    if mark is not None:
        figure.add_trace(mark.update(legend="legend2"), row=1, col=2)
    totals = everyone[everyone["option_id"] == "agree-total"]
    for line in interval_traces(totals, [at[r] + BELOW for r in totals["row"]]):
        figure.add_trace(line, row=1, col=1)
    finish(
        figure,
        185 + 66 * len(rows),
        barmode="relative",
        uniformtext=READABLE,
        # Two from the edges of the picture: one from the axes has room for one column on a phone.
        legend={"x": 0, **KEY},
        legend2={"x": 0.5, **KEY},
        margin={"b": 155},
    )
    figure.update_yaxes(**numbered_rows([wrap(n, 20) for n in rows]))
    sides = {option: side for option, _, _, side in SCALE}
    signed = drawn.assign(side=drawn["option_id"].map(sides))
    most = signed.groupby(["row", "side"])["percent"].sum().astype(float).groupby("side").max()
    figure.update_xaxes(**_sided(most.get(-1, 0.0), most.get(1, 0.0)), row=1, col=1)
    aside = drawn[drawn["option_id"].isin({a[0] for a in ASIDE})].groupby("row")["percent"].sum()
    end = max(84.0, float(aside.max()) + 4 if len(aside) else 0.0)
    ticks = range(0, int(end) + 1, 30)
    figure.update_xaxes(range=[0, end], tickvals=list(ticks),
                        ticktext=[f"{t}%" if t == ticks[-1] else str(t) for t in ticks],
                        title={"text": "neutral, too early", "font": {"size": 12}},
                        row=1, col=2)  # fmt: skip
    return figure


def _sided(left: float, right: float) -> dict[str, Any]:
    """An axis with zero inside that holds the longest bars; both sides count upwards.

    Args:
        left: Share of the longest bar to the left of zero.
        right: Share of the longest to the right.
    """
    # A small figure stands left of its bar: it needs room before the names of the rows.
    low, high = max(36.0, left + 32), max(92.0, right + 4)
    first = -20 * max(1, int((left + 4) // 20))
    ticks = [*range(first, 0, 20), *range(0, int(high) + 1, 40)]
    words = [f"{t}%" if t == ticks[-1] else str(abs(t)) for t in ticks]
    return {"range": [-low, high], "tickvals": list(ticks), "ticktext": words, "tickangle": 0}


def _nobody(everyone: pd.DataFrame) -> tuple[str, ...]:
    """Answers stated as nought, which no bar can show: they are not answers without a figure."""
    none = everyone[everyone["percent"].astype(float) == 0]
    return tuple(
        of_result(f"{r['row']}: {r['option'].lower()} 0%.", r) for r in none.to_dict("records")
    )


@survey_exhibit(
    "icb-relationship",
    title="Working with the ICB",
    question="Do collaboratives and their ICBs work well together, and on what?",
    alt="Diverging bars for three statements: disagreement to the left, agreement to the right, "
    "and beside them the neutral and too-early answers.",
    asked=tuple(STATEMENTS),
)
def icb_relationship(catalogue: Catalogue, selection: Selection) -> Built:
    """The three ``icb-…`` questions of the survey."""
    found = several(catalogue, selection, STATEMENTS)
    if found.everyone.empty:
        return shares_not_published(catalogue, selection)
    totals = found.everyone[found.everyone["option_id"] == "agree-total"]
    say = Sentence()
    said = [f"{r['row'].lower()} ({share_of(r, say)})" for r in totals.to_dict("records")]
    split = "; the line is the interval of the total" if not totals.empty else ""
    return Built(
        figure=_diverging(found.everyone),
        frame=frame_of(found.frame).assign(statement=found.frame["row"]),
        citations=collect(catalogue, found.frame),
        caveats=found.caveats,
        reading=f"Share who agree that they work well together: {', '.join(said)}."
        if said
        else "No total of those who agree is published.",
        numbers=say.numbers,
        base=f"{found.base} (scale)",
        notes=(
            f"Where a total is drawn, its parts are not published{split}.",
            *_nobody(found.everyone),
            *found.notes,
        ),
        details=found.details,
    )


@survey_exhibit(
    "partner-meetings",
    title="How often partners meet",
    question="Whom do collaboratives meet regularly, and whom rarely?",
    alt="Stacked bars: for each kind of partner, the share of respondents who meet it very or "
    "quite regularly from the left, those who rarely, never or not yet meet it from the right, "
    "and pale between them what is not published.",
    asked=tuple(PARTNERS),
)
def partner_meetings(catalogue: Catalogue, selection: Selection) -> Built:
    """The four ``partner-meetings-…`` questions of the survey."""
    found = several(catalogue, selection, PARTNERS)
    drawn = found.everyone.assign(level=found.everyone["option_id"].map(FREQUENCIES))
    drawn = drawn[drawn["level"].notna()]
    if drawn.empty:
        return shares_not_published(catalogue, selection)
    # "Not yet met" is part of "rarely or never": where both are known, the greater is drawn.
    rarely = set(drawn.loc[drawn["option_id"] == "rarely-or-never", "row"])
    drawn = drawn[(drawn["option_id"] != "not-yet-met") | ~drawn["row"].isin(rarely)]
    order = [n for n in PARTNERS.values() if n in set(drawn["row"])]
    levels, say = list(FREQUENCIES.values()), Sentence()
    return Built(
        figure=stacked_rows(
            drawn,
            order,
            levels[:1],
            levels[1:],
            FREQUENCY_COLOURS,
            rest_name(found.everyone, drawn),
        ),
        frame=frame_of(found.frame).assign(partner=found.frame["row"]),
        citations=collect(catalogue, found.frame),
        caveats=tuple(dict.fromkeys([*found.caveats, "not-published"])),
        reading=meetings_reading(drawn, say),
        numbers=say.numbers,
        base=f"{found.base} (frequency)",
        notes=(
            "Very regularly is at least monthly, quite regularly at least every three months.",
            "Where a total is drawn, its parts are not published.",
            *found.notes,
        ),
        details=found.details,
    )
