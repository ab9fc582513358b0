"""A walkthrough, a page or an exhibit as one HTML file that works from a memory stick."""

from __future__ import annotations

import html
from functools import lru_cache
from pathlib import Path

from components.export.html_sheet import plotly_script, sheet_html, templates
from components.export.html_style import KEYS, SCRIPT, STYLE
from components.export.sheet import ATLAS, LICENCE, Document, Link, document_of_story, no_link
from components.stories import Told
from data.catalogue import Catalogue

esc = html.escape
_FAVICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 60'%3E%3Cpath "
    "fill='%23005EB8' d='M20 4l13 7.500v15L20 34 7 26.500v-15z'/%3E%3C/svg%3E"
)


@lru_cache(maxsize=1)
def _help() -> str:
    rows = "".join(f"<dt>{esc(k)}</dt><dd>{esc(w)}</dd>" for k, w in KEYS)
    return (
        f'<dialog id="help" aria-label="Keys"><dl>{rows}</dl><form method="dialog">'
        "<button>Close</button></form></dialog>"
    )


def _bar(document: Document, home: str) -> str:
    back = f'<a href="{esc(home)}">{ATLAS}</a>' if home else ""
    return (
        f'<header class="bar"><b>{esc(document.title)}</b>{back}<nav aria-label="Steps">'
        '<button data-do="back" aria-label="Step before">‹</button><span id="count"></span>'
        '<button data-do="next" aria-label="Next step">›</button>'
        '<button data-do="flip" aria-label="Light or dark">◐</button>'
        '<button data-do="help" aria-label="Keys">?</button></nav></header>'
    )


def _cover(document: Document) -> str:
    items = "".join(
        f'<li><a href="#{n}" data-go="{n - 1}">{esc(s.headline)}</a></li>'
        for n, s in enumerate(document.sheets, start=2)
    )
    link = (
        f'<p>Live: <a href="{esc(document.address)}">{esc(document.address)}</a></p>'
        if document.address
        else ""
    )
    return (
        f'<section class="step cover" id="cover"><p class="eyebrow">{ATLAS}</p>'
        f"<h1>{esc(document.title)}</h1><p>{esc(document.subtitle)}</p><ol>{items}</ol>{link}"
        f'<p class="small">Made on {document.made_on} from tables version '
        f"{esc(document.version)}. {esc(LICENCE)} Not an NHS product.</p></section>"
    )


def document_html(
    document: Document,
    *,
    interactive: bool = True,
    cover: bool = True,
    plotly: str = "",
    home: str = "",
) -> str:
    """One HTML file that asks for nothing outside itself.

    Args:
        document: What it shows, a step a sheet.
        interactive: With Plotly (about 5 MB); else charts are plain pictures and the file is light.
        cover: Whether the first step is a cover with the list of steps.
        plotly: Address of Plotly's script beside the file; ``""``: it is put into the file.
        home: Address of the page to which the bar leads back, or ``""``.

    Returns:
        HTML. ``window.atlas.show(n)`` shows step ``n``, from 1, the cover being the first where
        there is one.
    """
    steps = [_cover(document)] if cover else []
    first = 1 + len(steps)
    steps += [
        sheet_html(sheet, n, interactive=interactive)
        for n, sheet in enumerate(document.sheets, start=first)
    ]
    script = f'<script src="{esc(plotly)}"></script>' if plotly else ""
    if interactive:
        script = (script or f"<script>{plotly_script()}</script>") + templates()
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>'
        f'{esc(document.title)}</title><meta name="viewport" content="width=device-width,'
        f'initial-scale=1"><link rel="icon" href="{_FAVICON}"><style>{STYLE}</style></head><body>'
        f'{_bar(document, home)}<main class="deck">{"".join(steps)}</main>{_help()}'
        '<div class="tip" id="tip" hidden></div><div class="sr" id="said" aria-live="polite"></div>'
        f'<div class="blank" id="blank" hidden></div>{script}<script>{SCRIPT}</script>'
        "</body></html>"
    )


def story_html(
    catalogue: Catalogue,
    told: Told,
    *,
    interactive: bool = True,
    cover: bool = True,
    address: str = "",
    link: Link = no_link,
) -> str:
    """A walkthrough as one HTML file.

    Args:
        catalogue: The tables, for names of filters and dates of sources.
        told: The walkthrough.
        interactive: As for :func:`document_html`.
        cover: Whether it begins with a cover; without, step ``n`` is the walkthrough's own.
        address: Where the Atlas is served, or ``""``.
        link: Gives the address of the live view of a step.
    """
    document = document_of_story(catalogue, told, address=address, link=link)
    return document_html(document, interactive=interactive, cover=cover)


def write_whole(path: Path, body: bytes) -> None:
    """Write a file in one go: there is the whole of it or nothing.

    Raises:
        OSError: It cannot be written; no part of it is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(body)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
