"""The Atlas as plain files that any web server or CDN can serve to any number of people."""

from __future__ import annotations

import html
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from components.exhibits import CAVEATS, REGISTRY, build_exhibit
from components.export.handout import document_handout
from components.export.html_sheet import plotly_script, sheet_html, table_html, templates
from components.export.html_style import SCRIPT, STYLE
from components.export.picture import svg
from components.export.pptx_deck import document_pptx
from components.export.sheet import (
    ATLAS,
    LICENCE,
    Document,
    Sheet,
    document_of,
    document_of_story,
    live_link,
)  # fmt: skip
from components.export.shown import shown
from components.export.story_html import document_html
from components.export.tabular import to_csv
from components.stories import Walkthrough, tell, walkthroughs
from data.catalogue import Catalogue
from data.selection import Selection

esc = html.escape
PLOTLY = "plotly.min.js"
_MARKER = "atlas-site.json"
"""Says that a folder was written by this command, so that it may be written again."""
Say = Callable[[str], None]


class SiteError(Exception):
    """The site cannot be written where it was asked for."""


def write_site(catalogue: Catalogue, out: Path, address: str = "", say: Say = print) -> int:
    """Write every exhibit and walkthrough as plain files.

    All of it is written beside the folder and changes place with it at the end: a failure leaves
    what was there.

    Args:
        catalogue: The tables.
        out: Folder; it must not exist, be empty, or be a site written before.
        address: Where the live Atlas is served, or ``""``.
        say: Told about the progress.

    Returns:
        How many files were written.

    Raises:
        SiteError: The folder holds something else.
        OSError: It cannot be written.
    """
    if out.exists() and any(out.iterdir()) and not (out / _MARKER).is_file():
        raise SiteError(
            f"expected a new or empty folder, or a site written before; found other files in "
            f"{out}. Give another folder."
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        part.chmod(0o755)
        _write(catalogue, part, address, say)
        if out.exists():
            shutil.rmtree(out)
        part.rename(out)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return sum(1 for p in out.rglob("*") if p.is_file())


def _write(catalogue: Catalogue, root: Path, address: str, say: Say) -> None:
    for folder in ("exhibits", "walkthroughs"):
        (root / folder).mkdir()
    (root / PLOTLY).write_text(plotly_script(), encoding="utf-8")
    whole = document_of(
        catalogue, "site", ATLAS, [e.id for e in REGISTRY], Selection(),
        lambda key, selection: build_exhibit(catalogue, selection, key),
        address=address, link=lambda _, selection: live_link(address, "", selection),
    )  # fmt: skip
    for number, sheet in enumerate(whole.sheets, start=1):
        say(f"exhibit {number} of {len(whole.sheets)}: {sheet.exhibit.id}")
        _exhibit(root / "exhibits", whole, sheet)
    told = []
    for story in walkthroughs(catalogue):
        if story.subject:
            continue
        say(f"walkthrough: {story.id}")
        told.append(story)
        _walkthrough(root / "walkthroughs", catalogue, story, address)
    (root / "index.html").write_text(_index(whole, told), encoding="utf-8")
    listing = {
        "title": ATLAS, "version": whole.version, "made_on": whole.made_on, "licence": LICENCE,
        "exhibits": [f"exhibits/{s.exhibit.id}.json" for s in whole.sheets],
        "walkthroughs": [f"walkthroughs/{t.id}.html" for t in told],
    }  # fmt: skip
    (root / _MARKER).write_text(json.dumps(listing, indent=1), encoding="utf-8")


def _exhibit(folder: Path, whole: Document, sheet: Sheet) -> None:
    key = sheet.exhibit.id
    files = {"CSV": f"{key}.csv", "Metadata (JSON)": f"{key}.json"}
    (folder / files["CSV"]).write_bytes(to_csv(sheet.built.frame))
    meta = json.dumps(metadata(whole, sheet), indent=1, ensure_ascii=False)
    (folder / files["Metadata (JSON)"]).write_text(meta, encoding="utf-8")
    if sheet.built.figure is not None:
        files["Picture (SVG)"] = f"{key}.svg"
        (folder / files["Picture (SVG)"]).write_text(svg(sheet.exhibit, sheet.built), "utf-8")
    downloads = " · ".join(f'<a href="{f}" download>{esc(n)}</a>' for n, f in files.items())
    body = sheet_html(sheet, 1, interactive=True)
    if sheet.built.figure is None and sheet.built.is_statements:
        rows = table_html(shown(sheet.built), sheet.exhibit.title)
        body += f"<details><summary>As a table</summary>{rows}</details>"
    page = _page(
        sheet.exhibit.title,
        f'{body}<p class="step">Downloads: {downloads}</p>',
        "../",
        f'<script src="../{PLOTLY}"></script>{templates()}',
    )
    (folder / f"{key}.html").write_text(page, encoding="utf-8")


def metadata(whole: Document, sheet: Sheet) -> dict[str, object]:
    """All that is said of an exhibit, for programs."""
    exhibit, built = sheet.exhibit, sheet.built
    return {
        "id": exhibit.id, "title": exhibit.title, "question": exhibit.question,
        "reading": built.reading, "base": built.base, "alt": exhibit.alt, "rows": len(built.frame),
        "columns": list(built.frame.columns), "notes": list(built.notes),
        "caveats": {c: asdict(CAVEATS[c]) for c in built.caveats},
        "sources": [asdict(c) for c in built.citations], "data": sheet.dated,
        "map": dict(sheet.small_print).get("Map", ""), "licence": LICENCE,
        "version": whole.version, "made_on": whole.made_on,
    }  # fmt: skip


def _walkthrough(folder: Path, catalogue: Catalogue, story: Walkthrough, address: str) -> None:
    made = document_of_story(
        catalogue, tell(catalogue, story), address=address,
        link=lambda _, selection: live_link(address, "", selection),
    )  # fmt: skip
    page = document_html(made, plotly=f"../{PLOTLY}")
    (folder / f"{story.id}.html").write_text(page, encoding="utf-8")
    (folder / f"{story.id}-handout.html").write_text(document_handout(made), encoding="utf-8")
    (folder / f"{story.id}.pptx").write_bytes(document_pptx(made))


def _items(whole: Document) -> Iterator[str]:
    for sheet in whole.sheets:
        yield (
            f'<li><a href="exhibits/{sheet.exhibit.id}.html">{esc(sheet.exhibit.title)}</a><br>'
            f"<small>{esc(sheet.headline)}</small></li>"
        )


def _index(whole: Document, told: list[Walkthrough]) -> str:
    stories = "".join(
        f'<li><a href="walkthroughs/{t.id}.html">{esc(t.title)}</a> '
        f'(<a href="walkthroughs/{t.id}.pptx">slides</a>, '
        f'<a href="walkthroughs/{t.id}-handout.html">handout</a>)<br>'
        f"<small>{esc(t.summary)}</small></li>"
        for t in told
    )
    live = (
        f'<p>Filters, search and the interface: <a href="{esc(whole.address)}">the live Atlas</a>'
        "</p>"
        if whole.address
        else ""
    )
    body = (
        f'<section class="step"><h1>{ATLAS}</h1><p>Every exhibit and walkthrough as plain files, '
        f"made on {whole.made_on} from tables version {esc(whole.version)}.</p>{live}"
        f"<h2>Walkthroughs</h2><ul>{stories}</ul><h2>Exhibits</h2><ul>{''.join(_items(whole))}</ul>"
        f'<p class="small">{esc(LICENCE)} Not an NHS product.</p></section>'
    )
    return _page(ATLAS, body, "", "")


def _page(title: str, body: str, up: str, scripts: str) -> str:
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{esc(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<link rel="icon" href="data:,"><style>{STYLE}</style></head><body>'
        f'<header class="bar"><a href="{up}index.html"><b>{ATLAS}</b></a></header>'
        f'<main class="deck">{body}</main><div class="tip" id="tip" hidden></div>'
        '<div class="sr" id="said" aria-live="polite"></div>'
        f"{scripts}<script>{SCRIPT}</script></body></html>"
    )
