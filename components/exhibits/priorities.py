"""Exhibits of the survey's first chapters: who answered, priorities and improvement."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import finish, stated, wrap
from components.exhibits.survey_builder import (
    FRAME_COLUMNS,
    SURVEY_DIMENSIONS,
    caveats_for,
    details_for,
    notes_for,
    ranked,
    rows_for,
    top_reading,
)
from data.catalogue import Catalogue
from data.citations import collect
from data.selection import Selection
from data.survey import question, wave_of


@REGISTRY.register(
    "survey-respondents",
    title="Who answered the survey",
    question="How much of the country do the survey's figures speak for?",
    alt="Bars of the number of responses, of the collaboratives that responded, and of the "
    "estimated number of collaboratives in England.",
    responds_to=("wave",),
)
def survey_respondents(catalogue: Catalogue, selection: Selection) -> Built:
    """Responses and collaboratives against the estimated population, of ``survey_waves``."""
    wave = catalogue.row("survey_waves", wave_of(catalogue, selection))
    asked = question(catalogue, selection, "respondents")
    parts = [
        ("Collaboratives in England (estimate)", wave["population_estimate"], theme.NEUTRAL),
        ("Collaboratives that responded", wave["collaboratives"], theme.ALL_RESPONDENTS),
        ("Responses", wave["responses"], theme.ALL_RESPONDENTS),
    ]
    shown = [(label, int(value), colour) for label, value, colour in parts if pd.notna(value)]
    figure = go.Figure(
        go.Bar(
            y=[wrap(label, 24) for label, _, _ in shown],
            x=[value for _, value, _ in shown],
            orientation="h",
            marker={"color": [colour for _, _, colour in shown]},
            text=[
                f"about {value}" if "estimate" in label else f"{value}" for label, value, _ in shown
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    top = max(value for _, value, _ in shown)
    finish(
        figure, 200, xaxis={"range": [0, top * 1.35], "nticks": 5}, yaxis={"autorange": "reversed"}
    )
    frame = pd.DataFrame(
        {
            "what": [label for label, _, _ in shown],
            "count": [value for _, value, _ in shown],
            "source_id": wave["source_id"],
            "locator": wave["locator"],
        }
    )
    responded, estimate = int(wave["collaboratives"]), int(wave["population_estimate"])
    reading = (
        f"{int(wave['responses'])} responses came from {responded} collaboratives, about "
        f"{theme.percent(round(100 * responded / estimate))} of the roughly {estimate} that the "
        "report estimates there are."
    )
    return Built(
        figure=figure,
        frame=frame,
        citations=collect(catalogue, pd.concat([frame, asked.results])),
        caveats=("not-published",),
        reading=reading,
        base=f"Fieldwork: {wave['fieldwork']}",
        notes=notes_for(Selection(), asked),
        details=details_for(asked),
    )


@REGISTRY.register(
    "priorities-past-year",
    title="Priorities of the past 12 months",
    question="What have collaboratives concentrated on so far?",
    alt="Ranked bars: share of respondents naming each key priority of the past 12 months, with "
    "marks for the sectors where the report gives them.",
    responds_to=SURVEY_DIMENSIONS,
)
def priorities_past_year(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``priorities-past-year`` of the survey."""
    return ranked(
        catalogue,
        selection,
        "priorities-past-year",
        lambda rows: top_reading(rows, "Most named over the past 12 months"),
    )


@REGISTRY.register(
    "priorities-next-year",
    title="Top three priorities for the next 12 months",
    question="What do collaboratives mean to concentrate on next?",
    alt="Ranked bars: share of respondents naming each priority among their top three for the "
    "next 12 months, with marks for the sectors where the report gives them.",
    responds_to=SURVEY_DIMENSIONS,
)
def priorities_next_year(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``priorities-next-year`` of the survey."""
    return ranked(
        catalogue,
        selection,
        "priorities-next-year",
        lambda rows: top_reading(rows, "Most named among the next year's top three"),
    )


def _pairs(past: pd.DataFrame, coming: pd.DataFrame) -> pd.DataFrame:
    keys = ["option_id", "sector_group"]
    left = past[past["percent"].notna()]
    right = coming[coming["percent"].notna()][[*keys, "percent", "precision", "locator"]]
    merged = left.merge(right, on=keys, suffixes=("", "_next"))
    everyone_first = merged.assign(_all=merged["sector_group"] == "all")
    return everyone_first.sort_values(["_all", "percent"], ascending=False).drop(columns="_all")


@REGISTRY.register(
    "priorities-shift",
    title="From the past year to the next",
    question="Which priorities are named in both years, and how do the shares differ?",
    alt="Lines from each priority's share for the past 12 months to its share among the top three "
    "for the next 12 months, for the pairs that the report publishes.",
    responds_to=SURVEY_DIMENSIONS,
)
def priorities_shift(catalogue: Catalogue, selection: Selection) -> Built:
    """Options with a published share in both priority questions."""
    before = question(catalogue, selection, "priorities-past-year")
    after = question(catalogue, selection, "priorities-next-year")
    past = rows_for(catalogue, selection, before)
    coming = rows_for(catalogue, selection, after)
    pairs = _pairs(past, coming)
    if pairs.empty:
        return nothing(catalogue, selection, "priorities-shift", "published pairs", pairs)
    figure = go.Figure()
    labels = []
    for row in pairs.to_dict("records"):
        label = wrap(f"{row['option']} ({row['group']})", 30)
        labels.append(label)
        colour = theme.SECTOR_COLOURS.get(row["sector_group"], theme.ALL_RESPONDENTS)
        start, end = float(row["percent"]), float(row["percent_next"])
        figure.add_scatter(
            x=[start, end],
            y=[label, label],
            mode="lines+markers+text",
            marker={
                "symbol": ["circle-open", "circle"],
                "size": 14,
                "color": colour,
                "line": {"width": 2.5, "color": colour},
            },
            line={"color": colour, "width": 3},
            text=[f"past {theme.percent(start)}", f"next {theme.percent(end)}"],
            textposition=["middle right", "middle left"] if start > end
            else ["middle left", "middle right"],
            hoverinfo="skip",
            showlegend=False,
        )  # fmt: skip
    finish(
        figure,
        110 + 64 * len(pairs),
        xaxis={"range": [0, 105], "ticksuffix": "%", "nticks": 6},
        yaxis={
            "categoryorder": "array",
            "categoryarray": labels[::-1],
            "range": [-0.6, len(pairs) - 0.4],
        },
    )
    parts = [
        f"“{r['option']}” ({r['group'].lower()}): {theme.percent(float(r['percent']))} then "
        f"{theme.percent(float(r['percent_next']))}"
        for r in pairs.to_dict("records")
    ]
    only_past = sorted(set(past["option"]) - set(coming["option"]))
    only_next = sorted(set(coming["option"]) - set(past["option"]))
    notes = [
        "Only pairs that the report publishes are drawn.",
        *([f"Published for the past year only: {'; '.join(only_past)}."] if only_past else []),
        *([f"Published for the next year only: {'; '.join(only_next)}."] if only_next else []),
    ]
    frame = pairs.rename(
        columns={
            "percent": "percent_past",
            "locator": "locator",
            "locator_next": "locator_next",
            "base_n": "base_past",
        }
    )[
        ["option", "group", "percent_past", "percent_next", "base_past", "source_id", "locator",
         "locator_next"]
    ]  # fmt: skip
    return Built(
        figure=figure,
        frame=frame.reset_index(drop=True),
        citations=collect(catalogue, pd.concat([past, coming])),
        caveats=("not-a-trend", *caveats_for(selection, before, pairs)),
        reading="; ".join(parts) + ".",
        base=f"Past year: {before.answer_kind.lower()}, {before.base}; "
        f"next year: {after.answer_kind.lower()}, {after.base}",
        notes=tuple(notes),
    )


@REGISTRY.register(
    "improvement-journey",
    title="Where collaboratives are on their improvement journey",
    question="How far have collaboratives come with a shared approach to improvement?",
    alt="Ranked bars: share of respondents at each stage of a shared approach to improvement.",
    responds_to=SURVEY_DIMENSIONS,
)
def improvement_journey(catalogue: Catalogue, selection: Selection) -> Built:
    """Questions ``improvement-journey`` and ``improvement-focus`` of the survey."""
    built = ranked(
        catalogue,
        selection,
        "improvement-journey",
        lambda rows: top_reading(rows, "Most common stage"),
    )
    focus = question(catalogue, selection, "improvement-focus")
    rows = rows_for(catalogue, selection, focus)
    said = [f"{r['option']}: {stated(r)}." for r in rows.to_dict("records")]
    return Built(
        figure=built.figure,
        frame=pd.concat([built.frame, rows[FRAME_COLUMNS]], ignore_index=True),
        citations=collect(catalogue, pd.concat([built.frame, rows])),
        caveats=tuple(dict.fromkeys((*built.caveats, "bound"))),
        reading=built.reading,
        base=built.base,
        notes=(*said, *built.notes),
        details=(*built.details, *details_for(focus)),
    )


@REGISTRY.register(
    "improvement-approach",
    title="Approaches to shared improvement",
    question="What do collaboratives build together to improve care?",
    alt="Ranked bars: share of respondents taking each approach to shared improvement.",
    responds_to=SURVEY_DIMENSIONS,
)
def improvement_approach(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``improvement-approach`` of the survey."""
    return ranked(
        catalogue,
        selection,
        "improvement-approach",
        lambda rows: top_reading(rows, "Most common approach"),
    )
