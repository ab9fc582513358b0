"""The pages of a talk that need no session: the presenter's window and the followers' phones."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool

from components.exhibits import CAVEATS, build_exhibit
from components.exhibits.headings import heading
from components.export.picture import has_picture, svg
from components.stories import StoryError, Told, ToldStep, subject_of
from components.stories.asking import asked_of, nothing_said
from components.stories.stage_html import (
    points_html,
    statements_html,
    table_columns,
    table_html,
)
from components.ui import cache
from data.memo import kept
from data.selection import Selection
from server.present_rooms import Asked, Room, RoomError

_ROWS: Final = 30


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


async def follower(room: Room) -> str:
    """The page of a phone: every step, of which the one on the stage is marked."""
    told = await telling(room.story, room.subject)
    body = (await run_in_threadpool(_follower_body, told)).replace("{code}", room.code)
    return _page(told.title, f'<main data-code="{room.code}">{body}</main>', "follow")


async def presenter(room: Room) -> str:
    """The page of the presenter's window."""
    told = await telling(room.story, room.subject)
    steps = [
        {
            "headline": s.headline, "points": s.points, "notes": s.notes, "seconds": s.seconds,
            "exhibit": s.exhibit.title, "reading": s.built.reading,
        }
        for s in told.steps
    ]  # fmt: skip
    facts = html.escape(json.dumps({"title": told.title, "steps": steps, "total": told.seconds}))
    return _page(
        f"Presenter: {told.title}",
        f'<main data-code="{room.code}" data-story="{facts}">{_PRESENTER}</main>',
        "presenter",
    )


def join() -> str:
    """Where a code is typed."""
    return _page(
        "Follow a talk",
        '<main><h1>Follow a talk</h1><form action="follow"><label for="code">Code on the screen'
        '</label><input id="code" name="code" autocomplete="off" autocapitalize="characters" '
        'maxlength="8" required><button>Follow</button></form></main>',
        "",
    )


def sorry(words: str) -> str:
    """Why there is no page."""
    return _page("Not here", f"<main><h1>Not here</h1><p>{html.escape(words)}</p></main>", "")


@kept(1)
def _follower_body(told: Told) -> str:
    parts = [
        '<header><p class="talk">Provider Collaboratives Atlas</p>'
        f"<h1>{html.escape(told.title)}</h1>"
        '<p id="status" role="status">Connecting …</p></header>'
    ]
    parts += [_follower_step(step, len(told.steps)) for step in told.steps]
    parts.append('<button id="back" hidden>Back to the step on the stage</button>')
    return "".join(parts)


def _follower_step(step: ToldStep, steps: int) -> str:
    body = _step_body(step, steps, f"{{code}}/{step.number}.svg")
    return f'<article id="step-{step.number}" data-step="{step.number}">{body}</article>'


def _step_body(step: ToldStep, steps: int, picture: str) -> str:
    built = step.built
    caveats = "".join(
        f"<li><b>{html.escape(CAVEATS[c].label)}</b>: {html.escape(CAVEATS[c].sentence)}</li>"
        for c in built.caveats
    )
    sources = "".join(
        f"<li>{_linked(c.title, c.url)}. {html.escape(c.publisher)}"
        f"{', ' + html.escape(str(c.published)) if c.published else ''}."
        f"{' ' + html.escape('; '.join(c.locators[:3])) if c.locators else ''}</li>"
        for c in built.citations[:8]
    )
    more = len(built.citations) - 8
    sources += f"<li>and {more} more</li>" if more > 0 else ""
    base = f"<p><b>Base:</b> {html.escape(built.base)}.</p>" if built.base else ""
    reading = (built.empty.reason if built.empty else built.reading) or ""
    # Beside the script the reading is the headline already.
    is_said = step.headline.startswith(reading)
    said = "" if is_said else f'<p class="reading">{html.escape(reading)}</p>'
    return (
        f'<p class="number">{step.number} of {steps} · {html.escape(step.exhibit.title)}</p>'
        f"<h2>{html.escape(step.headline)}</h2>{points_html(step.points)}"
        f"{_picture(step, picture)}{said}{base}"
        f'<details class="rows"><summary>The rows behind it ({len(built.frame)})</summary>'
        f"{_rows(step)}</details>"
        f"<details><summary>Sources and caveats</summary><ul>{sources}{caveats}</ul></details>"
    )


def _picture(step: ToldStep, address: str) -> str:
    """The place of the picture, which a phone fetches when it comes into view."""
    if not has_picture(step.built):
        return ""
    alt = html.escape(f"{step.exhibit.alt} {step.built.reading}")
    # The code is in the address of the page: relative to it, ``CODE/3.svg``.
    return f'<img class="picture" loading="lazy" alt="{alt}" src="{address}">'


async def asked(room: Room, number: int, live: object) -> Asked:
    """A step under what the presenter asks beside the script, made before anybody is told.

    Raises:
        RoomError: The step does not follow such a filter, or there is no such value.
    """
    told = await telling(room.story, room.subject)
    tables, _ = cache.shared()
    try:
        selection, words = asked_of(tables, told.steps[number - 1], live)
    except ValueError as error:
        raise RoomError(400, str(error)) from error
    return await run_in_threadpool(_asked, told, number, selection, words)


@kept(20)
def _asked(told: Told, number: int, selection: Selection, words: str) -> Asked:
    step = told.steps[number - 1]
    # As it is for everybody: own rows of the presenter's session are not the room's.
    built = build_exhibit(cache.shared()[0], selection, step.exhibit.id)
    nothing = nothing_said(built, words)
    said = nothing or built.reading
    # What qualifies the answer, such as that a survey does not report the sector asked for.
    headline = said or step.exhibit.title
    shown = replace(step, headline=headline, points=built.notes[:2], built=built)
    # The version in the address makes a phone fetch the picture anew; relative to the page.
    body = _step_body(shown, len(told.steps), "{code}/asked.svg?{version}")
    page = f'<p class="tag">The presenter is looking at: {html.escape(words)}</p>{body}'
    return Asked(words, page, svg(step.exhibit, built) if has_picture(built) else "")


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


def _linked(title: str, url: str | None) -> str:
    words = html.escape(title)
    return f'<a href="{html.escape(url)}" rel="noopener">{words}</a>' if url else words


def _rows(step: ToldStep) -> str:
    frame = step.built.frame
    if frame.empty:
        return ""
    if step.built.is_statements and "title" in frame:
        return statements_html(frame, _ROWS)
    return table_html(frame, {c: heading(c) for c in table_columns(frame, 4)}, _ROWS)


def _page(title: str, body: str, script: str) -> str:
    # Addresses relative to the page, so that the Atlas may live below a path of a proxy.
    up = "../" if script else ""
    run = f'<script src="{up}live/assets/{script}.js" defer></script>' if script else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{html.escape(title)}</title><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="{up}live/assets/live.css">{run}</head>'
        f'<body class="{script or "plain"}">{body}</body></html>'
    )


_PRESENTER: Final = (
    '<header><h1 id="title"></h1><p id="status" role="status">Connecting …</p></header>'
    '<section class="now"><p class="label">Now: step <span id="where"></span></p>'
    '<h2 id="headline"></h2><ul id="points"></ul></section>'
    '<section class="notes"><p class="label">Notes</p><p id="notes"></p></section>'
    '<section class="next"><p class="label">Next</p><h3 id="next"></h3><p id="next-exhibit"></p>'
    "</section>"
    '<section class="time"><p class="label">This step</p><p><b id="step-time">0:00</b> of '
    '<span id="step-planned"></span></p><p class="label">Talk</p><p><b id="talk-time">0:00</b> of '
    '<span id="talk-planned"></span></p><p id="pace"></p></section>'
    '<nav><button id="previous">← Back</button><button id="forward">Next →</button>'
    '<button id="blank" aria-pressed="false">Blank screen</button>'
    '<button id="end" class="danger">End the talk</button></nav>'
)
