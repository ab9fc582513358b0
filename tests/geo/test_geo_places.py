"""Places for orientation: in England, in the right system, spread, from their own district."""

import shapely

from geo.boundaries_io import load_boundaries
from geo.lookup import districts
from geo.places import places
from geo.places_build import PLACES
from geo.points import icb_at

REGION_OF = {
    "Leeds": "North East and Yorkshire",
    "Liverpool": "North West",
    "London": "London",
    "Truro": "South West",
    "Canterbury": "South East",
    "Norwich": "East of England",
    "Lincoln": "Midlands",
}


def test_places_are_those_that_the_build_names() -> None:
    assert {(p.name, p.district, p.rank) for p in places()} == set(PLACES)
    assert len({p.name for p in places()}) == len(places()) >= 20


def test_rank_one_is_the_start_of_rank_two() -> None:
    assert 6 <= len(places(1)) < len(places(2)) == len(places())
    assert places(2)[: len(places(1))] == places(1)
    assert {p.rank for p in places(1)} == {1}
    assert places() is places()


def test_place_lies_in_the_main_system_of_its_district() -> None:
    for place in places():
        assert icb_at(place.longitude, place.latitude) == districts()[place.district][0][0], place


def test_places_lie_where_people_look_for_them() -> None:
    icbs = load_boundaries("icb")
    region = dict(zip(icbs["icb_code"], icbs["region"], strict=True))
    found = {
        p.name: region[icb_at(p.longitude, p.latitude) or ""]
        for p in places()
        if p.name in REGION_OF
    }
    assert found == REGION_OF


def test_every_region_has_a_place_and_names_of_rank_one_do_not_collide() -> None:
    icbs = load_boundaries("icb")
    region = dict(zip(icbs["icb_code"], icbs["region"], strict=True))
    named = {region[icb_at(p.longitude, p.latitude) or ""] for p in places(2)}
    assert named == set(region.values())
    points = [shapely.Point(p.longitude, p.latitude) for p in places(1)]
    apart = [a.distance(b) for i, a in enumerate(points) for b in points[:i]]
    assert min(apart) > 0.5  # degrees; Leeds and Manchester are the closest two
