"""Exhibits of who answered the survey, and of what they named without numbers."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import Built
from components.exhibits.charts import finish, wrap
from components.exhibits.numbers import Sentence
from components.exhibits.picks import token
from components.exhibits.survey_builder import details_for, notes_for, survey_exhibit
from components.exhibits.survey_words import base_line
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.citations import collect
from data.comparisons import earlier_wave
from data.lineage import ref, refs_of
from data.selection import Selection
from data.statistics import Sample, limits
from data.survey import question, wave_of

REPORTED_SHARE = "share-of-population"


def _bars(shown: list[tuple[str, int, str]], wave_id: str) -> go.Figure:
    figure = go.Figure(
        go.Bar(
            y=[wrap(label, 24) for label, _, _ in shown],
            x=[value for _, value, _ in shown],
            orientation="h",
            marker={
                "color": [colour for _, _, colour in shown],
                # An estimate is drawn as wording is elsewhere: hatched.
                "pattern": {
                    "shape": ["/" if "estimate" in label else "" for label, _, _ in shown],
                    "fillmode": "overlay",
                    "fgcolor": "rgba(255,255,255,0.55)",
                    "size": 7,
                },
            },
            text=[
                f"about {value}" if "estimate" in label else f"{value}" for label, value, _ in shown
            ],
            textposition="outside",
            cliponaxis=False,
            # What is skipped on hover cannot be clicked.
            hoverinfo="none",
            customdata=[token(row=ref("survey_waves", wave_id))] * len(shown),
        )
    )
    top = max(value for _, value, _ in shown)
    return finish(
        figure,
        190,
        # The counts stand beside the bars; an axis to 250 would say nothing more.
        xaxis={"range": [0, top * 1.35], "visible": False},
        yaxis={"autorange": "reversed", "ticklabelstandoff": 6},
    )


def _meaning(responses: int, population: int) -> tuple[str, str]:
    """What the number of responses means for every other chart, as a note and a detail."""
    half = Sample(responses // 2, responses, population)
    found = limits(half)
    percent = theme.percent(round(100 * half.share))
    silent = population - responses
    least, most = half.count, half.count + silent
    note = (
        f"For reading the other charts: an answer given by {half.count} of {responses} ({percent}) "
        f"has a 95% interval from {100 * found.low:.0f}% to {100 * found.high:.0f}% of all, "
        "provided that who answered had nothing to do with what they would say."
    )
    detail = (
        f"Without that proviso little is certain: {half.count} of {responses} could be anything "
        f"from {least} to {most} of {population} collaboratives "
        f"({100 * least / population:.0f}% to {100 * most / population:.0f}%), since about "
        f"{silent} did not answer."
    )
    return note, detail


@survey_exhibit(
    "survey-respondents",
    title="Who answered the survey",
    question="How much of the country do the survey's figures speak for?",
    alt="Bars of the number of responses, of the collaboratives that responded, and of the "
    "estimated number of collaboratives in England.",
    asked=("respondents",),
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
    counts = {label: value for label, value, _ in shown}
    population = counts.get(parts[0][0])
    share = [
        None if population is None or label == parts[0][0] else round(100 * value / population, 1)
        for label, value, _ in shown
    ]
    frame = pd.DataFrame(
        {
            "what": list(counts),
            "count": pd.array(list(counts.values()), dtype="Int64"),
            "percent_of_estimate": pd.array(share, dtype="Float64"),
            "basis": ["derived" if s is not None else "stated" for s in share],
            "source_id": wave["source_id"],
            "locator": wave["locator"],
        }
    )
    said = asked.results[asked.results["option_id"] == REPORTED_SHARE]
    said = said[said["percent"].notna()].rename(columns={"option": "what"})
    refs = (
        *(ref("survey_waves", asked.wave_id) for _ in shown),
        *refs_of(catalogue, "survey_results", said),
    )
    said = said.assign(percent_of_estimate=said["percent"], basis="stated")
    frame = pd.concat([frame, said[[c for c in frame if c in said]]], ignore_index=True)
    notes = notes_for(Selection(), asked)
    details = details_for(catalogue, asked)
    notes = (*_earlier(catalogue, asked.wave_id), *notes)
    responses, say = counts["Responses"], Sentence()
    if population is not None and population >= responses:
        note, detail = _meaning(responses, population)
        whence = refs[0]
        notes, details = (Told(note, whence), *notes), (Told(detail, whence), *details)
    return Built(
        figure=_bars(shown, asked.wave_id),
        frame=frame,
        citations=collect(catalogue, pd.concat([frame, asked.results])),
        caveats=("not-published",),
        reading=_reading(counts, population, said, refs[0], say),
        numbers=say.numbers,
        base=f"Fieldwork: {wave['fieldwork']}",
        notes=notes,
        details=details,
        refs=refs,
    )


def _earlier(catalogue: Catalogue, wave_id: str) -> tuple[str, ...]:
    """How many answered in the wave before, in a sentence."""
    before = earlier_wave(catalogue, wave_id, "respondents")
    if not before:
        return ()
    wave = catalogue.row("survey_waves", before)
    of_all = wave["population_estimate"]
    rest = "" if pd.isna(of_all) else f", when there were about {of_all} collaboratives"
    return (f"“{wave['title']}” had {theme.plural(int(wave['responses']), 'response')}{rest}.",)


def _reading(
    counts: dict[str, int], population: int | None, said: pd.DataFrame, wave: str, say: Sentence
) -> str:
    responses = say(theme.plural(counts["Responses"], "response"), "survey_waves", (wave,))
    answered = counts.get("Collaboratives that responded")
    if answered is None:
        text = f"{responses} came in"
        answered = counts["Responses"]
    else:
        who = say(theme.plural(answered, "collaborative"), "survey_waves", (wave,))
        text = f"{responses} came from {who}"
    if population is None:
        return f"{text}; how many there are is not published."
    share = theme.percent(round(100 * answered / population))
    of_all = say(f"{answered} of about {population}", "survey_waves", (wave,))
    how = "collaboratives that answered, or responses, by the estimated number of collaboratives"
    out = say.worked(f"is {share}", how, "survey_waves", (wave,))
    text += f": {of_all} {out}, worked out by the Atlas"
    if not said.empty:
        its = theme.percent(float(said.iloc[0]["percent_of_estimate"]))
        text += f" (the report says about {say(its, 'survey_results', said.head(1))})"
    return text + "."


@survey_exhibit(
    "benefits-named",
    title="Benefits that respondents named",
    question="What do those who answered say that collaboration has brought so far?",
    alt="A list of the benefits that the report says were named, none with a number.",
    asked=("benefits-to-date",),
    responds_to=("wave",),
)
def benefits_named(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``benefits-to-date``: an open question, reported in words."""
    asked = question(catalogue, selection, "benefits-to-date")
    rows = asked.results[asked.results["sector_group"] == "all"]
    numbered, say = int(rows["percent"].notna().sum()), Sentence()
    count = say(
        theme.plural(len(rows), "benefit"), "survey_results", rows,
        f"question_id:{asked.question_id}", "sector_group:all",
    )  # fmt: skip
    frame = pd.DataFrame(
        {
            "title": rows["option"],
            "summary": rows["note"].fillna(""),
            "sector": pd.array([None] * len(rows), dtype="string"),
            "percent": rows["percent"],
            "source_id": rows["source_id"],
            "locator": rows["locator"],
        }
    ).reset_index(drop=True)
    share = "none with a number" if not numbered else f"{numbered} with a number"
    return Built(
        figure=None,
        frame=frame,
        citations=collect(catalogue, frame),
        caveats=("self-reported", "not-published"),
        reading=f"The report names {count}, {share}: the order is the report's and says nothing "
        "of how many named each.",
        numbers=say.numbers,
        base=base_line(asked),
        details=details_for(catalogue, asked)[:2],
    )
