"""Pages of a talk that need no session: the presenter's window, and where a code is typed."""

from __future__ import annotations

import html
import json
from typing import Final

from starlette.concurrency import run_in_threadpool

from components.export.picture import has_picture, svg
from components.stories import StoryError, Told, subject_of
from components.ui import cache
from data.memo import kept
from server.present_rooms import Room, RoomError


def _tell(story: str, subject: str) -> Told:
    tables, _ = cache.shared()
    found = next((s for s in cache.stories() if s.id == story), None)
    if found is None:
        raise RoomError(404, f"There is no walkthrough {story!r}.")
    try:
        return cache.told(story, subject_of(tables, found, subject))
    except StoryError as error:
        raise RoomError(400, str(error)) from error


async def telling(story: str, subject: str) -> Told:
    """A walkthrough told, in a thread of its own so that no stream waits for it.

    Raises:
        RoomError: There is no such walkthrough, or it cannot be told of this subject.
    """
    return await run_in_threadpool(_tell, story, subject)


async def presenter(room: Room) -> str:
    """The page of the presenter's window."""
    told = await telling(room.story, room.subject)
    steps = [
        {
            "headline": s.headline, "points": s.points, "notes": s.notes, "seconds": s.seconds,
            "exhibit": s.exhibit.title, "picture": has_picture(s.built),
        }
        for s in told.steps
    ]  # fmt: skip
    facts = html.escape(json.dumps({"title": told.title, "steps": steps, "total": told.seconds}))
    return page(
        f"Presenter: {told.title}",
        f'<main data-code="{room.code}" data-story="{facts}">{_PRESENTER}</main>',
        "presenter",
    )


def join() -> str:
    """Where a code is typed."""
    return page(
        "Follow a talk",
        '<main><h1>Follow a talk</h1><form action="follow"><label for="code">Code on the screen'
        '</label><input id="code" name="code" autocomplete="off" autocapitalize="characters" '
        'maxlength="8" required><button>Follow</button></form></main>',
        "",
    )


def sorry(words: str, code: str = "") -> str:
    """Why there is no page.

    Args:
        words: Why, and what to do.
        code: Code of the talk that is missing, which the page looks for again until it is there: a
            server that came back knows no talks until the stage has opened them again.
    """
    said = f"<h1>Not here</h1><p>{html.escape(words)}</p>"
    if not code:
        return page("Not here", f"<main>{said}</main>", "")
    wait = '<p id="status" role="status"></p><p><a href="../follow">Type another code</a></p>'
    return page(
        "Waiting for the talk",
        f'<main data-code="{html.escape(code)}">{said}{wait}</main>',
        "waiting",
    )


@kept(20)
def _drawing(told: Told, number: int) -> str:
    step = told.steps[number - 1]
    return svg(step.exhibit, step.built)


async def drawing(room: Room, number: int) -> str:
    """The picture of a step as SVG, drawn once.

    Raises:
        RoomError: There is no such step, or it has no picture.
    """
    told = await telling(room.story, room.subject)
    if not 1 <= number <= len(told.steps) or not has_picture(told.steps[number - 1].built):
        raise RoomError(404, f"There is no picture of step {number}.")
    return await run_in_threadpool(_drawing, told, number)


def page(title: str, body: str, script: str, style: str = "") -> str:
    """A page of its own.

    Args:
        title: Title, as text.
        body: What it shows, as HTML.
        script: Name of its script among the assets, which also names its style, or ``""``.
        style: Rules that stand before those of the style sheet.
    """
    # Addresses relative to the page, so that the Atlas may live below a path of a proxy.
    up = "../" if script else ""
    run = f'<script src="{up}live/assets/{script}.js" defer></script>' if script else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{html.escape(title)}</title><link rel="icon" href="data:,">'
        f"{f'<style>{style}</style>' if style else ''}"
        f'<link rel="stylesheet" href="{up}live/assets/live.css">{run}</head>'
        f'<body class="{script or "plain"}">{body}</body></html>'
    )


_PRESENTER: Final = (
    '<header><h1 id="title"></h1><p id="status" role="status">Connecting …</p><p id="link"></p>'
    '<p id="own" hidden>The stage shows your own data on this step; here, as on phones, it is told '
    "without it.</p></header>"
    '<section class="now"><p class="label">Now: step <span id="where"></span></p>'
    '<h2 id="headline"></h2><ul id="points"></ul></section>'
    '<section class="notes"><p class="label">Notes <span class="sizes"><button id="smaller" '
    'aria-label="Smaller notes" title="Smaller notes (key −)">A−</button><button id="larger" '
    'aria-label="Larger notes" title="Larger notes (key +)">A+</button></span></p>'
    '<p id="notes"></p></section>'
    '<section class="next"><p class="label">Next <span id="next-exhibit"></span></p>'
    '<h3 id="next"></h3><img id="next-picture" alt="Picture of the next step" hidden>'
    '<ul id="next-points"></ul></section>'
    '<section class="time"><p class="label">This step</p><p><b id="step-time">0:00</b> of '
    '<span id="step-planned"></span></p><p class="label">Talk</p><p><b id="talk-time">0:00</b> of '
    '<span id="talk-planned"></span></p><p id="pace"></p></section>'
    '<nav><button id="previous">← Back</button><button id="forward">Next →</button>'
    '<button id="blank" aria-pressed="false">Blank screen</button>'
    '<button id="end" class="danger">End the talk</button></nav>'
)
