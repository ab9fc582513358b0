"""Every table and every exhibit, in every format: what must be said of the rows is with them."""

from __future__ import annotations

import csv
import io
import json
import math
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

import pyarrow.parquet as pq
import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.exhibits import REGISTRY
from components.export.columnar import METADATA_KEY
from components.export.holding import LICENCE, LICENCE_URL
from data import Catalogue, load_catalogue
from data.query import value_label
from data.table_filters import table_responds_to
from geo.boundaries_io import ATTRIBUTION
from server import ROUTES

ROOT = "/api/v1"
# Dimension -> a value that leaves rows of most, the first that acts is tried.
FILTERS = {
    "sector": "acute", "region": "E40000003", "tier": "organisation_page",
    "wave": "nov-2022", "benefit": "efficiency_and_scale", "status": "achieved",
    "vintage": "2026", "organisation": "QJK",
}  # fmt: skip
CHOSEN = {
    "compare-collaboratives": {"collaborative": "acute-hospitals-alliance,wyaat"},
    "compare-systems": {"icb": "E54000008,E54000054"},
    "system-map": {"icb": "E54000008"},
    "collaborative-footprint": {"collaborative": "wyaat"},
}
TABLES = tuple(load_catalogue().frames)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES)) as made:
        yield made


def _book(body: bytes) -> str:
    """The notes and the sources of a workbook, not its rows."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        names = [f"xl/worksheets/sheet{n}.xml" for n in (2, 3)]
        cells = [c for name in names for c in fromstring(parts.read(name)).iter()]
    return " ".join(c.text or "" for c in cells if c.tag.endswith("}t"))


def _json(body: bytes) -> str:
    said = json.loads(body)
    return json.dumps({k: v for k, v in said.items() if k != "rows"}, ensure_ascii=False)


def _geojson(body: bytes) -> str:
    said = json.loads(body)
    return json.dumps({k: v for k, v in said.items() if k != "features"}, ensure_ascii=False)


def _gpkg(body: bytes) -> str:
    base = sqlite3.connect(":memory:")
    base.deserialize(body)
    rows = base.execute("select in_words from notes").fetchall()
    rows += base.execute("select title from sources").fetchall()
    return " ".join(str(row[0]) for row in rows)


def _parquet(body: bytes) -> str:
    said = json.loads(pq.read_schema(io.BytesIO(body)).metadata[METADATA_KEY])
    return json.dumps(said, ensure_ascii=False)


INSIDE: dict[str, Callable[[bytes], str]] = {
    "json": _json, "xlsx": _book, "parquet": _parquet, "geojson": _geojson, "gpkg": _gpkg,
}  # fmt: skip


def asked(reached: frozenset[str], exhibit_id: str = "") -> dict[str, str]:
    if exhibit_id in CHOSEN:
        return CHOSEN[exhibit_id]
    return next(({d: v} for d, v in FILTERS.items() if d in reached), {})


def check(
    client: TestClient, catalogue: Catalogue, path: str, query: dict[str, str], formats: list[str]
) -> None:
    """Day, filters, sources and licence are found in every format."""
    body = client.get(path, params=query).json()
    titles = [c["title"] for c in body["citations"]]
    assert titles or not body["rows"] or not any("source_id" in r for r in body["rows"]), path
    words = [value_label(catalogue, d, v) for d, vs in query.items() for v in vs.split(",")]
    today = datetime.now(UTC).date().isoformat()

    def holds(said: str, form: str) -> None:
        # JSON names filters by their values: its words are those of the question.
        wanted = [
            today,
            *titles,
            *(words if form != "json" else ",".join(query.values()).split(",")),
        ]
        lacking = [w for w in wanted if w not in said]
        assert lacking == [], f"{form} of {path}"
        assert LICENCE in said, f"licence of {form} of {path}"

    for form in formats:
        answer = client.get(path, params={**query, "format": form})
        assert answer.status_code == 200, answer.text
        holds(INSIDE[form](answer.content), form)
        if form in {"geojson", "gpkg"}:
            assert ATTRIBUTION in INSIDE[form](answer.content), form
    check_csv(client, path, query, holds)


def check_csv(
    client: TestClient, path: str, query: dict[str, str], holds: Callable[[str, str], None]
) -> None:
    """CSV names where it is told, in the terms of CSV on the Web, and can hold it itself."""
    answer = client.get(path, params={"format": "csv", **query})
    assert answer.links["license"]["url"] == LICENCE_URL
    link = answer.links["describedby"]
    assert link["type"] == "application/csvm+json"
    described = client.get(link["url"])
    assert described.headers["content-type"] == "application/csvm+json"
    said = described.json()
    holds(json.dumps(said, ensure_ascii=False), "csvw")
    # Metadata of another address are to be left aside: it is the same, values in their order.
    assert said["url"] == str(answer.url).replace("%2C", ",")
    header = next(csv.reader(io.StringIO(answer.text)))
    assert [c["titles"] for c in said["tableSchema"]["columns"]] == header
    typed(answer, said)
    noted = client.get(path, params={"format": "csv", "notes": "yes", **query}).content
    rows = list(csv.DictReader(io.StringIO(noted.decode("utf-8-sig"))))
    for row in rows[:3]:
        assert row["taken_on"] == said["dc:date"]
        assert LICENCE in row["terms"]
        assert all(word in row["taken_from"] for word in said["notes"][0]["filters"].values())


def typed(answer: Response, said: dict[str, object]) -> None:
    """Every cell is what its column is said to be."""
    schema = said["tableSchema"]
    assert isinstance(schema, dict)
    kinds = {c["name"]: c["datatype"] for c in schema["columns"]}
    for row in csv.DictReader(io.StringIO(answer.text)):
        for name, cell in row.items():
            kind = kinds[name]
            if cell and isinstance(kind, dict):
                assert cell in str(kind["format"]).split("|"), (name, cell)
            elif cell and kind == "integer":
                assert str(int(cell)) == cell, (name, cell)
            elif cell and kind == "number":
                assert math.isfinite(float(cell)), (name, cell)
            elif cell and kind == "date":
                assert datetime.fromisoformat(cell), (name, cell)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_it_in_every_format(
    client: TestClient, catalogue: Catalogue, name: str
) -> None:
    query = asked(table_responds_to(name))
    check(client, catalogue, f"{ROOT}/tables/{name}", query, ["json", "parquet", "xlsx"])


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_an_exhibit_says_it_in_every_format(
    client: TestClient, catalogue: Catalogue, exhibit_id: str
) -> None:
    query = asked(REGISTRY[exhibit_id].responds_to, exhibit_id)
    path = f"{ROOT}/exhibits/{exhibit_id}"
    is_map = client.get(path, params={**query, "format": "gpkg"}).status_code == 200
    shapes = ["geojson", "gpkg"] if is_map else []
    check(client, catalogue, path, query, ["json", "parquet", "xlsx", *shapes])


def test_metadata_follow_the_page_and_the_order_of_the_rows(client: TestClient) -> None:
    path = f"{ROOT}/tables/outcomes?format=csv&sector=acute&sort=-value&limit=5&offset=5"
    answer = client.get(path)
    said = client.get(answer.links["describedby"]["url"]).json()
    assert said["url"] == str(answer.url)
    assert said["tableSchema"]["primaryKey"] == ["outcome_id"]
    assert "notes=yes" in client.get(f"{path}&notes=yes").links["next"]["url"]


def test_a_set_of_boundaries_as_csv_names_its_licence(client: TestClient) -> None:
    answer = client.get(f"{ROOT}/boundaries/icb/2023/coarse?format=csv")
    assert "open-government-licence" in answer.links["license"]["url"]
    listed = client.get(answer.links["describedby"]["url"]).json()["boundaries"]
    assert all(ATTRIBUTION in one["attribution"] for one in listed)
