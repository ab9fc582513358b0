"""Where the names of places stand on a map, so that dots do not hide them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from components.export.plot_layout import text_width

Spot = tuple[float, float]


def beside_dots(
    name: str, spot: Spot, size: float, dots: Sequence[Spot], holds: Callable[[float, float], bool]
) -> Spot:
    """The middle of a name where it covers the fewest dots: on its place, or beside it.

    Args:
        name: The name.
        spot: The place on the drawing.
        size: Size of the letters.
        dots: Every dot on the drawing.
        holds: Whether a spot lies on the drawing.
    """
    wide, high = text_width(name, size) / 2 + 6, size * 1.1
    around = [(0.0, -15.0), (0.0, 15.0), (wide + 8, 0.0), (-wide - 8, 0.0)]
    around += [(side * (wide + 4), drop) for side in (1, -1) for drop in (-16.0, 16.0)]
    around += [(0.0, -27.0), (0.0, 27.0), (2 * wide, 0.0), (-2 * wide, 0.0)]
    spots = [(spot[0] + right, spot[1] + down) for right, down in around]

    def covered(middle: Spot) -> int:
        return sum(abs(x - middle[0]) < wide and abs(y - middle[1]) < high for x, y in dots)

    return min([spot, *(s for s in spots if holds(*s))], key=covered)
