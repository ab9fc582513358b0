"""A plot as SVG: every chart of the Atlas drawn on the server, without a browser."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from components import theme
from components.export.plot import Key, Plot, Point
from components.export.plot_layout import LINE, Box, Layout, lay_out, lines_of, markup_width, plain

FONT = "Arial, Liberation Sans, Helvetica, DejaVu Sans, sans-serif"
_SIZE = theme.LABEL_SIZE
_LEAST = 8.0
# Corners of marks, in parts of half their size.
_CORNERS = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "diamond-tall": ((0, -1.4), (0.8, 0), (0, 1.4), (-0.8, 0)),
    "triangle-up": ((0, -1.15), (1.1, 0.8), (-1.1, 0.8)),
    "pentagon": ((0, -1.1), (1.05, -0.34), (0.65, 0.9), (-0.65, 0.9), (-1.05, -0.34)),
    "cross": (
        (-0.4, -1), (0.4, -1), (0.4, -0.4), (1, -0.4), (1, 0.4), (0.4, 0.4),
        (0.4, 1), (-0.4, 1), (-0.4, 0.4), (-1, 0.4), (-1, -0.4), (-0.4, -0.4),
    ),
    "star": (
        (0, -1.2), (0.3, -0.4), (1.15, -0.37), (0.48, 0.15), (0.7, 1), (0, 0.5),
        (-0.7, 1), (-0.48, 0.15), (-1.15, -0.37), (-0.3, -0.4),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Inks:
    """Colours of what is not data."""

    ink: str
    faint: str
    grid: str
    paper: str


PLAIN = Inks(theme.INK["light"], theme.FAINT["light"], "#DDE2E5", "#FFFFFF")
ADAPTIVE = Inks("currentColor", "currentColor", "rgba(138,151,161,.35)", "var(--paper, #FFFFFF)")
"""Takes its colours from the page around it, light or dark."""


def text_svg(markup: str, x: float, y: float, size: float, fill: str, anchor: str = "start") -> str:
    """Lines of words; ``y`` is the middle of the block."""
    lines = lines_of(markup)
    first = y - (len(lines) - 1) * size * LINE / 2 + size * 0.35
    parts = []
    for n, runs in enumerate(lines):
        inner = "".join(
            f"<tspan{' font-weight=' + chr(34) + '700' + chr(34) if r.bold else ''}"
            f"{' font-style=' + chr(34) + 'italic' + chr(34) if r.italic else ''}>"
            f"{html.escape(r.text)}</tspan>"
            for r in runs
        )
        parts.append(f'<tspan x="{x:.1f}" y="{first + n * size * LINE:.1f}">{inner}</tspan>')
    return (
        f'<text font-size="{size:g}" fill="{fill}" text-anchor="{anchor}">{"".join(parts)}</text>'
    )


def mark_svg(symbol: str, x: float, y: float, size: float, colour: str, paper: str) -> str:
    """One mark."""
    base, is_open = symbol.removesuffix("-open"), symbol.endswith("-open")
    fill, edge = (paper, colour) if is_open else (colour, colour)
    style = f'fill="{fill}" stroke="{edge}" stroke-width="{2 if is_open else 0.8}"'
    r = size / 2
    if base == "line-ns":
        return f'<path d="M{x:.1f} {y - r:.1f}v{size:.1f}" stroke="{colour}" stroke-width="3"/>'
    if base == "square":
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{size:g}" height="{size:g}" {style}/>'
    if base in _CORNERS:
        points = " ".join(f"{x + a * r:.1f},{y + b * r:.1f}" for a, b in _CORNERS[base])
        return f'<polygon points="{points}" {style}/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {style}/>'


def _pattern_id(pattern: str, colour: str) -> str:
    kind = {"/": "hatch", ".": "dots"}.get(pattern, "hatch")
    return f"{kind}-{''.join(c for c in colour if c.isalnum())}"


def _patterns(plot: Plot, mark: str) -> str:
    used = {(b.pattern, b.colour) for p in plot.panels for b in p.bars if b.pattern}
    used |= {(k.pattern, k.colour) for k in plot.keys if k.pattern}
    parts = []
    for pattern, colour in sorted(used):
        inner = (
            '<circle cx="3.5" cy="3.5" r="1.5" fill="#fff" fill-opacity=".8"/>'
            if pattern == "."
            else '<path d="M0 0V7" stroke="#fff" stroke-opacity=".6" stroke-width="4"/>'
        )
        parts.append(
            f'<pattern id="{mark}{_pattern_id(pattern, colour)}" width="7" height="7" '
            'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="7" height="7" fill="{colour}"/>{inner}</pattern>'
        )
    return f"<defs>{''.join(parts)}</defs>" if parts else ""


def _fill(pattern: str, colour: str, mark: str) -> str:
    return f"url(#{mark}{_pattern_id(pattern, colour)})" if pattern else colour


def _axes(box: Box, inks: Inks) -> Iterator[str]:
    x, y = box.panel.x, box.panel.y
    bottom = box.top + box.height
    if x.visible:
        for place, label in x.ticks:
            at = box.x(place)
            if x.grid:
                yield (
                    f'<path d="M{at:.1f} {box.top:.1f}V{bottom:.1f}" stroke="{inks.grid}" '
                    'stroke-width="1"/>'
                )
            if x.angle and x.far:
                inner = text_svg(label, 0, 0, _SIZE, inks.faint)
                move = f"translate({at:.1f} {box.top - 8:.1f}) rotate(-40)"
                yield f'<g transform="{move}">{inner}</g>'
                continue
            half = (label.count("<br>") + 1) * _SIZE * LINE / 2
            line = box.top - 6 - half if x.far else bottom + 6 + half
            yield text_svg(label, at, line, _SIZE, inks.faint, "middle")
        if x.title:
            line = bottom + 12 + _SIZE * 2.2
            yield text_svg(x.title, box.left + box.width / 2, line, _SIZE, inks.faint, "middle")
    if y.visible:
        for place, label in y.ticks:
            at = box.y(place)
            if y.grid:
                yield (
                    f'<path d="M{box.left:.1f} {at:.1f}H{box.left + box.width:.1f}" '
                    f'stroke="{inks.grid}" stroke-width="1"/>'
                )
            edge = box.left + box.width + 8 if y.far else box.left - 8
            yield text_svg(label, edge, at, _SIZE, inks.ink, "start" if y.far else "end")


def _bars(box: Box, inks: Inks, mark: str) -> Iterator[str]:
    for bar in box.panel.bars:
        left, right = sorted((box.x(bar.low), box.x(bar.high)))
        top, low = sorted((box.y(bar.row - bar.thickness / 2), box.y(bar.row + bar.thickness / 2)))
        words = plain(bar.hover or f"{bar.name} {bar.text}")
        yield (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(right - left, 0.8):.1f}" '
            f'height="{low - top:.1f}" fill="{_fill(bar.pattern, bar.colour, mark)}" '
            f'stroke="{inks.paper}" stroke-width="0.6"><title>{html.escape(words)}</title></rect>'
        )


def _bar_texts(box: Box, inks: Inks) -> Iterator[str]:
    """Words on bars, above everything: an interval would run through them otherwise."""
    for bar in box.panel.bars:
        if not bar.text:
            continue
        left, right = sorted((box.x(bar.low), box.x(bar.high)))
        y = box.y(bar.row)
        if not bar.inside:
            yield text_svg(bar.text, right + 5, y, _SIZE, inks.ink)
            continue
        room = right - left - 6
        size = min(_SIZE, _SIZE * room / max(1.0, markup_width(bar.text, _SIZE)))
        if size >= _LEAST:
            middle = bar.low != 0 or size < _SIZE
            place = (left + right) / 2 if middle else left + 5
            words = text_svg(
                bar.text, place, y, size, _readable(bar.colour), "middle" if middle else "start"
            )
            # On a pattern the words stand on the plain colour.
            edge = f'stroke="{bar.colour}" stroke-width="4" paint-order="stroke"'
            yield f"<g {edge}>{words}</g>" if bar.pattern else words


def _readable(colour: str) -> str:
    """White or dark words, whichever is read better on a colour."""
    if not colour.startswith("#") or len(colour) != 7:
        return "#FFFFFF"
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#FFFFFF" if 0.299 * r + 0.587 * g + 0.114 * b < 150 else "#101820"


def _arms(box: Box, point: Point, ink: str) -> str:
    if point.plus is None:
        return ""
    left, right = box.x(point.x - (point.minus or 0)), box.x(point.x + point.plus)
    y = box.y(point.y)
    known = point.arm_colour == theme.INK["light"]
    return (
        f'<path d="M{left:.1f} {y:.1f}H{right:.1f}M{left:.1f} {y - 4:.1f}v8M{right:.1f} '
        f'{y - 4:.1f}v8" stroke="{ink if known else point.arm_colour}" stroke-width="1.6"/>'
    )


def _points(box: Box, inks: Inks) -> Iterator[str]:
    for point in box.panel.points:
        yield _arms(box, point, inks.ink)
    for point in box.panel.marks:
        words = html.escape(plain(point.hover or f"{point.name} {point.text}"))
        drawn = mark_svg(
            point.symbol, box.x(point.x), box.y(point.y), point.size, point.colour, inks.paper
        )
        yield f"<g>{drawn}<title>{words}</title></g>"
    for point in box.panel.points:
        if point.text:
            yield _point_text(box, point, inks)


def _point_text(box: Box, point: Point, inks: Inks) -> str:
    size, (across, down) = point.text_size, (point.text_at.split(" ")[1], point.text_at.split()[0])
    gap = (point.size / 2 + 3) if point.shown else 3
    x, y = box.x(point.x), box.y(point.y)
    half = (point.text.count("<br>") + 1) * size * LINE / 2
    x += (
        {"right": gap, "left": -gap}.get(across, 0)
        if down == "middle"
        else ({"right": 2, "left": -2}.get(across, 0))
    )
    y += {"top": -(half + gap - 2), "bottom": half + (0 if across == "right" else gap)}.get(down, 0)
    anchor = {"right": "start", "left": "end"}.get(across, "middle")
    on_mark = point.shown and point.text_at == "middle center" and not point.is_open
    plain_ink = _readable(point.colour) if on_mark else inks.ink
    own = point.text_colour if point.text_colour.startswith("#") and on_mark else plain_ink
    return text_svg(point.text, x, y, size, own, anchor)


def key_svg(key: Key, x: float, y: float, inks: Inks, mark: str) -> str:
    """The picture of one line of the legend, 16 wide, around ``y``."""
    if key.symbol == "line":
        return f'<path d="M{x:.1f} {y:.1f}h16" stroke="{key.colour}" stroke-width="2.5"/>'
    if key.symbol:
        return mark_svg(key.symbol, x + 8, y, 11, key.colour, inks.paper)
    fill = _fill(key.pattern, key.colour, mark)
    return f'<rect x="{x:.1f}" y="{y - 6:.1f}" width="16" height="12" fill="{fill}"/>'


def _legend(layout: Layout, inks: Inks, mark: str) -> Iterator[str]:
    for n, row in enumerate(layout.legend):
        y = 12 + n * 22.0
        for key, x in row:
            yield key_svg(key, x + 4, y, inks, mark)
            yield text_svg(key.label, x + 26, y, _SIZE, inks.ink)


def plot_svg(
    plot: Plot,
    alt: str,
    width: float = 900,
    inks: Inks = PLAIN,
    mark: str = "",
    *,
    lone: bool = True,
) -> str:
    """A plot as an SVG element.

    Args:
        plot: What is drawn.
        alt: Text alternative.
        width: Width of the drawing in pixels.
        inks: Colours of what is not data.
        mark: Begins the ids within, so that several can stand on one page.
        lone: Whether it is a file of its own: with a background and its size.
    """
    layout = lay_out(plot, width)
    body: list[str] = []
    for box in layout.boxes:
        body.extend(_axes(box, inks))
    for box in layout.boxes:
        body.extend(_bars(box, inks, mark))
        for line in box.panel.lines:
            points = " ".join(f"{box.x(x):.1f},{box.y(y):.1f}" for x, y in line.points)
            dash = f' stroke-dasharray="{"2 3" if line.dash == "dot" else "6 4"}"' if (
                line.dash not in {"", "solid"}
            ) else ""  # fmt: skip
            body.append(
                f'<polyline points="{points}" fill="none" stroke="{line.colour}" '
                f'stroke-width="{line.width:g}"{dash}/>'
            )
        body.extend(_points(box, inks))
        body.extend(_bar_texts(box, inks))
    body.extend(_legend(layout, inks, mark))
    size = f' width="{layout.width:.0f}" height="{layout.height:.0f}"' if lone else ""
    ground = f'<rect width="100%" height="100%" fill="{inks.paper}"/>' if lone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img"{size} '
        f'viewBox="0 0 {layout.width:.0f} {layout.height:.0f}" font-family="{FONT}">'
        f"<title>{html.escape(alt)}</title>{_patterns(plot, mark)}{ground}{''.join(body)}</svg>"
    )
