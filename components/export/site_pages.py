"""Walkthroughs of the site of plain files, those of a subject once for each of its subjects."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Final

from components.export.handout import document_handout
from components.export.html_style import SCRIPT, STYLE
from components.export.pptx_deck import document_pptx
from components.export.sheet import ATLAS, document_of_story, live_link
from components.export.story_html import document_html
from components.stories import (
    Told,
    Walkthrough,
    cached_build,
    subject_id,
    subject_kind,
    subjects_of,
    tell,
)
from data.catalogue import Catalogue

esc = html.escape
PLOTLY: Final = "plotly.min.js"
Say = Callable[[str], None]
_HEADINGS: Final = {
    "system": "Systems of April 2023",
    "newer": "Systems of April 2026",
    "collaborative": "Collaboratives",
    "sector": "Sectors",
}


def write_story(
    folder: Path, catalogue: Catalogue, story: Walkthrough, address: str, say: Say
) -> list[str]:
    """Write a walkthrough: page, handout and slides, of every subject that it can be told of.

    Args:
        folder: Where walkthroughs stand.
        catalogue: The tables.
        story: The walkthrough.
        address: Where the live Atlas is served, or ``""``.
        say: Told about the progress.

    Returns:
        Its pages, below the folder, the list of its subjects first where it has any.

    Raises:
        OSError: A file cannot be written.
    """
    subjects = list(subjects_of(catalogue, story))
    build = cached_build(catalogue)
    if not story.subject:
        say(f"walkthrough: {story.id}")
        _files(folder, catalogue, tell(catalogue, story, build=build), story.id, "../", address)
        return [f"{story.id}.html"]
    (folder / story.id).mkdir()
    groups: dict[str, list[str]] = {}
    pages = []
    for number, subject in enumerate(subjects, start=1):
        told = tell(catalogue, story, subject, build)
        say(f"walkthrough: {story.id}, {number} of {len(subjects)}: {told.subject_label}")
        key = subject_id(subject)
        name = f"{story.id}/{key}"
        _files(folder, catalogue, told, name, "../../", address)
        pages.append(f"{name}.html")
        kind = "newer" if subject.vintage else str(subject_kind(subject))
        groups.setdefault(kind, []).append(f"<li>{_links(told.subject_label, name)}</li>")
    lists = "".join(
        f'<h2>{_HEADINGS[kind]}</h2><ul class="subjects">{"".join(found)}</ul>'
        for kind, found in groups.items()
    )
    body = (
        f'<section class="step"><h1>{esc(story.title)}</h1><p>{esc(story.summary)}</p>'
        f"{lists}</section>"
    )
    (folder / f"{story.id}.html").write_text(site_page(story.title, body, "../"), encoding="utf-8")
    return [f"{story.id}.html", *pages]


def _files(
    folder: Path, catalogue: Catalogue, told: Told, name: str, up: str, address: str
) -> None:
    made = document_of_story(
        catalogue, told, address=address,
        link=lambda _, selection: live_link(address, "", selection),
    )  # fmt: skip
    page = document_html(made, plotly=f"{up}{PLOTLY}", home=f"{up}index.html")
    (folder / f"{name}.html").write_text(page, encoding="utf-8")
    (folder / f"{name}-handout.html").write_text(document_handout(made), encoding="utf-8")
    (folder / f"{name}.pptx").write_bytes(document_pptx(made))


def _links(title: str, name: str) -> str:
    return (
        f'<a href="{name}.html">{esc(title)}</a> (<a href="{name}.pptx">slides</a>, '
        f'<a href="{name}-handout.html">handout</a>)'
    )


def story_links(story: Walkthrough, folder: str) -> str:
    """Links to the files of a walkthrough, or to the list of its subjects."""
    name = f"{folder}{story.id}"
    if not story.subject:
        return _links(story.title, name)
    return f'<a href="{name}.html">{esc(story.title)}</a> (slides and handout for each subject)'


def site_page(title: str, body: str, up: str, scripts: str = "") -> str:
    """A page of the site: its bar leads to the index.

    Args:
        title: Title.
        body: HTML.
        up: Way to the root of the site, such as ``"../"``.
        scripts: Script elements that the body needs.
    """
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{esc(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<link rel="icon" href="data:,"><style>{STYLE}</style></head><body>'
        f'<header class="bar"><a href="{up}index.html"><b>{ATLAS}</b></a></header>'
        f'<main class="deck">{body}</main><div class="tip" id="tip" hidden></div>'
        '<div class="sr" id="said" aria-live="polite"></div>'
        f"{scripts}<script>{SCRIPT}</script></body></html>"
    )
