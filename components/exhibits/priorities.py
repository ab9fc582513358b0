"""Exhibits of priorities and improvement."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import Built, nothing
from components.exhibits.charts import finish, stated, wrap
from components.exhibits.numbers import Sentence
from components.exhibits.survey_builder import (
    caveats_for,
    details_for,
    frame_of,
    not_asked,
    ranked,
    rows_for,
    survey_exhibit,
)
from components.exhibits.survey_charts import PERCENT_AXIS, numbered_rows
from components.exhibits.survey_said import top_reading
from components.exhibits.survey_words import Row, change_notes, interval_words, mark_of
from components.exhibits.told import of_result
from data.catalogue import Catalogue
from data.citations import collect
from data.lineage import refs_of
from data.selection import Selection
from data.survey import Question, asks, question


@survey_exhibit(
    "priorities-past-year",
    title="Priorities of the past 12 months",
    question="What have collaboratives concentrated on so far?",
    alt="Ranked bars: share of respondents naming each key priority of the past 12 months, with "
    "marks for the sectors where the report gives them.",
    asked=("priorities-past-year",),
)
def priorities_past_year(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``priorities-past-year`` of the survey."""
    return ranked(
        catalogue,
        selection,
        "priorities-past-year",
        lambda rows, say: top_reading(rows, "Most named over the past 12 months", say),
    )


@survey_exhibit(
    "priorities-next-year",
    title="Top three priorities for the next 12 months",
    question="What do collaboratives mean to concentrate on next?",
    alt="Ranked bars: share of respondents naming each priority among their top three for the "
    "next 12 months, with marks for the sectors where the report gives them.",
    asked=("priorities-next-year",),
)
def priorities_next_year(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``priorities-next-year`` of the survey."""
    return ranked(
        catalogue,
        selection,
        "priorities-next-year",
        lambda rows, say: top_reading(rows, "Most named among the next year's top three", say),
    )


def _pairs(past: pd.DataFrame, coming: pd.DataFrame) -> pd.DataFrame:
    keys = ["option_id", "sector_group"]
    beside = ["percent", "precision", "interval_low", "interval_high", "locator", "question_id"]
    left = past[past["percent"].notna()]
    right = coming[coming["percent"].notna()][[*keys, *beside]]
    merged = left.merge(right, on=keys, suffixes=("", "_next"))
    everyone_first = merged.assign(_all=merged["sector_group"] == "all")
    return everyone_first.sort_values(["_all", "percent"], ascending=False).drop(columns="_all")


def _interval(row: Row, suffix: str) -> str | None:
    ends = {end: row[end + suffix] for end in ("interval_low", "interval_high")}
    return None if pd.isna(ends["interval_low"]) else interval_words(ends)


def _why_no_trend(before: Question, after: Question) -> str:
    if before.answer_kind == after.answer_kind:
        return "Not a trend: the first question looks back, the second says what is intended."
    return (
        f"Not a trend: the first question counts “{before.answer_kind.lower()}”, the second "
        f"“{after.answer_kind.lower()}”, so a share can fall though nothing has changed."
    )


def _arrows(pairs: pd.DataFrame) -> go.Figure:
    figure = go.Figure()
    records = pairs.to_dict("records")
    rows = list(range(len(records)))
    colours = [
        theme.SECTOR_COLOURS.get(str(r["sector_group"]), theme.ALL_RESPONDENTS) for r in records
    ]
    for row, record, colour in zip(rows, records, colours, strict=True):
        figure.add_scatter(
            x=[float(record["percent"]), float(record["percent_next"])],
            y=[row, row],
            mode="lines",
            line={"color": colour, "width": 3},
            hoverinfo="skip",
            showlegend=False,
        )
    for name, symbol, share, interval in (
        ("Past 12 months", "circle-open", "percent", "interval_past"),
        ("Next 12 months", "circle", "percent_next", "interval_next"),
    ):
        asked = "question_id" if share == "percent" else "question_id_next"
        figure.add_scatter(
            x=[float(r[share]) for r in records],
            y=rows,
            mode="markers+text",
            name=name,
            marker={
                "symbol": symbol,
                "size": 14,
                "color": colours,
                "line": {"width": 2.5, "color": colours},
            },
            text=[theme.percent(float(r[share])) for r in records],
            textposition="top center",
            hovertext=[
                f"95% interval {r[interval]}" if isinstance(r[interval], str) else "no interval"
                for r in records
            ],
            hoverinfo="text",
            customdata=[mark_of({**r, "question_id": r[asked]}) for r in records],
        )
    return finish(
        figure,
        100 + 56 * len(records),
        xaxis={"range": [0, 105], **PERCENT_AXIS},
        yaxis=numbered_rows([wrap(f"{r['option']} ({r['group']})", 26) for r in records]),
    )


@survey_exhibit(
    "priorities-shift",
    title="From the past year to the next",
    question="Which priorities are named in both years, and how do the shares differ?",
    alt="Lines from each priority's share for the past 12 months to its share among the top three "
    "for the next 12 months, for the pairs that the report publishes.",
    asked=("priorities-past-year", "priorities-next-year"),
)
def priorities_shift(catalogue: Catalogue, selection: Selection) -> Built:
    """Options with a published share in both priority questions."""
    both = ("priorities-past-year", "priorities-next-year")
    if not all(asks(catalogue, selection, q) for q in both):
        return not_asked(catalogue, selection)
    before, after = (question(catalogue, selection, q) for q in both)
    past, coming = (rows_for(catalogue, selection, q) for q in (before, after))
    pairs = _pairs(past, coming)
    if pairs.empty:
        return nothing(catalogue, selection, "priorities-shift", "published pairs", pairs)
    pairs = pairs.assign(
        interval_past=pd.array([_interval(r, "") for r in pairs.to_dict("records")], "string"),
        interval_next=pd.array([_interval(r, "_next") for r in pairs.to_dict("records")], "string"),
    )
    say, both_of = Sentence(), (("percent", "question_id"), ("percent_next", "question_id_next"))
    parts = [
        f"“{r['option']}” ({r['group'].lower()}) "
        + " then ".join(
            say.row(
                theme.percent(float(r[share])), "survey_results", {**r, "question_id": r[asked]}
            )
            for share, asked in both_of
        )
        for r in pairs.to_dict("records")
    ]
    pair = set(pairs["option"])
    only_past = sorted(set(past.loc[past["percent"].notna(), "option"]) - pair)
    only_next = sorted(set(coming.loc[coming["percent"].notna(), "option"]) - pair)
    notes = [
        _why_no_trend(before, after),
        *([f"Published for the past year only: {'; '.join(only_past)}."] if only_past else []),
        *([f"Published for the next year only: {'; '.join(only_next)}."] if only_next else []),
        *change_notes(before, "Past year"),
        *change_notes(after, "Next year"),
    ]
    frame = pairs.rename(columns={"percent": "percent_past", "base_n": "base_past"})[
        ["option", "group", "percent_past", "interval_past", "percent_next", "interval_next",
         "base_past", "source_id", "locator", "locator_next"]
    ]  # fmt: skip
    # No interval is drawn here: they are on the two charts of the questions, and on hover.
    keys = (
        k
        for k in caveats_for(catalogue, selection, before, pairs)
        if k not in {"interval", "possible-bases"}
    )
    return Built(
        figure=_arrows(pairs),
        frame=frame.reset_index(drop=True),
        citations=collect(catalogue, pd.concat([past, coming])),
        caveats=("not-a-trend", *keys),
        reading=f"Asked in two different ways: {'; '.join(parts)}.",
        numbers=say.numbers,
        base=f"Past year: {before.answer_kind.lower()}, {before.base}; "
        f"next year: {after.answer_kind.lower()}, {after.base}",
        notes=tuple(notes),
        refs=tuple(refs_of(catalogue, "survey_results", pairs)),
    )


@survey_exhibit(
    "improvement-journey",
    title="Where collaboratives are on their improvement journey",
    question="How far have collaboratives come with a shared approach to improvement?",
    alt="Ranked bars: share of respondents at each stage of a shared approach to improvement.",
    asked=("improvement-journey", "improvement-focus"),
)
def improvement_journey(catalogue: Catalogue, selection: Selection) -> Built:
    """Questions ``improvement-journey`` and ``improvement-focus`` of the survey."""
    if not asks(catalogue, selection, "improvement-journey"):
        return not_asked(catalogue, selection)
    built = ranked(
        catalogue,
        selection,
        "improvement-journey",
        # A total of several stages is none of them.
        lambda rows, say: top_reading(
            rows[~rows["is_aggregate"].astype(bool)], "Most common stage", say
        ),
    )
    if not asks(catalogue, selection, "improvement-focus") or built.empty:
        return built
    focus = question(catalogue, selection, "improvement-focus")
    rows = rows_for(catalogue, selection, focus)
    everyone = rows[rows["percent"].notna() & rows["sector_group"].eq("all")]
    said = [of_result(f"{r['option']}: {stated(r)}.", r) for r in everyone.to_dict("records")]
    frame = pd.concat([built.frame, frame_of(rows)], ignore_index=True)
    return Built(
        figure=built.figure,
        frame=frame,
        citations=collect(catalogue, frame),
        caveats=tuple(
            dict.fromkeys((*built.caveats, *caveats_for(catalogue, selection, focus, rows)))
        ),
        reading=built.reading,
        numbers=built.numbers,
        base=built.base,
        notes=(*said, *built.notes),
        details=(*built.details, *details_for(catalogue, focus)),
    )


@survey_exhibit(
    "improvement-approach",
    title="Approaches to shared improvement",
    question="What do collaboratives build together to improve care?",
    alt="Ranked bars: share of respondents taking each approach to shared improvement.",
    asked=("improvement-approach",),
)
def improvement_approach(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``improvement-approach`` of the survey."""
    return ranked(
        catalogue,
        selection,
        "improvement-approach",
        lambda rows, say: top_reading(rows, "Most common approach", say),
    )
