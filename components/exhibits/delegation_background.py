"""Exhibits behind delegation: law and dates, and what the documents say that it is for."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import finish, wrap
from components.exhibits.insight_links import places_of, with_links
from components.exhibits.numbers import Sentence
from components.exhibits.picks import token
from components.exhibits.statements import fitting
from data.catalogue import Catalogue
from data.citations import collect
from data.free_text import keep
from data.lineage import ref
from data.query import explain_empty, of_tier
from data.selection import Selection

ABOUT: Final = re.compile(
    r"delegat|joint (?:provider )?committee|committees? in common|commissioning|statutory|budget"
)
"""Words by which a milestone is known to bear on delegation, in lower case."""
STATEMENT_DIMENSIONS: Final = ("sector", "tier", "q")
NATIONAL: Final = ("law", "policy", "guidance")
GROUPS: Final = MappingProxyType(
    {
        "opportunity": "What it can be for",
        "key_message": "How far it is, and what the law allows",
        "risk": "What has to come with it, and what can go wrong",
        "enabler": "What would help",
        "practice": "What others have done",
    }
)
_WIDTH: Final = 50
_LINE, _GAP = 18, 14
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_NAMES: Final = MappingProxyType(
    {"law": "Law", "policy": "National policy", "guidance": "National guidance",
     "here": "A collaborative"}
)  # fmt: skip


def day_words(on: str) -> str:
    """A date as precise as stated: ``2023``, ``November 2022``, ``1 April 2025``."""
    parts = [int(p) for p in on.split("-")]
    words = [str(parts[0])]
    if len(parts) > 1:
        words.insert(0, _MONTHS[parts[1] - 1])
    if len(parts) > 2:
        words.insert(0, str(parts[2]))
    return " ".join(words)


def _milestones(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """National law, policy and guidance, and steps of collaboratives that bear on delegation."""
    table = catalogue.table("milestones")
    known = catalogue.table("collaboratives")[["collaborative_id", "short_name", "sector"]]
    table = table.merge(known, on="collaborative_id", how="left")
    about = table["title"].str.lower().str.contains(ABOUT)
    national = table["collaborative_id"].isna() & table["kind"].isin(NATIONAL)
    # Of the national ones those count that speak of it, and all of the law.
    chosen = (national & (about | (table["kind"] == "law") | (table["kind"] == "guidance"))) | (
        table["collaborative_id"].notna() & about
    )
    if selection.sector:
        chosen &= table["sector"].isna() | table["sector"].isin(selection.sector)
    found = keep(of_tier(catalogue, selection, table[chosen]), selection.q, ("title", "short_name"))
    return found.sort_values(["on", "milestone_id"], kind="stable").reset_index(drop=True)


def _look(row: pd.Series) -> str:
    return "here" if isinstance(row["collaborative_id"], str) else str(row["kind"])


def _picture(frame: pd.DataFrame) -> go.Figure:
    """Dates below one another on a line, each with what happened beside it."""
    figure = go.Figure()
    rows, y = [], 0
    for _, row in frame.iterrows():
        who = f" ({row['short_name']})" if isinstance(row["short_name"], str) else ""
        text = f"<b>{day_words(row['on'])}</b><br>{wrap(row['title'] + who, _WIDTH)}"
        whose = {"collaborative": row["collaborative_id"]} if who else {}
        mark = token(**whose, row=ref("milestones", row["milestone_id"]))
        rows.append((_look(row), y, text, mark))
        y += _LINE * (text.count("<br>") + 1) + _GAP
    figure.add_scatter(
        x=[0, 0], y=[rows[0][1], rows[-1][1]], mode="lines", hoverinfo="skip", showlegend=False,
        line={"color": theme.NEUTRAL, "width": 2},
    )  # fmt: skip
    for look, name in _NAMES.items():
        part = [(at, mark) for kind, at, _, mark in rows if kind == look]
        if not part:
            continue
        colour = theme.MILESTONE_COLOURS[look]
        figure.add_scatter(
            x=[0] * len(part), y=[at for at, _ in part], mode="markers", name=name,
            marker={"symbol": theme.MILESTONE_SYMBOLS[look], "color": colour, "size": 13,
                    "opacity": 1, "line": {"width": 2, "color": colour}},
            # What is skipped on hover cannot be clicked.
            hoverinfo="none", customdata=[mark for _, mark in part],
        )  # fmt: skip
    # The text begins at the height of its mark.
    figure.add_scatter(
        x=[0.05] * len(rows), y=[at - 9 for _, at, *_ in rows], text=[t for _, _, t, _ in rows],
        mode="text", textposition="bottom right", textfont={"size": theme.LABEL_SIZE},
        hoverinfo="skip", showlegend=False, cliponaxis=False,
    )  # fmt: skip
    return finish(
        figure,
        y + 60,
        xaxis={"range": [-0.04, 1.1], "visible": False},
        yaxis={"range": [y, -14], "visible": False},
        margin={"l": 6, "r": 6, "t": 40, "b": 4},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
        showlegend=True,
    )


@REGISTRY.register(
    "delegation-milestones",
    title="Law and milestones of delegation",
    question="What does the law allow since when, and who has gone first?",
    alt="A line of dates from top to bottom: squares for law, diamonds for national policy and "
    "guidance, dots for steps of single collaboratives, each with what happened.",
    responds_to=STATEMENT_DIMENSIONS,
)
def delegation_milestones(catalogue: Catalogue, selection: Selection) -> Built:
    """Milestones of law, policy and guidance, and of collaboratives, that bear on delegation."""
    frame = _milestones(catalogue, selection)
    if frame.empty:
        empty = explain_empty(catalogue, selection, STATEMENT_DIMENSIONS, "milestones")
        return Built(None, frame, (), (), empty.reason, empty=empty)
    here = frame["collaborative_id"].notna()
    law = frame[frame["kind"] == "law"]
    say, ends = Sentence(), [frame.iloc[0].to_dict(), frame.iloc[-1].to_dict()]
    reading = (
        f"{say(theme.plural(len(frame), 'milestone'), 'milestones', frame)} from "
        f"{say.row(day_words(ends[0]['on']), 'milestones', ends[0])} to "
        f"{say.row(day_words(ends[1]['on']), 'milestones', ends[1])}, "
        f"{say(f'{int(here.sum())} of them', 'milestones', frame[here])} steps of single "
        "collaboratives"
    )
    if not law.empty:
        day = day_words(law["on"].iloc[0])
        day = say.row(day, "milestones", law.iloc[0].to_dict())
        reading += f"; the law that opens delegation is of {day}"
    shown = frame.rename(columns={"short_name": "collaborative"})
    return Built(
        figure=_picture(frame),
        frame=shown[["on", "title", "kind", "collaborative", "sector", "source_id", "locator"]],
        citations=collect(catalogue, frame),
        caveats=("partial-coverage",),
        reading=f"{reading}.",
        numbers=say.numbers,
        notes=(
            "Chosen by their words: law and guidance, and whatever speaks of delegation, budgets, "
            "commissioning or joint committees. Dates are as precise as the sources give them.",
        ),
    )


@REGISTRY.register(
    "delegation-insights",
    title="What the documents say of delegation",
    question="What is delegation for, and what has to come with it?",
    alt="A list of statements about delegation, each with a title, a summary and its source.",
    responds_to=STATEMENT_DIMENSIONS,
)
def delegation_insights(catalogue: Catalogue, selection: Selection) -> Built:
    """Insights of any kind whose topic is delegation, grouped by what they tell."""
    frame = catalogue.table("insights")
    frame = fitting(catalogue, selection, frame[frame["topic"] == "delegation"])
    order = {kind: place for place, kind in enumerate(GROUPS)}
    frame = frame.assign(_place=frame["kind"].map(order))
    frame = frame.sort_values(["_place", "source_id", "position"]).drop(columns="_place")
    if frame.empty:
        return nothing(catalogue, selection, "delegation-insights", "statements", frame)
    frame = frame.reset_index(drop=True)
    say, about = Sentence(), "topic:delegation"
    documents = theme.plural(frame["source_id"].nunique(), "document")
    return Built(
        figure=None,
        frame=with_links(catalogue, frame).assign(told_under=frame["kind"].map(dict(GROUPS))),
        citations=collect(catalogue, places_of(catalogue, frame)),
        caveats=(),
        reading=f"{say(theme.plural(len(frame), 'statement'), 'insights', frame, about)} about "
        f"delegation from {say(documents, 'insights', frame, about, by='source_id')}.",
        numbers=say.numbers,
    )
