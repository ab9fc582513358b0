"""The map of a brief: an inline SVG that is told apart by pattern, not by colour."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from data.memo import kept
from geo.layers import CompactArea, bounds_by_code, compact_polygons, label_points

WIDTH: Final = 860
HEIGHT: Final = 640
"""Units of the drawing: ten to a millimetre."""
_LABEL, _QUIET_LABEL = 27, 22
_FINE_SPAN = 0.0075
"""Below this share of the world's width (about 2.7 degrees) shapes are drawn finely."""
_INSET = (150, 190)

FILLS: Final = {
    "whole": "#8DB3DA",
    "inferred": "url(#hatch)",
    "part": "url(#dots)",
    "part-inferred": "url(#cross)",
    "neighbour": "#DCE1E4",
    "other": "#F2F4F5",
}
WORDS: Final = {
    "whole": "Whole system, stated",
    "inferred": "Whole system, inferred",
    "part": "Part of the system, stated",
    "part-inferred": "Part of the system, inferred",
    "here": "This system",
    "neighbour": "Neighbouring system",
}
_PATTERNS = (
    '<pattern id="hatch" width="16" height="16" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="16" height="16" fill="#EAF1F8"/>'
    '<path d="M0 0V16" stroke="#1A4E86" stroke-width="6"/></pattern>'
    '<pattern id="dots" width="16" height="16" patternUnits="userSpaceOnUse">'
    '<rect width="16" height="16" fill="#EAF1F8"/><circle cx="8" cy="8" r="3.6" fill="#1A4E86"/>'
    "</pattern>"
    '<pattern id="cross" width="18" height="18" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="18" height="18" fill="#EAF1F8"/>'
    '<path d="M0 0V18M0 9H18" stroke="#1A4E86" stroke-width="2.6"/></pattern>'
)


@dataclass(frozen=True)
class Dot:
    """A member or organisation: where, and ``lead_provider``, ``partner`` or any other role."""

    longitude: float
    latitude: float
    role: str


@dataclass(frozen=True)
class MapSpec:
    """What the map of a brief shows.

    Attributes:
        kinds: ICB code -> key of ``FILLS`` of the areas that are covered.
        around: Codes of the neighbours.
        names: ICB code -> name of every area that may be labelled.
        dots: Members.
        focus: Codes to which the view is fitted; empty: England.
        title: Text alternative.
        vintage: Vintage of the boundaries.
    """

    kinds: tuple[tuple[str, str], ...]
    around: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    dots: tuple[Dot, ...]
    focus: tuple[str, ...]
    title: str
    vintage: str = "2023"


Box = tuple[float, float, float, float]


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Web Mercator, in parts of the world's width; y grows to the south."""
    y = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)
    return longitude / 360, -y


@dataclass(frozen=True)
class View:
    """A rectangle of the world drawn in a rectangle of the page."""

    west: float
    north: float
    scale: float
    width: int
    height: int

    def point(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Where a place is on the drawing."""
        x, y = _mercator(longitude, latitude)
        return round((x - self.west) * self.scale), round((y - self.north) * self.scale)

    def meets(self, box: Box) -> bool:
        """Whether a box (west, south, east, north in degrees) is in view."""
        left, bottom = self.point(box[0], box[1])
        right, top = self.point(box[2], box[3])
        return right > 0 and left < self.width and bottom > 0 and top < self.height


def view_of(codes: Iterable[str], vintage: str, width: int, height: int, pad: float) -> View:
    """The view in which some areas (none: all) fill a drawing, with room around them."""
    boxes = bounds_by_code(vintage)
    wanted = [boxes[c] for c in codes] or list(boxes.values())
    left, top = _mercator(min(b[0] for b in wanted), max(b[3] for b in wanted))
    right, bottom = _mercator(max(b[2] for b in wanted), min(b[1] for b in wanted))
    scale = min(width / ((right - left) * (1 + pad)), height / ((bottom - top) * (1 + pad)))
    west = (left + right) / 2 - width / 2 / scale
    north = (top + bottom) / 2 - height / 2 / scale
    return View(west, north, scale, width, height)


def _path(area: CompactArea, view: View) -> str:
    """An area as path data in whole units; parts of less than a unit vanish."""
    parts = []
    for rings in area.polygons:
        for ring in rings:
            head, *rest = (view.point(*p) for p in ring)
            last, steps = head, []
            for x, y in rest:
                if (x, y) != last:
                    steps.append(f"{x - last[0]} {y - last[1]}")
                    last = x, y
            if len(steps) > 2:
                parts.append(f"M{head[0]} {head[1]}l{' '.join(steps)}z")
    return "".join(parts)


def _corner(spec: MapSpec, view: View, shapes: Iterable[CompactArea]) -> tuple[int, int]:
    """The corner for the inset that hides the least of what the map is about."""
    width, height = _INSET
    covered = {code for code, _ in spec.kinds} or set(spec.focus)
    points = [
        view.point(*p) for a in shapes if a.code in covered for part in a.polygons for p in part[0]
    ]
    # A member that is hidden is worse than a bit of coast.
    points += [view.point(d.longitude, d.latitude) for d in spec.dots] * 50
    corners = [(x, y) for y in (0, HEIGHT - height) for x in (WIDTH - width, 0)]
    return min(
        corners,
        key=lambda c: sum(
            c[0] <= x <= c[0] + width and c[1] <= y <= c[1] + height for x, y in points
        ),
    )


def _inset(spec: MapSpec, corner: tuple[int, int]) -> str:
    """England in small with what is covered in black, where the map shows a part of it only."""
    width, height = _INSET
    view = view_of((), spec.vintage, width - 12, height - 12, 0)
    covered = {code for code, _ in spec.kinds} or set(spec.focus)
    plain: list[str] = []
    dark: list[str] = []
    for area in compact_polygons("icb", tolerance_m=2000.0, vintage=spec.vintage):
        (dark if area.code in covered else plain).append(_path(area, view))
    return (
        f'<g transform="translate({corner[0]} {corner[1]})">'
        f'<rect width="{width}" height="{height}" fill="#fff" stroke="#7A868F" stroke-width="2"/>'
        f'<g transform="translate(6 6)"><path d="{"".join(plain)}" fill="#DCE1E4"/>'
        f'<path d="{"".join(dark)}" fill="#14385F"/></g></g>'
    )


def _symbol(role: str, x: float, y: float) -> str:
    """The mark of an organisation."""
    if role == "lead_provider":
        return (
            f'<path d="M{x} {y - 21}l21 21l-21 21l-21 -21z" fill="#fff" stroke="#000" '
            'stroke-width="6"/>'
        )
    if role == "partner":
        return f'<circle cx="{x}" cy="{y}" r="10" fill="#fff" stroke="#000" stroke-width="5"/>'
    return f'<circle cx="{x}" cy="{y}" r="12" fill="#000" stroke="#fff" stroke-width="4"/>'


def _overlap(one: Box, other: Box) -> float:
    """Area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _labels(spec: MapSpec, view: View, taken: list[Box]) -> str:
    """Names of the areas, moved aside for what is there; neighbours only where there is room."""
    points, names = label_points("icb", vintage=spec.vintage), dict(spec.names)
    covered = [code for code, _ in spec.kinds]
    parts = []
    quiet = () if len(covered) > 4 else spec.around
    large = _LABEL if len(covered) <= 4 else _QUIET_LABEL
    for code, size in [*((c, large) for c in covered), *((c, _QUIET_LABEL) for c in quiet)]:
        name, own = names.get(code, ""), code in covered
        half = len(name) * size * 0.29
        x0, y0 = view.point(*points[code])
        x = min(max(x0, half + 6), WIDTH - half - 6)
        if not own and not (0 < x0 < WIDTH and size < y0 < HEIGHT - size):
            continue
        # The first place where nothing lies yet; else, for what the map is about, the one that
        # hides the least. A neighbour's name stays close, lest it stand on another system.
        shifts = [(0.0, 0), (0.0, -34), (0.0, 34)]
        if own:
            shifts += [(dx, dy) for dy in (0, -34, 34, -62, 62) for dx in (-0.7 * half, 0.7 * half)]
            shifts += [(0.0, -62), (0.0, 62)]
        places = []
        for dx, dy in shifts:
            middle = min(max(x + dx, half + 6), WIDTH - half - 6)
            base = y0 + dy
            places.append((middle - half, base - size, middle + half, base + size * 0.35))
        box = min(places, key=lambda b: sum(_overlap(b, other) for other in taken))
        if not (own and len(covered) <= 8) and any(_overlap(box, other) for other in taken):
            continue
        taken.append(box)
        weight = "700" if own else "400"
        ink = "#000" if own else "#3A444B"
        parts.append(
            f'<text x="{(box[0] + box[2]) / 2:.0f}" y="{box[1] + size:.0f}" font-size="{size}" '
            f'font-weight="{weight}" fill="{ink}">{html.escape(name)}</text>'
        )
    return (
        '<g text-anchor="middle" paint-order="stroke" stroke="#fff" stroke-width="7" '
        f'stroke-linejoin="round">{"".join(parts)}</g>'
    )


@kept(1)
def map_svg(spec: MapSpec) -> str:
    """The map as an SVG element, 86 mm wide, with all that it needs inside."""
    view = view_of(spec.focus, spec.vintage, WIDTH, HEIGHT, 0.34 if spec.focus else 0.03)
    fine = WIDTH / view.scale < _FINE_SPAN
    shapes = compact_polygons("icb", "fine", tolerance_m=400.0, vintage=spec.vintage) if fine else (
        compact_polygons("icb", vintage=spec.vintage)
    )  # fmt: skip
    kinds, boxes = dict(spec.kinds), bounds_by_code(spec.vintage)
    under, over = [], []
    for area in shapes:
        if not view.meets(boxes[area.code]):
            continue
        kind = kinds.get(area.code, "neighbour" if area.code in spec.around else "other")
        path = _path(area, view)
        if area.code in kinds:
            over.append(f'<path d="{path}" fill="{FILLS[kind]}"/>')
        else:
            under.append(f'<path d="{path}" fill="{FILLS[kind]}"/>')
    dots = [(*view.point(d.longitude, d.latitude), d.role) for d in spec.dots]
    inside = [(x, y, r) for x, y, r in dots if 0 <= x <= WIDTH and 0 <= y <= HEIGHT]
    inside.sort(key=lambda d: d[2] == "lead_provider")
    marks = "".join(_symbol(role, x, y) for x, y, role in inside)
    taken: list[Box] = [(x - 16, y - 16, x + 16, y + 16) for x, y, _ in inside]
    inset = ""
    if spec.focus:
        corner = _corner(spec, view, shapes)
        taken.append((*corner, corner[0] + _INSET[0], corner[1] + _INSET[1]))
        inset = _inset(spec, corner)
    labels = _labels(spec, view, taken)
    return (
        f'<svg class="map" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{html.escape(spec.title)}</title>'
        f"<defs>{_PATTERNS}</defs>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<g stroke="#8A959D" stroke-width="1.6" stroke-linejoin="round">{"".join(under)}</g>'
        f'<g stroke="#0B2A4A" stroke-width="4" stroke-linejoin="round">{"".join(over)}</g>'
        f"{labels}{marks}{inset}"
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" fill="none" stroke="#7A868F" '
        'stroke-width="2"/></svg>'
    )


def swatch(key: str) -> str:
    """A small picture for the legend: a key of ``FILLS``, ``here``, or a role of a dot."""
    if key in {"lead_provider", "partner", "member"}:
        inner, box = _symbol(key, 30, 30), "4 4 52 52"
    else:
        fill = FILLS["whole" if key == "here" else key]
        inner = f'<rect x="2" y="8" width="66" height="44" fill="{fill}" stroke="#0B2A4A" '
        inner, box = f'{inner}stroke-width="3"/>', "0 0 70 60"
    return f'<svg class="key" aria-hidden="true" viewBox="{box}">{inner}</svg>'
