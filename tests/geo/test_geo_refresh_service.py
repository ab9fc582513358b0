"""Fetching from a feature service: paging, what ArcGIS calls an error, and a network that fails."""

import json
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from geo import refresh_http
from geo.errors import GeoError
from geo.refresh_http import Client
from geo.refresh_service import fetch, layer_url


def _client(**limits: Any) -> Client:
    return Client(**{"timeout_s": 5.0, "wait_s": 0.0, **limits})


def _codes(service: Any, **options: Any) -> list[str]:
    found = fetch(service.url, 42, _client(), **options)
    return found.frame["ICB23CD"].tolist()


def _fails(service: Any, client: Client | None = None, **options: Any) -> str:
    with pytest.raises(GeoError) as caught:
        fetch(service.url, 42, client or _client(), **options)
    message = str(caught.value)
    assert message.startswith("Expected ")
    assert "found " in message
    return message


@pytest.mark.parametrize("flag", ["properties", "top", "none"])
@pytest.mark.parametrize(("asked", "most", "pages"), [(10, 2000, 5), (50, 2000, 1), (10, 7, 6)])
def test_every_area_comes_once_whatever_the_paging(
    service: Any, flag: str, asked: int, most: int, pages: int
) -> None:
    service.flag, service.most_a_page = flag, most
    assert _codes(service, page_size=asked) == [
        feature["properties"]["ICB23CD"] for feature in service.features
    ]
    assert len(service.pages) == pages


def test_pages_are_asked_for_in_order_and_in_degrees(service: Any) -> None:
    _codes(service, page_size=20)
    assert [page["resultOffset"] for page in service.pages] == ["0", "20", "40"]
    assert {
        (page["f"], page["outSR"], page["orderByFields"], page["where"], page["resultRecordCount"])
        for page in service.pages
    } == {("geojson", "4326", "OBJECTID", "1=1", "20")}


def test_service_without_paging_is_asked_once(service: Any) -> None:
    service.info = {"advancedQueryCapabilities": {"supportsPagination": False}}
    assert len(_codes(service)) == 42
    assert ["resultOffset" in page for page in service.pages] == [False]


def test_empty_page_is_passed_over_when_the_service_has_more(service: Any) -> None:
    empty = json.dumps({"type": "FeatureCollection", "features": [], "exceededTransferLimit": True})
    service.features = [*service.features[:10], *[None] * 10, *service.features[10:]]
    service.count = 42
    service.fault = lambda number: empty if number == 1 else None
    assert len(set(_codes(service))) == 42


def test_what_the_service_says_of_itself_is_kept(service: Any) -> None:
    found = fetch(f"{service.url}/query?where=1%3D1&token=secret&f=geojson", 42, _client())
    assert found.source == service.url
    assert found.label == "layer ICB_APR_2023_EN_BSC"
    assert found.date == "2023-07-22"
    assert found.copyright is not None
    assert found.copyright.startswith("Source: Office for National Statistics licensed")
    assert found.frame.crs.to_epsg() == 4326


@pytest.mark.parametrize("edited", [None, {}, {"lastEditDate": "soon"}, {"lastEditDate": -1}])
def test_date_that_is_not_stated_stays_empty(service: Any, edited: object) -> None:
    service.info = {"editingInfo": edited, "copyrightText": ""}
    found = fetch(service.url, 42, _client())
    assert (found.date, found.copyright) == (None, None)


BUSY = json.dumps({"error": {"code": 504, "message": "busy", "details": []}})


@pytest.mark.parametrize(
    "fault", ["cut", "cut without length", "reset", "500", "503", "429", "{not json", BUSY]
)
def test_fault_midway_is_passed_over_by_asking_again(service: Any, fault: str) -> None:
    service.fault = lambda number: fault if number in {2, 3} else None
    assert len(set(_codes(service))) == 42
    assert [page["resultOffset"] for page in service.pages].count("20") == 3


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("cut", "an answer cut off after"),
        ("cut without length", "that are not whole JSON"),
        ("reset", "a broken connection"),
        ("502", "the answer 502"),
        (BUSY, "the service's error 504 (busy)"),
    ],
)
def test_fault_that_stays_is_reported_after_three_attempts(
    service: Any, fault: str, found: str
) -> None:
    service.fault = lambda number: fault if number >= 2 else None
    message = _fails(service)
    assert found in message
    assert "3 times. Check the connection" in message
    assert len(service.pages) == 2 + 3


def test_silence_ends_after_the_timeout(service: Any) -> None:
    service.fault = lambda _: "slow"
    begun = time.monotonic()
    message = _fails(service, _client(timeout_s=0.1, attempts=2))
    assert "no answer within 0.1 seconds, 2 times" in message
    assert time.monotonic() - begun < 5


def test_answer_that_never_ends_is_given_up(service: Any) -> None:
    service.fault = lambda _: "drip"
    message = _fails(service, _client(request_s=0.1, attempts=1))
    assert "no end of the answer within 0.1 seconds" in message


def test_attempts_are_spaced_out(service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    # Its own clock: other threads sleep, too.
    clock = SimpleNamespace(sleep=waited.append, monotonic=time.monotonic)
    monkeypatch.setattr(refresh_http, "time", clock)
    service.fault = lambda _: "503"
    _fails(service, _client(wait_s=1.0))
    assert waited == [1.0, 2.0]


def test_nobody_answers(service: Any) -> None:
    service.url = "http://127.0.0.1:9/FeatureServer/0"
    assert "no connection (" in _fails(service)


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("404", "the answer 404"),
        ("403", "the answer 403"),
        (
            json.dumps({"error": {"code": 400, "message": "Bad", "details": ["'f' is bad"]}}),
            "the service's error 400 (Bad 'f' is bad)",
        ),
        (json.dumps({"error": {"code": 499, "message": "Token Required"}}), "499 (Token Required)"),
        (json.dumps({"error": "no"}), "the service's error (no)"),
        ("<html>Sign in</html>", "found a web page"),
        ("[1, 2]", "found list"),
        ('{"features": 3}', "GeoJSON features from layer"),
        ('{"type": "FeatureCollection", "features": [7]}', "some that cannot be read"),
    ],
)
def test_refusal_is_final_and_not_asked_again(service: Any, fault: str, found: str) -> None:
    service.features = service.features[:1]
    service.fault = lambda _: fault
    assert found in _fails(service)
    assert len(service.pages) == 1


def test_control_characters_of_a_service_do_not_reach_the_terminal(service: Any) -> None:
    service.fault = lambda _: json.dumps({"error": {"code": 400, "message": "\x1b[2J\nx" * 999}})
    message = _fails(service)
    assert message.isprintable()
    assert len(message) < 800


def test_too_large_answer_is_stopped(service: Any) -> None:
    message = _fails(service, _client(max_bytes=60_000))
    assert "at most 0.06 MB" in message
    assert "--max-mb" in message


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"geometryType": "esriGeometryPoint"}, "a layer of point shapes"),
        ({"geometryType": None}, "no layer with shapes"),
        (
            {"geometryType": None, "layers": [{"id": 0, "name": "ICB"}, {"id": 1, "name": "X"}]},
            "a service with the layers 0 ICB, 1 X",
        ),
    ],
)
def test_wrong_layer_is_not_fetched(service: Any, change: dict[str, Any], found: str) -> None:
    service.info = change
    assert found in _fails(service)
    assert service.pages == []


@pytest.mark.parametrize(
    ("count", "found"), [(35_672, "35,672 features"), (0, "0 features"), (-1, "-1 features")]
)
def test_layer_of_another_size_is_not_fetched(service: Any, count: int, found: str) -> None:
    service.count = count
    message = _fails(service)
    assert f"Expected about 42 areas in layer ICB_APR_2023_EN_BSC, found {found}" in message
    assert service.pages == []


def test_fewer_areas_than_the_service_states(service: Any) -> None:
    service.count = 44
    message = _fails(service)
    assert "Expected the 44 features" in message
    assert "found 42" in message


def test_service_that_repeats_its_first_page_is_noticed(service: Any) -> None:
    first: Callable[[Any], Any] = service.page
    service.page = lambda query: first(query | {"resultOffset": "0"})
    message = _fails(service)
    assert "found 50" in message
    assert len(service.pages) == 5


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        ("https://host/a/FeatureServer/0", "https://host/a/FeatureServer/0"),
        (" http://host:81/a/FeatureServer/12/ ", "http://host:81/a/FeatureServer/12"),
        ("https://host/a/MapServer/0/query?f=json&token=x", "https://host/a/MapServer/0"),
        ("https://name:word@host/a/FeatureServer/0#x", "https://host/a/FeatureServer/0"),
        ("http://[::1]:80/a/FeatureServer/0", "http://[::1]:80/a/FeatureServer/0"),
    ],
)
def test_address_is_tidied(given: str, tidied: str) -> None:
    assert layer_url(given) == tidied


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("ftp://host/a/FeatureServer/0", "the http or https address"),
        ("file:///etc/passwd/0", "the http or https address"),
        ("https:///FeatureServer/0", "the http or https address"),
        ("https://host:port/a/0", "the http or https address"),
        ("http://[host/a/0", "the http or https address"),
        ("https://host/a/FeatureServer", "ends in the number of a layer"),
        ("https://host/a/FeatureServer/0/1x", "ends in the number of a layer"),
    ],
)
def test_what_is_no_layer_is_refused(given: str, found: str) -> None:
    with pytest.raises(GeoError, match=found):
        layer_url(given)
