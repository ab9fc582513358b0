"""Find the integrated care systems of a postcode district: "LS1" is in West Yorkshire.

The embedded lookups in ``geo/lookups`` are made by ``python -m geo lookup``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from geo.errors import GeoError

LOOKUPS = Path(__file__).parent / "lookups"
DEFAULT_VINTAGE = "2023"
Shares = tuple[tuple[str, float], ...]
# Outward code and, where it was typed, as much of the inward code as there is. Matching is greedy,
# so "LS14" is the district LS14 and "LS14AP" is a postcode of LS1.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?:[0-9][A-Z]{0,2})?")
_AREA = re.compile(r"[A-Z]{1,2}")
# A postcode has 7 characters; more than this is something else.
_LONGEST = 12


@dataclass(frozen=True)
class DistrictHit:
    """What a search for a postcode found.

    Attributes:
        label: The district ("LS1") or area ("LS") found.
        systems: (ICB code, share of the postcodes, 0 to 1), largest share first. Shares below
            0.01 are not listed, and what lies in Wales or Scotland is in ``elsewhere``.
        elsewhere: (country, share), for districts and areas that cross the border of England.
        is_area: Whether ``label`` stands for several districts.
        districts: The districts meant: one, or those of the area that touch England.
    """

    label: str
    systems: Shares
    elsewhere: Shares
    is_area: bool
    districts: tuple[str, ...]

    @property
    def is_split(self) -> bool:
        """Whether it lies in more than one system."""
        return len(self.systems) > 1


def lookup_name(name: str, vintage: str) -> str:
    """Name a lookup that depends on the vintage; that of April 2023 has no ending.

    Args:
        name: ``postcode_districts`` or ``postcode_areas``.
        vintage: Id of the vintage.

    Returns:
        The name of the file without its ending, such as ``postcode_districts_2026``.
    """
    return name if vintage == DEFAULT_VINTAGE else f"{name}_{vintage}"


def read_lookup(name: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Read an embedded lookup after checking it against its metadata.

    Args:
        name: Name of the file without its ending.
        columns: The columns expected.

    Returns:
        The rows, as text.

    Raises:
        GeoError: If it is missing, was changed, or has other columns.
    """
    path, meta = LOOKUPS / f"{name}.csv", LOOKUPS / f"{name}.meta.json"
    absent = [file.name for file in (path, meta) if not file.is_file()]
    if absent:
        found = ", ".join(sorted(p.name for p in LOOKUPS.glob("*.csv"))) or "none"
        raise GeoError(
            f"Expected the lookup geo/lookups/{name}.csv with its metadata, found no "
            f"{' and no '.join(absent)} (lookups there: {found}). Build it with `python -m geo "
            "lookup --vintage ...`, or restore it from version control."
        )
    data = path.read_bytes()
    expected = json.loads(meta.read_text(encoding="utf-8"))["sha256"]
    digest = hashlib.sha256(data).hexdigest()
    if digest != expected:
        raise GeoError(
            f"Expected SHA-256 {expected} for geo/lookups/{name}.csv (from its .meta.json), found "
            f"{digest}. The file was changed or cut short (line endings converted?): restore it "
            "from version control or rebuild it with `python -m geo lookup`."
        )
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8")))
    if tuple(header) != columns:
        raise GeoError(
            f"Expected columns {', '.join(columns)} in geo/lookups/{name}.csv, found "
            f"{', '.join(header)}. Rebuild it with `python -m geo lookup`."
        )
    return [tuple(row) for row in rows]


def _grouped(rows: list[tuple[str, ...]]) -> Mapping[str, Shares]:
    """Group rows (key, member, share) by key, in the order of the file."""
    grouped: dict[str, list[tuple[str, float]]] = {}
    for key, member, share in rows:
        grouped.setdefault(key, []).append((member, float(share)))
    return MappingProxyType({key: tuple(members) for key, members in grouped.items()})


@lru_cache(maxsize=4)
def districts(vintage: str = DEFAULT_VINTAGE) -> Mapping[str, Shares]:
    """Give the systems of every postcode district of England; read once, on first use.

    Args:
        vintage: Id of the vintage that the ICB codes belong to.

    Returns:
        By district ("LS1"): (ICB code, share of its postcodes, 0 to 1), largest share first. They
        sum to less than 1 where a district reaches into Wales or Scotland.

    Raises:
        GeoError: If the lookup is missing or was changed.
    """
    name = lookup_name("postcode_districts", vintage)
    return _grouped(read_lookup(name, ("district", "icb_code", "share")))


@lru_cache(maxsize=4)
def areas(vintage: str = DEFAULT_VINTAGE) -> Mapping[str, Shares]:
    """Give the systems of every postcode area ("LS") and group ("SW1" for SW1A, SW1E, ...).

    Args:
        vintage: Id of the vintage that the ICB codes belong to.

    Returns:
        As ``districts``, by area or group.

    Raises:
        GeoError: If the lookup is missing or was changed.
    """
    name = lookup_name("postcode_areas", vintage)
    return _grouped(read_lookup(name, ("area", "icb_code", "share")))


@lru_cache(maxsize=1)
def outside_england() -> Mapping[str, Shares]:
    """Give what lies outside England: areas ("CF"), and districts of areas on the border.

    Returns:
        By area or district: (country, share of its postcodes, 0 to 1), largest share first.

    Raises:
        GeoError: If the lookup is missing or was changed.
    """
    return _grouped(read_lookup("postcode_elsewhere", ("postcode", "country", "share")))


def outward(text: str) -> str | None:
    """Read a postcode, a district or an area as a person types it.

    Args:
        text: For example "LS1", "ls1 4ap", "LS14AP", "LS1 4" or "LS".

    Returns:
        The district or area in capitals without spaces, whether it exists or not; None when the
        text does not have the form of a postcode.
    """
    typed = unicodedata.normalize("NFKC", text[: _LONGEST * 4]).upper().split()
    joined = "".join(typed)
    if not joined or len(joined) > _LONGEST or len(typed) > 2:
        return None
    if len(typed) == 2:
        # With a space the person said where the district ends: "LS1 4" is in LS1, not LS14.
        inward = re.fullmatch(r"[0-9][A-Z]{0,2}", typed[1])
        match = re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?", typed[0])
        if inward:
            return match.group() if match else None
    if _AREA.fullmatch(joined):
        return joined
    whole = _POSTCODE.fullmatch(joined)
    return whole.group(1) if whole else None


def find_district(text: str, vintage: str = DEFAULT_VINTAGE) -> DistrictHit | None:
    """Find the systems of a postcode district, of a full postcode's district, or of an area.

    Args:
        text: What was typed, see ``outward``. A full postcode is answered by its district.
        vintage: Id of the vintage that the ICB codes belong to.

    Returns:
        The hit, or None where there is no such district or area in England; ``why_not`` says why.

    Raises:
        GeoError: If the lookup is missing or was changed.
    """
    code = outward(text)
    if code is None:
        return None
    known = districts(vintage)
    crossing = outside_england().get(code, ())
    if code in known:
        return DistrictHit(code, known[code], crossing, False, (code,))
    if code in areas(vintage):
        rest = re.compile(f"{code}[0-9][A-Z0-9]?" if code.isalpha() else f"{code}[A-Z]")
        inside = sorted((name for name in known if rest.fullmatch(name)), key=_natural)
        return DistrictHit(code, areas(vintage)[code], crossing, True, tuple(inside))
    return None


def _natural(district: str) -> tuple[int, str]:
    """Sort LS2 before LS10."""
    number = re.search(r"[0-9]+", district)
    return int(number.group()) if number else 0, district


def why_not(text: str, vintage: str = DEFAULT_VINTAGE) -> str:
    """Say why ``find_district`` found nothing.

    Args:
        text: What was typed.
        vintage: As given to ``find_district``.

    Returns:
        A sentence for the reader; empty when there is a hit.

    Raises:
        GeoError: If the lookup is missing or was changed.
    """
    code = outward(text)
    if code is None:
        return "That does not look like a postcode. Type a district such as LS1, or a postcode."
    if find_district(text, vintage):
        return ""
    away = outside_england()
    area = re.sub("[0-9].*", "", code)
    if code in away:
        return f"{code} is in {away[code][0][0]}; the Atlas covers the systems of England."
    if area in away and area not in areas(vintage):
        where = away[area][0][0]
        return f"Postcodes of {area} are in {where}; the Atlas covers the systems of England."
    return f"There is no postcode district or area {code} in England."
