"""Where outcomes are reported and how strongly, by integrated care system."""

from __future__ import annotations

import pandas as pd

from data.catalogue import Catalogue
from data.evidence import GRADES, RANK, grades
from data.query import outcomes
from data.selection import Selection


def _placed(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    """Each outcome in each system that its collaborative's footprint touches."""
    touched = catalogue.table("footprints")[["collaborative_id", "icb_code"]].drop_duplicates()
    return rows.merge(touched, on="collaborative_id")


def strongest_by_icb(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    """The strongest grade among outcomes of collaboratives that touch each system.

    An outcome belongs to the collaborative as a whole: that it stands in a system's row does not
    say that it was reached there.

    Args:
        catalogue: The tables.
        rows: Outcomes, as of :func:`data.query.outcomes`.

    Returns:
        ``icb_code`` (of April 2023), ``grade`` (id), ``outcomes`` (how many), by code; systems
        that nothing touches are left out.
    """
    if "grade" not in rows:
        rows = rows.merge(grades(catalogue)[["outcome_id", "grade"]], on="outcome_id")
    placed = _placed(catalogue, rows)
    placed = placed.assign(_rank=placed["grade"].map(RANK))
    found = placed.groupby("icb_code").agg(
        _rank=("_rank", "min"), outcomes=("outcome_id", "nunique")
    )
    found["grade"] = [GRADES[int(rank)].id for rank in found["_rank"]]
    return found.reset_index()[["icb_code", "grade", "outcomes"]]


def reported_by_icb(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """How many outcomes are reported by collaboratives that touch each system, by benefit.

    Args:
        catalogue: The tables.
        selection: The filters.

    Returns:
        ``icb_code`` (of April 2023), ``benefit`` (id), ``outcomes`` (how many); pairs without an
        outcome are left out.
    """
    placed = _placed(catalogue, outcomes(catalogue, selection))
    counted = placed.groupby(["icb_code", "benefit"])["outcome_id"].nunique()
    return counted.rename("outcomes").reset_index()
