"""Below a path and behind a proxy, every address that the server tells leads back to it."""

from collections.abc import Iterator
from html import unescape

import pytest
import segno
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from components import public_url
from server import ROUTES
from server.present_rooms import ROOMS
from server.root import below

FORWARDED = {
    "x-forwarded-proto": "https",
    "x-forwarded-host": "evil.example, atlas.example.org",
    "x-forwarded-prefix": "/tools/",
}


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("PUBLIC_URL", "TRUST_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield
    public_url.serve_below("")


@pytest.fixture
def client() -> Iterator[TestClient]:
    path = public_url.serve_below("atlas/")
    page = Route("/{rest:path}", lambda _: PlainTextResponse("page of Streamlit"))
    with TestClient(Starlette(routes=[*below(path, ROUTES), page])) as made:
        yield made


def test_only_own_routes_are_taken_out_of_what_lies_below_the_path(client: TestClient) -> None:
    for path in ("/atlas/", "/atlas/delegation", "/atlas/static/x.js", "/api/v1", "/about.json"):
        assert client.get(path).text == "page of Streamlit", path
    for path in ("/atlas/api/v1", "/atlas/about.json", "/atlas/follow", "/atlas/api/v1/tables/x"):
        assert client.get(path).text != "page of Streamlit", path


def test_every_address_in_an_answer_leads_on(client: TestClient) -> None:
    index = client.get("/atlas/api/v1").json()
    listed = client.get(index["links"]["tables"]).json()["tables"]
    page = client.get(listed[0]["url"], params={"limit": 1})
    told = [index["description"], *index["links"].values(), *(t["url"] for t in listed)]
    told += [link["url"] for rel, link in page.links.items() if rel != "license"]
    assert all(url.startswith("/atlas/api/v1/") for url in told)
    for url in (page.links["next"]["url"], page.links["service-desc"]["url"], index["description"]):
        assert client.get(url).status_code == 200, url
    (server,) = client.get(index["description"]).json()["servers"]
    assert client.get(f"{server['url']}/tables").status_code == 200
    wrong = client.get("/atlas/api/v1/nothing").json()
    assert wrong["instance"] == "/atlas/api/v1/nothing"
    assert "http://testserver/atlas/api/v1/openapi.json" in wrong["detail"]


def citation(client: TestClient, headers: dict[str, str] | None = None) -> str:
    return client.get("/atlas/api/v1/exhibits/challenges/citation", headers=headers).text


def test_what_a_proxy_is_said_to_say_counts_only_where_it_is_trusted(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "http://testserver/atlas/api/v1/exhibits/challenges" in citation(client, FORWARDED)
    monkeypatch.setenv("TRUST_PROXY", "1")
    told = citation(client, FORWARDED)
    assert "https://atlas.example.org/tools/atlas/api/v1/exhibits/challenges" in told
    assert "evil" not in told
    bad = {"x-forwarded-proto": "javascript", "x-forwarded-host": "a b", "x-forwarded-prefix": "x"}
    assert "http://testserver/atlas/api/v1/exhibits/challenges" in citation(client, bad)


def test_the_public_address_wins(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUST_PROXY", "1")
    monkeypatch.setenv("PUBLIC_URL", "https://example.org/nhs/")
    assert "https://example.org/nhs/api/v1/exhibits/challenges" in citation(client, FORWARDED)
    links = client.get("/atlas/api/v1", headers=FORWARDED).json()["links"]
    assert links["tables"] == "/nhs/api/v1/tables"
    room, _ = ROOMS.open("challenge", "", 3, 1)
    drawn = client.get(f"/atlas/live/{room.code}/qr.svg").text
    path = segno.make(f"https://example.org/nhs/follow/{room.code}", error="m").svg_inline(
        scale=8, border=2, dark="#212B32", light="#FFFFFF", omitsize=True
    )
    assert path.split("<path", 1)[1] in unescape(drawn)


def test_a_talk_is_told_of_in_words_below_a_path(client: TestClient) -> None:
    answer = client.get("/atlas/follow/ZZZZZ")
    assert answer.status_code == 404
    assert "<h1>Not here</h1>" in answer.text


@pytest.mark.parametrize("path", ["a b", "a/../../b?", "<b>", "a//b"])
def test_a_path_that_is_none_stops_the_start(path: str) -> None:
    with pytest.raises(ValueError, match="expected plain words with slashes between"):
        public_url.serve_below(path)


@pytest.mark.parametrize("told", ["example.org", "ftp://a.b", "https://", "https://a.b/?x=1"])
def test_a_public_address_that_is_none_is_told(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", told)
    with pytest.raises(ValueError, match=r"PUBLIC_URL is .*; expected an address such as"):
        public_url.public_root()
