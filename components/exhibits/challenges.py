"""The exhibit of what makes the work hard."""

from __future__ import annotations

import pandas as pd

from components import theme
from components.exhibits.base import Built
from components.exhibits.charts import stated
from components.exhibits.numbers import Sentence
from components.exhibits.survey_builder import (
    frame_of,
    shares_not_published,
    survey_exhibit,
)
from components.exhibits.survey_said import share_of
from components.exhibits.survey_several import several
from components.exhibits.survey_stacked import rest_name, stacked_rows
from data.catalogue import Catalogue
from data.citations import collect
from data.selection import Selection

CHALLENGES = {
    "challenges-workforce": "Workforce and resourcing",
    "challenges-operational-pressures": "Operational pressures",
    "challenges-funding": "Funding",
    "challenges-relationships": "Immature relationships between providers",
}
# Levels from zero up and from 100% down; only levels that do not overlap are drawn in one row.
HARD = {
    "significant-or-somewhat": "Significant or somewhat of a challenge",
    "significant": "Significant challenge",
}
EASY = {"slight-or-none": "Slight challenge or none", "no-challenge": "No challenge"}
LEVELS = HARD | EASY
COLOURS = {
    "Significant or somewhat of a challenge": theme.DISAGREE[1],
    "Significant challenge": theme.DISAGREE[0],
    "Slight challenge or none": theme.AGREE[1],
    "No challenge": theme.AGREE[0],
}


def _levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Levels of one question that do not overlap: an aggregate hides its published parts."""
    ids = set(rows["option_id"])
    drop = set()
    if "significant-or-somewhat" in ids:
        drop.add("significant")
    if "slight-or-none" in ids:
        drop.add("no-challenge")
    return rows[~rows["option_id"].isin(drop)]


@survey_exhibit(
    "challenges",
    title="Challenges to developing the collaborative",
    question="What makes the work hard?",
    alt="Stacked bars: for each challenge, the share of respondents who call it significant or "
    "somewhat of a challenge from the left, the share who call it slight or none from the right, "
    "and pale between them what is not published.",
    asked=tuple(CHALLENGES),
)
def challenges(catalogue: Catalogue, selection: Selection) -> Built:
    """The four ``challenges-…`` questions of the survey."""
    found = several(catalogue, selection, CHALLENGES)
    frame = found.everyone[found.everyone["option_id"].isin(LEVELS)]
    if frame.empty:
        return shares_not_published(catalogue, selection)
    frame = frame.assign(level=frame["option_id"].map(LEVELS))
    drawn = pd.concat([_levels(part) for _, part in frame.groupby("row", sort=False)])
    aside = frame[~frame.index.isin(drawn.index)]
    also = [
        f"{name}: also stated, "
        + ", ".join(f"{r['option'].lower()} {stated(r)}" for r in part.to_dict("records"))
        + "."
        for name, part in aside.groupby("row", sort=False)
    ]
    top = frame[frame["option_id"] == "significant-or-somewhat"].sort_values(
        "percent", ascending=False
    )
    named = set(frame["row"])
    order = [*top["row"], *(n for n in CHALLENGES.values() if n in named - set(top["row"]))]
    pale, say = rest_name(found.everyone, drawn), Sentence()
    return Built(
        figure=stacked_rows(drawn, order, [*HARD.values()], [*EASY.values()], COLOURS, pale),
        frame=frame_of(found.frame).assign(challenge=found.frame["row"]),
        citations=collect(catalogue, found.frame),
        caveats=tuple(dict.fromkeys([*found.caveats, "not-published"])),
        reading=_reading(frame, top, say),
        numbers=say.numbers,
        base=f"{found.base} (scale)",
        notes=(
            *also,
            "From the left: a challenge. From the right: slight or none. "
            f"Pale: {pale[0].lower()}{pale[1:]}.",
            *found.notes,
        ),
        details=found.details,
    )


def _reading(frame: pd.DataFrame, top: pd.DataFrame, say: Sentence) -> str:
    low = frame[frame["option_id"] == "slight-or-none"].sort_values("percent", ascending=False)
    parts = []
    if not top.empty:
        said = [f"{r['row'].lower()} ({share_of(r, say)})" for r in top.to_dict("records")]
        parts.append(f"named as significant or somewhat of a challenge: {', '.join(said)}")
    if not low.empty:
        said = [f"{r['row'].lower()} ({share_of(r, say)})" for r in low.to_dict("records")]
        parts.append(f"as slight or none: {', '.join(said)}")
    text = "; ".join(parts) or "no total is published, only single answers"
    return f"{text[0].upper()}{text[1:]}."
