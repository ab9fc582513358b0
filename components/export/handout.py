"""A handout to print: a cover, then one exhibit and its notes on each A4 page."""

from __future__ import annotations

import html
from typing import Final

import plotly.graph_objects as go

from components import theme
from components.exhibits import CAVEATS
from components.exhibits.deck import DeckMap
from components.export.brief_fit import clipped, wrapped
from components.export.html_sheet import statements
from components.export.map_svg import map_svg
from components.export.plot_read import read_plot
from components.export.plot_svg import plot_svg
from components.export.sheet import ATLAS, LICENCE, Document, Sheet, qr_svg
from components.export.shown import Shown, shown

esc = html.escape
_TABLE_MM: Final = 118.0
_CELL_MM: Final = 33.0
_LINE_MM: Final = 8 * 1.35 * 25.4 / 72
_STATEMENTS: Final = 9

_STYLE: Final = f"""
@page{{size:A4 portrait;margin:12mm 14mm}}
*{{box-sizing:border-box}}
html{{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
body{{margin:0;color:#000;background:#fff;font:10pt/1.35 Arial,"Liberation Sans",sans-serif}}
article{{width:182mm;height:271mm;margin:0 auto;display:flex;flex-direction:column;
 break-after:page;overflow:hidden}}
article:last-child{{break-after:auto}}
.top{{display:flex;justify-content:space-between;font-size:8pt;padding-bottom:1.5mm;
 border-bottom:.7mm solid {theme.NHS_BLUE}}}
h1{{font-size:26pt;line-height:1.15;margin:30mm 0 6mm}}
h2{{font-size:16pt;line-height:1.2;margin:3mm 0 1mm}}
.q{{margin:0 0 3mm;color:{theme.FAINT["light"]}}}
.picture{{flex:0 1 auto;min-height:0;display:flex;justify-content:center}}
.picture>svg{{display:block;width:100%;height:100%;max-height:132mm}}
.points{{margin:3mm 0;padding-left:5mm;font-size:11.5pt}}.points li{{margin-bottom:1.2mm}}
.notes{{border-left:.9mm solid {theme.NHS_BLUE};padding-left:3mm;margin:2mm 0;white-space:pre-line}}
.lines{{flex:1 1 0;min-height:0;margin:2mm 0;
 background:repeating-linear-gradient(#fff 0 8.2mm,#B4C0C8 8.2mm 8.4mm)}}
.foot{{display:flex;gap:5mm;font-size:7.6pt;line-height:1.3;margin-top:auto;padding-top:2mm;
 border-top:.2mm solid #8A97A1;align-items:flex-end}}
.foot div{{flex:1}}.foot p{{margin:.3mm 0}}.foot svg{{flex:none;width:20mm;height:20mm}}
table{{border-collapse:collapse;font-size:8pt;width:100%}}
th,td{{text-align:left;vertical-align:top;padding:.8mm 2mm .8mm 0;border-bottom:.2mm solid #B4C0C8}}
.statements{{columns:2;column-gap:8mm;font-size:8.6pt}}
.statement{{break-inside:avoid;margin:0 0 2mm}}
.picture:not(:has(>svg)){{flex:none;display:block}}table{{table-layout:fixed}}
.statement p{{margin:.4mm 0}}
ol{{font-size:12pt;line-height:1.6}}
@media screen{{body{{background:#DDE2E5}}article{{background:#fff;padding:0;margin:8mm auto;
 box-shadow:0 0 0 12mm #fff,0 0 6mm 12mm rgba(0,0,0,.2)}}}}
"""


def document_handout(document: Document) -> str:
    """A document as HTML that prints on A4, a page a sheet."""
    pages = [_cover(document)] if len(document.sheets) > 1 else []
    total = len(document.sheets)
    pages += [_page(document, s, n, total) for n, s in enumerate(document.sheets, start=1)]
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>'
        f"{esc(document.title)}: handout</title><style>{_STYLE}</style></head><body>"
        f"{''.join(pages)}</body></html>"
    )


def _cover(document: Document) -> str:
    items = "".join(f"<li>{esc(s.headline)}</li>" for s in document.sheets)
    code = qr_svg(document.address) if document.address else ""
    address = f"<p>Live: {esc(document.address)}</p>" if document.address else ""
    return (
        f'<article><div class="top"><b>{ATLAS}</b><span>Handout</span></div>'
        f"<h1>{esc(document.title)}</h1><p>{esc(document.subtitle)}</p><ol>{items}</ol>"
        f'<div class="foot"><div>{address}<p>Made on {document.made_on} from tables version '
        f"{esc(document.version)}. {esc(LICENCE)} Not an NHS product.</p></div>{code}</div>"
        "</article>"
    )


def _page(document: Document, sheet: Sheet, number: int, total: int) -> str:
    points = "".join(f"<li>{esc(p)}</li>" for p in sheet.points)
    notes = f'<div class="notes">{esc(_short(sheet.speech, 900))}</div>' if sheet.speech else ""
    lines = "".join(f"<p><b>{w}:</b> {esc(t)}</p>" for w, t in sheet.small_print)
    told = " ".join(CAVEATS[c].sentence for c in sheet.built.caveats[:3])
    notes_of = "".join(f"<p>{esc(n)}</p>" for n in sheet.built.notes[:3])
    code = qr_svg(sheet.link) if sheet.link else ""
    back = f'<a href="{esc(sheet.link)}">Live view</a>' if sheet.link else ""
    return (
        f'<article><div class="top"><b>{esc(document.title)}</b><span>{number} / {total}</span>'
        f'</div><h2>{esc(sheet.headline)}</h2><p class="q">{esc(sheet.exhibit.title)}. '
        f'{esc(sheet.exhibit.question)}</p><div class="picture">{_picture(sheet, number)}</div>'
        f"{f'<ul class={chr(34)}points{chr(34)}>{points}</ul>' if points else ''}{notes}"
        f'<div class="lines"></div><div class="foot"><div>{notes_of}{lines}'
        f"<p>{esc(_short(told, 320))}</p><p>{esc(LICENCE)} {back}</p></div>{code}</div></article>"
    )


def _short(text: str, most: int) -> str:
    """A text cut at a word."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]}…"


def _picture(sheet: Sheet, number: int) -> str:
    built, mark = sheet.built, f"p{number}-"
    if built.empty is not None and built.figure is None:
        return f"<p>{esc(built.empty.reason)} {esc(built.empty.widen)}</p>"
    if isinstance(built.figure, DeckMap):
        return map_svg(built.figure, sheet.alt, mark)
    if isinstance(built.figure, go.Figure):
        return plot_svg(read_plot(built.figure), sheet.alt, 720, mark=mark)
    table = shown(built)
    if built.is_statements and not built.is_comparison:
        rows = tuple(
            (row[0], *(_short(c, 190) for c in row[1:-1]), _short(row[-1], 60))
            for row in table.rows[:_STATEMENTS]
        )
        return f"<div>{statements(Shown(table.headings, rows))}{_more(table, _STATEMENTS)}</div>"
    return f"<div>{_table(table)}</div>"


def _table(table: Shown) -> str:
    """The first columns and as many rows as leave room for notes."""
    kept = range(min(5, len(table.headings)))
    heads = "".join(f"<th>{esc(table.headings[n])}</th>" for n in kept)
    rows, used = [], 8.0
    for row in table.rows:
        cells = [clipped(row[n], _CELL_MM, 8, 2) for n in kept]
        used += max(len(wrapped(c, _CELL_MM, 8)) for c in cells) * _LINE_MM + 1.8
        if used > _TABLE_MM:
            break
        rows.append(f"<tr>{''.join(f'<td>{esc(c)}</td>' for c in cells)}</tr>")
    return (
        f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"{_more(table, len(rows))}"
    )


def _more(table: Shown, most: int) -> str:
    left = len(table.rows) - most
    return (
        f"<p>{left:,} more rows in the workbook and the CSV of this exhibit.</p>"
        if left > 0
        else ""
    )
