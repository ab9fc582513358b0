"""Comparing, and who works with whom, as a person sees and does it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_two_collaboratives_are_chosen_and_their_differences_marked(size: str, visit: Open) -> None:
    seen = visit("compare", size)
    page = seen.page
    expect(page.get_by_text("Two to four collaboratives can be compared")).to_be_visible()
    for name in ("WYAAT", "Foundation Group"):
        page.get_by_role("combobox", name="Two to four collaboratives").fill(name)
        page.get_by_role("option", name=name, exact=True).click()
        page.keyboard.press("Escape")
        seen.settle()
    expect(page).to_have_url(re.compile(r"[?&]collaboratives=wyaat(,|%2C)foundation-group(&|$)"))
    table = page.get_by_role("table").filter(has_text="Governance model")
    governance = table.get_by_role("row").filter(has=page.get_by_text("Governance model"))
    expect(governance).to_contain_text("≠ differs")
    expect(governance).to_contain_text("Provider leadership board")
    expect(governance).to_contain_text("Shared leadership")
    expect(table.get_by_role("rowheader", name="Status same")).to_be_visible()
    width = page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= page.viewport_size["width"], "the page scrolls sideways"
    again = visit(page.url.split("/", 3)[3], size).page
    expect(again.get_by_text("Foundation Group and WYAAT differ in")).to_be_visible()


def test_the_matrix_has_a_table_with_roles_and_sources(visit: Open) -> None:
    page = visit("connections?part=members").page
    card = page.locator(".st-key-exhibit-membership-matrix")
    expect(card.locator(".js-plotly-plot")).to_be_visible()
    card.get_by_role("radio", name="Table and CSV").click()
    table = card.locator("[data-testid=stDataFrame]")
    expect(table).to_be_visible()
    for head in ("Organisation", "Name", "Role"):
        expect(table.locator("[role=columnheader]").filter(has_text=head)).not_to_have_count(0)
    with page.expect_download() as waiting:
        card.get_by_role("button", name="Download CSV").click()
    rows = list(
        csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig")))
    )
    assert ("Devon Partnership NHS Trust", "lead_provider") in {
        (r["organisation"], r["role"]) for r in rows
    }
    assert all(r["source_id"] and r["locator"] for r in rows)
