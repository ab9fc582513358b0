"""Exhibits of the relationships with ICBs and other partners."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from components.exhibits.base import REGISTRY, Built
from components.exhibits.charts import finish, stacked_rows, stated, wrap
from components.exhibits.survey_builder import (
    FRAME_COLUMNS,
    SURVEY_DIMENSIONS,
    caveats_for,
    details_for,
    rows_for,
)
from data.catalogue import Catalogue
from data.citations import collect
from data.selection import Selection
from data.survey import question, unpublished_options

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
    ("agree-total", "Agree or strongly agree (split not published)", "#4A93D3", 1),
    ("strongly-agree", "Strongly agree", theme.AGREE[0], 1),
    ("disagree", "Disagree", theme.DISAGREE[1], -1),
    ("disagree-total", "Disagree or strongly disagree (split not published)", "#C9793F", -1),
    ("strongly-disagree", "Strongly disagree", theme.DISAGREE[0], -1),
)
ASIDE = (("neutral", "Neutral", theme.NEUTRAL), ("too-early", "Too early to say", "#C0CAD0"))
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


def _several(
    catalogue: Catalogue, selection: Selection, names: dict[str, str]
) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Rows of several questions with ``row``, their caveats, and what is not published."""
    parts: list[pd.DataFrame] = []
    caveats: list[str] = []
    details: list[str] = []
    for question_id, name in names.items():
        asked = question(catalogue, selection, question_id)
        rows = rows_for(catalogue, selection, asked)
        parts.append(rows[rows["percent"].notna()].assign(row=name))
        caveats.extend(caveats_for(selection, asked, rows))
        missing = unpublished_options(asked.results)
        if missing:
            details.append(f"{name}: not published: {'; '.join(m.lower() for m in missing)}.")
        details.extend(f"{name}: {line}" for line in details_for(asked))
    return pd.concat(parts, ignore_index=True), caveats, details


def _sector_notes(frame: pd.DataFrame) -> tuple[str, ...]:
    """Values of single sectors and second values, which the picture does not draw."""
    second = frame[frame["other_percent"].notna()]
    also = tuple(
        f"{row['row']}, {row['option'].lower()}: {theme.percent(float(row['other_percent']))} is "
        f"stated beside the {stated(row)} drawn."
        for row in second.to_dict("records")
    )
    return also + tuple(
        f"{row['row']}, {row['group'].lower()} collaboratives: "
        f"{row['option'].lower()} {stated(row)}."
        for row in frame[frame["sector_group"] != "all"].to_dict("records")
    )


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
    rows: pd.DataFrame, option: str, label: str, colour: str, side: int
) -> go.Bar | None:
    part = rows[(rows["option_id"] == option) & (rows["percent"].astype(float) > 0)]
    if part.empty:
        return None
    return go.Bar(
        y=[wrap(r, 20) for r in part["row"]],
        x=[side * float(v) for v in part["percent"]],
        orientation="h",
        name=label,
        marker={"color": colour, "line": {"color": "rgba(255,255,255,0.8)", "width": 1}},
        text=[stated(r) for r in part.to_dict("records")],
        textposition="inside",
        textangle=0,
        insidetextanchor="middle",
        textfont={"color": "#1B242B" if colour in {theme.AGREE[1], theme.DISAGREE[1], "#C0CAD0"}
                  else "#FFFFFF"},
        hovertext=[f"{r['row']}<br>{label}: {stated(r)}" for r in part.to_dict("records")],
        hoverinfo="text",
    )  # fmt: skip


@REGISTRY.register(
    "icb-relationship",
    title="Working with the ICB",
    question="Do collaboratives and their ICBs work well together, and on what?",
    alt="Diverging bars for three statements: disagreement to the left, agreement to the right, "
    "and beside them the neutral and too-early answers.",
    responds_to=SURVEY_DIMENSIONS,
)
def icb_relationship(catalogue: Catalogue, selection: Selection) -> Built:
    """The three ``icb-…`` questions of the survey."""
    frame, caveats, details = _several(catalogue, selection, STATEMENTS)
    everyone = frame[frame["sector_group"] == "all"]
    drawn = _not_both(everyone)
    figure = make_subplots(
        cols=2, shared_yaxes=True, column_widths=[0.68, 0.32], horizontal_spacing=0.03
    )
    for option, label, colour, side in SCALE:
        bar = _scale_bar(drawn, option, label, colour, side)
        if bar is not None:
            figure.add_trace(bar, row=1, col=1)
    for option, label, colour in ASIDE:
        bar = _scale_bar(drawn, option, label, colour, 1)
        if bar is not None:
            figure.add_trace(bar, row=1, col=2)
    order = [wrap(name, 20) for name in reversed(STATEMENTS.values())]
    finish(figure, 420, barmode="relative", legend={"y": -0.26, "yanchor": "top"})
    figure.update_yaxes(categoryorder="array", categoryarray=order)
    figure.update_xaxes(range=[-25, 78], tickvals=[-20, 0, 20, 40, 60],
                        ticktext=["20%", "0", "20%", "40%", "60%"], row=1, col=1)  # fmt: skip
    figure.update_xaxes(range=[0, 68], tickvals=[0, 30, 60], ticktext=["0", "30%", "60%"],
                        title={"text": "neutral, too early", "font": {"size": 12}},
                        row=1, col=2)  # fmt: skip
    totals = everyone[everyone["option_id"] == "agree-total"]
    said = [f"{r['row'].lower()} ({stated(r)})" for r in totals.to_dict("records")]
    return Built(
        figure=figure,
        frame=frame[FRAME_COLUMNS].assign(statement=frame["row"]),
        citations=collect(catalogue, frame),
        caveats=tuple(dict.fromkeys(caveats)),
        reading=f"Share who agree that they work well together: {', '.join(said)}.",
        base="Agreement with three statements (scale; base "
        f"{question(catalogue, selection, 'icb-plan-priorities').base.removeprefix('base ')} "
        "for the first, not published for the others)",
        notes=(
            "Where a total is drawn, its parts are not published.",
            *_sector_notes(frame),
        ),
        details=tuple(details),
    )


@REGISTRY.register(
    "partner-meetings",
    title="How often partners meet",
    question="Whom do collaboratives meet regularly, and whom rarely?",
    alt="Stacked bars: for each kind of partner, the share of respondents who meet it very or "
    "quite regularly, rarely or never, or have not yet met it, where published.",
    responds_to=SURVEY_DIMENSIONS,
)
def partner_meetings(catalogue: Catalogue, selection: Selection) -> Built:
    """The four ``partner-meetings-…`` questions of the survey."""
    frame, caveats, details = _several(catalogue, selection, PARTNERS)
    everyone = frame[frame["sector_group"] == "all"]
    drawn = everyone.assign(level=everyone["option_id"].map(FREQUENCIES))
    drawn = drawn[drawn["level"].notna()]
    order = list(PARTNERS.values())
    regular = drawn[drawn["option_id"] == "very-or-quite-regularly"].sort_values(
        "percent", ascending=False
    )
    most, least = regular.iloc[0].to_dict(), regular.iloc[-1].to_dict()
    return Built(
        figure=stacked_rows(drawn, order, list(FREQUENCIES.values()), FREQUENCY_COLOURS),
        frame=frame[FRAME_COLUMNS].assign(partner=frame["row"]),
        citations=collect(catalogue, frame),
        caveats=tuple(dict.fromkeys([*caveats, "not-published"])),
        reading=(
            f"{most['row']} are met regularly by {stated(most)} of respondents; "
            f"{least['row'].lower()} by {stated(least)}."
        ),
        base="Very regularly is at least monthly, quite regularly at least every three months "
        "(frequency; bases differ, most not published)",
        notes=(
            "Where a total is drawn, its parts are not published.",
            *_sector_notes(frame),
        ),
        details=tuple(details),
    )
