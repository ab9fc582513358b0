"""What is asked beside the script of a step: its link leads to exactly the rows it is about."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from components.exhibits.appearances import row_refs
from components.stories import Told, ToldStep, cached_build, subject_of, tell, walkthroughs
from components.stories.asking import (
    Live,
    answers,
    as_selection,
    choices,
    read_live,
    said_live,
    under,
)
from components.stories.telling import Build
from components.ui import ways
from components.ui.navigation import page
from data import Catalogue, Selection
from data.counted import Counted, refs_counted
from data.vintages import NEWER, areas
from data.where import read_out

MOST = 3
"""Values of each filter that are tried."""


@pytest.fixture(scope="module")
def build(catalogue: Catalogue) -> Build:
    return cached_build(catalogue)


@pytest.fixture(scope="module")
def stories(catalogue: Catalogue, build: Build) -> list[Told]:
    subjects = {"your-system": "E54000054"}
    return [
        tell(catalogue, s, subject_of(catalogue, s, subjects.get(s.id, "")), build)
        for s in walkthroughs(catalogue)
    ]


def asked(catalogue: Catalogue, told: Told) -> Iterator[tuple[ToldStep, Selection]]:
    """Every step with each filter that it follows."""
    for step in told.steps:
        for dimension in answers(step):
            for value in list(choices(catalogue, step, dimension))[:MOST]:
                yield step, under(step.selection, as_selection({dimension: value}))


def params_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def filters_of(catalogue: Catalogue, params: dict[str, str]) -> Selection:
    selection, dropped = Selection.from_params(params, catalogue.known_values)
    assert dropped == ()
    return selection


def test_a_live_filter_leads_to_the_rows_that_are_counted_under_it(
    catalogue: Catalogue, build: Build, stories: list[Told]
) -> None:
    ways_to_rows = ways_to_pages = 0
    for told in stories:
        for step, selection in asked(catalogue, told):
            built = build(step.exhibit.id, selection)
            address = ways.finding_address(catalogue, built, step.exhibit.id, selection)
            params, where = params_of(address), f"{told.walkthrough.id} {step.step.id} {address}"
            if address.startswith(("tables?", "row?")):
                frame = built.frame
                if "is_shown" in frame:
                    frame = frame[frame["is_shown"].astype(bool)]
                shown = {ref for ref in row_refs(catalogue, frame) if ref}
                assert set(_reached(catalogue, params)) == shown, where
                ways_to_rows += 1
                continue
            # The exhibit under the same filters: the same rows stand in its table.
            assert params.get("at") == step.exhibit.id, where
            assert step.exhibit.id in _shown_on(address.partition("?")[0]), where
            dimension, name = ways._CHOSEN.get(step.exhibit.id, ("", ""))
            if dimension:
                params[dimension] = params.pop(name, "")
            there = filters_of(catalogue, params)
            follows = step.exhibit.responds_to
            assert there.only(follows) == selection.only(follows), where
            ways_to_pages += 1
    assert ways_to_rows > 60
    assert ways_to_pages > 30


def _reached(catalogue: Catalogue, params: dict[str, str]) -> list[str]:
    if "row" in params:
        return [params["row"]]
    where = read_out(params.get("where", ""))
    return refs_counted(catalogue, Counted(params["table"], where, filters_of(catalogue, params)))


def _shown_on(url_path: str) -> tuple[str, ...]:
    spec = page("" if url_path == "./" else url_path)
    return (*spec.exhibits, *spec.on_choice)


def test_a_region_asked_for_stands_in_place_of_the_system_that_is_told_of() -> None:
    told_of = Selection(icb=("E54000054",), sector=("acute",))
    region = Selection(region=("E40000003",))
    assert under(told_of, region) == Selection(region=("E40000003",), sector=("acute",))
    assert under(told_of, Selection(sector=("mhlda",))) == Selection(
        icb=("E54000054",), sector=("mhlda",)
    )
    assert under(region, Selection(icb=("E54000057",))) == Selection(icb=("E54000057",))


def test_systems_to_ask_for_are_those_of_the_boundaries_of_the_step(
    catalogue: Catalogue, stories: list[Told]
) -> None:
    seen = set()
    for told in stories:
        for step in (s for s in told.steps if "icb" in answers(s)):
            offered, newer = choices(catalogue, step, "icb"), step.selection.vintage == NEWER
            of_vintage = areas(catalogue, NEWER)["area_id"].tolist()
            assert set(offered) == set(of_vintage if newer else catalogue.icb_names)
            seen.add(newer)
    assert seen == {True, False}


def test_what_is_asked_is_read_from_an_address_as_it_was_said(
    catalogue: Catalogue, stories: list[Told]
) -> None:
    for told in stories:
        live: Live = {
            step.step.id: {d: next(iter(choices(catalogue, step, d))) for d in answers(step)}
            for step in told.steps
            if answers(step)
        }
        assert read_live(catalogue, told, said_live(live)) == (live, ())
