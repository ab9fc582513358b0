"""What phones in the room see: the static form of the walkthrough, made and packed once for all."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool

from components.exhibits import build_exhibit
from components.export.html_sheet import sheet_html
from components.export.html_style import STYLE
from components.export.sheet import Sheet, dated, document_of_story
from components.stories import Told
from components.stories.asking import asked_of, nothing_said
from components.ui import cache
from data.memo import kept
from data.selection import Selection
from server.packed import PackedPage
from server.present_pages import page, telling
from server.present_rooms import Asked, Room, RoomError

_OWN: Final = (
    '<p id="own" hidden>On the stage this step includes the presenter’s own data; here it is '
    "the Atlas without it.</p>"
)


async def follower(room: Room) -> PackedPage:
    """The page of a phone: every step, of which the one on the stage is marked."""
    told = await telling(room.story, room.subject)
    return await run_in_threadpool(_follower, told)


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


@kept(1)
def _follower(told: Told) -> PackedPage:
    """The same for every room in which it is told: the script knows the code from the address."""
    sheets = document_of_story(cache.shared()[0], told).sheets
    parts = [
        '<header><p class="talk">Provider Collaboratives Atlas</p>'
        f"<h1>{html.escape(told.title)}</h1>"
        f'<p id="status" role="status">Connecting …</p>{_OWN}</header>'
    ]
    for number, sheet in enumerate(sheets, start=1):
        # What the presenter says is the presenter's.
        body = sheet_html(replace(sheet, speech=""), number, interactive=False)
        parts.append(
            f'<article data-step="{number}"><p class="number">{number} of {len(sheets)}</p>'
            f"{body}</article>"
        )
    parts.append('<button id="back" hidden>Back to the step on the stage</button>')
    return PackedPage(page(told.title, f"<main>{''.join(parts)}</main>", "follow", STYLE))


@kept(20)
def _asked(told: Told, number: int, selection: Selection, words: str) -> Asked:
    step, tables = told.steps[number - 1], cache.shared()[0]
    # As it is for everybody: own rows of the presenter's session are not the room's.
    built = build_exhibit(tables, selection, step.exhibit.id)
    # Without a picture, the words why there is none stand in its place.
    is_bare = built.empty is not None and built.figure is None
    said = "" if is_bare else nothing_said(built, words) or built.reading
    sheet = Sheet(
        step.exhibit, built, said or step.exhibit.title, (), "", selection, words,
        dated(tables, built), "",
    )  # fmt: skip
    # Ids of their own: it lies over the step of the script in the same page.
    body = sheet_html(sheet, 0, interactive=False, key="asked")
    told_as = f'<p class="tag">The presenter is looking at: {html.escape(words)}</p>{body}'
    return Asked(words, PackedPage(told_as))
