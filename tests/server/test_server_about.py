"""The routes beside the pages."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import Catalogue
from server import ROUTES


def test_about_says_which_tables_are_served(catalogue: Catalogue) -> None:
    answer = TestClient(Starlette(routes=ROUTES)).get("/about.json")
    assert answer.status_code == 200
    body = answer.json()
    assert body["version"] == catalogue.schema.version
    assert body["rows"] == {name: len(frame) for name, frame in catalogue.frames.items()}
    assert body["problems"] == []
