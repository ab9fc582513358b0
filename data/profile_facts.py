"""What rows state, as frozen values with their source: the parts of a profile.

Text that no source states is ``""`` and a number that no source states is ``None``: never zero,
never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What a row states.

    Attributes:
        source_id: Key into ``sources``.
        locator: Where in the source.
    """

    source_id: str
    locator: str


@dataclass(frozen=True, kw_only=True)
class Organisation(Fact):
    """A trust or another organisation.

    Attributes:
        organisation_id: ODS code of a trust, else a slug.
        name: Name.
        kind: Kind as a label.
        home_code: ICB code of its headquarters, or ``""``.
        home: Short name of that system, or ``""``.
        latitude: Headquarters, WGS84, or ``None``.
        longitude: Headquarters, WGS84, or ``None``.
        collaboratives: (id, short name) of every collaborative in which the tables name it.
    """

    organisation_id: str
    name: str
    kind: str
    home_code: str
    home: str
    latitude: float | None
    longitude: float | None
    collaboratives: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Member(Organisation):
    """An organisation as a member; the source is that of the membership.

    Attributes:
        role: ``member``, ``lead_provider`` or ``partner``.
        role_label: Role in words.
        note: What the source adds, or ``""``.
        is_outside: Its headquarters lie in no system of the footprint (false where either is
            not known).
    """

    role: str
    role_label: str
    note: str
    is_outside: bool


@dataclass(frozen=True, kw_only=True)
class Footprint(Fact):
    """One collaborative in one system.

    Attributes:
        collaborative_id: Key of the collaborative.
        collaborative: Its name.
        short_name: Its short name.
        sector, sector_label: Its sector, as id and in words.
        status, status_label: Its status, as id and in words.
        spans: How many systems its footprint has, not counting those it only may reach into.
        icb_code: ICB code in the vintage asked for.
        icb: Short name of the system.
        region: NHS England region.
        coverage, coverage_label: ``whole`` or ``part``, and in words.
        basis, basis_label: ``stated``, ``from_members`` or ``from_region_or_county``; in words.
        note: How it was read, or ``""``.
        is_certain: False where all that is known is that it may reach into the system.
        carry_note: How it was carried over from April 2023, or ``""`` where the area is the same.
        other_source_ids: Keys of sources that it rests on besides.
    """

    collaborative_id: str
    collaborative: str
    short_name: str
    sector: str
    sector_label: str
    status: str
    status_label: str
    spans: int
    icb_code: str
    icb: str
    region: str
    coverage: str
    coverage_label: str
    basis: str
    basis_label: str
    note: str
    is_certain: bool = True
    carry_note: str = ""
    other_source_ids: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether a source states it; else it was inferred."""
        return self.basis == "stated"

    @property
    def is_part(self) -> bool:
        """Whether it covers only a part of the system."""
        return self.coverage == "part"


@dataclass(frozen=True, kw_only=True)
class Outcome(Fact):
    """One reported outcome.

    Attributes:
        outcome_id: Key.
        collaborative_id: Who reports it.
        collaborative: Its short name.
        spans: How many systems the footprint of that collaborative has.
        metric: What is counted or told.
        service: Service, or ``""``.
        benefit, benefit_label: Which of the six benefits of scale, as id and in words.
        status, status_label: ``achieved``, ``expected`` or ``planned``; in words.
        value: The value stated, in ``unit`` (an id, or ``""``), or ``None``.
        unit, direction, precision: As in ``outcomes``, or ``""``.
        baseline: Value before, in ``unit``, or ``None``.
        period: Period in words, or ``""``.
        comparator: What it is compared with, or ``""``.
        evidence: How strong the evidence is, as a label of the rubric; ``""`` when not graded.
        discrepancy_id: Key of the discrepancy that concerns it, or ``""``.
    """

    outcome_id: str
    collaborative_id: str
    collaborative: str
    spans: int
    metric: str
    service: str
    benefit: str
    benefit_label: str
    status: str
    status_label: str
    value: float | None
    unit: str
    direction: str
    precision: str
    baseline: float | None
    period: str
    comparator: str
    evidence: str
    discrepancy_id: str

    @property
    def figures(self) -> Mapping[str, Any]:
        """The columns that put the value into words."""
        return {
            "value": self.value,
            "unit": self.unit,
            "direction": self.direction,
            "precision": self.precision,
        }


@dataclass(frozen=True, kw_only=True)
class Statement(Fact):
    """A titled statement of a document, such as what a governance model means in general.

    Attributes:
        title: Its title.
        text: What it states, in the Atlas's words.
        ref: Reference of its row (see :mod:`data.lineage`).
    """

    title: str
    text: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class Governance(Fact):
    """Governance of one collaborative.

    Attributes:
        model: Model id, or ``""`` where no source names one.
        label: Model in words, or "Not published".
        note: What the source says of this collaborative, or ``""``.
        meanings: What the model means in general, by source; empty without a model.
    """

    model: str
    label: str
    note: str
    meanings: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True)
class Priority(Fact):
    """One thing that a collaborative has set out to do, in a period (or ``""``)."""

    priority_id: str
    period: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Milestone(Fact):
    """A dated event, as precise as stated."""

    milestone_id: str
    on: str
    title: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Succession(Fact):
    """What a collaborative came from or turned into.

    Attributes:
        label: The relation seen from this collaborative, such as "Succeeded by".
        related_id: Key of the other one, or ``""`` where it has no row.
        related: Its name, or ``""``.
        on: Date as precise as stated, or ``""``.
        note: What the source adds, or ``""``.
        ref: Reference of its row (see :mod:`data.lineage`).
    """

    label: str
    related_id: str
    related: str
    on: str
    note: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class Discrepancy(Fact):
    """Two stated values that cannot both hold; ``source_id`` is the first of ``source_ids``."""

    discrepancy_id: str
    summary: str
    shown: str
    others: str
    rule: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Related:
    """Another collaborative and what it shares; worked out from the tables, not stated.

    Attributes:
        collaborative_id: Key.
        name: Name.
        short_name: Short name.
        members: Names of the members that both have.
        systems: Short names of the systems that both touch, with "(inferred)" behind a name where
            that is not stated of both.
        same_sector: Whether both are of the same sector.
    """

    collaborative_id: str
    name: str
    short_name: str
    members: tuple[str, ...]
    systems: tuple[str, ...]
    same_sector: bool
