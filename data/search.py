"""Finds anything that the tables name, whatever way it is typed.

Every row that can be looked for is an entry: its title, other names, and a line of context. A query
is matched word by word: exactly, as the beginning of a word, within a word, or with a letter wrong,
missing or exchanged (``rapidfuzz``). An entry is found when each word of the query is found in it;
where there is none, most words will do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from data.catalogue import Catalogue
from data.free_text import LITTLE, folded, singular
from data.memo import kept
from data.query import DIMENSION_NAMES, value_label
from data.rows import Row, text
from data.selection import NOT_PUBLISHED
from data.service_groups import SERVICE_LABELS
from data.services import services_of

KINDS: Final = {
    "district": "Postcode districts",
    "page": "Pages and exhibits",
    "filter": "Filters",
    "story": "Walkthroughs",
    "collaboratives": "Collaboratives",
    "icbs": "Systems",
    "icbs_2026": "Systems of April 2026",
    "organisations": "Trusts and partners",
    "outcomes": "Outcomes",
    "insights": "Insights",
    "survey_questions": "Survey questions",
    "glossary": "Glossary",
    "sources": "Sources",
    "table": "Tables",
    "field": "Columns of tables",
}
"""Kind -> heading, in the order in which kinds of equal worth are shown."""
LONGEST_QUERY: Final = 100
_LIKE: Final = 76.0
"""Likeness of two words, of 100, from which one may be a mistyped other."""
_LIKE_SHORT: Final = 85.0
"""The same of words of three letters."""
_TITLE, _OTHER, _CONTEXT = 1.0, 0.97, 0.55


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    Attributes:
        kind: Key of ``KINDS``.
        key: Id of what it leads to: that of a row, or one that the interface knows.
        title: Its name.
        context: A line that tells it from others.
        others: Other names and words by which it is looked for.
    """

    kind: str
    key: str
    title: str
    context: str
    others: str = ""


@dataclass(frozen=True)
class Hit:
    """An entry found, and how well it fits (0 to 1)."""

    entry: Entry
    score: float


def words_of(written: str) -> list[str]:
    """The words of a text as they are compared: folded, without punctuation."""
    return "".join(c if c.isalnum() else " " for c in folded(written)).split()


class Index:
    """Entries by the words in them; made once and never changed.

    Args:
        entries: What can be found.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Sequence[Entry] = tuple(entries)
        found: dict[str, dict[int, float]] = {}
        for place, entry in enumerate(self.entries):
            parts = (entry.title, _TITLE), (entry.others, _OTHER), (entry.context, _CONTEXT)
            for written, weight in parts:
                for word in words_of(written):
                    places = found.setdefault(word, {})
                    places[place] = max(places.get(place, 0.0), weight)
        self._places: Mapping[str, Mapping[int, float]] = found

    @cached_property
    def _vocabulary(self) -> list[str]:
        return list(self._places)

    def _like(self, word: str, *, is_last: bool) -> dict[str, float]:
        """Words of the index that a typed word may stand for -> likeness, 0 to 1."""
        found: dict[str, float] = {}
        one = singular(word)
        for known in self._vocabulary:
            if known == word:
                found[known] = 1.0
            elif known.startswith(word) and (len(word) > 1 or is_last):
                found[known] = 0.9
            elif len(known) > 3 and (
                known.startswith(one) or (word.startswith(known) and len(word) - len(known) <= 2)
            ):
                # A plural typed for a singular.
                found[known] = 0.88
            elif len(word) > 3 and word in known:
                found[known] = 0.8
        if 1.0 not in found.values() and len(word) > 2:
            # A mistyped word is about as long as the one that was meant. Of three letters all have
            # to be there, as in "wst".
            is_short = len(word) == 3
            near = [
                k for k in self._vocabulary if abs(len(k) - len(word)) <= (1 if is_short else 2)
            ]
            for known, likeness, _ in process.extract(
                word, near, scorer=fuzz.ratio, score_cutoff=_LIKE_SHORT if is_short else _LIKE,
                limit=12,
            ):  # fmt: skip
                found.setdefault(known, 0.7 * likeness / 100)
        return found

    def find(self, query: str, most: int = 40, kinds: Collection[str] = KINDS) -> list[Hit]:
        """What fits a query, the best first; equal ones in the order of kinds and entries.

        Args:
            query: What was typed. Where nothing holds every word, what holds most of them is
                found, if that is at least half.
            most: How many to return.
            kinds: Kinds among which to look.
        """
        typed = words_of(query[:LONGEST_QUERY])
        words = [w for w in typed if w not in LITTLE] or typed
        totals: dict[int, float] = {}
        counts: dict[int, int] = {}
        for number, word in enumerate(words):
            best: dict[int, float] = {}
            for known, likeness in self._like(word, is_last=number == len(words) - 1).items():
                for place, weight in self._places[known].items():
                    if self.entries[place].kind in kinds:
                        best[place] = max(best.get(place, 0.0), likeness * weight)
            for place, score in best.items():
                totals[place] = totals.get(place, 0.0) + score
                counts[place] = counts.get(place, 0) + 1
        needed = max(counts.values(), default=0)
        if 2 * needed < len(words):
            return []
        whole = " ".join(typed)
        order = {kind: place for place, kind in enumerate(KINDS)}
        scored = []
        for place, total in totals.items():
            if counts[place] < needed:
                continue
            entry = self.entries[place]
            title = " ".join(words_of(entry.title))
            bonus = 0.25 if title == whole else 0.1 if title.startswith(whole) else 0.0
            scored.append((total / len(words) + bonus, -order[entry.kind], -place))
        scored.sort(reverse=True)
        return [Hit(self.entries[-place], score) for score, _, place in scored[:most]]


def by_kind(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries found, grouped by kind; the kind of the best first."""
    groups: dict[str, list[Entry]] = {}
    for entry in found:
        groups.setdefault(entry.kind, []).append(entry)
    return groups


def _entry(catalogue: Catalogue, table: str, row: Row) -> Entry:
    """The entry of a row of one of the tables that can be searched."""
    label = catalogue.label
    if table == "collaboratives":
        context = f"{label(table, 'sector', row['sector'])} · {text(row['name'])}"
        others = f"{text(row['aliases'])} {text(row['name'])}"
        return Entry(table, row["collaborative_id"], row["short_name"], context, others)
    if table in ("icbs", "icbs_2026"):
        key = row["icb_code" if table == "icbs" else "area_id"]
        return Entry(table, key, row["short_name"], text(row["region"]), text(row["name"]))
    if table == "organisations":
        home = catalogue.area_names.get(text(row["icb_code"]), "home not published")
        context = f"{label(table, 'kind', row['kind'])} · {home}"
        others = f"{text(row['aliases'])} {row['organisation_id']}"
        return Entry(table, row["organisation_id"], row["name"], context, others)
    if table == "outcomes":
        who = value_label(catalogue, "collaborative", row["collaborative_id"])
        context = f"{who} · {label(table, 'status', row['status'])}"
        groups = " ; ".join(SERVICE_LABELS[g] for g in services_of(catalogue)[row["outcome_id"]])
        others = f"{text(row['service'])} ; {groups}"
        return Entry(table, row["outcome_id"], row["metric"], context, others)
    if table == "insights":
        context = f"{label(table, 'kind', row['kind'])} · {text(row['summary'])}"
        return Entry(table, row["insight_id"], row["title"], context, text(row["topic"]))
    if table == "glossary":
        return Entry(table, row["term"], row["term"], text(row["meaning"]), text(row["expansion"]))
    if table == "sources":
        context = f"{row['publisher']} · {text(row['published']) or 'no date'}"
        return Entry(table, row["source_id"], row["title"], context)
    key = f"{row['wave_id']}~{row['question_id']}"
    return Entry(
        table, key, text(row["label"]), f"Survey · {text(row['figure'])}", text(row["topic"])
    )


_TABLES: Final = (
    "collaboratives", "icbs", "icbs_2026", "organisations", "outcomes", "insights",
    "survey_questions", "glossary", "sources",
)  # fmt: skip


@kept(1)
def entries(catalogue: Catalogue) -> tuple[Entry, ...]:
    """An entry for every row that can be looked for; systems that did not change come once."""
    found: list[Entry] = []
    for table in _TABLES:
        frame = catalogue.frames[table]
        if table == "icbs_2026":
            frame = frame[~frame["area_id"].isin(catalogue.frames["icbs"]["icb_code"])]
        found.extend(_entry(catalogue, table, row) for row in frame.to_dict("records"))
    return tuple(found)


_FILTERED: Final = (
    "sector",
    "region",
    "governance",
    "scope",
    "benefit",
    "service",
    "status",
    "grade",
)


@kept(1)
def filters(catalogue: Catalogue) -> tuple[Entry, ...]:
    """An entry for every value of the filters whose values have names of their own.

    The key of such an entry is ``dimension=value``.
    """
    return tuple(
        Entry(
            "filter",
            f"{dimension}={value}",
            value_label(catalogue, dimension, value),
            f"Filter by {DIMENSION_NAMES[dimension]}",
            value.replace("_", " "),
        )
        for dimension in _FILTERED
        for value in catalogue.known_values[dimension]
        if value != NOT_PUBLISHED
    )


def sector_in(catalogue: Catalogue, query: str) -> tuple[str, str]:
    """The sector that a query names, and the rest of the query.

    Returns:
        (sector id, other words); ``("", query)`` where no sector is named.
    """
    typed = words_of(query)
    for sector in catalogue.known_values["sector"]:
        label = words_of(value_label(catalogue, "sector", sector).split(",")[0])
        for name in (label, [sector.replace("_", " ")]):
            for start in range(len(typed) - len(name) + 1):
                if typed[start : start + len(name)] == name:
                    return sector, " ".join(typed[:start] + typed[start + len(name) :])
    return "", query


def ref_of(entry: Entry) -> str:
    """The reference of the row behind an entry (see :mod:`data.lineage`)."""
    return f"{entry.kind}/{entry.key}"
