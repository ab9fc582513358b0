"""Group and count says what pandas says, and never takes a gap for a number."""

import pandas as pd
import pytest

from data import Catalogue
from data.counted import with_cells
from data.dictionary import dictionary
from data.grouping import can_group, can_measure, group, told_as


def test_counts_of_groups_add_up_to_the_rows(catalogue: Catalogue) -> None:
    for name, schema in catalogue.schema.tables.items():
        frame = catalogue.table(name)
        for column in can_group(schema, frame)[:3]:
            assert group(schema, frame, [column])["rows"].sum() == len(frame), (name, column)


def test_a_sum_leaves_out_what_is_not_published(catalogue: Catalogue) -> None:
    schema, frame = catalogue.schema.tables["outcomes"], catalogue.table("outcomes")
    found = group(schema, frame, ["unit", "status"], "sum", "value")
    row = found[(found["unit"] == "£ million") & (found["status"] == "Achieved")].iloc[0]
    part = frame[(frame["unit"] == "gbp_million") & (frame["status"] == "achieved")]
    assert row["rows"] == len(part)
    assert row["stated"] == part["value"].notna().sum()
    assert row["sum_of_value"] == pytest.approx(float(part["value"].dropna().sum()))
    bare = found[found["unit"] == "not published"]
    assert (bare["stated"] == 0).all()
    assert bare["sum_of_value"].isna().all()


@pytest.mark.parametrize(
    ("by", "measure", "column", "said"),
    [
        ([], "rows", None, "at least one column"),
        (["unit"], "median", "value", "expected a measure"),
        (["unit"], "sum", None, "needs a column"),
    ],
)
def test_what_cannot_be_grouped_is_said(
    catalogue: Catalogue, by: list[str], measure: str, column: str | None, said: str
) -> None:
    schema, frame = catalogue.schema.tables["outcomes"], catalogue.table("outcomes")
    with pytest.raises(ValueError, match=said):
        group(schema, frame, by, measure, column)


def test_years_and_keys_are_not_offered_where_they_say_nothing(catalogue: Catalogue) -> None:
    schema, frame = catalogue.schema.tables["outcomes"], catalogue.table("outcomes")
    assert "outcome_id" not in can_group(schema, frame)
    assert set(can_measure(schema, frame)) == {"value", "baseline_value"}


def test_the_dictionary_has_every_field_once(catalogue: Catalogue) -> None:
    rows = dictionary(catalogue)
    fields = [(t, f.name) for t, s in catalogue.schema.tables.items() for f in s.fields]
    assert list(zip(rows["table"], rows["column"], strict=True)) == fields
    assert not rows["meaning"].eq("").any()
    sector = rows[(rows["table"] == "collaboratives") & (rows["column"] == "sector")].iloc[0]
    assert "mhlda: " in sector["values"]
    assert "required" in sector["constraints"]
    assert pd.notna(sector["example"])


def test_the_dictionary_names_the_table_of_a_list_of_keys(catalogue: Catalogue) -> None:
    table = dictionary(catalogue)
    row = table[(table["table"] == "outcomes") & (table["column"] == "other_source_ids")].iloc[0]
    assert row["constraints"] == "several keys of sources, separated by semicolons"


def test_a_group_is_told_by_conditions_that_leave_exactly_its_rows(catalogue: Catalogue) -> None:
    told = silent = 0
    for name, schema in catalogue.schema.tables.items():
        frame = catalogue.table(name)
        columns = can_group(schema, frame)
        for by in [*([column] for column in columns), columns[:2]]:
            found = group(schema, frame, by) if by else pd.DataFrame()
            # The largest groups and the smallest: of a column of ids each is like all others.
            some = found if len(found) <= 24 else pd.concat([found.head(12), found.tail(12)])
            for row in some.astype(str).to_dict("records"):
                where = told_as(schema, frame, by, [row[column] for column in by])
                if not where:
                    silent += 1
                    continue
                told += 1
                assert len(with_cells(frame, where)) == int(row["rows"]), (name, by, row)
    assert told > 10 * silent


def test_no_group_of_these_words_is_told_by_nothing(catalogue: Catalogue) -> None:
    schema, frame = catalogue.schema.tables["outcomes"], catalogue.table("outcomes")
    assert told_as(schema, frame, ["status"], ["Nonsense"]) == ()
    assert told_as(schema, frame, ["status"], ["Achieved"]) == ("status:achieved",)
    assert told_as(schema, frame, ["unit"], ["not published"]) == ("unit:",)
