"""Bringing one's own, as people do it: two at once, problems by row, a phone, the keyboard."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from data import load_catalogue
from tests.browser.conftest import follow

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
GOOD = b"collaborative_id,name,sector,status\nexample-alliance,Example Alliance,acute,operating\n"
OUTCOME = (
    b"outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
    b"gloves,wyaat,efficiency_and_scale,Gloves saved,2.5,gbp_million,achieved\n"
)
BAD = b"collaborative_id,name,sector,status\nexample-alliance,Example Alliance,hospital,operating\n"


def upload(page: Page, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]


def test_two_people_never_see_each_others_rows(visit: Open, browser: Browser, base: str) -> None:
    mine = visit("own").page
    upload(mine, "mine.csv", GOOD)
    expect(mine.get_by_text("mine.csv is in.")).to_be_visible()
    other = browser.new_context()
    theirs = other.new_page()
    theirs.goto(f"{base}/own")
    expect(theirs.get_by_text("1 · What are you bringing?")).to_be_visible()
    expect(theirs.get_by_text("Includes your own data")).to_have_count(0)
    answer = other.request.get(f"{base}/about.json").text()
    assert "example-alliance" not in answer
    other.close()
    with mine.expect_download() as download:
        mine.get_by_role("button", name="Download as a contribution").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        assert "tables/collaboratives.csv" in archive.namelist()
    mine.get_by_role("link", name="Example Alliance (your own)").click()
    expect(mine.get_by_role("heading", name="Example Alliance (your own)").first).to_be_visible()
    mine.get_by_role("button", name="Remove my data").click()
    expect(mine.get_by_text("Includes your own data")).to_have_count(0)
    expect(mine.get_by_text("Example Alliance")).to_have_count(0)


def test_a_download_has_no_address_any_more_once_own_rows_are_removed(
    visit: Open, browser: Browser
) -> None:
    page = visit("own").page
    upload(page, "mine.csv", GOOD)
    expect(page.get_by_text("mine.csv is in.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a contribution").click()
    download.value.path()
    other = browser.new_context()
    assert other.request.get(download.value.url).status == 200, "it is there until then"
    page.get_by_role("button", name="Remove my data").click()
    expect(page.get_by_text("Includes your own data")).to_have_count(0)
    assert other.request.get(download.value.url).status == 404
    other.close()


def test_a_mended_file_takes_the_place_of_the_one_before(visit: Open) -> None:
    """With the collaborative's outcomes, which another file holds, kept."""
    seen = visit("own")
    page = seen.page
    for name, data in (
        ("ours.csv", GOOD),
        ("outcomes.csv", OUTCOME.replace(b"wyaat", b"example-alliance")),
        ("ours.csv", GOOD.replace(b"Example", b"Better")),
    ):
        upload(page, name, data)
        expect(page.get_by_text(f"{name} is in.")).to_be_visible()
        # The place for the next file is a new one, drawn below what became of this one.
        seen.settle()
    expect(page.get_by_text("It takes the place of the file of that name")).to_be_visible()
    expect(
        page.get_by_text("Includes your own data: outcomes.csv, ours.csv (2 rows)")
    ).to_be_visible()
    page.get_by_role("link", name="Better Alliance (your own)").first.click()
    expect(page.get_by_text("Gloves saved (your own)").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("own rows are found only in the tab to which")).to_be_visible()
    expect(page.get_by_text("Better Alliance")).to_have_count(0)


def test_a_mark_leads_to_an_own_row_and_back_with_everything_kept(visit: Open) -> None:
    page = visit("own?sector=acute").page
    upload(page, "gloves.csv", OUTCOME)
    expect(page.get_by_text("gloves.csv is in.")).to_be_visible()
    page.get_by_role("link", name="WYAAT").click()
    own = page.locator(".st-key-profile-outcomes li", has_text="Gloves saved").locator("sup a")
    own.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("A row of your own")).to_be_visible()
    expect(page.get_by_text("Place in it: Row 2")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/row\?row=outcomes%2Fgloves&sector=acute$"))
    page.get_by_role("link", name="Every reported outcome").click()
    expect(page).to_have_url(re.compile(r"/benefits\?"))
    expect(page.get_by_text("Includes your own data")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("A row of your own")).to_be_visible()
    page.go_back()
    expect(own).to_be_visible()
    with page.context.expect_page() as opened:
        page.locator(".st-key-profile-members sup a").first.click(modifiers=["ControlOrMeta"])
    expect(opened.value.get_by_role("heading", name="Where it appears")).to_be_visible()
    opened.value.close()
    expect(own).to_be_visible()


KINDS = {
    "collaboratives": GOOD,
    "memberships": b"collaborative_id,organisation_id,role\nexample-alliance,RR8,member\n",
    "footprints": b"collaborative_id,icb_code,coverage\nexample-alliance,E54000057,whole\n",
    "outcomes": OUTCOME.replace(b"wyaat", b"example-alliance"),
    "survey_results": b"question_id,option_id,sector_group,percent,count,base_n\n"
    b"delegation-intent,considering,all,60,48,80\n",
}

TITLES = {name: load_catalogue().schema.tables[name].title for name in KINDS}


def packed() -> bytes:
    """Every kind of rows in one data package."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        named = [{"name": name, "path": f"{name}.csv"} for name in KINDS]
        archive.writestr("datapackage.json", json.dumps({"name": "own", "resources": named}))
        for name, data in KINDS.items():
            archive.writestr(f"{name}.csv", data)
    return body.getvalue()


def test_rows_of_every_kind_lead_to_a_page_that_says_whose_they_are(visit: Open) -> None:
    seen = visit("own")
    page = seen.page
    file = {"name": "all.zip", "mimeType": "application/zip", "buffer": packed()}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("all.zip is in.")).to_be_visible()
    for table in KINDS:
        follow(page, f"tables?table={table}&find=own-file-1")
        expect(page.get_by_role("heading", name=TITLES[table], exact=True)).to_be_visible()
        expect(page.get_by_text("1 row contains “own-file-1”")).to_be_visible()
        # Every table says this line: it may be the last one's, and so may the grid below it.
        seen.settle()
        rows = page.get_by_test_id("stDataFrame").first
        # A layer of the grid above its canvas takes the click.
        rows.locator("canvas").first.click(position={"x": 150, "y": 52}, force=True)
        page.locator("[data-testid=stMain] a[href*='row=']").first.click()
        expect(page.get_by_text("A row of your own, not checked by the Atlas.")).to_be_visible()
        # The survey of 2022 disagrees with itself on this question; this wave has no part in it.
        expect(page.get_by_text("Sources disagree")).to_have_count(0)


def test_on_a_phone_what_own_rows_are_behind_says_so_without_unfolding(visit: Open) -> None:
    """A membership is in no row of the list; it makes one of its numbers."""
    page = visit("own", size="narrow").page
    upload(page, "m.csv", b"collaborative_id,organisation_id,role\nwyaat,RW1,member\n")
    expect(page.get_by_text("m.csv is in.")).to_be_visible()
    page.get_by_role("link", name="WYAAT").click()
    expect(page.get_by_role("heading", name="Members: 6 stated, 7 named")).to_be_visible()
    card = page.locator(".st-key-exhibit-collaborative-footprint")
    expect(card.get_by_text("Includes your own file.")).to_be_visible()


def test_on_a_phone_a_problem_names_row_and_column(visit: Open) -> None:
    page = visit("own", size="narrow", scheme="dark").page
    upload(page, "mine.csv", BAD)
    expect(page.get_by_text("mine.csv was not taken over: 1 problem.")).to_be_visible()
    expect(page.get_by_text("Row 2 · Column sector")).to_be_visible()
    expect(page.get_by_text("'hospital'")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
    upload(page, "mine.csv", GOOD)
    expect(page.get_by_text("mine.csv is in.")).to_be_visible()
