"""Layers that lie over the areas of a map: outlines, letters, discs and names of cities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydeck as pdk

from components import theme
from components.exhibits.deck import Area, DeckMap, Outline, ThemeName
from components.exhibits.deck_base import (
    BOLD,
    FONT,
    HEAVY,
    PIXELS,
    Layered,
    ink_on,
    points_of,
    rgb,
)
from components.exhibits.deck_shapes import compact, geographic_outline, hexagon_outline
from geo.places import places

_CORNER = 0.21
"""How far above the middle of a hexagon, in degrees of the map, its upper corner has room."""


def _ring_of(deck: DeckMap, codes: tuple[str, ...]) -> list[list[list[float]]]:
    if deck.form == "hexagon":
        return hexagon_outline(codes, deck.hexes)
    return geographic_outline(codes, deck.focus, deck.vintage_id)


def outlines(deck: DeckMap, name: ThemeName) -> Iterator[Layered]:
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
        middle = _middle(outline, points)
        x, y = points[middle]
        # A hexagon has its name in the middle: the letter stands in its upper corner.
        y += _CORNER if deck.form == "hexagon" else 0
        beside = [o.number for o in deck.outlines if _middle(o, points) == middle]
        place = beside.index(outline.number) - (len(beside) - 1) / 2
        shift = [round(place * 18), -16 if deck.markers else 0]
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
            font_family=FONT, font_weight=HEAVY, get_pixel_offset="o",
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


def selected(deck: DeckMap, name: ThemeName) -> Iterator[Layered]:
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


def letters(deck: DeckMap, name: ThemeName) -> Iterator[Layered]:
    """A letter in each area that has one."""
    points = points_of(deck)
    rows = [
        {"p": [round(v, 3) for v in points[a.code]], "t": a.letter, "c": ink_on(a.fill, name)}
        for a in deck.areas
        if a.letter
    ]
    if rows:
        drop = 19 if deck.form == "hexagon" else 0
        yield (
            pdk.Layer(
                "TextLayer", "@letters", id="letters", get_position="p", get_text="t",
                get_color="c", get_size=12, size_units=PIXELS, font_family=FONT,
                font_weight=HEAVY, get_pixel_offset=[0, drop],
            ),
            "@letters",
            compact(rows),
        )  # fmt: skip


def chips(deck: DeckMap) -> Iterator[Layered]:
    """A small disc for each sector in an area, with its letter."""
    points = points_of(deck)
    rows = [row for area in deck.areas for row in _chip_rows(deck, area, points[area.code])]
    if not rows:
        return
    # deck.gl counts the offset of a disc upwards, that of a text downwards.
    size = 7 if deck.form == "geographic" else 6
    yield (
        pdk.Layer(
            "ScatterplotLayer", "@chips", id="chips", get_position="p", get_pixel_offset="o",
            get_radius=size, radius_units=PIXELS, get_fill_color="c", stroked=True,
            get_line_color=[255, 255, 255], get_line_width=1, line_width_units=PIXELS,
        ),
        "@chips",
        compact([{**r, "o": [r["o"][0], -r["o"][1]]} for r in rows]),
    )  # fmt: skip
    yield (
        pdk.Layer(
            "TextLayer", "@chip-letters", id="chip-letters", get_position="p", get_text="t",
            get_pixel_offset="o", get_color=[255, 255, 255], get_size=9, size_units=PIXELS,
            font_family=FONT, font_weight=HEAVY,
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


def cities(deck: DeckMap, name: ThemeName) -> Iterator[Layered]:
    """A few cities for orientation; more of them on a closer view."""
    shown = places(2 if deck.focus else 1)
    rows = [{"p": [p.longitude, p.latitude], "t": p.name} for p in shown]
    if rows:
        yield (
            pdk.Layer(
                "TextLayer", "@places", id="places", get_position="p", get_text="t",
                get_color=rgb(theme.INK[name]), get_size=11.5, size_units=PIXELS,
                font_family=FONT, font_weight=BOLD, get_pixel_offset=[0, -12],
                background=True, background_padding=[3, 0], background_border_radius=3,
                get_background_color=[*rgb(theme.BACKGROUND[name]), 205],
            ),
            "@places",
            compact(rows),
        )  # fmt: skip
