"""Rows of tables and exhibits in the order of each of their columns, as people read it."""

from collections.abc import Callable

import pandas as pd
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.appearances import row_refs
from components.exhibits.in_words import LINK, in_words, with_sources
from components.exhibits.ordering import (
    clicked,
    in_order_read,
    next_order,
    ordered,
    orders,
    sortable,
)
from data import Catalogue, Selection
from data.naming import named
from data.schema import package_schema


def assert_in_order(cells: pd.Series, *, down: bool) -> None:
    """Stated cells in their order, empty ones last."""
    stated = cells.dropna()
    read = [cell.casefold() if isinstance(cell, str) else cell for cell in stated]
    assert read == sorted(read, reverse=down)
    assert cells.iloc[len(stated) :].isna().all()


def lines(frame: pd.DataFrame) -> list[str]:
    """Each row as one text."""
    return ["|".join(map(str, row)) for row in frame.itertuples(index=False)]


@pytest.mark.parametrize("table", list(package_schema().tables))
def test_a_table_goes_by_what_is_read_in_each_column(catalogue: Catalogue, table: str) -> None:
    rows = catalogue.table(table)
    for column in sortable(catalogue, rows, table):
        for sort in (column, f"-{column}"):
            found = in_order_read(catalogue, rows, sort, table)
            assert sorted(found.index) == sorted(rows.index)
            shown = with_sources(catalogue, in_words(named(catalogue, table, found)))
            assert_in_order(shown[column], down=sort != column)


@pytest.mark.parametrize("exhibit_id", [exhibit.id for exhibit in REGISTRY])
def test_references_follow_the_rows_of_an_exhibit(
    catalogue: Catalogue, exhibit_id: str, build: Callable[..., Built]
) -> None:
    built = build(exhibit_id, Selection())
    refs = list(built.refs) or row_refs(catalogue, built.frame)
    known = set(zip(lines(built.frame), refs, strict=True))
    for column in sortable(catalogue, built.frame):
        found = ordered(built, catalogue, f"-{column}")
        assert set(zip(lines(found.frame), found.refs, strict=True)) == known, column
    assert ordered(built, catalogue, "") is built


def test_a_heading_goes_up_down_and_back_to_no_order() -> None:
    assert next_order("", "value") == "value"
    assert next_order("value", "value") == "-value"
    assert next_order("-value", "value") == ""
    assert next_order("-value", "unit") == "unit"


def test_the_link_to_a_source_goes_by_the_source_and_what_cannot_be_sorted_by_changes_nothing() -> (
    None
):
    assert clicked("", LINK, ["source_id", "value"]) == "source_id"
    assert clicked("-value", LINK, ["value"]) == "-value"
    assert clicked("-value", "other", ["value"]) == "-value"


def test_an_unknown_column_is_refused_and_every_order_has_a_label(catalogue: Catalogue) -> None:
    rows = catalogue.table("outcomes")
    with pytest.raises(KeyError):
        in_order_read(catalogue, rows, "worth", "outcomes")
    labels = orders(sortable(catalogue, rows, "outcomes"))
    assert labels["-value"] == "Value ↓"
    assert len(set(labels)) == 2 * len(sortable(catalogue, rows, "outcomes")) + 1
