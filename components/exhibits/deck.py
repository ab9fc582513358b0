"""A deck.gl map as a value: what it shows, independent of how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from components import theme
from data.map_rows import Pattern
from geo.boundaries_io import attribution

Form = Literal["geographic", "hexagon"]
ThemeName = Literal["light", "dark"]
Device = Literal["wide", "narrow"]
HEIGHT = 570
HEIGHTS: dict[Device, int] = {"wide": HEIGHT, "narrow": 440}
"""Pixels: England whole, and the rest of the page still in sight."""


@dataclass(frozen=True)
class Area:
    """One ICB on the map.

    Attributes:
        code: Code of the area in its vintage.
        name: Short name.
        fill: ``none``, ``filtered`` or a step ``1`` to ``4``.
        detail: Lines of the tooltip, the region first.
        summary: What the map says of it, in a few words.
        pattern: ``solid`` where something is stated for the whole area, ``dots`` where only for
            part of it, ``hatch`` where it is inferred.
        selected: Whether the reader has selected it.
        chips: Sector ids to mark inside the area.
        letter: A letter to write inside the area, such as a grade.
        label: A shorter name to write inside a hexagon, where there is one.
    """

    code: str
    name: str
    fill: str
    detail: tuple[str, ...]
    summary: str = ""
    pattern: Pattern = "solid"
    selected: bool = False
    chips: tuple[str, ...] = ()
    letter: str = ""
    label: str = ""


@dataclass(frozen=True)
class Marker:
    """One member on the map.

    Attributes:
        organisation_id: Its id, for a click.
        name: Name of the organisation.
        detail: Lines of the tooltip.
        longitude: WGS84.
        latitude: WGS84.
        lead: Whether it leads a collaborative.
        selected: Whether the reader has selected it.
    """

    organisation_id: str
    name: str
    detail: tuple[str, ...]
    longitude: float
    latitude: float
    lead: bool
    selected: bool = False


@dataclass(frozen=True)
class Outline:
    """The footprint of one collaborative, outlined.

    Attributes:
        letter: Its letter on the map and in the legend.
        name: Short name.
        codes: Areas that it covers.
        number: Position among those drawn, from 0; gives its colour and width.
    """

    letter: str
    name: str
    codes: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend.

    Attributes:
        key: A fill; or ``hatch``, ``dots`` (patterns), ``dot``, ``lead`` (members), ``selected``,
            ``chip-<sector>`` or ``outline-<number>``.
        label: In words.
    """

    key: str
    label: str


@dataclass(frozen=True)
class DeckMap:
    """A map of the ICBs.

    Attributes:
        form: Geographic or hexagon.
        areas: Every ICB of the vintage, in the order of their codes.
        markers: Members, empty on the hexagon form.
        focus: ICB or region codes to which the view is fitted; empty: England.
        legend: Lines of the legend.
        vintage: Title of the vintage of the boundaries.
        hexes: (code, row, column, region code) of every ICB, for the hexagon form.
        outlines: Footprints drawn as outlines.
        vintage_id: Id of the vintage.
        nudge: Counts how often the reader asked for the view again; a map goes back to it.
    """

    form: Form
    areas: tuple[Area, ...]
    markers: tuple[Marker, ...]
    focus: tuple[str, ...]
    legend: tuple[LegendEntry, ...]
    vintage: str
    hexes: tuple[tuple[str, int, int, str], ...] = ()
    outlines: tuple[Outline, ...] = ()
    vintage_id: str = "2023"
    nudge: int = 0

    @property
    def attribution(self) -> str:
        """The words that the licence of the boundaries asks for."""
        return attribution("icb", self.vintage_id)

    @property
    def state(self) -> str:
        """A short mark that changes with what is selected.

        Streamlit dims all that was not clicked until the layer has another id; the Atlas draws the
        selection itself, so that a list, a link or a search select as a click does.
        """
        chosen = [a.code for a in self.areas if a.selected]
        chosen += [m.organisation_id for m in self.markers if m.selected]
        return "-".join(chosen) or "none"

    def message(self, name: ThemeName, device: Device = "wide") -> str:
        """The deck.gl message for one theme and device: compact JSON."""
        # Imported here: the drawing needs the value, not the value the drawing.
        from components.exhibits.deck_message import message  # noqa: PLC0415

        return message(self, name, device)

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
            "whiteSpace": "pre-line",
        }  # fmt: skip
        # Streamlit escapes what it puts into the places: lines are kept apart by the style.
        return {"html": "<b>{name}</b>\n{detail}", "style": style}
