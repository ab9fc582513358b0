"""Every kind of file that is offered cites: sources, base, caveats, date, licence, way back."""

from __future__ import annotations

import html
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from components.exhibits import CAVEATS, REGISTRY
from components.export import holding, sheet, site
from components.export.citing import STYLES
from components.export.picture import png
from components.ui import offers
from components.ui.offers import OFFERS, Offer
from data import Catalogue, Selection
from tests.components.test_export_own_everywhere import READ

ADDRESS = "https://atlas.example/"
ACUTE = Selection(sector=("acute",))
IDS = ("delegation-intent", "footprint-map", "outcome-list")
VISUAL = {"pptx", "html", "handout", "svg", "png"}
# What a kind has no place for. A kind that is not named here has to say all of it.
WITHOUT = {
    "csv": {"base", "caveat", "link"},
    **{key: {"base", "caveat", "licence"} for key in STYLES},
}


def _png(data: bytes) -> str:
    kept = Image.open(io.BytesIO(data)).info
    return f"{kept['Title']} {kept['Description']}"


def _geopackage(data: bytes) -> str:
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    rows = [*base.execute("select * from notes"), *base.execute("select * from sources")]
    return " ".join(str(cell) for row in rows for cell in row)


TEXT: dict[str, Callable[[bytes], str]] = {**READ, "png": _png, "gpkg": _geopackage,
                                          "csl.json": bytes.decode}  # fmt: skip


def _missing(offer: Offer, exhibit_id: str) -> list[str]:
    subject = offers.of_exhibit(REGISTRY[exhibit_id], ACUTE, ADDRESS)
    if not offer.suits(subject.built(exhibit_id)):
        return []
    said = offers.document(subject).sheets[0]
    text = _plain(TEXT[offer.ending](offer.make(subject)))
    visual = offer.key in VISUAL
    # Rows bear the dates of their sources; what is drawn says from when to when they are.
    # References write a date in the manner of their style: its year is the same in all.
    published = [c.published for c in said.built.citations[:1]]
    dates = [said.dated] if visual else published
    dates = [d[:4] for d in published] if offer.key in STYLES else dates
    wanted = {
        "source": [c.publisher for c in said.built.citations[:1]],
        "base": [said.built.base],
        "caveat": [CAVEATS[c].label for c in said.built.caveats],
        "date": dates,
        "licence": ["Creative Commons Attribution 4.0"],
        "link": [said.link if visual or offer.key in STYLES else ADDRESS],
        "code": ["QR code"] if visual and offer.key != "png" else [],
    }
    left = WITHOUT.get(offer.key, set())
    return [
        f"{what}: {words}"
        for what, every in wanted.items() if what not in left
        for words in every if words and _plain(words) not in text
    ]  # fmt: skip


def _plain(text: str) -> str:
    """Words alone: without escapes, and whatever the marks between them."""
    whole = html.unescape(html.unescape(text)).replace("\\/", "/").replace(r"\&", "&")
    return " ".join(whole.split()).lower()


@pytest.mark.parametrize("offer", OFFERS, ids=lambda o: o.key)
def test_every_kind_of_file_cites(offer: Offer) -> None:
    assert "exhibit" in offer.kinds
    assert {e: m for e in IDS if (m := _missing(offer, e))} == {}


def test_a_picture_in_pixels_is_that_of_the_drawing_with_its_code() -> None:
    subject = offers.of_exhibit(REGISTRY["delegation-intent"], ACUTE, ADDRESS)
    of = {o.key: o for o in OFFERS}
    assert of["png"].make(subject) == png(of["svg"].make(subject).decode())


def test_a_picture_without_an_address_has_no_code_and_says_the_rest() -> None:
    subject = offers.of_exhibit(REGISTRY["delegation-intent"], ACUTE, "")
    drawing = next(o for o in OFFERS if o.key == "svg").make(subject).decode()
    assert "QR code" not in drawing
    assert "Live view" not in drawing
    assert "40, derived" in drawing


def test_the_site_cites_on_its_page_its_picture_and_for_programs(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "REGISTRY", [REGISTRY["delegation-intent"]])
    monkeypatch.setattr(site, "walkthroughs", lambda _: ())
    site.write_site(catalogue, tmp_path / "site", ADDRESS, say=lambda _: None)
    folder = tmp_path / "site" / "exhibits"
    told = json.loads((folder / "delegation-intent.json").read_text("utf-8"))
    for ending in ("html", "svg"):
        text = _plain((folder / f"delegation-intent.{ending}").read_text("utf-8"))
        wanted = [told["sources"][0]["publisher"], "QR code"]
        wanted += [told[key] for key in ("base", "data", "licence", "link")]
        wanted += [c["label"] for c in told["caveats"].values()]
        assert [w for w in wanted if not w or _plain(w) not in text] == [], ending
    assert holding.LICENCE in (folder / "delegation-intent.csv").read_text("utf-8")


def test_an_address_is_escaped_in_the_title_of_its_code() -> None:
    assert "<script>" not in sheet.qr_svg("https://atlas.example/<script>a&b")
    assert "&lt;script&gt;" in sheet.qr_svg("https://atlas.example/<script>a&b")
