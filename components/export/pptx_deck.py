"""A document as slides: native charts, maps of shapes, tables, notes, and the way back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import plotly.graph_objects as go

from components import theme
from components.exhibits.deck import DeckMap
from components.export.brief_fit import wrapped
from components.export.chart_make import charts_of
from components.export.chart_pages import pages_of
from components.export.chart_spec import BarChart, Chart, MarkChart, Network, SlopeChart
from components.export.plot_read import read_plot
from components.export.pptx_bars import add_bars, add_slopes, rows_height
from components.export.pptx_base import (
    FAINT,
    HEIGHT,
    WIDTH,
    Area,
    add_linked,
    add_number,
    add_qr,
    add_text,
    add_title,
    describe,
    fitting,
    flat,
    line_count,
    new_presentation,
    rgb,
)  # fmt: skip
from components.export.pptx_close import add_closing
from components.export.pptx_map import add_map
from components.export.pptx_marks import add_marks
from components.export.pptx_network import add_network
from components.export.pptx_table import MOST_PAGES, add_table, table_pages
from components.export.sheet import ATLAS, LICENCE, Document, Sheet
from components.export.shown import chosen_columns, shown

_EDGE: Final = 0.6
_ROOM: Final = WIDTH - 2 * _EDGE
_BODY: Final = Area(_EDGE, 1.62, _ROOM, 4.5)
_TITLE_ONLY: Final = 5
_TALK_PAGES: Final = 2
_BESIDE_POINTS: Final = 0.68


def document_pptx(document: Document) -> bytes:
    """A document as a PowerPoint file, 16:9."""
    made = new_presentation(document.title)
    if len(document.sheets) > 1:
        _cover(_slide(made), document)
    for sheet in document.sheets:
        _sheet(made, document, sheet)
    add_closing(_slide(made), document)
    body = io.BytesIO()
    made.save(body)
    return body.getvalue()


def _slide(made: Any) -> Any:
    slide = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    # Else every object added looks through all that are there for a free number.
    slide.shapes.turbo_add_enabled = True
    bar = slide.shapes.add_shape(1, *Area(0, 0, WIDTH, 0.1).emu)
    bar.fill.solid()
    bar.fill.fore_color.rgb = rgb(theme.NHS_BLUE)
    bar.line.fill.background()
    flat(bar)
    describe(bar, "Blue line at the top edge", "Top line")
    add_number(slide, Area(WIDTH - _EDGE - 0.6, HEIGHT - 0.32, 0.6, 0.2))
    return slide


def _cover(slide: Any, document: Document) -> None:
    add_text(slide, Area(_EDGE, 0.6, _ROOM, 0.3), ATLAS, 14, colour=theme.NHS_BLUE, bold=True,
             name="Atlas")  # fmt: skip
    add_title(slide, Area(_EDGE, 1.0, _ROOM, 1.2), document.title, (40, 34, 28, 24))
    size = fitting(document.subtitle, _ROOM, 0.9, (18, 16, 14, 12))
    add_text(slide, Area(_EDGE, 2.25, _ROOM, 0.9), document.subtitle, size, colour=FAINT,
             name="Subtitle")  # fmt: skip
    wide = _ROOM - (2.2 if document.address else 0.0)
    lines = "\n".join(f"{n}  {s.headline}" for n, s in enumerate(document.sheets, start=1))
    if line_count(lines, wide, 11) * 11 * 1.22 / 72 > 3.2:
        titles = (s.exhibit.title for s in document.sheets)
        lines = "\n".join(f"{n}  {title}" for n, title in enumerate(titles, start=1))
    lines = _first_lines(lines, wide, 3.2)
    size = fitting(lines, wide, 3.2, (18, 16, 14, 12, 11, 10, 9))
    add_text(slide, Area(_EDGE, 3.25, wide, 3.2), lines, size, name="Contents")
    if document.address:
        add_qr(slide, Area(WIDTH - _EDGE - 1.6, 4.6, 1.6, 1.6), document.address)
    add_text(
        slide, Area(_EDGE, 6.62, _ROOM - 0.8, 0.5),
        f"Made on {document.made_on} from tables version {document.version}. {LICENCE} "
        "Not an NHS product.", 10.5, colour=FAINT, name="Licence",
    )  # fmt: skip
    slide.notes_slide.notes_text_frame.text = document.subtitle


def _first_lines(lines: str, wide: float, high: float, size: float = 9) -> str:
    """As many lines as a box holds, and how many more there are."""
    every = lines.split("\n")
    for kept in range(len(every), 0, -1):
        left = len(every) - kept
        text = "\n".join([*every[:kept], *([f"and {left} more"] if left else [])])
        if line_count(text, wide, size) * size * 1.22 / 72 <= high:
            return text
    return f"{len(every)} exhibits"


def _sheet(made: Any, document: Document, sheet: Sheet) -> None:
    """The slides of one sheet; what needs several is numbered."""
    parts = list(_parts(sheet))
    for n, (kind, part, note) in enumerate(parts, start=1):
        slide = _slide(made)
        counted = f"  ({n} of {len(parts)})" if len(parts) > 1 else ""
        add_text(slide, Area(_EDGE, 0.3, _ROOM, 0.26), f"{sheet.exhibit.title}{counted}", 13,
                 colour=theme.NHS_BLUE, bold=True, name="Exhibit")  # fmt: skip
        high = add_title(
            slide,
            Area(_EDGE, 0.6, _ROOM, 0.95),
            # No two slides have the same title: outlines and screen readers tell them by it.
            f"{sheet.headline}{counted if n > 1 else ''}",
            (26, 24, 22, 20, 18, 16, 14),
        )
        foot = _foot(slide, sheet, note)
        top = min(_BODY.top, 0.6 + high + 0.2)
        body = Area(_BODY.left, top, _BODY.width, foot - top - 0.12)
        if sheet.points and n == 1:
            body = _points(slide, sheet.points, body)
        _draw(slide, sheet, kind, part, body)
        slide.notes_slide.notes_text_frame.text = sheet.spoken
    del document


Part = tuple[str, Any, str]


def _parts(sheet: Sheet) -> Iterator[Part]:
    """What each slide of a sheet shows: its kind, its content, a note for its foot."""
    built = sheet.built
    if built.empty is not None and built.figure is None:
        yield "empty", f"{built.empty.reason} {built.empty.widen}", ""
    elif isinstance(built.figure, DeckMap):
        yield "map", built.figure, ""
    elif isinstance(built.figure, go.Figure):
        every = pages_of(charts_of(read_plot(built.figure)))
        most = _TALK_PAGES if sheet.points else MOST_PAGES
        left = sum(_rows_of(chart) for page in every[most:] for chart in page)
        notes = [f"{left:,} more rows {_elsewhere(sheet)}"] if left else []
        if any(isinstance(c, BarChart) and c.crossed for page in every for c in page):
            notes.append("An interval that would lie over another of its row is in the table only")
        note = "; ".join(notes)
        for page in every[:most]:
            yield "charts", page, note
    else:
        table, hidden = chosen_columns(shown(built))
        width = _BODY.width * (_BESIDE_POINTS if sheet.points else 1.0)
        # In a talk a table is an example: the rows are read elsewhere.
        pages, left = table_pages(table, width, 6.0 - _BODY.top, 1 if sheet.points else MOST_PAGES)
        notes = []
        where = _elsewhere(sheet)
        if left:
            notes.append(f"{left:,} more rows {where}")
        if hidden:
            word = "column" if hidden == 1 else "columns"
            notes.append(f"{hidden} more {word} {'there' if left else where}")
        for rows in pages:
            yield "table", (rows, table), "; ".join(notes)


def _rows_of(chart: Chart) -> int:
    if isinstance(chart, BarChart | MarkChart):
        return len(chart.rows)
    return len(chart.lines) if isinstance(chart, Network) else 1


def _elsewhere(sheet: Sheet) -> str:
    """Where the rows are that a slide has no room for."""
    live = "in the live view (link at the right), " if sheet.link else ""
    return f"{live}in the workbook and the CSV of this exhibit"


def _points(slide: Any, points: tuple[str, ...], body: Area) -> Area:
    """Talking points at the right; what is left for the picture."""
    wide = body.width * 0.29
    text = "\n".join(points)
    size = fitting(text, wide - 0.25, body.height - 0.2 * len(points), (18, 16, 15, 14, 13, 12, 11))
    y = body.top
    for n, point in enumerate(points, start=1):
        lines = len(wrapped(point, (wide - 0.25) * 25.4, size))
        high = lines * size * 1.22 / 72
        box = Area(body.left + body.width - wide + 0.22, y, wide - 0.22, high)
        add_text(slide, box, point, size, name=f"Point {n}")
        mark = slide.shapes.add_shape(1, *Area(box.left - 0.2, y + 0.04, 0.06, high - 0.06).emu)
        mark.fill.solid()
        mark.fill.fore_color.rgb = rgb(theme.NHS_BLUE)
        mark.line.fill.background()
        flat(mark)
        describe(mark, "Line beside a point", f"Point line {n}")
        y += high + 0.2
    return Area(body.left, body.top, body.width - wide - 0.15, body.height)


def _draw(slide: Any, sheet: Sheet, kind: str, part: Any, body: Area) -> None:
    alt = sheet.alt
    if kind == "empty":
        add_text(slide, body, part, 18, name="Why there is nothing")
    elif kind == "map":
        add_map(slide, part, body)
    elif kind == "table":
        page, whole = part
        add_table(slide, page, whole, body, f"{alt} {len(page.rows)} rows.")
    elif isinstance(part[0], SlopeChart):
        add_slopes(slide, part, body, alt)
    elif isinstance(part[0], Network):
        add_network(slide, part[0], body)
    else:
        _stack(slide, part, body, alt)


def _stack(slide: Any, charts: list[Chart], body: Area, alt: str) -> None:
    """Charts below one another by their rows, or beside one another where they share them."""
    if len(charts) > 1 and all(getattr(c, "span", (0, 1)) != (0.0, 1.0) for c in charts):
        spans = [c.span for c in charts if isinstance(c, BarChart | MarkChart)]
        shares = [b - a for a, b in spans]
        # The first carries the labels of the rows.
        shares[0] *= 1.5
        x = body.left
        for n, (chart, share) in enumerate(zip(charts, shares, strict=True)):
            wide = body.width * share / sum(shares)
            _one(slide, chart, Area(x, body.top, wide - 0.1, body.height), alt, n)
            x += wide
        return
    sizes = [rows_height(c) if isinstance(c, BarChart | MarkChart) else 1.0 for c in charts]
    # A few rows need not fill a slide: bars as thick as walls say no more.
    used = min(body.height, sum(sizes) * 0.62)
    y = body.top
    for chart, size in zip(charts, sizes, strict=True):
        high = used * size / sum(sizes)
        _one(slide, chart, Area(body.left, y, body.width, high - 0.08), alt)
        y += high


def _one(slide: Any, chart: Chart, area: Area, alt: str, place: int = -1) -> None:
    if isinstance(chart, BarChart):
        add_bars(slide, chart, area, alt, place=place)
    elif isinstance(chart, MarkChart):
        add_marks(slide, chart, area, alt)


def _foot(slide: Any, sheet: Sheet, note: str) -> float:
    """Base, caveats, sources, dates, attribution and the way back; the top of it."""
    wide = _ROOM - (1.15 if sheet.link else 0.0)
    lines = [note, *(f"{w}: {t}" for w, t in sheet.small_print)]
    text = "\n".join(line for line in lines if line)
    size = fitting(text, wide, 1.15, (11, 10, 9, 8.5, 8))
    # Notes of the exhibit stand below the picture where there is room; else in the slide's notes.
    for said in reversed(sheet.built.notes[:2]):
        if line_count(f"{said}\n{text}", wide, size) * size * 1.22 / 72 <= 1.15:
            text = f"{said}\n{text}"
    high = line_count(text, wide, size) * size * 1.22 / 72
    top = HEIGHT - 0.3 - high
    add_text(slide, Area(_EDGE, top, wide, high), text, size, colour=FAINT,
             name="Base, caveats and sources")  # fmt: skip
    if sheet.link:
        add_qr(slide, Area(WIDTH - _EDGE - 0.95, HEIGHT - 1.52, 0.95, 0.95), sheet.link)
        add_linked(slide, Area(WIDTH - _EDGE - 0.95, HEIGHT - 0.56, 0.95, 0.2), "Live view",
                   sheet.link, 10, "Link to the live view")  # fmt: skip
    return top
