"""Profiles and briefs as a person meets them: read, follow, take away, print."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from components.export import brief
from data import load_catalogue

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
DAY = date(2026, 11, 22)


def read(page: Page, key: str) -> str:
    """The words of one part of a profile."""
    part = page.locator(f".st-key-{key}")
    expect(part).to_be_visible()
    return part.inner_text()


def test_a_collaborative_is_read_from_members_to_sources(visit: Open) -> None:
    page = visit("collaboratives?id=wyaat").page
    heading = page.get_by_role("heading", name="West Yorkshire Association of Acute Trusts")
    expect(heading).to_be_visible()
    told = read(page, "profile-members")
    for words in (
        "Leeds Teaching Hospitals NHS Trust", "Provider leadership board",
        "What this model means in general", "joint forum",
    ):  # fmt: skip
        assert words in told
    assert "vascular" in read(page, "profile-outcomes")
    assert "NHS Providers" in read(page, "profile-sources")
    page.locator(".st-key-exhibit-collaborative-footprint canvas").first.wait_for()


def test_from_a_collaborative_to_its_system_and_on_to_a_neighbour(visit: Open) -> None:
    seen = visit("collaboratives?id=wyaat")
    page = seen.page
    page.locator(".st-key-links-systems").get_by_role("link", name="West Yorkshire").click()
    expect(page.get_by_role("heading", name="West Yorkshire", exact=True)).to_be_visible()
    assert "West Yorkshire Association of Acute Trusts" in read(page, "profile-collaboratives")
    page.locator(".st-key-links-systems").get_by_role("link", name="South Yorkshire").click()
    expect(page.get_by_role("heading", name="South Yorkshire", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("system=E54000061"))


def test_a_brief_is_taken_away_and_stands_alone(visit: Open, browser: Browser) -> None:
    page = visit("collaboratives?id=wyaat").page
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Printable brief (HTML, A4)").click()
    download = waiting.value
    assert re.fullmatch(r"brief_wyaat_\d{4}-\d{2}-\d{2}\.html", download.suggested_filename)
    own = browser.new_page()
    asked: list[str] = []
    own.on("request", lambda r: asked.append(r.url))
    own.set_content(Path(download.path()).read_text(encoding="utf-8"))
    text = own.locator("main").inner_text()
    for words in (
        "West Yorkshire Association of Acute Trusts", "Leeds Teaching Hospitals NHS Trust",
        "Provider leadership board", "Boundaries of April 2023", "Sources and caveats",
    ):  # fmt: skip
        assert words in text
    assert own.locator("svg.map").is_visible()
    own.close()
    assert asked == []


def test_the_fullest_and_the_emptiest_briefs_are_one_page_of_a4(browser: Browser) -> None:
    tables = load_catalogue()
    told: dict[str, str] = {}
    for kind, keys in (
        ("collaborative", tables.collaborative_names),
        ("system", tables.area_names),
    ):
        for key in keys:
            told[key] = brief.page(brief.profile_of(tables, kind, key), DAY)  # type: ignore[arg-type]
    by_words = sorted(told, key=lambda k: len(re.sub(r"<svg.*?</svg>|<[^>]*>", "", told[k])))
    page = browser.new_page()
    pages = {}
    for key in (*by_words[-10:], *by_words[:2]):
        page.set_content(told[key])
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        pages[key] = len(re.findall(rb"/Type\s*/Page\b", printed))
    # All the others by what they measure on paper: 297 mm less the margins, at 96 pixels an inch.
    page.emulate_media(media="print")
    tall = {}
    for key in by_words:
        page.set_content(told[key])
        tall[key] = page.evaluate("document.querySelector('main').getBoundingClientRect().height")
    page.close()
    assert set(pages.values()) == {1}, pages
    assert max(tall.values()) <= 275 / 25.4 * 96, max(tall, key=tall.__getitem__)
