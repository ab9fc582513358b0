"""The layers of a map, each with its data as JSON text made for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydeck as pdk

from components import theme
from components.exhibits.deck import Area, DeckMap, Outline, ThemeName
from components.exhibits.deck_patterns import PATTERNS, picture_address
from components.exhibits.deck_shapes import (
    HEX_DEGREES,
    compact,
    focused,
    geographic_outline,
    hexagon_lines,
    hexagon_outline,
    hexagon_shapes,
    label_lines,
)
from geo.layers import label_points
from geo.places import places
from geo.tiles import hexagon_centres

PIXELS = pdk.types.String("pixels")
FONT = pdk.types.String("Source Sans, Arial, sans-serif")
BOLD = pdk.types.String("600")
_PATTERN_SCALE = 620.0
_PATTERN_ZOOM = 5.5
Layered = tuple[pdk.Layer, str, str]
"""A layer, the place of its data in the message, and the data as JSON text."""


def rgb(colour: str) -> list[int]:
    """``#RRGGBB`` as numbers."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def fill_colour(key: str, name: ThemeName) -> tuple[int, int, int, int]:
    """The fill of a legend key in one theme."""
    if key == "none":
        return theme.MAP_NONE[name]
    if key == "filtered":
        return theme.MAP_FILTERED[name]
    return theme.MAP_STEPS[name][int(key) - 1]


def _ink_on(fill: str, name: ThemeName) -> list[int]:
    """Text that can be read on a fill."""
    if name == "light":
        return [255, 255, 255] if fill in {"3", "4"} else rgb(theme.INK[name])
    return [16, 24, 32] if fill in {"3", "4"} else [255, 255, 255]


def points_of(deck: DeckMap) -> dict[str, tuple[float, float]]:
    """Where a label stands in each area."""
    if deck.form == "hexagon":
        centres = hexagon_centres({code: (row, col) for code, row, col, _ in deck.hexes})
        return {c: (x * HEX_DEGREES, y * HEX_DEGREES) for c, (x, y) in centres.items()}
    return label_points("icb", vintage=deck.vintage_id)


def _features(deck: DeckMap, shapes: dict[str, str], name: ThemeName) -> str:
    parts = []
    for area in deck.areas:
        properties = {
            "code": area.code,
            "name": area.name,
            "detail": "<br/>".join(area.detail),
            "f": fill_colour(area.fill, name),
            "p": area.pattern,
        }
        parts.append(
            f'{{"type":"Feature","properties":{compact(properties)},"geometry":{shapes[area.code]}}}'
        )
    return "[" + ",".join(parts) + "]"


def layers(deck: DeckMap, name: ThemeName, zoom: float) -> Iterator[Layered]:
    """Every layer of a map, from the bottom up.

    Args:
        deck: The map.
        name: Theme.
        zoom: Zoom of the first view; patterns are sized for it.
    """
    if deck.form == "hexagon":
        shapes, lines = hexagon_shapes(deck.hexes), hexagon_lines(deck.hexes)
    else:
        shapes, lines = focused(deck.focus, deck.vintage_id)
    yield (
        pdk.Layer(
            "GeoJsonLayer", "@areas", id=f"areas-{deck.state}", pickable=True, stroked=True,
            filled=True, auto_highlight=True, highlight_color=[255, 184, 28, 110],
            get_fill_color="properties.f", get_line_color=list(theme.MAP_LINE[name]),
            line_width_min_pixels=1, get_line_width=1, line_width_units=PIXELS,
            extensions=[{"@@type": "FillStyleExtension", "pattern": True}],
            fill_pattern_atlas=pdk.types.String(picture_address()), fill_pattern_mask=True,
            fill_pattern_mapping=PATTERNS,
            get_fill_pattern="properties.p",
            get_fill_pattern_scale=round(_PATTERN_SCALE * 2 ** (_PATTERN_ZOOM - zoom), 2),
        ),
        "@areas",
        _features(deck, shapes, name),
    )  # fmt: skip
    yield (
        pdk.Layer(
            "PathLayer", "@regions", id="regions", get_path="path", width_min_pixels=1.6,
            get_width=1.6, width_units=PIXELS, get_color=list(theme.MAP_REGION_LINE[name]),
            joint_rounded=True, cap_rounded=True,
        ),
        "@regions",
        lines,
    )  # fmt: skip
    if deck.form == "geographic":
        yield from _places(deck, name)
    yield from _outlines(deck, name)
    yield from _selected(deck, name)
    if deck.form == "hexagon":
        yield _labels(deck, name)
    yield from _letters(deck, name)
    yield from _chips(deck)
    if deck.markers:
        yield _members(deck, name)


def _ring_of(deck: DeckMap, codes: tuple[str, ...]) -> list[list[list[float]]]:
    if deck.form == "hexagon":
        return hexagon_outline(codes, deck.hexes)
    return geographic_outline(codes, deck.focus, deck.vintage_id)


def _outlines(deck: DeckMap, name: ThemeName) -> Iterator[Layered]:
    """Footprints, the first the widest, so that on a shared border every one is seen."""
    if not deck.outlines:
        return
    many = len(deck.outlines)
    rows: list[dict[str, Any]] = []
    letters: list[dict[str, Any]] = []
    points = points_of(deck)
    for outline in deck.outlines:
        colour = rgb(theme.MAP_OUTLINES[name][outline.number])
        width = 3 + 3 * (many - 1 - outline.number)
        rows.extend({"path": r, "c": colour, "w": width} for r in _ring_of(deck, outline.codes))
        x, y = points[_middle(outline, points)]
        shift = [round((outline.number - (many - 1) / 2) * 18), -16 if deck.markers else 0]
        letters.append(
            {"p": [round(x, 3), round(y, 3)], "c": colour, "t": outline.letter, "o": shift}
        )
    yield (
        pdk.Layer(
            "PathLayer", "@outlines", id="outlines", get_path="path", get_width="w",
            width_units=PIXELS, get_color="c", joint_rounded=True,
        ),
        "@outlines",
        compact(rows),
    )  # fmt: skip
    yield (
        pdk.Layer(
            "TextLayer", "@outline-letters", id="outline-letters", get_position="p", get_text="t",
            get_color=rgb(theme.BACKGROUND[name]), get_size=12, size_units=PIXELS,
            font_family=FONT, font_weight=pdk.types.String("700"), get_pixel_offset="o",
            background=True, get_background_color="c", background_padding=[4, 1],
        ),
        "@outline-letters",
        compact(letters),
    )  # fmt: skip


def _middle(outline: Outline, points: dict[str, tuple[float, float]]) -> str:
    """The covered area nearest to the middle of the footprint."""
    xs = [points[c][0] for c in outline.codes]
    ys = [points[c][1] for c in outline.codes]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return min(outline.codes, key=lambda c: (points[c][0] - x) ** 2 + (points[c][1] - y) ** 2)


def _selected(deck: DeckMap, name: ThemeName) -> Iterator[Layered]:
    """What the reader selected: a bright line on a dark one, seen on every fill."""
    codes = [a.code for a in deck.areas if a.selected]
    if not codes:
        return
    rings = [ring for code in codes for ring in _ring_of(deck, (code,))]
    rows = [{"path": r, "c": list(theme.MAP_SELECTED[name]), "w": 6} for r in rings]
    rows += [{"path": r, "c": list(theme.MAP_SELECTED_HALO), "w": 2.5} for r in rings]
    yield (
        pdk.Layer(
            "PathLayer", "@selected", id="selected", get_path="path", get_width="w",
            width_units=PIXELS, get_color="c", joint_rounded=True,
        ),
        "@selected",
        compact(rows),
    )  # fmt: skip


def _labels(deck: DeckMap, name: ThemeName) -> Layered:
    points = points_of(deck)
    lift = 0.05 if any(a.chips or a.letter for a in deck.areas) else 0.0
    rows = [
        {"p": [round(points[a.code][0], 4), round(points[a.code][1] + lift, 4)],
         "c": _ink_on(a.fill, name), "t": label_lines(a.name)}
        for a in deck.areas
    ]  # fmt: skip
    return (
        pdk.Layer(
            "TextLayer", "@labels", id="labels", get_position="p", get_text="t", get_color="c",
            get_size=9.5, size_units=PIXELS, font_family=FONT, font_weight=BOLD, line_height=1.05,
        ),
        "@labels",
        compact(rows),
    )  # fmt: skip


def _letters(deck: DeckMap, name: ThemeName) -> Iterator[Layered]:
    """A letter in each area that has one."""
    points = points_of(deck)
    rows = [
        {"p": [round(v, 3) for v in points[a.code]], "t": a.letter, "c": _ink_on(a.fill, name)}
        for a in deck.areas
        if a.letter
    ]
    if rows:
        drop = 19 if deck.form == "hexagon" else 0
        yield (
            pdk.Layer(
                "TextLayer", "@letters", id="letters", get_position="p", get_text="t",
                get_color="c", get_size=12, size_units=PIXELS, font_family=FONT,
                font_weight=pdk.types.String("700"), get_pixel_offset=[0, drop],
            ),
            "@letters",
            compact(rows),
        )  # fmt: skip


def _chips(deck: DeckMap) -> Iterator[Layered]:
    """A small disc for each sector in an area, with its letter."""
    points = points_of(deck)
    rows = [row for area in deck.areas for row in _chip_rows(deck, area, points[area.code])]
    if not rows:
        return
    size = 7 if deck.form == "geographic" else 6
    yield (
        pdk.Layer(
            "ScatterplotLayer", "@chips", id="chips", get_position="p", get_pixel_offset="o",
            get_radius=size, radius_units=PIXELS, get_fill_color="c", stroked=True,
            get_line_color=[255, 255, 255], get_line_width=1, line_width_units=PIXELS,
        ),
        "@chips",
        compact(rows),
    )  # fmt: skip
    yield (
        pdk.Layer(
            "TextLayer", "@chip-letters", id="chip-letters", get_position="p", get_text="t",
            get_pixel_offset="o", get_color=[255, 255, 255], get_size=9, size_units=PIXELS,
            font_family=FONT, font_weight=pdk.types.String("700"),
        ),
        "@chip-letters",
        compact([{"p": r["p"], "o": r["o"], "t": r["t"]} for r in rows]),
    )  # fmt: skip


def _chip_rows(deck: DeckMap, area: Area, point: tuple[float, float]) -> Iterator[dict[str, Any]]:
    drop = 20 if deck.form == "hexagon" else 0
    step = 13 if deck.form == "hexagon" else 15
    for number, sector in enumerate(area.chips):
        shift = round((number - (len(area.chips) - 1) / 2) * step)
        yield {
            "p": [round(v, 3) for v in point],
            "o": [shift, drop],
            "c": rgb(theme.SECTOR_COLOURS[sector]),
            "t": theme.SECTOR_LETTERS[sector],
        }


def _members(deck: DeckMap, name: ThemeName) -> Layered:
    ink = rgb(theme.INK[name])
    rows = [
        {"p": [round(m.longitude, 4), round(m.latitude, 4)], "id": m.organisation_id,
         "name": m.name, "detail": "<br/>".join(m.detail), "r": 7 if m.lead or m.selected else 4.5,
         "f": [255, 184, 28] if m.lead else ink,
         "l": list(theme.MAP_SELECTED_HALO if m.selected else theme.MAP_LINE[name]),
         "w": 4 if m.selected else 1.5}
        for m in deck.markers
    ]  # fmt: skip
    return (
        pdk.Layer(
            "ScatterplotLayer", "@members", id=f"members-{deck.state}", pickable=True,
            get_position="p", get_radius="r", radius_units=PIXELS, get_fill_color="f",
            stroked=True, get_line_color="l", get_line_width="w", line_width_units=PIXELS,
        ),
        "@members",
        compact(rows),
    )  # fmt: skip


def _places(deck: DeckMap, name: ThemeName) -> Iterator[Layered]:
    """A few cities for orientation; more of them on a closer view."""
    shown = places(2 if deck.focus else 1)
    rows = [{"p": [p.longitude, p.latitude], "t": p.name} for p in shown]
    if rows:
        yield (
            pdk.Layer(
                "TextLayer", "@places", id="places", get_position="p", get_text="t",
                get_color=[*rgb(theme.INK[name]), 235], get_size=11, size_units=PIXELS,
                font_family=FONT, font_weight=BOLD,
                background=True, background_padding=[2, 0],
                get_background_color=[*rgb(theme.BACKGROUND[name]), 150],
            ),
            "@places",
            compact(rows),
        )  # fmt: skip
