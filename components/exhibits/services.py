"""Exhibits that find results: by service, and every outcome as a list."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import finish, wrap
from components.exhibits.numbers import Sentence
from components.exhibits.outcome_words import (
    BENEFIT_DIMENSIONS,
    SHOWN,
    WHO,
    outcome_caveats,
    rules_of,
    statuses,
    value_words,
)
from components.exhibits.picks import token
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.citations import collect
from data.evidence import GRADES, RANK, RUBRIC, grade_label, grades
from data.lineage import ref
from data.query import outcomes
from data.selection import Selection
from data.service_groups import SERVICE_LABELS
from data.services import services_of

SERVICE_COLUMNS: Final = [
    "service_group", "collaborative", "service", "metric", "value", "unit", "status", "grade",
    "period", "other_source_ids", "source_id", "locator", "outcome_id",
]  # fmt: skip
_IDS: Final = {label: group for group, label in SERVICE_LABELS.items()}


def by_service(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """Outcomes under each group of services in which they stand, the strongest first.

    Returns:
        Columns of ``outcomes``, ``collaborative``, ``sector``, ``grade``, ``service_group``
        (label) and ``place`` (1 for the first in its group); an outcome has a row for each of its
        groups, or only for those that the selection names.
    """
    frame = outcomes(catalogue, selection)
    known = services_of(catalogue)
    groups = [
        [g for g in known[key] if not selection.service or g in selection.service]
        for key in frame["outcome_id"]
    ]
    long = frame.assign(service_group=pd.Series(groups, frame.index, dtype=object))
    long = long.explode("service_group").assign(_rank=lambda f: f["grade"].map(RANK))
    long = long.sort_values(["_rank", "collaborative", "metric"], kind="stable")
    long = long.assign(place=long.groupby("service_group").cumcount() + 1).drop(columns="_rank")
    sizes = long["service_group"].value_counts()
    order = sorted(sizes.index, key=lambda g: (-sizes[g], list(SERVICE_LABELS).index(g)))
    long["_order"] = long["service_group"].map({g: i for i, g in enumerate(order)})
    long = long.sort_values(["_order", "place"], kind="stable").drop(columns="_order")
    long["service_group"] = long["service_group"].map(SERVICE_LABELS)
    return long.reset_index(drop=True)


def _who(part: pd.DataFrame) -> str:
    names = list(dict.fromkeys(part["collaborative"]))
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return wrap(", ".join(names[:5]) + more, 44)


def _mark(label: str, grade: str) -> str:
    """The token of a cell: its group of services, by its label, and its grade."""
    return token(service=_IDS[label], grade=grade)


def _behind(long: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The outcomes of each cell."""
    return {
        _mark(str(label), str(grade)): tuple(ref("outcomes", key) for key in part["outcome_id"])
        for (label, grade), part in long.groupby(["service_group", "grade"])
    }


def _picture(long: pd.DataFrame) -> go.Figure:
    """Groups of services by grade: in each cell how many outcomes, in the mark of the grade."""
    labels = list(dict.fromkeys(long["service_group"]))
    sizes = long.groupby("service_group")["collaborative"].nunique()
    ticks: list[str] = []
    y_of: dict[str, int] = {}
    height = 0
    for group in labels:
        who = theme.plural(int(sizes[group]), "collaborative")
        ticks.append(f"{wrap(group, 26)}<br><i>{who}</i>")
        # A row is as high as its label, and its marks stand in the middle of it.
        half = 6 + 9 * (1 + ticks[-1].count("<br>"))
        y_of[group] = height + half
        height += 2 * half
    figure = go.Figure()
    for x, grade in enumerate(GRADES):
        mine = long[long["grade"] == grade.id]
        if mine.empty:
            continue
        groups = [(str(g), part) for g, part in mine.groupby("service_group", sort=False)]
        colour = theme.GRADE_COLOURS[grade.id]
        filled = not theme.GRADE_SYMBOLS[grade.id].endswith("-open")
        figure.add_scatter(
            x=[x] * len(groups),
            y=[y_of[g] for g, _ in groups],
            mode="markers+text",
            name=f"{grade.letter} {grade.label.lower()}",
            meta=token(grade=grade.id),
            marker={"symbol": theme.GRADE_SYMBOLS[grade.id], "size": 24, "color": colour,
                    "line": {"width": 2, "color": colour}, "opacity": 1},
            text=[f"<b>{len(part)}</b>" for _, part in groups],
            textfont={"size": 12, **({"color": "#FFFFFF"} if filled else {})},
            hovertext=[f"<b>{wrap(g, 44)}</b>, grade {grade.letter}:<br>{_who(part)}"
                       for g, part in groups],
            hoverinfo="text",
            customdata=[_mark(g, grade.id) for g, _ in groups],
        )  # fmt: skip
    return finish(
        figure,
        height + 190,
        xaxis={"side": "top", "tickmode": "array", "tickvals": list(range(len(GRADES))),
               "ticktext": [f"<b>{g.letter}</b>" for g in GRADES], "range": [-0.5, 4.5],
               "showgrid": False},
        yaxis={"tickmode": "array", "tickvals": list(y_of.values()), "ticktext": ticks,
               "range": [height, 0]},
        legend={"y": -0.01, "yanchor": "top"},
        showlegend=True,
    )  # fmt: skip


_BY_WORDS = "outcomes grouped by the services that their words name"


@REGISTRY.register(
    "outcomes-by-service",
    title="Who reports a result on which service",
    question="On which services is something reported, how firmly and by whom?",
    alt="A row for each group of services and a column for each grade of evidence from A to E; a "
    "mark of the grade's shape holds how many outcomes are reported.",
    responds_to=BENEFIT_DIMENSIONS,
)
def outcomes_by_service(catalogue: Catalogue, selection: Selection) -> Built:
    """Outcomes counted by the groups of services that their words name, and by grade."""
    long = by_service(catalogue, selection)
    if long.empty:
        return nothing(catalogue, selection, "outcomes-by-service", "outcomes", long)
    groups = list(dict.fromkeys(long["service_group"]))
    top = long[long["service_group"] == groups[0]]
    names = sorted(set(top["collaborative"]), key=str.lower)
    say, every = Sentence(), long.drop_duplicates("outcome_id")
    distinct = say(theme.plural(len(every), "outcome"), "outcomes", every, SHOWN)
    if len(groups) == 1:
        reading = f"{groups[0]}: {distinct} from {', '.join(names)}."
    else:
        within = {"service": (_IDS[groups[0]],)}
        who = theme.plural(len(names), "collaborative")
        reading = (
            f"{distinct} on {say.worked(f'{len(groups)} groups of services', _BY_WORDS)}; the "
            "most, "
            f"{say(str(len(top)), 'outcomes', top, SHOWN, within=within)} from "
            f"{say(who, 'outcomes', top, SHOWN, by=WHO, within=within)}, on {groups[0]}."
        )
    return Built(
        figure=_picture(long),
        frame=long[SERVICE_COLUMNS],
        behind=_behind(long),
        citations=collect(catalogue, long),
        caveats=outcome_caveats(long),
        reading=reading,
        numbers=say.numbers,
        notes=(
            "The groups are worked out from the words of each outcome, and an outcome can stand in "
            "several: do not add them. Choose a service above to see who reports it.",
        ),
    )


def _by_grade(shown: pd.DataFrame, say: Sentence) -> str:
    """How many outcomes have each grade, such as ``3 at A, 28 at B``."""
    parts = [(g, shown[shown["grade"] == g.id]) for g in GRADES]
    return ", ".join(
        say(f"{len(part)} at {g.letter}", "outcomes", part, SHOWN, within={"grade": (g.id,)})
        for g, part in parts
        if len(part)
    )


@REGISTRY.register(
    "outcome-list",
    title="Every reported outcome",
    question="Who reports what, in which words, and how strong is the evidence?",
    alt="A table of outcomes: who, what, the value in words, the status, the grade of evidence and "
    "why, and the source.",
    responds_to=BENEFIT_DIMENSIONS,
)
def outcome_list(catalogue: Catalogue, selection: Selection) -> Built:
    """Every outcome that the selection leaves, values that a rule set aside among them."""
    frame = outcomes(catalogue, selection, shown_only=False)
    if frame.empty:
        return nothing(catalogue, selection, "outcome-list", "outcomes", frame)
    frame = frame.merge(
        grades(catalogue)[["outcome_id", "criteria_met", "why"]], on="outcome_id"
    ).assign(_rank=lambda f: f["grade"].map(RANK))
    frame = frame.sort_values(["_rank", "collaborative", "metric"], kind="stable")
    sources = catalogue.table("sources").set_index("source_id")
    listed = pd.DataFrame(
        {
            "collaborative": frame["collaborative"],
            "metric": frame["metric"],
            "value_in_words": [value_words(r) for r in frame.to_dict("records")],
            "status": [catalogue.label("outcomes", "status", s) for s in frame["status"]],
            "evidence": [grade_label(g) for g in frame["grade"]],
            "why": frame["why"],
            "period": frame["period"],
            "comparator": frame["comparator"],
            "service": frame["service"],
            "benefit": [catalogue.label("outcomes", "benefit", b) for b in frame["benefit"]],
            "criteria_met": frame["criteria_met"],
            "is_shown": frame["is_shown"],
            "source": [str(sources.at[s, "title"]) for s in frame["source_id"]],
            "tier": [
                catalogue.label("sources", "tier", sources.at[s, "tier"])
                for s in frame["source_id"]
            ],
            "locator": frame["locator"],
            "note": frame["note"],
            "source_id": frame["source_id"],
            "other_source_ids": frame["other_source_ids"],
            "discrepancy_id": frame["discrepancy_id"],
            "outcome_id": frame["outcome_id"],
        }
    ).reset_index(drop=True)
    shown = frame[frame["is_shown"].astype(bool)]
    aside = len(frame) - len(shown)
    say, who = Sentence(), shown["collaborative_id"].nunique()
    reading = (
        f"{say(theme.plural(len(shown), 'outcome'), 'outcomes', shown, SHOWN)} from "
        f"{say(theme.plural(who, 'collaborative'), 'outcomes', shown, SHOWN, by=WHO)}"
    )
    if len(shown):
        reading += f" ({statuses(shown, say)}), by grade of evidence {_by_grade(shown, say)}"
    if aside:
        others = frame[~frame["is_shown"].astype(bool)]
        words = say(theme.plural(aside, "stated value"), "outcomes", others, "is_shown:false")
        reading += f", and {words} that a rule set aside"
    return Built(
        figure=None,
        frame=listed,
        citations=collect(catalogue, frame),
        caveats=outcome_caveats(frame),
        reading=f"{reading}.",
        numbers=say.numbers,
        notes=(
            Told(
                f"“Criteria met” is of {len(RUBRIC)}; the rubric says which.",
                ref("glossary", "Evidence strength"),
            ),
            "Rows not marked as shown are drawn as open diamonds, if at all.",
        ),
        details=rules_of(catalogue, frame),
    )
