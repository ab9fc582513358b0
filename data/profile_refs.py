"""Which row a fact of a profile is, so that its lineage can be opened (see :mod:`data.lineage`)."""

from __future__ import annotations

from data.catalogue import Catalogue
from data.lineage import SEPARATOR, known
from data.profile_facts import (
    Discrepancy,
    Fact,
    Footprint,
    Governance,
    Member,
    Milestone,
    Organisation,
    Outcome,
    Priority,
    Statement,
    Succession,
)
from data.profile_places import Change
from data.profile_values import CollaborativeProfile, SystemProfile
from data.vintages import links


def ref_of(catalogue: Catalogue, profile: CollaborativeProfile | SystemProfile, fact: Fact) -> str:
    """The reference of the row that a fact was read from, or ``""``.

    There is none for a fact whose row the catalogue does not hold, or one that was worked out.

    Args:
        catalogue: The tables in which the row is to be found.
        profile: The profile that the fact is part of.
        fact: The fact.
    """
    own = profile.collaborative_id if isinstance(profile, CollaborativeProfile) else ""
    ref = ""
    if isinstance(fact, Outcome):
        ref = f"outcomes/{fact.outcome_id}"
    elif isinstance(fact, Member):
        ref = f"memberships/{own}{SEPARATOR}{fact.organisation_id}"
    elif isinstance(fact, Organisation):
        ref = f"organisations/{fact.organisation_id}"
    elif isinstance(fact, Footprint):
        return _footprint(catalogue, fact)
    elif isinstance(fact, Governance):
        ref = f"collaboratives/{own}"
    elif isinstance(fact, Priority):
        ref = f"priorities/{fact.priority_id}"
    elif isinstance(fact, Milestone):
        ref = f"milestones/{fact.milestone_id}"
    elif isinstance(fact, Discrepancy):
        ref = f"discrepancies/{fact.discrepancy_id}"
    elif isinstance(fact, Statement | Succession | Change):
        ref = fact.ref
    return ref if ref and known(catalogue, ref) else ""


def _footprint(catalogue: Catalogue, fact: Footprint) -> str:
    """The row of a footprint; of an area of April 2026 the first of the rows carried over to it."""
    before = (link.icb_code for link in links(catalogue) if link.area_id == fact.icb_code)
    for code in (fact.icb_code, *before):
        ref = f"footprints/{fact.collaborative_id}{SEPARATOR}{code}"
        if known(catalogue, ref):
            return ref
    return ""
