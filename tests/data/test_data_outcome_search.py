"""Who reports a result on a service: words of one's own find it, however they are typed."""

import pytest

from data import Catalogue
from data.outcome_search import find, stem


@pytest.mark.parametrize(
    ("wanted", "outcome"),
    [
        ("out-of-area placements", "slp-forensic-out-of-area"),
        ("Out of area", "slp-cyp-out-of-area-beds"),
        ("ENT waits", "aha-childrens-ent-waiting-list"),
        ("ear nose throat waiting list", "aha-childrens-ent-waiting-list"),
        ("procurement", "aha-procurement-savings-2023-24"),
        ("procurment savings", "sywt-procurement-savings"),
        ("retention", "slp-nurse-retention"),
        ("who reports a result on nurse retention", "slp-nurse-retention"),
        ("WYAAT laboratory", "wyaat-laboratory-samples"),
    ],
)
def test_what_is_looked_for_is_found(catalogue: Catalogue, wanted: str, outcome: str) -> None:
    assert outcome in {hit.outcome_id for hit in find(catalogue, wanted)}


def test_what_names_it_stands_before_what_is_of_the_same_group(catalogue: Catalogue) -> None:
    hits = find(catalogue, "retention")
    named = [hit.names_it for hit in hits]
    assert named == sorted(named, reverse=True)
    assert hits[0].outcome_id == "slp-nurse-retention"
    assert not named[-1]


def test_every_word_counts(catalogue: Catalogue) -> None:
    both = {h.outcome_id for h in find(catalogue, "ENT waits")}
    waits = {h.outcome_id for h in find(catalogue, "waits")}
    assert both < waits


@pytest.mark.parametrize("wanted", ["", "   ", "who on the", "zebra", "()[]\\"])
def test_what_nobody_reports_finds_nothing(catalogue: Catalogue, wanted: str) -> None:
    assert find(catalogue, wanted) == ()


def test_forms_of_a_word_are_one() -> None:
    assert {stem(w) for w in ("waits", "waiting", "wait")} == {"wait"}
    assert stem("list") == "list"
