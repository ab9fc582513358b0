"""Anything that the tables name is found, however it is typed."""

import pytest

from data import Catalogue
from data.lineage import known
from data.schema import package_schema
from data.search import (
    KINDS,
    Entry,
    Index,
    by_kind,
    entries,
    filters,
    ref_of,
    sector_in,
)
from data.search_tables import of_tables


@pytest.fixture(scope="module")
def index(catalogue: Catalogue) -> Index:
    return Index(entries(catalogue))


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("wyat", "collaboratives", "WYAAT"),
        ("kent", "icbs", "Kent & Medway"),
        ("KENT & MEDWAY", "icbs", "Kent & Medway"),
        ("oxlease", "organisations", "Oxleas NHS Foundation Trust"),
        ("RPG", "organisations", "Oxleas NHS Foundation Trust"),
        ("procuremnet savings 2023-24", "outcomes", "Procurement savings in 2023-24"),
        ("shared leadrship", "glossary", "Shared leadership"),
        ("leadership shared", "glossary", "Shared leadership"),
        ("essex", "icbs_2026", "Essex"),
        ("delegat", "glossary", "Delegation"),
    ],
)
def test_it_is_among_the_first_found(index: Index, typed: str, kind: str, title: str) -> None:
    first = [(h.entry.kind, h.entry.title) for h in index.find(typed)[:6]]
    assert (kind, title) in first


def test_an_alias_finds_its_collaborative(catalogue: Catalogue, index: Index) -> None:
    frame = catalogue.table("collaboratives")
    for row in frame[frame["aliases"].notna()].to_dict("records"):
        alias = str(row["aliases"]).split(";")[0]
        found = [h.entry.key for h in index.find(alias, 12)]
        assert row["collaborative_id"] in found, alias


def test_every_entry_is_found_by_its_own_title_and_leads_to_a_row(
    catalogue: Catalogue, index: Index
) -> None:
    for entry in index.entries[::9]:
        # Several rows may bear one title.
        titles = {h.entry.title for h in index.find(entry.title, 200)}
        assert entry.title[:100] in {t[:100] for t in titles}
        assert known(catalogue, ref_of(entry))


@pytest.mark.parametrize("typed", ["", "   ", "?!", "zzqqxxyy", "of the", "a" * 5000, "\x00‘’"])
def test_odd_queries_are_answered(index: Index, typed: str) -> None:
    assert all(0 < hit.score <= 1.25 for hit in index.find(typed))


def test_an_exact_title_comes_before_one_that_holds_it() -> None:
    made = Index(
        Entry("glossary", key, key, "") for key in ("Lead provider model", "Lead provider", "Lead")
    )
    assert [h.entry.key for h in made.find("lead provider")] == [
        "Lead provider",
        "Lead provider model",
    ]


def test_where_nothing_holds_every_word_most_will_do(index: Index) -> None:
    assert "WYAAT" in {h.entry.title for h in index.find("WYAAT zzqqxx")}
    assert index.find("WYAAT zzqqxx qqzzyy") == []


def test_only_the_kinds_asked_for_are_found(index: Index) -> None:
    assert {h.entry.kind for h in index.find("kent", kinds=("icbs",))} == {"icbs"}


def test_groups_stand_in_the_order_of_their_best_hit(index: Index) -> None:
    groups = by_kind(h.entry for h in index.find("delegation"))
    assert next(iter(groups)) == index.find("delegation")[0].entry.kind
    assert set(groups) <= set(KINDS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("priorities mental health", ("mhlda", "priorities")),
        ("mental health priorities next year", ("mhlda", "priorities next year")),
        ("acute outcomes", ("acute", "outcomes")),
        ("MHLDA", ("mhlda", "")),
        ("priorities", ("", "priorities")),
    ],
)
def test_a_sector_named_in_a_query_is_told_from_the_rest(
    catalogue: Catalogue, typed: str, found: tuple[str, str]
) -> None:
    assert sector_in(catalogue, typed) == found


def test_every_filter_found_is_one_that_exists(catalogue: Catalogue) -> None:
    for entry in filters(catalogue):
        dimension, _, value = entry.key.partition("=")
        assert value in catalogue.known_values[dimension]


@pytest.fixture(scope="module")
def every(catalogue: Catalogue) -> Index:
    return Index((*filters(catalogue), *entries(catalogue), *of_tables(catalogue)))


@pytest.mark.parametrize("table", list(package_schema().tables))
def test_every_table_is_found_by_its_title_and_by_its_name_and_its_columns_by_theirs(
    catalogue: Catalogue, every: Index, table: str
) -> None:
    schema = catalogue.schema.tables[table]
    for typed in (schema.title, f"{schema.title} table", table):
        hits = [h.entry.key for h in every.find(typed, 12) if h.entry.kind == "table"]
        assert hits[:1] == [table], typed
    for field in schema.fields:
        found = {h.entry.key for h in every.find(f"{field.title} column {schema.title}")}
        assert f"{table}.{field.name}" in found


@pytest.mark.parametrize(
    ("typed", "kind", "key"),
    [
        ("membreships", "table", "memberships"),
        ("survey reslts", "table", "survey_results"),
        ("MHLDA", "filter", "sector=mhlda"),
        ("wst yorkshire", "icbs", "E54000054"),
    ],
)
def test_what_is_typed_wrong_or_by_its_code_is_among_the_first_of_its_kind(
    every: Index, typed: str, kind: str, key: str
) -> None:
    assert [h.entry.key for h in every.find(typed) if h.entry.kind == kind][:1] == [key]
