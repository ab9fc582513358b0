"""Every kind of file that is offered says, inside and in its name, that own rows are in it."""

from __future__ import annotations

import ast
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from components.exhibits import CAVEATS, REGISTRY
from components.export import brief, picture, place_page
from components.export.citing import STYLES
from components.export.holding import of_table
from components.export.own_mark import OWN, in_profile
from components.export.own_templates import template_xlsx
from components.ui import cache, offers, row_files
from components.ui.offers import OFFERS, Offer, Subject
from data import Catalogue, Selection
from data.own import Upload, bring
from data.own.contributing import contribution
from data.placing import Answers, asked
from tests.components.test_exhibits_own import ABOUT_THE_ATLAS, brought

MARK = CAVEATS["own-data"].label
IN_NAME = "with-own-rows"
EXHIBITS = ("footprint-map", "outcomes-by-benefit")
ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def own(catalogue: Catalogue) -> Catalogue:
    return brought(catalogue).catalogue


@pytest.fixture
def session(own: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that has brought rows."""
    monkeypatch.setattr(cache, "catalogue", lambda: (own, ()))


@pytest.fixture
def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no temporary file can be made, once the font has been unpacked."""
    picture.png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    for name in ("TMPDIR", "CPL_TMPDIR"):
        monkeypatch.setenv(name, "/nowhere/at/all")


def _zipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return " ".join(parts.read(n).decode("utf-8", "replace") for n in parts.namelist())


def _parquet(data: bytes) -> str:
    return " ".join(v.decode() for v in (pq.read_schema(io.BytesIO(data)).metadata or {}).values())


def _geopackage(data: bytes) -> str:
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    notes = base.execute("select in_words from notes").fetchall()
    return " ".join(str(n[0]) for n in notes)


def _text(data: bytes) -> str:
    return data.decode("utf-8")


READ: dict[str, Callable[[bytes], str]] = {
    "pptx": _zipped, "xlsx": _zipped, "parquet": _parquet, "gpkg": _geopackage,
    **dict.fromkeys(("html", "handout.html", "svg", "csv", "geojson", "txt", "bib", "ris"), _text),
    "csl.json": lambda data: " ".join(i.get("note", "") for i in json.loads(data)),
}  # fmt: skip
"""Ending -> what can be read in such a file; a new kind is added here to be offered."""


def subjects(offer: Offer) -> Iterator[Subject]:
    if "exhibit" in offer.kinds:
        for exhibit_id in EXHIBITS:
            one = offers.of_exhibit(REGISTRY[exhibit_id], Selection(sector=("acute",)), "")
            if offer.suits(one.built(exhibit_id)):
                yield one
    if "page" in offer.kinds:
        yield Subject("page", "benefits", "Benefits", ("outcomes-by-benefit",), Selection())
    if "story" in offer.kinds:
        told = cache.told("where-collaboratives-are", Selection())
        yield Subject("story", "where", told.title, (), Selection(), told=told)


@pytest.mark.usefixtures("session", "no_disk")
@pytest.mark.parametrize("offer", OFFERS, ids=lambda o: o.key)
def test_every_kind_of_file_that_is_offered_is_marked(offer: Offer) -> None:
    """And is made without the disk: there, a maker that needs it raises an OSError."""
    tried = list(subjects(offer))
    assert tried
    for subject in tried:
        assert IN_NAME in subject.name(offer.ending), subject.id
        made = offer.make(subject)
        if offer.ending == "png":
            # A picture of letters cannot be read here: it is that of the SVG, which can.
            svg = next(o for o in OFFERS if o.key == "svg").make(subject)
            assert made == picture.png(svg.decode())
        else:
            words = READ[offer.ending](made)
            assert MARK in words.lower(), f"{offer.key} of {subject.id}"
            # Whoever is handed the file did not bring anything.
            assert "You, in this" not in words, f"{offer.key} of {subject.id}"


@pytest.mark.usefixtures("session")
def test_every_exhibit_names_each_own_file_in_every_row_and_every_reference() -> None:
    """Also a file whose rows are only counted, and which no row can name."""
    seen = 0
    for exhibit in REGISTRY:
        subject = offers.of_exhibit(exhibit, Selection(), "")
        built = subject.built(exhibit.id)
        files = [c.title.removeprefix("Your own file: ") for c in built.citations if c.is_own]
        assert bool(files) == (OWN in built.caveats), exhibit.id
        held = row_files.of(exhibit.id, built, Selection())
        assert all(f in held.taken_from for f in files), held.taken_from
        assert OWN not in built.caveats or CAVEATS[OWN] in held.caveats
        for style in STYLES:
            made = row_files.references(exhibit.id, built, Selection(), "", style)
            assert all(f.replace("_", r"\_") in made or f in made for f in files), exhibit.id
        seen += len(files) > 1
    assert seen, "some rest on several files"


@pytest.mark.parametrize("style", STYLES)
def test_references_of_what_only_counts_own_rows_name_the_file(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    data = bring(catalogue, None, Upload("ours.csv", ABOUT_THE_ATLAS["membership"].encode())).data
    assert data is not None
    monkeypatch.setattr(cache, "catalogue", lambda: (data.catalogue, ()))
    built = REGISTRY["collaborative-list"].build(data.catalogue, Selection())
    assert not built.frame["source_id"].isin(data.catalogue.own_sources).any()
    made = row_files.references("collaborative-list", built, Selection(), "", style)
    for words in (
        "Your own file: ours.csv",
        "a file of the reader’s own, not published",
        "its rows are counted in this; none of them is listed",
    ):
        assert words in made


@pytest.mark.parametrize("offer", OFFERS, ids=lambda o: o.key)
def test_nothing_is_marked_where_nobody_brought_anything(
    offer: Offer, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "catalogue", lambda: (catalogue, ()))
    subject = next(subjects(offer))
    assert IN_NAME not in subject.name(offer.ending)


@pytest.mark.parametrize(
    "kind", [f for f in row_files.ROW_FILES if not f.shapes], ids=lambda f: f.key
)
def test_files_of_whole_tables_are_marked(own: Catalogue, kind: row_files.RowFile) -> None:
    holding = of_table(own, "outcomes", own.table("outcomes"), taken_on="2026-11-24")
    assert holding.is_own
    assert MARK in READ[kind.ending](kind.make(holding))


def test_briefs_are_marked_where_they_tell_own_rows(own: Catalogue, catalogue: Catalogue) -> None:
    system = own.table("footprints").query("collaborative_id == 'example-alliance'").iloc[0]
    for kind, key in (("collaborative", "example-alliance"), ("system", system["icb_code"])):
        profile = brief.profile_of(own, kind, key)  # type: ignore[arg-type]
        assert in_profile(profile), key
        page = brief.page(profile, DAY)
        assert f"<strong>{MARK.capitalize()}: not checked by the Atlas.</strong>" in page
        assert IN_NAME in brief.file_name(profile, DAY)
    plain = brief.profile_of(catalogue, "system", system["icb_code"])
    assert MARK not in brief.page(plain, DAY).lower()
    assert IN_NAME not in brief.file_name(plain, DAY)


def test_the_page_of_placing_is_marked_beside_an_own_wave(own: Catalogue) -> None:
    ask = next(a for a in asked(own, Selection()) if a.question_id == "delegation-intent")
    answers = Answers({ask.key: tuple(ask.options)[:1]}, "", "")
    assert MARK in place_page.page(own, Selection(), answers, DAY).lower()


@pytest.mark.usefixtures("no_disk")
def test_what_is_brought_and_given_back_is_never_on_the_disk(catalogue: Catalogue) -> None:
    assert contribution(brought(catalogue))
    assert template_xlsx(catalogue, "outcomes")


COVERED = {
    "takeaway.py": "kinds of OFFERS, above",
    "row_files.py": "tables, above",
    "card.py": "the CSV of ROW_FILES, above",
    "search.py": "the first of ROW_FILES, above",
    "profile.py": "briefs, above",
    "place.py": "the page of placing, above; the reader's answers alone",
    "checklist.py": "questions of insights, which nobody can bring",
    "interface.py": "the package, which is never made with own rows (test_export_own)",
    "own.py": "templates and the list of problems",
    "own_loaded.py": "the contribution: nothing but own rows",
}
"""Module with a button that saves a file -> what holds that it is marked, or why it need not."""


def test_no_button_saves_a_file_that_is_not_thought_of() -> None:
    found = set()
    for path in [*(ROOT / "components/ui").glob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = (n for n in ast.walk(tree) if isinstance(n, ast.Attribute))
        if any(c.attr == "download_button" for c in calls):
            found.add(path.name)
    assert found == set(COVERED)
