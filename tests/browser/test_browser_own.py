"""Bringing one's own, as people do it: two at once, problems by row, a phone, the keyboard."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

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
