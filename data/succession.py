"""What became of each ICB of April 2023 on 1 April 2026, read from the tables."""

from __future__ import annotations

from dataclasses import dataclass

from data.catalogue import Catalogue
from data.memo import kept

ALL = "all"


@dataclass(frozen=True)
class Link:
    """An ICB of April 2023 that went, whole or in part, into an area of April 2026.

    Attributes:
        icb_code: Its ONS code of April 2023.
        area_id: The area of April 2026.
        coverage: ``whole`` if all of the ICB went there, ``part`` if it was split.
        area: What of it went there, in the words of ``icb_changes``; ``all`` for the whole.
        change: What happened to the ICB; empty where board and area are the same.
        source_id: The source of the change; empty where nothing changed.
    """

    icb_code: str
    area_id: str
    coverage: str
    area: str
    change: str = ""
    source_id: str = ""


@kept(1)
def links(catalogue: Catalogue) -> tuple[Link, ...]:
    """Every ICB of 2023 with every area of 2026 that it went into, sorted by both.

    Raises:
        ValueError: A change names an ICB that ``icbs_2026`` does not have, or an ICB of 2023 has
            neither a change nor a row there.
    """
    newer = catalogue.table("icbs_2026")
    by_name = dict(zip(newer["name"], newer["area_id"], strict=True))
    kept = set(newer["area_id"])
    found: list[Link] = []
    changes = catalogue.table("icb_changes")
    for row in changes.to_dict("records"):
        name = f"NHS {row['to_icb']} Integrated Care Board"
        if name not in by_name:
            raise ValueError(
                f"icb_changes, {row['change_id']}: expected the name of an ICB in icbs_2026, found "
                f"{row['to_icb']!r}; correct to_icb, or add {name!r} to icbs_2026"
            )
        whole = row["area"] == ALL
        found.append(
            Link(
                row["from_icb_code"], by_name[name], "whole" if whole else "part",
                row["area"], row["change"], row["source_id"],
            )
        )  # fmt: skip
    changed = set(changes["from_icb_code"])
    for code, name in catalogue.table("icbs")[["icb_code", "name"]].itertuples(index=False):
        if code in changed:
            continue
        # A board that gained area keeps its name but not the id of its older area.
        area = code if code in kept else by_name.get(name)
        if area is None:
            raise ValueError(
                f"icbs, {code}: expected a row in icb_changes, or one in icbs_2026 with this code "
                f"or the name {name!r}, found none; add one"
            )
        found.append(Link(code, area, "whole", ALL, "" if area == code else "gained area"))
    return tuple(sorted(found, key=lambda link: (link.icb_code, link.area_id)))


def successors(catalogue: Catalogue, icb_code: str) -> tuple[Link, ...]:
    """What became of an ICB of April 2023.

    Args:
        catalogue: The tables.
        icb_code: Its ONS code of April 2023.

    Returns:
        One link for each area of April 2026 that it went into.

    Raises:
        KeyError: There is no such ICB.
    """
    found = tuple(link for link in links(catalogue) if link.icb_code == icb_code)
    if not found:
        raise KeyError(f"no ICB of April 2023 has the code {icb_code!r}")
    return found


def predecessors(catalogue: Catalogue, area_id: str) -> tuple[Link, ...]:
    """What an area of April 2026 is made of.

    Args:
        catalogue: The tables.
        area_id: Its id in ``icbs_2026``.

    Returns:
        One link for each ICB of April 2023 of which it holds the whole or a part.

    Raises:
        KeyError: There is no such area.
    """
    found = tuple(link for link in links(catalogue) if link.area_id == area_id)
    if not found:
        raise KeyError(f"no area of April 2026 has the id {area_id!r}")
    return found
