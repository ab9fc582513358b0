"""Two vintages of the ICBs: what became of the 42 of April 2023 in the 36 of April 2026.

A footprint in the tables is on the ICBs of 2023, because the sources speak of those. ``carry``
says what that means on the areas of 2026, and never claims more than the sources do: an area is
covered whole only where everything that it is made of is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.succession import Link, links, predecessors, successors

__all__ = [
    "NEWER", "OLDER", "VINTAGES", "Link", "areas", "carried_home", "carry", "footprints_behind",
    "links", "predecessors", "resolve", "successors",
]  # fmt: skip

OLDER, NEWER = "2023", "2026"
VINTAGES = (OLDER, NEWER)
AREA_COLUMNS = ("area_id", "name", "short_name", "region_code", "region", "hex_row", "hex_col")
_Rows = dict[str, dict[Any, Any]]
# The least certain of the rows that an area's coverage rests on is what it is said to rest on.
_BASES = ("stated", "from_members", "from_region_or_county")
_CARRIED = (
    "collaborative_id", "area_id", "coverage", "basis", "is_certain", "carried_from",
    "carry_note", "source_id", "other_source_ids", "locator",
)  # fmt: skip


def _check(vintage: str) -> None:
    if vintage not in VINTAGES:
        raise ValueError(f"expected a vintage of {', '.join(VINTAGES)}, found {vintage!r}")


def areas(catalogue: Catalogue, vintage: str = OLDER) -> pd.DataFrame:
    """The areas of a vintage, in columns that are the same for both.

    Args:
        catalogue: The tables.
        vintage: ``2023`` or ``2026``.

    Returns:
        Columns area_id (of 2023: the ICB code), name, short_name, region_code, region, hex_row,
        hex_col; 42 or 36 rows.

    Raises:
        ValueError: There is no such vintage.
    """
    _check(vintage)
    if vintage == NEWER:
        return catalogue.table("icbs_2026")[list(AREA_COLUMNS)]
    frame = catalogue.table("icbs").rename(columns={"icb_code": "area_id"})
    return frame[list(AREA_COLUMNS)]


def resolve(catalogue: Catalogue, codes: Iterable[str], vintage: str) -> tuple[str, ...]:
    """Translate codes of either vintage into those of one.

    Args:
        catalogue: The tables.
        codes: ICB codes of 2023, area ids of 2026, or both.
        vintage: The vintage wanted.

    Returns:
        Sorted, each once. A code that both vintages have, or that is of the vintage wanted
        already, stays; another becomes all areas that share ground with it.

    Raises:
        ValueError: There is no such vintage.
        KeyError: A code is of neither vintage.
    """
    _check(vintage)
    pairs = [(link.icb_code, link.area_id) for link in links(catalogue)]
    if vintage == OLDER:
        pairs = [(new, old) for old, new in pairs]
    wanted = {target for _, target in pairs}
    found: set[str] = set()
    for code in codes:
        targets = {code} if code in wanted else {new for old, new in pairs if old == code}
        if not targets:
            raise KeyError(f"no ICB of April 2023 and no area of April 2026 is called {code!r}")
        found |= targets
    return tuple(sorted(found))


def carry(catalogue: Catalogue, footprints: pd.DataFrame) -> pd.DataFrame:
    """Footprints on the ICBs of April 2023, carried to the areas of April 2026.

    Args:
        catalogue: The tables.
        footprints: Columns collaborative_id, icb_code, coverage, basis, source_id, locator.

    Returns:
        One row a collaborative and area, in the order of the collaboratives and by area:

        - collaborative_id, area_id;
        - coverage: ``whole`` only if every ICB or part that makes up the area is covered whole;
        - basis: the least certain basis of the rows that it rests on;
        - is_certain: False if all that is known is that the collaborative may lie in the area;
        - carried_from: the ICB codes of 2023 that it rests on, separated by semicolons;
        - carry_note: how it was carried, in words; missing where the area did not change;
        - source_id, other_source_ids, locator: those of the footprint, with the sources of the
          changes among the other ones.
    """
    names = _short_names(catalogue)
    made_of: dict[str, list[Link]] = {}
    went_to: dict[str, list[Link]] = {}
    for link in links(catalogue):
        made_of.setdefault(link.area_id, []).append(link)
        went_to.setdefault(link.icb_code, []).append(link)
    rows: list[dict[str, object]] = []
    for collaborative, own in footprints.groupby("collaborative_id", sort=False):
        covered: _Rows = {row["icb_code"]: dict(row) for row in own.to_dict("records")}
        touched = {link.area_id for code in covered for link in went_to[code]}
        for area in sorted(touched):
            held = [link for link in made_of[area] if link.icb_code in covered]
            lacking = [link for link in made_of[area] if link.icb_code not in covered]
            based = [covered[link.icb_code] for link in held]
            whole = not lacking and all(row["coverage"] == "whole" for row in based)
            sources = [str(row["source_id"]) for row in based]
            others = {*sources, *(link.source_id for link in held)} - {sources[0], ""}
            rows.append(
                {
                    "collaborative_id": collaborative,
                    "area_id": area,
                    "coverage": "whole" if whole else "part",
                    "basis": max((str(row["basis"]) for row in based), key=_BASES.index),
                    "is_certain": not all(_is_doubtful(link, covered) for link in held),
                    "carried_from": ";".join(link.icb_code for link in held),
                    "carry_note": _note(held, lacking, covered, went_to, names),
                    "source_id": sources[0],
                    "other_source_ids": ";".join(sorted(others)) or None,
                    "locator": based[0]["locator"],
                }
            )
    frame = pd.DataFrame(rows, columns=list(_CARRIED))
    types = dict.fromkeys(_CARRIED, "string") | {"is_certain": "boolean"}
    return frame.astype(types)


def _short_names(catalogue: Catalogue) -> dict[str, str]:
    """Short names by ICB code of 2023 and by area of 2026."""
    frame = pd.concat([areas(catalogue, vintage) for vintage in VINTAGES])
    return dict(zip(frame["area_id"], frame["short_name"], strict=True))


def _is_doubtful(link: Link, covered: _Rows) -> bool:
    """Whether the ICB was split and is covered in part: which part is not known."""
    return link.coverage == "part" and covered[link.icb_code]["coverage"] == "part"


def _words(area: str) -> str:
    return area.replace(";", ",")


def _named(link: Link, names: dict[str, str]) -> str:
    name = names[link.icb_code]
    return name if link.coverage == "whole" else f"part of {name} ({_words(link.area)})"


def _note(
    held: list[Link],
    lacking: list[Link],
    covered: _Rows,
    went_to: dict[str, list[Link]],
    names: dict[str, str],
) -> str | None:
    """How a footprint was carried to an area, in words; None where the area did not change."""
    if not any(link.change for link in held):
        return None
    sure = [
        f"{_named(link, names)}, covered "
        f"{'whole' if covered[link.icb_code]['coverage'] == 'whole' else 'in part'}"
        for link in held
        if not _is_doubtful(link, covered)
    ]
    notes = [f"Carried over from April 2023: {'; '.join(sure)}."] if sure else []
    for link in held:
        if _is_doubtful(link, covered):
            elsewhere = [names[o.area_id] for o in went_to[link.icb_code] if o != link]
            notes.append(
                f"{names[link.icb_code]} (April 2023) was split and is covered in part; which part "
                f"is not known: it may lie in what came here ({_words(link.area)}) or in what went "
                f"to {' or '.join(elsewhere)}."
            )
    if lacking:
        missing = "; ".join(_named(link, names) for link in lacking)
        notes.append(f"The footprint does not name what else makes up the area: {missing}.")
    return " ".join(notes)


def carried_home(
    catalogue: Catalogue,
    organisation_id: str,
    locate: Callable[[float, float], str | None] | None = None,
) -> str | None:
    """The area of April 2026 in which an organisation has its home.

    Args:
        catalogue: The tables.
        organisation_id: Key into ``organisations``.
        locate: Longitude and latitude -> area of April 2026; asked where the home ICB was split.
            ``functools.partial(geo.points.icb_at, vintage="2026")`` is one (data reads no
            boundaries, hence the argument).

    Returns:
        The area; None where the organisation has no home ICB, or its ICB was split and its point
        is unknown or lies in none of the parts.

    Raises:
        KeyError: There is no such organisation.
    """
    row = catalogue.row("organisations", organisation_id)
    if pd.isna(row["icb_code"]):
        return None
    found = {link.area_id for link in successors(catalogue, row["icb_code"])}
    if len(found) == 1:
        return found.pop()
    if locate is None or pd.isna(row["longitude"]) or pd.isna(row["latitude"]):
        return None
    area = locate(float(row["longitude"]), float(row["latitude"]))
    return area if area in found else None


def footprints_behind(
    catalogue: Catalogue, code: str, vintage: str, collaboratives: Iterable[str]
) -> pd.DataFrame:
    """The rows of ``footprints`` that bring collaboratives to an area of a vintage.

    Args:
        catalogue: The tables.
        code: The area.
        vintage: ``2023`` or ``2026``, of which an area has the rows of all that it was made from.
        collaboratives: Their ids.

    Raises:
        ValueError: There is no such vintage.
    """
    _check(vintage)
    codes = {code}
    if vintage == NEWER:
        codes = {link.icb_code for link in links(catalogue) if link.area_id == code}
    rows = catalogue.table("footprints")
    return rows[rows["icb_code"].isin(codes) & rows["collaborative_id"].isin(list(collaboratives))]
