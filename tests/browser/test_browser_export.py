"""What people keep, opened as they would: from a file, from a plain server, on paper."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from components.exhibits import REGISTRY
from components.export import site
from components.export.handout import document_handout
from components.export.sheet import Document, document_of_story, live_link
from components.export.story_html import document_html
from components.stories import tell, walkthroughs
from data import Catalogue
from tests.browser.conftest import Visit

FEW = ("delegation-intent", "footprint-map", "enablers")


@pytest.fixture(scope="module")
def story(catalogue: Catalogue) -> Document:
    first = next(w for w in walkthroughs(catalogue) if w.id == "ready-for-delegation")
    return document_of_story(catalogue, tell(catalogue, first))


@pytest.fixture
def offline(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page without a network, and everything that should not happen on it."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    bad: list[str] = []
    page.on("pageerror", lambda e: bad.append(str(e)))
    page.on("console", lambda m: bad.append(m.text) if m.type == "error" else None)
    own = ("file:", "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else bad.append(r.url))
    yield page, bad
    context.close()


def test_one_file_is_given_with_the_keyboard_alone(
    story: Document, offline: tuple[Page, list[str]], tmp_path: Path
) -> None:
    page, bad = offline
    path = tmp_path / "story.html"
    path.write_text(document_html(story), encoding="utf-8")
    page.goto(path.as_uri())
    total = len(story.sheets) + 1
    expect(page.get_by_role("heading", name=story.title)).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name=story.sheets[0].headline)).to_be_visible()
    expect(page.locator(".step.now .js-plotly-plot .main-svg").first).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("#count")).to_have_text(f"{total} / {total}")
    page.keyboard.press("PageUp")
    expect(page.locator("#count")).to_have_text(f"{total - 1} / {total}")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=story.sheets[1].headline)).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#count")).to_have_text(f"2 / {total}")
    page.keyboard.press("PageDown")
    expect(page.locator("#count")).to_have_text(f"3 / {total}")
    page.keyboard.press("Home")
    expect(page.locator("#count")).to_have_text(f"1 / {total}")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    page.keyboard.press("b")
    expect(page.locator("#blank")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("atlas.show(1)")
    expect(page.get_by_role("heading", name=story.title)).to_be_visible()
    assert bad == []


FOOT_AND_TABLE = """n => { atlas.show(n);
    const foot = document.querySelector('.step.now .foot'),
          table = document.querySelector('.step.now .figure .table');
    return [!foot || foot.getBoundingClientRect().bottom <= innerHeight,
            !table || table.scrollWidth <= table.clientWidth]; }"""


def test_on_a_laptop_the_foot_of_every_sheet_is_seen_and_no_table_is_cut(
    catalogue: Catalogue, offline: tuple[Page, list[str]], tmp_path: Path
) -> None:
    page, bad = offline
    page.set_viewport_size({"width": 1440, "height": 900})
    # The story with wide tables, a chart too high for the screen and statements.
    told = next(w for w in walkthroughs(catalogue) if w.id == "what-has-been-gained")
    home = "https://atlas.example/"
    document = document_of_story(
        catalogue,
        tell(catalogue, told),
        address=home,
        link=lambda _, selection: live_link(home, "", selection),
    )
    path = tmp_path / "gained.html"
    path.write_text(document_html(document), encoding="utf-8")
    page.goto(path.as_uri())
    steps = range(1, len(document.sheets) + 2)
    seen = {n: page.evaluate(FOOT_AND_TABLE, n) for n in steps}
    assert [n for n, found in seen.items() if found != [True, True]] == []
    assert bad == []


def test_a_handout_prints_a_page_for_each_step(
    story: Document, offline: tuple[Page, list[str]], tmp_path: Path
) -> None:
    page, bad = offline
    path = tmp_path / "handout.html"
    path.write_text(document_handout(story), encoding="utf-8")
    page.goto(path.as_uri())
    overfull = page.evaluate(
        "[...document.querySelectorAll('article')].filter(a=>a.scrollHeight>a.clientHeight+2).length"
    )
    paper = page.pdf(prefer_css_page_size=True)
    assert (paper.count(b"/Type /Page\n"), overfull) == (len(story.sheets) + 1, 0)
    assert bad == []


def test_the_site_works_from_a_plain_file_server(
    catalogue: Catalogue, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "REGISTRY", [REGISTRY[key] for key in FEW])
    monkeypatch.setattr(site, "walkthroughs", lambda _: ())
    site.write_site(catalogue, tmp_path / "site", say=lambda _: None)
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}/"
    page = browser.new_page()
    bad: list[str] = []
    page.on("request", lambda r: None if r.url.startswith((root, "data:")) else bad.append(r.url))
    page.on("pageerror", lambda e: bad.append(str(e)))
    try:
        page.goto(root)
        page.get_by_role("link", name=REGISTRY["delegation-intent"].title).click()
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        page.get_by_role("link", name="Provider Collaboratives Atlas").click()
        page.get_by_role("link", name=REGISTRY["footprint-map"].title).click()
        page.locator(".map-box").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#tip")).to_be_visible()
        assert bad == []
    finally:
        page.close()
        server.shutdown()


def test_slides_of_a_card_are_made_and_saved(visit: Callable[..., Visit]) -> None:
    seen = visit("delegation?sector=mhlda")
    card = seen.page.locator(".st-key-exhibit-delegation-intent")
    card.get_by_text("Take away", exact=True).click()
    card.get_by_role("button", name="Make the file").click()
    save = card.get_by_role("button", name="Save delegation-intent_sector-mhlda.pptx")
    expect(save).to_be_visible()
    with seen.page.expect_download() as download:
        save.click()
    assert download.value.suggested_filename == "delegation-intent_sector-mhlda.pptx"
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
