"""Who works with whom: shared organisations and shared systems. Pure; returns new frames.

Only what the tables name is counted. A collaborative that is no more (``predecessor``, ``merged``)
is left out, unless it is asked for by name: that a trust belonged to a body and to its successor,
or that a system had one and then the other, does not make two that work together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.map_rows import map_rows
from data.query import collaboratives, footprints, systems
from data.selection import Selection

PAST = ("predecessor", "merged")
"""Statuses of collaboratives that are no more."""

_OWN = ["collaborative_id", "name", "short_name", "sector"]
RELATED_COLUMNS = [
    "related_id", "name", "shared_members", "shared_member_names", "shared_systems",
    "shared_system_names", "same_sector", "why", "source_ids",
]  # fmt: skip


def joined(names: Iterable[str]) -> str:
    """Names in a sentence: ``A``, ``A and B``, ``A, B and C``."""
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"


def left_out(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """The collaboratives that the filters leave and that are left out because they are no more.

    Returns:
        Columns of ``collaboratives``.
    """
    frame = collaboratives(catalogue, selection.without("collaborative"))
    return frame[_is_past(frame, selection)]


def _is_past(frame: pd.DataFrame, selection: Selection) -> pd.Series:
    asked = frame["collaborative_id"].isin(selection.collaborative)
    return frame["status"].isin(PAST) & ~asked


def _pool(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """The collaboratives among which connections are sought.

    A filter for a collaborative says whose connections are wanted, not that there are no others.
    """
    frame = collaboratives(catalogue, selection.without("collaborative"))
    return frame.loc[~_is_past(frame, selection), _OWN]


def _of_wanted(catalogue: Catalogue, selection: Selection, both: pd.DataFrame) -> pd.DataFrame:
    """The pairs in which at least one of the two is what the selection asks for."""
    wanted = collaboratives(catalogue, selection)["collaborative_id"]
    first, second = both["collaborative_id_first"], both["collaborative_id_second"]
    return both[first.isin(wanted) | second.isin(wanted)]


def memberships(catalogue: Catalogue, selection: Selection, least: int = 1) -> pd.DataFrame:
    """Memberships of organisations that belong to at least ``least`` collaboratives.

    Args:
        catalogue: The tables.
        selection: The filters. Under a filter for a collaborative the organisations are its own,
            with all the memberships that the other filters leave.
        least: Fewest memberships of an organisation.

    Returns:
        Columns of ``memberships`` and ``name``, ``short_name``, ``sector`` (of the collaborative),
        ``organisation``, ``kind``, ``home`` (short name of the home system, or missing) and
        ``memberships`` (how many the organisation has); the most connected organisations first.
    """
    frame = _all_memberships(catalogue, selection)
    wanted = collaboratives(catalogue, selection)["collaborative_id"]
    focus = frame.loc[frame["collaborative_id"].isin(wanted), "organisation_id"]
    frame = frame[frame["organisation_id"].isin(focus) & (frame["memberships"] >= least)]
    merged = frame.assign(_more=-frame["memberships"])
    ordered = merged.sort_values(["_more", "organisation", "short_name", "collaborative_id"])
    return ordered.drop(columns="_more").reset_index(drop=True)


def _all_memberships(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """Every membership in the pool, with the columns that :func:`memberships` promises."""
    frame = catalogue.table("memberships").merge(_pool(catalogue, selection), on="collaborative_id")
    counts = frame["organisation_id"].map(frame.groupby("organisation_id").size())
    frame = frame.assign(memberships=counts.astype("Int64"))
    own = catalogue.table("organisations")[["organisation_id", "name", "kind", "icb_code"]]
    own = own.rename(columns={"name": "organisation"})
    own = own.assign(home=own["icb_code"].map(dict(catalogue.icb_names))).drop(columns="icb_code")
    return frame.merge(own, on="organisation_id")


def overlaps(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """Which collaboratives touch each system, and how many do.

    Returns:
        Columns of ``data.query.footprints`` and ``collaboratives`` (how many touch the system), one
        row a system and collaborative; the systems with most first, sectors in the schema's order.
    """
    frame = footprints(catalogue, selection)
    frame = frame[
        frame["icb_code"].isin(systems(catalogue, selection)["icb_code"])
        & frame["collaborative_id"].isin(_pool(catalogue, selection)["collaborative_id"])
    ]
    counts = frame["icb_code"].map(frame.groupby("icb_code").size())
    order = {s: n for n, s in enumerate(catalogue.schema.labels("collaboratives", "sector"))}
    frame = frame.assign(
        collaboratives=counts.astype("Int64"),
        _more=-counts.astype("Int64"),
        _sector=frame["sector"].map(order).astype("Int64"),
    )
    ordered = frame.sort_values(["_more", "icb_name", "_sector", "short_name"])
    return ordered.drop(columns=["_more", "_sector"]).reset_index(drop=True)


def _paired(frame: pd.DataFrame, key: str, columns: Sequence[str]) -> pd.DataFrame:
    """Every two rows of one ``key``, each pair of collaboratives in one direction."""
    part = frame[["collaborative_id", key, *columns]]
    both = part.merge(part, on=key, suffixes=("_first", "_second"))
    return both[both["collaborative_id_first"] < both["collaborative_id_second"]]


def shared(catalogue: Catalogue, selection: Selection, least: int = 2) -> pd.DataFrame:
    """Pairs of collaboratives that share at least ``least`` members, an organisation a row.

    Args:
        catalogue: The tables.
        selection: The filters. Under a filter for a collaborative it is one of each pair.
        least: Fewest organisations shared.

    Returns:
        Columns ``first_id``, ``second_id``, ``first``, ``second`` (short names), ``first_sector``,
        ``second_sector``, ``shared_members`` (how many the pair shares), ``organisation_id``,
        ``organisation``, ``role_first``, ``role_second``, ``source_id``, ``locator`` (of the first
        membership), ``other_source_ids`` and ``other_locator`` (of the second); the pairs that
        share most first.
    """
    both = _paired(
        _all_memberships(catalogue, selection), "organisation_id",
        ("organisation", "short_name", "sector", "role", "source_id", "locator"),
    )  # fmt: skip
    both = _of_wanted(catalogue, selection, both)
    pair = ["collaborative_id_first", "collaborative_id_second"]
    both = both.assign(shared_members=both.groupby(pair)["organisation_id"].transform("size"))
    both = both[both["shared_members"] >= least]
    frame = pd.DataFrame(
        {
            "first_id": both["collaborative_id_first"],
            "second_id": both["collaborative_id_second"],
            "first": both["short_name_first"],
            "second": both["short_name_second"],
            "first_sector": both["sector_first"],
            "second_sector": both["sector_second"],
            "shared_members": both["shared_members"].astype("Int64"),
            "organisation_id": both["organisation_id"],
            "organisation": both["organisation_first"],
            "role_first": both["role_first"],
            "role_second": both["role_second"],
            "other_source_ids": both["source_id_second"],
            "source_id": both["source_id_first"],
            "locator": both["locator_first"],
            "other_locator": both["locator_second"],
        }
    )
    frame = frame.assign(_more=-frame["shared_members"])
    ordered = frame.sort_values(["_more", "first", "second", "organisation"])
    return ordered.drop(columns="_more").reset_index(drop=True)


def pairs(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """Pairs of collaboratives that share members or systems.

    Returns:
        Columns ``first_id``, ``second_id``, ``shared_members``, ``shared_member_names``,
        ``shared_systems``, ``shared_system_names`` (names joined by semicolons, ``""`` for none; a
        system whose footprint is inferred for either has "(inferred)" behind its name),
        ``same_sector`` and ``source_ids``; the strongest first: members, then systems, then sector.
    """
    people = shared(catalogue, selection, least=1).sort_values("organisation")
    places = _shared_systems(catalogue, selection)
    sectors = catalogue.table("collaboratives").set_index("collaborative_id")["sector"]
    keys = ["first_id", "second_id"]
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for kind, frame, column in (("m", people, "organisation"), ("s", places, "system")):
        for row in frame.to_dict("records"):
            entry = found.setdefault(
                (row["first_id"], row["second_id"]), {"m": [], "s": [], "q": []}
            )
            entry[kind].append(str(row[column]))
            entry["q"].extend((str(row["source_id"]), str(row["other_source_ids"])))
    rows = [
        (
            first, second, len(e["m"]), "; ".join(e["m"]), len(e["s"]), "; ".join(e["s"]),
            bool(sectors[first] == sectors[second]), ";".join(dict.fromkeys(e["q"])),
        )
        for (first, second), e in found.items()
    ]  # fmt: skip
    columns = [*keys, *RELATED_COLUMNS[2:7], "source_ids"]
    frame = pd.DataFrame(rows, columns=columns).astype(
        {"shared_members": "Int64", "shared_systems": "Int64", "same_sector": "boolean"}
    )
    by = ["shared_members", "shared_systems", "same_sector", *keys]
    return frame.sort_values(by, ascending=[False, False, False, True, True]).reset_index(drop=True)


def _shared_systems(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    prints = map_rows(catalogue, selection.without("collaborative")).prints
    prints = prints[
        prints["collaborative_id"].isin(_pool(catalogue, selection)["collaborative_id"])
    ]
    prints = prints.assign(is_stated=(prints["basis"] == "stated") & prints["is_certain"])
    both = _paired(prints, "area_id", ("area_name", "is_stated", "source_id"))
    both = _of_wanted(catalogue, selection, both).sort_values("area_name_first")
    stated = both["is_stated_first"] & both["is_stated_second"]
    names = both["area_name_first"].where(stated, both["area_name_first"] + " (inferred)")
    return pd.DataFrame(
        {
            "first_id": both["collaborative_id_first"],
            "second_id": both["collaborative_id_second"],
            "system": names,
            "source_id": both["source_id_first"],
            "other_source_ids": both["source_id_second"],
        }
    )


def related(
    catalogue: Catalogue, collaborative_id: str, selection: Selection | None = None
) -> pd.DataFrame:
    """The collaboratives that share members or systems with one, for its profile.

    The same sector alone does not relate two collaboratives; it adds to what does.

    Args:
        catalogue: The tables.
        collaborative_id: Whose relations are wanted.
        selection: Filters that the others have to fit; ``None``: all. Systems are those of its
            vintage.

    Returns:
        Columns ``related_id``, ``name``, ``shared_members`` (count), ``shared_member_names``,
        ``shared_systems`` (count), ``shared_system_names``, ``same_sector``, ``why`` (a sentence)
        and ``source_ids``; the strongest first.

    Raises:
        KeyError: There is no such collaborative.
    """
    own = catalogue.row("collaboratives", collaborative_id)
    fits = selection or Selection()
    asked = Selection(collaborative=(collaborative_id,), vintage=fits.vintage)
    frame = pairs(catalogue, asked)
    other = frame["second_id"].where(frame["first_id"] == collaborative_id, frame["first_id"])
    frame = frame.assign(related_id=other)
    fitting = collaboratives(catalogue, fits)["collaborative_id"]
    frame = frame[frame["related_id"].isin(fitting)]
    table = catalogue.table("collaboratives").set_index("collaborative_id")
    sector = catalogue.label("collaboratives", "sector", own["sector"])
    frame = frame.assign(
        name=frame["related_id"].map(table["name"]),
        why=[_why(row, sector) for row in frame.to_dict("records")],
    ).astype({"name": "string", "why": "string"})
    by = ["shared_members", "shared_systems", "same_sector", "name"]
    ordered = frame.sort_values(by, ascending=[False, False, False, True])
    return ordered[RELATED_COLUMNS].reset_index(drop=True)


def _why(row: dict[Any, Any], sector: str) -> str:
    """Why two collaboratives are related, strongest reason first."""
    parts = []
    if row["shared_members"]:
        names = joined(row["shared_member_names"].split("; "))
        noun = "member" if row["shared_members"] == 1 else "members"
        parts.append(f"{row['shared_members']} shared {noun}: {names}")
    if row["shared_systems"]:
        parts.append(f"both touch {joined(row['shared_system_names'].split('; '))}")
    if row["same_sector"]:
        parts.append(f"same sector: {sector}")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "."
