"""What a browser may do with the pages, and how the web client reaches it."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from server.headers import FIXED, SecurityHeaders, inline_hashes, policy
from server.packed import PackedStatic

CLIENT = Path(st.__file__).parent / "static"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    routes = [
        Route("/", lambda _: PlainTextResponse("page")),
        Route("/own", lambda _: PlainTextResponse("x", headers={"Referrer-Policy": "origin"})),
        Mount("/static", StaticFiles(directory=CLIENT / "static")),
    ]
    middleware = [
        Middleware(SecurityHeaders, page=CLIENT / "index.html"),
        Middleware(PackedStatic, folder=CLIENT),
    ]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as made:
        yield made


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for path in ("/", "/nothing", "/static/nothing.js"):
        headers = client.get(path).headers
        assert {name: headers[name] for name in FIXED} == FIXED
        assert "default-src 'self'" in headers["content-security-policy"]


def test_a_route_may_say_otherwise(client: TestClient) -> None:
    assert client.get("/own").headers["referrer-policy"] == "origin"


def test_no_script_is_evaluated_or_fetched_from_elsewhere() -> None:
    directives = dict(part.split(" ", 1) for part in policy(("'sha256-x'",)).split("; "))
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval' 'sha256-x'"
    assert directives["frame-ancestors"] == "'self'"
    assert directives["object-src"] == "'none'"
    assert not re.search(r"'unsafe-eval'|https?:|\*", policy())


def test_the_inline_script_of_the_web_client_is_named() -> None:
    page = (CLIENT / "index.html").read_text(encoding="utf-8")
    outside_comments = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    assert len(inline_hashes(page)) == outside_comments.count("<script>") >= 1
    # The checksum of "alert(1)", worked out with openssl.
    assert inline_hashes("<!-- <script>no</script> --><script>alert(1)</script>") == (
        "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
    )


def test_scripts_arrive_packed_and_are_kept_for_a_year(client: TestClient) -> None:
    largest = max((CLIENT / "static" / "js").glob("*.js"), key=lambda p: p.stat().st_size)
    path = f"/static/js/{largest.name}"
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith(("text/javascript", "application/javascript"))
    assert gzip.decompress(raw) == largest.read_bytes()
    assert len(raw) < 0.4 * largest.stat().st_size
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == largest.read_bytes()


@pytest.mark.parametrize(
    "path", ["/static/../index.html", "/static/%2e%2e/index.html", "/static//etc/passwd"]
)
def test_only_files_of_the_web_client_are_served(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"accept-encoding": "gzip"}).status_code == 404
