"""Outcomes: numbers that stand beside one another, and bounds that say which they are."""

import re

import pandas as pd

from data import Catalogue

BESIDE_A_PAIR = re.compile(r"The page states a reduction of (\d+)%")


def falls_by(row: pd.Series) -> tuple[float, float]:
    """The least and the greatest fall in per cent that the values of a pair allow."""
    before, after = float(row["baseline_value"]), float(row["value"])
    fall = 100 * (before - after) / before
    # An upper bound of the later value is a lower bound of the fall.
    return fall, 100.0 if row["precision"] == "upper_bound" else fall


def test_the_two_values_of_a_pair_differ(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes")
    pairs = frame[frame["baseline_value"].notna()]
    assert len(pairs) > 5
    assert pairs[pairs["baseline_value"] == pairs["value"]]["outcome_id"].tolist() == []


def test_a_percentage_stated_beside_a_pair_agrees_with_it(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes")
    stated = frame["note"].str.extract(BESIDE_A_PAIR, expand=False)
    beside = frame[stated.notna()].assign(stated=stated.dropna().astype(float))
    assert len(beside) >= 3
    assert beside[beside["baseline_value"].isna()]["outcome_id"].tolist() == []
    for _, row in beside.iterrows():
        least, most = falls_by(row)
        assert least - 0.5 <= row["stated"] <= most + 0.5, row["outcome_id"]


def test_a_bound_is_said_to_be_one_in_the_note(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes")
    bounds = frame[frame["precision"].isin(["bound", "upper_bound"])]
    words = re.compile(r"more than|at least|less than|under|up to|within")
    silent = ~bounds["note"].map(lambda note: bool(words.search(note)))
    assert bounds[silent]["outcome_id"].tolist() == []


def test_parts_of_a_projected_saving_add_up_to_it_and_say_so(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes").set_index("outcome_id")
    total = "nenc-aseptic-savings"
    parts = frame[frame.index.str.startswith(f"{total}-")]
    assert round(parts["value"].sum(), 1) == frame.loc[total, "value"]
    assert parts["note"].str.contains("do not add").all()
