"""Whatever somebody takes away while own rows are loaded says so; what is shared never has them."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

import pandas as pd
import pytest

from components.exhibits import CAVEATS, REGISTRY, Built
from components.export import picture, signed
from components.export.holding import Holding, of_exhibit, of_table
from data import Catalogue, Selection
from data.package_zip import package_zip
from tests.components.test_exhibits_own import brought

MARK = CAVEATS["own-data"].label
DRAWN = ("outcomes-by-benefit", "footprint-map")


@pytest.fixture(scope="module")
def own(catalogue: Catalogue) -> Catalogue:
    return brought(catalogue).catalogue


@pytest.fixture(scope="module")
def make(own: Catalogue) -> Callable[[str], Built]:
    return lru_cache(lambda key: REGISTRY[key].build(own, Selection()))


@pytest.fixture(scope="module")
def held(own: Catalogue, make: Callable[[str], Built]) -> Holding:
    exhibit = REGISTRY["outcome-list"]
    return of_exhibit(own, exhibit, make(exhibit.id), Selection(), taken_on="2026-11-24")


def of_whole_table(own: Catalogue) -> Holding:
    return of_table(own, "outcomes", own.table("outcomes"), taken_on="2026-11-24")


def test_every_row_of_a_csv_is_marked(own: Catalogue, held: Holding) -> None:
    for holding in (held, of_whole_table(own)):
        rows = pd.read_csv(io.BytesIO(signed.to_signed_csv(holding)))
        assert rows["taken_from"].str.contains(MARK, regex=False).all()


@pytest.mark.parametrize("exhibit_id", DRAWN)
def test_a_picture_has_a_line_that_marks_it(
    make: Callable[[str], Built], build: Callable[[str, Selection], Built], exhibit_id: str
) -> None:
    exhibit = REGISTRY[exhibit_id]
    drawn = picture.svg(exhibit, make(exhibit_id))
    plain = picture.svg(exhibit, build(exhibit_id, Selection()))
    assert f"{MARK.capitalize()}: not checked by the Atlas." in drawn
    assert MARK.capitalize() not in plain
    assert picture.png(drawn, 0.5).startswith(b"\x89PNG")


def test_a_table_without_own_rows_is_not_marked(own: Catalogue) -> None:
    rows = own.table("glossary")
    assert of_table(own, "glossary", rows, taken_on="2026-11-24").caveats == ()


def test_the_package_of_the_atlas_is_never_made_with_own_rows(own: Catalogue) -> None:
    with pytest.raises(ValueError, match="own rows"):
        package_zip(own)
