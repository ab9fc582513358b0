"""Strokes and dots that fill an area as geometry."""

import json

import pytest
import shapely

from geo.hatching import MOST_STROKES, specks, strokes

SQUARE = json.dumps({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]})
SLIVER = json.dumps(
    {"type": "Polygon", "coordinates": [[[0, 0], [0.004, 0], [0.004, 0.004], [0, 0.004], [0, 0]]]}
)
NORTH = json.dumps(
    {"type": "Polygon", "coordinates": [[[0, 60], [1, 60], [1, 60.5], [0, 60.5], [0, 60]]]}
)
ROUNDING = 0.002


def test_strokes_lie_inside_the_area_and_reach_its_edges() -> None:
    lines = strokes(SQUARE, 0.1)
    whole = shapely.MultiLineString(lines)
    assert shapely.box(0, 0, 1, 1).buffer(ROUNDING).contains(whole)
    assert whole.bounds == pytest.approx((0, 0, 1, 1), abs=ROUNDING)
    assert len(lines) == 19


def test_strokes_rise_at_45_degrees_where_the_earth_narrows() -> None:
    (x0, y0), (x1, y1) = max(strokes(NORTH, 0.1), key=lambda s: s[1][0] - s[0][0])
    assert (y1 - y0) / (x1 - x0) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("draw", [strokes, specks])
def test_a_sliver_has_a_mark_however_wide_the_spacing(draw) -> None:  # type: ignore[no-untyped-def]
    assert len(draw(SLIVER, 5.0)) >= 1


def test_a_close_view_does_not_make_a_message_grow_without_end() -> None:
    assert len(strokes(SQUARE, 0.0001)) <= 2 * MOST_STROKES


def test_the_middle_is_left_free_for_a_name() -> None:
    for draw in (strokes, specks):
        points = shapely.points(shapely.get_coordinates(shapely.geometry.shape(
            {"type": "MultiPoint", "coordinates": [p for s in draw(SQUARE, 0.05, 0.6)
                                                   for p in (s if draw is strokes else [s])]}
        )))  # fmt: skip
        free = shapely.box(0.2 + ROUNDING, 0.2 + ROUNDING, 0.8 - ROUNDING, 0.8 - ROUNDING)
        assert not shapely.contains(free, points).any()
        assert len(points) > 20


def test_dots_stand_in_a_grid_of_lozenges_inside_the_area() -> None:
    points = specks(SQUARE, 0.2)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in points)
    assert len({tuple(p) for p in points}) == len(points) > 30
