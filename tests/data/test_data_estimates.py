"""Published values become estimates only where they allow it, and never narrower than they are."""

from collections.abc import Callable

import pandas as pd
import pytest

from data import Catalogue, Selection
from data.estimates import INTERVAL_COLUMNS, Estimate, estimates, list_of, shortened
from data.statistics import MOST_BASES, Sample, limits
from data.survey import published, question

WAVE = "nov-2022"
METHODS = ("Exact, of about 120", "Exact, population not known")
WIDEST = ("", "; widest over the bases that fit", "; widest over the counts that fit")
REASONS = (
    "approximate wording", "a bound", "not a share of respondents", "base not published",
    "no count of the base gives the percentage",
)  # fmt: skip
KNOWN = {*(m + w for m in METHODS for w in WIDEST), *(f"None: {r}" for r in REASONS)}

Change = Callable[[pd.DataFrame], pd.DataFrame]


def every_result(catalogue: Catalogue) -> pd.DataFrame:
    ids = catalogue.table("survey_questions")["question_id"]
    return pd.concat([published(question(catalogue, Selection(), q).results) for q in ids])


def changed(catalogue: Catalogue, table: str, change: Change) -> Catalogue:
    frames = {**catalogue.frames, table: change(catalogue.table(table))}
    return Catalogue(catalogue.schema, frames)


def estimate(catalogue: Catalogue, question_id: str, option: str, group: str = "all") -> Estimate:
    return estimates(catalogue, WAVE, question_id)[option, group]


def test_every_published_value_has_an_interval_or_says_why_not(catalogue: Catalogue) -> None:
    rows = every_result(catalogue)
    assert set(rows["interval_method"]) <= KNOWN
    has = rows["interval_low"].notna()
    assert (rows["interval_method"].str.startswith("Exact") == has).all()
    assert (has == rows["interval_high"].notna()).all()


def test_every_exact_share_has_an_interval_that_holds_it(catalogue: Catalogue) -> None:
    rows = every_result(catalogue)
    exact = rows[rows["percent"].notna() & rows["precision"].eq("exact")]
    assert len(exact) > 40
    low, share, high = (
        exact[c].astype(float) for c in ("interval_low", "percent", "interval_high")
    )
    # Half a point of rounding, a whole one for a total of two answers.
    assert ((low <= share + 1) & (share - 1 <= high)).all()
    assert (low < high).all()


@pytest.mark.parametrize("precision", ["approximate", "bound"])
def test_wording_and_bounds_get_no_interval(catalogue: Catalogue, precision: str) -> None:
    rows = every_result(catalogue)
    vague = rows[rows["precision"] == precision]
    assert len(vague)
    assert vague["interval_low"].isna().all()


def test_a_known_base_gives_the_interval_of_its_one_count(catalogue: Catalogue) -> None:
    found = estimate(catalogue, "delegation-intent", "considering")
    assert found.samples == (Sample(16, 40, 120),)
    assert found.limits == limits(Sample(16, 40, 120))
    assert (found.count, found.bases, found.is_base_known) == (16, (40,), True)


def test_a_rounded_share_of_a_known_base_finds_its_count(catalogue: Catalogue) -> None:
    found = estimate(catalogue, "delegation-barriers", "workforce")
    assert found.samples == (Sample(18, 38, 120),)


def test_a_share_without_a_base_stands_for_every_base_that_fits(catalogue: Catalogue) -> None:
    found = estimate(catalogue, "priorities-past-year", "relationship-building")
    assert found.bases == (35, 42, 43)
    assert found.samples == (Sample(30, 35, 120), Sample(36, 42, 120), Sample(37, 43, 120))
    assert found.limits is not None
    for sample in found.samples:
        one = limits(sample)
        assert found.limits.low <= one.low
        assert one.high <= found.limits.high
    assert found.count is None


def test_a_share_that_fits_no_common_base_stands_for_its_own(catalogue: Catalogue) -> None:
    found = estimate(catalogue, "dedicated-resource", "commissioning-leads")
    assert found.bases == (13, 16, 26, 29, 32, 35, 36, 39, 42)


def test_sectors_are_taken_from_an_endless_population(catalogue: Catalogue) -> None:
    rows = every_result(catalogue)
    sectors = rows[(rows["sector_group"] != "all") & rows["interval_low"].notna()]
    assert len(sectors) > 6
    assert sectors["interval_method"].str.startswith("Exact, population not known").all()


def test_a_sector_is_no_larger_than_where_it_is_stated_and_those_who_skipped(
    catalogue: Catalogue,
) -> None:
    """10 of 42 are acute where 43 answered: at most 11 anywhere, at least 7 of a base of 40."""
    assert estimate(catalogue, "delegation-intent", "considering", "acute").bases == (10,)
    assert estimate(catalogue, "icb-operational-pressures", "neutral", "acute").bases == (5, 10)
    assert max(estimate(catalogue, "delegation-intent", "considering", "mhlda").bases) > 11


def test_a_count_without_a_base_gets_no_interval(catalogue: Catalogue) -> None:
    found = estimate(catalogue, "governance-model", "lead-provider", "mhlda")
    assert found.limits is None
    assert found.method == "None: base not published"


def test_numbers_of_posts_are_not_shares(catalogue: Catalogue) -> None:
    for option in ("median", "maximum"):
        assert estimate(catalogue, "funded-posts", option).method.endswith("share of respondents")


def test_an_unpublished_answer_has_no_estimate_and_no_words(catalogue: Catalogue) -> None:
    found = estimate(catalogue, "priorities-past-year", "inequalities")
    assert found == Estimate((), None, "", False)


@pytest.mark.parametrize("population", [None, 30])
def test_without_a_usable_population_the_cautious_choice_is_taken(
    catalogue: Catalogue, population: int | None
) -> None:
    """No estimate, or one below the responses themselves."""
    other = changed(
        catalogue, "survey_waves",
        lambda t: t.assign(population_estimate=pd.array([population], dtype="Int64")),
    )  # fmt: skip
    found = estimate(other, "delegation-intent", "considering")
    assert found.limits == limits(Sample(16, 40))
    assert found.method == "Exact, population not known"


def test_a_large_base_leaves_several_counts_and_the_widest_of_them(catalogue: Catalogue) -> None:
    def of_many(table: pd.DataFrame) -> pd.DataFrame:
        mine = table["question_id"].eq("delegation-barriers") & table["percent"].notna()
        return table.assign(base_n=table["base_n"].mask(mine, 400))

    found = estimate(
        changed(catalogue, "survey_results", of_many), "delegation-barriers", "funding"
    )
    assert [s.count for s in found.samples] == [178, 179, 180, 181]
    assert found.method.endswith("widest over the counts that fit")
    assert found.count is None


def test_a_base_that_cannot_give_the_share_is_said(catalogue: Catalogue) -> None:
    def of_two(table: pd.DataFrame) -> pd.DataFrame:
        mine = table["question_id"].eq("delegation-barriers")
        return table.assign(base_n=table["base_n"].mask(mine, 2))

    found = estimate(changed(catalogue, "survey_results", of_two), "delegation-barriers", "funding")
    assert found.method == "None: no count of the base gives the percentage"


def test_a_question_that_the_wave_has_not_has_no_estimates(catalogue: Catalogue) -> None:
    assert estimates(catalogue, "may-2030", "delegation-intent") == {}
    assert estimates(catalogue, WAVE, "nothing") == {}


def test_the_columns_are_there_for_every_question(catalogue: Catalogue) -> None:
    results = question(catalogue, Selection(), "respondents").results
    assert set(INTERVAL_COLUMNS) <= set(results.columns)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((), ""),
        ((10,), "10"),
        ((5, 10), "5 or 10"),
        ((35, 42, 43), "35, 42 or 43"),
        (range(1, 8), "1, 2, 3, 4, 5, 6 or 7"),
        (range(1, 12), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 or 11"),
    ],
)
def test_bases_are_listed_as_people_read_them(numbers: tuple[int, ...], words: str) -> None:
    assert list_of(numbers) == words


@pytest.mark.parametrize(
    ("listed", "short"),
    [
        ("", ""),
        ("35, 42 or 43", "35, 42 or 43"),
        ("1, 2, 3, 4, 5, 6 or 7", "1, 2, 3, 4, 5, 6 or 7"),
        ("1, 2, 3, 4, 5, 6, 7 or 8", "1, 2, 3, 4, 5, 6 or 2 more"),
    ],
)
def test_a_long_list_is_cut_where_there_is_no_room(listed: str, short: str) -> None:
    assert shortened(listed) == short


def test_a_list_that_stops_at_the_most_looked_at_says_so() -> None:
    listed = list_of(range(1, MOST_BASES + 1))
    assert listed.endswith(" or 60 (the smallest 60 that fit)")
    assert shortened(listed) == "1, 2, 3, 4, 5, 6 or at least 54 more"
