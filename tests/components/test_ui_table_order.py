"""Tables are read from the left: what a row is comes first, ids come last."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.headings import is_id, reading_order
from components.ui.card import KEY_COLUMNS
from components.ui.table import encoded, for_screen, looks_of
from components.ui.table_page import Wanted, drawn, found_by
from data import Catalogue, Selection
from data.lineage import refs_of
from data.naming import named
from data.schema import package_schema
from data.table_filters import table_rows

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
def test_what_is_kept_of_a_table_is_what_would_be_shown(catalogue: Catalogue, table: str) -> None:
    for selection in (Selection(), Selection(sector=("mhlda",)), Selection(region=("E40000003",))):
        left = table_rows(catalogue, table, selection)
        found = drawn(catalogue, Wanted(table, selection), True)
        seen = named(catalogue, table, left)
        pd.testing.assert_frame_equal(found.rows, left)
        pd.testing.assert_frame_equal(found.seen, seen)
        assert found.refs == refs_of(catalogue, table, left)
        assert found.looks == looks_of(seen, narrow=True)
        assert_same_cells(found.ready, for_screen(seen, tables=catalogue))


def test_columns_that_are_chosen_stay_in_their_order_and_rows_in_theirs(
    catalogue: Catalogue,
) -> None:
    wanted = Wanted("outcomes", columns=("metric", "outcome_id"), sort="-outcome_id")
    found = drawn(catalogue, wanted, False)
    assert list(found.seen.columns) == ["metric", "outcome_id"]
    assert list(found.rows["outcome_id"]) == sorted(found.rows["outcome_id"], reverse=True)
    assert_same_cells(found.ready, for_screen(found.seen, ordered=False, tables=catalogue))


@pytest.mark.parametrize("exhibit_id", [exhibit.id for exhibit in REGISTRY])
def test_rows_of_an_exhibit_are_sent_with_the_cells_that_they_have(
    catalogue: Catalogue, build: Callable[[str, Selection], Built], exhibit_id: str
) -> None:
    shown = for_screen(build(exhibit_id, Selection()).frame, KEY_COLUMNS, tables=catalogue)
    assert_same_cells(encoded(shown), shown)


def test_what_repeats_is_sent_once_and_numbers_are_as_small_as_they_can_be() -> None:
    lines = [f"a locator that is as long as most of them are, {at % 3}" for at in range(40)]
    shown = pd.DataFrame({
        "locator": lines, "id": [f"id-{at}" for at in range(40)],
        "small": range(40), "year": [1990 + at for at in range(40)],
        "count": pd.array([None, 70_000, *range(38)], dtype="Int64"),
    })  # fmt: skip
    table = encoded(shown)
    assert_same_cells(table, shown)
    assert pa.types.is_dictionary(table.schema.field("locator").type)
    assert [str(table.schema.field(n).type) for n in ("id", "small", "year", "count")] == [
        "string", "int8", "int16", "int32",
    ]  # fmt: skip
    assert table.nbytes < pa.Table.from_pandas(shown).nbytes / 2


def assert_same_cells(table: pa.Table, shown: pd.DataFrame) -> None:
    """The columns and cells that are sent are those that are shown, whatever their type."""
    assert table.column_names == list(map(str, shown.columns))
    plain = pa.Table.from_pandas(shown, preserve_index=False)
    for name in table.column_names:
        assert table.column(name).to_pylist() == plain.column(name).to_pylist(), name


def test_only_tables_whose_order_is_in_the_address_are_grids() -> None:
    root = Path(__file__).resolve().parents[2]
    grids = [
        (path.name, path.read_text("utf-8").count("st.dataframe("))
        for folder in ("components", "pages")
        for path in sorted((root / folder).rglob("*.py"))
        if "st.dataframe(" in path.read_text("utf-8")
    ]
    # Without a selection of columns the browser sorts and moves them where no address says so.
    assert grids == [("table.py", 1)]
