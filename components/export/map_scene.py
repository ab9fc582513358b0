"""A map of the Atlas as shapes on a drawing: for pictures, slides and pages without deck.gl."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import shapely

from components import theme
from components.exhibits.deck import Area, DeckMap, ThemeName
from components.exhibits.deck_base import fill_colour, ink_on, points_of
from components.exhibits.deck_shapes import (
    focused,
    geographic_outline,
    hexagon_lines,
    hexagon_outline,
    hexagon_shapes,
    label_lines,
)
from components.export.brief_svg import view_of
from components.export.map_names import beside_dots
from geo.places import places

Ring = tuple[tuple[float, float], ...]
_PAD = 0.03
_FOCUS_PAD = 0.25


@dataclass(frozen=True)
class Shape:
    """One area: its polygons (outline first, then holes) on the drawing."""

    area: Area
    polygons: tuple[tuple[Ring, ...], ...]
    fill: str
    ink: str

    @property
    def words(self) -> str:
        """Name and what the map says of it, on one line."""
        said = self.area.summary or "; ".join(self.area.detail[1:])
        return f"{self.area.name}: {said}" if said else self.area.name


@dataclass(frozen=True)
class Stroke:
    """A line over the areas; ``name`` says whose, where it is anybody's."""

    points: Ring
    colour: str
    width: float
    name: str = ""


@dataclass(frozen=True)
class Dot:
    """A disc: a member, or a sector's chip with its letter."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str
    name: str
    letter: str = ""


@dataclass(frozen=True)
class Word:
    """A text; ``ground`` is the colour of a plate behind it, ``halo`` that of its edge.

    ``kind`` says what a phone draws otherwise: ``name`` of an area, ``letter`` below it, ``place``.
    """

    text: str
    x: float
    y: float
    size: float
    ink: str
    ground: str = ""
    halo: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Scene:
    """Everything that a map shows, from the bottom up, on a drawing of some size."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    words: tuple[Word, ...]


def hex_of(colour: tuple[int, ...] | list[int]) -> str:
    """Red, green and blue as ``#RRGGBB``."""
    return "#{:02X}{:02X}{:02X}".format(*colour[:3])


class _Projection:
    """From the coordinates of a map to those of a drawing."""

    def __init__(self, deck: DeckMap, width: float, height: float) -> None:
        self.box = (0.0, 0.0, width, height)
        self._flat = deck.form == "hexagon"
        if self._flat:
            corners = [p for s in hexagon_shapes(deck.hexes).values() for p in _outlines(s)]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            span_x, span_y = max(xs) - min(xs), max(ys) - min(ys)
            self._scale = min(width / span_x, height / span_y) * 0.98
            self._west = (min(xs) + max(xs)) / 2 - width / 2 / self._scale
            self._north = (min(ys) + max(ys)) / 2 + height / 2 / self._scale
        else:
            # Ten units a pixel: the view rounds to whole ones.
            self._view = view_of(
                deck.focus, deck.vintage_id, round(width * 10), round(height * 10),
                _FOCUS_PAD if deck.focus else _PAD,
            )  # fmt: skip

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place on the drawing."""
        if self._flat:
            return (x - self._west) * self._scale, (self._north - y) * self._scale
        across, down = self._view.point(x, y)
        return across / 10, down / 10

    def polygon(self, rings: list[list[list[float]]]) -> tuple[tuple[Ring, ...], ...]:
        """The parts of a polygon that lie on the drawing."""
        placed = [[self.point(*p[:2]) for p in ring] for ring in rings]
        left, top, right, bottom = self.box
        if all(left <= x <= right and top <= y <= bottom for x, y in placed[0]):
            return (tuple(tuple(r) for r in placed),)
        shape = shapely.make_valid(shapely.Polygon(placed[0], placed[1:]))
        cut = shapely.clip_by_rect(shape, *self.box)
        return tuple(
            tuple(
                tuple((float(x), float(y)) for x, y in shapely.get_coordinates(ring))
                for ring in (part.exterior, *part.interiors)
            )
            for part in shapely.get_parts(cut)
            if part.geom_type == "Polygon" and not part.is_empty
        )

    def line(self, points: list[list[float]]) -> Iterator[Ring]:
        """The parts of a line that lie on the drawing."""
        placed = tuple(self.point(*p[:2]) for p in points)
        left, top, right, bottom = self.box
        if all(left <= x <= right and top <= y <= bottom for x, y in placed):
            yield placed
            return
        for part in shapely.get_parts(shapely.clip_by_rect(shapely.LineString(placed), *self.box)):
            if part.geom_type == "LineString" and not part.is_empty:
                yield tuple((float(x), float(y)) for x, y in shapely.get_coordinates(part))

    def holds(self, x: float, y: float, margin: float = 4.0) -> bool:
        """Whether a place of the drawing is on it."""
        return margin <= x <= self.box[2] - margin and margin <= y <= self.box[3] - margin


def _parts(text: str) -> list[list[list[list[float]]]]:
    """Polygons of a GeoJSON geometry."""
    geometry = json.loads(text)
    found = geometry["coordinates"]
    return found if geometry["type"] == "MultiPolygon" else [found]


def _outlines(text: str) -> Iterator[tuple[float, float]]:
    for rings in _parts(text):
        yield from ((p[0], p[1]) for p in rings[0])


def _strokes(deck: DeckMap, lines: str, at: _Projection, name: ThemeName) -> Iterator[Stroke]:
    border = hex_of(theme.MAP_REGION_LINE[name])
    for line in json.loads(lines):
        for points in at.line(line["path"]):
            yield Stroke(points, border, 1.5)
    many = len(deck.outlines)
    for outline in deck.outlines:
        width = 2.5 + 2.5 * (many - 1 - outline.number)
        for ring in _rings(deck, outline.codes):
            for points in at.line(ring):
                colour = theme.MAP_OUTLINES[name][outline.number]
                yield Stroke(points, colour, width, f"{outline.letter} {outline.name}")
    for area in deck.areas:
        if area.selected:
            for ring in _rings(deck, (area.code,)):
                for points in at.line(ring):
                    dark, halo = theme.MAP_SELECTED[name], theme.MAP_SELECTED_HALO
                    yield Stroke(points, hex_of(dark), 5, f"{area.name}, selected")
                    yield Stroke(points, hex_of(halo), 2, f"{area.name}, selected")


def _rings(deck: DeckMap, codes: tuple[str, ...]) -> list[list[list[float]]]:
    if deck.form == "hexagon":
        return hexagon_outline(codes, deck.hexes)
    return geographic_outline(codes, deck.focus, deck.vintage_id)


def _words(deck: DeckMap, at: _Projection, name: ThemeName) -> Iterator[Word]:
    points = points_of(deck)
    lettered = any(a.letter or a.chips for a in deck.areas)
    if deck.form == "geographic" and not lettered:
        dots = [at.point(m.longitude, m.latitude) for m in deck.markers]
        for place in places(2 if deck.focus else 1):
            x, y = at.point(place.longitude, place.latitude)
            if at.holds(x, y, 20):
                x, y = beside_dots(place.name, (x, y), 10, dots, lambda u, v: at.holds(u, v, 20))
                ink, ground = theme.INK[name], theme.BACKGROUND[name]
                yield Word(place.name, x, y, 10, ink, ground, kind="place")
    for area in deck.areas:
        x, y = at.point(*points[area.code])
        ink = hex_of(ink_on(area.fill, name))
        if deck.form == "hexagon":
            # Ten characters fit a hexagon; a drawing that is larger has larger words.
            size = at.box[3] / 64
            lift = size * 0.8 if lettered else 0.0
            halo = "" if area.pattern == "solid" else hex_of(fill_colour(area.fill, name))
            yield Word(label_lines(area.name), x, y - lift, size, ink, halo=halo, kind="name")
        if area.letter and at.holds(x, y):
            drop = at.box[3] / 34 if deck.form == "hexagon" else 0.0
            halo = "" if area.pattern == "solid" else hex_of(fill_colour(area.fill, name))
            kind = "letter" if deck.form == "hexagon" else ""
            yield Word(area.letter, x, y + drop, 12, ink, halo=halo, kind=kind)
    for outline in deck.outlines:
        mine = [points[c] for c in outline.codes]
        x, y = (sum(v) / len(mine) for v in zip(*mine, strict=True))
        near = min(mine, key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)
        across, down = at.point(*near)
        shift = (outline.number - (len(deck.outlines) - 1) / 2) * 18
        colour = theme.MAP_OUTLINES[name][outline.number]
        if at.holds(across + shift, down):
            ground = theme.BACKGROUND[name]
            yield Word(outline.letter, across + shift, down - 16, 12, ground, colour)


def _dots(deck: DeckMap, at: _Projection, name: ThemeName) -> Iterator[Dot]:
    points = points_of(deck)
    hexed = deck.form == "hexagon"
    radius = at.box[3] / 95 if hexed else 6.5
    for area in deck.areas:
        x, y = at.point(*points[area.code])
        for n, sector in enumerate(area.chips):
            shift = (n - (len(area.chips) - 1) / 2) * radius * 2.1
            drop = at.box[3] / 33 if hexed else 0.0
            if at.holds(x + shift, y + drop):
                yield Dot(
                    x + shift, y + drop, radius, theme.SECTOR_COLOURS[sector], "#FFFFFF",
                    f"{area.name}: {theme.SECTOR_SHORT[sector]}", theme.SECTOR_LETTERS[sector],
                )  # fmt: skip
    for marker in sorted(deck.markers, key=lambda m: m.lead):
        x, y = at.point(marker.longitude, marker.latitude)
        if at.holds(x, y):
            lead = "#FFB81C" if marker.lead else theme.INK[name]
            edge = theme.INK[name] if marker.lead else hex_of(theme.MAP_LINE[name])
            words = "; ".join((marker.name, *marker.detail))
            yield Dot(x, y, 6 if marker.lead else 3.8, lead, edge, words)


def scene(deck: DeckMap, width: float = 620, height: float = 640, name: ThemeName = "light") -> (
    Scene
):  # fmt: skip
    """Place a map on a drawing.

    Args:
        deck: The map.
        width: Width of the drawing.
        height: Height of the drawing, in the same unit.
        name: Theme of the colours.
    """
    if deck.form == "hexagon":
        shapes, lines = hexagon_shapes(deck.hexes), hexagon_lines(deck.hexes)
    else:
        shapes, lines = focused(deck.focus, deck.vintage_id)
    at = _Projection(deck, width, height)
    drawn = []
    for area in deck.areas:
        polygons = tuple(p for rings in _parts(shapes[area.code]) for p in at.polygon(rings))
        if polygons:
            fill, ink = fill_colour(area.fill, name), ink_on(area.fill, name)
            drawn.append(Shape(area, polygons, hex_of(fill), hex_of(ink)))
    return Scene(
        width,
        height,
        tuple(drawn),
        tuple(_strokes(deck, lines, at, name)),
        tuple(_dots(deck, at, name)),
        tuple(_words(deck, at, name)),
    )
