"""One file goes alone; waves stand in order of time; what a workbook hides is said."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from data import Catalogue, Selection
from data.own import OwnData, Upload, WaveDetails, bring
from data.own.fieldwork import NOT_SAID, when
from data.own.removing import going_with, without
from data.survey import wave_of

GOOD = "collaborative_id,name,sector,status\nown-one,Own One,acute,operating\n"
AREAS = "collaborative_id,icb_code,coverage\nown-one,E54000057,whole\n"
OTHER = "collaborative_id,name,sector,status\nown-two,Own Two,acute,operating\n"
SHARES = (
    "question_id,option_id,sector_group,percent,count,base_n\n"
    "delegation-intent,considering,all,60,48,80\n"
    "delegation-intent,too-early,all,40,32,80\n"
)


def taken(
    catalogue: Catalogue, before: OwnData | None, name: str, body: str | bytes,
    details: WaveDetails | None = None,
) -> OwnData:  # fmt: skip
    data = body.encode() if isinstance(body, str) else body
    result = bring(catalogue, before, Upload(name, data), details=details)
    assert result.data is not None, [str(p) for p in result.problems]
    return result.data


@pytest.fixture(scope="module")
def three(catalogue: Catalogue) -> OwnData:
    data = taken(catalogue, None, "one.csv", GOOD)
    data = taken(catalogue, data, "areas.csv", AREAS)
    return taken(catalogue, data, "two.csv", OTHER)


def test_a_file_goes_and_the_others_stay(three: OwnData) -> None:
    left = without(three, three.files[2].source_id)
    assert left is not None
    assert [f.label for f in left.files] == ["one.csv", "areas.csv"]
    ids = set(left.catalogue.table("collaboratives")["collaborative_id"])
    assert "own-one" in ids
    assert "own-two" not in ids
    assert left.catalogue.own["collaboratives"] == {("own-one",)}
    assert [r["collaborative_id"] for r in left.rows["collaboratives"]] == ["own-one"]
    assert "own-two" in set(three.catalogue.table("collaboratives")["collaborative_id"])


def test_files_whose_rows_build_on_it_go_with_it(three: OwnData) -> None:
    first = three.files[0].source_id
    assert [f.label for f in going_with(three, first)] == ["one.csv", "areas.csv"]
    left = without(three, first)
    assert left is not None
    assert [f.label for f in left.files] == ["two.csv"]
    assert "own-one" not in set(left.catalogue.table("footprints")["collaborative_id"])


def test_sources_that_a_file_describes_go_with_it_unless_a_row_that_stays_names_them(
    catalogue: Catalogue,
) -> None:
    header = "source_id,title,publisher,kind,tier,accessed\n"
    rows = "".join(
        f"{key},Board paper,Own Trust,report,organisation_page,2026-11-01\n"
        for key in ("own-paper", "own-other")
    )
    data = taken(catalogue, None, "sources.csv", header + rows)
    header, row = OTHER.splitlines()
    data = taken(catalogue, data, "two.csv", f"{header},source_id\n{row},own-paper\n")
    left = without(data, data.files[0].source_id)
    assert left is not None
    ids = set(left.catalogue.table("sources")["source_id"])
    assert ids - set(catalogue.table("sources")["source_id"]) == {
        data.files[1].source_id, "own-paper",
    }  # fmt: skip
    assert {r["source_id"] for r in left.rows["sources"]} == {
        data.files[1].source_id, "own-paper",
    }  # fmt: skip
    assert left.catalogue.own_sources == {data.files[1].source_id, "own-paper"}


def test_nothing_is_left_where_the_last_file_goes(catalogue: Catalogue) -> None:
    alone = taken(catalogue, None, "two.csv", OTHER)
    assert without(alone, alone.files[0].source_id) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Three weeks in November 2022", (2022, 11)),
        ("March to May 2021", (2021, 5)),
        ("2021-05", (2021, 5)),
        ("05/2021", (2021, 5)),
        ("2019", (2019, 0)),
        ("Not stated", NOT_SAID),
        (None, NOT_SAID),
    ],
)
def test_the_time_of_fieldwork_is_read(words: str | None, expected: tuple[int, int]) -> None:
    assert when(words) == expected


@pytest.mark.parametrize(
    ("fieldwork", "is_newest"), [("March 2021", False), ("March 2026", True), ("Not stated", True)]
)
def test_an_own_wave_stands_where_its_fieldwork_puts_it(
    catalogue: Catalogue, fieldwork: str, is_newest: bool
) -> None:
    data = taken(catalogue, None, "wave.csv", SHARES, WaveDetails("Mine", fieldwork))
    newest = wave_of(data.catalogue, Selection())
    assert (newest != "nov-2022") == is_newest


def test_hidden_sheets_and_formulas_without_a_result_are_said(catalogue: Catalogue) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "collaboratives"
    for row in (*(line.split(",") for line in GOOD.splitlines()),):
        sheet.append(row)
    sheet["E1"], sheet["E2"] = "formed_year", "=2000+22"
    book.create_sheet("secret").sheet_state = "hidden"
    sink = io.BytesIO()
    book.save(sink)
    result = bring(catalogue, None, Upload("book.xlsx", sink.getvalue()))
    said = " ".join(result.notes)
    assert "1 formula has no result" in said
    assert "Hidden sheets were not read: “secret”" in said
