"""Every colour, font size and number format of the Atlas, and the Plotly template.

Colours start from the NHS identity palette. Those used for data are shifted in lightness until each
has a contrast of at least 3:1 on both page backgrounds and the sectors stay apart under simulated
protanopia, deuteranopia and tritanopia (``tests/components/test_theme.py``). No mark depends on
colour alone: sectors have symbols too, and status and basis have patterns or outlines.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Any, Final

import plotly.graph_objects as go

NHS_BLUE: Final = "#005EB8"
NHS_DARK_BLUE: Final = "#003087"
BACKGROUND: Final = MappingProxyType({"light": "#FFFFFF", "dark": "#101820"})
INK: Final = MappingProxyType({"light": "#212B32", "dark": "#E8EDEE"})

SECTOR_COLOURS: Final = MappingProxyType(
    {
        "acute": "#1D78C9",
        "mhlda": "#C7417B",
        "community": "#00A499",
        "all_in": "#C97700",
        "specialised": "#7B5EA7",
        "ambulance": "#6B7885",
    }
)
SECTOR_SYMBOLS: Final = MappingProxyType(
    {
        "acute": "circle",
        "mhlda": "square",
        "community": "diamond",
        "all_in": "triangle-up",
        "specialised": "pentagon",
        "ambulance": "cross",
    }
)
SECTOR_SHORT: Final = MappingProxyType(
    {
        "acute": "Acute",
        "mhlda": "MHLDA",
        "community": "Community",
        "all_in": "All in",
        "specialised": "Specialised",
        "ambulance": "Ambulance",
    }
)
SECTOR_LETTERS: Final = MappingProxyType(
    {
        "acute": "A",
        "mhlda": "M",
        "community": "C",
        "all_in": "+",
        "specialised": "S",
        "ambulance": "E",
    }
)
"""One letter for each sector, for marks too small for a name (E: emergency ambulance)."""

BENEFIT_SHORT: Final = MappingProxyType(
    {
        "unwarranted_variation": "Variation",
        "health_inequalities": "Inequalities",
        "efficiency_and_scale": "Efficiency",
        "specialised_consolidation": "Specialised services",
        "resilience_and_capacity": "Resilience",
        "recruitment_and_retention": "Workforce",
    }
)
ALL_RESPONDENTS: Final = "#3F72A6"
NEUTRAL: Final = "#8A97A1"
GRID: Final = "rgba(138,151,161,0.28)"
AGREE: Final = ("#1D78C9", "#74AEE0")
DISAGREE: Final = ("#B24A00", "#E0A070")
PALE_FILLS: Final = frozenset({AGREE[1], DISAGREE[1], "#C0CAD0"})
"""Fills of bars on which white letters would be faint."""

STATUS_COLOURS: Final = MappingProxyType(
    {"achieved": "#1D78C9", "expected": "#C97700", "planned": "#8A97A1"}
)
STATUS_PATTERNS: Final = MappingProxyType({"achieved": "", "expected": "/", "planned": "."})
STATUS_SYMBOLS: Final = MappingProxyType(
    {"achieved": "circle", "expected": "circle-open", "planned": "square-open"}
)
MILESTONE_COLOURS: Final = MappingProxyType(
    {"law": "#B24A00", "policy": "#1D78C9", "guidance": "#1D78C9", "here": "#00A499"}
)
MILESTONE_SYMBOLS: Final = MappingProxyType(
    {"law": "square", "policy": "diamond", "guidance": "diamond-open", "here": "circle"}
)
# Grades of evidence. Each has its letter in it, white where the mark is filled.
GRADE_COLOURS: Final = MappingProxyType(
    {
        "full": "#1D6FBF",
        "partial": "#0A7F79",
        "bare": "#9A6500",
        "words": "#66727E",
        "intention": "#66727E",
    }
)
GRADE_SYMBOLS: Final = MappingProxyType(
    {
        "full": "square",
        "partial": "circle",
        "bare": "diamond",
        "words": "pentagon",
        "intention": "circle-open",
    }
)

# Map fills as (r, g, b, a): none, then 1, 2, 3 and 4 or more collaboratives.
MAP_NONE: Final = MappingProxyType({"light": (232, 237, 238, 255), "dark": (52, 64, 74, 255)})
MAP_FILTERED: Final = MappingProxyType({"light": (205, 212, 217, 255), "dark": (78, 92, 103, 255)})
MAP_STEPS: Final = MappingProxyType(
    {
        "light": (
            (176, 210, 240, 255),
            (105, 165, 218, 255),
            (29, 120, 201, 255),
            (0, 60, 135, 255),
        ),
        "dark": (
            (38, 76, 112, 255),
            (42, 112, 172, 255),
            (86, 160, 220, 255),
            (182, 218, 246, 255),
        ),
    }
)
# Outlines of footprints drawn together; widths differ too, so that shared borders show them all.
MAP_OUTLINES: Final = MappingProxyType(
    {
        "light": ("#7A1F6B", "#B24A00", "#00665E", "#003087", "#8A1538", "#4A4A00"),
        "dark": ("#F2A7E4", "#FFB37A", "#6FE0D6", "#A9C8FF", "#FF9DB4", "#E6E27A"),
    }
)
MAP_SELECTED: Final = MappingProxyType({"light": (33, 43, 50, 255), "dark": (255, 255, 255, 255)})
MAP_SELECTED_HALO: Final = (255, 184, 28, 255)
MAP_LINE: Final = MappingProxyType({"light": (255, 255, 255, 255), "dark": (16, 24, 32, 255)})
# Strokes and dots over an area, on the paler and on the stronger half of the steps.
MAP_STROKES: Final = MappingProxyType(
    {
        "light": ((0, 60, 135, 150), (255, 255, 255, 190)),
        "dark": ((255, 255, 255, 150), (16, 24, 32, 190)),
    }
)
MAP_REGION_LINE: Final = MappingProxyType(
    {"light": (66, 85, 99, 255), "dark": (200, 210, 218, 255)}
)
MAP_CONTEXT: Final = MappingProxyType({"light": (214, 219, 222, 255), "dark": (38, 48, 57, 255)})
MAP_SEA: Final = MappingProxyType({"light": "#DCE8EF", "dark": "#0B1218"})

FONT_FAMILY: Final = "Source Sans, Arial, sans-serif"
FONT_SIZE: Final = 14
LABEL_SIZE: Final = 13
ROW_HEIGHT: Final = 40
"""Height in pixels of one row of a ranked bar chart."""

FAINT: Final = MappingProxyType({"light": "#4C6272", "dark": "#B4C0C8"})

LOGO: Final = ("#005EB8", "#41B6E6", "#2A6FC9")
PRIMARY: Final = MappingProxyType({"light": "#005EB8", "dark": "#5BA4E6"})
"""Colour of the main button; ``.streamlit/config.toml`` says the same, and a test holds them."""
ON_PRIMARY: Final = BACKGROUND
"""Letters on it. Pale blue in the dark: white on that is too faint to read."""
DIFFERS: Final = "#C97700"
PROFILE: Final = "#1D78C9"


def css_variables() -> str:
    """The colours that style sheets of pages name, as custom properties: ``var(--rule)``."""
    values = {
        "on-primary": f"light-dark({ON_PRIMARY['light']},{ON_PRIMARY['dark']})",
        "tip-ink": f"light-dark({INK['light']},{INK['dark']})",
        "tip": f"light-dark({BACKGROUND['light']},{BACKGROUND['dark']})",
        "wash": "rgba(138,151,161,.16)",
        "rule": "rgba(138,151,161,.35)",
        "edge": "rgba(138,151,161,.6)",
        "differs": DIFFERS,
        "mark": PROFILE,
    }
    return ":root{" + "".join(f"--{name}:{value};" for name, value in values.items()) + "}"


def _not_dimmed(ink: str, opacity: float = 1) -> dict[str, Any]:
    """A click marks a row; what was not clicked keeps its looks, which Plotly would fade."""
    looks = {"marker": {"opacity": opacity}, "textfont": {"color": ink}}
    # Plotly reads the one where it finds the other.
    return {"selected": looks, "unselected": looks}


KEY_IS_STILL: Final = MappingProxyType({"itemclick": False, "itemdoubleclick": False})
"""A legend hides nothing: an entry filters or does nothing (``server/assets/charts.js``)."""


def _template(name: str) -> go.layout.Template:
    axis = {
        # What a hand does to a picture alone is in no address and is lost by the next filter; a
        # finger that scrolls the page would move the chart instead.
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": False,
        "automargin": True,
        "tickfont": {"size": LABEL_SIZE, "color": FAINT[name]},
        "title": {"font": {"size": LABEL_SIZE, "color": FAINT[name]}},
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT_FAMILY, "size": FONT_SIZE, "color": INK[name]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
            "hoverlabel": {
                "font": {"family": FONT_FAMILY, "size": LABEL_SIZE, "color": INK[name]},
                "bgcolor": BACKGROUND[name],
                "bordercolor": NEUTRAL,
                "align": "left",
            },
            "bargap": 0.35,
            "dragmode": False,
            "xaxis": axis,
            "yaxis": {**axis, "tickfont": {"size": LABEL_SIZE, "color": INK[name]}},
            "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0,
                       "xanchor": "left", **KEY_IS_STILL},
        },
        # The thin lines of intervals: dark on a light page, light on a dark one.
        data={
            "scatter": [{"error_x": {"color": INK[name], "thickness": 1.5, "width": 4},
                         **_not_dimmed(INK[name])}],
            "bar": [_not_dimmed(INK[name])],
        },
    )  # fmt: skip


TEMPLATES: Final = MappingProxyType({name: _template(name) for name in ("light", "dark")})
"""Plotly templates for the two themes of the page; figures are built with the light one."""


class PreparedDict(dict[str, Any]):
    """A figure as a dict that many share; ``text`` is its JSON once that was written."""

    text: str = ""


class PreparedFigure(go.Figure):  # type: ignore[misc]
    """A figure that is drawn many times and changed never: Plotly copies it into a dict once."""

    _prepared: PreparedDict | None = None

    def prepare(self) -> PreparedFigure:
        """Turn the figure into a dict for good; changes made later are not drawn."""
        object.__setattr__(self, "_prepared", PreparedDict(super().to_dict()))
        return self

    def to_dict(self) -> dict[str, Any]:
        """The figure as a dict, shared: do not change it."""
        return self._prepared if self._prepared is not None else super().to_dict()


def themed(figure: go.Figure, name: str) -> PreparedFigure:
    """A copy of a figure in another theme; the figure itself is shared and stays as it is."""
    copy = PreparedFigure(figure)
    copy.update_layout(template=TEMPLATES[name])
    for trace in copy.select_traces(lambda t: t.type in {"bar", "scatter"}):
        ink = (trace.type == "bar" and trace.insidetextfont.color) or trace.textfont.color
        is_seen = trace.marker.opacity != 0
        if not is_seen or isinstance(ink, str):
            trace.update(_not_dimmed(ink if isinstance(ink, str) else INK[name], float(is_seen)))
    return copy.prepare()


def percent(value: float) -> str:
    """A percentage as people read it: ``51%``, ``9.8%``."""
    return f"{value:.1f}%" if value != round(value) else f"{value:.0f}%"


def amount(value: float, unit: str) -> str:
    """A value with its unit: ``£4.6m``, ``36%``, ``7 miles``, ``2,000 people``.

    Two decimals at most, or two digits of what is smaller than a tenth: ``£1.25m``, ``£0.012m``.
    """
    plain = f"{value:,.0f}"
    if value != round(value):
        decimals = max(2, 1 - math.floor(math.log10(abs(value))))
        plain = f"{value:,.{decimals}f}".rstrip("0").removesuffix(".")
    if unit == "percent":
        return percent(value)
    if unit == "gbp_million":
        return f"£{plain}m"
    # What is counted stands in the metric: "120 count" would say less than "120".
    return f"{plain} {unit}" if unit and unit != "count" else plain


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 system``, ``3 systems``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
