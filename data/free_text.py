"""Rows that hold every word of a free text: the part of the selection that is typed.

Words are found anywhere in a row's own text, in any order, whatever their case. Nothing is guessed:
the search (:mod:`data.search`) forgives typing, a filter must leave what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from data.catalogue import Catalogue
from data.memo import kept
from data.rows import flagged

_COLLABORATIVE = ("name", "short_name", "aliases", "summary", "governance_note")
_OUTCOME = ("service", "metric", "comparator", "period", "note")


_DASHES = str.maketrans("-‐‑–—/’", "      '")


def folded(text: str) -> str:
    """A text as it is compared: lower case, dashes as spaces, plain apostrophes."""
    return text.casefold().translate(_DASHES)


def holds(text: str, wanted: str) -> bool:
    """Whether a folded text holds every word of ``wanted``."""
    return all(word in text for word in folded(wanted).split())


def keep(frame: pd.DataFrame, wanted: str, columns: Iterable[str]) -> pd.DataFrame:
    """The rows of which some columns together hold every word.

    Args:
        frame: Any rows.
        wanted: Free text; empty keeps every row.
        columns: Columns to look in; those that the frame lacks are passed over.
    """
    if not wanted or frame.empty:
        return frame
    texts = _joined(frame, columns)
    return flagged(frame, (holds(text, wanted) for text in texts))


def _joined(frame: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    parts = [frame[c].astype("string").fillna("").tolist() for c in columns if c in frame]
    return [folded(" ; ".join(cells)) for cells in zip(*parts, strict=True)]


@kept(1)
def _names(catalogue: Catalogue) -> Mapping[str, str]:
    """Collaborative id -> its names and those of its members, folded."""
    frame = catalogue.table("collaboratives")
    own = _joined(frame, ("name", "short_name", "aliases"))
    found = dict(zip(frame["collaborative_id"], own, strict=True))
    people = catalogue.table("organisations")
    named = dict(zip(people["organisation_id"], _joined(people, ("name", "aliases")), strict=True))
    part = catalogue.table("memberships")[["collaborative_id", "organisation_id"]]
    for key, member in part.itertuples(index=False):
        found[key] = f"{found[key]} ; {named[member]}"
    return MappingProxyType(found)


@kept(1)
def of_outcomes(catalogue: Catalogue) -> Mapping[str, str]:
    """Outcome id -> its words, and the names of its collaborative and members, folded."""
    frame = catalogue.table("outcomes")
    names = _names(catalogue)
    return MappingProxyType(
        {
            key: f"{own} ; {names[collaborative]}"
            for key, collaborative, own in zip(
                frame["outcome_id"],
                frame["collaborative_id"],
                _joined(frame, _OUTCOME),
                strict=True,
            )
        }
    )


@kept(1)
def of_collaboratives(catalogue: Catalogue) -> Mapping[str, str]:
    """Collaborative id -> its words, names of members and words of its outcomes and priorities."""
    frame = catalogue.table("collaboratives")
    names = _names(catalogue)
    own = dict(zip(frame["collaborative_id"], _joined(frame, _COLLABORATIVE), strict=True))
    found = {key: f"{names[key]} ; {text}" for key, text in own.items()}
    for table, columns in (("outcomes", _OUTCOME), ("priorities", ("theme", "priority"))):
        rows = catalogue.table(table)
        for key, text in zip(rows["collaborative_id"], _joined(rows, columns), strict=True):
            found[key] = f"{found[key]} ; {text}"
    return MappingProxyType(found)
