"""Rows of the catalogue under a selection. Every function is pure and returns new frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.catalogue import Catalogue
from data.evidence import GRADE, grade_label, grades
from data.free_text import collaboratives_with, outcomes_with
from data.memo import kept
from data.selection import NOT_PUBLISHED, Selection
from data.service_groups import SERVICE_LABELS
from data.services import in_services
from data.survey import wave_title
from data.vintages import OLDER, resolve


@dataclass(frozen=True)
class Empty:
    """Why a selection leaves nothing.

    Attributes:
        reason: A sentence that names the filters at work.
        widen: A sentence that says how to get something.
        dimensions: The filters whose removal would bring rows back.
    """

    reason: str
    widen: str
    dimensions: tuple[str, ...]


DIMENSION_NAMES = {
    "sector": "sector",
    "region": "region",
    "icb": "system",
    "collaborative": "collaborative",
    "organisation": "organisation",
    "governance": "governance",
    "scope": "scope",
    "formed": "year formed",
    "benefit": "benefit",
    "status": "status of outcomes",
    "tier": "tier of source",
    "vintage": "boundaries",
    "grade": "grade of evidence",
    "service": "service",
    "wave": "survey wave",
    "q": "words",
}
COLLABORATIVE_DIMENSIONS = (
    "sector", "region", "icb", "governance", "scope", "formed", "collaborative", "organisation",
    "tier", "q",
)  # fmt: skip
"""Dimensions that leave or take away collaboratives (see :func:`collaboratives`)."""


def value_label(catalogue: Catalogue, dimension: str, value: str) -> str:
    """A value of a dimension in words, such as ``E40000003`` -> ``London``."""
    if value == NOT_PUBLISHED:
        return "Not published"
    if dimension == "q":
        return f"“{value}”"
    if dimension == "wave":
        return wave_title(catalogue, value)
    lookups = {
        "region": catalogue.regions,
        "icb": catalogue.area_names,
        "collaborative": catalogue.collaborative_names,
        "organisation": catalogue.organisation_names,
        "sector": catalogue.schema.labels("collaboratives", "sector"),
        "governance": catalogue.schema.labels("collaboratives", "governance_model"),
        "scope": catalogue.schema.labels("collaboratives", "scope"),
        "benefit": catalogue.schema.labels("outcomes", "benefit"),
        "status": catalogue.schema.labels("outcomes", "status"),
        "tier": catalogue.schema.labels("sources", "tier"),
        "vintage": {"2023": "April 2023", "2026": "April 2026"},
        "grade": {g: grade_label(g) for g in GRADE},
        "service": SERVICE_LABELS,
    }
    return lookups.get(dimension, {}).get(value, value)


def systems(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """The ICBs of April 2023 that the region and system filters leave; columns of ``icbs``.

    A system of April 2026 stands for those that share ground with it.
    """
    frame = catalogue.table("icbs")
    if selection.region:
        frame = frame[frame["region_code"].isin(selection.region)]
    if selection.icb:
        frame = frame[frame["icb_code"].isin(resolve(catalogue, selection.icb, OLDER))]
    return frame


def of_tier(catalogue: Catalogue, selection: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of which at least one source is of a tier selected.

    Args:
        catalogue: The tables.
        selection: The filters; only ``tier`` matters.
        frame: Rows with ``source_id`` and, where a table has it, ``other_source_ids``.
    """
    if not selection.tier:
        return frame
    sources = catalogue.table("sources")
    kept = set(sources.loc[sources["tier"].isin(selection.tier), "source_id"])
    fits = frame["source_id"].isin(kept)
    if "other_source_ids" in frame:
        others = frame["other_source_ids"].fillna("").str.split(";")
        fits |= others.map(lambda ids: not kept.isdisjoint(i.strip() for i in ids))
    return frame[fits]


def collaboratives(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """The collaboratives that the filters leave; columns of ``collaboratives``.

    Under a region or system filter a collaborative stays when its footprint touches what is
    selected; one without a footprint cannot be placed and is left out.
    """
    frame = catalogue.table("collaboratives")
    if selection.sector:
        frame = frame[frame["sector"].isin(selection.sector)]
    if selection.governance:
        model = frame["governance_model"].fillna(NOT_PUBLISHED)
        frame = frame[model.isin(selection.governance)]
    if selection.scope:
        frame = frame[frame["scope"].fillna(NOT_PUBLISHED).isin(selection.scope)]
    if selection.formed:
        years = frame["formed_year"].astype("string").fillna(NOT_PUBLISHED)
        frame = frame[years.isin(selection.formed)]
    if selection.q:
        found = collaboratives_with(catalogue, selection.q)
        frame = frame[frame["collaborative_id"].isin(found)]
    if selection.collaborative:
        frame = frame[frame["collaborative_id"].isin(selection.collaborative)]
    if selection.organisation:
        part = catalogue.table("memberships")
        part = part[part["organisation_id"].isin(selection.organisation)]
        frame = frame[frame["collaborative_id"].isin(part["collaborative_id"])]
    frame = of_tier(catalogue, selection, frame)
    if selection.region or selection.icb:
        prints = catalogue.table("footprints")
        codes = systems(catalogue, selection)["icb_code"]
        touching = prints.loc[prints["icb_code"].isin(codes), "collaborative_id"]
        frame = frame[frame["collaborative_id"].isin(touching)]
    return frame


def footprints(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """Footprints of the collaboratives that the filters leave, with names.

    Returns:
        Columns of ``footprints`` and ``name``, ``short_name``, ``sector``, ``icb_name``,
        ``region_code``, ``region``; one row a collaborative and ICB.
    """
    chosen = collaboratives(catalogue, selection)[
        ["collaborative_id", "name", "short_name", "sector"]
    ]
    icbs = catalogue.table("icbs")[["icb_code", "short_name", "region_code", "region"]]
    icbs = icbs.rename(columns={"short_name": "icb_name"})
    merged = catalogue.table("footprints").merge(chosen, on="collaborative_id")
    return merged.merge(icbs, on="icb_code")


def members(catalogue: Catalogue, collaborative_ids: Iterable[str]) -> pd.DataFrame:
    """Memberships of the named collaboratives, with the organisation's own columns.

    Returns:
        Columns of ``memberships`` and ``organisation``, ``kind``, ``icb_code``, ``latitude``,
        ``longitude``; lead providers first.
    """
    frame = catalogue.table("memberships")
    frame = frame[frame["collaborative_id"].isin(list(collaborative_ids))]
    own = catalogue.table("organisations")[
        ["organisation_id", "name", "kind", "icb_code", "latitude", "longitude"]
    ].rename(columns={"name": "organisation"})
    merged = frame.merge(own, on="organisation_id")
    order = merged["role"].map({"lead_provider": 0, "member": 1, "partner": 2})
    return merged.assign(_o=order).sort_values(["_o", "organisation"]).drop(columns="_o")


@kept(1)
def _all_outcomes(catalogue: Catalogue) -> pd.DataFrame:
    """Every outcome with names and grade: joined once, as a page asks for it many times."""
    names = catalogue.table("collaboratives")[["collaborative_id", "short_name", "sector"]]
    names = names.rename(columns={"short_name": "collaborative"})
    joined = catalogue.table("outcomes").merge(names, on="collaborative_id")
    return joined.merge(grades(catalogue)[["outcome_id", "grade"]], on="outcome_id")


def outcomes(
    catalogue: Catalogue, selection: Selection, *, shown_only: bool = True
) -> pd.DataFrame:
    """Outcomes of the collaboratives that the filters leave.

    Args:
        catalogue: The tables.
        selection: The filters; ``status``, ``benefit``, ``grade``, ``service`` and ``q`` act on
            the outcomes themselves.
        shown_only: Leave out the value that a discrepancy's rule did not choose.

    Returns:
        Columns of ``outcomes`` and ``collaborative``, ``sector``, ``grade``.
    """
    chosen = collaboratives(catalogue, selection)["collaborative_id"]
    frame = _all_outcomes(catalogue)
    frame = frame[frame["collaborative_id"].isin(chosen)]
    if selection.status:
        frame = frame[frame["status"].isin(selection.status)]
    if selection.benefit:
        frame = frame[frame["benefit"].isin(selection.benefit)]
    frame = of_tier(catalogue, selection, frame)
    if selection.grade:
        frame = frame[frame["grade"].isin(selection.grade)]
    if selection.service:
        frame = in_services(catalogue, frame, selection.service)
    if selection.q:
        frame = frame[frame["outcome_id"].isin(outcomes_with(catalogue, selection.q))]
    if shown_only:
        frame = frame[frame["is_shown"].fillna(True)]
    return frame.reset_index(drop=True)


def explain_empty(
    catalogue: Catalogue, selection: Selection, responds_to: Iterable[str], what: str
) -> Empty:
    """Say why nothing is left and how to widen.

    Args:
        catalogue: The tables.
        selection: The filters that left nothing.
        responds_to: Dimensions that the exhibit responds to.
        what: What is missing, in the plural, such as "collaboratives".
    """
    relevant = set(responds_to)
    active = [(d, v) for d, v in selection.active if d in relevant]
    if not active:
        return Empty(
            f"The sources name no {what} here.",
            "Nothing is filtered; the tables hold no such rows yet.",
            (),
        )
    named = "; ".join(f"{DIMENSION_NAMES[d]}: {value_label(catalogue, d, v)}" for d, v in active)
    dimensions = tuple(dict.fromkeys(d for d, _ in active))
    names = " or ".join(DIMENSION_NAMES[d] for d in dimensions)
    return Empty(
        f"No {what} in the tables fit {named}.",
        f"Clear the filter for {names} to see more. This does not mean that there are none "
        "in England: the Atlas holds what its sources name.",
        dimensions,
    )
