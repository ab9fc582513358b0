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
from components.exhibits.deck_base import fill_colour
from components.exhibits.deck_message import style_document
from components.exhibits.deck_patterns import PATTERNS
from components.exhibits.map_views import VIEWS, MapView
from data import Catalogue, Selection, vintages
from geo.boundaries_io import attribution, load_context

Build = Callable[[str, Selection], Built]

STATIC = Path(__file__).resolve().parents[2] / "static"
MAPS = tuple(exhibit for view in VIEWS for exhibit in view.exhibits)
COUNTS = VIEWS[0].exhibits
VINTAGES = {"2023": 42, "2026": 36}
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
    """Layers by the part of their id that does not change with what is selected."""
    found = json.loads(message)["layers"]
    return {re.sub("^(areas|members)-.*", r"\1", layer["id"]): layer for layer in found}


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_message_has_every_icb_of_the_vintage_once(
    catalogue: Catalogue, build: Build, exhibit_id: str, device: Device, vintage: str
) -> None:
    built = build(exhibit_id, Selection(vintage=vintage))
    areas = layers_of(deck_of(built).message("light", device))["areas"]
    codes = [feature["properties"]["code"] for feature in areas["data"]]
    assert len(codes) == VINTAGES[vintage]
    assert set(codes) == set(vintages.areas(catalogue, vintage)["area_id"])
    assert areas["pickable"] is True


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_message_asks_for_nothing_from_outside(
    build: Build, exhibit_id: str, name: ThemeName
) -> None:
    message = deck_of(build(exhibit_id, Selection())).message(name)
    addresses = re.findall(r'"(?:[a-z]+:)?//[^"]*"|"https?:[^"]*"', message)
    assert addresses == []
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
@pytest.mark.parametrize("exhibit_id", COUNTS)
def test_an_area_is_filled_by_the_number_of_its_collaboratives(
    build: Build, exhibit_id: str, name: ThemeName
) -> None:
    built = build(exhibit_id, Selection())
    counts = built.frame.groupby("icb_code")["name"].nunique()
    for feature in layers_of(deck_of(built).message(name))["areas"]["data"]:
        count = int(counts.get(feature["properties"]["code"], 0))
        key = "none" if count == 0 else str(min(count, 4))
        assert tuple(feature["properties"]["f"]) == fill_colour(key, name)


@pytest.mark.parametrize("exhibit_id", COUNTS)
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


@pytest.mark.parametrize("exhibit_id", COUNTS)
def test_the_tooltip_of_an_area_lists_its_collaboratives(build: Build, exhibit_id: str) -> None:
    deck = deck_of(build(exhibit_id, Selection()))
    area = next(a for a in deck.areas if a.code == WEST_YORKSHIRE)
    assert area.detail[0] == "North East and Yorkshire"
    assert any("WYAAT" in line for line in area.detail)


@pytest.mark.parametrize("exhibit_id", COUNTS)
def test_stated_partial_and_inferred_coverage_have_patterns_of_their_own(
    build: Build, exhibit_id: str
) -> None:
    built = build(exhibit_id, Selection())
    rows = dict(tuple(built.frame.groupby("icb_code")))
    seen = set()
    for area in deck_of(built).areas:
        if area.code in rows:
            mine = rows[area.code]
            stated = mine[mine["basis"] == "stated"]
            whole = (stated["coverage"] == "whole").any()
            expected = "solid" if whole else "hatch" if stated.empty else "dots"
            assert area.pattern == expected, area.name
            seen.add(expected)
    assert {"solid", "hatch"} <= seen <= set(PATTERNS)


@pytest.mark.parametrize("exhibit_id", COUNTS)
def test_filtered_out_differs_from_no_curated_collaborative(
    catalogue: Catalogue, build: Build, exhibit_id: str
) -> None:
    curated = set(catalogue.table("footprints")["icb_code"])
    areas = deck_of(build(exhibit_id, Selection(sector=("ambulance",)))).areas
    empty = [a for a in areas if a.fill in {"none", "filtered"}]
    assert empty
    for area in empty:
        assert (area.fill == "filtered") == (area.code in curated), area.name
        assert ("filtered out" in area.summary) == (area.code in curated)


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("exhibit_id", MAPS)
def test_the_legend_names_everything_that_is_drawn_and_no_more(
    build: Build, exhibit_id: str, vintage: str
) -> None:
    for selection in (
        Selection(vintage=vintage),
        Selection(vintage=vintage, region=(LONDON,)),
        Selection(vintage=vintage, sector=("ambulance",)),
        Selection(vintage=vintage, icb=(WEST_YORKSHIRE,)),
        Selection(vintage=vintage, collaborative=("wyaat", "black-country")),
    ):
        deck = deck_of(build(exhibit_id, selection))
        drawn = {a.fill for a in deck.areas}
        drawn |= {a.pattern for a in deck.areas if a.fill not in {"none", "filtered"}} - {"solid"}
        drawn |= {f"chip-{s}" for a in deck.areas for s in a.chips}
        drawn |= {f"outline-{o.number}" for o in deck.outlines}
        drawn |= {"dot"} if deck.markers else set()
        drawn |= {"lead"} if any(m.lead for m in deck.markers) else set()
        chosen = [a.selected for a in deck.areas] + [m.selected for m in deck.markers]
        drawn |= {"selected"} if any(chosen) else set()
        assert {entry.key for entry in deck.legend} == drawn


def test_a_selected_system_is_outlined_and_gives_the_layer_a_new_id(build: Build) -> None:
    """The new id makes the browser forget the click itself."""
    before, after = (
        json.loads(deck_of(build("footprint-map", s)).message("light"))["layers"]
        for s in (Selection(), Selection(icb=(WEST_YORKSHIRE,)))
    )
    assert "selected" not in {layer["id"] for layer in before}
    assert "selected" in {layer["id"] for layer in after}
    assert before[0]["id"] != after[0]["id"]


def test_a_few_footprints_are_outlined_and_many_are_not(build: Build) -> None:
    two = deck_of(build("overlap-map", Selection(collaborative=("wyaat", "black-country"))))
    assert {o.name for o in two.outlines} == {"WYAAT", "Black Country"}
    assert [o.letter for o in two.outlines] == ["A", "B"]
    everything = build("overlap-map", Selection())
    assert deck_of(everything).outlines == ()
    assert any("Outlines are drawn where" in note for note in everything.notes)


def test_the_discs_of_a_system_are_the_sectors_of_its_collaboratives(build: Build) -> None:
    built = build("sector-map", Selection())
    sectors = {code: set(rows["sector"]) for code, rows in built.frame.groupby("icb_code")}
    for area in deck_of(built).areas:
        assert set(area.chips) == sectors.get(area.code, set())


def test_a_carried_footprint_says_so(build: Build) -> None:
    built = build("footprint-map", Selection(vintage="2026"))
    assert any("carried over" in note for note in built.notes)
    assert "36" in built.base
    assert "April 2026" in built.base
    assert built.frame["carried_from"].notna().all()


@pytest.mark.parametrize("exhibit_id", COUNTS)
def test_patterns_are_drawn_over_filled_areas_without_a_picture_to_wait_for(
    build: Build, exhibit_id: str
) -> None:
    """A fill that waits for a picture is not drawn until it has come."""
    deck = deck_of(build(exhibit_id, Selection()))
    message = deck.message("light")
    found = layers_of(message)
    assert re.search("data:image|extensions|[aA]tlas", message) is None
    assert found["areas"]["filled"] is True
    kinds = [f["geometry"]["type"] for f in found["patterns"]["data"]]
    wanted = {"hatch": "MultiLineString", "dots": "MultiPoint"}
    assert kinds == [wanted[a.pattern] for a in deck.areas if a.pattern in wanted]
    assert list(found).index("patterns") == list(found).index("areas") + 1
    assert "pickable" not in found["patterns"]


def test_a_map_of_stated_areas_only_has_no_layer_of_patterns(build: Build) -> None:
    deck = deck_of(build("system-map", Selection(icb=(WEST_YORKSHIRE,))))
    assert "patterns" not in layers_of(deck.message("light"))


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


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.id)
def test_both_forms_show_the_same_rows(build: Build, view: MapView) -> None:
    first, second = (build(i, Selection(sector=("acute",))) for i in view.exhibits)
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
