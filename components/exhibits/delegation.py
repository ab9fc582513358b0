"""Exhibits of governance, resource and delegation."""

from __future__ import annotations

import pandas as pd

from components import theme
from components.exhibits.base import Built
from components.exhibits.charts import stated
from components.exhibits.numbers import Sentence
from components.exhibits.survey_builder import ranked, survey_exhibit
from components.exhibits.survey_said import share_of, top_reading
from components.exhibits.survey_words import change_clause
from data.catalogue import Catalogue
from data.selection import Selection
from data.survey import question


@survey_exhibit(
    "governance-models",
    title="Governance models in use",
    question="Which governance model do collaboratives work under?",
    alt="Ranked bars: share of respondents by governance model, with marks for the sectors where "
    "the report gives them.",
    asked=("governance-model",),
)
def governance_models(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``governance-model`` of the survey."""

    def reading(rows: pd.DataFrame, say: Sentence) -> str:
        asked = question(catalogue, selection, "governance-model").results
        lead = asked[(asked["option_id"] == "lead-provider") & asked["count"].notna()]
        counts = dict(zip(lead["sector_group"], lead["count"].astype(float), strict=True))
        text = top_reading(rows, "Most common", say).removesuffix(".")
        if counts.get("all") and counts.get("mhlda") == counts.get("all"):
            every = lead[lead["sector_group"] == "all"]
            count = say(f"{counts['all']:.0f}", "survey_results", every)
            text += (
                f"; all {count} that use a lead "
                "provider focus on mental health, learning disability and autism"
            )
        return f"{text}."

    return ranked(catalogue, selection, "governance-model", reading)


@survey_exhibit(
    "dedicated-resource",
    title="Dedicated and funded resource",
    question="Who is paid to make the collaborative work?",
    alt="Ranked bars: share of respondents with each kind of funded role or support.",
    asked=("dedicated-resource",),
)
def dedicated_resource(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``dedicated-resource`` of the survey."""

    def reading(rows: pd.DataFrame, say: Sentence) -> str:
        everyone = rows[rows["sector_group"] == "all"].set_index("option_id", drop=False)
        parts = []
        if "any-resource" in everyone.index:
            any_of = everyone.loc["any-resource"].to_dict()
            parts.append(
                f"{share_of(any_of, say)} of respondents have some dedicated resource"
                + change_clause(any_of)
            )
        roles = everyone.drop(index="any-resource", errors="ignore")
        if not roles.empty:
            top = roles.sort_values("percent", ascending=False).iloc[0].to_dict()
            parts.append(f"the most common is “{top['option']}” ({share_of(top, say)})")
        return ("; ".join(parts) or "No share of all respondents is published") + "."

    return ranked(catalogue, selection, "dedicated-resource", reading)


@survey_exhibit(
    "funded-posts",
    title="Funded whole-time equivalent posts",
    question="How large are the teams?",
    alt="Bars: share of respondents by number of funded whole-time equivalent posts, with the "
    "median and the largest number in words.",
    asked=("funded-posts",),
)
def funded_posts(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``funded-posts`` of the survey."""

    def reading(drawn: pd.DataFrame, say: Sentence) -> str:
        rows = question(catalogue, selection, "funded-posts").results
        rows = rows[(rows["sector_group"] == "all") & rows["count"].notna()]
        rows = rows.set_index("option_id", drop=False)
        numbers = rows["count"].astype(float)
        parts = []

        def said(words: str, option: str) -> str:
            return say.row(words, "survey_results", rows.loc[option].to_dict())

        if "median" in numbers:
            median = said(f"{numbers['median']:g} posts", "median")
            parts.append(f"the median is {median}")
        if "maximum" in numbers:
            largest = numbers["maximum"]
            least = "at least " if rows.at["maximum", "precision"] == "bound" else ""
            parts.append(f"the largest team has {said(f'{least}{largest:g}', 'maximum')}")
        if "none" in numbers:
            nobody = said(theme.plural(int(numbers["none"]), "respondent"), "none")
            parts.append(f"{nobody} reported none")
        if not parts:
            return top_reading(drawn, "Most common", say)
        text = "; ".join(parts)
        return f"{text[0].upper()}{text[1:]}."

    return ranked(catalogue, selection, "funded-posts", reading)


def _focus(sector: str) -> str:
    name = theme.SECTOR_SHORT[sector]
    if sector == "all_in":
        return "all-in ones"
    return f"{name if name.isupper() else name.lower()}-focused ones"


@survey_exhibit(
    "delegation-intent",
    title="Intent to take on delegated functions",
    question="Are collaboratives considering delegation in 2023/24 or 2024/25?",
    alt="Ranked bars: share of respondents considering delegation, saying that it is too early, "
    "or not considering it, with marks for the sectors where the report gives them.",
    asked=("delegation-intent",),
)
def delegation_intent(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``delegation-intent`` of the survey."""

    def reading(rows: pd.DataFrame, say: Sentence) -> str:
        considering = rows[rows["option_id"] == "considering"]
        considering = considering.set_index("sector_group", drop=False)
        if "all" not in considering.index:
            return top_reading(rows, "Most common", say)
        everyone = considering.loc["all"].to_dict()
        whom = f"{stated(everyone)} of respondents"
        if pd.notna(everyone["count_fitted"]) and pd.notna(everyone["base_n"]):
            whom = f"{everyone['count_fitted']} of {everyone['base_n']} respondents"
            whom += f" ({stated(everyone)})"
        whom = say.row(whom, "survey_results", everyone)
        text = f"{whom} are considering delegation{change_clause(everyone)}"
        sectors = considering.drop(index="all").sort_values("percent", ascending=False)
        parts = [
            f"{share_of(row, say)} of {_focus(str(row['sector_group']))}"
            for row in sectors.to_dict("records")
        ]
        return text + (f": {', '.join(parts)}." if parts else ".")

    return ranked(catalogue, selection, "delegation-intent", reading)


def _lead(gap: int, both: pd.DataFrame, say: Sentence) -> str:
    """How far the answer named most is ahead of the one named least, in respondents."""
    if not gap:
        return "as many named the last as the first"
    only = "only " if gap < _FEW else ""
    how = "the counts that fit both shares, the one minus the other"
    words = say.worked(theme.plural(gap, "respondent"), how, "survey_results", both)
    return f"{only}{words} more named the first than the last"


_FEW = 5
"""Fewer respondents than these do not make an order: the sentence says that they are few."""


@survey_exhibit(
    "delegation-barriers",
    title="Barriers to delegation",
    question="What stands in the way of delegation?",
    alt="Ranked bars: share of respondents naming each barrier to delegation.",
    asked=("delegation-barriers",),
)
def delegation_barriers(catalogue: Catalogue, selection: Selection) -> Built:
    """Question ``delegation-barriers`` of the survey."""

    def reading(rows: pd.DataFrame, say: Sentence) -> str:
        everyone = rows[rows["sector_group"] == "all"].sort_values("percent", ascending=False)
        if len(everyone) < 2:
            return top_reading(rows, "Named most", say)
        named = ", ".join(
            f"“{r['option']}” ({share_of(r, say)})" for r in everyone.to_dict("records")
        )
        text = f"Named most: {named}"
        top, low = everyone.iloc[0], everyone.iloc[-1]
        if pd.notna(top["count_fitted"]) and pd.notna(low["count_fitted"]):
            gap = int(top["count_fitted"]) - int(low["count_fitted"])
            both = everyone.iloc[[0, -1]]
            text += f"; {_lead(gap, both, say)}"
        return f"{text}."

    return ranked(catalogue, selection, "delegation-barriers", reading)
