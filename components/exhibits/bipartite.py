"""Two columns of names joined by lines: who stands where, so that few lines cross.

The layout is computed here, the same for the same links: no chance, no forces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_SWEEPS = 8
_GAP = 0.7
"""Rows left free between two groups that no line joins."""

Link = tuple[str, str]


@dataclass(frozen=True)
class Layout:
    """Where the names stand.

    Attributes:
        left: Id -> row from the top, for the left column.
        right: The same for the right column.
        rows: Height of the whole in rows.
        groups: How many groups there are that no line joins.
    """

    left: Mapping[str, float]
    right: Mapping[str, float]
    rows: float
    groups: int


def lay_out(links: Iterable[Link]) -> Layout:
    """Place the two ends of links in two columns.

    Groups that no link joins stand one below the other, the largest first. Within a group each
    name stands near the middle of what it is linked with, tried from both sides in turn; of the
    orders tried the one with the fewest crossings is taken.

    Args:
        links: (left id, right id); repeats do not matter.
    """
    left: dict[str, float] = {}
    right: dict[str, float] = {}
    offset = 0.0
    groups = _groups(sorted(set(links)))
    for group in groups:
        lefts, rights = _order(group)
        height = max(len(lefts), len(rights))
        for column, names in ((left, lefts), (right, rights)):
            step = height / len(names)
            column.update({n: offset + (place + 0.5) * step for place, n in enumerate(names)})
        offset += height + _GAP
    return Layout(left, right, max(offset - _GAP, 0.0), len(groups))


def _groups(links: Sequence[Link]) -> list[list[Link]]:
    """Links that hang together, the group with most links first."""
    group_of: dict[tuple[str, str], int] = {}
    members: dict[int, list[Link]] = {}
    for number, link in enumerate(links):
        ends = (("left", link[0]), ("right", link[1]))
        joined = [link]
        for old in sorted({group_of[e] for e in ends if e in group_of}):
            joined = members.pop(old) + joined
        members[number] = joined
        for a, b in joined:
            group_of["left", a] = group_of["right", b] = number
    return sorted((sorted(g) for g in members.values()), key=lambda g: (-len(g), g))


def _order(links: Sequence[Link]) -> tuple[list[str], list[str]]:
    lefts = sorted({a for a, _ in links})
    rights = sorted({b for _, b in links})
    back = [(b, a) for a, b in links]
    best = (crossings(links, lefts, rights), lefts, rights)
    for _ in range(_SWEEPS):
        if best[0] == 0:
            break
        rights = _by_middle(rights, back, lefts)
        lefts = _by_middle(lefts, links, rights)
        count = crossings(links, lefts, rights)
        if count < best[0]:
            best = (count, lefts, rights)
    return best[1], best[2]


def _by_middle(names: Sequence[str], links: Sequence[Link], others: Sequence[str]) -> list[str]:
    """Names by the mean place of what they are linked with; ties keep their order."""
    place = {other: n / len(others) for n, other in enumerate(others)}
    linked: dict[str, list[float]] = {name: [] for name in names}
    for name, other in links:
        linked[name].append(place[other])
    return sorted(names, key=lambda n: sum(linked[n]) / len(linked[n]))


def crossings(links: Sequence[Link], lefts: Sequence[str], rights: Sequence[str]) -> int:
    """How many pairs of links cross when the columns stand in these orders."""
    left = {name: n for n, name in enumerate(lefts)}
    right = {name: n for n, name in enumerate(rights)}
    ends = sorted((left[a], right[b]) for a, b in links)
    return sum(1 for n, (a, b) in enumerate(ends) for c, d in ends[n + 1 :] if a != c and b > d)
