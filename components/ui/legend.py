"""The legend of a map as HTML: a swatch and words for each line."""

from __future__ import annotations

import html

from components import theme
from components.exhibits.deck import DeckMap, LegendEntry, ThemeName
from components.exhibits.deck_base import fill_colour
from data.memo import kept


def _swatch(key: str, name: ThemeName) -> str:
    """The look of one line of the legend, as CSS."""
    if key == "selected":
        ink = "#{:02X}{:02X}{:02X}".format(*theme.MAP_SELECTED[name][:3])
        return f"width:20px;height:13px;border:3px double {ink};background:#FFB81C"
    if key == "dot":
        return f"border-radius:50%;width:11px;height:11px;background:{theme.INK[name]}"
    if key == "lead":
        return (
            "border-radius:50%;width:15px;height:15px;background:#FFB81C;"
            f"border:1px solid {theme.INK[name]}"
        )
    if key.startswith("chip-"):
        colour = theme.SECTOR_COLOURS[key.removeprefix("chip-")]
        return (
            f"border-radius:50%;width:17px;height:17px;background:{colour};color:#fff;"
            "font-size:11px;font-weight:700;text-align:center;line-height:17px"
        )
    if key.startswith("outline-"):
        colour = theme.MAP_OUTLINES[name][int(key.removeprefix("outline-"))]
        return f"width:20px;height:13px;border:3px solid {colour}"
    line = f"border:1px solid {theme.NEUTRAL};width:20px;height:13px"
    red, green, blue, _ = theme.MAP_STEPS[name][1]
    full = f"rgb({red},{green},{blue})"
    mark = "rgba({},{},{},{:.2f})".format(*theme.MAP_STROKES[name][0][:3], 0.65)
    if key == "hatch":
        return f"{line};background:repeating-linear-gradient(135deg,{full} 0 4px,{mark} 4px 6px)"
    if key == "dots":
        return f"{line};background:radial-gradient({mark} 30%,{full} 34%) 0 0/6px 6px"
    red, green, blue, _ = fill_colour(key, name)
    return f"{line};background:rgb({red},{green},{blue})"


def _line(entry: LegendEntry, name: ThemeName) -> str:
    letter = ""
    if entry.key.startswith("chip-"):
        letter = theme.SECTOR_LETTERS[entry.key.removeprefix("chip-")]
    return (
        '<span style="display:inline-flex;align-items:center;gap:6px;margin:0 14px 4px 0">'
        f'<span aria-hidden="true" style="display:inline-block;box-sizing:border-box;flex:none;'
        f'{_swatch(entry.key, name)}">{letter}</span>{html.escape(entry.label)}</span>'
    )


@kept(2)
def legend_html(deck: DeckMap, name: ThemeName) -> str:
    """The legend of a map with its vintage and attribution."""
    lines = "".join(_line(entry, name) for entry in deck.legend)
    words = html.escape(f"Boundaries of {deck.vintage}. {deck.attribution}")
    return (
        f'<div role="note" aria-label="Legend" style="font-size:0.88rem">{lines}</div>'
        f'<div style="font-size:0.82rem">{words}</div>'
    )
