"""A map as SVG: every area its own shape with its name and what is said of it."""

from __future__ import annotations

import html
from collections.abc import Iterator

from components import theme
from components.exhibits.deck import DeckMap, LegendEntry, ThemeName
from components.exhibits.deck_base import fill_colour
from components.export.map_scene import Ring, Scene, Shape, Word, hex_of, scene
from components.export.plot_layout import text_width
from components.export.plot_svg import FONT

_LEGEND_LINE = 24


def _path(polygons: tuple[tuple[Ring, ...], ...]) -> str:
    parts = []
    for rings in polygons:
        for ring in rings:
            head, *rest = ring
            steps = " ".join(f"{x:.1f} {y:.1f}" for x, y in rest)
            parts.append(f"M{head[0]:.1f} {head[1]:.1f}L{steps}z")
    return "".join(parts)


def pattern_defs(mark: str, paper: str) -> str:
    """Hatching and dots, laid over the colour of an area."""
    return (
        f'<pattern id="{mark}hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0V8" stroke="{paper}" stroke-opacity=".75" '
        'stroke-width="5"/></pattern>'
        f'<pattern id="{mark}dots" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<circle cx="4" cy="4" r="2.3" fill="{paper}" fill-opacity=".85"/></pattern>'
    )


def _area(shape: Shape, mark: str, line: str) -> str:
    path = _path(shape.polygons)
    words = html.escape("\n".join((shape.area.name, *shape.area.detail)))
    over = (
        f'<path d="{path}" fill="url(#{mark}{shape.area.pattern})"/>'
        if shape.area.pattern != "solid"
        else ""
    )
    return (
        f'<g class="area" id="{mark}{html.escape(shape.area.code)}" data-tip="{words}">'
        f'<path d="{path}" fill="{shape.fill}" stroke="{line}" stroke-width="0.9"/>{over}'
        f"<title>{words}</title></g>"
    )


def _word(word: Word) -> str:
    lines = word.text.split("\n")
    first = word.y - (len(lines) - 1) * word.size * 0.54 + word.size * 0.36
    spans = "".join(
        f'<tspan x="{word.x:.1f}" y="{first + n * word.size * 1.08:.1f}">{html.escape(t)}</tspan>'
        for n, t in enumerate(lines)
    )
    plate, kind = "", f' class="{word.kind}"' if word.kind else ""
    halo = f'stroke="{word.halo}" stroke-width="3.5" paint-order="stroke" ' if word.halo else ""
    if word.ground:
        wide = text_width(word.text, word.size, bold=True) + 6
        plate = (
            f'<rect{kind} x="{word.x - wide / 2:.1f}" y="{word.y - word.size * 0.7:.1f}" rx="2" '
            f'width="{wide:.1f}" height="{word.size * 1.4:.1f}" fill="{word.ground}" '
            'fill-opacity=".82"/>'
        )
    return (
        f'{plate}<text{kind} font-size="{word.size:.1f}" font-weight="700" fill="{word.ink}" {halo}'
        f'text-anchor="middle">{spans}</text>'
    )


def _body(drawn: Scene, mark: str, line: str) -> Iterator[str]:
    for shape in drawn.shapes:
        yield _area(shape, mark, line)
    yield '<g pointer-events="none">'
    for stroke in drawn.strokes:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in stroke.points)
        yield (
            f'<polyline points="{points}" fill="none" stroke="{stroke.colour}" '
            f'stroke-width="{stroke.width:g}" stroke-linejoin="round"/>'
        )
    yield "".join(_word(w) for w in drawn.words)
    yield "</g>"
    for dot in drawn.dots:
        letter = (
            f'<text x="{dot.x:.1f}" y="{dot.y + dot.radius * 0.45:.1f}" fill="#FFFFFF" '
            f'font-size="{dot.radius * 1.3:.1f}" font-weight="700" text-anchor="middle">'
            f"{html.escape(dot.letter)}</text>"
            if dot.letter
            else ""
        )
        yield (
            f'<g><circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="{dot.radius:.1f}" fill="{dot.fill}" '
            f'stroke="{dot.edge}" stroke-width="1.2"/>{letter}'
            f"<title>{html.escape(dot.name)}</title></g>"
        )


def key_fill(entry: LegendEntry, name: ThemeName) -> tuple[str, str]:
    """Colour and kind of the swatch of a legend entry.

    Kinds: ``area``, ``hatch``, ``dots``, ``dot``, ``lead``, ``chip``, ``outline``, ``selected``.
    """
    key = entry.key
    if key == "selected":
        return hex_of(theme.MAP_SELECTED_HALO), "selected"
    if key == "dot":
        return theme.INK[name], "dot"
    if key == "lead":
        return "#FFB81C", "lead"
    if key.startswith("chip-"):
        return theme.SECTOR_COLOURS[key.removeprefix("chip-")], "chip"
    if key.startswith("outline-"):
        return theme.MAP_OUTLINES[name][int(key.removeprefix("outline-"))], "outline"
    if key in {"hatch", "dots"}:
        return hex_of(theme.MAP_STEPS[name][1]), key
    return hex_of(fill_colour(key, name)), "area"


def swatch_svg(entry: LegendEntry, x: float, y: float, name: ThemeName, mark: str) -> str:
    """The picture of a legend entry, 20 wide, around ``y``."""
    colour, kind = key_fill(entry, name)
    ink = theme.INK[name]
    if kind in {"dot", "lead", "chip"}:
        radius = {"dot": 5, "lead": 7, "chip": 8}[kind]
        edge = ink if kind == "lead" else "none"
        letter = theme.SECTOR_LETTERS[entry.key.removeprefix("chip-")] if kind == "chip" else ""
        text = (
            f'<text x="{x + 10}" y="{y + 4}" font-size="11" font-weight="700" fill="#fff" '
            f'text-anchor="middle">{html.escape(letter)}</text>'
        )
        return (
            f'<circle cx="{x + 10}" cy="{y}" r="{radius}" fill="{colour}" stroke="{edge}"/>'
            f"{text if letter else ''}"
        )
    fill, edge, width = {
        "outline": ("none", colour, 3.0),
        "selected": (colour, ink, 2.0),
    }.get(kind, (colour, theme.NEUTRAL, 1.0))
    box = f'x="{x}" y="{y - 7}" width="20" height="14"'
    over = f'<rect {box} fill="url(#{mark}{kind})"/>' if kind in {"hatch", "dots"} else ""
    return f'<rect {box} fill="{fill}" stroke="{edge}" stroke-width="{width:g}"/>{over}'


def _legend(deck: DeckMap, width: float, top: float, name: ThemeName, mark: str) -> tuple[str, int]:
    parts, x, line = [], 8.0, 0
    for entry in deck.legend:
        room = 28 + text_width(entry.label, 13) + 16
        if x > 8 and x + room > width:
            x, line = 8.0, line + 1
        y = top + 14 + line * _LEGEND_LINE
        parts.append(swatch_svg(entry, x, y, name, mark))
        parts.append(
            f'<text x="{x + 27:.0f}" y="{y + 4.5:.0f}" font-size="13" fill="{theme.INK[name]}">'
            f"{html.escape(entry.label)}</text>"
        )
        x += room
    return "".join(parts), (line + 1) * _LEGEND_LINE


def said(deck: DeckMap) -> str:
    """Vintage and attribution, as the licence asks for."""
    return f"Boundaries of {deck.vintage}. {deck.attribution}"


def map_svg(
    deck: DeckMap,
    alt: str,
    mark: str = "",
    name: ThemeName = "light",
    size: tuple[float, float] = (620, 640),
    *,
    lone: bool = True,
) -> str:
    """A map as an SVG element.

    Args:
        deck: The map.
        alt: Text alternative.
        mark: Begins the ids within, so that several can stand on one page.
        name: Theme.
        size: Width and height of the map itself.
        lone: Whether it is a file of its own: with size, legend, vintage and attribution.
    """
    drawn = scene(deck, *size, name)
    width, height = size
    paper = theme.BACKGROUND[name]
    line = hex_of(theme.MAP_LINE[name])
    body = "".join(_body(drawn, mark, line))
    foot, frame = "", ""
    total = height
    if lone:
        foot, legend = _legend(deck, width, height + 6, name, mark)
        words = html.escape(said(deck))
        cut = words.find(". ") + 2
        parts = (words[:cut], *_halves(words[cut:]))
        for n, part in enumerate(parts):
            y = height + legend + 22 + n * 15
            foot += f'<text x="8" y="{y}" font-size="11" fill="{theme.FAINT[name]}">{part}</text>'
        total = height + legend + 22 + len(parts) * 15
        frame = f' width="{width:.0f}" height="{total:.0f}"'
    ground = f'<rect width="100%" height="100%" fill="{paper}"/>' if lone else ""
    return (
        f'<svg class="map" xmlns="http://www.w3.org/2000/svg" role="img"{frame} '
        f'viewBox="0 0 {width:.0f} {total:.0f}" font-family="{FONT}">'
        f"<title>{html.escape(alt)}</title><defs>{pattern_defs(mark, paper)}</defs>"
        f"{ground}{body}{foot}</svg>"
    )


def _halves(text: str) -> tuple[str, ...]:
    """A long line as two that break at a sentence."""
    cut = text.find(". Contains")
    return (text[: cut + 1], text[cut + 2 :]) if cut > 0 else (text,)
