"""A map on a slide: every area a shape of its own with its name, its legend as shapes."""

from __future__ import annotations

from typing import Any

from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from components import theme
from components.exhibits.deck import DeckMap, LegendEntry
from components.export.map_scene import Dot, Ring, Shape, Stroke, Word, scene
from components.export.map_svg import key_fill
from components.export.pptx_base import INK, Area, add_text, describe, flat, rgb, styled, width_of

_UNIT = 100.0
"""Units of the map to an inch."""
_FINE = 20
"""Steps to a unit: PowerPoint draws whole ones."""
_EMU = 914400 / _UNIT / _FINE
_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PATTERNS = {
    "hatch": MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL, "dots": MSO_PATTERN_TYPE.PERCENT_20,
}  # fmt: skip


def add_map(slide: Any, deck: DeckMap, area: Area) -> None:
    """The map in the middle of an area, its legend below or beside it."""
    beside = area.width > 6.5
    legend_width = 2.9 if beside else area.width
    rows = 0 if beside else _legend_rows(deck, area.width)
    tall = area.height - rows * 0.27 - (0.08 if rows else 0.0)
    wide = area.width - (legend_width + 0.2 if beside else 0.0)
    if beside:
        # The map is about as wide as high: its legend stands close to it.
        wide = min(wide, tall * 1.15)
    left = area.left + (area.width - wide - (legend_width + 0.2 if beside else 0.0)) / 2
    drawn = scene(deck, wide * _UNIT, tall * _UNIT)
    at = _At(slide, left, area.top)
    for shape in drawn.shapes:
        at.area(shape)
    for stroke in drawn.strokes:
        at.stroke(stroke)
    for word in drawn.words:
        at.word(word)
    for dot in drawn.dots:
        at.dot(dot)
    if beside:
        _legend_column(slide, deck, Area(left + wide + 0.2, area.top + 0.2, legend_width, tall))
    else:
        _legend_lines(slide, deck, Area(area.left, area.top + tall + 0.08, area.width, rows * 0.27))


class _At:
    """Puts the parts of a scene on a slide."""

    def __init__(self, slide: Any, left: float, top: float) -> None:
        self._slide, self._left, self._top = slide, left, top

    def _x(self, value: float) -> float:
        return self._left + value / _UNIT

    def _y(self, value: float) -> float:
        return self._top + value / _UNIT

    def _freeform(self, rings: list[Ring], *, close: bool) -> Any:
        """One shape of one or more rings: islands and holes belong to their area.

        The path is written as text: python-pptx adds points one by one, which takes seconds a map.
        """
        placed = [[(round(x * _FINE), round(y * _FINE)) for x, y in ring] for ring in rings]
        xs, ys = [x for r in placed for x, _ in r], [y for r in placed for _, y in r]
        left, top = min(xs), min(ys)
        wide, high = max(1, max(xs) - left), max(1, max(ys) - top)
        builder = self._slide.shapes.build_freeform(left, top, scale=_EMU)
        builder.add_line_segments([(left + wide, top + high)], close=False)
        made = builder.convert_to_shape(Inches(self._left), Inches(self._top))
        # Freeforms count apart from all other shapes: two of one number make PowerPoint repair.
        number = self._slide.shapes._next_shape_id
        made._element.xpath(".//p:cNvPr")[0].set("id", str(number))
        parts = []
        for ring in placed:
            steps = [f'<a:pt x="{x - left}" y="{y - top}"/>' for x, y in ring]
            parts.append(f"<a:moveTo>{steps[0]}</a:moveTo>")
            parts.extend(f"<a:lnTo>{step}</a:lnTo>" for step in steps[1:])
            parts.append("<a:close/>" if close else "")
        path = parse_xml(
            f'<a:path xmlns:a="{_SPACE}" w="{wide}" h="{high}">{"".join(parts)}</a:path>'
        )
        old = made._element.find(f".//{{{_SPACE}}}path")
        old.getparent().replace(old, path)
        return made

    def area(self, shape: Shape) -> None:
        """An area, islands included."""
        rings = [ring for polygon in shape.polygons for ring in polygon if len(ring) > 3]
        if not rings:
            return
        made = self._freeform(rings, close=True)
        fill = made.fill
        if shape.area.pattern == "solid":
            fill.solid()
            fill.fore_color.rgb = rgb(shape.fill)
        else:
            fill.patterned()
            fill.pattern = _PATTERNS[shape.area.pattern]
            fill.fore_color.rgb, fill.back_color.rgb = rgb("#FFFFFF"), rgb(shape.fill)
        made.line.color.rgb, made.line.width = rgb("#FFFFFF"), Pt(0.75)
        flat(made)
        describe(made, shape.words, shape.area.name)

    def stroke(self, stroke: Stroke) -> None:
        """A border, an outline or the frame of what is selected."""
        if len(stroke.points) < 2:
            return
        made = self._freeform([stroke.points], close=False)
        made.fill.background()
        made.line.color.rgb, made.line.width = rgb(stroke.colour), Pt(stroke.width * 0.72)
        flat(made)
        describe(made, stroke.name or "Border of a region", stroke.name or "Region border")

    def word(self, word: Word) -> None:
        """A name or a letter."""
        size = max(6.0, word.size * 0.72)
        lines = word.text.split("\n")
        wide = max(width_of(t, size, bold=True) for t in lines) + 0.12
        high = len(lines) * size * 1.2 / 72 + (0.02 if word.ground else 0.0)
        box = Area(self._x(word.x) - wide / 2, self._y(word.y) - high / 2, wide, high)
        made = add_text(
            self._slide, box, word.text, size, bold=True, colour=word.ink, align="center",
            anchor="middle", name=f"Label {lines[0]}", wrap=False,
        )  # fmt: skip
        if word.ground:
            made.fill.solid()
            made.fill.fore_color.rgb = rgb(word.ground)

    def dot(self, dot: Dot) -> None:
        """A member, or a sector with its letter."""
        x, y, r = self._x(dot.x), self._y(dot.y), dot.radius / _UNIT
        made = self._slide.shapes.add_shape(
            MSO_SHAPE.OVAL, Inches(x - r), Inches(y - r), Inches(2 * r), Inches(2 * r)
        )
        made.fill.solid()
        made.fill.fore_color.rgb = rgb(dot.fill)
        made.line.color.rgb, made.line.width = rgb(dot.edge), Pt(0.75)
        flat(made)
        if dot.letter:
            lettered(made, dot.letter, max(5.0, dot.radius * 0.95))
        describe(made, dot.name, dot.name)


def lettered(shape: Any, letter: str, size: float) -> None:
    """A letter in the middle of a small shape."""
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    styled(frame.paragraphs[0].add_run(), letter, size, bold=True, colour="#FFFFFF")


def _swatch(slide: Any, entry: LegendEntry, x: float, y: float) -> None:
    colour, kind = key_fill(entry, "light")
    round_ = kind in {"dot", "lead", "chip"}
    r = {"dot": 0.11, "lead": 0.15, "chip": 0.19}.get(kind, 0.0)
    box = Area(x + 0.12 - r / 2, y - r / 2, r, r) if round_ else Area(x, y - 0.075, 0.24, 0.15)
    made = slide.shapes.add_shape(MSO_SHAPE.OVAL if round_ else MSO_SHAPE.RECTANGLE, *box.emu)
    if kind == "outline":
        made.fill.background()
        made.line.color.rgb, made.line.width = rgb(colour), Pt(2.25)
    else:
        if kind in _PATTERNS:
            made.fill.patterned()
            made.fill.pattern = _PATTERNS[kind]
            made.fill.fore_color.rgb, made.fill.back_color.rgb = rgb("#FFFFFF"), rgb(colour)
        else:
            made.fill.solid()
            made.fill.fore_color.rgb = rgb(colour)
        made.line.color.rgb, made.line.width = rgb(theme.NEUTRAL), Pt(0.5)
    flat(made)
    if kind == "chip":
        lettered(made, theme.SECTOR_LETTERS[entry.key.removeprefix("chip-")], 8)
    describe(made, f"Legend: {entry.label}", f"Legend {entry.label}")


def _legend_column(slide: Any, deck: DeckMap, area: Area) -> None:
    y = area.top
    for entry in deck.legend:
        lines = max(1, -(-int(width_of(entry.label, 12) * 100) // int((area.width - 0.4) * 100)))
        _swatch(slide, entry, area.left, y + 0.12)
        add_text(slide, Area(area.left + 0.36, y, area.width - 0.36, 0.22 * lines), entry.label, 12,
                 colour=INK, name=f"Legend words {entry.label}")  # fmt: skip
        y += 0.22 * lines + 0.1


def _legend_places(deck: DeckMap, width: float) -> list[tuple[LegendEntry, float, int]]:
    found, x, row = [], 0.0, 0
    for entry in deck.legend:
        room = 0.34 + width_of(entry.label, 11) + 0.2
        if x and x + room > width:
            x, row = 0.0, row + 1
        found.append((entry, x, row))
        x += room
    return found


def _legend_rows(deck: DeckMap, width: float) -> int:
    return max((row for _, _, row in _legend_places(deck, width)), default=-1) + 1


def _legend_lines(slide: Any, deck: DeckMap, area: Area) -> None:
    for entry, x, row in _legend_places(deck, area.width):
        y = area.top + row * 0.27
        _swatch(slide, entry, area.left + x, y + 0.11)
        add_text(slide, Area(area.left + x + 0.32, y, width_of(entry.label, 11) + 0.15, 0.22),
                 entry.label, 11, name=f"Legend words {entry.label}", wrap=False)  # fmt: skip
