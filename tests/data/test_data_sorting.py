"""Rows in the order of a column: by size, by what people read, empty cells last."""

from data import Catalogue
from data.sorting import in_order


def test_numbers_go_by_size_either_way_and_empty_cells_are_last(catalogue: Catalogue) -> None:
    rows = catalogue.table("outcomes")
    for sort, is_up in (("value", True), ("-value", False)):
        cells = in_order(rows, sort)["value"]
        stated = cells.dropna().tolist()
        assert stated == sorted(stated, reverse=not is_up)
        assert cells.iloc[len(stated) :].isna().all()


def test_codes_go_by_their_labels_and_equal_rows_keep_the_order_of_the_file(
    catalogue: Catalogue,
) -> None:
    rows, labels = catalogue.table("outcomes"), catalogue.schema.labels("outcomes", "benefit")
    found = in_order(rows, "benefit", labels)
    said = [labels[code].casefold() for code in found["benefit"]]
    assert said == sorted(said)
    assert all(part.index.is_monotonic_increasing for _, part in found.groupby("benefit"))
