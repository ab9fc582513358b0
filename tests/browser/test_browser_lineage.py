"""From a number to its rows and back, by keyboard, without losing what one brought."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_browser_own import OUTCOME, upload

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
OWN = "Includes your own data"


def go(page: Page, section: str, title: str) -> None:
    """Open a page by the menu."""
    page.get_by_role("button", name=section, exact=True).click()
    page.get_by_role("menuitem", name=title, exact=True).click()


def tab_to(page: Page, place: Locator, most: int = 12) -> None:
    """Reach a link with the tabulator, from the one before it."""
    place.scroll_into_view_if_needed()
    place.evaluate("""link => {
        const all = [...document.querySelectorAll('a[href],button,input,summary')]
            .filter(one => one.checkVisibility() && one.tabIndex >= 0);
        all[all.indexOf(link) - 1].focus();
    }""")
    for _ in range(most):
        page.keyboard.press("Tab")
        if place.evaluate("link => link === document.activeElement"):
            return
    pytest.fail("the tabulator does not reach the link")


def test_three_numbers_lead_to_their_rows_by_keyboard_and_own_rows_stay(visit: Open) -> None:
    page = visit("own").page
    upload(page, "gloves.csv", OUTCOME)
    expect(page.get_by_text("gloves.csv is in.")).to_be_visible()

    go(page, "Explore", "Overview")
    sentence = page.locator("p", has_text="Reported outcomes by benefit of scale.")
    expect(sentence).to_be_visible()
    said = re.search(r"\. (\d+) outcomes", sentence.inner_text())
    assert said
    tab_to(page, sentence.get_by_role("link", name="Where from"))
    page.keyboard.press("Enter")
    # The reader's own outcome is one of those that are counted.
    expect(page.get_by_text(re.compile(rf"^{said.group(1)} of \d+ rows"))).to_be_visible()
    expect(page.get_by_text(OWN)).to_be_visible()
    page.go_back()
    expect(sentence).to_be_visible()

    go(page, "Explore", "Compare")
    box = page.get_by_role("combobox", name="Two to four collaboratives")
    for name, there in (("WYAAT", "collaboratives=wyaat"), ("Foundation Group", "wyaat(,|%2C)")):
        box.fill(name)
        page.get_by_role("option", name=name, exact=True).click()
        # A run that ends while the next is typed would close the list.
        expect(page).to_have_url(re.compile(there))
    # Out of the list, which hides the rest of the page from whoever does not see while it is open.
    page.keyboard.press("Tab")
    card = page.locator(".st-key-exhibit-compare-collaboratives")
    mark = card.get_by_role("link", name="Where does “Formed: 2016” come from? (row)")
    tab_to(page, mark)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/row\?row=collaboratives%2Fwyaat"))
    expect(page.get_by_role("heading", name="Where it appears")).to_be_visible()
    expect(page.get_by_text(OWN)).to_be_visible()
    page.go_back()
    expect(mark).to_be_visible()
    gloves = card.get_by_role("link", name=re.compile("Gloves saved"))
    tab_to(page, gloves)
    page.keyboard.press("Enter")
    expect(page.get_by_text("A row of your own")).to_be_visible()
    page.go_back()
    expect(mark).to_be_visible()

    go(page, "Data", "Glossary")
    term = page.locator(".glossary small a").first
    tab_to(page, term)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/row\?row=glossary%2F"))
    expect(page.get_by_text(OWN)).to_be_visible()
    page.go_back()
    expect(term).to_be_visible()


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("compare?collaboratives=wyaat,foundation-group", ".side-by-side .way a"),
        ("place?answers=s.acute~in.considering", ".place-standing .way a"),
        ("collaboratives?id=wyaat", ".profile dl .way a"),
        ("", "[data-testid=stMain] a[title^='Where does']"),
    ],
    ids=["compare", "place", "profile", "overview"],
)
def test_ways_are_large_enough_for_a_finger(visit: Open, path: str, marks: str) -> None:
    page = visit(path, size="narrow").page
    found = page.locator(marks)
    expect(found.first).to_be_visible()
    sizes = found.evaluate_all(
        "links => links.map(a => { const r = a.getBoundingClientRect(); "
        "return [r.width, r.height]; })"
    )
    assert sizes
    assert all(width >= 24 and height >= 24 for width, height in sizes), sizes
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_number_in_the_list_of_a_map_leads_on_and_ticks_nothing(visit: Open) -> None:
    page = visit("footprints?show=footprint-map.list").page
    box = page.get_by_role("checkbox", name=re.compile("West Yorkshire"))
    expect(box).not_to_be_checked()
    page.get_by_role("link", name="West Yorkshire", exact=True).click()
    expect(page).to_have_url(
        re.compile(r"/tables\?table=footprints&where=icb_code:E54000054&filtered=no$")
    )
    expect(page.get_by_text(re.compile(r"^6 of \d+ rows"))).to_be_visible()
    page.go_back()
    expect(box).not_to_be_checked()


def test_a_step_on_the_stage_leads_to_its_exhibit_and_back(visit: Open) -> None:
    page = visit("present").page
    page.locator(".st-key-present-ready-for-delegation button").click()
    # The keys are there when the stage's script is.
    expect(page.locator("html[data-stage-slot]")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    # The browser turns the page at once; the foot is that of the step when the server has followed.
    name = "Where from: Intent to take on delegated functions"
    way = page.locator(".st-key-stage").get_by_role("link", name=name)
    expect(way).to_be_visible()
    expect(page.locator("#stage-facts")).to_have_attribute("data-step", "2")
    way.focus()
    page.keyboard.press("Enter")
    # Where the link led on the page stands in the address only until the page has been drawn.
    expect(page).to_have_url(re.compile(r"/delegation(\?|$)"))
    expect(page.get_by_role("heading", name="Delegation readiness", level=1)).to_be_visible()
    page.go_back()
    expect(page.locator("#stage-where")).to_have_text(re.compile("^2 / "))


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_each_number_of_a_sentence_leads_to_exactly_its_rows(visit: Open, size: str) -> None:
    page = visit("benefits?sector=mhlda", size=size).page
    card = page.locator(".st-key-exhibit-outcomes-by-benefit")
    head = card.locator("p", has_text="outcomes from").first
    expect(head).to_be_visible()
    sentence = head.inner_text()
    numbers = head.locator("a[title$=' of this number']")
    boxes = numbers.evaluate_all(
        "links => links.map(a => { const r = a.getClientRects()[0]; return [r.width, r.height]; })"
    )
    assert len(boxes) >= 5
    assert size == "wide" or all(width >= 24 and height >= 24 for width, height in boxes), boxes
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    for of, rows in (("achieved", "rows"), ("collaboratives", "groups")):
        link = numbers.filter(has_text=of)
        count = re.findall(r"\d+", link.inner_text())[0]
        assert link.inner_text() in sentence
        link.click()
        expect(page).to_have_url(re.compile(r"/tables\?table=outcomes.*sector=mhlda"))
        said = rf"^{count} of \d+ rows" if rows == "rows" else rf"^{count} groups of \d+ rows\."
        expect(page.get_by_text(re.compile(said))).to_be_visible()
        page.go_back()
        expect(head).to_have_text(sentence)


@pytest.mark.parametrize("path", ["footprints?icb=E54000054&view=evidence", "connections"])
def test_a_number_alone_is_wide_enough_for_a_finger_and_covers_no_word(
    visit: Open, path: str
) -> None:
    page = visit(path, size="narrow").page
    numbers = page.locator("[class*='st-key-exhibit-'] p a[title$=' of this number']")
    expect(numbers.first).to_be_visible()
    found = numbers.evaluate_all("""links => links.map(a => {
        const words = document.createRange(); words.selectNodeContents(a);
        const before = document.createRange(); before.selectNode(a.previousSibling ?? a);
        const end = [...before.getClientRects()].at(-1), own = words.getClientRects()[0];
        return [a.getBoundingClientRect().width, own.left - end.right, end.bottom > own.top + 4,
                Boolean(a.previousSibling)];
    })""")
    assert [width for width, *_ in found if width < 24] == []
    covered = [gap for _, gap, is_beside, is_after in found if is_beside and is_after and gap < -2]
    assert covered == []


def test_what_was_clicked_on_a_map_of_outcomes_leads_to_the_outcomes(visit: Open) -> None:
    page = visit("footprints?view=benefits&icb=E54000054").page
    said = page.locator("[class*='st-key-chosen-']", has_text="West Yorkshire")
    expect(said).to_be_visible()
    count = re.findall(r"(\d+) outcomes", said.inner_text())[0]
    said.get_by_role("link", name="West Yorkshire").click()
    expect(page.get_by_text(re.compile(rf"^{count} of \d+ rows"))).to_be_visible()


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_field_of_the_dictionary_that_is_clicked_leads_to_the_rows_that_state_it(
    visit: Open, size: str
) -> None:
    seen = visit("dictionary?of=outcomes", size=size)
    page = seen.page
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    # The seventh field of outcomes is its value; rows are 35 pixels high.
    page.mouse.click(box["x"] + 120, box["y"] + 35 * 7 + 17)
    expect(page).to_have_url(f"{seen.base}/dictionary?of=outcomes&field=outcomes.value")
    way = page.get_by_role("link", name=re.compile(r"^stated in \d+ of \d+ rows$"))
    expect(way).to_be_visible()
    count = re.findall(r"\d+", way.inner_text())
    way.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{count[0]} of {count[1]} rows")).to_be_visible()
    page.go_back()
    expect(way).to_be_visible()
    seen.settle()
    page.go_back()
    expect(page).to_have_url(f"{seen.base}/dictionary?of=outcomes")
    expect(way).to_have_count(0)


def test_a_number_of_a_method_leads_to_its_term_and_on_to_where_it_is_told(visit: Open) -> None:
    page = visit("benefits?part=list").page
    card = page.locator(".st-key-exhibit-outcome-list")
    card.get_by_role("link", name="Where from").first.click()
    expect(page).to_have_url(re.compile("glossary%2FEvidence"))
    expect(page.get_by_role("link", name="Every reported outcome")).to_be_visible()
    place = page.get_by_role("link", name="How grades work")
    tab_to(page, place)
    page.keyboard.press("Enter")
    expect(page.get_by_text("The ten criteria, each met or not")).to_be_visible()
