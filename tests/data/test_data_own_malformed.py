"""Several hundred broken files, made from a seed: each gets a clear message, none an exception."""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence

import pytest
from openpyxl import Workbook

from data import Catalogue
from data.own import OwnProblem, Upload, bring, limits

GOOD = "collaborative_id,name,sector,status\nexample-alliance,Example Alliance,acute,operating\n"
OUTCOME = "outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
RESULTS = "question_id,option_id,sector_group,percent,count,base_n\n"
SHEET = "xl/worksheets/sheet1.xml"
DESCRIPTOR = {"name": "own", "resources": [{"name": "collaboratives", "path": "c.csv"}]}


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return body.getvalue()


def package(parts: dict[str, bytes | str], descriptor: object = DESCRIPTOR) -> bytes:
    return zipped({"datapackage.json": json.dumps(descriptor), **parts})


def book(
    rows: Sequence[Sequence[str | float | bool | None]], title: str = "collaboratives"
) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    body = io.BytesIO()
    made.save(body)
    return body.getvalue()


def rewritten(data: bytes, name: str, part: bytes) -> bytes:
    """A zip with one of its parts replaced, or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    return zipped({**parts, name: part})


def with_flag(data: bytes, flag: int) -> bytes:
    """A zip that says of its first part that it is encrypted, or packed in an unknown way."""
    central = data.index(b"PK\x01\x02")
    offset, size = (8, 2) if flag == 1 else (10, 2)
    patched = bytearray(data)
    patched[central + offset : central + offset + size] = struct.pack("<H", flag)
    return bytes(patched)


GOOD_BOOK = book([line.split(",") for line in GOOD.splitlines()])
GOOD_ZIP = package({"c.csv": GOOD})


def cut() -> Iterator[tuple[str, bytes]]:
    dice = random.Random(1)
    for kind, data in (("xlsx", GOOD_BOOK), ("zip", GOOD_ZIP)):
        for n in range(40):
            yield f"cut-{n}.{kind}", data[: dice.randint(1, len(data) - 1)]
        for n in range(40):
            broken = bytearray(data)
            for _ in range(30):
                broken[dice.randrange(4, len(data))] = dice.randrange(256)
            yield f"overwritten-{n}.{kind}", bytes(broken)


def not_tables() -> Iterator[tuple[str, bytes]]:
    dice = random.Random(2)
    heads = (b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"PAR1", b"\x1f\x8b\x08", b"\x89PNG\r\n", b"GIF89a",
             b"MZ\x90", b"\x7fELF", b"SQLite format 3\0", b"{\\rtf1", b"<?xml version='1.0'?>",
             b"<!doctype html>", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"BZh9", b"")  # fmt: skip
    for n, head in enumerate(heads * 3):
        yield f"binary-{n}.csv", head + dice.randbytes(dice.randint(40, 400))
    for n in range(30):
        text = bytearray(GOOD.encode())
        text[dice.randrange(len(text))] = dice.choice((0, 1, 2, 7, 14, 27))
        yield f"control-{n}.csv", bytes(text)
    yield "empty.csv", b""
    yield "blank.csv", b"\n \r\n\t\n"
    yield "bom-only.csv", codecs.BOM_UTF8
    yield "utf32.csv", GOOD.encode("utf-32")
    yield "utf16-no-mark.csv", GOOD.encode("utf-16-le")
    yield "utf16-odd.csv", codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le") + b"x"
    yield "undefined-byte.csv", GOOD.encode() + b"\x81\x8d,\n"
    yield "heading-only.csv", GOOD.splitlines()[0].encode()
    yield "quote-open.csv", GOOD.encode() + b'"never closed,acute\n'
    yield "quote-inside.csv", GOOD.encode() + b'x,"a"b,acute,operating\n'
    yield "wide.csv", (",".join(f"c{n}" for n in range(3000)) + "\n").encode()
    yield "long-cell.csv", GOOD.encode() + b"x," + b"a" * 200_000 + b",acute,operating\n"
    yield "prose.csv", b"Dear colleague,\nplease find attached nothing at all.\n"


def wrong_tables() -> Iterator[tuple[str, bytes]]:
    dice = random.Random(3)
    bad = {
        "collaborative_id": ("", "Not A Slug", "ümlaut", "a--b", "-a", "a b"),
        "name": ("", "-", "=1+1", "+A1", "@SUM(A1)", "- fewer waits", "=cmd|' /C calc'!A0"),
        "sector": ("", "hospital", "1", "acute;mhlda", "=1+1", "@SUM(A1)"),
        "status": ("", "done", "2024-01-01", "TRUE", "-1"),
    }
    for column, cells in bad.items():
        for n, cell in enumerate(cells):
            row = {"collaborative_id": "a-b", "name": "A", "sector": "acute", "status": "planned"}
            row[column] = cell
            yield f"{column}-{n}.csv", (GOOD + ",".join(row.values()) + "\n").encode()
    for n in range(24):
        lines = GOOD.splitlines()
        head = lines[0].split(",")
        gone = dice.choice(head[:1] + head[2:])
        keep = [i for i, name in enumerate(head) if name != gone]
        lines = [",".join(line.split(",")[i] for i in keep) for line in lines]
        yield f"without-{gone}-{n}.csv", "\n".join(lines).encode()
    yield "twice.csv", (GOOD + GOOD.splitlines()[1]).encode()
    yield "heading-twice.csv", b"collaborative_id,name,name,sector,status\na,b,c,acute,planned\n"
    yield "heading-none.csv", b"collaborative_id,name,,sector,status\na,b,c,acute,planned\n"
    yield "heading-wrong.csv", b"collaborative_id,name,sectr,status\na,b,acute,planned\n"
    yield "no-heading.csv", GOOD.splitlines()[1].encode()
    yield "extra-cell.csv", (GOOD + "a,b,acute,planned,and more\n").encode()
    yield "curated-id.csv", (GOOD + "wyaat,Another name,acute,operating\n").encode()
    yield "only-known.csv", b"collaborative_id,organisation_id\nwyaat,no-such-trust\n"
    values = ("-5", "abc", "1,000", "12%", "1e5", "NaN", "inf", "0x10", "½", "１２", "=2+3", "--1")
    for n, value in enumerate(values):
        line = f'x,wyaat,health_inequalities,Better,"{value}",percents,achieved\n'
        yield f"value-{n}.csv", (OUTCOME + line).encode()
    for n, key in enumerate(("", "nope", "WYAAT", "wyaatt", "E54000057")):
        line = f"x,{key},health_inequalities,Better,1,percent,achieved\n"
        yield f"unknown-{n}.csv", (OUTCOME + line).encode()
    shares = ("-1,,40", "101,,40", "50,50,40", "90,4,40", "x,,40", "50,,0", "50,,-3", "50,,many",
              "12.5%,5,40")  # fmt: skip
    for n, share in enumerate(shares):
        line = f"delegation-intent,considering,all,{share}\n"
        yield f"share-{n}.csv", (RESULTS + line).encode()
    yield "question.csv", (RESULTS + "no-such-question,a,all,50,20,40\n").encode()
    yield "group.csv", (RESULTS + "delegation-intent,considering,everyone,50,20,40\n").encode()
    yield "nothing-filled.csv", (RESULTS + "delegation-intent,considering,all,,,\n").encode()
    many = "".join(f"Bad Id {n},,hospital,done\n" for n in range(4_000))
    yield "many.csv", (GOOD + many).encode()
    yield "rows.csv", (GOOD + "".join(f"a-{n},A,acute,planned\n" for n in range(5_100))).encode()


def answers() -> Iterator[tuple[str, bytes]]:
    head = "sector_group,delegation-intent,priorities-next-year,funded-posts\n"
    good = "acute,considering,inequalities;care-backlogs,3\n" * 8
    bad = ("hospital,considering,,", "acute,maybe,,", "acute,,inequalities;nonsense,",
           "acute,,inequalities;care-backlogs;pathway-redesign;unwarranted-variation,",
           "acute,,,many", "acute,,,-3", "acute,,,inf", "acute,=1+1,,",
           "acute,considering;too-early,,")  # fmt: skip
    for n, row in enumerate(bad):
        yield f"answer-{n}.csv", (head + good + row + "\n").encode()
    yield "answers-few.csv", (head + "acute,considering,,\n" * 3).encode()
    yield "answers-none.csv", (head + ",,,\n" * 30).encode()
    yield "answers-wrong.csv", (head + "acute,maybe,,\n" * 3000).encode()
    twice = "sector_group,delegation-intent,delegation_intent\nacute,considering,too-early\n"
    yield "answers-twice.csv", twice.encode()


def zips() -> Iterator[tuple[str, bytes]]:
    yield "nothing.zip", zipped({})
    yield "no-descriptor.zip", zipped({"c.csv": GOOD})
    yield "two.zip", zipped({"datapackage.json": "{}", "a/datapackage.json": "{}"})
    for n, text in enumerate(("", "{", "[]", "{}", '{"resources": []}', '{"resources": {}}',
                              '{"resources": [1]}', "[" * 5000, "null", "\x00")):  # fmt: skip
        yield f"descriptor-{n}.zip", zipped({"datapackage.json": text, "c.csv": GOOD})
    paths = ("../c.csv", "/etc/passwd", "c.txt.exe", "https://example.org/c.csv", "none.csv", "",
             None, 7, ["a.csv", "b.csv"], "c.json")  # fmt: skip
    for n, path in enumerate(paths):
        wanted = {"resources": [{"name": "collaboratives", "path": path}]}
        yield f"path-{n}.zip", package({"c.csv": GOOD, "c.json": "{}"}, wanted)
    for n, name in enumerate(("../x.csv", "/x.csv", "a/../../x.csv", "C:x.csv", "a\\..\\x.csv")):
        yield f"name-{n}.zip", package({"c.csv": GOOD, name: GOOD})
    yield "bomb.zip", package({"c.csv": GOOD, "b.csv": b"0" * 30_000_000})
    huge = {"resources": [{"name": f"t{n}", "path": "c.csv"} for n in range(300)]}
    yield "tables.zip", package({"c.csv": GOOD}, huge)
    yield "parts.zip", package({f"{n}.csv": GOOD for n in range(400)})
    yield "nested.zip", package({"c.csv": zipped({"c.csv": GOOD}, zipfile.ZIP_STORED)})
    yield "gzip.zip", package({"c.csv": b"\x1f\x8b\x08" + zlib.compress(b"x")})
    yield "locked.zip", with_flag(GOOD_ZIP, 1)
    yield "method.zip", with_flag(GOOD_ZIP, 99)
    yield "formula.zip", package({"c.csv": GOOD.replace("Example A", "=A")})
    yield "binary.zip", package({"c.csv": bytes(range(256))})
    yield "empty-table.zip", package({"c.csv": ""})
    link = zipfile.ZipInfo("c.csv")
    link.external_attr = 0o120777 << 16
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(DESCRIPTOR))
        archive.writestr(link, "/etc/passwd")
    yield "link.zip", body.getvalue()


def books() -> Iterator[tuple[str, bytes]]:
    head = GOOD.splitlines()[0].split(",")
    yield "blank.xlsx", book([])
    yield "other.xlsx", book([["a", "b"], [1, 2]], "Sheet1")
    yield "no-rows.xlsx", book([head])
    yield "wide.xlsx", book([[f"c{n}" for n in range(500)]])
    yield "numbers.xlsx", book([head, [1, 2.5, True, None]])
    yield "formula.xlsx", book([head, ["=1+1", "A", "acute", "operating"]])
    yield "text-formula.xlsx", book([head, ["a-b", "'=1+1", "acute", "operating"]])
    yield "merged.xlsx", book([["Collaboratives", None], ["", ""], ["id", "name"], ["a", "b"]])
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml",
                 "xl/_rels/workbook.xml.rels"):  # fmt: skip
        for n, text in enumerate((b"", b"<", b"<a></b>", b"\xff\xfe<\0a\0", b"<a/>", b"{}")):
            yield f"{name.rsplit('/', 1)[-1]}-{n}.xlsx", rewritten(GOOD_BOOK, name, text)
    entity = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    with zipfile.ZipFile(io.BytesIO(GOOD_BOOK)) as archive:
        sheet = archive.read(SHEET)
    yield "entities.xlsx", rewritten(GOOD_BOOK, SHEET, entity + sheet)
    yield "macros.xlsx", rewritten(GOOD_BOOK, "xl/vbaProject.bin", b"\xd0\xcf")
    row = b'<row r="900000"><c r="A900000"><v>1</v></c></row></sheetData>'
    yield "far-row.xlsx", rewritten(GOOD_BOOK, SHEET, sheet.replace(b"</sheetData>", row))
    yield "bomb.xlsx", rewritten(GOOD_BOOK, SHEET, sheet + b" " * 20_000_000)


def as_people_have_them() -> Iterator[tuple[str, bytes]]:
    """What other programs save, errors of formulas, dates and names as people write them."""
    head = GOOD.splitlines()[0].split(",")
    for n, error in enumerate(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!")):
        yield f"error-{n}.xlsx", book([head, ["a-b", error, "acute", "operating"]])
        yield (
            f"error-number-{n}.csv",
            (OUTCOME + f"x,wyaat,health_inequalities,Better,{error},percent,achieved\n").encode(),
        )
    for n, day in enumerate(("0000", "0000-00-00", "2026-02-30", "2026-13", "9999-12-31", "46112",
                             "31/03/2026", "March 2026", "1899")):  # fmt: skip
        row = f"x,wyaat,health_inequalities,Better,1,percent,achieved,{day}\n"
        yield f"day-{n}.csv", (OUTCOME.replace("status\n", "status,as_of\n") + row).encode()
    for n, year in enumerate(("0000", "0001", "1899", "2101", "2023.0", "２０２３")):
        text = GOOD.replace("status\n", "status,formed_year\n").splitlines()[0]
        yield f"year-{n}.csv", f"{text}\na-b,A,acute,operating,{year}\n".encode()
    yield "long-id.csv", (GOOD + "a" * 81 + ",A,acute,operating\n").encode()
    yield "long-name.csv", (GOOD + "a-b," + "A" * 301 + ",acute,operating\n").encode()
    yield "unseen-name.csv", (GOOD + "a-b,\u200b\u202e\u2066,acute,operating\n").encode()
    other = GOOD.replace("Example A", "Another A")
    named = [
        {"name": "collaboratives", "path": "c.csv"},
        {"name": "collaboratives", "path": "d.csv"},
    ]
    yield "key-in-two.zip", package({"c.csv": GOOD, "d.csv": other}, {"resources": named})
    twice = [{"name": n, "path": "c.csv"} for n in ("collaboratives", "again")]
    yield "file-twice.zip", package({"c.csv": GOOD}, {"resources": twice})
    for part in ("xl/workbook.bin", "content.xml", "word/document.xml", "ppt/presentation.xml"):
        name = part.replace("/", "-")
        yield f"document-{name}.zip", zipped({"[Content_Types].xml": "<a/>", part: "<a/>"})
    for n, area in enumerate(("West Yorkshire", "QWO", "E5400005")):
        yield f"area-{n}.csv", f"collaborative_id,icb_code,coverage\nwyaat,{area},whole\n".encode()


MAKERS = (cut, not_tables, wrong_tables, answers, zips, books, as_people_have_them)
MAY_STILL_BE_READ = ("overwritten-",)
"""A byte that is overwritten may be one that nothing depends on."""


def is_clear(problem: OwnProblem) -> bool:
    words = (problem.found, problem.expected, problem.action)
    return (
        all(words) and problem.action.rstrip(".?!") != problem.action and len(str(problem)) < 1500
    )


@pytest.mark.parametrize("make", MAKERS, ids=lambda m: m.__name__)
def test_every_broken_file_gets_a_clear_message(
    catalogue: Catalogue, make: Callable[[], Iterator[tuple[str, bytes]]]
) -> None:
    silent, unclear = [], []
    for name, data in make():
        result = bring(catalogue, None, Upload(name, data))
        if result.data is None or result.problems:
            unclear += [f"{name}: {p}" for p in result.problems if not is_clear(p)]
            assert result.problems, name
            assert len(result.problems) <= limits.PROBLEMS, name
        elif not name.startswith(MAY_STILL_BE_READ):
            silent.append(name)
    assert silent == []
    assert unclear == []


def test_there_are_several_hundred_of_them() -> None:
    names = [name for make in MAKERS for name, _ in make()]
    assert len(names) >= 400
    assert len(names) == len(set(names))


def test_thousands_of_errors_are_listed_up_to_a_number_and_the_rest_counted(
    catalogue: Catalogue,
) -> None:
    many = dict(wrong_tables())["many.csv"]
    result = bring(catalogue, None, Upload("many.csv", many))
    assert len(result.problems) == limits.PROBLEMS
    assert result.more > 500


@pytest.mark.parametrize("bad", ["\x0b", "\x0c", "\ufffe"])
def test_what_no_xml_file_may_hold_becomes_a_blank(catalogue: Catalogue, bad: str) -> None:
    """Slides, workbooks and pictures are XML: with such a cell none of them could be made."""
    text = f"collaborative_id,name,sector,status\nours,North{bad}South,acute,operating\n"
    data = bring(catalogue, None, Upload("mine.csv", text.encode())).data
    assert data is not None
    assert data.catalogue.collaborative_names["ours"].startswith("North South")


def test_a_name_cannot_be_markup_or_a_path(catalogue: Catalogue) -> None:
    name = "../../etc/[x](javascript:alert(1))<b>.csv"
    result = bring(catalogue, None, Upload(name, b""))
    assert result.problems[0].file == "_x_(javascript_alert(1))_b_.csv"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html;x", "https://a b", "x"])
def test_an_address_that_is_no_web_address_is_refused(catalogue: Catalogue, url: str) -> None:
    body = (
        "source_id,title,publisher,kind,tier,accessed,url\n"
        f"own-paper,Board paper,Own Trust,report,organisation_page,2026-11-01,{url}\n"
    ).encode()
    result = bring(catalogue, None, Upload("sources.csv", body))
    assert [(p.row, p.column) for p in result.problems] == [(2, "url")], result.problems


def _told(catalogue: Catalogue, text: str) -> list[OwnProblem]:
    return list(bring(catalogue, None, Upload("f.csv", text.encode())).problems)


def test_a_pattern_is_told_in_words(catalogue: Catalogue) -> None:
    for text in (GOOD + "Not A Slug,A,acute,planned\n",
                 "collaborative_id,icb_code,coverage\nwyaat,E9,whole\n",
                 "organisation_id,name,kind,postcode\nA B,A,other,nowhere\n"):  # fmt: skip
        told = " ".join(str(p) for p in _told(catalogue, text))
        assert "such as" in told
        assert "^" not in told, told


def test_an_answer_that_is_not_known_is_told_by_its_id(catalogue: Catalogue) -> None:
    (problem,) = _told(catalogue, RESULTS + "delegation-intent,considerin,all,50,20,40\n")
    assert (problem.column, problem.found) == ("option_id", "'considerin'")
    assert problem.action.startswith("Did you mean considering?")
    assert "not-considering" in problem.expected


def test_results_without_a_value_are_one_problem(catalogue: Catalogue) -> None:
    (problem,) = _told(catalogue, RESULTS + "delegation-intent,considering,all,,,\n")
    assert problem.found == "no percentage and no count in any row"


def test_a_column_without_a_heading_is_not_taken_for_a_slip(catalogue: Catalogue) -> None:
    (problem,) = _told(catalogue, "collaborative_id,icb_code,coverage,\nwyaat,E54000057,whole,x\n")
    assert problem.column == "D"
    assert problem.action == "Write its heading, or delete the column."


@pytest.mark.parametrize(
    ("table", "text", "wanted"),
    [
        ("Organisations", "collaborative_id,organisation_id,role\nwyaat,"
         "Leeds Teaching Hospitals NHS Trust,member\n", "RR8"),
        ("Collaboratives", "collaborative_id,organisation_id,role\n"
         "West Yorkshire Association of Acute Trusts,RW1,member\n", "wyaat"),
        ("Integrated care boards", "collaborative_id,icb_code,coverage\nwyaat,West Yorkshire,whole"
         "\n", "E54000054"),
    ],
)  # fmt: skip
def test_a_name_in_place_of_an_id_is_told_with_the_id(
    catalogue: Catalogue, table: str, text: str, wanted: str
) -> None:
    problem = _told(catalogue, text)[0]
    assert problem.expected == f"an id of the table {table}"
    assert problem.action.startswith(f"Did you mean {wanted}? ")
    assert ("add its row" in problem.action) == (table != "Integrated care boards"), "none is added"


@pytest.mark.parametrize("kind", ["bytes", "md5", "sha256"])
def test_a_file_that_its_package_tells_otherwise_is_read_and_said(
    catalogue: Catalogue, kind: str
) -> None:
    right = {"bytes": len(GOOD), "md5": hashlib.md5(GOOD.encode()).hexdigest(),
             "sha256": hashlib.sha256(GOOD.encode()).hexdigest()}  # fmt: skip
    for value, is_said in ((right[kind], False), (7 if kind == "bytes" else "0" * 32, True)):
        told = {"bytes": value} if kind == "bytes" else {"hash": f"{kind}:{value}"}
        named = {"resources": [{"name": "collaboratives", "path": "c.csv", **told}]}
        result = bring(catalogue, None, Upload("p.zip", package({"c.csv": GOOD}, named)))
        assert result.data is not None
        assert any("changed since" in note for note in result.notes) == is_said


def test_letters_that_nobody_sees_are_left_out(catalogue: Catalogue) -> None:
    row = "our\u200bs,A \u202egnp.exe\u202c\u00ad,acute,operating\n"
    text = f"collaborative_id,name,sector,status\n{row}"
    data = bring(catalogue, None, Upload("mine.csv", text.encode())).data
    assert data is not None
    assert data.catalogue.collaborative_names["ours"] == "A gnp.exe (your own)"
