"""Exhibits of governance, resource, delegation and challenges."""

from __future__ import annotations

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import stacked_rows, stated
from components.exhibits.survey_builder import (
    FRAME_COLUMNS,
    SURVEY_DIMENSIONS,
    caveats_for,
    details_for,
    ranked,
    rows_for,
    top_reading,
)
from data.catalogue import Catalogue
from data.citations import collect
from data.selection import Selection
from data.survey import question

CHALLENGES = {
    "challenges-workforce": "Workforce and resourcing",
    "challenges-operational-pressures": "Operational pressures",
    "challenges-funding": "Funding",
    "challenges-relationships": "Immature relationships between providers",
}
# Levels from left to right; only levels that do not overlap are drawn in one row.
CHALLENGE_LEVELS = {
    "significant-or-somewhat": "Significant or somewhat of a challenge",
    "significant": "Significant challenge",
    "slight-or-none": "Slight challenge or none",
    "no-challenge": "No challenge",
}
CHALLENGE_COLOURS = {
    "Significant or somewhat of a challenge": "#B24A00",
    "Significant challenge": "#7A2E00",
    "Slight challenge or none": "#5B8DB8",
    "No challenge": "#3F72A6",
}


@REGISTRY.register(
    "governance-models",
    title="Governance models in use",
    question="Which governance model do collaboratives work under?",
    alt="Ranked bars: share of respondents by governance model, with marks for the sectors where "
    "the report gives them.",
    responds_to=SURVEY_DIMENSIONS,
)
def governance_models(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``governance-model`` of the survey."""

    def reading(rows: pd.DataFrame) -> str:
        asked = question(catalogue, selection, "governance-model").results
        lead = asked[(asked["option_id"] == "lead-provider") & asked["count"].notna()]
        counts = dict(zip(lead["sector_group"], lead["count"].astype(float), strict=True))
        text = top_reading(rows, "Most common").removesuffix(".")
        if counts.get("all") and counts.get("mhlda") == counts.get("all"):
            text += (
                f"; all {counts['all']:.0f} that use a lead provider focus on mental health, "
                "learning disability and autism"
            )
        return f"{text}."

    return ranked(catalogue, selection, "governance-model", reading)


@REGISTRY.register(
    "dedicated-resource",
    title="Dedicated and funded resource",
    question="Who is paid to make the collaborative work?",
    alt="Ranked bars: share of respondents with each kind of funded role or support.",
    responds_to=SURVEY_DIMENSIONS,
)
def dedicated_resource(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``dedicated-resource`` of the survey."""

    def reading(rows: pd.DataFrame) -> str:
        everyone = rows[rows["sector_group"] == "all"].set_index("option_id")
        parts = []
        if "any-resource" in everyone.index:
            value = stated(everyone.loc["any-resource"].to_dict())
            parts.append(f"{value} of respondents have some dedicated resource")
        roles = everyone.drop(index="any-resource", errors="ignore")
        if not roles.empty:
            top = roles.sort_values("percent", ascending=False).iloc[0].to_dict()
            parts.append(f"the most common is “{top['option']}” ({stated(top)})")
        return "; ".join(parts) + "."

    return ranked(catalogue, selection, "dedicated-resource", reading)


@REGISTRY.register(
    "funded-posts",
    title="Funded whole-time equivalent posts",
    question="How large are the teams?",
    alt="Bars: share of respondents by number of funded whole-time equivalent posts, with the "
    "median and the largest number in words.",
    responds_to=SURVEY_DIMENSIONS,
)
def funded_posts(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``funded-posts`` of the survey."""

    def reading(_: pd.DataFrame) -> str:
        rows = question(catalogue, selection, "funded-posts").results
        numbers = rows[rows["count"].notna()].set_index("option_id")["count"].astype(float)
        return (
            f"The median is {numbers['median']:.0f} posts and the largest team has "
            f"{numbers['maximum']:.0f}; {theme.plural(int(numbers['none']), 'respondent')} "
            "reported none."
        )

    return ranked(catalogue, selection, "funded-posts", reading)


@REGISTRY.register(
    "delegation-intent",
    title="Intent to take on delegated functions",
    question="Are collaboratives considering delegation in 2023/24 or 2024/25?",
    alt="Ranked bars: share of respondents considering delegation, saying that it is too early, "
    "or not considering it, with marks for the sectors where the report gives them.",
    responds_to=SURVEY_DIMENSIONS,
)
def delegation_intent(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``delegation-intent`` of the survey."""

    def reading(rows: pd.DataFrame) -> str:
        considering = rows[rows["option_id"] == "considering"].set_index("sector_group")
        everyone = considering.loc[["all"]].iloc[0]
        text = (
            f"{int(everyone['count'])} of {int(everyone['base_n'])} respondents "
            f"({stated(everyone.to_dict())}) are considering delegation"
        )
        sectors = considering.drop(index="all").sort_values("percent", ascending=False)
        parts = [
            f"{stated(row)} of {theme.SECTOR_SHORT[row['sector_group']].lower()}-focused ones"
            if row["sector_group"] != "mhlda"
            else f"{stated(row)} of MHLDA-focused ones"
            for row in sectors.reset_index().to_dict("records")
        ]
        return text + (f": {', '.join(parts)}." if parts else ".")

    return ranked(catalogue, selection, "delegation-intent", reading)


@REGISTRY.register(
    "delegation-barriers",
    title="Barriers to delegation",
    question="What stands in the way of delegation?",
    alt="Ranked bars: share of respondents naming each barrier to delegation.",
    responds_to=SURVEY_DIMENSIONS,
)
def delegation_barriers(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``delegation-barriers`` of the survey."""

    def reading(rows: pd.DataFrame) -> str:
        everyone = rows[rows["sector_group"] == "all"]["percent"].astype(float)
        return (
            f"The {theme.plural(len(everyone), 'barrier')} named most lie close together, between "
            f"{theme.percent(everyone.min())} and {theme.percent(everyone.max())} of respondents: "
            "no single one stands out."
        )

    return ranked(catalogue, selection, "delegation-barriers", reading)


def _levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Levels of one question that do not overlap: an aggregate hides its published parts."""
    ids = set(rows["option_id"])
    drop = set()
    if "significant-or-somewhat" in ids:
        drop.add("significant")
    if "slight-or-none" in ids:
        drop.add("no-challenge")
    return rows[~rows["option_id"].isin(drop)]


@REGISTRY.register(
    "challenges",
    title="Challenges to developing the collaborative",
    question="What makes the work hard?",
    alt="Stacked bars: for each challenge, the share of respondents who call it significant or "
    "somewhat of a challenge and the share who call it slight or none, where published.",
    responds_to=SURVEY_DIMENSIONS,
)
def challenges(catalogue: Catalogue, selection: Selection) -> Built:
    """The four ``challenges-…`` questions of the survey."""
    parts: list[pd.DataFrame] = []
    notes: list[str] = []
    details: list[str] = []
    caveats: list[str] = []
    for question_id, name in CHALLENGES.items():
        asked = question(catalogue, selection, question_id)
        rows = rows_for(catalogue, selection, asked)
        rows = rows[(rows["sector_group"] == "all") & rows["percent"].notna()]
        parts.append(rows.assign(row=name, level=rows["option_id"].map(CHALLENGE_LEVELS)))
        caveats.extend(caveats_for(selection, asked, rows))
        details.extend(f"{name}: {line}" for line in details_for(asked))
        silent = [
            f"{r['option'].lower()} {stated(r)}"
            for r in rows[~rows["option_id"].isin(_levels(rows)["option_id"])].to_dict("records")
        ]
        if silent:
            notes.append(f"{name}: also stated, {', '.join(silent)}.")
    frame = pd.concat(parts, ignore_index=True)
    if frame.empty:
        return nothing(catalogue, selection, "challenges", "published answers", frame)
    drawn = pd.concat([_levels(part) for part in parts], ignore_index=True)
    top = frame[frame["option_id"] == "significant-or-somewhat"].sort_values(
        "percent", ascending=False
    )
    order = [*top["row"], *[n for n in CHALLENGES.values() if n not in set(top["row"])]]
    named = [f"{r['row'].lower()} ({stated(r)})" for r in top.to_dict("records")]
    low = frame[(frame["row"] == CHALLENGES["challenges-relationships"])].set_index("option_id")
    reading = f"Named as significant or somewhat of a challenge: {', '.join(named)}"
    if "slight-or-none" in low.index:
        share = stated(low.loc["slight-or-none"].to_dict())
        reading += f"; relationships between providers are slight or no challenge for {share}"
    notes.append("Parts of a row that are not drawn are not published.")
    return Built(
        figure=stacked_rows(drawn, order, list(CHALLENGE_LEVELS.values()), CHALLENGE_COLOURS),
        frame=frame[FRAME_COLUMNS].assign(challenge=frame["row"]),
        citations=collect(catalogue, frame),
        caveats=tuple(dict.fromkeys([*caveats, "not-published"])),
        reading=reading + ".",
        base="How much of a challenge each has been (scale; base not published)",
        notes=tuple(notes),
        details=tuple(details),
    )
