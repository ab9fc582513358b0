"""Names in the hexagons of a phone's map: each within its hexagon, none too small to read."""

from __future__ import annotations

import json

import pytest

from components.exhibits import build_exhibit
from components.exhibits.deck import DeckMap
from components.exhibits.deck_message import message
from components.exhibits.deck_shapes import HEX_DEGREES
from components.exhibits.hexagon_names import SMALLEST, lines_in
from components.exhibits.map_views import VIEWS
from data import Catalogue, Selection

WIDEST_PHONE_MAP = 311
LETTER = 0.53


def hexagons(catalogue: Catalogue, exhibit_id: str, vintage: str) -> DeckMap:
    selection = Selection(vintage=vintage) if vintage else Selection()
    drawn = build_exhibit(catalogue, selection, exhibit_id).figure
    assert isinstance(drawn, DeckMap)
    return drawn


@pytest.mark.parametrize("vintage", ["", "2026"])
@pytest.mark.parametrize("exhibit_id", [view.exhibits[1] for view in VIEWS])
def test_every_name_on_a_phone_lies_within_its_hexagon(
    catalogue: Catalogue, exhibit_id: str, vintage: str
) -> None:
    deck = hexagons(catalogue, exhibit_id, vintage)
    sent = json.loads(message(deck, "light", "narrow"))
    across = HEX_DEGREES * 512 / 360 * 2 ** sent["initialViewState"]["zoom"]
    labels = next(layer["data"] for layer in sent["layers"] if layer["id"] == "labels")
    assert len(labels) == len(deck.areas), "a system has no name"
    high = across * 2 / 3**0.5
    for label in labels:
        lines, size = label["t"].split("\n"), label["s"]
        assert label["t"].isascii(), "deck.gl has no other letters unless it is told"
        assert size >= SMALLEST
        assert len(lines) * size * 1.05 <= high * 0.75, label
        assert max(map(len, lines)) * size * LETTER <= across - 2, label


def test_a_phones_map_shows_every_hexagon_whole(catalogue: Catalogue) -> None:
    deck = hexagons(catalogue, "systems-hexmap", "")
    sent = json.loads(message(deck, "light", "narrow"))
    zoom = sent["initialViewState"]["zoom"]
    areas = next(one["data"] for one in sent["layers"] if one["id"].startswith("areas"))
    xs = [x for area in areas for x, _ in area["geometry"]["coordinates"][0]]
    assert (max(xs) - min(xs)) * 512 / 360 * 2**zoom <= WIDEST_PHONE_MAP


def test_a_whole_name_is_kept_where_it_fits_and_one_that_cannot_fit_is_left_out() -> None:
    assert lines_in("North East London", 60)[0] == "North\nEast\nLondon"
    assert lines_in("North East London", 43, is_shared=True)[0] == "NE\nLondon"
    assert lines_in("North East London", 12) == ("", 0.0)
