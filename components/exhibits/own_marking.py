"""Whether rows of the reader's own are in an exhibit: among its rows, or behind its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from components.exhibits.own_cited import cited, plain
from components.exhibits.own_tips import tipped
from data.catalogue import Catalogue
from data.own.merging import MARK
from data.selection import Selection

if TYPE_CHECKING:
    from components.exhibits.base import Builder, Built

OWN: Final = "own"
"""Column that tells a reader's own rows from the Atlas's; only there where there are any."""
OWN_CAVEAT: Final = "own-data"
YOURS, BEHIND = "your own", "with your own behind it"


def built_and_marked(build: Builder, catalogue: Catalogue, selection: Selection) -> Built:
    """The exhibit; beside own rows with the caveat ``own-data`` where they change anything of it.

    Args:
        build: Builds it.
        catalogue: The tables.
        selection: The filters.
    """
    built = plain(build, catalogue, selection)
    if not catalogue.own:
        return built
    marked = mark_own(catalogue, built)
    # A map without rows still says of each area how many are filtered out.
    is_nothing = built.empty is not None and built.figure is None
    if OWN_CAVEAT not in marked.caveats and catalogue.curated is not None and not is_nothing:
        # No row of it is own. Own rows may still be counted in it: how many members, systems or
        # outcomes a collaborative of the Atlas has. Only the exhibit without them tells.
        known = catalogue.curated.known_values
        if any(v not in known.get(d, (v,)) for d, v in selection.active if d != "formed"):
            marked = _with_caveat(marked)
        else:
            marked = mark_changed(built, plain(build, catalogue.curated, selection))
    if OWN_CAVEAT not in marked.caveats:
        return marked
    return tipped(build, catalogue, selection, cited(build, catalogue, selection, marked))


def mark_own(catalogue: Catalogue, built: Built) -> Built:
    """The exhibit with the caveat ``own-data`` and a column ``own`` where own rows are in it."""
    sources, frame = catalogue.own_sources, built.frame
    # By the source of the row, or by a name in it: a row of the Atlas may speak of own ones.
    is_own = pd.Series(False, index=frame.index)
    for column in frame.columns:
        if column == "source_id":
            is_own |= frame[column].isin(sources)
        elif not pd.api.types.is_numeric_dtype(frame[column]):
            is_own |= frame[column].astype(str).str.contains(MARK, regex=False)
    if is_own.any():
        frame = frame.assign(**{OWN: is_own.map({True: YOURS, False: ""})})
    elif not any(c.source_id in sources for c in built.citations):
        return built
    return _with_caveat(replace(built, frame=frame))


def mark_changed(built: Built, before: Built) -> Built:
    """The exhibit with the caveat and the column where it is not what it is without own rows.

    Args:
        built: It, without a row of the reader's own.
        before: The same, built of the Atlas's tables alone.
    """
    rows = built.frame.astype(str).apply(tuple, axis=1) if len(built.frame) else pd.Series()
    known = set(before.frame.astype(str).itertuples(index=False, name=None))
    changed = pd.Series([row not in known for row in rows], index=built.frame.index, dtype=bool)
    if changed.any():
        words = changed.map({True: BEHIND, False: ""})
        return _with_caveat(replace(built, frame=built.frame.assign(**{OWN: words})))
    is_same = (
        len(built.frame) == len(before.frame)
        and built.base == before.base
        and built.lines == before.lines
        and all(
            _unmarked(now) == _unmarked(then)
            for now, then in (
                ((built.reading,), (before.reading,)),
                (built.notes, before.notes),
                (built.details, before.details),
            )
        )
        and built.figure == before.figure
    )
    return built if is_same else _with_caveat(built)


def _unmarked(sentences: Iterable[str]) -> list[str]:
    """Sentences but for those that say themselves that they are about own rows."""
    return [s for s in sentences if MARK not in s]


def _with_caveat(built: Built) -> Built:
    return replace(built, caveats=(OWN_CAVEAT, *built.caveats))
