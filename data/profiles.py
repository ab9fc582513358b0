"""Profiles: all that the tables hold of one collaborative or of one system, in one value.

The page, the printed brief and the tests are made from these; none of them asks a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from data import profile_rows as rows
from data.catalogue import Catalogue
from data.citations import Citation, collect
from data.connections import related
from data.profile_areas import Locate, area, areas, changes, others
from data.profile_facts import Fact, Milestone, Priority, Related
from data.profile_values import CollaborativeProfile, SystemProfile
from data.rows import Row, listed, text, where, whole
from data.selection import Selection


def collaborative_profile(
    catalogue: Catalogue,
    collaborative_id: str,
    vintage: str = "2023",
    borders: Mapping[str, Iterable[str]] = MappingProxyType({}),
    locate: Locate | None = None,
) -> CollaborativeProfile:
    """All that the tables hold of one collaborative.

    Args:
        catalogue: The tables.
        collaborative_id: Key.
        vintage: Vintage of the systems of its footprint and of its members' homes.
        borders: ICB code -> codes of the systems that share a border (``geo`` knows them).
        locate: Says in which area of April 2026 a point lies (``geo`` knows).

    Raises:
        KeyError: There is no such collaborative, or no such neighbour.
        ValueError: There is no such vintage.
    """
    hits = where(catalogue, "collaboratives", "collaborative_id", [collaborative_id])
    if not hits:
        raise KeyError(
            f"no collaborative {collaborative_id!r}; ids look like 'wyaat', and the page "
            "Collaboratives lists them"
        )
    row = hits[0]
    every = rows.footprints(catalogue, vintage)
    prints = tuple(f for f in every if f.collaborative_id == collaborative_id)
    covered = {f.icb_code for f in prints}
    around = {n for code in covered for n in borders.get(code, ())} - covered
    part = rows.members(catalogue, collaborative_id, covered, vintage, locate)
    told = rows.outcomes(catalogue, [collaborative_id], {collaborative_id: len(prints)})
    governance = rows.governance(catalogue, row)
    successions = rows.successions(catalogue, collaborative_id)
    priorities, milestones = _priorities(catalogue, row), _milestones(catalogue, row)
    # A discrepancy may be named by the value that its rule did not choose: all outcomes count.
    stated = where(catalogue, "outcomes", "collaborative_id", [collaborative_id])
    subjects = {collaborative_id, *(m.organisation_id for m in part)}
    subjects |= {o["outcome_id"] for o in stated}
    notes = (text(value) for r in (row, *stated) for value in r.values())
    ids = rows.mentioned((*notes, *(f.note for f in prints), *(m.note for m in part)))
    ids |= {text(o["discrepancy_id"]) for o in stated} - {""}
    doubts = rows.discrepancies(catalogue, ids, subjects)
    own = Fact(source_id=row["source_id"], locator=row["locator"])
    facts: list[Fact] = [own, *part, *prints, *told, *governance.meanings, *successions]
    facts += [*priorities, *milestones]
    beside = {*listed(row["other_source_ids"]), *(s for d in doubts for s in d.source_ids)}
    beside |= {s for f in prints for s in f.other_source_ids}
    citations = _citations(catalogue, facts, beside)
    return CollaborativeProfile(
        collaborative_id=collaborative_id,
        name=row["name"],
        short_name=row["short_name"],
        aliases=listed(row["aliases"]),
        sector=row["sector"],
        sector_label=catalogue.label("collaboratives", "sector", row["sector"]),
        scope_label=catalogue.label("collaboratives", "scope", row["scope"]),
        status=row["status"],
        status_label=catalogue.label("collaboratives", "status", row["status"]),
        summary=row["summary"],
        source_id=row["source_id"],
        locator=row["locator"],
        formed_year=whole(row["formed_year"]),
        formed_note=text(row["formed_note"]),
        governance=governance,
        members_stated=whole(row["members_stated"]),
        members_note=text(row["members_note"]),
        icbs_stated=whole(row["icbs_stated"]),
        members=part,
        footprint=prints,
        neighbours=_named(catalogue, around, vintage),
        successions=successions,
        milestones=milestones,
        priorities=priorities,
        outcomes=told,
        discrepancies=doubts,
        related=_related(catalogue, collaborative_id, vintage),
        citations=citations,
        as_of=_as_of(catalogue, citations),
        version=catalogue.schema.version,
        vintage=vintage,
    )


def system_profile(
    catalogue: Catalogue,
    code: str,
    vintage: str = "2023",
    neighbours: Iterable[str] = (),
    locate: Locate | None = None,
) -> SystemProfile:
    """All that the tables hold of one system.

    Args:
        catalogue: The tables.
        code: ICB code of April 2023 or area of April 2026.
        vintage: Vintage of the code.
        neighbours: Codes of the systems that share a border (``geo`` knows them).
        locate: Says in which area of April 2026 a point lies (``geo`` knows).

    Raises:
        KeyError: The vintage has no such system, or no such neighbour.
        ValueError: There is no such vintage.
    """
    here = area(catalogue, code, vintage)
    prints = tuple(f for f in rows.footprints(catalogue, vintage) if f.icb_code == code)
    homes = rows.organisations(catalogue, vintage, locate).values()
    based = tuple(sorted((o for o in homes if o.home_code == code), key=lambda o: o.name))
    spans = {f.collaborative_id: f.spans for f in prints}
    told = rows.outcomes(catalogue, list(spans), spans)
    became = changes(catalogue, code, vintage)
    ids = rows.mentioned((*(c.locator for c in became), *(f.note for f in prints)))
    doubts = rows.discrepancies(catalogue, ids, set())
    aside = {s for d in doubts for s in d.source_ids}
    aside |= {*here.other_source_ids, *(s for f in prints for s in f.other_source_ids)}
    citations = _citations(catalogue, [here, *prints, *based, *told, *became], aside)
    return SystemProfile(
        area=here,
        footprints=prints,
        organisations=based,
        outcomes=told,
        neighbours=_named(catalogue, neighbours, vintage),
        changes=became,
        others=others(catalogue, code, vintage),
        discrepancies=doubts,
        citations=citations,
        as_of=_as_of(catalogue, citations),
        version=catalogue.schema.version,
    )


def _named(catalogue: Catalogue, codes: Iterable[str], vintage: str) -> tuple[tuple[str, str], ...]:
    """(Code, short name) of systems, by name."""
    names = areas(catalogue, vintage).set_index("icb_code")["short_name"].to_dict()
    return tuple(sorted(((code, names[code]) for code in codes), key=lambda pair: pair[1]))


def _citations(
    catalogue: Catalogue, facts: Iterable[Fact], beside: set[str]
) -> tuple[Citation, ...]:
    """Sources of the facts with places, then those that are named beside them."""
    frame = pd.DataFrame(
        {
            "source_id": [f.source_id for f in facts],
            "locator": [f.locator for f in facts],
        }
    )
    frame["other_source_ids"] = pd.Series([";".join(sorted(beside))], dtype="string")
    return collect(catalogue, frame)


def _as_of(catalogue: Catalogue, citations: Iterable[Citation]) -> str:
    used = where(catalogue, "sources", "source_id", [c.source_id for c in citations])
    return max((text(s["accessed"]) for s in used), default="")


def _priorities(catalogue: Catalogue, row: Row) -> tuple[Priority, ...]:
    return tuple(
        Priority(
            priority_id=r["priority_id"],
            period=text(r["period"]),
            text=r["priority"],
            source_id=r["source_id"],
            locator=r["locator"],
        )
        for r in where(catalogue, "priorities", "collaborative_id", [row["collaborative_id"]])
    )


def _milestones(catalogue: Catalogue, row: Row) -> tuple[Milestone, ...]:
    found = where(catalogue, "milestones", "collaborative_id", [row["collaborative_id"]])
    return tuple(
        Milestone(
            milestone_id=r["milestone_id"],
            on=r["on"],
            title=r["title"],
            kind=catalogue.label("milestones", "kind", r["kind"]),
            source_id=r["source_id"],
            locator=r["locator"],
        )
        for r in sorted(found, key=lambda r: r["on"])
    )


def _related(catalogue: Catalogue, collaborative_id: str, vintage: str) -> tuple[Related, ...]:
    """Collaboratives that share a member or a system, as ``data.connections`` finds them."""
    frame = related(catalogue, collaborative_id, Selection(vintage=vintage))
    short = catalogue.collaborative_names
    return tuple(
        Related(
            collaborative_id=row["related_id"],
            name=row["name"],
            short_name=short[row["related_id"]],
            members=listed(row["shared_member_names"]),
            systems=listed(row["shared_system_names"]),
            same_sector=bool(row["same_sector"]),
        )
        for row in frame.to_dict("records")
    )
