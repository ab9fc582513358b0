"""The pages of evidence as people use them: a cell that is clicked, answers that are placed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit

Open = Callable[..., Visit]


def test_a_click_on_a_cell_opens_its_rows_and_filters_by_it(visit: Open) -> None:
    page = visit("benefits?part=who").page
    # The first mark of the strongest grade: South London, specialised services.
    mark = page.locator(".st-key-exhibit-benefit-evidence-map .scatterlayer .point").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    # Plotly listens on a layer above its marks.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".found h3").first).to_have_text("South London MHCP")
    expect(page.locator(".found")).to_contain_text("Readmissions to forensic care")
    expect(page).to_have_url(re.compile("cell=south-london-mh-community-partnership"))
    cell = "collaborative=south-london-mh-community-partnership&benefit="
    expect(page).to_have_url(re.compile(cell))
    # The grid stays whole around it.
    rows = page.locator(".st-key-exhibit-benefit-evidence-map .ytick")
    expect(rows.nth(3)).to_be_attached()


def test_answers_are_placed_kept_in_the_address_and_printed_on_one_page(
    visit: Open, browser: Browser
) -> None:
    seen = visit("place?answers=s.acute~go.lead-provider~b3.in-part")
    page = seen.page
    page.get_by_role("radio", name="Considering it", exact=True).click()
    expect(page.get_by_text("So did 16 of 40: 40%").first).to_be_visible()
    expect(page.get_by_text("Acute collaboratives: 60%").first).to_be_visible()
    page.wait_for_url("**in.considering**")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save my answers (JSON)").click()
    saved = json.loads(Path(waiting.value.path()).read_text("utf-8"))
    assert saved["answers"]["delegation-intent"]["options"] == ["considering"]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Printable page (HTML, A4)").click()
    paper = browser.new_page(java_script_enabled=False)
    paper.set_content(Path(waiting.value.path()).read_text("utf-8"))
    pdf = paper.pdf(prefer_css_page_size=True)
    paper.close()
    assert pdf.count(b"/Type /Page\n") == 1


def test_a_board_ticks_and_takes_its_checklist_away(visit: Open) -> None:
    page = visit("helps?part=board").page
    box = page.get_by_role("checkbox", name="Is there enough to deliver with?")
    # The box itself is not drawn; what is drawn around it takes the click.
    box.click(force=True)
    page.wait_for_url("**ticks=question-resource**")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Checklist (CSV)").click()
    rows = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    assert len([r for r in rows if ",True," in r]) == 1
