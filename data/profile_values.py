"""A profile of one collaborative or one system: what a page and a printed brief are made from."""

from __future__ import annotations

from dataclasses import dataclass

from data.citations import Citation
from data.profile_facts import (
    Discrepancy,
    Footprint,
    Governance,
    Member,
    Milestone,
    Organisation,
    Outcome,
    Priority,
    Related,
    Succession,
)
from data.profile_places import Area, Change
from data.vintages import NEWER


# Compared by identity, so that a profile can be the key of a cache.
@dataclass(frozen=True, kw_only=True, eq=False)
class CollaborativeProfile:
    """Everything that the tables hold of one collaborative.

    Attributes:
        collaborative_id: Key.
        name: Full name.
        short_name: Short name.
        aliases: Other names.
        sector: Sector id.
        sector_label: Sector in words.
        scope_label: Scope in words.
        status: Status id.
        status_label: Status in words.
        summary: In the Atlas's own words.
        source_id: Source of the entry.
        locator: Where in it.
        formed_year: Year, or ``None``.
        formed_note: How precise it is, or ``""``.
        governance: Model, note and what the model means.
        members_stated: How many the source says, or ``None``.
        members_note: What it says of them, or ``""``.
        icbs_stated: How many systems the source says, or ``None``.
        members: Members named, lead providers first.
        footprint: Systems covered, whole and stated first.
        neighbours: (code, short name) of systems that border on the footprint.
        successions: What it came from and turned into.
        milestones: Dated events, oldest first.
        priorities: In the order of the table.
        outcomes: Values drawn; quantified achieved ones first.
        discrepancies: Those that concern it, its footprint, its members or its outcomes.
        related: Collaboratives with which it shares members or systems.
        citations: Every source used, with places.
        as_of: The latest day on which one of the sources was read (YYYY-MM-DD), or ``""``.
        version: Version of the tables.
        vintage: Vintage of the systems named.
    """

    collaborative_id: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    sector: str
    sector_label: str
    scope_label: str
    status: str
    status_label: str
    summary: str
    source_id: str
    locator: str
    formed_year: int | None
    formed_note: str
    governance: Governance
    members_stated: int | None
    members_note: str
    icbs_stated: int | None
    members: tuple[Member, ...]
    footprint: tuple[Footprint, ...]
    neighbours: tuple[tuple[str, str], ...]
    successions: tuple[Succession, ...]
    milestones: tuple[Milestone, ...]
    priorities: tuple[Priority, ...]
    outcomes: tuple[Outcome, ...]
    discrepancies: tuple[Discrepancy, ...]
    related: tuple[Related, ...]
    citations: tuple[Citation, ...]
    as_of: str
    version: str
    vintage: str

    @property
    def key(self) -> str:
        """Its id, as in addresses and file names."""
        return self.collaborative_id


@dataclass(frozen=True, kw_only=True, eq=False)
class SystemProfile:
    """Everything that the tables hold of one system.

    Attributes:
        area: The system.
        footprints: Collaboratives that touch it, whole and stated first.
        organisations: Those with headquarters here, by name.
        outcomes: Outcomes that those collaboratives report; of a collaborative of several systems
            they are not outcomes of this system.
        neighbours: (code, short name) of systems that share a border.
        changes: What became of it in the next vintage, or what it was made from.
        others: (id, short name) of the systems of the other vintage that share ground with it.
        discrepancies: Those that concern these changes and footprints.
        citations: Every source used, with places.
        as_of: The latest day on which one of the sources was read (YYYY-MM-DD), or ``""``.
        version: Version of the tables.
    """

    area: Area
    footprints: tuple[Footprint, ...]
    organisations: tuple[Organisation, ...]
    outcomes: tuple[Outcome, ...]
    neighbours: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    others: tuple[tuple[str, str], ...]
    discrepancies: tuple[Discrepancy, ...]
    citations: tuple[Citation, ...]
    as_of: str
    version: str

    @property
    def is_newer(self) -> bool:
        """Whether it is of April 2026, so that its footprints are carried over, not stated."""
        return self.area.vintage == NEWER

    @property
    def is_unchanged(self) -> bool:
        """Whether board and area are the same in both vintages."""
        return self.others == ((self.area.code, self.area.short_name),)

    @property
    def key(self) -> str:
        """Its id, as in addresses."""
        return self.area.code

    @property
    def name(self) -> str:
        """Its short name."""
        return self.area.short_name
