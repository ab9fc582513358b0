"""The two maps: the same facts in two forms, in a message that is small and asks for nothing."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import geopandas as gpd
import pytest

from components import theme
from components.exhibits import Built
from components.exhibits.deck import DeckMap, Device, ThemeName
from components.exhibits.deck_message import fill_colour, style_document
from data import Catalogue, Selection
from geo.boundaries_io import attribution, load_context

Build = Callable[[str, Selection], Built]

STATIC = Path(__file__).resolve().parents[2] / "static"
MAPS = ("footprint-map", "systems-hexmap")
THEMES: tuple[ThemeName, ...] = get_args(ThemeName)
DEVICES: tuple[Device, ...] = get_args(Device)
LONDON, WEST_YORKSHIRE = "E40000003", "E54000054"
REGIONS = (
    "E40000003", "E40000005", "E40000006", "E40000011", "E40000012", "E40000013", "E40000014",
)  # fmt: skip
LIMIT = 150_000


def deck_of(built: Built) -> DeckMap:
    assert isinstance(built.figure, DeckMap)
    return built.figure


def layers_of(message: str) -> dict[str, dict[str, Any]]:
    return {layer["id"]: layer for layer in json.loads(message)["layers"]}


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_message_has_every_icb_once(
    catalogue: Catalogue, build: Build, exhibit_id: str, name: ThemeName, device: Device
) -> None:
    areas = layers_of(deck_of(build(exhibit_id, Selection())).message(name, device))["areas"]
    codes = [feature["properties"]["code"] for feature in areas["data"]]
    assert len(codes) == 42
    assert set(codes) == set(catalogue.icb_names)
    assert areas["pickable"] is True


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_message_asks_for_nothing_from_outside(
    build: Build, exhibit_id: str, name: ThemeName
) -> None:
    message = deck_of(build(exhibit_id, Selection())).message(name)
    assert re.search(r"https?:|//", message) is None
    assert json.loads(message)["mapStyle"] == f"/app/static/map-{name}.json"


@pytest.mark.parametrize("exhibit_id", MAPS)
@pytest.mark.parametrize("region", ["", *REGIONS])
def test_the_message_is_under_150_kb_for_england_and_every_region(
    build: Build, exhibit_id: str, region: str
) -> None:
    selection = Selection(region=(region,) if region else ())
    assert len(deck_of(build(exhibit_id, selection)).message("dark").encode()) < LIMIT


def test_the_message_is_under_150_kb_for_every_system(catalogue: Catalogue, build: Build) -> None:
    sizes = {
        icb: len(deck_of(build("footprint-map", Selection(icb=(icb,)))).message("light").encode())
        for icb in catalogue.icb_names
    }
    assert {icb: size for icb, size in sizes.items() if size >= LIMIT} == {}


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_only_colours_and_style_differ_between_the_themes(build: Build, exhibit_id: str) -> None:
    deck = deck_of(build(exhibit_id, Selection()))
    shapes = [
        [
            (f["properties"]["code"], f["geometry"])
            for f in layers_of(deck.message(n))["areas"]["data"]
        ]
        for n in THEMES
    ]
    assert shapes[0] == shapes[1]
    assert deck.message("light") != deck.message("dark")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("exhibit_id", MAPS)
def test_an_area_is_filled_by_the_number_of_its_collaboratives(
    build: Build, exhibit_id: str, name: ThemeName
) -> None:
    built = build(exhibit_id, Selection())
    counts = built.frame.groupby("icb_code")["name"].nunique()
    for feature in layers_of(deck_of(built).message(name))["areas"]["data"]:
        count = int(counts.get(feature["properties"]["code"], 0))
        key = "none" if count == 0 else str(min(count, 4))
        assert tuple(feature["properties"]["f"]) == fill_colour(key, name)


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_areas_outside_the_region_are_greyed_and_stay(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    areas = deck_of(build(exhibit_id, Selection(region=(LONDON,)))).areas
    icbs = catalogue.table("icbs")
    london = set(icbs[icbs["region_code"] == LONDON]["icb_code"])
    assert {a.code for a in areas if a.fill != "filtered"} == london
    assert len(areas) == 42


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_order_of_the_areas_does_not_depend_on_the_filters(
    build: Build, exhibit_id: str
) -> None:
    """A click on the map comes back as a position."""
    orders = {
        tuple(a.code for a in deck_of(build(exhibit_id, s)).areas)
        for s in (Selection(), Selection(sector=("mhlda",)), Selection(icb=(WEST_YORKSHIRE,)))
    }
    assert len(orders) == 1


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_tooltip_of_an_area_lists_its_collaboratives_and_what_is_inferred(
    build: Build, exhibit_id: str
) -> None:
    deck = deck_of(build(exhibit_id, Selection()))
    area = next(a for a in deck.areas if a.code == WEST_YORKSHIRE)
    assert "North East and Yorkshire" in area.detail[0]
    assert any("WYAAT" in line for line in area.detail)
    assert area.inferred == any("(inferred" in line or "part" in line for line in area.detail)


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_legend_names_every_fill_that_is_drawn_and_no_other(
    build: Build, exhibit_id: str
) -> None:
    for selection in (Selection(), Selection(region=(LONDON,)), Selection(sector=("ambulance",))):
        deck = deck_of(build(exhibit_id, selection))
        keys = [entry.key for entry in deck.legend]
        fills = {area.fill for area in deck.areas}
        assert set(keys) - {"ring", "dot", "lead"} == fills
        assert ("ring" in keys) == any(area.inferred for area in deck.areas)


def test_members_stand_on_the_geographic_map_only(build: Build) -> None:
    assert deck_of(build("systems-hexmap", Selection())).markers == ()
    deck = deck_of(build("footprint-map", Selection()))
    members = layers_of(deck.message("light"))["members"]["data"]
    assert len(members) == len(deck.markers) > 20
    assert {"dot", "lead"} <= {entry.key for entry in deck.legend}


def test_each_member_is_one_marker_however_many_collaboratives_it_is_in(
    build: Build, catalogue: Catalogue
) -> None:
    markers = deck_of(build("footprint-map", Selection())).markers
    names = [m.name for m in markers]
    assert len(names) == len(set(names))
    leads = {m.name for m in markers if m.lead}
    members = catalogue.table("memberships").merge(
        catalogue.table("organisations")[["organisation_id", "name", "latitude"]],
        on="organisation_id",
    )
    leading = members[(members["role"] == "lead_provider") & members["latitude"].notna()]
    assert leads == set(leading["name"]) > {"Devon Partnership NHS Trust"}


def test_both_forms_show_the_same_rows(build: Build) -> None:
    first, second = (build(i, Selection(sector=("acute",))) for i in MAPS)
    assert first.frame.equals(second.frame)
    assert first.reading == second.reading


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_map_says_vintage_and_attribution(build: Build, exhibit_id: str) -> None:
    built = build(exhibit_id, Selection())
    assert deck_of(built).vintage == "April 2023"
    assert "April 2023" in built.base
    assert deck_of(built).attribution == attribution()


def test_collaboratives_without_a_footprint_are_named(catalogue: Catalogue, build: Build) -> None:
    built = build("footprint-map", Selection())
    placed = set(catalogue.table("footprints")["collaborative_id"])
    frame = catalogue.table("collaboratives")
    for name in frame[~frame["collaborative_id"].isin(placed)]["name"]:
        assert any(name in note for note in built.notes)


def test_the_map_zooms_to_what_is_selected(build: Build) -> None:
    def zoom(selection: Selection) -> float:
        message = deck_of(build("footprint-map", selection)).message("light")
        return float(json.loads(message)["initialViewState"]["zoom"])

    england, london = zoom(Selection()), zoom(Selection(region=(LONDON,)))
    assert england < london <= 11


def test_a_themed_deck_has_what_streamlit_asks_for(build: Build) -> None:
    deck = deck_of(build("systems-hexmap", Selection()))
    themed = deck.for_theme("dark")
    assert themed.to_json() == deck.message("dark")
    assert themed._tooltip["style"]["color"] == theme.INK["dark"]
    assert "{name}" in themed._tooltip["html"]


@pytest.mark.parametrize("name", THEMES)
def test_the_static_style_is_the_one_that_the_code_describes(name: ThemeName) -> None:
    text = (STATIC / f"map-{name}.json").read_text(encoding="utf-8")
    document = json.loads(text)
    assert document == style_document(name, document["sources"]["context"]["data"])
    assert re.search(r"https?:", text) is None


@pytest.mark.parametrize("name", THEMES)
def test_the_static_style_shows_the_neighbours_that_geo_holds(name: ThemeName) -> None:
    """Compared with what geo reads, since only geo reads boundaries."""
    document = json.loads((STATIC / f"map-{name}.json").read_text(encoding="utf-8"))
    features = document["sources"]["context"]["data"]["features"]
    served = gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")
    ours = load_context()
    columns = sorted(set(ours.columns) - {"geometry"})
    assert served[columns].equals(ours[columns])
    assert served.geometry.geom_equals_exact(ours.geometry, 0).all()
