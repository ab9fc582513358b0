"""Rooms: who presents what, and at which step. In memory, few, and gone after a while."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from server.packed import PackedPage

MOST_ROOMS: Final = 60
MOST_FOLLOWERS: Final = 1000
IDLE_S: Final = 3 * 3600
"""Seconds without a sign of the presenter after which a room is closed."""
AFTER_END_S: Final = 600
"""Seconds for which an ended room still says that it has ended."""
# Without letters and digits that are mistaken for one another when read from a screen.
LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH: Final = 5
KEY_BYTES: Final = 24
KEY: Final = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Asked:
    """What the presenter looks at beside the script, made once for everybody who follows.

    Attributes:
        words: The filters in words, such as ``Region: London``.
        page: The step under them, as a part of a page.
    """

    words: str
    page: PackedPage


class RoomError(Exception):
    """A room cannot be used.

    Args:
        status: Status of the answer.
        words: Why, and what to do.
    """

    def __init__(self, status: int, words: str) -> None:
        self.status, self.words = status, words
        super().__init__(words)


def _hashed(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


def code_of(key: str) -> str:
    """The code of the room that a key drives.

    It comes from the key, so that after a restart nobody but its holder can open the room again.
    Slowly, so that a key with a code seen on a screen is not found by trying.
    """
    number = int.from_bytes(hashlib.pbkdf2_hmac("sha256", key.encode(), b"atlas room", 20_000))
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


@dataclass(eq=False)
class Room:
    """One talk.

    Attributes:
        code: Short code that people type.
        key_hash: Hash of the presenter's key; the key itself is not kept.
        story: Id of the walkthrough.
        subject: Id of its subject, or ``""``.
        steps: How many steps it has.
        step: The step shown.
        blank: Whether the screen is blank.
        asked: What is looked at beside the script, or ``None``.
        own: Whether the stage includes the presenter's own data.
        orders: Counts what was asked of it; only the newest order is carried out.
        by: Which window changed it last, so that it need not follow itself.
        restarts: How often the time of the talk was put back to zero.
        ended: Whether the presenter has ended it.
        started: Seconds since the epoch when the talk began.
        stepped: Seconds since the epoch when the step came.
        touched: When the presenter last did something, by the rooms' clock.
        followers: Devices that listen now.
        version: Counts the changes.
    """

    code: str
    key_hash: bytes
    story: str
    subject: str
    steps: int
    touched: float
    step: int = 1
    blank: bool = False
    asked: Asked | None = None
    own: bool = False
    orders: int = 0
    by: str = ""
    restarts: int = 0
    ended: bool = False
    started: float = field(default_factory=time.time)
    stepped: float = field(default_factory=time.time)
    followers: int = 0
    version: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def state(self) -> dict[str, Any]:
        """What everybody may know."""
        return {
            "code": self.code, "story": self.story, "subject": self.subject, "step": self.step,
            "steps": self.steps, "blank": self.blank, "ended": self.ended,
            "elapsed": round(time.time() - self.started), "followers": self.followers,
            "here": round(time.time() - self.stepped),
            "version": self.version, "by": self.by, "restarts": self.restarts,
            "live": self.asked.words if self.asked else "", "own": self.own,
        }  # fmt: skip

    def change(self) -> None:
        """Tell everybody who listens."""
        self.version += 1
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()

    async def states(self) -> AsyncIterator[dict[str, Any]]:
        """The state now, and after every change until the room has ended.

        Who is slow gets the newest state only. Raises nothing; stops when its reader goes.
        """
        self.followers += 1
        try:
            while True:
                changed, told = self._changed, self.version
                yield self.state()
                if self.ended:
                    return
                if self.version == told:
                    await changed.wait()
        finally:
            self.followers -= 1


class Rooms:
    """Every room of this process.

    Args:
        clock: Seconds, ever growing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rooms: dict[str, Room] = {}

    def open(
        self, story: str, subject: str, steps: int, step: int, key: str = "", elapsed: int = 0
    ) -> tuple[Room, str]:
        """A room and the key that drives it.

        Args:
            story: Id of the walkthrough.
            subject: Id of its subject, or ``""``.
            steps: How many steps it has.
            step: The step shown first.
            key: Key of a room that may have been lost in a restart, which is opened again; or
                ``""``: a new room.
            elapsed: Seconds that the talk has run already, where a restart interrupted it.

        Raises:
            RoomError: This is no key, or the key's code is another talk's.
            RoomError: There are too many rooms in which somebody listens.
        """
        self.sweep()
        if key and not KEY.fullmatch(key):
            raise RoomError(400, "Expected key to be one that a room was opened with.")
        if key and code_of(key) in self._rooms:
            return self.driven(code_of(key), key), key
        if len(self._rooms) >= MOST_ROOMS:
            self._make_room()
        code, key = (code_of(key), key) if key else self._new_code()
        room = Room(code, _hashed(key), story, subject, steps, self._clock(), step)
        room.started -= elapsed
        self._rooms[code] = room
        return room, key

    def _make_room(self) -> None:
        """Forget the room that nobody listens in and that its presenter left longest ago.

        Raises:
            RoomError: Somebody listens in every room.
        """
        empty = [room for room in self._rooms.values() if not room.followers]
        if not empty:
            raise RoomError(503, "Too many talks are running; try again in a few minutes.")
        del self._rooms[min(empty, key=lambda room: (not room.ended, room.touched)).code]

    def _new_code(self) -> tuple[str, str]:
        while True:
            key = secrets.token_urlsafe(KEY_BYTES)
            if (code := code_of(key)) not in self._rooms:
                return code, key

    def room(self, code: str) -> Room:
        """The room with a code, however it is typed.

        Raises:
            RoomError: There is none.
        """
        self.sweep()
        room = self._rooms.get(code.strip().upper())
        if room is None:
            raise RoomError(404, "There is no talk with this code. Check the code on the screen.")
        return room

    def driven(self, code: str, key: str) -> Room:
        """The room with a code, for whoever holds its key.

        Raises:
            RoomError: There is no such room, the key is wrong, or the talk has ended.
        """
        room = self.room(code)
        if not hmac.compare_digest(room.key_hash, _hashed(key)):
            raise RoomError(403, "Only the presenter can do this.")
        if room.ended:
            raise RoomError(410, "This talk has ended.")
        room.touched = self._clock()
        return room

    def sweep(self) -> None:
        """Close rooms that nobody presents in any more, and forget those that ended."""
        now = self._clock()
        for code, room in list(self._rooms.items()):
            idle = now - room.touched
            if not room.ended and idle > IDLE_S:
                room.ended = True
                room.change()
            if room.ended and idle > AFTER_END_S:
                del self._rooms[code]


ROOMS: Final = Rooms()
