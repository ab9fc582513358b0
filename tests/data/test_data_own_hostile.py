"""Files made to do harm, or to be misread: each gets a clear message, or is read as it says."""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data import Catalogue
from data.own import Upload, bring, limits
from tests.data.test_data_own_malformed import (
    DESCRIPTOR,
    GOOD,
    GOOD_BOOK,
    GOOD_ZIP,
    OUTCOME,
    SHEET,
    book,
    is_clear,
    package,
    rewritten,
    zipped,
)

HEAD = GOOD.splitlines()[0].split(",")
ROW = ["a-b", "A", "acute", "operating"]


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD_BOOK)) as archive:
        return archive.read(name)


def bombs() -> Iterator[tuple[str, bytes]]:
    inner = GOOD_ZIP
    for _ in range(5):
        inner = zipped({"c.csv": GOOD, "inner.zip": inner})
    yield "zip-of-zips.zip", package({"c.csv": GOOD, "inner.zip": inner})
    yield "zip-of-zips-as-csv.zip", package({"c.csv": inner})
    yield "many-small.zip", package({f"{n}.csv": "0" * 900_000 for n in range(199)})
    yield "book-of-books.xlsx", rewritten(GOOD_BOOK, "xl/embeddings/book.xlsx", GOOD_BOOK * 3)
    laughs = b"<!DOCTYPE l [<!ENTITY a0 'ha'>%s]>" % b"".join(
        b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    outside = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    remote = b"<!DOCTYPE x SYSTEM 'http://192.0.2.1/x.dtd'>"
    spaced = b"<! DOCTYPE x [<!ENTITY e 'e'>]>"
    for name, head in (("laughs", laughs), ("outside", outside), ("remote", remote),
                       ("spaced", spaced)):  # fmt: skip
        for where in (SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
            text = part(where)
            at = text.index(b"?>") + 2 if text.startswith(b"<?xml") else 0
            made = text[:at] + head + text[at:]
            yield f"{name}-{where.rsplit('/', 1)[-1]}.xlsx", rewritten(GOOD_BOOK, where, made)
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    yield "deep.xlsx", rewritten(GOOD_BOOK, SHEET, deep)
    sheet = part(SHEET)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    yield "last-cell.xlsx", rewritten(GOOD_BOOK, SHEET, sheet.replace(b"</sheetData>", far))
    made = sheet.replace(b"</sheetData>", b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>')
    yield "last-column.xlsx", rewritten(GOOD_BOOK, SHEET, made)
    beyond = b'<row r="99999999999999999999"><c r="A1"><v>1</v></c></row></sheetData>'
    yield "beyond.xlsx", rewritten(GOOD_BOOK, SHEET, sheet.replace(b"</sheetData>", beyond))
    shared = b'<row r="7"><c r="A7" t="s"><v>99999999</v></c></row></sheetData>'
    yield "no-such-text.xlsx", rewritten(GOOD_BOOK, SHEET, sheet.replace(b"</sheetData>", shared))
    yield "ten-thousand-columns.xlsx", book([[f"c{n}" for n in range(10_000)]])
    yield "ten-thousand-columns.csv", b",".join(b"c%d" % n for n in range(10_000)) + b"\n"
    yield "a-million-columns.csv", b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n"
    yield "a-million-commas.csv", GOOD.encode() + b"," * 1_000_000 + b"x\n"
    commas = b"," * 10_000 + b"\n"
    yield "ten-thousand-commas.csv", commas * 40
    yield "a-million-rows.csv", GOOD.encode() + b"\n" * 1_000_000 + b"x,y\n"
    yield "only-quotes.csv", b'"' * 100_001
    yield "one-line.csv", b"a" * 3_000_000


def texts() -> Iterator[tuple[str, bytes]]:
    line = "x-y,{},acute,operating\n"
    for n, name in enumerate(("a\0b", "\ud800", "\x1b[2J", "\ufffe", "\u202e\u2066x", "\u200b")):
        made = (GOOD + line.format(name)).encode("utf-8", "surrogatepass")
        yield f"text-{n}.csv", made.replace(b"x-y", b"X Y")
        yield f"text-{n}.zip", package({"c.csv": made.replace(b"x-y", b"X Y")})
    surrogate = json.dumps({"resources": [{"name": "collaboratives", "path": "c\ud800.csv"}]})
    yield "surrogate-path.zip", zipped({"datapackage.json": surrogate, "c.csv": GOOD})
    yield "surrogate-name.csv", GOOD.replace("acute", "\ud83d").encode("utf-8", "surrogatepass")
    wide = GOOD.replace("acute", "ambulences")
    for code in ("utf-16", "utf-16-le", "utf-16-be", "utf-32-be", "utf-7", "cp500", "shift-jis"):
        yield f"{code}.csv", wide.encode(code)
    yield "mixed-ends.csv", (GOOD + "B B,B,acute,operating\r\nC C,C,acute,x\rD D,D,y,z").encode()


def numbers() -> Iterator[tuple[str, bytes]]:
    row = "x-y,wyaat,health_inequalities,Better,{},percent,achieved\n"
    for n, value in enumerate(("9" * 400, "1e400", "-1e400", "1e-400x", "1_000", "٣", "0b11",
                               "+-1", "1e", "infinity", "nan", "1;2", "1/0")):  # fmt: skip
        yield f"number-{n}.csv", (OUTCOME + row.format(value)).encode()
    results = "question_id,option_id,sector_group,percent,count,base_n\n"
    for n, share in enumerate(("1,1," + "9" * 400, "1,9e99,40", "1e308,1,40", "1,1.5,40")):
        yield (
            f"share-{n}.csv",
            (results + f"delegation-intent,considering,all,{share}\n").encode(),
        )
    years = "collaborative_id,name,sector,status,formed_year\n"
    for n, year in enumerate(("10000000000000000000", "-1", "2024.5", "0", "1904-01-01")):
        yield f"year-{n}.csv", (years + f"x-y,A,acute,operating,{year}\n").encode()
    yield "bool.xlsx", book([HEAD, [True, False, 1e308, -0.0]])
    for n, raw in enumerate((b"1e999", b"NaN", b"9" * 500, b"x")):
        cell = b'<row r="4"><c r="A4"><v>%s</v></c></row></sheetData>' % raw
        made = part(SHEET).replace(b"</sheetData>", cell)
        yield f"cell-{n}.xlsx", rewritten(GOOD_BOOK, SHEET, made)
    for n, raw in enumerate((b"1e10", b"-5", b"99999999999")):
        cell = b'<row r="4"><c r="A4" t="d"><v>%s</v></c></row></sheetData>' % raw
        made = part(SHEET).replace(b"</sheetData>", cell)
        yield f"date-{n}.xlsx", rewritten(GOOD_BOOK, SHEET, made)


def packages() -> Iterator[tuple[str, bytes]]:
    paths: tuple[object, ...] = (
             "../../etc/passwd", "a/../../c.csv", "/c.csv", "\\\\server\\c.csv", "C:\\c.csv",
             "file:///etc/passwd", "http://192.0.2.1/c.csv", "ftp://x/c.csv", "c.csv\0.csv",
             "~/c.csv", "%2e%2e/c.csv", "c.csv?x", "./../c.csv", ".", "..", "/", "con.csv" * 100,
             {"a": 1}, [], True, ["c.csv", "../c.csv"], 1e400)  # fmt: skip
    for n, path in enumerate(paths):
        wanted = {"resources": [{"name": "collaboratives", "path": path}]}
        yield f"path-{n}.zip", package({"c.csv": GOOD}, wanted)
    circle = {
        "resources": [
            {"name": "collaboratives", "path": "c.csv", "schema": {"foreignKeys": [
                {"fields": "collaborative_id",
                 "reference": {"resource": "collaboratives", "fields": "collaborative_id"}}]}},
            {"name": "successions", "path": "s.csv"},
        ]
    }  # fmt: skip
    succession = "collaborative_id,related_id,relation\na-b,c-d,part_of\nc-d,a-b,part_of\n"
    yield "circle.zip", package({"c.csv": GOOD, "s.csv": succession}, circle)
    member = "collaborative_id,organisation_id,role\nexample-alliance,example-alliance,member\n"
    to_itself = {
        "resources": [DESCRIPTOR["resources"][0], {"name": "memberships", "path": "m.csv"}]
    }
    yield "member-of-itself.zip", package({"c.csv": GOOD, "m.csv": member}, to_itself)
    extras: tuple[dict[str, object], ...] = ({"data": [[1]]}, {"dialect": {"delimiter": "\0"}},
                              {"encoding": "no-such"}, {"schema": "http://192.0.2.1/s.json"},
                              {"schema": "../s.json"}, {"profile": 7})  # fmt: skip
    for n, more in enumerate(extras):
        one: dict[str, object] = {"name": "collaboratives", "path": "none.csv", **more}
        yield f"resource-{n}.zip", package({"c.csv": GOOD}, {"resources": [one]})
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(DESCRIPTOR))
        archive.writestr("c.csv", GOOD)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("c.csv", GOOD.replace("acute", "mhlda"))
    yield "twice.zip", twice.getvalue()
    told = json.dumps({**DESCRIPTOR, "title": "Zürich – 東京"}, ensure_ascii=False)
    for code in ("utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "shift-jis", "cp500"):
        body = told.encode(code, "replace")
        yield f"descriptor-{code}.zip", zipped({"datapackage.json": body, "c.csv": GOOD})
    for code in ("utf-16-le", "utf-32", "cp500"):
        yield f"table-{code}.zip", package({"c.csv": GOOD.encode(code)})
    for n, name in enumerate(("DataPackage.json", "datapackage.json ", "a/b/datapackage.json")):
        yield f"descriptor-name-{n}.zip", zipped({name: told, "c.csv": GOOD})
    yield "numbers.zip", zipped({"datapackage.json": '{"resources": ' + "9" * 5000 + "}"})
    yield "infinite.zip", zipped({"datapackage.json": '{"resources": [Infinity, NaN]}'})


def cells() -> Iterator[tuple[str, bytes]]:
    """What spreadsheets put where a number belongs, and headings that are there twice."""
    heads = OUTCOME.strip().split(",")
    row: list[Any] = ["x-y", "wyaat", "health_inequalities", "Better", 1, "percent", "achieved"]
    values: tuple[Any, ...] = (
        datetime(2024, 3, 5), datetime(2024, 3, 5, 10, 30), date(2024, 3, 5), time(3, 5),
        timedelta(hours=30), True, "#DIV/0!", "#REF!", "#N/A", "£2.5m", "2,5", "5-10", "c. 5",
    )  # fmt: skip
    for n, value in enumerate(values):
        yield f"cell-value-{n}.xlsx", book([heads, [*row[:4], value, *row[5:]]])
    for n, head in enumerate(heads):
        for m, twice in enumerate((head, head.upper(), f" {head} ", head.replace("_", " "))):
            yield f"heading-{n}-{m}.xlsx", book([[*heads, twice], [*row, 9]])
    yield "transposed.xlsx", book([list(pair) for pair in zip(heads, row, strict=True)])
    yield "headings-again.xlsx", book([heads, row, heads, ["z", *row[1:]]])


MAKERS = (bombs, texts, numbers, packages, cells)


@pytest.mark.parametrize("make", MAKERS, ids=lambda m: m.__name__)
def test_every_file_that_could_do_harm_gets_a_clear_message(
    catalogue: Catalogue, make: Callable[[], Iterator[tuple[str, bytes]]]
) -> None:
    silent, unclear = [], []
    for name, data in make():
        result = bring(catalogue, None, Upload(name, data))
        unclear += [f"{name}: {p}" for p in result.problems if not is_clear(p)]
        if result.data is not None and not result.problems and not result.notes:
            silent.append(name)
        assert len(result.problems) <= limits.PROBLEMS, name
    assert unclear == []
    assert silent == []


def sheet_of(change: Callable[[Workbook], None]) -> bytes:
    made = load_workbook(io.BytesIO(GOOD_BOOK))
    change(made)
    body = io.BytesIO()
    made.save(body)
    return body.getvalue()


def since_1904(made: Workbook) -> None:
    made.epoch = CALENDAR_MAC_1904
    made["collaboratives"]["E1"], made["collaboratives"]["E2"] = "formed_year", date(2019, 4, 1)


def with_merged_title(made: Workbook) -> None:
    made["collaboratives"].insert_rows(1, 2)
    made["collaboratives"]["A1"] = "Our collaboratives"
    made["collaboratives"].merge_cells("A1:D1")


def beside_hidden(made: Workbook) -> None:
    made.create_sheet("outcomes").sheet_state = "veryHidden"


def with_merged_rows(made: Workbook) -> None:
    made.active.append(["b-b", None, "acute", "operating"])  # type: ignore[union-attr]
    made.active.merge_cells("B2:B3")  # type: ignore[union-attr]


def with_formula(made: Workbook) -> None:
    made["collaboratives"]["B2"] = '=CONCAT("Example"," Alliance")'


READ_WELL: dict[str, tuple[bytes, int]] = {
    "mixed-ends.csv": (
        (GOOD + "b-b,B,acute,operating\r\nc-c,C,acute,planned\rd-d,D,acute,planned").encode(), 4,
    ),
    "utf-16.csv": (GOOD.encode("utf-16"), 1),
    "utf-16-be.csv": ((codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be")), 1),
    "line-ends-in-cells.csv": (
        (GOOD + 'b-b,"B\nand\r\nmore\rlines",acute,operating\r\n').encode(), 2,
    ),
    "descriptor-with-mark.zip": (
        zipped({"datapackage.json": codecs.BOM_UTF8 + json.dumps(DESCRIPTOR).encode(),
                "c.csv": GOOD}), 1,
    ),
    "merged-title.xlsx": (sheet_of(with_merged_title), 1),
    "hidden.xlsx": (sheet_of(beside_hidden), 1),
    "many-empty-rows.csv": (GOOD.encode() + b"\n" * 100_000, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", READ_WELL)
def test_what_is_only_unusual_is_read(catalogue: Catalogue, name: str) -> None:
    data, rows = READ_WELL[name]
    result = bring(catalogue, None, Upload(name, data))
    assert [str(p) for p in result.problems] == []
    assert result.data is not None
    assert result.data.files[0].rows == {"collaboratives": rows}
    assert any("Hidden sheets were not read" in note for note in result.notes) == ("hidden" in name)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (since_1904, "2019-04-01"),
        (with_formula, "1 formula has no result"),
        (with_merged_rows, "Merged cells (1) hold their value in the first cell"),
    ],
    ids=["date-of-1904", "formula", "merged"],
)
def test_what_a_cell_was_read_as_is_told(
    catalogue: Catalogue, change: Callable[[Workbook], None], told: str
) -> None:
    result = bring(catalogue, None, Upload("own.xlsx", sheet_of(change)))
    assert result.problems
    assert told in " ".join([*map(str, result.problems), *result.notes])
