"""Rules between columns and tables that a schema cannot say."""

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data import Catalogue
from data.schema import PACKAGE_PATH
from geo.points import icb_at

TRUSTS = Path(__file__).resolve().parents[3] / "shared" / "reference" / "nhs_trusts.csv"
# Aggregates and the answers that they group.
PARTS = {
    "agree-total": ("agree", "strongly-agree"),
    "disagree-total": ("disagree", "strongly-disagree"),
    "significant-or-somewhat": ("significant", "somewhat"),
    "slight-or-none": ("slight", "no-challenge"),
    "very-or-quite-regularly": ("very-regularly", "quite-regularly"),
}


def raw_rows(table: str) -> list[dict[str, str]]:
    path = PACKAGE_PATH.parent / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def counts_giving(percent: str, base: int) -> list[int]:
    """Whole counts whose share of a base, rounded half up as stated, is the percentage stated."""
    stated = Decimal(percent)
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    return [
        k
        for k in range(base + 1)
        if (Decimal(100 * k) / base).quantize(min(step, Decimal(1)), ROUND_HALF_UP) == stated
    ]


def result_id(row: dict[str, str]) -> str:
    return f"{row['question_id']}/{row['option_id']}/{row['sector_group']}"


RESULTS = raw_rows("survey_results")
EXACT_WITH_BASE = [r for r in RESULTS if r["percent"] and r["base_n"] and r["precision"] == "exact"]
DERIVED = [q for q in raw_rows("survey_questions") if q["base_basis"] == "derived"]


# Outcomes


def test_an_outcome_is_quantified_where_it_has_a_value_and_only_there(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes")
    wrong = frame["is_quantified"] != frame["value"].notna()
    assert frame[wrong]["outcome_id"].tolist() == []


@pytest.mark.parametrize("column", ["unit", "precision"])
def test_an_outcome_has_unit_and_precision_where_it_has_a_value(
    catalogue: Catalogue, column: str
) -> None:
    frame = catalogue.table("outcomes")
    wrong = frame[column].notna() != frame["value"].notna()
    assert frame[wrong]["outcome_id"].tolist() == []


def test_an_outcome_has_a_baseline_only_with_a_value(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes")
    wrong = frame["baseline_value"].notna() & frame["value"].isna()
    assert frame[wrong]["outcome_id"].tolist() == []


def test_a_pair_moves_in_the_direction_stated(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes")
    pairs = frame[frame["baseline_value"].notna()]
    falls = pairs["value"] < pairs["baseline_value"]
    wrong = (falls & (pairs["direction"] != "decrease")) | (
        ~falls & (pairs["direction"] == "decrease")
    )
    assert pairs[wrong]["outcome_id"].tolist() == []


def test_percentages_of_outcomes_lie_within_0_and_100(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes")
    shares = frame[frame["unit"] == "percent"]
    assert shares[~shares["value"].between(0, 100)]["outcome_id"].tolist() == []


def test_a_value_not_shown_is_the_other_side_of_a_discrepancy(catalogue: Catalogue) -> None:
    frame = catalogue.table("outcomes")
    shown = frame["is_shown"].astype(bool)
    chosen = set(frame[shown]["discrepancy_id"].dropna())
    hidden = frame[~shown]
    assert hidden[~hidden["discrepancy_id"].isin(chosen)]["outcome_id"].tolist() == []


# Survey


def test_a_published_result_has_a_precision_and_an_unpublished_one_has_none(
    catalogue: Catalogue,
) -> None:
    frame = catalogue.table("survey_results")
    published = frame["percent"].notna() | frame["count"].notna()
    wrong = frame[published != frame["precision"].notna()]
    assert wrong[["question_id", "option_id", "sector_group"]].to_numpy().tolist() == []


def test_a_second_percentage_stands_beside_a_first_and_in_the_register(
    catalogue: Catalogue,
) -> None:
    frame = catalogue.table("survey_results")
    second = frame[frame["other_percent"].notna()]
    assert second["percent"].notna().all()
    assert second["discrepancy_id"].notna().all()
    assert (second["percent"] != second["other_percent"]).all()


@pytest.mark.parametrize("table", ["survey_results", "survey_questions"])
def test_a_base_says_whether_it_is_stated_or_derived(catalogue: Catalogue, table: str) -> None:
    frame = catalogue.table(table)
    wrong = frame[frame["base_n"].notna() != frame["base_basis"].notna()]
    assert wrong["question_id"].tolist() == []


def test_a_question_says_how_its_base_is_known_or_why_it_is_not(catalogue: Catalogue) -> None:
    frame = catalogue.table("survey_questions")
    assert frame[frame["base_note"].isna()]["question_id"].tolist() == []


def test_no_base_is_larger_than_the_number_of_responses(catalogue: Catalogue) -> None:
    most = catalogue.table("survey_waves").set_index("wave_id")["responses"]
    for table in ("survey_questions", "survey_results"):
        frame = catalogue.table(table)
        based = frame[frame["base_n"].notna()]
        limit = based["wave_id"].map(dict(most))
        assert based[based["base_n"] > limit]["question_id"].tolist() == [], table


def test_the_base_of_all_respondents_is_that_of_the_question(catalogue: Catalogue) -> None:
    keys = ["wave_id", "question_id"]
    asked = catalogue.table("survey_questions")[[*keys, "base_n", "base_basis"]]
    rows = catalogue.table("survey_results").merge(asked, on=keys, suffixes=("", "_question"))
    rows = rows[rows["sector_group"].eq("all") & rows["base_n"].notna()]
    rows = rows[rows["base_n_question"].notna()]
    same = (rows["base_n"] == rows["base_n_question"]) & (
        rows["base_basis"] == rows["base_basis_question"]
    )
    assert rows[~same][["question_id", "option_id"]].to_numpy().tolist() == []


@pytest.mark.parametrize("row", EXACT_WITH_BASE, ids=result_id)
def test_a_whole_count_of_the_base_gives_the_percentage(row: dict[str, str]) -> None:
    """A base is shown only where it fits: so says the register of discrepancies."""
    fitting = counts_giving(row["percent"], int(row["base_n"]))
    assert fitting, f"no count of {row['base_n']} is {row['percent']}%"
    assert not row["count"] or int(row["count"]) in fitting


@pytest.mark.parametrize("question", DERIVED, ids=[q["question_id"] for q in DERIVED])
def test_a_derived_base_is_the_only_one_that_fits(question: dict[str, str]) -> None:
    rows = [
        r
        for r in EXACT_WITH_BASE
        if r["question_id"] == question["question_id"] and r["sector_group"] == "all"
    ]
    counts = [int(r["count"]) for r in RESULTS if r["question_id"] == question["question_id"]
              and r["sector_group"] == "all" and r["count"]]  # fmt: skip
    fits = [
        n
        for n in range(max(counts, default=1), 44)
        if all(
            int(r["count"]) in counts_giving(r["percent"], n)
            if r["count"]
            else counts_giving(r["percent"], n)
            for r in rows
        )
    ]
    assert fits == [int(question["base_n"])]


def test_shares_are_counted_half_up_at_the_decimals_stated() -> None:
    assert counts_giving("16.7", 42) == [7]
    assert counts_giving("9.8", 41) == [4]
    assert counts_giving("31", 43) == []
    assert counts_giving("13", 40) == [5]  # 12.5
    assert counts_giving("0", 10) == [0]


def test_an_option_reads_the_same_in_all_its_rows(catalogue: Catalogue) -> None:
    keys = ["wave_id", "question_id", "option_id"]
    frame = catalogue.table("survey_results")
    spread = frame.groupby(keys)[["option", "option_order", "is_aggregate"]].nunique()
    assert spread[(spread != 1).any(axis=1)].index.tolist() == []


@pytest.mark.parametrize("column", ["option", "option_order"])
def test_options_of_a_question_are_told_apart(catalogue: Catalogue, column: str) -> None:
    keys = ["wave_id", "question_id"]
    options = catalogue.table("survey_results").drop_duplicates([*keys, "option_id"])
    assert options[options.duplicated([*keys, column])]["option_id"].tolist() == []


def test_every_question_has_results_and_every_option_a_row_for_all(catalogue: Catalogue) -> None:
    frame = catalogue.table("survey_results")
    keys = ["wave_id", "question_id", "option_id"]
    everyone = set(frame[frame["sector_group"] == "all"][keys].itertuples(index=False, name=None))
    options = set(frame[keys].itertuples(index=False, name=None))
    assert options - everyone == set()
    asked = catalogue.table("survey_questions")
    assert set(asked["question_id"]) - set(frame["question_id"]) == set()


def test_priorities_of_both_years_share_ids_where_they_share_labels(catalogue: Catalogue) -> None:
    frame = catalogue.table("survey_results")
    past, coming = (
        dict(zip(part["option"], part["option_id"], strict=True))
        for part in (
            frame[frame["question_id"] == q]
            for q in ("priorities-past-year", "priorities-next-year")
        )
    )
    shared = set(past) & set(coming)
    assert shared
    assert {label for label in shared if past[label] != coming[label]} == set()
    same_id = set(past.values()) & set(coming.values())
    assert same_id == {past[label] for label in shared}


@pytest.mark.parametrize("aggregate", PARTS)
def test_an_aggregate_is_marked_and_agrees_with_its_parts(
    catalogue: Catalogue, aggregate: str
) -> None:
    frame = catalogue.table("survey_results")
    keys = ["wave_id", "question_id", "sector_group"]
    totals = frame[frame["option_id"] == aggregate]
    assert len(totals) > 0
    assert totals["is_aggregate"].all()
    values: dict[tuple[Any, ...], float] = {
        (*(r[k] for k in keys), r["option_id"]): float(r["percent"])
        for r in frame[frame["percent"].notna()].to_dict("records")
    }
    for row in totals[totals["percent"].notna()].to_dict("records"):
        stated = [values.get((*(row[k] for k in keys), part)) for part in PARTS[aggregate]]
        known = [v for v in stated if v is not None]
        # Each value was rounded by itself: half a point for each.
        assert sum(known) <= float(row["percent"]) + 0.5 * (len(known) + 1)
        if len(known) == len(stated):
            assert sum(known) >= float(row["percent"]) - 0.5 * (len(known) + 1)


def test_parts_of_a_whole_do_not_exceed_it(catalogue: Catalogue) -> None:
    keys = ["wave_id", "question_id"]
    asked = catalogue.table("survey_questions")[[*keys, "answer_kind"]]
    rows = catalogue.table("survey_results").merge(asked, on=keys)
    single = rows["answer_kind"].isin(["single", "scale", "frequency"]) & ~rows["is_aggregate"]
    exact = rows[single & rows["precision"].eq("exact").fillna(False) & rows["percent"].notna()]
    sums = exact.groupby([*keys, "sector_group"])["percent"].agg(["sum", "size"])
    assert sums[sums["sum"] > 100 + 0.5 * sums["size"]].index.tolist() == []


def test_counts_of_sectors_do_not_exceed_the_count_of_all(catalogue: Catalogue) -> None:
    frame = catalogue.table("survey_results")
    counted = frame[frame["count"].notna()]
    wide = counted.pivot(index=["question_id", "option_id"], columns="sector_group", values="count")
    sectors = wide.drop(columns="all").sum(axis=1)
    assert wide[wide["all"].notna() & (sectors > wide["all"])].index.tolist() == []


# Discrepancies


@pytest.mark.parametrize("table", ["outcomes", "survey_results"])
def test_a_discrepancy_that_a_row_names_is_in_the_register(
    catalogue: Catalogue, table: str
) -> None:
    named = set(catalogue.table(table)["discrepancy_id"].dropna())
    assert named - set(catalogue.table("discrepancies")["discrepancy_id"]) == set()


@pytest.mark.parametrize("row", raw_rows("discrepancies"), ids=lambda r: r["discrepancy_id"])
def test_a_discrepancy_names_sources_and_a_row_that_exist(
    catalogue: Catalogue, row: dict[str, str]
) -> None:
    known = set(catalogue.table("sources")["source_id"])
    assert {s.strip() for s in row["source_ids"].split(";")} <= known
    assert not row["subject_id"] or row["subject_table"]
    if row["subject_table"]:
        frame = catalogue.table(row["subject_table"])
        own = catalogue.schema.tables[row["subject_table"]].primary_key
        if row["subject_id"]:
            wanted = [c for c in own if c not in {"wave_id", "sector_group"}] or list(own)
            ids = set(frame[wanted].agg("/".join, axis=1))
            assert row["subject_id"] in ids


def test_a_discrepancy_between_sources_names_more_than_one(catalogue: Catalogue) -> None:
    frame = catalogue.table("discrepancies")
    between = frame[frame["kind"] == "between_sources"]
    assert between[~between["source_ids"].str.contains(";")]["discrepancy_id"].tolist() == []


def test_a_discrepancy_mentioned_in_words_exists(catalogue: Catalogue) -> None:
    known = set(catalogue.table("discrepancies")["discrepancy_id"])
    mentioned: set[str] = set()
    for name in catalogue.frames:
        for column in map(str, catalogue.table(name).select_dtypes("string")):
            for cell in catalogue.table(name)[column].dropna():
                mentioned.update(re.findall(r"discrepancy ([a-z0-9]+(?:-[a-z0-9]+)+)", cell))
    assert mentioned
    assert mentioned - known == set()


# Places and organisations

ORGANISATIONS = raw_rows("organisations")
PLACED = [o for o in ORGANISATIONS if o["latitude"] or o["longitude"]]


def organisation_id(row: dict[str, str]) -> str:
    return row["organisation_id"]


@pytest.mark.parametrize("row", PLACED, ids=organisation_id)
def test_a_headquarters_lies_in_its_home_icb(row: dict[str, str]) -> None:
    if icb_at(float(row["longitude"]), float(row["latitude"])) != row["icb_code"]:
        assert row["note"], "the point lies in another ICB and no note says why"


@pytest.mark.parametrize("row", ORGANISATIONS, ids=organisation_id)
def test_a_point_comes_with_the_postcode_that_it_was_placed_by(row: dict[str, str]) -> None:
    assert bool(row["latitude"]) == bool(row["longitude"]) == bool(row["postcode"])
    assert bool(row["postcode"]) == bool(row["postcode_url"])


@pytest.mark.parametrize(
    "row", [o for o in ORGANISATIONS if o["kind"].endswith("trust")], ids=organisation_id
)
def test_a_trust_is_the_one_that_the_register_has_under_its_code(row: dict[str, str]) -> None:
    if not TRUSTS.is_file():
        pytest.skip("the reference list of trusts is not beside this repository")
    with TRUSTS.open(encoding="utf-8", newline="") as handle:
        known = {t["ods_code"]: t for t in csv.DictReader(handle)}
    if row["organisation_id"] not in known:
        told = "nhs-ods-trusts" in row["locator"] or row["note"]
        assert told, "neither from the register nor with a note on where its code comes from"
        pytest.skip("not in the reference list of trusts")
    trust = known[row["organisation_id"]]
    names = {n.strip().casefold() for n in (row["name"], *row["aliases"].split(";"))}
    assert trust["trust_name"].casefold() in names
    differs = (trust["postcode"], trust["icb_code"]) != (row["postcode"], row["icb_code"])
    assert not differs or row["note"], "another headquarters than the register's, without a note"


def test_a_collaborative_names_no_more_members_than_the_source_states(
    catalogue: Catalogue,
) -> None:
    memberships = catalogue.table("memberships")
    named = memberships[memberships["role"] != "partner"].groupby("collaborative_id").size()
    frame = catalogue.table("collaboratives").set_index("collaborative_id")
    stated = frame["members_stated"].dropna()
    assert stated[stated < named.reindex(stated.index).fillna(0)].index.tolist() == []


def test_an_organisation_is_in_a_collaborative_or_its_note_says_why_not(
    catalogue: Catalogue,
) -> None:
    frame = catalogue.table("organisations")
    joined = set(catalogue.table("memberships")["organisation_id"])
    alone = frame[~frame["organisation_id"].isin(joined)]
    assert alone[alone["note"].isna()]["organisation_id"].tolist() == []


def test_a_collaborative_covers_as_many_systems_as_its_scope_says(catalogue: Catalogue) -> None:
    covered = catalogue.table("footprints").groupby("collaborative_id")["icb_code"].nunique()
    frame = (
        catalogue.table("collaboratives").set_index("collaborative_id").join(covered.rename("n"))
    )
    placed = frame[frame["n"].notna()]
    wrong = ((placed["scope"] == "single_ics") & (placed["n"] != 1)) | (
        (placed["scope"] == "multi_ics") & (placed["n"] < 2)
    )
    assert placed[wrong].index.tolist() == []


def test_a_footprint_has_as_many_systems_as_the_source_states(catalogue: Catalogue) -> None:
    covered = catalogue.table("footprints").groupby("collaborative_id")["icb_code"].nunique()
    frame = catalogue.table("collaboratives").set_index("collaborative_id")
    stated = frame["icbs_stated"].dropna()
    assert stated[stated < covered.reindex(stated.index).fillna(0)].index.tolist() == []


def test_a_footprint_read_from_members_is_the_home_of_one(catalogue: Catalogue) -> None:
    homes = catalogue.table("memberships").merge(
        catalogue.table("organisations")[["organisation_id", "icb_code"]], on="organisation_id"
    )
    known = set(homes[["collaborative_id", "icb_code"]].itertuples(index=False, name=None))
    prints = catalogue.table("footprints")
    read = prints[(prints["basis"] == "from_members") & prints["note"].isna()]
    pairs = set(read[["collaborative_id", "icb_code"]].itertuples(index=False, name=None))
    assert pairs - known == set()


def test_there_are_42_icbs_in_7_regions_each_with_its_own_hexagon(catalogue: Catalogue) -> None:
    icbs = catalogue.table("icbs")
    assert len(icbs) == 42
    assert icbs.drop_duplicates(["region_code", "region"])["region_code"].nunique() == 7
    assert icbs["region_code"].nunique() == len(icbs[["region_code", "region"]].drop_duplicates())
    assert not icbs.duplicated(["hex_row", "hex_col"]).any()
    assert icbs["short_name"].is_unique


def test_dates_are_real_and_years_plausible(catalogue: Catalogue) -> None:
    dated = {"milestones": "on", "sources": "published", "outcomes": "as_of"}
    for table, column in dated.items():
        for cell in catalogue.table(table)[column].dropna():
            pd.Timestamp(cell)  # raises on a thirteenth month
            assert 1990 <= int(cell[:4]) <= 2030
    formed = catalogue.table("collaboratives")["formed_year"].dropna()
    assert formed.between(1990, 2030).all()


def test_names_that_label_a_choice_are_unique(catalogue: Catalogue) -> None:
    assert catalogue.table("collaboratives")["short_name"].is_unique
    assert catalogue.table("organisations")["name"].is_unique


def test_insights_of_a_source_and_kind_are_numbered_without_repeats(catalogue: Catalogue) -> None:
    frame = catalogue.table("insights")
    again = frame.duplicated(["source_id", "kind", "position"], keep=False)
    assert frame[again]["insight_id"].tolist() == []
