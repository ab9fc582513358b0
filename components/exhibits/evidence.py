"""Exhibits of how firm the reported benefits are: pairs of values, and the evidence map."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.benefits import (
    BENEFIT_DIMENSIONS,
    FRAME_COLUMNS,
    outcome_caveats,
    outcome_hover,
    value_words,
)
from components.exhibits.charts import finish, grid, wrap
from data.catalogue import Catalogue
from data.citations import collect
from data.query import outcomes
from data.selection import Selection


@REGISTRY.register(
    "before-and-after",
    title="Before and after",
    question="Where do sources state both the value before and the value after?",
    alt="A line for each pair, from the value before to the value after, each in its own unit.",
    responds_to=BENEFIT_DIMENSIONS,
)
def before_and_after(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``outcomes`` with a baseline."""
    frame = outcomes(catalogue, selection)
    frame = frame[frame["baseline_value"].notna() & frame["value"].notna()]
    if frame.empty:
        return nothing(catalogue, selection, "before-and-after", "pairs of values", frame)
    figure = go.Figure()
    said = []
    for row in frame.to_dict("records"):
        before, after, unit = float(row["baseline_value"]), float(row["value"]), str(row["unit"])
        label = wrap(f"{row['metric']} ({row['collaborative']})", 34)
        colour = theme.SECTOR_COLOURS[row["sector"]]
        figure.add_scatter(
            x=["Before", "After"],
            y=[before, after],
            mode="lines+markers+text",
            line={"color": colour, "width": 4},
            marker={"size": 15, "symbol": ["circle-open", "circle"], "color": colour,
                    "line": {"width": 3, "color": colour}},
            text=[theme.amount(before, unit), theme.amount(after, unit)],
            textposition=["top center", "middle right"],
            textfont={"size": 16},
            name=label,
            hovertext=[outcome_hover(row)] * 2,
            hoverinfo="text",
            showlegend=True,
        )  # fmt: skip
        said.append(
            f"{row['metric']} ({row['collaborative']}): from {theme.amount(before, unit)} to "
            f"{theme.amount(after, unit)}, {row['status']}"
        )
    top = float(pd.concat([frame["value"], frame["baseline_value"]]).max())
    finish(
        figure,
        360,
        xaxis={"range": [-0.35, 1.45], "type": "category"},
        yaxis={"range": [0, top * 1.25], "title": {"text": "own unit", "font": {"size": 12}}},
        legend={"y": -0.12, "yanchor": "top"},
    )
    return Built(
        figure=figure,
        frame=frame[FRAME_COLUMNS],
        citations=collect(catalogue, frame),
        caveats=outcome_caveats(frame),
        reading="; ".join(said) + ".",
        notes=("Percentages without a stated baseline are changes, not pairs; they are under "
               "“Reported outcomes by benefit of scale”.",),
    )  # fmt: skip


def _cell(part: pd.DataFrame) -> tuple[str, str, int]:
    """Kind of evidence in one cell: legend name, symbol and size."""
    numbers = part[part["is_quantified"].astype(bool)]
    if (numbers["status"] == "achieved").any():
        return "Achieved, with a number", "circle", 20
    if not numbers.empty:
        return "Expected, with a number", "circle-open", 20
    if (part["status"] == "achieved").any():
        return "Achieved, in words", "diamond", 14
    return "Expected or planned, in words", "diamond-open", 14


@REGISTRY.register(
    "benefit-evidence-map",
    title="Who reports which benefit",
    question="Where is there something reported, how firm is it, and where are the gaps?",
    alt="A grid of collaboratives by the six benefits of scale; a mark where something is "
    "reported, its shape saying whether with a number and whether achieved; blanks are gaps.",
    responds_to=BENEFIT_DIMENSIONS,
)
def benefit_evidence_map(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``outcomes`` counted by collaborative and benefit."""
    frame = outcomes(catalogue, selection)
    if frame.empty:
        return nothing(catalogue, selection, "benefit-evidence-map", "outcomes", frame)
    labels = catalogue.schema.labels("outcomes", "benefit")
    marks = []
    for (name, benefit), part in frame.groupby(["collaborative", "benefit"], sort=False):
        legend, symbol, size = _cell(part)
        listed = "<br>".join(
            f"• {wrap(r['metric'], 50)}: {value_words(r)}" for r in part.to_dict("records")
        )
        marks.append(
            {
                "collaborative": name,
                "benefit_label": theme.BENEFIT_SHORT[str(benefit)],
                "colour": theme.SECTOR_COLOURS[part["sector"].iloc[0]],
                "symbol": symbol,
                "size": size,
                "legend": legend,
                "hover": f"<b>{name}</b>: {labels[str(benefit)]}<br>{listed}",
            }
        )
    cells = pd.DataFrame(marks)
    counts = frame.groupby("collaborative").size().sort_values(ascending=False)
    shown_benefits = [
        theme.BENEFIT_SHORT[b] for b in labels if not selection.benefit or b in selection.benefit
    ]
    figure = grid(
        cells, "benefit_label", "collaborative", shown_benefits, list(counts.index),
        "colour", "symbol", "size", "hover", "legend",
    )  # fmt: skip
    figure.update_xaxes(tickangle=-40)
    possible = len(counts) * len(shown_benefits)
    return Built(
        figure=figure,
        frame=frame[FRAME_COLUMNS],
        citations=collect(catalogue, frame),
        caveats=outcome_caveats(frame),
        reading=(
            f"Something is reported in {len(cells)} of {possible} cells: "
            f"{theme.plural(len(counts), 'collaborative')} by "
            f"{theme.plural(len(shown_benefits), 'benefit')}; {counts.index[0]} reports most."
        ),
        notes=("A blank cell: the sources report nothing there. Colour: sector.",),
        scrolls=True,
    )  # fmt: skip
