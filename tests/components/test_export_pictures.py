"""Every exhibit as a picture and as a page, drawn on the server."""

import re
from xml.etree import ElementTree as ET

import plotly.graph_objects as go
import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.deck import DeckMap
from components.export.picture import png, svg
from components.export.plot_read import read_plot
from components.export.plot_svg import _CORNERS
from components.export.pptx_chart import MARKERS
from components.export.pptx_marks import _SYMBOLS
from components.export.sheet import document_of
from components.export.story_html import document_html
from data import Catalogue, Selection
from tests.components.conftest import Build

IDS = [e.id for e in REGISTRY]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("exhibit_id", IDS)
def test_a_picture_says_what_the_exhibit_draws(exhibit_id: str, build: Build) -> None:
    built = build(exhibit_id, Selection())
    if built.figure is None:
        with pytest.raises(ValueError, match="read, not drawn"):
            svg(REGISTRY[exhibit_id], built)
        return
    drawing = svg(REGISTRY[exhibit_id], built)
    root = ET.fromstring(drawing)
    assert built.reading in str(root.findtext(f"{SVG}title"))
    missing = [w for w in _expected(built) if w not in drawing]
    assert missing == []


def _expected(built: Built) -> list[str]:
    """Names that have to stand in the drawing: every area; every label of an axis of rows."""
    if isinstance(built.figure, DeckMap):
        focus = built.figure.focus
        return [f'id="{a.code}"' for a in built.figure.areas if not focus or a.code in focus]
    return []


@pytest.mark.parametrize("exhibit_id", IDS)
def test_every_mark_of_a_figure_is_read(exhibit_id: str, build: Build) -> None:
    figure = build(exhibit_id, Selection()).figure
    if not isinstance(figure, go.Figure):
        return
    plot = read_plot(figure)
    values = [(t, [v for v in (t.x if t.x is not None else ()) if v is not None])
              for t in figure.data]  # fmt: skip
    bars = sum(len(v) for t, v in values if t.type == "bar")
    points = sum(
        len(v) for t, v in values if t.type == "scatter" and "lines" not in str(t.mode)
    ) + sum(len(v) for t, v in values if t.type == "scatter" and "lines+" in str(t.mode))
    assert sum(len(p.bars) for p in plot.panels) == bars
    assert sum(len(p.points) for p in plot.panels) >= points


def test_a_trace_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="found a trace of type 'pie'"):
        read_plot(go.Figure(go.Pie(values=[1])))


def test_a_picture_becomes_png_without_any_font_of_the_machine(build: Build) -> None:
    drawing = svg(REGISTRY["delegation-intent"], build("delegation-intent", Selection()))
    body = png(drawing, zoom=0.5)
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    blank = png(re.sub(r"<text.*?</text>", "", drawing), zoom=0.5)
    assert len(body) > len(blank)


@pytest.mark.parametrize("interactive", [True, False])
def test_a_page_holds_everything_and_asks_for_nothing(
    interactive: bool, catalogue: Catalogue, build: Build
) -> None:
    address = "https://atlas.example/"
    made = document_of(
        catalogue, "many", "Many", IDS[:30], Selection(), build, address=address,
        link=lambda exhibit_id, _: f"{address}{exhibit_id}",
    )  # fmt: skip
    page = document_html(made, interactive=interactive)
    own = page.replace(made.address, "")
    if interactive:
        start = own.index("<script>/**")
        own = own[:start] + own[own.index("</script>", start) :]
    assert re.findall(r"""(?:src|href)=["']https?:[^"']*\.(?:js|css|woff2?|png)""", own) == []
    assert re.findall(r"@import|url\(https?:", own) == []
    for sheet in made.sheets:
        assert f"{address}{sheet.exhibit.id}" in page
    assert len(page.encode()) < 8_000_000


def test_every_form_of_a_mark_can_be_drawn_everywhere(build: Build) -> None:
    drawn: set[str] = set()
    for exhibit_id in IDS:
        figure = build(exhibit_id, Selection()).figure
        if isinstance(figure, go.Figure):
            panels = read_plot(figure).panels
            drawn |= {p.symbol.removesuffix("-open") for panel in panels for p in panel.marks}
    assert "diamond-tall" in drawn
    assert drawn - {*_CORNERS, "circle", "square", "line-ns"} == set(), "a circle in pictures"
    assert drawn - set(MARKERS) == set(), "a circle in charts on slides"
    assert drawn - set(_SYMBOLS) == set(), "a circle in legends on slides"
