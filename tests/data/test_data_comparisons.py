"""Sectors and waves are compared where both sides are published, and nowhere else."""

import pandas as pd
import pytest

from data import Catalogue, Selection
from data.comparisons import PAIR_COLUMNS, earlier_wave, sector_pairs
from data.estimates import estimates
from data.statistics import widest_difference
from data.survey import asks, question, wave_of

FIRST, SECOND = "nov-2022", "nov-2024"


def test_pairs_are_those_that_the_report_publishes(catalogue: Catalogue) -> None:
    pairs = sector_pairs(catalogue, FIRST)
    shown = pairs[["option_id", "first_group", "second_group"]].to_numpy().tolist()
    assert shown == [
        ["care-backlogs", "acute", "mhlda"],
        ["provider-leadership-board", "all_in", "acute"],
        ["considering", "acute", "community"],
        ["considering", "acute", "mhlda"],
        ["considering", "mhlda", "community"],
    ]
    assert (pairs["difference_points"] == pairs["percent_first"] - pairs["percent_second"]).all()
    assert (pairs["difference_points"] >= 0).all()


def test_a_pair_has_the_widest_interval_of_its_two_estimates(catalogue: Catalogue) -> None:
    for row in sector_pairs(catalogue, FIRST).to_dict("records"):
        found = estimates(catalogue, FIRST, str(row["question_id"]))
        option = str(row["option_id"])
        one, other = (found[option, str(row[g])] for g in ("first_group", "second_group"))
        widest = widest_difference(one.samples, other.samples)
        ends = row["interval_low"], row["interval_high"]
        assert ends == (round(100 * widest.low, 1), round(100 * widest.high, 1))


def test_of_the_published_pairs_one_is_clear_of_chance(catalogue: Catalogue) -> None:
    pairs = sector_pairs(catalogue, FIRST)
    clear = pairs[pairs["interval_low"] > 0]
    assert clear["option_id"].tolist() == ["care-backlogs"]


def test_approximate_wording_is_not_compared(catalogue: Catalogue) -> None:
    table = catalogue.table("survey_results")
    table.loc[table["sector_group"] != "all", "precision"] = "approximate"
    other = Catalogue(catalogue.schema, {**catalogue.frames, "survey_results": table})
    pairs = sector_pairs(other, FIRST)
    assert pairs.empty
    assert list(pairs.columns) == PAIR_COLUMNS


def test_the_earlier_wave_is_the_one_before_that_asked_the_same(two_waves: Catalogue) -> None:
    assert earlier_wave(two_waves, SECOND, "delegation-intent") == FIRST
    assert earlier_wave(two_waves, FIRST, "delegation-intent") == ""
    assert earlier_wave(two_waves, SECOND, "nothing") == ""
    assert earlier_wave(two_waves, "may-2030", "delegation-intent") == ""


def test_the_latest_wave_is_shown_unless_another_is_chosen(two_waves: Catalogue) -> None:
    assert wave_of(two_waves, Selection()) == SECOND
    assert wave_of(two_waves, Selection(wave=FIRST)) == FIRST


def test_a_change_is_that_of_the_two_shares_with_its_interval(two_waves: Catalogue) -> None:
    results = question(two_waves, Selection(), "delegation-intent").results
    row = results[(results["option_id"] == "considering") & (results["sector_group"] == "all")]
    assert row["earlier_percent"].tolist() == [40.0]
    assert row["change_points"].tolist() == [10.0]
    now = estimates(two_waves, SECOND, "delegation-intent")["considering", "all"]
    then = estimates(two_waves, FIRST, "delegation-intent")["considering", "all"]
    assert (now.samples[0].base, now.samples[0].population) == (60, 110)
    found = widest_difference(now.samples, then.samples)
    assert row["change_low"].tolist() == [round(100 * found.low, 1)]
    assert row["change_high"].tolist() == [round(100 * found.high, 1)]


def test_every_question_of_both_waves_is_compared_where_both_are_published(
    two_waves: Catalogue, catalogue: Catalogue
) -> None:
    for question_id in catalogue.table("survey_questions")["question_id"]:
        now = question(two_waves, Selection(), question_id)
        then = question(catalogue, Selection(), question_id).results
        assert now.earlier == "Survey of provider collaborative leaders, November 2022"
        has_change = now.results["change_points"].notna()
        both = now.results["interval_low"].notna() & now.results["percent"].notna()
        before = then[then["interval_low"].notna() & then["percent"].notna()]
        keys = set(zip(before["option_id"], before["sector_group"], strict=True))
        pairs = zip(now.results["option_id"], now.results["sector_group"], strict=True)
        expected = both & pd.Series([p in keys for p in pairs], index=both.index)
        assert (has_change == expected).all(), question_id


def test_the_first_wave_has_nothing_to_be_compared_with(two_waves: Catalogue) -> None:
    first = question(two_waves, Selection(wave=FIRST), "delegation-intent")
    assert first.earlier == ""
    assert "change_points" not in first.results


def test_a_question_asked_in_another_way_is_not_compared(two_waves: Catalogue) -> None:
    table = two_waves.table("survey_questions")
    mine = table["wave_id"].eq(SECOND) & table["question_id"].eq("delegation-barriers")
    table.loc[mine, "answer_kind"] = "top_three"
    other = Catalogue(two_waves.schema, {**two_waves.frames, "survey_questions": table})
    asked = question(other, Selection(), "delegation-barriers")
    assert asked.earlier == ""
    assert "asked it differently (all that apply)" in asked.not_comparable
    assert "change_points" not in asked.results


def test_a_catalogue_without_waves_asks_nothing(no_waves: Catalogue) -> None:
    assert wave_of(no_waves, Selection()) == ""
    assert not asks(no_waves, Selection(), "delegation-intent")
    assert sector_pairs(no_waves, "").empty
    with pytest.raises(KeyError, match="has no question"):
        question(no_waves, Selection(), "delegation-intent")


def test_what_is_kept_of_one_catalogue_is_not_taken_for_another(
    catalogue: Catalogue, two_waves: Catalogue
) -> None:
    one = question(catalogue, Selection(), "delegation-intent")
    other = question(two_waves, Selection(), "delegation-intent")
    assert (one.wave_id, other.wave_id) == (FIRST, SECOND)
    one.results["percent"] = 0.0
    again = question(catalogue, Selection(), "delegation-intent")
    assert again.results["percent"].max() == 60.0
