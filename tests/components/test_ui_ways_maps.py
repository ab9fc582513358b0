"""Ways from the list of a map's areas to rows, and from the steps of walkthroughs to exhibits."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from components.exhibits import REGISTRY, Built
from components.exhibits.deck import DeckMap
from components.stories import cached_build, subjects_of, tell, walkthroughs
from components.ui import area_ways, ways
from components.ui.navigation import PAGES
from components.ui.page_params import params_of
from components.ui.param_reads import Asked
from data import Catalogue, Selection
from data.counted import Counted
from data.lineage import known
from tests.components.test_ui_ways import rows_at

Build = Callable[[str, Selection], Built]
FILTERS = (
    Selection(), Selection(vintage="2026"), Selection(sector=("mhlda",)),
    Selection(status=("achieved",)), Selection(region=("E40000003",), benefit=("resilience",)),
)  # fmt: skip


@pytest.mark.parametrize("selection", FILTERS, ids=str)
def test_the_number_of_an_area_in_the_list_is_the_number_of_rows_it_leads_to(
    build: Build, catalogue: Catalogue, selection: Selection
) -> None:
    counted = 0
    for exhibit in REGISTRY:
        built = build(exhibit.id, selection)
        if not isinstance(built.figure, DeckMap):
            continue
        way = area_ways.of_map(catalogue, exhibit, built, selection)
        for area in built.figure.areas:
            number = re.fullmatch(r"(\d+) (collaborative|outcome)s?", area.summary)
            found = re.search(r"\]\((\S+) ", way(area))
            if number is None:
                continue
            assert found, (exhibit.id, area.name)
            counted += 1
            if found.group(1).startswith("row?"):
                assert number.group(1) == "1"
                assert known(catalogue, parse_qs(urlsplit(found.group(1)).query)["row"][0])
                continue
            rows = rows_at(catalogue, found.group(1))
            # An area of April 2026 may have several rows of one collaborative.
            unit = "collaborative_id" if number.group(2) == "collaborative" else "outcome_id"
            assert rows[unit].nunique() == int(number.group(1)), (exhibit.id, area.name)
    assert counted


def test_a_map_that_says_only_which_area_it_is_has_no_ways(
    build: Build, catalogue: Catalogue
) -> None:
    built = build("system-map", Selection(icb=("E54000054",)))
    assert isinstance(built.figure, DeckMap)
    way = area_ways.of_map(catalogue, REGISTRY["system-map"], built, Selection())
    assert {way(area) for area in built.figure.areas} == {""}


def checked(catalogue: Catalogue, exhibit_id: str, selection: Selection) -> None:
    """That the link to an exhibit is understood by the page that it names, without a remainder."""
    found = re.fullmatch(r'<a href="([^"]+)" aria-label="Where from: [^"]+">Where from</a>',
                         ways.exhibit_link(exhibit_id, selection))  # fmt: skip
    assert found, exhibit_id
    path, _, query = html.unescape(found.group(1)).partition("?")
    spec = next(page for page in PAGES if page.url_path == path.removeprefix("./"))
    assert exhibit_id in (*spec.exhibits, *spec.on_choice)
    params = {name: values[0] for name, values in parse_qs(query, strict_parsing=True).items()}
    assert params["at"] == exhibit_id
    mine = params_of(spec.url_path)
    for name, value in params.items():
        if name in mine:
            kept = mine[name].read(Asked(catalogue, spec.url_path, params), value)
            assert kept == (value, ()), (exhibit_id, name)
    chosen, dropped = Selection.from_params(params, catalogue.known_values)
    assert dropped == ()
    named = {name for name in params if name in mine}
    for dimension, value in selection.active:
        assert (dimension, value) in chosen.active or any(
            value in params[name].split(",") for name in named
        ), (exhibit_id, dimension)


def test_every_step_of_every_walkthrough_leads_to_its_exhibit(catalogue: Catalogue) -> None:
    build, steps = cached_build(catalogue), 0
    for story in walkthroughs(catalogue):
        every = list(subjects_of(catalogue, story))
        for subject in every[:: max(1, len(every) // 6)]:
            for step in tell(catalogue, story, subject, build).steps:
                steps += 1
                checked(catalogue, step.exhibit.id, step.selection)
    assert steps > 20


def test_every_exhibit_is_linked_to_with_whatever_it_is_of(catalogue: Catalogue) -> None:
    for exhibit in REGISTRY:
        checked(catalogue, exhibit.id, Selection(sector=("mhlda",), vintage="2026"))
    checked(catalogue, "collaborative-footprint", Selection(collaborative=("wyaat",)))
    checked(catalogue, "compare-systems", Selection(icb=("E54000054", "E54000034")))


def test_rows_of_a_way_are_a_filter_and_not_a_list_of_all_where_a_filter_says_it(
    build: Build, catalogue: Catalogue
) -> None:
    built = build("footprint-map", Selection())
    assert isinstance(built.figure, DeckMap)
    way = area_ways.of_map(catalogue, REGISTRY["footprint-map"], built, Selection())
    leeds = next(a for a in built.figure.areas if a.code == "E54000054")
    assert f"({ways.address_of(Counted('footprints', ('icb_code:E54000054',)))} " in way(leeds)


@pytest.mark.parametrize("selection", FILTERS, ids=str)
def test_what_a_tooltip_says_of_an_area_has_a_way_by_a_click_on_it(
    build: Build, catalogue: Catalogue, selection: Selection
) -> None:
    """A tooltip has no links: the line below the map says the same of what was clicked."""
    for exhibit in REGISTRY:
        figure = build(exhibit.id, selection).figure
        if not isinstance(figure, DeckMap) or exhibit.id == "system-map":
            continue
        for code in [area.code for area in figure.areas][::5]:
            clicked = replace(selection, icb=(code,))
            built = build(exhibit.id, clicked)
            assert isinstance(built.figure, DeckMap)
            found = [area for area in built.figure.areas if area.selected]
            if "icb" not in exhibit.responds_to:
                continue
            assert [area.code for area in found] == [code]
            words = area_ways.chosen_words(catalogue, exhibit, built, built.figure, clicked)
            assert found[0].summary in words
            outside = found[0].detail[-1] == "Outside the region selected"
            nobody = found[0].detail[-1] == "No collaborative named"
            assert ("](" in words) or outside or nobody, (exhibit.id, words)


def test_a_member_that_was_clicked_leads_to_its_memberships(
    build: Build, catalogue: Catalogue
) -> None:
    chosen = Selection(organisation=("RAT",))
    built = build("footprint-map", chosen)
    assert isinstance(built.figure, DeckMap)
    exhibit = REGISTRY["footprint-map"]
    words = area_ways.chosen_words(catalogue, exhibit, built, built.figure, chosen)
    (address,) = re.findall(r"\]\((\S+) ", words)
    rows = catalogue.table("memberships")
    rows = rows[rows["organisation_id"] == "RAT"]
    assert set(rows_at(catalogue, address).index) == set(rows.index)
    assert len(rows) > 1
