"""A picture as a file of its own: what it says above it, and below it all that belongs to it."""

from __future__ import annotations

import html
from typing import Final

from components import theme
from components.exhibits import CAVEATS
from components.export.brief_fit import MM_PER_PT, wrapped
from components.export.picture import size_of, svg
from components.export.plot_svg import FONT
from components.export.sheet import ATLAS, LICENCE, Sheet, qr_svg

_EDGE: Final = 12.0
_HEADING: Final = 17.0
_READING: Final = 13.5
_SMALL: Final = 11.0
_LINE: Final = 1.36
_CODE: Final = 92
esc = html.escape


def cited_svg(sheet: Sheet) -> str:
    """An exhibit as an SVG file with its title, reading, base, sources, licence and link.

    The drawing stands unchanged within; every source and caveat at length is in its description,
    which readers of the screen and programs find there.

    Raises:
        ValueError: The exhibit is a table or a list: there is nothing to draw.
    """
    drawing = svg(sheet.exhibit, sheet.built)
    width, height = size_of(drawing)
    room = width - 2 * _EDGE
    ink, faint = theme.INK["light"], theme.FAINT["light"]
    body: list[str] = []
    y = _EDGE
    for words, size, bold in (
        (sheet.exhibit.title, _HEADING, True), (sheet.built.reading, _READING, False)
    ):  # fmt: skip
        for line in _lines(words, room, size, bold=bold):
            y += size * _LINE
            body.append(_text(line, y - size * 0.36, size, ink, bold=bold))
    body.append(drawing.replace("<svg ", f'<svg y="{y + 8:.0f}" ', 1))
    y = top = y + 8 + height + 4
    body.append(
        f'<path d="M{_EDGE} {y:.0f}H{width - _EDGE:.0f}" stroke="{faint}" stroke-opacity="0.4"/>'
    )
    beside = room - (_CODE + 14 if sheet.link else 0)
    y += 4
    for what, words in _said(sheet):
        for n, line in enumerate(_lines(f"{what}: {words}", beside, _SMALL)):
            y += _SMALL * _LINE
            start = f"{what}:"
            lead = f'<tspan font-weight="700">{esc(start)}</tspan>' if n == 0 else ""
            rest = line[len(start) :] if n == 0 else line
            body.append(_raw(f"{lead}{esc(rest)}", y - 3, _SMALL, faint))
    if sheet.link:
        y += _SMALL * _LINE
        body.append(
            f'<a href="{esc(sheet.link)}">'
            f"{_text(_cut(sheet.link, beside), y - 3, _SMALL, theme.NHS_BLUE)}</a>"
        )
        code = qr_svg(sheet.link, _CODE)
        place = f'<svg x="{width - _EDGE - _CODE:.0f}" y="{top + 6:.0f}" '
        body.append(code.replace("<svg ", place, 1))
        y = max(y, top + 6 + _CODE)
    total = y + _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" '
        f'height="{total:.0f}" viewBox="0 0 {width:.0f} {total:.0f}" font-family="{FONT}">'
        f"<title>{esc(f'{sheet.exhibit.title}. {sheet.built.reading}')}</title>"
        f"<desc>{esc(described(sheet))}</desc>"
        f'<rect width="100%" height="100%" fill="{theme.BACKGROUND["light"]}"/>'
        f"{''.join(body)}</svg>"
    )


def described(sheet: Sheet) -> str:
    """All that is said of a picture at length, a line each, for its description."""
    built = sheet.built
    lines = [f"{what}: {words}" for what, words in sheet.small_print if what != "Source"]
    lines += list(built.notes)
    lines += [f"{CAVEATS[c].label}: {CAVEATS[c].sentence}" for c in built.caveats]
    for c in built.citations:
        lines.append(" ".join(p for p in (f"Source: {c.for_others}.", c.url) if p))
    lines += [f"Licence: {LICENCE}", f"Live view: {sheet.link}" if sheet.link else ""]
    return "\n".join(line for line in lines if line)


def _said(sheet: Sheet) -> list[tuple[str, str]]:
    """What stands below; vintage and attribution of a map are on its drawing already."""
    said = [(w, t) for w, t in sheet.small_print if w != "Map"]
    return [*said, ("Licence", LICENCE), ("From", ATLAS)]


def _lines(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    return wrapped(words, room * MM_PER_PT, size, bold=bold) if words else []


def _cut(link: str, room: float) -> str:
    """An address on one line; whole in the link itself, in the code and in the description."""
    words = link
    while len(_lines(words, room, _SMALL)) > 1 or len(words) * _SMALL * 0.55 > room:
        words = words[:-2].rstrip("…") + "…"
    return words


def _text(words: str, y: float, size: float, fill: str, *, bold: bool = False) -> str:
    return _raw(esc(words), y, size, fill, bold=bold)


def _raw(markup: str, y: float, size: float, fill: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{_EDGE:.0f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"'
    return f"<text {place}{weight}>{markup}</text>"
