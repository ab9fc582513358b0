"""What one session brought has no address: no route of the server, known or guessed, shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.export.brief import address, profile_of
from components.ui import cache, overlay
from data import Catalogue
from data.own import OwnData
from server import ROUTES
from server.api_resource import ROOT
from tests.components.test_exhibits_own import brought

OWN = ("example-alliance", "example-beds", "own-file-1", "(your own)", "Example Alliance")


@pytest.fixture(scope="module")
def data(catalogue: Catalogue) -> OwnData:
    return brought(catalogue)


@pytest.fixture(scope="module")
def client(data: OwnData) -> Iterator[TestClient]:
    """The server while some session, on whatever thread, holds own rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.session_state", {overlay._STATE: data})
        assert overlay.current() is None, "outside a script there is no session"
        with TestClient(Starlette(routes=ROUTES)) as made:
            yield made


def test_nothing_that_the_interface_gives_has_own_rows(client: TestClient) -> None:
    paths = [f"/tables/{name}" for name in cache.shared()[0].frames]
    paths += [f"/exhibits/{key}" for key in ("outcome-list", "footprint-map", "delegation-intent")]
    paths += ["/sources", "/schema", "/openapi.json"]
    for path in paths:
        text = client.get(f"{ROOT}{path}").text
        assert not [word for word in OWN if word in text], path


def test_ids_of_own_rows_lead_nowhere(client: TestClient, data: OwnData) -> None:
    brief = address(profile_of(data.catalogue, "collaborative", "example-alliance"))
    refused = {
        f"/{brief}": 404,
        f"{ROOT}/sources/own-file-1": 404,
        f"{ROOT}/tables/collaboratives?collaborative=example-alliance": 400,
        f"{ROOT}/exhibits/outcome-list?collaborative=example-alliance": 400,
    }
    assert {path: client.get(path).status_code for path in refused} == refused


def test_a_talk_is_told_of_shared_rows_only(client: TestClient) -> None:
    room = client.post("/live", json={"story": "where-collaboratives-are", "step": 1}).json()
    for path in (f"/follow/{room['code']}", f"/presenter/{room['code']}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert not [word for word in OWN if word in answer.text]
    subject = {"story": "your-system", "subject": "collaborative=example-alliance", "step": 1}
    assert client.post("/live", json=subject).status_code == 400
