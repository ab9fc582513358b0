"""A feature service on loopback, as ONS's Open Geography portal answers, with faults on demand."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.boundaries_io import BOUNDARIES

LAYER = "/arcgis/rest/services/ICB_APR_2023_EN_BSC/FeatureServer/0"
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2023."
)


@lru_cache(maxsize=1)
def _features() -> str:
    text = (BOUNDARIES / "icb_2023_coarse.geojson").read_text(encoding="utf-8")
    return json.dumps(
        [
            {
                "type": "Feature",
                "id": number,
                "properties": {
                    "OBJECTID": number,
                    "ICB23CD": feature["properties"]["icb_code"],
                    "ICB23NM": feature["properties"]["name"],
                },
                "geometry": feature["geometry"],
            }
            for number, feature in enumerate(json.loads(text)["features"], start=1)
        ]
    )


def icb_features() -> list[dict[str, Any]]:
    """The embedded coarse ICBs as a service gives them; a fresh copy each time."""
    features: list[dict[str, Any]] = json.loads(_features())
    return features


@dataclass
class Service:
    """What the service on loopback has and how it answers.

    ``fault`` is asked before every page, with the number of the request for a page (0, 1, ...):
    it returns None for a good answer, or what to do instead.
    """

    features: list[dict[str, Any]] = field(default_factory=icb_features)
    info: dict[str, Any] = field(default_factory=dict)
    count: int | None = None
    most_a_page: int = 2000
    flag: str = "properties"
    fault: Callable[[int], str | None] = lambda _: None
    pages: list[dict[str, str]] = field(default_factory=list)
    requests: int = 0
    url: str = ""

    def layer(self) -> dict[str, Any]:
        return {
            "name": "ICB_APR_2023_EN_BSC",
            "geometryType": "esriGeometryPolygon",
            "objectIdField": "OBJECTID",
            "maxRecordCount": self.most_a_page,
            "copyrightText": f"<p>{ATTRIBUTION}</p>",
            "editingInfo": {"lastEditDate": 1_690_000_000_000},
            "advancedQueryCapabilities": {"supportsPagination": True},
        } | self.info

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        start = int(query.get("resultOffset", 0))
        size = min(int(query.get("resultRecordCount", 10**6)), self.most_a_page)
        found = self.features[start : start + size]
        document: dict[str, Any] = {"type": "FeatureCollection", "features": found}
        if start + size < len(self.features):
            if self.flag == "properties":
                document["properties"] = {"exceededTransferLimit": True}
            elif self.flag == "top":
                document["exceededTransferLimit"] = True
        return document


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.service.requests += 1
        if parts.path == LAYER:
            self._send(json.dumps(self.service.layer()).encode())
        elif parts.path != f"{LAYER}/query":
            self._send(b"no such page", 404)
        elif query.get("returnCountOnly") == "true":
            stated = self.service.count
            count = len(self.service.features) if stated is None else stated
            self._send(json.dumps({"count": count}).encode())
        else:
            self.service.pages.append(query)
            body = json.dumps(self.service.page(query)).encode()
            self._answer(self.service.fault(len(self.service.pages) - 1), body)

    def _answer(self, fault: str | None, body: bytes) -> None:
        if fault is None:
            self._send(body)
        elif fault == "cut":  # fewer bytes than stated, then the connection is gone
            self._send(body[: len(body) // 2], length=len(body))
            self.close_connection = True
        elif fault == "cut without length":
            self._send(body[: len(body) // 2], length=-1)
            self.close_connection = True
        elif fault == "reset":
            self.connection.close()
        elif fault == "slow":
            time.sleep(1.0)
            self.connection.close()
        elif fault == "drip":  # a byte now and then: never silent, never done
            self._send(b"", length=len(body))
            for _ in range(50):
                self.wfile.write(b" ")
                time.sleep(0.02)
            self.close_connection = True
        elif fault.isdigit():
            self._send(b"<html>gone wrong</html>", int(fault))
        else:
            self._send(fault.encode())

    def _send(self, body: bytes, status: int = 200, length: int | None = None) -> None:
        self.send_response(status)
        if length is None or length >= 0:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: a test that wants to know looks at the service."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that goes away is part of the test."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service with the 42 ICBs, changed by the test before it is asked."""
    monkeypatch.setenv("no_proxy", "*")
    with serving(Service()) as running:
        yield running


class serving:  # noqa: N801 (read as a word: `with serving(...)`)
    """Run a service on a free port of loopback."""

    def __init__(self, service: Service) -> None:
        handler = type("Handler", (_Handler,), {"service": service})
        self.server = _Server(("127.0.0.1", 0), handler)
        service.url = f"http://127.0.0.1:{self.server.server_port}{LAYER}"
        self.service = service

    def __enter__(self) -> Service:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self.service

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
