"""The map of one system, on the boundaries of either vintage."""

from collections.abc import Callable

import pytest

from components.exhibits import Built
from components.exhibits.deck import DeckMap
from data import Catalogue, Selection, vintages
from geo.boundaries_io import attribution
from geo.footprints import neighbours

Build = Callable[[str, Selection], Built]


def system_deck(built: Built) -> DeckMap:
    assert isinstance(built.figure, DeckMap)
    return built.figure


@pytest.mark.parametrize(
    ("selection", "vintage", "drawn"),
    [
        (Selection(icb=("E54000026",)), "2023", {"E54000026"}),
        (Selection(icb=("E54000054",)), "2023", {"E54000054"}),
        (Selection(icb=("icb26-essex",)), "2026", {"icb26-essex"}),
        (Selection(icb=("icb26-essex",), vintage="2026"), "2026", {"icb26-essex"}),
        (Selection(icb=("E54000054",), vintage="2026"), "2026", {"E54000054"}),
        (Selection(icb=("E54000026",), vintage="2026"), "2026", {"icb26-essex"}),
        (
            Selection(icb=("icb26-essex",), vintage="2023"),
            "2023",
            {"E54000023", "E54000025", "E54000026"},
        ),
    ],
)
def test_a_system_is_drawn_on_the_boundaries_of_its_vintage(
    catalogue: Catalogue, build: Build, selection: Selection, vintage: str, drawn: set[str]
) -> None:
    built = build("system-map", selection)
    deck = system_deck(built)
    assert (deck.vintage_id, deck.vintage) == (vintage, f"April {vintage}")
    assert deck.attribution == attribution("icb", vintage)
    assert {a.code for a in deck.areas} == set(vintages.areas(catalogue, vintage)["area_id"])
    assert set(deck.focus) == {a.code for a in deck.areas if a.fill == "3"} == drawn
    beside = {n for code in drawn for n in neighbours(vintage)[code]} - drawn
    assert {a.code for a in deck.areas if a.fill == "1"} == beside
    assert built.citations
    names = vintages.areas(catalogue, vintage).set_index("area_id")["short_name"]
    told = built.frame[built.frame["what"] == "System"]["icb_name"]
    assert set(told) == set(names[sorted(drawn)])


def test_every_organisation_with_a_known_home_lies_in_one_newer_system(build: Build) -> None:
    deck = system_deck(build("system-map", Selection(vintage="2026")))
    older = system_deck(build("system-map", Selection()))
    assert {m.organisation_id for m in deck.markers} == {m.organisation_id for m in older.markers}
    assert deck.focus == ()


def test_the_newer_map_cites_the_source_of_the_area_and_says_how_homes_were_placed(
    build: Build,
) -> None:
    built = build("system-map", Selection(icb=("icb26-essex",)))
    cited = {c.source_id for c in built.citations}
    assert "rcpch-icb-history" in cited
    assert "placed by the point of its headquarters" in " ".join(built.notes)
    assert not build("system-map", Selection(icb=("E54000026",))).notes
