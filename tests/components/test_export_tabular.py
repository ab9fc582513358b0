"""CSV files: readable by a spreadsheet, run by none, and named after what they hold."""

import csv
import io

import pandas as pd
import pytest

from components.export.tabular import file_name, neutralised, to_csv
from data import Catalogue, Selection

BOM = b"\xef\xbb\xbf"


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_a_file_begins_with_the_mark_that_spreadsheets_look_for() -> None:
    body = to_csv(pd.DataFrame({"a": ["£4.4m – “x”"]}))
    assert body.startswith(BOM)
    assert body.count(BOM) == 1
    assert rows_of(body)[1] == ["£4.4m – “x”"]


def test_lines_end_as_spreadsheets_write_them() -> None:
    assert to_csv(pd.DataFrame({"a": ["x"]})) == BOM + b"a\r\nx\r\n"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "=HYPERLINK(\"x\")",
     "=1,2", "＝1", "＋1", "－1+1", "＠x", "-", "-2-cmd|' /C calc'!A0", "-1e9x", "--1"],
)  # fmt: skip
def test_text_that_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert rows_of(to_csv(pd.DataFrame({"a": [cell]})))[1] == [f"'{cell}"]


@pytest.mark.parametrize(
    "cell", ["a=1", "2018", "’tis", "(x)", "'quoted'", "£5", "-2", "-2.5", "-5%"]
)
def test_other_text_is_left_alone(cell: str) -> None:
    assert rows_of(to_csv(pd.DataFrame({"a": [cell]})))[1] == [cell]


def test_a_negative_number_stays_a_number() -> None:
    assert rows_of(to_csv(pd.DataFrame({"a": [-1, 2]})))[1:] == [["-1"], ["2"]]


def test_a_heading_is_neutralised_like_a_cell() -> None:
    assert rows_of(to_csv(pd.DataFrame({"=1+1": [1]}))) == [["'=1+1"], ["1"]]


def test_what_is_no_text_is_handed_back_as_it_is() -> None:
    assert [neutralised(v) for v in (-1, -2.5, None, True)] == [-1, -2.5, None, True]


def test_missing_values_are_empty_cells_and_whole_numbers_stay_whole() -> None:
    frame = pd.DataFrame(
        {
            "n": pd.Series([43, None], dtype="Int64"),
            "x": pd.Series([9.8, None], dtype="Float64"),
            "t": pd.Series(["a", None], dtype="string"),
            "b": pd.Series([True, None], dtype="boolean"),
        }
    )
    assert rows_of(to_csv(frame))[1:] == [["43", "9.8", "a", "True"], ["", "", "", ""]]


def test_a_frame_without_rows_still_has_its_header() -> None:
    assert rows_of(to_csv(pd.DataFrame({"a": [], "b": []}))) == [["a", "b"]]


def test_the_index_is_left_out_and_the_frame_unchanged() -> None:
    frame = pd.DataFrame({"a": ["=1"]}, index=[7])
    assert rows_of(to_csv(frame)) == [["a"], ["'=1"]]
    assert frame["a"].tolist() == ["=1"]


def test_every_table_comes_back_as_it_went_out(catalogue: Catalogue) -> None:
    for name in catalogue.frames:
        table = catalogue.table(name)
        header, *rows = rows_of(to_csv(table))
        assert header == list(table.columns)
        assert len(rows) == len(table)
        assert all(len(row) == len(header) for row in rows), name
        empty = sum(cell == "" for row in rows for cell in row)
        assert empty == int(table.isna().to_numpy().sum()), name


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (Selection(), "delegation-intent.csv"),
        (Selection(sector=("acute",)), "delegation-intent_sector-acute.csv"),
        (
            Selection(sector=("mhlda", "acute"), region=("E40000003",)),
            "delegation-intent_sector-acute_sector-mhlda_region-E40000003.csv",
        ),
    ],
)
def test_a_file_is_named_after_its_exhibit_and_its_filters(selection: Selection, name: str) -> None:
    assert file_name("delegation-intent", selection, "csv") == name


def test_a_file_name_is_safe_and_not_too_long(catalogue: Catalogue) -> None:
    everything = Selection(icb=tuple(catalogue.icb_names), sector=catalogue.known_values["sector"])
    name = file_name("footprint-map", everything, "xlsx")
    assert len(name) <= 130
    assert name.endswith(".xlsx")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
