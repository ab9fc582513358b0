"""Whatever is asked below /api/, and however oddly, gets an answer of the interface's own."""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Iterator

import pytest

from server.api_answer import FORMATS
from tests.server.conftest import Raw, Send

PROBLEM = "application/problem+json"
ROOT = "/api/v1"
TABLE = f"{ROOT}/tables/outcomes"
PACKED = ("parquet", "xlsx")
TEXTUAL = ("csv", "json")


def odd_paths() -> Iterator[str]:
    """Targets that lead nowhere: places on a disk, broken escapes, other versions, line ends."""
    pieces = (
        "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "..%5c..%5cwindows", "%00", "outcomes%00",
        "%ff%fe", "%zz", "%", "%c0%ae%c0%ae", "a%0d%0aSet-Cookie:x", "%0a", "~root", "C:%5cx",
        "%5c%5cserver%5cshare", "//server", "outcomes/", "outcomes//", "Outcomes", "%20", "*",
        "outcomes;x=1", "{name}", "%7Bname%7D", "%C3%A9", "%F0%9F%92%A5", "x" * 3000, "con", ".",
        "__proto__", "<script>", "'or''='", "${x}", "%252e%252e%252f",
    )  # fmt: skip
    for place, piece in itertools.product(("tables", "exhibits", "sources"), pieces):
        yield f"{ROOT}/{place}/{piece}"
    for piece in pieces:
        yield f"{ROOT}/{piece}"
        yield f"{ROOT}/boundaries/icb/2023/{piece}"
    yield from ("/api", "/api/", "/api/v2", "/api/v2/tables", "/api/v1x", "/api/v1;x", "/api//v1")
    yield f"{ROOT}//tables"
    yield f"{ROOT}/tables/"
    dice = random.Random(6)
    letters = "abc/.%2e\\~:;=&<>'\"{}|^`@!$()*+,-_019"
    for _ in range(200):
        yield f"{ROOT}/" + "".join(dice.choice(letters) for _ in range(dice.randint(2, 30)))


def odd_queries() -> Iterator[str]:
    """Questions that no address of the interface takes."""
    for name in ("%ff", "%00", "%", "", "[]", "__proto__", "Sector", "format[]", "%C3%A9"):
        yield f"{TABLE}?{name}=1"
    for value in ("%ff", "%00", "%0d%0ax", "%", "..%2f", "'", "x" * 3000, "%F0%9F%92%A5"):
        for name in ("sector", "format", "limit", "offset", "vintage", "notes", "sort"):
            yield f"{TABLE}?{name}={value}"
    yield f"{TABLE}?limit=1;offset=2"
    yield f"{TABLE}?{'x' * 30_000}"
    yield f"{TABLE}?format=json&notes=yes"


def check(answer: Raw, status: int, what: str, *, has_body: bool = True) -> None:
    """Whether an answer is a problem as it is promised."""
    assert answer.status == status, what
    assert answer.headers["content-type"] == PROBLEM, what
    assert answer.headers["access-control-allow-origin"] == "*", what
    assert "set-cookie" not in answer.headers, what
    if has_body:
        body = json.loads(answer.body)
        assert body["status"] == status, what
        assert body["title"], what
        assert body["detail"].rstrip().endswith("."), what
        assert body["instance"].startswith("/api"), what


def test_every_odd_path_is_a_problem(send: Send) -> None:
    paths = list(dict.fromkeys(odd_paths()))
    assert len(paths) > 300
    for path in paths:
        check(send(path), 404, path)


def test_every_odd_question_is_a_problem(send: Send) -> None:
    for path in odd_queries():
        check(send(path), 414 if len(path) > 4100 else 400, path)


@pytest.mark.parametrize("path", ["/api", ROOT, f"{ROOT}/", f"{ROOT}/tables", TABLE])
def test_every_odd_method_is_a_problem(send: Send, path: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO", "get"):
        answer = send(path, method)
        check(answer, 405 if path != "/api" else 404, f"{method} {path}")
        assert path == "/api" or answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_head_tells_the_same_problem_without_its_words(send: Send) -> None:
    for path, status in ((f"{ROOT}/nothing", 404), (f"{TABLE}?x=1", 400), (f"{ROOT}/a%0ab", 404)):
        answer = send(path, "HEAD")
        check(answer, status, path, has_body=False)
        assert answer.body == b""
    assert send(f"{ROOT}/nothing", "OPTIONS").status == 404
    assert send(TABLE, "OPTIONS").status == 204


def test_odd_headers_are_answered(send: Send) -> None:
    fine = ("Accept:", "Accept: ", "If-None-Match:", 'If-None-Match: "', "Range: bytes=0-10",
            "Content-Length: 0", "Cookie: " + "a" * 9000, "X-Forwarded-Host: evil.example",
            "Accept-Encoding: *;q=0", "Accept-Encoding: nonsense")  # fmt: skip
    for header in fine:
        answer = send(f"{TABLE}?limit=3", "GET", header)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json"), header
        assert b"evil" not in answer.body
    for header in ("Accept: ;;;", "Accept: image/png", "Accept: \xe9", "Accept: text/csv;q=x"):
        check(send(TABLE, "GET", header), 406, header)


@pytest.mark.parametrize("name", [*PACKED, *TEXTUAL])
def test_one_tag_stands_for_the_same_bytes_always(send: Send, name: str) -> None:
    """A strong one, as RFC 9110 has it: what is packed is other bytes and has another tag."""
    path = f"{TABLE}?format={name}"
    plain, packed = send(path), send(path, "GET", "Accept-Encoding: gzip, deflate, br")
    assert plain.headers["content-type"].split(";")[0] == FORMATS[name].mime
    assert "content-encoding" not in plain.headers
    assert (packed.headers.get("content-encoding") == "gzip") == (name in TEXTUAL)
    same_bytes = plain.body == packed.body
    assert same_bytes == (plain.headers["etag"] == packed.headers["etag"])
    unpacked = packed.body if same_bytes else gzip.decompress(packed.body)
    assert unpacked == plain.body
    for answer, encoding in ((plain, "identity"), (packed, "gzip")):
        assert not answer.headers["etag"].startswith("W/")
        assert "Accept-Encoding" in answer.headers["vary"]
        ask = ("GET", f"Accept-Encoding: {encoding}")
        for tag in (answer.headers["etag"], f"W/{answer.headers['etag']}", "*"):
            again = send(path, *ask, f"If-None-Match: {tag}")
            assert (again.status, again.body) == (304, b""), tag
            assert again.headers["etag"] == answer.headers["etag"]
        assert send(path, *ask, 'If-None-Match: "other"').status == 200


def test_nothing_is_packed_for_who_refuses_it(send: Send) -> None:
    for accept in ("gzip;q=0", "identity", "br", "xgzip"):
        answer = send(TABLE, "GET", f"Accept-Encoding: {accept}")
        assert "content-encoding" not in answer.headers, accept
        assert json.loads(answer.body)["table"] == "outcomes"
