"""A table of a package is read as its descriptor says, or refused in words that say what to do."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from data.own.reading_package import read_package
from data.own.sheets import UnreadableError
from data.own.zipped import open_zip
from tests.data.test_data_own_malformed import package

ROWS = [["name", "note"], ["Älpha; \"A\", 'b' | c", "two\nlines"], ["Beta", "x"]]


def written(**how: Any) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, **how).writerows(ROWS)
    return text.getvalue()


def read(body: bytes | str, **said: Any) -> list[list[str]]:
    resource = {"name": "t", "path": "t.csv", **said}
    data = package({"t.csv": body}, {"resources": [resource]})
    with open_zip(data, "p.zip") as archive:
        (sheet,) = read_package(archive, "p.zip")
    return [list(row) for row in sheet.rows]


DIALECTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "semicolon": ({"delimiter": ";"}, {"delimiter": ";"}),
    "tab, as it is": ({"delimiter": "\t"}, {"delimiter": "\t"}),
    "tab, by hand": ({"delimiter": "\\t"}, {"delimiter": "\t"}),
    "an odd delimiter": ({"delimiter": "^"}, {"delimiter": "^"}),
    "single quotes": ({"delimiter": ";", "quoteChar": "'"}, {"delimiter": ";", "quotechar": "'"}),
    "version 5": ({"csv": {"delimiter": "|"}}, {"delimiter": "|"}),
    "escaped": (
        {"escapeChar": "\\", "doubleQuote": False}, {"escapechar": "\\", "doublequote": False},
    ),
    "line ends": ({"lineTerminator": "\r\n"}, {"lineterminator": "\r\n"}),
}  # fmt: skip


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_is_followed(name: str) -> None:
    said, how = DIALECTS[name]
    assert read(written(**how), dialect=said) == ROWS


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "UTF-16", "utf-8", "mac-roman", "cp850"])
def test_an_encoding_is_followed(encoding: str) -> None:
    body = written().encode(encoding)
    assert read(body, encoding=encoding) == ROWS


def test_what_the_descriptor_says_wins_over_what_the_file_looks_like() -> None:
    body = "name;a;b;c,note\nx;y;z;w,1\n"
    assert read(body, dialect={"delimiter": ","}) == [["name;a;b;c", "note"], ["x;y;z;w", "1"]]
    assert read(body) != read(body, dialect={"delimiter": ","})


def test_a_file_without_headings_has_those_of_its_schema() -> None:
    fields = {"fields": [{"name": "name"}, {"name": "note"}]}
    body = "Alpha,1\nBeta,2\n"
    found = read(body, dialect={"header": False}, schema=fields)
    assert found == [["name", "note"], ["Alpha", "1"], ["Beta", "2"]]


def test_comments_are_no_rows_and_blanks_after_a_delimiter_no_cell() -> None:
    said = {"commentChar": "#", "skipInitialSpace": True}
    found = read('# made by hand\nname, note\n"A", "x, y"\n', dialect=said)
    assert [row for row in found if row] == [["name", "note"], ["A", "x, y"]]


REFUSED: dict[str, dict[str, Any]] = {
    "no such encoding": {"encoding": "klingon"},
    "no encoding of text": {"encoding": "base64"},
    "an encoding that is no name": {"encoding": 8},
    "two signs": {"dialect": {"delimiter": ";;"}},
    "a letter": {"dialect": {"delimiter": "a"}},
    "no sign": {"dialect": {"delimiter": ""}},
    "a sign nobody sees": {"dialect": {"delimiter": "\x1f"}},
    "one sign twice": {"dialect": {"delimiter": ";", "quoteChar": ";"}},
    "a quote that is none": {"dialect": {"quoteChar": 1}},
    "a dialect elsewhere": {"dialect": "dialect.json"},
    "a header that is a number": {"dialect": {"header": 1}},
    "no headings anywhere": {"dialect": {"header": False}},
    "fields without names": {"dialect": {"header": False}, "schema": {"fields": [{}]}},
    "odd line ends": {"dialect": {"lineTerminator": "|"}},
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_followed_is_refused_and_says_what_to_do(name: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(written(), **REFUSED[name])
    (problem,) = refused.value.problems
    assert problem.sheet == "t"
    assert problem.found
    assert problem.action.endswith(".")


def test_bytes_that_are_not_in_the_encoding_are_told_by_their_row() -> None:
    with pytest.raises(UnreadableError) as refused:
        read(b"name,note\nA,1\nB,\x81\n", encoding="cp1252")
    (problem,) = refused.value.problems
    assert problem.row == 3
    assert "encoding" in problem.action
