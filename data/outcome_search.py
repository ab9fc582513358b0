"""Who reports a result on a service: outcomes found by words, forgiving about how they are typed.

The filter by text (:mod:`data.free_text`) leaves exactly what holds every word. Here a word also
finds its other forms ("waits", "waiting"), what an abbreviation of the glossary stands for
("ENT"), the other outcomes of a group of services that it names, and a near spelling.
Every word has to be found in some way; rows that hold the words themselves come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz

from data.catalogue import Catalogue
from data.free_text import folded, of_outcomes
from data.memo import kept
from data.service_groups import SERVICE_LABELS, SERVICES
from data.services import services_of

_SMALL: Final = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "out", "the", "to", "who",
     "with", "reports", "result", "results"}
)  # fmt: skip
_NEAR: Final = 86
"""How alike (of 100) a mistyped word must be, and it must have at least five letters."""
_ENDINGS: Final = ("ings", "ing", "ments", "ment", "ies", "es", "ed", "s", "y", "al")
DIRECT, BY_GROUP, NEAR = 3, 2, 1


@dataclass(frozen=True)
class Hit:
    """An outcome that was found.

    Attributes:
        outcome_id: Its id.
        names_it: Whether its own words hold all that was asked; else it belongs to the same group
            of services, or is spelt nearly so.
    """

    outcome_id: str
    names_it: bool


@dataclass(frozen=True)
class _Text:
    """An outcome's words: the text, its stems, and the stems of its groups' names."""

    text: str
    stems: frozenset[str]
    group_stems: frozenset[str]
    groups: frozenset[str]


def stem(word: str) -> str:
    """A word without its ending: ``waits``, ``waiting`` and ``wait`` are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", folded(text))


@kept(1)
def _texts(catalogue: Catalogue) -> Mapping[str, _Text]:
    groups = services_of(catalogue)
    found = {}
    for key, text in of_outcomes(catalogue).items():
        mine = frozenset(groups[key])
        names = {stem(w) for g in mine for w in _words(SERVICE_LABELS[g]) if w not in _SMALL}
        found[key] = _Text(text, frozenset(map(stem, _words(text))), frozenset(names), mine)
    return MappingProxyType(found)


@kept(1)
def _expansions(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Abbreviation of the glossary, folded -> the words that it stands for."""
    table = catalogue.table("glossary")
    rows = table[table["expansion"].notna()]
    return MappingProxyType(
        {
            folded(term): tuple(w for w in _words(expansion) if w not in _SMALL)
            for term, expansion in zip(rows["term"], rows["expansion"], strict=True)
        }
    )


def _strength(word: str, row: _Text, groups: Iterable[str], long: tuple[str, ...]) -> int:
    """How a word is found in a row: by itself, by its group, by a near spelling; 0 if not."""
    if stem(word) in row.stems or (long and all(stem(w) in row.stems for w in long)):
        return DIRECT
    if stem(word) in row.group_stems or row.groups & set(groups):
        return BY_GROUP
    if len(word) >= 5 and any(fuzz.ratio(stem(word), s) >= _NEAR for s in row.stems):
        return NEAR
    return 0


def find(catalogue: Catalogue, wanted: str) -> tuple[Hit, ...]:
    """The outcomes that speak of what is wanted, the closest first.

    Args:
        catalogue: The tables.
        wanted: What was typed.

    Returns:
        Nothing where nothing was typed, or only small words.
    """
    words = [w for w in _words(wanted) if w not in _SMALL]
    if not words:
        return ()
    named = {w: [g.id for g in SERVICES if re.search(rf"\b(?:{g.words})", w)] for w in words}
    long = _expansions(catalogue)
    scored = []
    for place, (key, row) in enumerate(_texts(catalogue).items()):
        found = [_strength(w, row, named[w], long.get(w, ())) for w in words]
        if all(found):
            names_it = min(found) == DIRECT
            scored.append((not names_it, -sum(found), place, Hit(key, names_it)))
    return tuple(hit for *_, hit in sorted(scored, key=lambda s: s[:3]))
