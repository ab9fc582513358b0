"""Taking away and the interface, as an analyst's browser meets them."""

import csv
import http.client
import io
import json
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_chart_is_taken_away_as_a_workbook_and_cited(visit: Callable[..., Visit]) -> None:
    """No script of the page is stopped by its policy, or the visit would end with an error."""
    page = visit("delegation?sector=acute").page
    card = page.locator(".st-key-exhibit-delegation-intent")
    card.get_by_text("Sources and notes", exact=True).click()
    card.get_by_text("BibTeX", exact=True).click()
    cited = card.get_by_test_id("stCode")
    expect(cited).to_contain_text("@misc{atlas-delegation-intent,")
    expect(cited).to_contain_text("/delegation?sector=acute")
    expect(cited).to_contain_text("@techreport{survey-2022,")
    card.get_by_text("Take away", exact=True).click()
    card.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Rows as Excel (XLSX)").click()
    card.get_by_role("button", name="Make the file").click()
    with page.expect_download() as saved:
        card.get_by_role("button", name="Save delegation-intent_sector-acute.xlsx").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(saved.value.path()).read_bytes()))
    said = {row[0]: row[1] for row in book["Notes"].iter_rows(values_only=True)}
    assert said["Filters"] == "Sector: Acute"
    assert book["Sources"]["A2"].value == "survey-2022"


def test_the_address_that_the_page_shows_answers(visit: Callable[..., Visit], base: str) -> None:
    page = visit("interface?sector=acute&region=E40000003").page
    shown = page.get_by_test_id("stCode").filter(has_text=re.compile("/api/v1/exhibits/"))
    expect(shown).to_contain_text("sector=acute&region=E40000003")
    address = shown.inner_text().strip().replace("format=csv", "format=json")
    assert address.startswith(f"{base}/api/v1/")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(address) as answer:
        body = json.load(answer)
        headers = answer.headers
    assert body["filters"] == {"sector": "acute", "region": "E40000003"}
    assert headers["ETag"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the data package (zip)").click()
    assert saved.value.suggested_filename.endswith(".zip")


def test_a_tables_address_has_the_filters_that_act_on_it(visit: Callable[..., Visit]) -> None:
    page = visit("interface?sector=mhlda&region=E40000003&status=achieved").page
    page.get_by_role("combobox", name="Exhibit or table").fill("Table: Collaboratives")
    page.get_by_role("option", name="Table: Collaboratives", exact=True).click()
    shown = page.get_by_test_id("stCode").first
    expect(shown).to_contain_text(
        "tables/collaboratives?format=csv&sector=mhlda&region=E40000003", use_inner_text=True
    )
    expect(shown).not_to_contain_text("status")
    left_out = "Left out: the filter for status of outcomes; this table has no such split"
    expect(page.get_by_text(left_out)).to_be_visible()


def test_rows_of_a_table_are_taken_away(visit: Callable[..., Visit]) -> None:
    page = visit("tables?table=glossary").page
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download XLSX").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(saved.value.path()).read_bytes()))
    assert saved.value.suggested_filename == "glossary.xlsx"
    assert [c.value for c in book["Rows"][1]][:2] == ["term", "expansion"]


def test_odd_requests_to_the_whole_atlas_are_answered_by_the_interface(base: str) -> None:
    """Streamlit's own checks would refuse them with words that no program reads."""
    port = int(base.rpartition(":")[2])
    for target in ("/api/v1/tables/..%2f..%2fetc%2fpasswd", "/api/v1/%00", "/api/v2/tables"):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        line.request("GET", target)
        answer = line.getresponse()
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    tags = set()
    for encoding in ("identity", "gzip"):
        line.close()
        path = "/api/v1/tables/glossary?format=parquet"
        line.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = line.getresponse()
        tags.add((answer.headers["ETag"], answer.read()))
    assert len(tags) == 1, "one tag, the same bytes"


def test_rows_leave_a_table_only_with_what_goes_with_them(visit: Callable[..., Visit]) -> None:
    """Streamlit's own button saves neither source nor licence, and neutralises nothing."""
    page = visit("tables?table=memberships&sector=mhlda&filtered=yes").page
    chosen = page.get_by_role("combobox", name="Take these rows away as")
    # A list that is open shuts when the page scrolls.
    chosen.scroll_into_view_if_needed()
    chosen.click()
    page.get_by_role("option", name="Rows as CSV").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download CSV").click()
    rows = list(csv.DictReader(Path(saved.value.path()).read_text("utf-8-sig").splitlines()))
    assert len(rows) > 0
    for row in rows:
        assert "Sector: Mental health" in row["taken_from"]
        assert row["row_source"]
        assert row["terms"].startswith("Creative Commons")
        assert row["taken_on"]
    page.get_by_test_id("stDataFrame").hover()
    bar = page.get_by_test_id("stElementToolbar")
    expect(bar.get_by_role("button", name="Fullscreen")).to_be_visible()
    expect(bar.locator("button[aria-label^='Download']")).to_be_hidden()
