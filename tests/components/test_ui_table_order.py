"""Tables are read from the left: what a row is comes first, ids come last."""

from collections.abc import Callable

import pandas as pd
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.headings import is_id, reading_order
from components.ui.card import KEY_COLUMNS
from components.ui.table import for_screen, looks_of
from components.ui.table_page import found_by, whole
from data import Catalogue, Selection
from data.naming import named
from data.schema import package_schema

# Columns that say in words what a row is; a table that begins with any other is not readable.
READABLE = {
    "name", "title", "term", "area", "collaborative", "organisation", "icb_name", "label", "option",
    "metric", "summary", "question", "statement", "partner", "challenge", "insight", "first",
    "what", "aspect", "service_group",
}  # fmt: skip


def assert_readable(columns: list[str]) -> None:
    assert columns[0] in READABLE
    last_word = max(i for i, column in enumerate(columns) if not is_id(column))
    assert [column for column in columns[:last_word] if is_id(column)] == []


@pytest.mark.parametrize("table", list(package_schema().tables))
def test_a_table_begins_with_what_its_rows_are(catalogue: Catalogue, table: str) -> None:
    shown = for_screen(named(catalogue, table, catalogue.table(table)))
    assert_readable(list(shown.columns))
    # The first column is filled: a blank name would be no better than an id.
    assert shown.iloc[:, 0].notna().mean() > 0.5


@pytest.mark.parametrize("exhibit_id", [exhibit.id for exhibit in REGISTRY])
def test_an_exhibits_table_begins_with_what_its_rows_are(
    exhibit_id: str, build: Callable[..., Built]
) -> None:
    assert_readable(list(for_screen(build(exhibit_id, Selection()).frame, KEY_COLUMNS).columns))


def test_names_are_those_of_the_ids_beside_them(catalogue: Catalogue) -> None:
    rows = catalogue.table("memberships").iloc[[5, 0]]
    found = named(catalogue, "memberships", rows)
    names = catalogue.table("organisations").set_index("organisation_id")["name"]
    assert found["organisation"].tolist() == [names[i] for i in rows["organisation_id"]]
    assert found.index.equals(rows.index)


def test_an_order_leaves_no_column_out_and_repeats_none() -> None:
    given = ["outcome_id", "kind", "source_id", "title", "icb_code", "locator"]
    assert reading_order(given) == [
        "title",
        "kind",
        "source_id",
        "locator",
        "outcome_id",
        "icb_code",
    ]


def test_the_readers_own_order_is_kept() -> None:
    frame = pd.DataFrame({"outcome_id": ["a"], "metric": ["b"]})
    assert list(for_screen(frame, ordered=False).columns) == ["outcome_id", "metric"]


@pytest.mark.parametrize("table", list(package_schema().tables))
def test_a_table_on_the_screen_holds_labels_and_no_codes(catalogue: Catalogue, table: str) -> None:
    rows = catalogue.table(table)
    shown = for_screen(named(catalogue, table, rows), tables=catalogue)
    for field in catalogue.schema.tables[table].fields:
        codes = {code for code, label in field.labels.items() if code != label}
        assert codes & set(shown.get(field.name, pd.Series()).dropna()) == set(), field.name


def test_the_source_of_a_row_is_named_and_its_address_stands_beside_it(
    catalogue: Catalogue,
) -> None:
    rows = catalogue.table("survey_results").head(2)
    shown = for_screen(rows, tables=catalogue)
    source = catalogue.row("sources", rows["source_id"].iloc[0])
    assert source["title"] in shown["source_id"].iloc[0]
    assert shown["source_url"].tolist() == [source["url"]] * 2


def test_a_search_finds_rows_by_the_label_and_by_the_code(catalogue: Catalogue) -> None:
    rows = catalogue.table("outcomes")
    wanted = set(rows.index[rows["benefit"] == "unwarranted_variation"])
    by_label = set(found_by(catalogue, "outcomes", rows, "Reducing unwarranted variation"))
    assert by_label == wanted
    assert set(found_by(catalogue, "outcomes", rows, "unwarranted_variation")) >= wanted


@pytest.mark.parametrize("table", list(package_schema().tables))
def test_what_is_kept_of_a_whole_table_is_what_would_be_shown(
    catalogue: Catalogue, table: str
) -> None:
    frame, ready, looks = whole(catalogue, table, True)
    shown = for_screen(named(catalogue, table, catalogue.table(table)), tables=catalogue)
    assert ready.column_names == list(shown.columns)
    assert ready.num_rows == len(shown) == len(frame)
    assert looks == looks_of(frame, narrow=True)
