"""One file goes alone; waves stand in order of time; what a workbook hides is said."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from data import Catalogue, Selection
from data.own import Bringing, OwnData, Upload, WaveDetails, bring
from data.own.fieldwork import NOT_SAID, when
from data.own.removing import going_with, without, without_rows
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


def test_the_tables_without_a_file_lose_its_rows_and_those_that_name_them_alone(
    catalogue: Catalogue,
) -> None:
    """A file is no unit here: its rows about the Atlas's collaboratives stay."""
    both = "collaborative_id,icb_code,coverage\nown-one,E54000057,whole\nwyaat,E54000057,whole\n"
    data = taken(catalogue, None, "one.csv", GOOD)
    data = taken(catalogue, data, "both.csv", both)
    left = without_rows(data.catalogue, frozenset({data.files[0].source_id}))
    assert "collaboratives" not in left.own
    assert left.own["footprints"] == {("wyaat", "E54000057")}
    rows = left.table("footprints")
    mine = rows["source_id"].eq(data.files[1].source_id)
    assert rows.loc[mine, "collaborative_id"].tolist() == ["wyaat"]
    every = frozenset(f.source_id for f in data.files)
    assert without_rows(data.catalogue, every) is catalogue


def mended(catalogue: Catalogue, before: OwnData, name: str, body: str) -> Bringing:
    return bring(catalogue, before, Upload(name, body.encode()))


def test_a_file_of_the_same_name_takes_the_place_of_the_one_before(
    catalogue: Catalogue, three: OwnData
) -> None:
    """With what builds on it kept, and its address."""
    result = mended(catalogue, three, "one.csv", GOOD.replace("Own One", "Better Name"))
    assert result.problems == ()
    assert result.data is not None
    assert result.notes[0].startswith("It takes the place of the file of that name")
    assert [f.label for f in result.data.files] == ["areas.csv", "two.csv", "one.csv"]
    assert result.data.files[-1].source_id == three.files[0].source_id
    tables = result.data.catalogue
    assert tables.collaborative_names["own-one"] == "Better Name (your own)"
    assert len(tables.table("collaboratives")) == len(three.catalogue.table("collaboratives"))
    assert tables.own["footprints"] == {("own-one", "E54000057")}
    assert [r["name"] for r in result.data.rows["collaboratives"]] == ["Own Two", "Better Name"]
    assert three.catalogue.collaborative_names["own-one"] == "Own One (your own)"


def test_the_same_file_twice_is_the_file_once(catalogue: Catalogue, three: OwnData) -> None:
    data = mended(catalogue, three, "areas.csv", AREAS).data
    assert data is not None
    assert len(data.files) == 3
    assert data.catalogue.own == three.catalogue.own


def test_a_mended_wave_keeps_its_id(catalogue: Catalogue) -> None:
    first = taken(catalogue, None, "wave.csv", SHARES)
    again = mended(catalogue, first, "wave.csv", SHARES.replace("60,48", "50,40")).data
    assert again is not None
    assert again.catalogue.own["survey_waves"] == first.catalogue.own["survey_waves"]


def test_a_file_of_the_same_name_with_other_rows_stands_beside_it(
    catalogue: Catalogue, three: OwnData
) -> None:
    data = mended(catalogue, three, "two.csv", OTHER.replace("own-two", "own-three")).data
    assert data is not None
    assert [f.label for f in data.files] == ["one.csv", "areas.csv", "two.csv", "two.csv"]


def test_a_mended_file_without_what_others_name_is_refused(catalogue: Catalogue) -> None:
    both = taken(catalogue, None, "pair.csv", GOOD + "own-six,Own Six,acute,operating\n")
    both = taken(catalogue, both, "areas.csv", AREAS)
    result = mended(catalogue, both, "pair.csv", GOOD.replace("own-one", "own-six"))
    assert result.data is None
    assert [(p.column, p.found) for p in result.problems] == [
        ("collaborative_id",
         "no own-one in collaboratives any more, which your file areas.csv names")
    ]  # fmt: skip


def test_an_id_of_another_own_file_is_said_to_be_in_that_file(
    catalogue: Catalogue, three: OwnData
) -> None:
    (problem,) = mended(catalogue, three, "new.csv", GOOD.replace("Own One", "Other")).problems
    assert problem.found == "'own-one', which your own file one.csv has already"
    assert "name it one.csv" in problem.action
