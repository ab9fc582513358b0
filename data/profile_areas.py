"""Systems by vintage, for profiles: which there are, what lies in them, what became of them.

This is the one place where a profile asks for a vintage. The tables speak of the 42 systems of
April 2023; what that means on the 36 of April 2026 is worked out by ``data.vintages``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from data import vintages
from data.catalogue import Catalogue
from data.lineage import ref
from data.memo import kept
from data.profile_places import Area, Change
from data.rows import Row, listed, text
from data.succession import ALL, Link, links
from data.vintages import NEWER, OLDER, VINTAGES

Locate = Callable[[float, float], str | None]
"""Longitude and latitude -> area of April 2026."""
_COLUMNS = [
    "icb_code", "code_words", "name", "short_name", "region", "ods_code", "source_id",
    "other_source_ids", "locator",
]  # fmt: skip
_NOT_VERIFIED: Final = "code not verified"


def _known(vintage: str) -> None:
    if vintage not in VINTAGES:
        raise ValueError(
            f"expected a vintage of {', '.join(VINTAGES)}, found {vintage!r}: profiles of another "
            "vintage are added in data/profile_areas.py"
        )


def _code_words(row: Row) -> str:
    """The ONS code of an area of April 2026, with how it is known where that is not from ONS."""
    code = text(row["icb_code"])
    if not code or row["code_basis"] == "not_verified":
        return _NOT_VERIFIED
    return code if row["code_basis"] == "unchanged" else f"{code} (reported, not read at ONS)"


@kept(4)
def areas(catalogue: Catalogue, vintage: str = OLDER) -> pd.DataFrame:
    """The systems of a vintage; cached, do not change.

    Returns:
        Columns ``icb_code`` (of 2026: the ``area_id``, which is what boundaries are drawn by),
        ``code_words`` (the code as a reader may see it), ``name``, ``short_name``, ``region``,
        ``ods_code``, ``source_id``, ``other_source_ids``, ``locator``; 42 or 36 rows.

    Raises:
        ValueError: There is no such vintage.
    """
    _known(vintage)
    if vintage == NEWER:
        frame = catalogue.table("icbs_2026")
        told = [_code_words(row) for row in frame.to_dict("records")]
        return frame.assign(icb_code=frame["area_id"], code_words=told)[_COLUMNS]
    frame = catalogue.table("icbs")
    return frame.assign(code_words=frame["icb_code"], other_source_ids=None)[_COLUMNS]


def vintage_of(catalogue: Catalogue, code: str, wanted: str = OLDER) -> str:
    """The vintage of a system: the one wanted where it has the code, else the one that has it.

    Args:
        catalogue: The tables.
        code: An ICB code of April 2023 or an area of April 2026.
        wanted: Id of the vintage to prefer, as a code may be of both.

    Raises:
        KeyError: No vintage has such a system.
        ValueError: There is no such vintage.
    """
    for vintage in (wanted, *VINTAGES):
        if code in set(areas(catalogue, vintage)["icb_code"]):
            return vintage
    raise KeyError(
        f"no system {code!r}; ids look like E54000054 (April 2023, and April 2026 where nothing "
        "changed) or icb26-essex (new in April 2026), and the page Systems lists them"
    )


def area(catalogue: Catalogue, code: str, vintage: str = OLDER) -> Area:
    """One system.

    Raises:
        KeyError: The vintage has no such system.
        ValueError: There is no such vintage.
    """
    frame = areas(catalogue, vintage)
    hits = frame[frame["icb_code"] == code].to_dict("records")
    if not hits:
        new = " or icb26-essex" if vintage == NEWER else ""
        raise KeyError(
            f"no system {code!r} in the vintage {vintage}; codes look like E54000054{new}, and the "
            "page Systems lists them"
        )
    row = hits[0]
    return Area(
        code=code,
        code_words=row["code_words"],
        name=row["name"],
        short_name=row["short_name"],
        region=row["region"],
        ods_code=text(row["ods_code"]),
        vintage=vintage,
        other_source_ids=listed(row["other_source_ids"]),
        source_id=row["source_id"],
        locator=row["locator"],
    )


def placed(
    catalogue: Catalogue, table: str, vintage: str = OLDER, locate: Locate | None = None
) -> pd.DataFrame:
    """A table whose ``icb_code`` is of April 2023, with the systems of a vintage instead.

    Args:
        catalogue: The tables.
        table: ``footprints`` or ``organisations``.
        vintage: Id of the vintage.
        locate: Says in which area of April 2026 a point lies; without it an organisation whose
            home ICB was split has no home in 2026.

    Returns:
        Columns of the table. Of footprints also ``is_certain``, ``carry_note`` and
        ``other_source_ids``, as ``data.vintages.carry`` gives them.

    Raises:
        ValueError: There is no such vintage, or no such table to place.
    """
    _known(vintage)
    if table == "footprints":
        return _footprints(catalogue, vintage)
    if table == "organisations":
        return _organisations(catalogue, vintage, locate)
    raise ValueError(f"expected the table footprints or organisations, found {table!r}")


@kept(4)
def _footprints(catalogue: Catalogue, vintage: str) -> pd.DataFrame:
    frame = catalogue.table("footprints")
    if vintage == OLDER:
        return frame.assign(is_certain=True, carry_note=None, other_source_ids=None)
    keys = zip(frame["collaborative_id"], frame["icb_code"], strict=True)
    own = dict(zip(keys, frame["note"], strict=True))
    carried = vintages.carry(catalogue, frame)
    notes = []
    for row in carried.to_dict("records"):
        told = (text(own[row["collaborative_id"], c]) for c in listed(row["carried_from"]))
        notes.append(" ".join(dict.fromkeys(note for note in told if note)) or None)
    return carried.assign(icb_code=carried["area_id"], note=pd.Series(notes, dtype="string"))


@kept(4)
def _organisations(catalogue: Catalogue, vintage: str, locate: Locate | None) -> pd.DataFrame:
    frame = catalogue.table("organisations")
    if vintage == OLDER:
        return frame
    homes = [vintages.carried_home(catalogue, key, locate) for key in frame["organisation_id"]]
    return frame.assign(icb_code=pd.Series(homes, index=frame.index, dtype="string"))


def changes(catalogue: Catalogue, code: str, vintage: str = OLDER) -> tuple[Change, ...]:
    """What became of a system of April 2023, or what one of April 2026 was made from.

    Empty where nothing changed. A board of April 2023 that keeps its name and gains area has what
    it gained.

    Raises:
        ValueError: There is no such vintage.
    """
    _known(vintage)
    if vintage == NEWER:
        return tuple(_gain(catalogue, link) for link in links(catalogue) if _is_of(link, code))
    frame = catalogue.table("icb_changes")
    went = tuple(
        Change(
            area=row["area"],
            other=row["to_icb"],
            other_code=text(row["to_icb_code"]),
            on=text(row["effective_on"]),
            change=row["change"],
            ref=ref("icb_changes", row["change_id"]),
            source_id=row["source_id"],
            locator=row["locator"],
        )
        for row in frame[frame["from_icb_code"] == code].to_dict("records")
    )
    if went:
        return went
    return tuple(
        _gain(catalogue, gained)
        for kept in links(catalogue)
        if kept.icb_code == code and kept.change
        for gained in links(catalogue)
        if gained.area_id == kept.area_id and gained != kept
    )


def others(catalogue: Catalogue, code: str, vintage: str = OLDER) -> tuple[tuple[str, str], ...]:
    """(Id, short name) of the systems of the other vintage that share ground with one, by name.

    Raises:
        ValueError: There is no such vintage.
    """
    _known(vintage)
    pairs = [(link.icb_code, link.area_id) for link in links(catalogue)]
    if vintage == NEWER:
        pairs = [(new, old) for old, new in pairs]
    frame = areas(catalogue, OLDER if vintage == NEWER else NEWER)
    names = dict(zip(frame["icb_code"], frame["short_name"], strict=True))
    found = ((other, names[other]) for own, other in pairs if own == code)
    return tuple(sorted(found, key=lambda pair: pair[1]))


def _is_of(link: Link, area_id: str) -> bool:
    return link.area_id == area_id and link.change != ""


def _gain(catalogue: Catalogue, link: Link) -> Change:
    """What an area of April 2026 holds of an ICB of April 2023."""
    newer = catalogue.row("icbs_2026", link.area_id)
    older = catalogue.row("icbs", link.icb_code)
    rows = catalogue.table("icb_changes").to_dict("records")
    # A board that keeps its name has no row of its own: the source of the area speaks of it.
    row = next(
        (
            row
            for row in rows
            if row["from_icb_code"] == link.icb_code and _named(row["to_icb"]) == newer["name"]
        ),
        None,
    )
    stated = row or newer
    return Change(
        area=link.area,
        other=older["name"].removeprefix("NHS ").removesuffix(" Integrated Care Board"),
        other_code=link.icb_code,
        on=text(row["effective_on"]) if row else "",
        change=row["change"] if row else "keeps its name" if link.area == ALL else link.change,
        is_gain=True,
        ref=ref("icb_changes", row["change_id"]) if row else ref("icbs_2026", link.area_id),
        source_id=stated["source_id"],
        locator=stated["locator"],
    )


def _named(short: str) -> str:
    return f"NHS {short} Integrated Care Board"
