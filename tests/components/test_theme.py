"""Colours that everybody can tell apart, and numbers as people read them."""

import itertools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.typing import NDArray

from components import theme
from components.exhibits.deck import ThemeName
from components.exhibits.deck_base import fill_colour, ink_on
from components.stories import enlarged
from data import Catalogue
from data.evidence import GRADE

Vector = NDArray[np.float64]
ROOT = Path(__file__).parents[2]

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
DEFICIENCIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
# sRGB to XYZ and the white of D65.
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
SURVEY_SECTORS = ("acute", "mhlda", "community", "all_in")
SECTORS = (*SURVEY_SECTORS, "specialised", "ambulance")
THEMES = ("light", "dark")


def linear(colour: str) -> Vector:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: Vector) -> Vector:
    ratio = np.array(TO_XYZ) @ np.clip(rgb, 0, 1) / np.array(WHITE)
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one: str, other: str, seen: tuple[tuple[float, ...], ...]) -> float:
    """CIE76 distance of two colours as somebody sees them."""
    matrix = np.array(seen)
    return float(np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other))))


def test_the_measures_agree_with_known_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert lab(linear("#FF0000")) == pytest.approx([53.2, 80.1, 67.2], abs=0.2)
    red, green = "#D00000", "#4E6A00"
    assert difference(red, green, DEFICIENCIES["deuteranopia"]) < difference(red, green, NORMAL) / 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("sector", SECTORS)
def test_a_sector_stands_out_from_the_page(sector: str, name: str) -> None:
    assert contrast(theme.SECTOR_COLOURS[sector], theme.BACKGROUND[name]) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("status", ["achieved", "expected"])
def test_a_status_stands_out_from_the_page(status: str, name: str) -> None:
    assert contrast(theme.STATUS_COLOURS[status], theme.BACKGROUND[name]) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("grade", list(GRADE))
def test_a_grade_stands_out_and_its_letter_can_be_read(grade: str, name: str) -> None:
    assert contrast(theme.GRADE_COLOURS[grade], theme.BACKGROUND[name]) >= 3
    assert contrast(theme.GRADE_COLOURS[grade], "#FFFFFF") >= 4.5


def test_no_grade_depends_on_colour_alone() -> None:
    assert set(theme.GRADE_COLOURS) == set(theme.GRADE_SYMBOLS) == set(GRADE)
    assert len(set(theme.GRADE_SYMBOLS.values())) == len(GRADE)


@pytest.mark.parametrize("name", THEMES)
def test_the_bar_of_all_respondents_stands_out_from_the_page(name: str) -> None:
    assert contrast(theme.ALL_RESPONDENTS, theme.BACKGROUND[name]) >= 3


def test_white_text_can_be_read_on_the_bar_of_all_respondents() -> None:
    assert contrast(theme.ALL_RESPONDENTS, "#FFFFFF") >= 4.5


CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
SURFACES = ("backgroundColor", "secondaryBackgroundColor")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("ink", [theme.INK, theme.FAINT], ids=["ink", "faint"])
def test_text_can_be_read(ink: Mapping[str, str], surface: str, name: str) -> None:
    assert contrast(ink[name], CONFIG[name][surface]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_link_can_be_read(surface: str, name: str) -> None:
    assert contrast(CONFIG[name]["linkColor"], CONFIG[name][surface]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_the_letters_of_the_main_button_can_be_read(name: str) -> None:
    assert contrast(theme.ON_PRIMARY[name], theme.PRIMARY[name]) >= 4.5


@pytest.mark.parametrize("fill", ["1", "2", "3", "4", "none", "filtered"])
@pytest.mark.parametrize("name", get_args(ThemeName))
def test_a_name_on_an_area_of_the_map_can_be_read(fill: str, name: ThemeName) -> None:
    ink = "#{:02X}{:02X}{:02X}".format(*ink_on(fill, name))
    area = "#{:02X}{:02X}{:02X}".format(*fill_colour(fill, name)[:3])
    assert contrast(ink, area) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("setting", "colour"),
    [
        ("primaryColor", theme.PRIMARY),
        ("backgroundColor", theme.BACKGROUND),
        ("textColor", theme.INK),
    ],
)
def test_streamlit_and_the_charts_have_the_same_colours(
    setting: str, colour: Mapping[str, str], name: str
) -> None:
    assert CONFIG[name][setting].upper() == colour[name].upper()


@pytest.mark.parametrize("seen", DEFICIENCIES)
@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(SURVEY_SECTORS, 2)])
def test_the_sectors_of_the_survey_can_be_told_apart(one: str, other: str, seen: str) -> None:
    colours = theme.SECTOR_COLOURS
    assert difference(colours[one], colours[other], DEFICIENCIES[seen]) > 10


@pytest.mark.parametrize("name", THEMES)
def test_the_steps_of_the_map_rise_evenly_away_from_an_empty_area(name: str) -> None:
    steps = [theme.MAP_NONE[name], *theme.MAP_STEPS[name]]
    light = [lab(linear("#{:02X}{:02X}{:02X}".format(*s[:3])))[0] for s in steps]
    changes = np.diff(light) if name == "dark" else -np.diff(light)
    assert (changes > 4).all()


def test_no_sector_depends_on_colour_alone() -> None:
    assert set(theme.SECTOR_COLOURS) == set(theme.SECTOR_SYMBOLS) == set(SECTORS)
    assert len(set(theme.SECTOR_SYMBOLS.values())) == len(SECTORS)
    assert len(set(theme.STATUS_PATTERNS.values())) == len(theme.STATUS_PATTERNS)
    assert len(set(theme.STATUS_SYMBOLS.values())) == len(theme.STATUS_SYMBOLS)


def test_every_value_that_is_drawn_has_a_colour_or_a_short_name(catalogue: Catalogue) -> None:
    labels = catalogue.schema.labels
    assert set(theme.SECTOR_COLOURS) == set(labels("collaboratives", "sector"))
    assert set(theme.SECTOR_SHORT) == set(labels("collaboratives", "sector"))
    assert set(theme.STATUS_COLOURS) == set(labels("outcomes", "status"))
    assert set(theme.BENEFIT_SHORT) == set(labels("outcomes", "benefit"))


def test_colours_cannot_be_changed_by_whoever_uses_them() -> None:
    with pytest.raises(TypeError):
        theme.SECTOR_COLOURS["acute"] = "#000000"  # type: ignore[index]


@pytest.mark.parametrize("name", THEMES)
def test_a_template_has_the_ink_of_its_theme_and_no_background(name: str) -> None:
    layout = theme.TEMPLATES[name].layout
    assert layout.font.color == theme.INK[name]
    assert layout.paper_bgcolor == "rgba(0,0,0,0)"
    assert layout.xaxis.automargin is True


def test_a_figure_in_another_theme_is_a_copy() -> None:
    figure = go.Figure(go.Bar(x=[1]))
    figure.update_layout(template=theme.TEMPLATES["light"])
    dark = theme.themed(figure, "dark")
    assert dark.layout.template.layout.font.color == theme.INK["dark"]
    assert figure.layout.template.layout.font.color == theme.INK["light"]
    assert list(dark.data[0].x) == [1]
    assert dark.to_dict()["data"] == figure.to_dict()["data"]
    assert dark.to_json() != figure.to_json()


@pytest.mark.parametrize(
    ("value", "words"), [(51, "51%"), (51.0, "51%"), (9.8, "9.8%"), (0, "0%"), (16.66, "16.7%")]
)
def test_percentages_are_written_as_stated(value: float, words: str) -> None:
    assert theme.percent(value) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (36, "percent", "36%"),
        (4.6, "gbp_million", "£4.6m"),
        (5, "gbp_million", "£5m"),
        (7, "miles", "7 miles"),
        (2000, "people", "2,000 people"),
        (1.25, "gbp_million", "£1.25m"),
        (-1.206, "gbp_million", "£-1.21m"),
        (0.0124, "gbp_million", "£0.012m"),
        (9.999, "miles", "10 miles"),
        (1234.5, "days", "1,234.5 days"),
        (13000, "count", "13,000"),
        (3, "", "3"),
    ],
)
def test_amounts_have_their_unit(value: float, unit: str, words: str) -> None:
    assert theme.amount(value, unit) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 systems"), (1, "1 system"), (3, "3 systems"), (1200, "1,200 systems")],
)
def test_counts_have_a_plural(count: int, words: str) -> None:
    assert theme.plural(count, "system") == words


def test_an_irregular_plural_is_given() -> None:
    assert theme.plural(2, "entry", "entries") == "2 entries"
    assert theme.plural(1, "entry", "entries") == "1 entry"


def test_margins_fixed_for_a_page_do_not_cut_the_larger_letters_of_the_stage() -> None:
    figure = go.Figure(layout={"margin": {"l": 196, "autoexpand": False}, "height": 500})
    shown = enlarged.staged(figure, "light", 600).to_dict()["layout"]
    assert shown["margin"]["autoexpand"] is True
    assert shown["legend"]["orientation"] == "h"
