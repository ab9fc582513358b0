"""Conditions on cells of a table as an address has them."""

from __future__ import annotations

from collections.abc import Iterable


def told(where: Iterable[str]) -> str:
    """Conditions as an address has them: ``status:achieved,planned,sector:acute``.

    Of several that follow one another the first alone names their column: links to the rows of a
    number list up to sixty, and a page has dozens of links.
    """
    parts, before = [], ""
    for one in where:
        column, _, value = one.partition(":")
        is_plain = value and ":" not in value
        parts.append(value if is_plain and column == before else one)
        before = column
    return ",".join(parts)


def read_out(text: str) -> tuple[str, ...]:
    """The conditions that an address has, each with its column, as ``Counted`` has them."""
    found, column = [], ""
    for part in filter(None, (one.strip() for one in text.split(","))):
        if ":" in part:
            column = part.partition(":")[0]
        found.append(part if ":" in part or not column else f"{column}:{part}")
    return tuple(found)
