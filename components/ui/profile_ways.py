"""Where the facts at the head of a profile come from: the row, or the rows that are counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from components.exhibits import profile_words as words
from data import Catalogue
from data.counted import Whence, whence_of
from data.lineage import known, ref, refs_of
from data.profile_facts import Fact
from data.profile_refs import ref_of
from data.profile_values import CollaborativeProfile, SystemProfile
from data.vintages import footprints_behind

Ways = dict[str, tuple[Whence, ...]]
"""Name of a fact -> where it comes from, one for each number in it; none for what is worked out."""


def _rows(
    tables: Catalogue,
    made: CollaborativeProfile | SystemProfile,
    facts: Iterable[Fact],
    *hints: str,
) -> Whence:
    return whence_of(tables, (ref_of(tables, made, fact) for fact in facts), *hints)


def _row(tables: Catalogue, table: str, key: str) -> str:
    found = ref(table, key)
    return found if known(tables, found) else ""


def of_collaborative(tables: Catalogue, made: CollaborativeProfile) -> Ways:
    """The ways from ``profile_words.key_facts``, under the same names."""
    own, mine = _row(tables, "collaboratives", made.key), f"collaborative_id:{made.key}"
    members = _rows(tables, made, made.members, mine)
    # On either boundaries all that the sources say of it: what is carried over rests on all of it.
    drawn = tables.table("footprints")
    drawn = drawn[drawn["collaborative_id"] == made.key]
    systems = whence_of(tables, refs_of(tables, "footprints", drawn), mine)
    return {
        **dict.fromkeys(("Sector", "Governance model", "Formed", "Status"), (own,)),
        "Members": (own, members) if made.members_stated is not None or not members else (members,),
        "Systems": (own, systems) if made.icbs_stated is not None or not systems else (systems,),
    }


def of_outcomes(tables: Catalogue, made: CollaborativeProfile) -> Whence:
    """Where it comes from how many outcomes a collaborative reports."""
    return _rows(tables, made, made.outcomes, f"collaborative_id:{made.key}", "is_shown:true")


def _changes(tables: Catalogue, made: SystemProfile) -> tuple[Whence, ...]:
    """What of it went where is a change; what it keeps of itself is the row of the newer area."""
    refs = [change.ref for change in made.changes]
    tables_named = sorted({ref.split("/", 1)[0] for ref in refs if ref})
    return tuple(
        whence_of(tables, (r for r in refs if r.startswith(f"{name}/"))) for name in tables_named
    )


def of_span(tables: Catalogue, collaborative_id: str) -> Whence:
    """Where it comes from over how many systems a collaborative spans: all its footprints."""
    prints = tables.table("footprints")
    prints = prints[prints["collaborative_id"] == collaborative_id]
    refs = refs_of(tables, "footprints", prints)
    return whence_of(tables, refs, f"collaborative_id:{collaborative_id}")


_COMMON: Final = {"memberships": "organisation_id", "footprints": "icb_code"}
"""Table -> its column of what two collaboratives may have in common."""


def in_common(tables: Catalogue, table: str, first: str, second: str, is_newer: bool) -> Whence:
    """The memberships, or footprints, of two collaboratives in what both have.

    Args:
        tables: The catalogue.
        table: ``memberships`` or ``footprints``.
        first: One collaborative.
        second: The other.
        is_newer: Whether systems are those of April 2026: then it is all their footprints, which
            were carried over.
    """
    by, rows = _COMMON[table], tables.table(table)
    rows = rows[rows["collaborative_id"].isin((first, second))]
    hints = [f"collaborative_id:{key}" for key in (first, second)]
    if table == "footprints" and is_newer:
        return whence_of(tables, refs_of(tables, table, rows), *hints)
    both = rows[rows[by].duplicated(keep=False)]
    hints += [f"{by}:{key}" for key in both[by].unique()]
    return whence_of(tables, refs_of(tables, table, both), *hints, by=by)


def of_system(tables: Catalogue, made: SystemProfile) -> Ways:
    """The ways from ``profile_words.system_facts``.

    Which systems are neighbours is worked out from boundaries: the way leads to their rows.
    """
    code, systems = made.area.code, "icbs_2026" if made.is_newer else "icbs"
    own = _row(tables, systems, code)
    beside = whence_of(tables, (ref(systems, key) for key, _ in made.neighbours))
    ids = sorted({f.collaborative_id for f in made.footprints})
    who = [f"collaborative_id:{key}" for key in ids]
    prints = footprints_behind(tables, code, made.area.vintage, ids)
    where = (f"icb_code:{one}" for one in prints["icb_code"].unique())
    return {
        "Region": (own,),
        "Collaboratives": (whence_of(tables, refs_of(tables, "footprints", prints), *where),),
        words.ORGANISATIONS_HERE: (_rows(tables, made, made.organisations, f"icb_code:{code}"),),
        "Outcomes reported by them": (_rows(tables, made, made.outcomes, *who, "is_shown:true"),),
        words.NEIGHBOURS: (beside,),
        "April 2026": _changes(tables, made),
    }
