"""One sheet as HTML: headline, picture, points, small print, table, sources and notes."""

from __future__ import annotations

import html
import json
from functools import lru_cache

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from components import theme
from components.exhibits import CAVEATS
from components.exhibits.deck import DeckMap
from components.export.html_style import adaptive
from components.export.map_svg import map_svg, swatch_svg
from components.export.plot_read import read_plot
from components.export.plot_svg import ADAPTIVE, plot_svg
from components.export.sheet import LICENCE, Sheet, qr_svg
from components.export.shown import Shown, chosen_columns, shown

_TALL = 620
_LARGER = 2
_TALLER = 1.1
_WIDER = 1.18
_PHONE = 430
_MOST_ROWS = 400
_FEW = 6
"""Rows that leave room on a sheet for larger letters."""
esc = html.escape


def embedded(value: object) -> str:
    """JSON that can stand within a script element."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")


@lru_cache(maxsize=1)
def plotly_script() -> str:
    """Plotly's own script, which comes with its package."""
    return str(get_plotlyjs()).replace("</script", "<\\/script")


def _larger() -> dict[str, go.layout.Template]:
    """The templates of the pages with letters that are read from a chair further back."""
    found = {}
    for name, template in theme.TEMPLATES.items():
        copy = go.layout.Template(template)
        copy.layout.font.size = theme.FONT_SIZE + _LARGER
        for axis in (copy.layout.xaxis, copy.layout.yaxis):
            axis.tickfont.size = theme.LABEL_SIZE + _LARGER
            axis.title.font.size = theme.LABEL_SIZE + _LARGER
        found[name] = copy
    return found


@lru_cache(maxsize=1)
def templates() -> str:
    """Both looks of a chart, as a script element that holds data."""
    both = {name: t.to_plotly_json() for name, t in _larger().items()}
    return f'<script type="application/json" id="templates">{embedded(both)}</script>'


def _legend(deck: DeckMap, mark: str) -> str:
    items = "".join(
        f'<span><svg aria-hidden="true" viewBox="0 0 20 18">{swatch_svg(e, 0, 9, "light", mark)}'
        f"</svg>{esc(e.label)}</span>"
        for e in deck.legend
    )
    return f'<div class="legend" role="note" aria-label="Legend">{adaptive(items)}</div>'


def _map(sheet: Sheet, deck: DeckMap, mark: str) -> str:
    drawn = adaptive(map_svg(deck, sheet.alt, mark, lone=False))
    label = f"{sheet.exhibit.title}. Arrow down and up go through the areas."
    return (
        f'<div class="map-box" tabindex="0" role="group" aria-label="{esc(label)}">{drawn}</div>'
        f"{_legend(deck, mark)}{_by_colour(deck, mark)}"
    )


_SIGNS = {"hatch": "*", "dots": "†"}


def _by_colour(deck: DeckMap, mark: str) -> str:
    """The areas by colour in words, for a phone, on which names within a map cannot be read."""
    labels = {e.key: e.label for e in deck.legend}
    lines = []
    # The most first, as it is what a map is looked at for.
    for entry in (e for e in reversed(deck.legend) if e.key in {"1", "2", "3", "4"}):
        inside = sorted((a for a in deck.areas if a.fill == entry.key), key=lambda a: a.name)
        if inside:
            names = "; ".join(f"{a.name}{_SIGNS.get(a.pattern, '')}" for a in inside)
            swatch = adaptive(swatch_svg(entry, 0, 9, "light", mark))
            lines.append(
                f'<p><svg aria-hidden="true" viewBox="0 0 20 18">{swatch}</svg>'
                f"<b>{esc(entry.label)}:</b> {esc(names)}</p>"
            )
    signs = [f"{sign} {labels[key]}" for key, sign in _SIGNS.items() if key in labels]
    lines += [f"<p>{esc('; '.join(signs))}</p>"] if lines and signs else []
    return f'<div class="by-colour">{"".join(lines)}</div>' if lines else ""


def _static(sheet: Sheet, figure: go.Figure, mark: str) -> str:
    plot = read_plot(figure)
    wide = plot_svg(plot, sheet.alt, 860, ADAPTIVE, f"{mark}w", lone=False)
    if sheet.built.scrolls:
        return f'<div class="sideways">{wide}</div>'
    narrow = plot_svg(plot, sheet.alt, _PHONE, ADAPTIVE, f"{mark}n", lone=False)
    return (
        f'<div class="wide has-narrow">{wide}</div>'
        f'<div class="narrow" aria-hidden="true">{narrow}</div>'
    )


def _interactive(sheet: Sheet, figure: go.Figure, mark: str) -> str:
    spec = json.loads(figure.to_json())
    spec["layout"].pop("template", None)
    height = round(int(figure.layout.height or 400) * _TALLER)
    # The last label of an axis is hidden where it has no room beside the panel.
    margin = {**(spec["layout"].get("margin") or {}), "r": 30}
    # Larger letters need more of a margin that was set for the letters of the pages.
    margin |= {"l": round(margin["l"] * _WIDER)} if "l" in margin else {}
    spec["layout"] = {**spec["layout"], "height": height, "margin": margin}
    box = (
        f'<div class="plot" id="{mark}c" data-plot="{mark}d" role="img" '
        f'aria-label="{esc(sheet.alt)}" style="min-height:{height}px"></div>'
        f'<script type="application/json" id="{mark}d">{embedded(spec)}</script>'
    )
    if sheet.built.scrolls:
        box = f'<div class="sideways">{box}</div>'
    if height <= _TALL:
        return box
    label = f"{sheet.exhibit.title}, scrolls"
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{esc(label)}">{box}</div>'


def table_html(table: Shown, caption: str, look: str = "") -> str:
    """Rows as an HTML table in a box that scrolls; ``look`` is a further class of the box."""
    heads = "".join(f'<th scope="col">{esc(h)}</th>' for h in table.headings)
    rows = "".join(
        f"<tr>{''.join(f'<td>{esc(c)}</td>' for c in row)}</tr>" for row in table.rows[:_MOST_ROWS]
    )
    more = len(table.rows) - _MOST_ROWS
    rest = f"<p>{more:,} more rows are in the CSV.</p>" if more > 0 else ""
    kind = f"table {look}".strip()
    return (
        f'<div class="{kind}" tabindex="0" role="group" aria-label="{esc(caption)}"><table>'
        f'<caption class="sr">{esc(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{rest}"
    )


def statements(table: Shown) -> str:
    """Statements in two columns: title, words and where they stand."""
    parts = []
    for row in table.rows:
        title, *rest = row
        words = "".join(f"<p>{esc(c)}</p>" for c in rest[:-1])
        parts.append(
            f'<div class="statement"><b>{esc(title)}</b>{words}<small>{esc(rest[-1])}</small></div>'
        )
    return f'<div class="statements">{"".join(parts)}</div>'


def picture_html(sheet: Sheet, mark: str, *, interactive: bool) -> str:
    """The picture of a sheet, or its words, or why there is nothing."""
    built = sheet.built
    if built.empty is not None and built.figure is None:
        return f"<p>{esc(built.empty.reason)} {esc(built.empty.widen)}</p>"
    if isinstance(built.figure, DeckMap):
        return _map(sheet, built.figure, mark)
    if isinstance(built.figure, go.Figure):
        draw = _interactive if interactive else _static
        return draw(sheet, built.figure, mark)
    if built.is_statements and not built.is_comparison:
        return f'<div class="scroll" tabindex="0" role="group">{statements(shown(built))}</div>'
    return table_html(chosen_columns(shown(built))[0], sheet.exhibit.title, "chosen")


def small_print(sheet: Sheet) -> str:
    """Base, caveats, sources, dates and attribution, one line each."""
    lines = "".join(f"<p><b>{what}:</b> {esc(words)}</p>" for what, words in sheet.small_print)
    notes = "".join(f"<p>{esc(n)}</p>" for n in sheet.built.notes)
    return f'<div class="small">{notes}{lines}</div>'


def sources_html(sheet: Sheet) -> str:
    """Every source with its places, and what the caveats mean."""
    parts = []
    for c in sheet.built.citations:
        name = f'<a href="{esc(c.url)}">{esc(c.for_others)}</a>' if c.url else esc(c.for_others)
        where = f": {esc('; '.join(c.locators))}" if c.locators else ""
        parts.append(f"<li>{name}, {esc(c.tier.lower())}{where}</li>")
    told = [f"{CAVEATS[c].label}: {CAVEATS[c].sentence}" for c in sheet.built.caveats]
    told += [*sheet.built.details, LICENCE]
    return f"<ul>{''.join(parts)}</ul><ul>{''.join(f'<li>{esc(t)}</li>' for t in told)}</ul>"


def sheet_html(sheet: Sheet, number: int, *, interactive: bool, key: str = "s") -> str:
    """A sheet as a section.

    Args:
        sheet: The sheet.
        number: Its position, from 1; ids begin with it.
        interactive: Whether charts are drawn by Plotly; else they are plain pictures.
        key: Begins ids.
    """
    mark = f"{key}{number}-"
    is_drawn = sheet.built.figure is not None
    is_told = sheet.built.is_statements or sheet.built.empty is not None
    points = "".join(f"<li>{esc(p)}</li>" for p in sheet.points)
    aside = f'<ul class="points">{points}</ul>' if points else ""
    rows = len(sheet.built.frame)
    hidden = 0 if is_drawn or is_told else chosen_columns(shown(sheet.built))[1]
    more = f", with {theme.plural(hidden, 'more column')}" if hidden else ""
    table = (
        f"<details><summary>Table ({theme.plural(rows, 'row')}{more})</summary>"
        f"{table_html(shown(sheet.built), sheet.exhibit.title)}</details>"
        if is_drawn or hidden
        else ""
    )
    few = " few" if not is_drawn and rows <= _FEW else ""
    speech = (
        f'<details><summary>Notes</summary><p class="speech">{esc(sheet.speech)}</p></details>'
        if sheet.speech
        else ""
    )
    back = (
        f'<p><a href="{esc(sheet.link)}">Live view</a></p>{qr_svg(sheet.link)}'
        if sheet.link
        else ""
    )
    return (
        f'<section class="step{few}" id="step-{number}" aria-labelledby="{mark}h">'
        f'<p class="eyebrow">{esc(sheet.exhibit.title)}</p>'
        f'<h2 id="{mark}h">{esc(sheet.headline)}</h2>'
        f'<div class="body{" told" if aside else ""}">'
        f'<div class="figure">{picture_html(sheet, mark, interactive=interactive)}</div>{aside}'
        f'</div><div class="foot">{small_print(sheet)}<div>{back}</div></div>'
        f"{table}<details><summary>Sources and what the caveats mean</summary>"
        f"{sources_html(sheet)}</details>{speech}</section>"
    )
