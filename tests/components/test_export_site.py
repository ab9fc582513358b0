"""The site of plain files, and the handout."""

import json
import re
from pathlib import Path

import pytest

from components.exhibits import REGISTRY
from components.export import site, site_pages
from components.export.__main__ import main
from components.export.handout import document_handout
from components.export.sheet import document_of
from components.export.story_html import write_whole
from components.stories import walkthroughs
from data import Catalogue, Selection
from tests.components.conftest import Build

FEW = ("delegation-intent", "footprint-map", "enablers", "source-list")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site of four exhibits, one of each kind, and no walkthrough: all of them take long."""
    monkeypatch.setattr(site, "REGISTRY", [REGISTRY[key] for key in FEW])
    monkeypatch.setattr(site, "walkthroughs", lambda _: ())


def quiet(_: str) -> None:
    return None


@pytest.mark.usefixtures("few")
def test_every_link_of_the_site_is_relative_and_leads_to_a_file(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    count = site.write_site(catalogue, out, say=quiet)
    assert count == len([p for p in out.rglob("*") if p.is_file()])
    own = re.compile(r"""(?:href|src)="(?!data:|https?:|#)([^"]+)\"""")
    for page in out.rglob("*.html"):
        for link in own.findall(page.read_text("utf-8")):
            assert (page.parent / link).is_file(), f"{page.name} -> {link}"
    assert {p.stem for p in (out / "exhibits").glob("*.html")} == set(FEW)


def test_a_story_of_a_subject_is_written_for_each_and_listed(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = (Selection(icb=("E54000023",)), Selection(sector=("ambulance",)))
    monkeypatch.setattr(site_pages, "subjects_of", lambda *_: two)
    story = next(s for s in walkthroughs(catalogue) if s.subject)
    pages = site_pages.write_story(tmp_path, catalogue, story, "", quiet)
    assert pages == [
        f"{story.id}.html",
        *(f"{story.id}/{k}.html" for k in ("E54000023", "ambulance")),
    ]
    listed = (tmp_path / pages[0]).read_text("utf-8")
    for page in pages[1:]:
        for name in (page, page.replace(".html", ".pptx"), page.replace(".html", "-handout.html")):
            assert (tmp_path / name).is_file()
            assert f'href="{name}"' in listed


@pytest.mark.usefixtures("few")
def test_metadata_holds_sources_and_licence(catalogue: Catalogue, tmp_path: Path) -> None:
    out = tmp_path / "site"
    site.write_site(catalogue, out, say=quiet)
    told = json.loads((out / "exhibits" / "footprint-map.json").read_text("utf-8"))
    assert told["sources"][0]["locators"]
    assert "Open Government Licence" in told["map"]
    assert told["rows"] == len((out / "exhibits" / "footprint-map.csv").read_text().split("\n")) - 2


@pytest.mark.usefixtures("few")
def test_a_failure_leaves_the_site_of_before_and_nothing_half(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    site.write_site(catalogue, out, say=quiet)
    before = (out / "index.html").read_text("utf-8")
    monkeypatch.setattr(site, "to_signed_csv", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        site.write_site(catalogue, out, say=quiet)
    assert (out / "index.html").read_text("utf-8") == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_other_files_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    assert main(["site", str(tmp_path), "--quiet"]) == 1
    assert "Give another folder" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["precious.txt"]


def test_a_file_that_cannot_be_written_leaves_no_part(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_whole(tmp_path / "taken", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_a_handout_has_a_page_for_each_exhibit_with_its_sources(
    catalogue: Catalogue, build: Build
) -> None:
    made = document_of(catalogue, "few", "Few", FEW, Selection(), build)
    page = document_handout(made)
    assert page.count("<article>") == len(FEW) + 1
    for sheet in made.sheets:
        assert sheet.built.citations[0].publisher.replace("&", "&amp;") in page
        assert sheet.dated in page
