"""The one selection: what filters set, what the address carries, what a step stores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from data.rubric import GRADES
from data.schema import PackageSchema
from data.service_groups import SERVICE_LABELS

NOT_PUBLISHED = "not_published"
"""The choice "not published" of a filter, for rows whose cell is empty."""

LONGEST_TEXT = 80
"""Characters of free text that are looked for; what is typed beyond them is left out."""

_YEARS = re.compile(r"(\d{4})?-(\d{4})?")
"""A range of years in an address: ``2015-2019``, ``-2019``, ``2020-``."""


def plain_text(typed: str) -> str:
    """Free text as it is looked for: spaces made single, at most ``LONGEST_TEXT`` characters."""
    return " ".join(typed.split())[:LONGEST_TEXT].rstrip()


@dataclass(frozen=True)
class Selection:
    """A small frozen value; an empty tuple means "no restriction".

    Attributes:
        sector: Sector ids.
        region: NHS England region codes (``E40…``).
        icb: ICB codes of April 2023 (``E54…``).
        collaborative: Collaborative ids.
        organisation: Organisation ids: collaboratives in which they have a part.
        governance: Governance models, or ``not_published``.
        scope: Scopes of collaboratives, or ``not_published``.
        formed: Years of formation as text, or ``not_published``.
        benefit: Benefits of scale.
        status: Statuses of outcomes.
        tier: Tiers of sources.
        grade: Grades of evidence of outcomes.
        service: Groups of services of outcomes.
        vintage: Vintage of the boundaries.
        wave: Survey wave; empty: the latest.
        q: Free text; every word that counts has to be found (``data.free_text``).
    """

    sector: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    icb: tuple[str, ...] = ()
    collaborative: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    governance: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    formed: tuple[str, ...] = ()
    benefit: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    vintage: str = ""
    wave: str = ""
    q: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(field.default, tuple):
                # Sorted and unique, so that equal selections are equal values and cache keys.
                object.__setattr__(self, field.name, tuple(sorted(set(value))))
        object.__setattr__(self, "q", plain_text(self.q))

    def only(self, dimensions: Iterable[str]) -> Selection:
        """The selection with every dimension cleared but the named ones.

        An exhibit that does not respond to a filter is then the same cached value under it.
        """
        keep = {d: getattr(self, d) for d in dimensions}
        return Selection(**keep)

    def without(self, dimension: str, value: str | None = None) -> Selection:
        """The selection with one dimension, or one value of it, cleared."""
        current = getattr(self, dimension)
        if isinstance(current, str):
            empty: dict[str, Any] = {dimension: ""}
            return replace(self, **empty)
        kept = () if value is None else tuple(v for v in current if v != value)
        rest: dict[str, Any] = {dimension: kept}
        return replace(self, **rest)

    @property
    def active(self) -> tuple[tuple[str, str], ...]:
        """Each (dimension, value) that restricts something, in a stable order."""
        found: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            values = (value,) if isinstance(value, str) else value
            found.extend((field.name, v) for v in values if v)
        return tuple(found)

    def to_params(self) -> dict[str, str]:
        """The selection as address parameters; several values are joined by commas."""
        params: dict[str, str] = {}
        for dimension, value in self.active:
            params[dimension] = f"{params[dimension]},{value}" if dimension in params else value
        return params

    @classmethod
    def from_params(
        cls,
        params: Mapping[str, str],
        known: Mapping[str, Iterable[str]],
        suggest: Callable[[str, str], str] | None = None,
    ) -> tuple[Selection, tuple[str, ...]]:
        """Read address parameters.

        Args:
            params: Parameter name -> comma-separated values; other parameters are left alone. Years
                of formation may be ranges (``2015-2019``, ``-2019``, ``2020-``).
            known: Dimension -> values that exist (see ``known_values``).
            suggest: (dimension, unknown value) -> words that say what may have been meant, or
                ``""``.

        Returns:
            The valid part, and a sentence for each value that had to be dropped.
        """
        kept: dict[str, Any] = {"q": params.get("q", "")}
        dropped: list[str] = []
        if len(" ".join(kept["q"].split())) > LONGEST_TEXT:
            most = f"the {LONGEST_TEXT} characters allowed"
            dropped.append(f"what is looked for has more than {most}")
        for field in fields(cls):
            raw = params.get(field.name, "")
            if not raw or field.name == "q":
                continue
            allowed = list(known.get(field.name, ()))
            valid: list[str] = []
            for value in (v.strip() for v in raw.split(",") if v.strip()):
                found = [value] if value in allowed else []
                if field.name == "formed" and not found:
                    found = _years_between(value, allowed)
                valid.extend(found)
                if not found:
                    hint = suggest(field.name, value) if suggest else ""
                    dropped.append(f"“{plain_text(value)}” is not a known {field.name}{hint}")
            if isinstance(field.default, tuple):
                kept[field.name] = tuple(valid)
            else:
                kept[field.name] = "".join(valid[:1])
                dropped += [f"“{v}” is one more {field.name} than can be shown" for v in valid[1:]]
        return cls(**kept), tuple(dropped)


def _years_between(value: str, years: Iterable[str]) -> list[str]:
    """The known years in a range as addresses write it; none where it is not a range."""
    ends = _YEARS.fullmatch(value)
    if ends is None or not any(ends.groups()):
        return []
    first, last = ends.group(1) or "0000", ends.group(2) or "9999"
    return [y for y in years if y.isdigit() and first <= y <= last]


def vocabulary(schema: PackageSchema) -> dict[str, tuple[str, ...]]:
    """Values of the dimensions whose vocabulary is closed in the schema."""
    return {
        "sector": tuple(schema.labels("collaboratives", "sector")),
        "governance": (*schema.labels("collaboratives", "governance_model"), NOT_PUBLISHED),
        "scope": (*schema.labels("collaboratives", "scope"), NOT_PUBLISHED),
        "benefit": tuple(schema.labels("outcomes", "benefit")),
        "status": tuple(schema.labels("outcomes", "status")),
        "tier": tuple(schema.labels("sources", "tier")),
        "grade": tuple(g.id for g in GRADES),
        "service": tuple(SERVICE_LABELS),
    }
