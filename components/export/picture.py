"""Pictures of exhibits, as SVG and PNG, made on the server without a browser."""

from __future__ import annotations

import html
import io
import re
import tempfile
from functools import lru_cache
from pathlib import Path

import plotly.graph_objects as go
import resvg_py
from PIL import ImageFont
from PIL.PngImagePlugin import PngImageFile, PngInfo

from components.exhibits import Built, Exhibit
from components.exhibits.deck import DeckMap
from components.export.map_svg import map_svg
from components.export.own_mark import OWN, WORDS
from components.export.plot_read import read_plot
from components.export.plot_svg import plot_svg

_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"'.strip())
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r"<desc>(.*?)</desc>", re.DOTALL)
_LINE = 26
ZOOM = 2.0
"""PNG pixels for a unit of the drawing: sharp on paper and on a projector."""


def has_picture(built: Built) -> bool:
    """Whether an exhibit is drawn, rather than read."""
    return built.figure is not None


def svg(exhibit: Exhibit, built: Built) -> str:
    """An exhibit as a file of its own; rows of the reader's own are told of under the picture.

    Raises:
        ValueError: The exhibit is a table or a list: there is nothing to draw.
    """
    alt = f"{exhibit.title}. {built.reading}"
    drawn = ""
    if isinstance(built.figure, DeckMap):
        drawn = map_svg(built.figure, alt)
    elif isinstance(built.figure, go.Figure):
        drawn = plot_svg(read_plot(built.figure), alt)
    if drawn:
        return _marked(drawn) if OWN in built.caveats else drawn
    raise ValueError(f"“{exhibit.title}” is read, not drawn: take it as a table or as slides")


def size_of(drawn: str) -> tuple[float, float]:
    """Width and height of a drawing that is a file of its own."""
    width, height = _SIZE.findall(drawn.split(">", 1)[0])[0]
    return float(width), float(height)


def _marked(drawn: str) -> str:
    """A drawing with a line below it that says that own rows are in it."""
    head, rest = drawn.split(">", 1)
    width, height = size_of(drawn)
    total = height + _LINE
    head = _SIZE.sub(f'width="{width:.0f}" height="{total:.0f}"', head, count=1)
    head = head.replace(f'viewBox="0 0 {width:.0f} {height:.0f}"',
                        f'viewBox="0 0 {width:.0f} {total:.0f}"')  # fmt: skip
    line = f'<text x="8" y="{height + 15:.0f}" font-size="12" font-weight="600">{WORDS}</text>'
    return f"{head}>{rest.removesuffix('</svg>')}{line}</svg>"


@lru_cache(maxsize=1)
def _font_file() -> str:
    """A font for machines without any: the one that Pillow carries with it (Aileron, CC0)."""
    body = ImageFont.load_default(12).font_bytes  # type: ignore[union-attr]
    folder = Path(tempfile.mkdtemp(prefix="atlas-font-"))
    path = folder / "aileron.ttf"
    path.write_bytes(body)
    return str(path)


def png(drawing: str, zoom: float = ZOOM) -> bytes:
    """An SVG drawing as PNG on white; its title and description are kept as text in the file."""
    made = resvg_py.svg_to_bytes(
        svg_string=drawing, zoom=zoom, background="#FFFFFF", font_files=[_font_file()],
        sans_serif_family="Aileron",
    )  # fmt: skip
    kept = PngInfo()
    for name, found in (("Title", _TITLE), ("Description", _DESCRIPTION)):
        if words := found.search(drawing):
            kept.add_itxt(name, html.unescape(words[1]), lang="en-GB")
    whole = io.BytesIO()
    PngImageFile(io.BytesIO(made)).save(whole, "PNG", pnginfo=kept)
    return whole.getvalue()
