"""Rows that hold every word of a free text: the part of the selection that is typed.

Words are found anywhere in a row's own text, in any order, whatever their case; little words do not
count, a plural is its singular, and a word of up to three letters has to stand by itself ("ENT" is
not in "patient"). Of several words the name of an outcome's group of services may give one: "cared
for out of area" is found by "out of area placements". More is not guessed: the search
(:mod:`data.search`) forgives typing, a filter must leave what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import pandas as pd

from data.catalogue import Catalogue
from data.memo import kept
from data.rows import flagged
from data.service_groups import OTHER, SERVICE_LABELS
from data.services import services_of

LITTLE: Final = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)
"""Words that say nothing by themselves; a text of nothing else is taken as it is."""
_SHORT: Final = 3
_COLLABORATIVE = ("name", "short_name", "aliases", "summary", "governance_note")
_OUTCOME = ("service", "metric", "comparator", "period", "note")


_DASHES = str.maketrans("-‐‑–—/’", "      '")


def folded(text: str) -> str:
    """A text as it is compared: lower case, dashes as spaces, plain apostrophes."""
    return text.casefold().translate(_DASHES)


def singular(word: str) -> str:
    """What the forms of a folded word have in common: ``wait`` of ``waits``."""
    if len(word) <= _SHORT + 1:
        return word
    for ending, rest in (("ies", 3), ("y", 1), ("sses", 2), ("shes", 2), ("ches", 2), ("xes", 2)):
        if word.endswith(ending):
            return word[:-rest]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=256)
def _patterns(wanted: str) -> tuple[re.Pattern[str], ...]:
    """What each word that counts is looked for as."""
    typed = folded(wanted).split()
    words = [w for w in typed if w not in LITTLE] or typed
    return tuple(
        re.compile(rf"(?<![^\W_]){re.escape(w)}s?(?![^\W_])" if len(w) <= _SHORT and w.isalnum()
                   else re.escape(singular(w)))
        for w in words
    )  # fmt: skip


def holds(text: str, wanted: str, beside: str = "") -> bool:
    """Whether a folded text holds every word of ``wanted`` that counts.

    Args:
        text: The folded text.
        wanted: What was typed.
        beside: Folded words of which one may stand for one that the text lacks.
    """
    words = _patterns(wanted)
    lacking = [word for word in words if not word.search(text)]
    if len(lacking) == 1 < len(words) and beside:
        return bool(lacking[0].search(beside))
    return not lacking


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


@kept(1)
def _groups(catalogue: Catalogue) -> Mapping[str, str]:
    """Outcome id -> names of its groups of services, folded."""
    return MappingProxyType(
        {
            key: folded(" ; ".join(SERVICE_LABELS[g] for g in groups if g != OTHER.id))
            for key, groups in services_of(catalogue).items()
        }
    )


def outcomes_with(catalogue: Catalogue, wanted: str) -> frozenset[str]:
    """Ids of the outcomes that a free text leaves."""
    groups = _groups(catalogue)
    return frozenset(k for k, t in of_outcomes(catalogue).items() if holds(t, wanted, groups[k]))


def collaboratives_with(catalogue: Catalogue, wanted: str) -> frozenset[str]:
    """Ids of the collaboratives that a free text leaves: by their words or by an outcome."""
    table = catalogue.table("outcomes")
    found = outcomes_with(catalogue, wanted)
    pairs = zip(table["outcome_id"], table["collaborative_id"], strict=True)
    reports = {collaborative for key, collaborative in pairs if key in found}
    own = of_collaboratives(catalogue).items()
    return frozenset(k for k, text in own if k in reports or holds(text, wanted))
