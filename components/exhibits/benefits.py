"""Exhibits of reported benefits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import finish, wrap
from data.catalogue import Catalogue
from data.citations import collect
from data.query import outcomes
from data.selection import Selection

BENEFIT_DIMENSIONS = (
    "sector", "region", "icb", "governance", "collaborative", "benefit", "status", "tier",
)  # fmt: skip
ARROWS = {"decrease": "▼ ", "increase": "▲ ", "level": ""}
FRAME_COLUMNS = [
    "collaborative", "benefit", "service", "metric", "direction", "value", "unit",
    "baseline_value", "precision", "period", "status", "comparator", "note", "discrepancy_id",
    "other_source_ids", "source_id", "locator",
]  # fmt: skip


def value_words(row: Mapping[Any, Any]) -> str:
    """An outcome's value in words: ``▼ 36%``, ``£4.4m``, ``more than 2,000 people``."""
    value = row.get("value")
    if value is None or pd.isna(value):
        return "no figure stated"
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    prefix = {"bound": "more than ", "approximate": "about "}.get(str(row["precision"]), "")
    arrow = ARROWS.get(str(row["direction"]), "")
    return f"{arrow}{prefix}{theme.amount(float(str(value)), unit)}"


def outcome_caveats(frame: pd.DataFrame) -> tuple[str, ...]:
    """Caveat keys that rows of ``outcomes`` call for."""
    keys = ["self-reported"]
    if frame["status"].nunique() > 1:
        keys.append("mixed-status")
    if (frame["precision"] == "bound").any():
        keys.append("bound")
    return tuple(keys)


def outcome_hover(row: Mapping[Any, Any]) -> str:
    """What the pointer shows for one outcome: metric, value, status, period and place."""
    period = row["period"] if isinstance(row["period"], str) else "period not published"
    return (
        f"<b>{wrap(str(row['metric']), 48)}</b><br>{row['collaborative']}<br>"
        f"{value_words(row)} ({row['status']}); {wrap(period, 48)}"
    )


@REGISTRY.register(
    "outcomes-by-benefit",
    title="Reported outcomes by benefit of scale",
    question="What has been gained, under which of the six benefits of scale?",
    alt="Bars of every outcome stated as a percentage, grouped under the six benefits of scale; "
    "achieved solid, expected hatched. Benefits without one are named.",
    responds_to=BENEFIT_DIMENSIONS,
)
def outcomes_by_benefit(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``outcomes`` that the selection leaves; percentages are drawn."""
    frame = outcomes(catalogue, selection)
    if frame.empty:
        return nothing(catalogue, selection, "outcomes-by-benefit", "outcomes", frame)
    shares = frame[(frame["unit"] == "percent") & frame["value"].notna()]
    order: list[str] = []
    figure = go.Figure()
    for benefit, label in catalogue.schema.labels("outcomes", "benefit").items():
        if selection.benefit and benefit not in selection.benefit:
            continue
        part = shares[shares["benefit"] == benefit].sort_values("value", ascending=False)
        head = f"<b>{wrap(label, 30)}</b>"
        count = int((frame["benefit"] == benefit).sum())
        if part.empty:
            words = theme.plural(count, "outcome") if count else "nothing reported"
            head += f"<br><i>{words}{', none as a percentage' if count else ''}</i>"
        order.append(head)
        figure.add_bar(
            y=[head], x=[0], orientation="h", hoverinfo="skip", showlegend=False, marker_opacity=0
        )
        for row in part.to_dict("records"):
            y = wrap(f"{row['metric']} ({row['collaborative']})", 30)
            order.append(y)
            figure.add_bar(
                y=[y],
                x=[float(row["value"])],
                orientation="h",
                marker={
                    "color": theme.SECTOR_COLOURS[row["sector"]],
                    "pattern": {
                        "shape": theme.STATUS_PATTERNS[row["status"]],
                        "fillmode": "overlay",
                        "fgcolor": "rgba(255,255,255,0.6)",
                    },
                },
                text=[value_words(row)],
                textposition="outside",
                cliponaxis=False,
                hovertext=[outcome_hover(row)],
                hoverinfo="text",
                legendgroup=row["sector"],
                name=theme.SECTOR_SHORT[row["sector"]],
                showlegend=not any(
                    t.name == theme.SECTOR_SHORT[row["sector"]] for t in figure.data
                ),
            )
    finish(
        figure,
        110 + 34 * len(order) + 15 * sum(o.count("<br>") for o in order),
        xaxis={"range": [0, 112], "ticksuffix": "%", "dtick": 20},
        yaxis={"categoryorder": "array", "categoryarray": order[::-1]},
        barmode="overlay",
    )
    others = frame[frame["value"].notna() & (frame["unit"] != "percent")]
    notes = [
        f"In its own unit: {r['metric']}: {value_words(r)}"
        + (f", from {theme.amount(float(r['baseline_value']), str(r['unit']))}"
           if pd.notna(r["baseline_value"]) else "")
        + f" ({r['collaborative']}, {r['status']})."
        for r in others.to_dict("records")
    ]  # fmt: skip
    plain = int((~frame["is_quantified"].astype(bool)).sum())
    if plain:
        notes.append(f"{theme.plural(plain, 'outcome')} without a number: see the table view.")
    numbers = int(frame["is_quantified"].astype(bool).sum())
    achieved = int((frame["status"] == "achieved").sum())
    reading = (
        f"{theme.plural(len(frame), 'outcome')} from "
        f"{theme.plural(frame['collaborative_id'].nunique(), 'collaborative')}, {numbers} with a "
        f"number; {achieved} are reported as achieved, {len(frame) - achieved} as expected or "
        "planned."
    )
    return Built(
        figure=figure,
        frame=frame[FRAME_COLUMNS],
        citations=collect(catalogue, frame),
        caveats=outcome_caveats(frame),
        reading=reading,
        notes=tuple(notes),
    )


@REGISTRY.register(
    "procurement-savings",
    title="Procurement savings by year",
    question="How much do joint procurement teams say they save?",
    alt="Bars of the savings stated for each year in millions of pounds; where two sources state "
    "different values, the one not chosen is an open bar.",
    responds_to=BENEFIT_DIMENSIONS,
)
def procurement_savings(catalogue: Catalogue, selection: Selection) -> Built:
    """Procurement savings in £ million, both sides of a discrepancy."""
    frame = outcomes(catalogue, selection, shown_only=False)
    money = frame["unit"].eq("gbp_million") & frame["value"].notna()
    frame = frame[money & frame["service"].fillna("").str.contains("rocurement")]
    if frame.empty:
        return nothing(catalogue, selection, "procurement-savings", "procurement savings", frame)
    frame = frame.sort_values(["period", "is_shown"], ascending=[True, False])
    figure = go.Figure()
    for shown, name in ((True, "Value shown"), (False, "Also stated, not chosen")):
        part = frame[frame["is_shown"].astype(bool) == shown]
        figure.add_bar(
            x=part["period"].tolist(),
            y=part["value"].astype(float).tolist(),
            name=name,
            marker={
                "color": theme.STATUS_COLOURS["expected"] if shown else "rgba(0,0,0,0)",
                "line": {"color": theme.STATUS_COLOURS["expected"], "width": 2},
                "pattern": {"shape": ["/" if s == "expected" else "" for s in part["status"]],
                            "fillmode": "overlay", "fgcolor": "rgba(255,255,255,0.6)"}
                if shown else {},
            },
            text=[value_words(r) for r in part.to_dict("records")],
            textposition="outside",
            cliponaxis=False,
            hovertext=[outcome_hover(r) for r in part.to_dict("records")],
            hoverinfo="text",
        )  # fmt: skip
    top = float(frame["value"].max())
    finish(
        figure,
        340,
        yaxis={"tickprefix": "£", "ticksuffix": "m", "range": [0, top * 1.18], "nticks": 6},
        xaxis={"type": "category"},
        barmode="group",
    )
    chosen = frame[frame["is_shown"].astype(bool)]
    said = [f"{value_words(r)} in {r['period']} ({r['status']})" for r in chosen.to_dict("records")]
    notes = []
    for key in frame["discrepancy_id"].dropna().unique():
        row = catalogue.row("discrepancies", key)
        notes.append(f"{row['summary']} Rule: {row['rule']}")
    return Built(
        figure=figure,
        frame=frame[["collaborative", "metric", "value", "unit", "period", "status", "is_shown",
                     "discrepancy_id", "other_source_ids", "source_id", "locator", "note"]],
        citations=collect(catalogue, frame),
        caveats=outcome_caveats(frame),
        reading=f"{' and '.join(chosen['collaborative'].unique())}: {', '.join(said)}.",
        notes=tuple(notes),
    )  # fmt: skip
