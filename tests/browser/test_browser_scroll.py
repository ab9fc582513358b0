"""Back and forward open a page where the reader had left it, not at its top."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"
NEAR = 40
"""Pixels: a picture above may come out a little higher or lower than it was."""


def stands_at(page: Page, top: float) -> None:
    """Wait until the page stands there and stays."""
    for _ in range(100):
        if abs(page.evaluate(TOP) - top) <= NEAR:
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(800)
    assert page.evaluate(TOP) == pytest.approx(top, abs=NEAR)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_back_from_a_row_opens_the_page_at_the_number(visit: Open, size: str) -> None:
    seen = visit("collaboratives?id=wyaat", size)
    page = seen.page
    page.locator(".profile a[href^='row?']").last.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    left_at = page.evaluate(TOP)
    assert left_at > 500
    page.locator(".profile a[href^='row?']").last.click()
    expect(page).to_have_url(re.compile(r"/row\?row="))
    expect(page.get_by_role("heading", name="Where it appears")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/collaboratives\?id=wyaat"))
    stands_at(page, left_at)
    page.go_forward()
    expect(page.get_by_role("heading", name="Where it appears")).to_be_visible()
    stands_at(page, 0)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_link_to_an_exhibit_opens_its_page_there(visit: Open, size: str) -> None:
    seen = visit("sources?at=discrepancy-register", size)
    card = seen.page.locator(".st-key-exhibit-discrepancy-register")
    expect(card.get_by_role("heading").first).to_be_in_viewport()
    assert seen.page.evaluate(TOP) > 100
    expect(seen.page).to_have_url(f"{seen.base}/sources")


def test_a_filter_and_back_leave_the_page_where_it_is(visit: Open) -> None:
    seen = visit("priorities?sector=acute")
    page = seen.page
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop = 600")
    page.get_by_role("button", name="Clear all filters").click()
    expect(page).not_to_have_url(re.compile("sector="))
    seen.settle()
    stands_at(page, 600)
    page.go_back()
    expect(page).to_have_url(re.compile("sector=acute"))
    seen.settle()
    stands_at(page, 600)
