"""Routes of a talk: the presenter's window, the room's phones, and what keeps them together.

A follower is a plain page and one event stream: no Streamlit session, no script, no polling.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import segno
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from components.public_url import base_path
from server import present_follow, present_pages
from server.present_rooms import MOST_FOLLOWERS, ROOMS, RoomError
from server.root import root_of

ASSETS: Final = Path(__file__).resolve().parent / "assets"
KINDS: Final = {
    "atlas.js": "text/javascript",
    "charts.js": "text/javascript",
    "phone.js": "text/javascript",
    "tables.js": "text/javascript",
    "tabs.js": "text/javascript",
    "links.js": "text/javascript",
    "maps.js": "text/javascript",
    "scroll.js": "text/javascript",
    "search.js": "text/javascript",
    "stage.js": "text/javascript",
    "unfolded.js": "text/javascript",
    "presenter.js": "text/javascript",
    "follow.js": "text/javascript",
    "waiting.js": "text/javascript",
    "live.css": "text/css",
}
MOST_BODY: Final = 2000
LONGEST_S: Final = 24 * 3600
"""Seconds of the longest talk."""
NO_STORE: Final = {"Cache-Control": "no-store"}
Handler = Callable[[Request], Awaitable[Response]]


def _guarded(handle: Handler) -> Handler:
    """A handler whose errors are told in words."""

    async def guarded(request: Request) -> Response:
        try:
            return await handle(request)
        except RoomError as error:
            if request.url.path.removeprefix(base_path()).startswith(("/follow", "/presenter")):
                page = present_pages.sorry(error.words, request.path_params.get("code", ""))
                return HTMLResponse(page, error.status, NO_STORE)
            return JSONResponse({"error": error.words}, error.status, NO_STORE)

    return guarded


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent.

    Raises:
        RoomError: It is not one, or it is too long.
    """
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > MOST_BODY:
            raise RoomError(413, "That is too much for a room.")
    try:
        body = json.loads(raw)
        json.dumps(body, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise RoomError(400, "Expected a JSON object.")
    return body


def _number(body: dict[str, Any], most: int) -> int:
    step = body.get("step")
    if not isinstance(step, int) or isinstance(step, bool) or not 1 <= step <= most:
        raise RoomError(400, f"Expected step to be a whole number from 1 to {most}.")
    return step


def _elapsed(body: dict[str, Any]) -> int:
    seconds = body.get("elapsed", 0)
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 <= seconds <= LONGEST_S:
        raise RoomError(400, f"Expected elapsed to be whole seconds from 0 to {LONGEST_S}.")
    return seconds


async def _open(request: Request) -> Response:
    """``POST /live``: open a room for a walkthrough; the answer alone holds its key.

    With the key of a room that a restart of the server has closed, the same room again, whose clock
    goes on from the seconds in ``elapsed``.
    """
    body = await _body(request)
    story, subject = str(body.get("story", "")), str(body.get("subject", ""))
    told = await present_pages.telling(story, subject)
    steps = len(told.steps)
    key, step, elapsed = str(body.get("key", "")), _number(body, steps), _elapsed(body)
    room, key = ROOMS.open(story, subject, steps, step, key, elapsed)
    return JSONResponse({**room.state(), "key": key}, 201, NO_STORE)


async def _state(request: Request) -> Response:
    """``GET /live/{code}``: where the talk is."""
    return JSONResponse(ROOMS.room(request.path_params["code"]).state(), headers=NO_STORE)


async def _drive(request: Request) -> Response:
    """``POST /live/{code}/step``: a step, a live filter, a blank screen or the time back to zero.

    Only with the key.
    """
    body = await _body(request)
    room = ROOMS.driven(request.path_params["code"], str(body.get("key", "")))
    step = _number(body, room.steps)
    room.orders += 1
    order = room.orders
    # A window that says nothing of a live filter leaves it as it is, on the same step.
    asked = room.asked if "live" not in body and step == room.step else None
    if body.get("live"):
        asked = await present_follow.asked(room, step, body["live"])
    if order != room.orders:  # another order came while this one was prepared
        return JSONResponse(room.state(), headers=NO_STORE)
    before = (room.step, room.blank, room.asked, room.own, room.restarts)
    # So it is with own data: the stage says of the next step whether it has any.
    was_own = room.own and step == room.step
    if step != room.step:
        room.stepped = time.time()
    room.step, room.asked = step, asked
    room.own = bool(body.get("own", was_own))
    room.blank = bool(body.get("blank", False))
    room.by = str(body.get("by", ""))[:20]
    if body.get("restart"):
        room.restarts, room.started = room.restarts + 1, time.time()
    if before != (room.step, room.blank, room.asked, room.own, room.restarts):
        room.change()
    return JSONResponse(room.state(), headers=NO_STORE)


async def _end(request: Request) -> Response:
    """``POST /live/{code}/end``: end the talk; only with the key."""
    body = await _body(request)
    room = ROOMS.driven(request.path_params["code"], str(body.get("key", "")))
    room.ended = True
    room.change()
    return JSONResponse(room.state(), headers=NO_STORE)


async def _events(request: Request) -> Response:
    """``GET /live/{code}/events``: the state now and after every change, as an event stream."""
    room = ROOMS.room(request.path_params["code"])
    if room.followers >= MOST_FOLLOWERS:
        raise RoomError(503, "This room is full.")

    async def stream() -> AsyncIterator[dict[str, str]]:
        async for state in room.states():
            yield {"event": "state", "id": str(state["version"]), "data": json.dumps(state)}

    # A phone that loses the network tries again after two seconds.
    return EventSourceResponse(stream(), ping=20, headers=NO_STORE)


async def _qr(request: Request) -> Response:
    """``GET /live/{code}/qr.svg``: the follower's address as a QR code."""
    room = ROOMS.room(request.path_params["code"])
    code = segno.make(f"{root_of(request)}/follow/{room.code}", error="m")
    svg = code.svg_inline(scale=8, border=2, dark="#212B32", light="#FFFFFF", omitsize=True)
    head = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Response(head if "xmlns=" not in svg else svg, media_type="image/svg+xml")


async def _follow(request: Request) -> Response:
    """``GET /follow/{code}``: the walkthrough for a phone, which follows the talk."""
    room = ROOMS.room(request.path_params["code"])
    return (await present_follow.follower(room)).answer(request, "no-cache")


async def _asked(request: Request) -> Response:
    """``GET /follow/{code}/asked``: the step under the live filter, as a part of a page."""
    room = ROOMS.room(request.path_params["code"])
    if room.asked is None:
        return HTMLResponse("", headers=NO_STORE)
    return room.asked.page.answer(request, "no-store")


async def _join(request: Request) -> Response:
    """``GET /follow?code=``: to the talk with a code that somebody typed, or where to type it."""
    code = request.query_params.get("code", "").strip().upper()
    if not code:
        return HTMLResponse(present_pages.join())
    return RedirectResponse(f"follow/{ROOMS.room(code).code}", 303)


async def _presenter(request: Request) -> Response:
    """``GET /presenter/{code}``: notes, next step and time; its key is never sent in an address."""
    room = ROOMS.room(request.path_params["code"])
    return HTMLResponse(await present_pages.presenter(room), headers=NO_STORE)


async def _drawing(request: Request) -> Response:
    """``GET /presenter/{code}/{number}.svg``: the picture of a step, for who looks ahead."""
    room = ROOMS.room(request.path_params["code"])
    body = await present_pages.drawing(room, request.path_params["number"])
    return Response(body, media_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


async def _asset(request: Request) -> Response:
    """``GET /live/assets/{name}``: scripts and style of pages, stage, presenter and followers."""
    name = request.path_params["name"]
    if name not in KINDS:
        raise RoomError(404, f"There is no file {name!r}.")
    return FileResponse(
        ASSETS / name, media_type=KINDS[name], headers={"Cache-Control": "no-cache"}
    )  # fmt: skip


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/live", _guarded(_open), methods=["POST"]),
    Route("/live/assets/{name}", _guarded(_asset)),
    Route("/live/{code}", _guarded(_state)),
    Route("/live/{code}/step", _guarded(_drive), methods=["POST"]),
    Route("/live/{code}/end", _guarded(_end), methods=["POST"]),
    Route("/live/{code}/events", _guarded(_events)),
    Route("/live/{code}/qr.svg", _guarded(_qr)),
    Route("/follow", _guarded(_join)),
    Route("/follow/{code}", _guarded(_follow)),
    Route("/follow/{code}/asked", _guarded(_asked)),
    Route("/presenter/{code}", _guarded(_presenter)),
    Route("/presenter/{code}/{number:int}.svg", _guarded(_drawing)),
)
