"""A deck.gl map as a value: what it shows, and the compact message that draws it.

pydeck pretty-prints every coordinate on a line of its own; here it writes the frame of the
message only, and shapes that were turned into text once per process are put in its places.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import pydeck as pdk

from components import theme
from geo.boundaries_io import ATTRIBUTION
from geo.layers import border_lines, compact_polygons, label_points
from geo.tiles import group_outlines, hexagon_centres, hexagons
from geo.views import view_for

Form = Literal["geographic", "hexagon"]
ThemeName = Literal["light", "dark"]
HEIGHT = 600
_HEX_DEGREES = 0.5
# The browser alone knows how wide the map is; these widths keep England whole on each device.
FIT_WIDTH = {"wide": 560, "narrow": 330}
Device = Literal["wide", "narrow"]


@dataclass(frozen=True)
class Area:
    """One ICB on the map.

    Attributes:
        code: ICB code.
        name: Short name.
        fill: ``none``, ``filtered`` or ``1`` to ``4`` (four or more).
        detail: Lines of the tooltip.
        inferred: Whether any footprint here is inferred or partial.
    """

    code: str
    name: str
    fill: str
    detail: tuple[str, ...]
    inferred: bool


@dataclass(frozen=True)
class Marker:
    """One member on the map.

    Attributes:
        name: Name of the organisation.
        detail: Lines of the tooltip.
        longitude: WGS84.
        latitude: WGS84.
        lead: Whether it leads a collaborative.
    """

    name: str
    detail: tuple[str, ...]
    longitude: float
    latitude: float
    lead: bool


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend: a key into the fills (or ``ring``, ``dot``, ``lead``) and words."""

    key: str
    label: str


@dataclass(frozen=True)
class DeckMap:
    """A map of the ICBs.

    Attributes:
        form: Geographic or hexagon.
        areas: Every ICB, in the order of the table.
        markers: Members, empty on the hexagon form.
        focus: ICB or region codes to which the view is fitted; empty: England.
        legend: Lines of the legend.
        vintage: Title of the vintage of the boundaries.
        hexes: (code, row, column, region code) of every ICB, for the hexagon form.
    """

    form: Form
    areas: tuple[Area, ...]
    markers: tuple[Marker, ...]
    focus: tuple[str, ...]
    legend: tuple[LegendEntry, ...]
    vintage: str
    hexes: tuple[tuple[str, int, int, str], ...] = ()
    height: int = HEIGHT

    @property
    def attribution(self) -> str:
        """The words that the licence of the boundaries asks for."""
        return ATTRIBUTION

    def message(self, name: ThemeName, device: Device = "wide") -> str:
        """The deck.gl message for one theme and device: compact JSON."""
        return _message(self, name, device)

    def for_theme(self, name: ThemeName, device: Device = "wide") -> ThemedDeck:
        """The map as ``st.pydeck_chart`` takes it."""
        return ThemedDeck(self, name, device)


@dataclass(frozen=True)
class ThemedDeck:
    """A map in one theme, with the two things that Streamlit asks of a deck."""

    deck: DeckMap
    theme_name: ThemeName
    device: Device

    def to_json(self) -> str:
        """The deck.gl message."""
        return self.deck.message(self.theme_name, self.device)

    @property
    def _tooltip(self) -> dict[str, Any]:
        ink, paper = theme.INK[self.theme_name], theme.BACKGROUND[self.theme_name]
        style = {
            "color": ink, "backgroundColor": paper, "fontSize": "13px", "maxWidth": "300px",
            "border": f"1px solid {theme.NEUTRAL}", "borderRadius": "6px", "padding": "8px 10px",
        }  # fmt: skip
        return {"html": "<b>{name}</b><br/>{detail}", "style": style}


def fill_colour(key: str, name: ThemeName) -> tuple[int, int, int, int]:
    """The fill of a legend key in one theme."""
    if key == "none":
        return theme.MAP_NONE[name]
    if key == "filtered":
        return theme.MAP_FILTERED[name]
    return theme.MAP_STEPS[name][int(key) - 1]


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=4)
def _geographic_shapes() -> dict[str, str]:
    return {area.code: _compact(area.geometry()) for area in compact_polygons("icb")}


@lru_cache(maxsize=1)
def _region_lines() -> str:
    lines = [[list(point) for point in line] for line in border_lines("region")]
    return _compact([{"path": line} for line in lines])


def _scaled(points: list[tuple[float, float]]) -> list[list[float]]:
    return [[round(x * _HEX_DEGREES, 4), round(y * _HEX_DEGREES, 4)] for x, y in points]


@lru_cache(maxsize=4)
def _hexagon_shapes(hexes: tuple[tuple[str, int, int, str], ...]) -> dict[str, str]:
    shapes = hexagons({code: (row, col) for code, row, col, _ in hexes})
    return {
        code: _compact({"type": "Polygon", "coordinates": [_scaled([*ring, ring[0]])]})
        for code, ring in shapes.items()
    }


@lru_cache(maxsize=4)
def _hexagon_lines(hexes: tuple[tuple[str, int, int, str], ...]) -> str:
    rows = {code: (row, col) for code, row, col, _ in hexes}
    outlines = group_outlines(rows, {code: region for code, _, _, region in hexes})
    return _compact([{"path": _scaled(ring)} for rings in outlines.values() for ring in rings])


def _label_lines(name: str, width: int = 10) -> str:
    """A short name over at most three lines that fit a hexagon."""
    plain = name.replace(",", "").replace("Stoke-on-Trent", "Stoke")
    words: list[str] = []
    for word in plain.split():
        # The long counties are broken before "shire", as a map maker would.
        if len(word) > width and word.endswith("shire"):
            words.extend((word.removesuffix("shire") + "-", "shire"))
        else:
            words.append(word)
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width and len(lines) < 3:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(line if len(line) <= width + 3 else line[: width + 2] + "…" for line in lines)


def _hexagon_view(
    hexes: tuple[tuple[str, int, int, str], ...], width: int
) -> tuple[float, float, float]:
    centres = hexagon_centres({code: (row, col) for code, row, col, _ in hexes})
    xs = [x * _HEX_DEGREES for x, _ in centres.values()]
    ys = [y * _HEX_DEGREES for _, y in centres.values()]
    span_x, span_y = max(xs) - min(xs) + 0.6, max(ys) - min(ys) + 0.7
    fit = min(width / span_x, (HEIGHT - 20) / span_y)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, math.log2(fit * 360 / 512)


def _features(deck: DeckMap, shapes: dict[str, str], name: ThemeName) -> str:
    parts = []
    for area in deck.areas:
        properties = {
            "code": area.code,
            "name": area.name,
            "detail": "<br/>".join(area.detail),
            "f": fill_colour(area.fill, name),
        }
        parts.append(
            f'{{"type":"Feature","properties":{_compact(properties)},"geometry":{shapes[area.code]}}}'
        )
    return "[" + ",".join(parts) + "]"


def _points(deck: DeckMap) -> dict[str, tuple[float, float]]:
    if deck.form == "hexagon":
        centres = hexagon_centres({code: (row, col) for code, row, col, _ in deck.hexes})
        return {c: (x * _HEX_DEGREES, y * _HEX_DEGREES) for c, (x, y) in centres.items()}
    return label_points("icb")


def _rings(deck: DeckMap) -> list[dict[str, Any]]:
    """Places of the ring that marks inferred or partial footprints."""
    points = _points(deck)
    drop = 0.17 if deck.form == "hexagon" else 0.0
    return [
        {"p": [round(points[a.code][0], 4), round(points[a.code][1] - drop, 4)], "name": a.name,
         "detail": "<br/>".join(a.detail)}
        for a in deck.areas
        if a.inferred
    ]  # fmt: skip


def _layers(deck: DeckMap, name: ThemeName) -> tuple[list[pdk.Layer], dict[str, str]]:
    """Layers with named places for their data, and the data as text."""
    hexagon = deck.form == "hexagon"
    shapes = _hexagon_shapes(deck.hexes) if hexagon else _geographic_shapes()
    data = {
        "@areas": _features(deck, shapes, name),
        "@regions": _hexagon_lines(deck.hexes) if hexagon else _region_lines(),
        "@rings": _compact(_rings(deck)),
    }
    ink = [int(theme.INK[name][i : i + 2], 16) for i in (1, 3, 5)]
    layers = [
        pdk.Layer(
            "GeoJsonLayer", "@areas", id="areas", pickable=True, stroked=True, filled=True,
            auto_highlight=True, highlight_color=[255, 184, 28, 110],
            get_fill_color="properties.f", get_line_color=list(theme.MAP_LINE[name]),
            line_width_min_pixels=1, get_line_width=1, line_width_units=pdk.types.String("pixels"),
        ),
        pdk.Layer(
            "PathLayer", "@regions", id="regions", get_path="path", width_min_pixels=1.6,
            get_width=1.6, width_units=pdk.types.String("pixels"),
            get_color=list(theme.MAP_REGION_LINE[name]), joint_rounded=True, cap_rounded=True,
        ),
        pdk.Layer(
            "ScatterplotLayer", "@rings", id="inferred", get_position="p", filled=False,
            stroked=True, get_radius=5, radius_units=pdk.types.String("pixels"),
            get_line_color=list(theme.MAP_INFERRED_LINE[name]), get_line_width=2.5,
            line_width_units=pdk.types.String("pixels"), pickable=True,
        ),
    ]  # fmt: skip
    if hexagon:
        points = _points(deck)
        fills = {a.code: a.fill for a in deck.areas}
        dark_steps = {"3", "4"} if name == "light" else {"1", "2"}
        texts = []
        for area in deck.areas:
            light = fills[area.code] in dark_steps
            on_pale = name == "dark" and fills[area.code] in {"3", "4"}
            colour = [255, 255, 255] if light else [16, 24, 32] if on_pale else ink
            texts.append({"p": [round(v, 4) for v in points[area.code]], "c": colour,
                          "t": _label_lines(area.name)})  # fmt: skip
        data["@labels"] = _compact(texts)
        layers.append(
            pdk.Layer(
                "TextLayer", "@labels", id="labels", get_position="p", get_text="t",
                get_color="c", get_size=9.5, size_units=pdk.types.String("pixels"),
                font_family=pdk.types.String("Source Sans, Arial, sans-serif"),
                font_weight=pdk.types.String("600"), line_height=1.05,
            )
        )  # fmt: skip
    elif deck.markers:
        data["@members"] = _compact(
            [
                {"p": [round(m.longitude, 4), round(m.latitude, 4)], "name": m.name,
                 "detail": "<br/>".join(m.detail), "r": 7 if m.lead else 4.5,
                 "f": [255, 184, 28] if m.lead else ink}
                for m in deck.markers
            ]
        )  # fmt: skip
        layers.append(
            pdk.Layer(
                "ScatterplotLayer", "@members", id="members", pickable=True, get_position="p",
                get_radius="r", radius_units=pdk.types.String("pixels"), get_fill_color="f",
                stroked=True, get_line_color=list(theme.MAP_LINE[name]), get_line_width=1.5,
                line_width_units=pdk.types.String("pixels"),
            )
        )  # fmt: skip
    return layers, data


@lru_cache(maxsize=256)
def _message(deck: DeckMap, name: ThemeName, device: Device) -> str:
    layers, data = _layers(deck, name)
    width = FIT_WIDTH[device]
    if deck.form == "hexagon":
        longitude, latitude, zoom = _hexagon_view(deck.hexes, min(width, 430))
    else:
        longitude, latitude, zoom = view_for(deck.focus, width, HEIGHT, padding=8)
    view = pdk.ViewState(
        longitude=round(longitude, 3), latitude=round(latitude, 3), zoom=round(zoom, 2),
        min_zoom=4, max_zoom=11,
    )  # fmt: skip
    spec = pdk.Deck(
        layers=layers,
        initial_view_state=view,
        map_provider="carto",
        map_style=f"/app/static/map-{name}.json",
        views=[pdk.View(type="MapView", controller=True)],
    )
    frame = _compact(json.loads(spec.to_json()))
    for place, text in data.items():
        frame = frame.replace(f'"{place}"', text)
    return frame


def style_document(name: ThemeName, context: dict[str, Any]) -> dict[str, Any]:
    """The map style of one theme: a plain background and a quiet outline of the neighbours.

    It is served from the app's own static folder, so that no map asks for tiles from outside.

    Args:
        name: Theme.
        context: GeoJSON of Wales and Scotland.
    """
    red, green, blue, _ = theme.MAP_CONTEXT[name]
    return {
        "version": 8,
        "name": f"Atlas, {name}",
        "sources": {"context": {"type": "geojson", "data": context}},
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": theme.MAP_SEA[name]}},
            {
                "id": "context",
                "type": "fill",
                "source": "context",
                "paint": {"fill-color": f"rgb({red},{green},{blue})"},
            },
        ],
    }
