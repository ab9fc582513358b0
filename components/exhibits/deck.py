"""A deck.gl map as a value: what it shows, independent of how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from components import theme
from geo.boundaries_io import ATTRIBUTION

Form = Literal["geographic", "hexagon"]
ThemeName = Literal["light", "dark"]
Device = Literal["wide", "narrow"]
HEIGHT = 600


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
        }  # fmt: skip
        return {"html": "<b>{name}</b><br/>{detail}", "style": style}
