"""Exhibits that put collaboratives, or systems, side by side; they are words, not pictures."""

from __future__ import annotations

from typing import Final

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Built
from components.exhibits.benefits import value_words
from components.exhibits.numbers import Sentence
from data.catalogue import Catalogue
from data.citations import collect
from data.comparison import FEWEST, MOST, Comparison
from data.comparison_rows import compare_collaboratives, compare_systems
from data.connections import joined
from data.counted import Whence
from data.lineage import ref
from data.query import Empty
from data.selection import Selection
from data.vintages import OLDER, resolve

COMPARISON_COLUMNS = [
    "aspect", "subject", "value", "compared", "other_source_ids", "source_id", "locator",
]  # fmt: skip

_COMPARED: Final = "rows of this comparison by what stands in their column Compared"


def _choose(what: str, chosen: int) -> Built:
    """Nothing to compare yet, or too much."""
    found = f"{chosen} {'is' if chosen == 1 else 'are'} chosen" if chosen else "none is chosen yet"
    empty = Empty(
        f"Two to four {what} can be compared; {found}.",
        f"Choose {what} in the list, or name their ids in the address.",
        (),
    )
    return Built(None, pd.DataFrame(columns=COMPARISON_COLUMNS), (), (), empty.reason, empty=empty)


def _refs(comparison: Comparison, table: str) -> tuple[str, ...]:
    """The row of each value where it is one; else, as for a count, the row of what is compared.

    A row behind values of several subjects, as a source may be, would not say whose was clicked.
    """
    whence, subjects = comparison.whence(), comparison.subject_ids()
    of: dict[Whence, set[str]] = {}
    for way, key in zip(whence, subjects, strict=True):
        if isinstance(way, str):
            of.setdefault(way, set()).add(key)
    return tuple(
        way if isinstance(way, str) and way and len(of[way]) == 1 else ref(table, key)
        for way, key in zip(whence, subjects, strict=True)
    )


def _built(catalogue: Catalogue, comparison: Comparison, table: str, *caveats: str) -> Built:
    count = {v: sum(r.verdict == v for r in comparison.rows) for v in ("differs", "same")}
    unknown = len(comparison.rows) - sum(count.values())
    names = joined(name for _, name in comparison.subjects)
    say = Sentence()
    whole = f"{count['differs']} of {theme.plural(len(comparison.rows), 'row')}"
    parts = [
        f"differ in {say.worked(whole, _COMPARED)}",
        f"are the same in {say.worked(str(count['same']), _COMPARED)}",
    ]
    if unknown:
        rest = say.worked(str(unknown), _COMPARED)
        parts.append(f"cannot be compared in {rest}, where not every value is published")
    frame = comparison.frame()
    if list(frame.columns) != COMPARISON_COLUMNS:
        raise ValueError(f"expected the columns {COMPARISON_COLUMNS}, found {list(frame.columns)}")
    return Built(
        figure=None,
        frame=frame,
        refs=_refs(comparison, table),
        citations=collect(catalogue, comparison.places()),
        caveats=caveats,
        reading=f"{names} {joined(parts)}.",
        numbers=say.numbers,
        notes=(
            "≠ differs: two published values are not the same. = same: all are published and the "
            "same. ? not all published: what is published does not differ.",
        ),
        whence=comparison.whence(),
    )


@REGISTRY.register(
    "compare-collaboratives",
    title="Collaboratives side by side",
    question="In what do two to four collaboratives differ?",
    alt="A table with a column for each of two to four collaboratives and the same rows in the "
    "same order; a sign and a word at each row say whether they differ.",
    responds_to=("collaborative",),
    needs="two to four collaboratives",
)
def collaboratives_side_by_side(catalogue: Catalogue, selection: Selection) -> Built:
    """The collaboratives of the selection, side by side."""
    ids = selection.collaborative
    if not FEWEST <= len(ids) <= MOST:
        return _choose("collaboratives", len(ids))
    comparison = compare_collaboratives(catalogue, ids, value_words)
    caveats = ("partial-coverage", "not-published", "self-reported")
    return _built(catalogue, comparison, "collaboratives", *caveats)


@REGISTRY.register(
    "compare-systems",
    title="Systems side by side",
    question="In what do two to four systems differ?",
    alt="A table with a column for each of two to four integrated care systems and the same rows "
    "in the same order; a sign and a word at each row say whether they differ.",
    responds_to=("icb",),
    needs="two to four systems",
)
def systems_side_by_side(catalogue: Catalogue, selection: Selection) -> Built:
    """The systems of April 2023 of the selection, side by side.

    A system of April 2026 stands for those that share ground with it.
    """
    codes = tuple(resolve(catalogue, selection.icb, OLDER))
    if not FEWEST <= len(codes) <= MOST:
        return _choose("systems", len(codes))
    comparison = compare_systems(catalogue, codes)
    caveats = ("partial-coverage", "inferred-footprint", "self-reported")
    return _built(catalogue, comparison, "icbs", *caveats)
