"""Every exhibit as slides, read back as PowerPoint would."""

import io
from typing import Any

import plotly.graph_objects as go
import pytest
from pptx import Presentation
from pptx.util import Inches

from components.exhibits import REGISTRY, Built
from components.exhibits.deck import DeckMap
from components.export.chart_make import charts_of
from components.export.chart_pages import pages_of
from components.export.chart_spec import BarChart, MarkChart
from components.export.plot_read import read_plot
from components.export.pptx_deck import document_pptx
from components.export.pptx_table import MOST_PAGES
from components.export.sheet import document_of
from components.export.shown import shown
from data import Catalogue, Selection
from tests.components.conftest import Build

IDS = [e.id for e in REGISTRY]
ADDRESS = "https://atlas.example/"


def slides_of(catalogue: Catalogue, build: Build, exhibit_id: str) -> tuple[Any, Any]:
    """The sheet of an exhibit, and its slides read back."""
    document = document_of(
        catalogue, exhibit_id, "One", [exhibit_id], Selection(), build, address=ADDRESS,
        link=lambda key, _: f"{ADDRESS}{key}",
    )  # fmt: skip
    return document.sheets[0], Presentation(io.BytesIO(document_pptx(document)))


def shapes_of(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes]


def descr(shape: Any) -> str:
    return str(shape._element.xpath(".//p:cNvPr")[0].get("descr") or "")


def titled_noted_and_leading_back(sheet: Any, deck: Any) -> None:
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    *own, last = deck.slides
    assert last.shapes.title.text.startswith("Notes and sources")
    for slide in own:
        if slide.shapes.title.text.startswith("Notes and sources"):
            continue
        assert slide.shapes.title.text.startswith(sheet.headline)
        notes = slide.notes_slide.notes_text_frame.text
        assert sheet.exhibit.question in notes
        assert all(c.plain in notes for c in sheet.built.citations)
        words = " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        assert sheet.dated in words
        assert [s for s in slide.shapes if sheet.link in descr(s)] != []
        assert [s for s in slide.shapes if "slidenum" in s._element.xml] != []


def described_and_on_the_slide(deck: Any) -> None:
    silent = [s.name for s in shapes_of(deck) if not descr(s)]
    outside = [
        s.name
        for s in shapes_of(deck)
        if s.left < -9525 or s.top < -9525
        or s.left + s.width > deck.slide_width + 9525
        or s.top + s.height > deck.slide_height + 9525
    ]  # fmt: skip
    assert (silent, outside) == ([], [])


def native_with_the_values_of_the_figure(exhibit_id: str, built: Built, deck: Any) -> None:
    figure = built.figure
    charts = [s.chart for s in shapes_of(deck) if s.has_chart]
    if not isinstance(figure, go.Figure):
        assert charts == []
        return
    if exhibit_id == "trust-network":
        ties = [s for s in shapes_of(deck) if s.name == "Tie"]
        assert len(ties) == len(built.frame)
        return
    drawn = sorted(
        round(v, 4) for c in charts for p in c.plots for s in p.series for v in s.values
        if v is not None
    )  # fmt: skip
    pages = pages_of(charts_of(read_plot(figure)))
    told = [c for page in pages[:MOST_PAGES] for c in page]
    asked = [v for c in told if isinstance(c, BarChart) for s in c.series for v in s.values]
    assert charts != []
    missing = [v for v in asked if v is not None and round(v, 4) not in drawn]
    assert missing == []
    marks = [p for c in told if isinstance(c, MarkChart) for s in c.series for p in s.places]
    assert len(drawn) >= len(marks)
    if len(pages) > MOST_PAGES:
        words = " ".join(s.text_frame.text for s in shapes_of(deck) if s.has_text_frame)
        assert "more rows in the live view" in words
        return
    # Nothing of the figure is lost on the way to the charts.
    bars = {round(b.value, 4) for p in read_plot(figure).panels for b in p.bars if b.text}
    assert {b for b in bars if b not in drawn} == set()


def shapes_one_an_area_and_named(deck_map: DeckMap, deck: Any) -> None:
    said = {s.name: descr(s) for s in shapes_of(deck)}
    assert [a.name for a in deck_map.areas if a.name not in said] == []
    assert [a.name for a in deck_map.areas if a.summary and a.summary not in said[a.name]] == []
    assert [e.label for e in deck_map.legend if f"Legend {e.label}" not in said] == []
    words = " ".join(s.text_frame.text for s in shapes_of(deck) if s.has_text_frame)
    assert deck_map.attribution in words


def a_table_or_told_what_is_left_out(built: Built, deck: Any) -> None:
    tables = [s.table for s in shapes_of(deck) if s.has_table]
    rows = sum(len(list(t.rows)) - 1 for t in tables)
    left = len(shown(built).rows) - rows
    words = " ".join(s.text_frame.text for s in shapes_of(deck) if s.has_text_frame)
    assert rows > 0
    assert left == 0 or f"{left:,} more rows" in words


@pytest.mark.parametrize("exhibit_id", IDS)
def test_slides_of_an_exhibit(exhibit_id: str, catalogue: Catalogue, build: Build) -> None:
    built = build(exhibit_id, Selection())
    sheet, deck = slides_of(catalogue, build, exhibit_id)
    titled_noted_and_leading_back(sheet, deck)
    described_and_on_the_slide(deck)
    native_with_the_values_of_the_figure(exhibit_id, built, deck)
    if isinstance(built.figure, DeckMap):
        shapes_one_an_area_and_named(built.figure, deck)
    elif built.figure is None and built.empty is None:
        a_table_or_told_what_is_left_out(built, deck)


def test_intervals_and_hatching_are_native(catalogue: Catalogue, build: Build) -> None:
    _, deck = slides_of(catalogue, build, "dedicated-resource")
    charts = [s.chart._chartSpace.xml for s in shapes_of(deck) if s.has_chart]
    assert "c:errBars" in charts[0]
    assert "wdUpDiag" in charts[0]
