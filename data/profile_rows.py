"""Rows of the tables as facts of a profile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from data.catalogue import Catalogue
from data.evidence import grade_label, grades
from data.lineage import ref
from data.memo import kept
from data.profile_areas import Locate, areas, placed
from data.profile_facts import (
    Discrepancy,
    Footprint,
    Governance,
    Member,
    Organisation,
    Outcome,
    Statement,
    Succession,
)
from data.rows import Row, listed, number, text, where

_ROLES = ("lead_provider", "member", "partner")
_MENTION = re.compile(r"discrepancy ([a-z0-9]+(?:-[a-z0-9]+)+)")
_STATUSES = ("achieved", "expected", "planned")
_RELATIONS = {  # how it reads from the collaborative named first, and from the other one
    "succeeded_by": ("Succeeded by", "Successor of"),
    "merged_into": ("Merged into", "Took in"),
    "part_of": ("Part of", "Includes"),
}


@kept(1)
def evidence_labels(catalogue: Catalogue) -> Mapping[str, str]:
    """Outcome id -> grade of its evidence in words, such as ``B: measured, partly described``."""
    found = grades(catalogue).set_index("outcome_id")["grade"].items()
    return MappingProxyType({str(key): grade_label(str(grade)) for key, grade in found})


def footprints(catalogue: Catalogue, vintage: str = "2023") -> tuple[Footprint, ...]:
    """Every footprint in the areas of a vintage: whole and stated first, uncertain last.

    Raises ``ValueError`` for a vintage that there is not.
    """
    frame = placed(catalogue, "footprints", vintage)
    certain = frame[frame["is_certain"].astype(bool)]
    spans = certain.groupby("collaborative_id")["icb_code"].nunique().to_dict()
    known = {r["icb_code"]: r for r in areas(catalogue, vintage).to_dict("records")}
    own = {r["collaborative_id"]: r for r in catalogue.table("collaboratives").to_dict("records")}
    found = []
    for row in frame.to_dict("records"):
        key, code = row["collaborative_id"], row["icb_code"]
        found.append(
            Footprint(
                collaborative_id=key,
                collaborative=own[key]["name"],
                short_name=own[key]["short_name"],
                sector=own[key]["sector"],
                sector_label=catalogue.label("collaboratives", "sector", own[key]["sector"]),
                status=own[key]["status"],
                status_label=catalogue.label("collaboratives", "status", own[key]["status"]),
                spans=int(spans.get(key, 0)),
                icb_code=code,
                icb=known[code]["short_name"],
                region=known[code]["region"],
                coverage=row["coverage"],
                coverage_label=catalogue.label("footprints", "coverage", row["coverage"]),
                basis=row["basis"],
                basis_label=catalogue.label("footprints", "basis", row["basis"]),
                note=text(row["note"]),
                is_certain=bool(row["is_certain"]),
                carry_note=text(row["carry_note"]),
                other_source_ids=listed(row["other_source_ids"]),
                source_id=row["source_id"],
                locator=row["locator"],
            )
        )

    def order(f: Footprint) -> tuple[bool, bool, bool, str, str]:
        return not f.is_certain, f.is_part, not f.is_stated, f.icb, f.short_name

    return tuple(sorted(found, key=order))


def organisations(
    catalogue: Catalogue, vintage: str = "2023", locate: Locate | None = None
) -> dict[str, Organisation]:
    """Every organisation by id, with its home in a vintage and where the tables name it.

    Args:
        catalogue: The tables.
        vintage: Id of the vintage.
        locate: Says in which area of April 2026 a point lies (``geo`` knows).

    Raises:
        ValueError: There is no such vintage.
    """
    homes = areas(catalogue, vintage).set_index("icb_code")["short_name"].to_dict()
    names = catalogue.collaborative_names
    joined: dict[str, list[tuple[str, str]]] = {}
    pairs = catalogue.table("memberships")[["organisation_id", "collaborative_id"]]
    for organisation_id, key in pairs.itertuples(index=False, name=None):
        joined.setdefault(organisation_id, []).append((key, names[key]))
    frame = placed(catalogue, "organisations", vintage, locate)
    return {
        row["organisation_id"]: Organisation(
            organisation_id=row["organisation_id"],
            name=row["name"],
            kind=catalogue.label("organisations", "kind", row["kind"]),
            home_code=text(row["icb_code"]),
            home=homes.get(text(row["icb_code"]), ""),
            latitude=number(row["latitude"]),
            longitude=number(row["longitude"]),
            collaboratives=tuple(
                sorted(joined.get(row["organisation_id"], []), key=lambda c: c[1])
            ),
            source_id=row["source_id"],
            locator=row["locator"],
        )
        for row in frame.to_dict("records")
    }


def members(
    catalogue: Catalogue,
    collaborative_id: str,
    covered: set[str],
    vintage: str = "2023",
    locate: Locate | None = None,
) -> tuple[Member, ...]:
    """Members of a collaborative: lead providers, members, partners, each by name.

    Args:
        catalogue: The tables.
        collaborative_id: Key.
        covered: ICB codes of its footprint.
        vintage: Vintage of those codes.
        locate: As in ``organisations``.
    """
    known = organisations(catalogue, vintage, locate)
    found = []
    for row in where(catalogue, "memberships", "collaborative_id", [collaborative_id]):
        own = known[row["organisation_id"]]
        found.append(
            Member(
                organisation_id=own.organisation_id,
                name=own.name,
                kind=own.kind,
                home_code=own.home_code,
                home=own.home,
                latitude=own.latitude,
                longitude=own.longitude,
                collaboratives=own.collaboratives,
                role=row["role"],
                role_label=catalogue.label("memberships", "role", row["role"]),
                note=text(row["note"]),
                is_outside=bool(covered) and own.home != "" and own.home_code not in covered,
                source_id=row["source_id"],
                locator=row["locator"],
            )
        )
    return tuple(sorted(found, key=lambda m: (_ROLES.index(m.role), m.name)))


def outcomes(
    catalogue: Catalogue, collaborative_ids: list[str], spans: Mapping[str, int]
) -> tuple[Outcome, ...]:
    """Outcomes as drawn (the value that a discrepancy's rule chose): achieved figures first.

    Args:
        catalogue: The tables.
        collaborative_ids: Who reports them.
        spans: Collaborative id -> number of systems of its footprint.
    """
    names, grades = catalogue.collaborative_names, evidence_labels(catalogue)
    found = []
    for row in where(catalogue, "outcomes", "collaborative_id", collaborative_ids):
        if row["is_shown"] is False:
            continue
        key = row["collaborative_id"]
        found.append(
            Outcome(
                outcome_id=row["outcome_id"],
                collaborative_id=key,
                collaborative=names[key],
                spans=spans.get(key, 0),
                metric=row["metric"],
                service=text(row["service"]),
                benefit=row["benefit"],
                benefit_label=catalogue.label("outcomes", "benefit", row["benefit"]),
                status=row["status"],
                status_label=catalogue.label("outcomes", "status", row["status"]),
                value=number(row["value"]),
                unit=text(row["unit"]),
                direction=text(row["direction"]),
                precision=text(row["precision"]),
                baseline=number(row["baseline_value"]),
                period=text(row["period"]),
                comparator=text(row["comparator"]),
                evidence=grades.get(row["outcome_id"], ""),
                discrepancy_id=text(row["discrepancy_id"]),
                source_id=row["source_id"],
                locator=row["locator"],
            )
        )
    # Python's sort is stable: within a group the order of the table stays.
    return tuple(sorted(found, key=lambda o: (o.value is None, _STATUSES.index(o.status))))


def governance(catalogue: Catalogue, row: Row) -> Governance:
    """Governance of a row of ``collaboratives``, with what its model means in general."""
    model = text(row["governance_model"])
    label = catalogue.label("collaboratives", "governance_model", row["governance_model"])
    told: list[tuple[str, Row]] = []
    if model:
        told = [("In short", r) for r in where(catalogue, "glossary", "term", [label])]
        # The briefing's and the survey's rows on one model end with its name; what goes another
        # way than the three models is told under "combinations".
        ending = "combinations" if model == "other" else model.replace("_", "-")
        general = where(catalogue, "insights", "kind", ["governance_model"])
        told += [(r["title"], r) for r in general if r["insight_id"].endswith(ending)]
    meanings = [
        Statement(
            title=title,
            text=r["meaning"] if "meaning" in r else r["summary"],
            ref=ref("glossary", r["term"]) if "term" in r else ref("insights", r["insight_id"]),
            source_id=r["source_id"], locator=r["locator"],
        )
        for title, r in told
        if text(r["source_id"])
    ]  # fmt: skip
    return Governance(
        model=model,
        label=label,
        note=text(row["governance_note"]),
        meanings=tuple(meanings),
        source_id=row["source_id"],
        locator=row["locator"],
    )


def successions(catalogue: Catalogue, collaborative_id: str) -> tuple[Succession, ...]:
    """What a collaborative came from and turned into; empty where the tables do not say."""
    if "successions" not in catalogue.frames:
        return ()
    pairs = catalogue.table("collaboratives")[["collaborative_id", "name"]]
    names = dict(pairs.itertuples(index=False, name=None))
    found = []
    for row in catalogue.table("successions").to_dict("records"):
        ends = (row["collaborative_id"], text(row["related_id"]))
        if collaborative_id not in ends:
            continue
        is_first = ends[0] == collaborative_id
        other = ends[1] if is_first else ends[0]
        plain = row["relation"].replace("_", " ").capitalize()
        labels = _RELATIONS.get(row["relation"], (plain, plain))
        found.append(
            Succession(
                label=labels[0] if is_first else labels[1],
                related_id=other if other in names else "", related=names.get(other, ""),
                on=text(row["on"]), note=text(row["note"]),
                ref=ref("successions", *ends, row["relation"]),
                source_id=row["source_id"], locator=row["locator"],
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda s: (s.on == "", s.on, s.label)))


def mentioned(texts: Iterable[str]) -> set[str]:
    """Ids that notes name as "discrepancy some-id"."""
    return {found for words in texts for found in _MENTION.findall(words)}


def discrepancies(
    catalogue: Catalogue, ids: set[str], subjects: set[str]
) -> tuple[Discrepancy, ...]:
    """Discrepancies with one of some ids, or about a row with one of some keys."""
    found = []
    for row in catalogue.table("discrepancies").to_dict("records"):
        about = {text(row["subject_id"]), text(row["subject_id"]).split("/")[0]} - {""}
        if row["discrepancy_id"] not in ids and not about & subjects:
            continue
        sources = listed(row["source_ids"])
        found.append(
            Discrepancy(
                discrepancy_id=row["discrepancy_id"],
                summary=row["summary"],
                shown=row["shown_value"],
                others=row["other_values"],
                rule=row["rule"],
                source_ids=sources,
                source_id=sources[0],
                locator=row["locator"],
            )
        )
    return tuple(found)
