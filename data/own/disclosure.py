"""Which cells of a cross-table may be shown, so that nobody can be made out from it.

The rule, in words: a cell with fewer than :data:`THRESHOLD` respondents is withheld, and so is one
that all but fewer than that share (for questions with several answers). Where totals would give a
withheld cell away, the smallest cells that protect it are withheld as well, those of sectors before
those of everybody. At the end every withheld cell is audited: from all that is shown, the least and
the most that it could hold are worked out, as somebody who wanted to know would do it; they must
lie :data:`THRESHOLD` or more apart. The method is complementary cell suppression with an exact
audit by linear programming, see Hundepool et al., *Statistical Disclosure Control* (Wiley, 2012),
chapter 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

THRESHOLD: Final = 5
"""The fewest respondents that a cell may show."""

RULE: Final = (
    f"A cell with fewer than {THRESHOLD} respondents is withheld, and a sector with fewer than "
    f"{THRESHOLD} answers is not shown by itself. Where totals would give a withheld cell away, "
    "more cells are withheld too, of sectors first; every withheld cell is checked by working out, "
    "from all that is shown, the least and the most that it could hold: they lie "
    f"{THRESHOLD} or more apart."
)

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Shown:
    """What may be shown of one question.

    Attributes:
        groups: Whether each group is shown by itself.
        cells: (options x groups) whether the cell is shown.
        totals: Whether the count of each option over all groups is shown.
    """

    groups: Mask
    cells: Mask
    totals: Mask


def groups_to_show(sizes: Sequence[int], unstated: int) -> list[bool]:
    """Which groups may be told apart.

    Args:
        sizes: Respondents of each group.
        unstated: Respondents whose group is not known or never shown.

    Returns:
        For each group whether it is shown. Those that are not, and the unstated, are together
        none or at least ``THRESHOLD``: else subtracting from the total would tell.
    """
    shown = [size >= THRESHOLD for size in sizes]
    while True:
        hidden = unstated + sum(s for s, keep in zip(sizes, shown, strict=True) if not keep)
        if hidden == 0 or hidden >= THRESHOLD or not any(shown):
            return shown
        smallest = min((s, i) for i, s in enumerate(sizes) if shown[i])[1]
        shown[smallest] = False


def cells_to_show(counts: Counts, bases: Counts, shown: Sequence[bool], *, single: bool) -> Shown:
    """Which cells of a question may be shown.

    Args:
        counts: (options x groups) respondents; the last group is everybody not shown by group.
        bases: Respondents of each group who answered.
        shown: Whether each group is shown by itself; the last never is.
        single: Whether everybody gave exactly one answer, so that options add up to the base.

    Returns:
        The cells that may be shown.
    """
    groups = np.array(shown, dtype=bool)
    best = _shown(counts, bases, groups, single=single)
    # The answer of everybody says more than that of a sector: rather than withhold the one, the
    # smallest sector goes into the crowd of this question.
    while groups.any() and (least := _totals_lost(counts, best)):
        groups = groups.copy()
        groups[min((int(bases[g]), g) for g in np.nonzero(groups)[0])[1]] = False
        other = _shown(counts, bases, groups, single=single)
        if _totals_lost(counts, other) < least:
            best = other
    return best


def _totals_lost(counts: Counts, shown: Shown) -> int:
    """How many totals are withheld only to protect other cells."""
    return int((~shown.totals & (counts.sum(axis=1) >= THRESHOLD)).sum())


def _shown(counts: Counts, bases: Counts, groups: Mask, *, single: bool) -> Shown:
    """What may be shown where these groups are told apart."""
    # Groups not shown are one crowd to whoever looks from outside.
    crowd = ~groups
    table = np.column_stack([counts[:, groups], counts[:, crowd].sum(axis=1)])
    sizes = np.append(bases[groups], bases[crowd].sum())
    if sizes.sum() < THRESHOLD:
        return Shown(
            np.zeros_like(groups), np.zeros(counts.shape, bool), np.zeros(len(counts), bool)
        )
    visible = _protected(table, sizes, single=single)
    cells = np.zeros(counts.shape, dtype=bool)
    cells[:, groups] = visible[:, :-2]
    return Shown(groups, cells, visible[:, -1])


def _protected(table: Counts, sizes: Counts, *, single: bool) -> Mask:
    """Visibility of (options x groups, crowd, total); the crowd is never visible."""
    full = np.column_stack([table, table.sum(axis=1)])
    bases = np.append(sizes, sizes.sum())
    sensitive = full < THRESHOLD
    if not single:
        sensitive |= bases - full < THRESHOLD
    # A group in which nobody is holds no secret.
    sensitive &= bases > 0
    visible = ~sensitive
    visible[:, -2] = False
    # To withhold more never exposes what was safe: no cell is audited again.
    safe = np.zeros_like(visible)
    while True:
        exposed = _exposed(full, bases, visible, sensitive & ~safe, safe, single=single)
        if exposed is None:
            return visible
        option, group = exposed
        corners = _rectangle(full, visible, option, group) if single else ()
        if corners:
            for corner in corners:
                visible[corner] = False
            continue
        partner = _next_to_hide(full, visible, option, group, single=single)
        if partner is None:
            # Nothing is left that could protect it: the question shows nothing by group.
            visible[:, :-1] = False
            if _exposed(full, bases, visible, sensitive, safe, single=single) is not None:
                visible[:, :] = False
            return visible
        visible[partner] = False


def _rectangle(full: Counts, visible: Mask, option: int, group: int) -> tuple[tuple[int, int], ...]:
    """The smallest cells whose withholding lets an exposed one exchange with three others.

    Such an exchange leaves every total as it is, so that totals can go on being shown; the answer
    of everybody together says more than that of a sector, and is the last to be withheld.

    Returns:
        Cells that are still shown; none where nothing more protects the cell by exchange.
    """
    total = full.shape[1] - 1
    best: tuple[int, tuple[tuple[int, int], ...]] | None = None
    for o in range(len(full)):
        for g in range(total if group < total else 0):
            room = min(full[option, group], full[o, g]) + min(full[o, group], full[option, g])
            cells = ((option, g), (o, group), (o, g))
            shown = tuple(cell for cell in cells if visible[cell])
            if o == option or g == group or room < THRESHOLD or not shown:
                continue
            cost = sum(int(full[cell]) for cell in shown)
            if best is None or cost < best[0]:
                best = cost, shown
    return best[1] if best else ()


def _next_to_hide(
    full: Counts, visible: Mask, option: int, group: int, *, single: bool
) -> tuple[int, int] | None:
    """The smallest cell still shown that adds up with an exposed one: in column, row or totals."""
    total = full.shape[1] - 1
    column = [(int(full[o, group]), o, group) for o in range(len(full)) if visible[o, group]]
    row = [(int(full[option, g]), option, g) for g in range(total) if visible[option, g]]
    choices = sorted(column) if single and column and group != total - 1 else sorted(row)
    if not choices:
        choices = sorted(row or (column if single else []))
    if not choices and visible[option, total]:
        choices = [(int(full[option, total]), option, total)]
    if not choices and single:
        rest = [o for o in range(len(full)) if visible[o, total]]
        choices = sorted((int(full[o, total]), o, total) for o in rest)
    return choices[0][1:] if choices else None


def _exposed(
    full: Counts, bases: Counts, visible: Mask, sensitive: Mask, safe: Mask, *, single: bool
) -> tuple[int, int] | None:
    """The first sensitive cell that what is shown pins down too closely, or ``None``.

    Cells that are found to be safe are marked in ``safe``.
    """
    if not single:
        return _pinned_alone(full, bases, visible, sensitive, safe)
    return _pinned(full, bases, visible, sensitive, safe)


def _pinned_alone(
    full: Counts, bases: Counts, visible: Mask, sensitive: Mask, safe: Mask
) -> tuple[int, int] | None:
    """The audit where options do not add up: each option is a line of its own."""
    for o, g in zip(*np.nonzero(sensitive & ~visible), strict=True):
        hidden = ~visible[o, :-1]
        if not visible[o, -1] or g == full.shape[1] - 1:
            room = int(bases[:-1][hidden].sum() if g == full.shape[1] - 1 else bases[g])
        else:
            others = hidden.copy()
            others[g] = False
            rest, free = full[o, :-1][others].sum(), (bases[:-1] - full[o, :-1])[others].sum()
            room = int(min(bases[g] - full[o, g], rest) + min(full[o, g], free))
        if room < THRESHOLD:
            return int(o), int(g)
        safe[o, g] = True
    return None


def _pinned(
    full: Counts, bases: Counts, visible: Mask, sensitive: Mask, safe: Mask
) -> tuple[int, int] | None:
    """The audit where options add up to the base, by linear programming."""
    targets = [(int(o), int(g)) for o, g in zip(*np.nonzero(sensitive & ~visible), strict=True)]
    if not targets:
        return None
    options, groups = len(full), full.shape[1] - 1
    # Unknowns: the cells that are not shown. Shown cells are constants on the other side.
    place = {(o, g): k for k, (o, g) in enumerate(
        (o, g) for o in range(options) for g in range(groups) if not visible[o, g])}  # fmt: skip
    if not place:
        return targets[0]
    rows, right = [], []
    for o in range(options):
        if visible[o, groups]:
            cells = [(o, g) for g in range(groups)]
            rows.append(_row(cells, place))
            right.append(full[o, groups] - sum(full[c] for c in cells if c not in place))
    for g in range(groups):
        cells = [(o, g) for o in range(options)]
        rows.append(_row(cells, place))
        right.append(bases[g] - sum(full[c] for c in cells if c not in place))
    limits: Any = [(0, int(bases[g])) for _, g in place]
    equal: Any = (np.array(rows), np.array(right))
    for o, g in targets:
        if g < groups and _swaps(full, visible, o, g) >= THRESHOLD:
            safe[o, g] = True
            continue
        aims = [(o, g)] if g < groups else [(o, other) for other in range(groups)]
        aim = _row([a for a in aims if a in place], place)
        least, most = (sign * _solved(sign * aim, equal, limits) for sign in (1, -1))
        if most - least < THRESHOLD - 1e-6:
            return o, g
        safe[o, g] = True
    return None


def _swaps(full: Counts, visible: Mask, option: int, group: int) -> int:
    """How far a cell can move by exchanging with three others that are withheld too.

    It leaves every total as it is, so the audit can only find more room; it costs nothing.
    """
    hidden = ~visible[:, :-1]
    most = 0
    for o in np.nonzero(hidden[:, group])[0]:
        for g in np.nonzero(hidden[option])[0]:
            if o != option and g != group and hidden[o, g]:
                up = min(full[o, group], full[option, g])
                down = min(full[option, group], full[o, g])
                most = max(most, int(up + down))
    return most


def _solved(aim: NDArray[np.float64], equal: Any, limits: Any) -> float:
    # Imported here: only a file of answers needs it.
    from scipy.optimize import linprog  # noqa: PLC0415

    found: Any = linprog(aim, A_eq=equal[0], b_eq=equal[1], bounds=limits)
    return float(found.fun)


def _row(
    cells: Sequence[tuple[int, int]], place: dict[tuple[int, int], int]
) -> NDArray[np.float64]:
    row = np.zeros(len(place))
    for cell in cells:
        if cell in place:
            row[place[cell]] = 1
    return row
