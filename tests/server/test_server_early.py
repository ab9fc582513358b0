"""The script in the head of Streamlit's page, and nothing else changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.early import SCRIPT, EarlyScript

PAGE = Path(st.__file__).parent / "static" / "index.html"
READER = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    plain = PAGE.read_text(encoding="utf-8")
    # As long as the page, and another one.
    other = plain.replace("Streamlit", "Streamlot")
    routes = [
        Route("/benefits", lambda _: FileResponse(PAGE)),
        Route("/other", lambda _: HTMLResponse(other)),
    ]
    middleware = [Middleware(EarlyScript, page=PAGE)]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as made:
        yield made


def test_the_page_has_the_script_before_streamlits_own(client: TestClient) -> None:
    said = client.get("/benefits", headers=READER)
    assert said.text.count(SCRIPT) == 1
    assert said.text.index(SCRIPT) < said.text.index('type="module"')
    assert said.text.replace(f"{SCRIPT}\n    ", "") == PAGE.read_text(encoding="utf-8")
    assert int(said.headers["content-length"]) == len(said.content)


def test_a_browser_that_kept_the_page_without_it_gets_the_page_with_it(client: TestClient) -> None:
    kept = {"if-none-match": str(FileResponse(PAGE, stat_result=PAGE.stat()).headers["etag"])}
    said = client.get("/benefits", headers={**READER, **kept})
    assert said.status_code == 200
    assert SCRIPT in said.text
    assert said.headers["etag"] != kept["if-none-match"]


def test_another_page_passes_as_it_is(client: TestClient) -> None:
    said = client.get("/other", headers=READER)
    assert SCRIPT not in said.text
    assert "Streamlot" in said.text
