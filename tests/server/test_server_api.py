"""The interface for programs: described, filtered as the pages are, cached, clear in refusal."""

import gzip
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.exhibits import REGISTRY, build_exhibit
from components.export.columnar import METADATA_KEY
from data import Catalogue, Problem, Selection
from server import ROUTES, api
from server.api_answer import FORMATS
from server.api_resource import Resource, content_version, plain_csv, records

ROOT = "/api/v1"
KINDS = ("footprint-map", "challenges", "collaborative-list", "enablers", "compare-systems")
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{ROOT}/openapi.json").json()
    return found


def examples(operation: dict[str, Any]) -> dict[str, str]:
    return {p["name"]: p["example"] for p in operation["parameters"] if p.get("in") == "path"}


def test_the_description_is_valid_openapi(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert [e.message for e in OpenAPIV31SpecValidator(described).iter_errors()] == []


def test_statuses_are_those_that_are_described(
    client: TestClient, described: dict[str, Any]
) -> None:
    questions = {"format": "none", "nothing": "such", "q": "a" * 5000}
    for path, item in described["paths"].items():
        operation = item["get"]
        address = ROOT + path.rstrip("/").format(**examples(operation))
        for name, value in questions.items():
            answer = client.get(address, params={name: value})
            assert str(answer.status_code) in operation["responses"], (path, name)
        refused = client.get(address, headers={"Accept": "image/png"})
        assert str(refused.status_code) in operation["responses"], path


def test_every_route_is_described_and_nothing_else(described: dict[str, Any]) -> None:
    (mount,) = [r for r in ROUTES if getattr(r, "name", "") == "api-resources"]
    served = {route.path for route in mount.routes}  # type: ignore[attr-defined]
    assert set(described["paths"]) == served == {r.path or "/" for r in api.RESOURCES}


@pytest.mark.parametrize("resource", api.RESOURCES, ids=lambda r: r.id)
def test_every_described_path_answers_in_every_format(
    client: TestClient, described: dict[str, Any], resource: Resource
) -> None:
    operation = described["paths"][resource.path or "/"]["get"]
    path = ROOT + resource.path.format(**examples(operation))
    promised = set(operation["responses"]["200"]["content"])
    for name in resource.formats:
        answer = client.get(path, params={"format": name})
        assert answer.status_code == 200, answer.text
        mime = answer.headers["content-type"].split(";")[0]
        assert mime == FORMATS[name].mime
        assert mime in promised
        assert answer.content
        assert answer.headers["access-control-allow-origin"] == "*"
        for header in operation["responses"]["200"]["headers"]:
            assert header in answer.headers, header
        assert client.head(path, params={"format": name}).headers["etag"] == answer.headers["etag"]


def test_exhibits_and_tables_answer(client: TestClient, catalogue: Catalogue) -> None:
    """Every table, and exhibits of each kind; rows of every exhibit are tried where files are."""
    listed = client.get(f"{ROOT}/exhibits").json()["exhibits"]
    assert [e["id"] for e in listed] == [e.id for e in REGISTRY]
    for entry in (e for e in listed if e["id"] in KINDS):
        body = client.get(entry["url"]).json()
        assert body["title"] == entry["title"]
        assert body["total"] == len(body["rows"]), entry["id"]
        assert body["reading"] or body["empty"], entry["id"]
        assert body["citations"] or body["empty"] or not body["rows"], entry["id"]
    for entry in client.get(f"{ROOT}/tables").json()["tables"]:
        body = client.get(entry["url"]).json()
        assert body["total"] == len(body["rows"]) == len(catalogue.frames[entry["name"]])
        assert [c["name"] for c in body["columns"]] == entry["columns"]


def test_the_same_rows_in_every_format(client: TestClient, catalogue: Catalogue) -> None:
    path = f"{ROOT}/tables/outcomes"
    rows = pd.DataFrame(client.get(path).json()["rows"])
    text = pd.read_csv(io.BytesIO(client.get(path, params={"format": "csv"}).content))
    packed = pd.read_parquet(io.BytesIO(client.get(path, params={"format": "parquet"}).content))
    book = pd.read_excel(io.BytesIO(client.get(path, params={"format": "xlsx"}).content))
    table = catalogue.table("outcomes")
    for frame in (rows, text, packed, book):
        assert frame["outcome_id"].tolist() == table["outcome_id"].tolist()
        assert frame["value"].astype("Float64").sum() == pytest.approx(table["value"].sum())
        assert int(frame["value"].isna().sum()) == int(table["value"].isna().sum())


def test_rows_are_sorted_as_on_the_page_over_all_pages_of_rows(client: TestClient) -> None:
    path = f"{ROOT}/tables/outcomes"
    whole = client.get(path, params={"sort": "-value"}).json()["rows"]
    stated = [row["value"] for row in whole if row["value"] is not None]
    assert stated == sorted(stated, reverse=True)
    assert all(row["value"] is None for row in whole[len(stated) :])
    part = client.get(path, params={"sort": "-value", "limit": 5, "offset": 5})
    assert part.json()["rows"] == whole[5:10]
    assert "sort=-value" in part.headers["Link"]
    wrong = client.get(path, params={"sort": "-worth"})
    assert (wrong.status_code, wrong.headers["content-type"]) == (400, PROBLEM)
    assert "value" in wrong.json()["known"]


def test_rows_of_an_exhibit_are_sorted_as_its_card_sorts_them(
    client: TestClient, catalogue: Catalogue
) -> None:
    path = f"{ROOT}/exhibits/outcomes-by-benefit"
    rows = client.get(path, params={"sort": "-collaborative"}).json()["rows"]
    names = [row["collaborative"].casefold() for row in rows]
    assert names == sorted(names, reverse=True)
    assert len(set(names)) > 10
    known = client.get(path, params={"sort": "worth"}).json()["known"]
    assert "collaborative" in known
    # Names that the pages put beside ids are no cells of the table, and order it all the same.
    rows = client.get(f"{ROOT}/tables/memberships", params={"sort": "organisation"}).json()["rows"]
    of = catalogue.table("organisations").set_index("organisation_id")["name"]
    names = [of[row["organisation_id"]].casefold() for row in rows]
    assert names == sorted(names)


def test_cells_are_asked_for_as_the_page_of_tables_writes_them(
    client: TestClient, catalogue: Catalogue
) -> None:
    path, table = f"{ROOT}/tables/outcomes", catalogue.table("outcomes")
    where = "status:achieved,benefit:efficiency_and_scale,value:*"
    answer = client.get(path, params={"where": where, "limit": 3, "sort": "-value"})
    rows = table[(table["status"] == "achieved") & (table["benefit"] == "efficiency_and_scale")]
    assert answer.headers["X-Total-Count"] == str(int(rows["value"].notna().sum()))
    assert answer.json()["where"] == where.split(",")
    assert "where=status:achieved" in unquote(answer.headers["Link"])
    inside = client.get(path, params={"where": where, "format": "csv", "notes": "yes"}).text
    assert "Only rows with" in inside
    for wrong in ("colour:red", "status:never", "status"):
        refused = client.get(path, params={"where": wrong})
        assert (refused.status_code, refused.headers["content-type"]) == (400, PROBLEM)
        assert "status" in refused.json()["known"]


def test_filters_are_those_of_the_pages(client: TestClient, catalogue: Catalogue) -> None:
    params = {"sector": "mhlda", "region": "E40000003", "tier": "organisation_page"}
    selection, _ = Selection.from_params(params, catalogue.known_values)
    built = build_exhibit(catalogue, selection, "collaborative-list")
    body = client.get(f"{ROOT}/exhibits/collaborative-list", params=params).json()
    assert 0 < body["total"] < len(catalogue.table("collaboratives"))
    assert [r["name"] for r in body["rows"]] == built.frame["name"].tolist()
    assert body["reading"] == built.reading
    assert [c["source_id"] for c in body["citations"]] == [c.source_id for c in built.citations]


def test_a_filter_that_does_nothing_is_named(client: TestClient) -> None:
    body = client.get(f"{ROOT}/exhibits/delegation-intent?sector=acute&region=E40000003").json()
    assert body["filters"] == {"sector": "acute"}
    assert body["filters_without_effect"] == ["region"]


def test_values_may_be_repeated_or_joined(client: TestClient) -> None:
    one = client.get(f"{ROOT}/tables/collaboratives?sector=acute,mhlda").json()
    two = client.get(f"{ROOT}/tables/collaboratives?sector=mhlda&sector=acute").json()
    assert one["total"] == two["total"] > 0


def test_pages_of_rows_lead_through_all_of_them(client: TestClient, catalogue: Catalogue) -> None:
    answer = client.get(f"{ROOT}/tables/memberships?limit=80")
    seen = [r["organisation_id"] for r in answer.json()["rows"]]
    while "next" in answer.links:
        answer = client.get(answer.links["next"]["url"])
        seen += [r["organisation_id"] for r in answer.json()["rows"]]
        assert answer.links["prev"]["url"].startswith(f"{ROOT}/tables/memberships?")
    assert seen == catalogue.table("memberships")["organisation_id"].tolist()
    assert answer.headers["x-total-count"] == str(len(seen))


def test_from_beyond_the_end_the_way_back_leads_to_rows(client: TestClient) -> None:
    answer = client.get(f"{ROOT}/tables/memberships?limit=80&offset=9999")
    assert answer.json()["rows"] == []
    assert client.get(answer.links["prev"]["url"]).json()["rows"]


def test_what_is_known_already_is_not_sent_again(client: TestClient) -> None:
    path = f"{ROOT}/tables/outcomes?format=csv"
    first = client.get(path, headers={"accept-encoding": "identity"})
    tag = first.headers["etag"]
    assert tag.startswith('"'), "a strong one"
    again = client.get(
        path, headers={"accept-encoding": "identity", "if-none-match": f'"x", {tag}'}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = client.get(f"{path}&sector=acute", headers={"if-none-match": tag})
    assert other.status_code == 200
    assert "max-age" in first.headers["cache-control"]


def test_packed_bytes_have_their_own_tag(client: TestClient) -> None:
    path = f"{ROOT}/tables/outcomes?format=csv"
    plain = client.get(path, headers={"accept-encoding": "identity"})
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "status", "mime"),
    [
        ("text/csv", 200, "text/csv"),
        ("*/*", 200, "application/json"),
        ("application/*;q=0.1, text/csv;q=0.9", 200, "text/csv"),
        ("text/csv;q=0, */*", 200, "application/json"),
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", 200, "application/json"),
        ("image/png", 406, PROBLEM),
        ("text/csv;q=nonsense", 406, PROBLEM),
    ],
)
def test_accept_chooses_the_format(client: TestClient, accept: str, status: int, mime: str) -> None:
    answer = client.get(f"{ROOT}/tables/outcomes", headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (status, mime)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nothing", 404, "openapi.json"),
        ("/tables/outcoms", 404, "Did you mean “outcomes” (Outcomes)?"),
        ("/exhibits/nothing", 404, "/api/v1/exhibits lists all"),
        ("/exhibits/outcomes-in-own-units", 410, "is now 4 exhibits: “outcomes-in-money”, "),
        ("/exhibits/outcomes-in-own-units/citation", 410, "“outcomes-in-other-units”"),
        ("/sources/nothing", 404, "/api/v1/sources lists all"),
        ("/boundaries/icb/1999/fine", 404, "2023, 2026"),
        ("/tables/outcomes?sector=acute,mhld", 400, "It takes acute, mhlda, community"),
        ("/tables/outcomes?vintage=2023,2026", 400, "takes one value"),
        ("/tables/outcomes?sectr=acute", 400, "Did you mean “sector”?"),
        ("/tables/outcomes?format=pdf", 400, "parquet"),
        ("/tables/outcomes?limit=0", 400, "from 1 to 10000"),
        ("/tables/outcomes?limit=10001", 400, "from 1 to 10000"),
        ("/tables/outcomes?offset=-1", 400, "from 0"),
        ("/tables/outcomes?limit=٣", 400, "whole number"),
        ("/exhibits/footprint-map?format=geojson&limit=3", 400, "whole"),
        ("/exhibits/footprint-map?level=finest", 400, "it takes coarse or fine"),
        ("/exhibits/delegation-intent?format=geojson", 406, "not a map"),
        ("/tables/outcomes?q=" + "x" * 5000, 414, "4000"),
        ("/schema?sector=acute", 400, "The filter “sector” does not apply to this address"),
        ("/tables/outcomes?icb=E5400", 400, "one of 49 values, such as E54"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_what_can(
    client: TestClient, path: str, status: int, says: str
) -> None:
    answer = client.get(ROOT + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["instance"] == (ROOT + path).split("?")[0]
    assert says in body["detail"]


@pytest.mark.parametrize("path", [ROOT, f"{ROOT}/tables/outcomes"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_interface_only_reads(client: TestClient, path: str, method: str) -> None:
    answer = client.request(method, path, content=b"x")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == PROBLEM
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_on_another_site_may_read(client: TestClient) -> None:
    answer = client.options(
        f"{ROOT}/tables/outcomes",
        headers={"origin": "http://other.test", "access-control-request-method": "GET"},
    )
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert "X-Total-Count" in answer.headers["access-control-expose-headers"]


def test_a_fault_is_told_without_its_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret place")

    monkeypatch.setattr("server.api_rows.of_table", fail)
    answer = client.get(f"{ROOT}/tables/glossary?limit=7")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == PROBLEM
    assert "secret" not in answer.text


def test_shapes_have_their_attribution_inside(client: TestClient) -> None:
    answer = client.get(f"{ROOT}/boundaries/icb/2026/coarse")
    assert "Crown copyright" in answer.json()["attribution"]
    frame = gpd.GeoDataFrame.from_features(answer.json()["features"], crs="EPSG:4326")
    assert len(frame) == 36
    body = client.get(f"{ROOT}/boundaries/icb/2026/coarse?format=parquet").content
    assert gpd.read_parquet(io.BytesIO(body)).geometry.geom_equals(frame.geometry).all()
    assert b"Crown copyright" in pq.read_schema(io.BytesIO(body)).metadata[METADATA_KEY]


def test_text_that_a_spreadsheet_would_run_is_harmless_in_csv_only() -> None:
    frame = pd.DataFrame({"a": ["=1+1"], "n": [-1]})
    assert plain_csv(frame) == b"a,n\n'=1+1,-1\n"
    assert records(frame) == [{"a": "=1+1", "n": -1}]


def test_health_is_asked_anew_although_the_tables_have_not_changed(
    client: TestClient, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get(f"{ROOT}/health").json()["status"] == "ok"
    broken = (Problem("tables/icbs.csv", 3, "name", "''", "a value", "Correct the cell."),)
    monkeypatch.setattr("components.ui.cache.shared", lambda: (catalogue, broken))
    body = client.get(f"{ROOT}/health").json()
    assert (body["status"], body["problems"]) == ("stale", [str(broken[0])])


def test_the_version_changes_with_the_tables(client: TestClient, catalogue: Catalogue) -> None:
    changed = {**catalogue.frames, "glossary": catalogue.table("glossary").iloc[:-1]}
    assert client.get(f"{ROOT}/health").json()["version"] == content_version(catalogue)
    assert content_version(Catalogue(catalogue.schema, changed)) != content_version(catalogue)
    assert json.loads(client.get(ROOT).text)["version"].startswith(catalogue.schema.version)
