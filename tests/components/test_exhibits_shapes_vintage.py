"""Shapes of a map follow the vintage that is asked for."""

import json

import pytest

from components.exhibits.deck_shapes import focused
from geo.boundaries_io import load_boundaries

LONDON = "E40000003"


@pytest.mark.parametrize("vintage", ["2023", "2026"])
@pytest.mark.parametrize("focus", [(), (LONDON,), ("E54000030",), ("icb26-essex",)])
def test_focused_shapes_are_those_of_the_vintage(vintage: str, focus: tuple[str, ...]) -> None:
    shapes, lines = focused(focus, vintage)
    assert list(shapes) == load_boundaries("icb", vintage)["icb_code"].tolist()
    assert all(json.loads(shape)["coordinates"] for shape in shapes.values())
    assert json.loads(lines)


@pytest.mark.parametrize("vintage", ["2023", "2026"])
def test_a_focus_draws_what_is_near_more_finely(vintage: str) -> None:
    wide, near = focused((), vintage)[0], focused((LONDON,), vintage)[0]
    assert len(near["E54000030"]) > len(wide["E54000030"])
    assert near["E54000050"] == wide["E54000050"]
