"""The Atlas as plain files that any web server or CDN can serve to any number of people."""

from __future__ import annotations

import html
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from components.exhibits import CAVEATS, REGISTRY, build_exhibit
from components.export.holding import of_exhibit
from components.export.html_sheet import plotly_script, sheet_html, table_html, templates
from components.export.picture_cited import cited_svg
from components.export.sheet import (
    ATLAS,
    LICENCE,
    Document,
    Sheet,
    document_of,
    live_link,
)  # fmt: skip
from components.export.shown import shown
from components.export.signed import to_signed_csv
from components.export.site_pages import PLOTLY, Say, site_page, story_links, write_story
from components.stories import Walkthrough, walkthroughs
from data.catalogue import Catalogue
from data.selection import Selection

esc = html.escape
_MARKER = "atlas-site.json"
"""Says that a folder was written by this command, so that it may be written again."""


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
        _exhibit(root / "exhibits", catalogue, whole, sheet)
    told = walkthroughs(catalogue)
    pages: list[str] = []
    for story in told:
        pages += write_story(root / "walkthroughs", catalogue, story, address, say)
    (root / "index.html").write_text(_index(whole, told), encoding="utf-8")
    listing = {
        "title": ATLAS, "version": whole.version, "made_on": whole.made_on, "licence": LICENCE,
        "exhibits": [f"exhibits/{s.exhibit.id}.json" for s in whole.sheets],
        "walkthroughs": [f"walkthroughs/{p}" for p in pages],
    }  # fmt: skip
    (root / _MARKER).write_text(json.dumps(listing, indent=1), encoding="utf-8")


def _exhibit(folder: Path, catalogue: Catalogue, whole: Document, sheet: Sheet) -> None:
    key = sheet.exhibit.id
    files = {"CSV": f"{key}.csv", "Metadata (JSON)": f"{key}.json"}
    holding = of_exhibit(
        catalogue, sheet.exhibit, sheet.built, sheet.selection,
        taken_on=whole.made_on, address=whole.address,
    )  # fmt: skip
    (folder / files["CSV"]).write_bytes(to_signed_csv(holding))
    meta = json.dumps(metadata(whole, sheet), indent=1, ensure_ascii=False)
    (folder / files["Metadata (JSON)"]).write_text(meta, encoding="utf-8")
    if sheet.built.figure is not None:
        files["Picture (SVG)"] = f"{key}.svg"
        (folder / files["Picture (SVG)"]).write_text(cited_svg(sheet), "utf-8")
    downloads = " · ".join(f'<a href="{f}" download>{esc(n)}</a>' for n, f in files.items())
    body = sheet_html(sheet, 1, interactive=True)
    if sheet.built.figure is None and sheet.built.is_statements:
        rows = table_html(shown(sheet.built), sheet.exhibit.title)
        body += f"<details><summary>As a table</summary>{rows}</details>"
    page = site_page(
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
        "map": dict(sheet.small_print).get("Map", ""), "licence": LICENCE, "link": sheet.link,
        "version": whole.version, "made_on": whole.made_on,
    }  # fmt: skip


def _items(whole: Document) -> Iterator[str]:
    for sheet in whole.sheets:
        yield (
            f'<li><a href="exhibits/{sheet.exhibit.id}.html">{esc(sheet.exhibit.title)}</a><br>'
            f"<small>{esc(sheet.headline)}</small></li>"
        )


def _index(whole: Document, told: Sequence[Walkthrough]) -> str:
    stories = "".join(
        f"<li>{story_links(t, 'walkthroughs/')}<br><small>{esc(t.summary)}</small></li>"
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
    return site_page(ATLAS, body, "", "")
