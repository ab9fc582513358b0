"""Which of the reader's own files an exhibit rests on, also where it lists no row of theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from data.catalogue import OWN_TIER, Catalogue
from data.citations import citation
from data.memo import kept
from data.own.merging import MARK
from data.own.removing import without_rows
from data.selection import Selection

if TYPE_CHECKING:
    from components.exhibits.base import Builder, Built

COUNTED: Final = "its rows are counted in this; none of them is listed"
NAMED: Final = "a row of it is named in this"
_NAMES: Final = {
    "collaborative": "collaboratives", "organisation": "organisations", "wave": "survey_waves",
}  # fmt: skip
"""Dimension of the filters -> the table whose keys are its values."""
_NAMED_BY: Final = {
    "collaboratives": ("name", "short_name"), "organisations": ("name",),
    "survey_waves": ("title",),
}  # fmt: skip
"""Table -> its columns of names, which end with the mark in own rows."""


@kept(600)
def _of_atlas(catalogue: Catalogue, build: Builder, selection: Selection) -> Built:
    return build(catalogue, selection)


def plain(build: Builder, catalogue: Catalogue, selection: Selection) -> Built:
    """What a function builds; of the Atlas's tables alone, which all share, it is built once.

    Every exhibit beside own rows is held against the one without them, up to three times.

    Args:
        build: Builds an exhibit.
        catalogue: The tables.
        selection: The filters.
    """
    is_shared = not catalogue.own
    return _of_atlas(catalogue, build, selection) if is_shared else build(catalogue, selection)


def cited(build: Builder, catalogue: Catalogue, selection: Selection, built: Built) -> Built:
    """The exhibit with every own file that it rests on among its sources, and no other.

    Those whose rows it lists are cited already, with their places. Of the others those come next
    that hold what a row or a filter names, then those without which it would be another: that is
    found by building it without them, by halves, so that of many files few are tried one by one.

    Args:
        build: Builds it.
        catalogue: The tables, own rows included.
        selection: The filters.
        built: It, of which own rows change something.
    """
    listed = {c.source_id for c in built.citations if c.is_own}
    rest = [f for f in own_files(catalogue) if f not in listed]
    named = _named(catalogue, selection, built).intersection(rest)
    rest = [f for f in rest if f not in named]
    is_sole = not listed and not named and len(rest) == 1
    counted = {*rest} if is_sole else {*_counted(_test(build, catalogue, selection, built), rest)}
    # In the order in which they were brought.
    more = tuple(
        citation(catalogue, source, (NAMED if source in named else COUNTED,))
        for source in own_files(catalogue)
        if source in named | counted
    )
    own = tuple(c for c in built.citations if c.is_own)
    others = tuple(c for c in built.citations if not c.is_own)
    return replace(built, citations=(*own, *more, *others))


def own_files(catalogue: Catalogue) -> list[str]:
    """The sources that stand for the reader's own files, in the order in which they came."""
    sources = catalogue.frames["sources"]
    return list(sources.loc[sources["tier"].eq(OWN_TIER), "source_id"])


def _named(catalogue: Catalogue, selection: Selection, built: Built) -> set[str]:
    """Files that hold a collaborative, an organisation or a wave that a row or a filter names."""
    asked = {(_NAMES[d], v) for d, v in selection.active if d in _NAMES}
    words = _words(built)
    found: set[str] = set()
    for table, columns in _NAMED_BY.items():
        mine = {key[0] for key in catalogue.own.get(table, ())}
        if not mine:
            continue
        rows = catalogue.frames[table]
        column = catalogue.schema.tables[table].primary_key[0]
        for row in rows[rows[column].isin(mine)].to_dict("records"):
            names = [str(row[c]) for c in columns]
            if (table, row[column]) in asked or any(name in words for name in names):
                found.add(row["source_id"])
    return found


def _words(built: Built) -> str:
    """The cells of an exhibit's rows that name something of the reader's own, as one text."""
    cells: set[str] = set()
    for column in built.frame:
        if not pd.api.types.is_numeric_dtype(built.frame[column]):
            texts = built.frame[column].astype(str)
            cells.update(texts[texts.str.contains(MARK, regex=False)])
    return "\n".join(sorted(cells))


def _test(
    build: Builder, catalogue: Catalogue, selection: Selection, built: Built
) -> Callable[[Sequence[str]], bool]:
    def is_changed(files: Sequence[str]) -> bool:
        rest = without_rows(catalogue, frozenset(files))
        # What a filter asks for went with them.
        if any(v not in rest.known_values.get(d, (v,)) for d, v in selection.active):
            return True
        return not _is_same(built, plain(build, rest, selection))

    return is_changed


def _counted(is_changed: Callable[[Sequence[str]], bool], files: Sequence[str]) -> Iterable[str]:
    """Those of some files without which the exhibit would be another."""
    if not files or not is_changed(files):
        return ()
    if len(files) == 1:
        return files
    half = len(files) // 2
    return (*_counted(is_changed, files[:half]), *_counted(is_changed, files[half:]))


def _is_same(now: Built, then: Built) -> bool:
    """Whether two exhibits say, list and draw the same."""
    if len(now.frame) != len(then.frame) or now.base != then.base or now.lines != then.lines:
        return False
    if (now.reading, now.notes, now.details) != (then.reading, then.notes, then.details):
        return False
    rows = now.frame.drop(columns="own", errors="ignore").astype(str)
    return rows.equals(then.frame.astype(str)) and now.figure == then.figure
