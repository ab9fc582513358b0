"""Facts are carried over from the documents, sentences are not."""

import re
from functools import cache
from pathlib import Path

import pytest

from data import Catalogue

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
RUN = 9
# Columns that the Atlas writes itself. The register of discrepancies quotes on purpose.
OWN_WORDS = {
    "insights": ("title", "summary"),
    "collaboratives": ("summary", "governance_note", "formed_note", "members_note"),
    "outcomes": ("metric", "comparator", "note"),
    "survey_questions": ("label", "base_note"),
    "survey_results": ("option", "note"),
    "priorities": ("priority",),
    "milestones": ("title",),
    "glossary": ("meaning",),
    "memberships": ("note",),
    "footprints": ("note",),
    "organisations": ("note",),
    "discrepancies": ("rule",),
}
# Names that are longer than the run.
NAMES = (
    "humber and north yorkshire mental health learning disability and autism collaborative",
    "collaboratives for specialised mental health learning disability and autism services",
)


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text.lower()))


def runs_of(text: str) -> list[tuple[str, ...]]:
    words = words_of(text)
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


@cache
def runs_of_the_documents() -> frozenset[tuple[str, ...]]:
    texts = [p.read_text(encoding="utf-8") for p in sorted(SOURCES.glob("*.txt"))]
    return frozenset(run for text in texts for run in runs_of(text))


def test_a_copied_sentence_is_seen_through_punctuation_and_case() -> None:
    copied = runs_of("One, two: THREE four — five (six) seven ‘eight’ nine.")
    assert copied == runs_of("one two three four five six seven eight nine")


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the documents are not beside this repository")
@pytest.mark.parametrize(
    ("table", "column"), [(t, c) for t, columns in OWN_WORDS.items() for c in columns]
)
def test_no_sentence_is_copied_from_a_document(
    catalogue: Catalogue, table: str, column: str
) -> None:
    documents = runs_of_the_documents()
    assert len(documents) > 10_000
    allowed = {run for name in NAMES for run in runs_of(name)}
    copied = {
        " ".join(run)
        for cell in catalogue.table(table)[column].dropna()
        for run in runs_of(cell)
        if run in documents and run not in allowed
    }
    assert copied == set()
