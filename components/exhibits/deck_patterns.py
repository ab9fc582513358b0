"""The patterns of areas on a map: solid, hatched and dotted squares side by side.

deck.gl takes them from one picture. It is a few hundred bytes and goes with the message; it is made
here without any drawing library.
"""

from __future__ import annotations

import base64
import struct
import zlib
from functools import lru_cache
from typing import Any

SIZE = 32
MARGIN = 16
"""A pattern goes on around its square, so that nothing of its neighbour bleeds in."""
FAINT = 40
"""Opacity of the gaps of a pattern: the colour of an area stays readable through it."""


def _solid(x: int, y: int) -> int:
    del x, y
    return 255


def _hatch(x: int, y: int) -> int:
    return 255 if (x + y) % 16 < 10 else FAINT


def _dots(x: int, y: int) -> int:
    across, down = x % 16 - 8, y % 16 - 8
    return FAINT if across * across + down * down < 20 else 255


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture() -> bytes:
    """The picture as PNG: white, with the pattern in its opacity; the same bytes every time."""
    tiles = (_solid, _hatch, _dots)
    side = SIZE + 2 * MARGIN
    rows = b"".join(
        b"\0" + b"".join(bytes((255, 255, 255, tile(x, y))) for tile in tiles for x in range(side))
        for y in range(side)
    )
    header = struct.pack(">IIBBBBB", side * len(tiles), side, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


@lru_cache(maxsize=1)
def picture_address() -> str:
    """The picture as a data address."""
    return "data:image/png;base64," + base64.b64encode(picture()).decode("ascii")


def _tile(number: int) -> dict[str, Any]:
    left = number * (SIZE + 2 * MARGIN) + MARGIN
    return {"x": left, "y": MARGIN, "width": SIZE, "height": SIZE, "mask": True}


PATTERNS = {"solid": _tile(0), "hatch": _tile(1), "dots": _tile(2)}
