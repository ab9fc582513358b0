"""Where outcomes are reported, and how strongly."""

from data import Catalogue, Selection
from data.evidence import RANK
from data.evidence_places import reported_by_icb, strongest_by_icb
from data.query import outcomes


def test_strongest_by_system_is_the_best_of_what_touches_it(catalogue: Catalogue) -> None:
    rows = outcomes(catalogue, Selection())
    prints = catalogue.table("footprints")
    found = strongest_by_icb(catalogue, rows)
    assert not found.empty
    for row in found.to_dict("records"):
        touching = prints[prints["icb_code"] == row["icb_code"]]["collaborative_id"]
        here = rows[rows["collaborative_id"].isin(touching)]
        assert row["outcomes"] == len(here)
        assert RANK[row["grade"]] == min(RANK[g] for g in here["grade"])


def test_strongest_by_system_of_nothing_is_nothing(catalogue: Catalogue) -> None:
    none = outcomes(catalogue, Selection()).head(0)
    found = strongest_by_icb(catalogue, none)
    assert found.empty
    assert list(found.columns) == ["icb_code", "grade", "outcomes"]


def test_reported_by_system_counts_each_outcome_once_in_a_system(catalogue: Catalogue) -> None:
    counted = reported_by_icb(catalogue, Selection()).groupby("icb_code")["outcomes"].sum()
    strongest = strongest_by_icb(catalogue, outcomes(catalogue, Selection()))
    assert counted.to_dict() == strongest.set_index("icb_code")["outcomes"].to_dict()
    one = reported_by_icb(catalogue, Selection(benefit=("efficiency_and_scale",)))
    assert set(one["benefit"]) == {"efficiency_and_scale"}
