"""What a browser would receive: Streamlit's message cache and the accounting of one rerun.

The browser keeps every delta message that the server marks as cacheable and tells the server
their hashes with each rerun. A message that the server would send again arrives as a reference
of about 200 bytes. An entry not used for more than ``global.maxCachedMessageAge`` script runs is
dropped. `MessageCache` follows the frontend's ForwardMessageCache step by step, so that the bytes
counted here are the bytes that a browser would receive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

DECK = "deck_gl_json_chart"
PLOTLY = "plotly_chart"
# Traces of Plotly that are maps: choroplethmap, scattermap, densitymap and the older names.
_PLOTLY_MAP_WORDS = ('"choropleth', '"scattermap', '"densitymap', '"scattergeo')


class CacheMissError(RuntimeError):
    """The server referred to a message that this client does not hold."""


@dataclass
class _Entry:
    used_in_run: int
    kind: str
    fragment_id: str


class MessageCache:
    """The browser's cache of messages, without their bodies."""

    def __init__(self) -> None:
        """Start empty, with Streamlit's default age."""
        self.max_age = 2
        self._run = 0
        self._entries: dict[str, _Entry] = {}

    def hashes(self) -> list[str]:
        """Return the hashes that go to the server with each rerun."""
        return list(self._entries)

    def observe(self, msg: ForwardMsg) -> str:
        """Take a message in and return the kind of element that it draws ("" if none).

        Raises:
            CacheMissError: If it refers to a message that is not held.
        """
        if msg.WhichOneof("type") == "ref_hash":
            entry = self._entries.get(msg.ref_hash)
            if entry is None:
                raise CacheMissError(f"the server referred to an unknown message {msg.ref_hash}")
            entry.used_in_run = self._run
            return entry.kind
        kind = element_kind(msg)
        if msg.metadata.cacheable and msg.hash:
            held = self._entries.get(msg.hash)
            if held is None:
                self._entries[msg.hash] = _Entry(self._run, kind, msg.delta.fragment_id)
            else:
                held.used_in_run = self._run
        return kind

    def end_run(self, fragment_ids: Collection[str]) -> None:
        """Count a finished run and drop what has grown too old."""
        self._run += 1
        for key, entry in list(self._entries.items()):
            if fragment_ids and entry.fragment_id not in fragment_ids:
                continue
            if self._run - entry.used_in_run > self.max_age:
                del self._entries[key]


def element_kind(msg: ForwardMsg) -> str:
    """Return what a delta draws: an element's type, "map" for any map, "" if no element."""
    if msg.WhichOneof("type") != "delta" or msg.delta.WhichOneof("type") != "new_element":
        return ""
    element: Element = msg.delta.new_element
    kind = element.WhichOneof("type") or ""
    if kind == DECK:
        return "map"
    if kind == PLOTLY and any(word in element.plotly_chart.spec for word in _PLOTLY_MAP_WORDS):
        return "map"
    return kind


@dataclass
class Rerun:
    """One script run as a browser sees it."""

    sent_at: float
    started_at: float | None = None
    finished_at: float | None = None
    exec_ms: float | None = None
    n_bytes: int = 0
    wire_bytes: int = 0
    """What of it travelled: packed where the socket packs, and with the frames around it."""
    n_messages: int = 0
    n_references: int = 0
    map_bytes: int = 0
    map_hashes: set[str] = field(default_factory=set)
    map_changed: bool = False
    """Whether a map arrived whose content the page did not show before."""
    bytes_by_kind: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    applied_by: str = "url"

    @property
    def latency_seconds(self) -> float:
        """From sending the request to the last message of the run."""
        if self.finished_at is None:
            raise ValueError("the run has not finished")
        return self.finished_at - self.sent_at

    @property
    def script_seconds(self) -> float:
        """From the first to the last message of the run, as they arrive at the client."""
        if self.finished_at is None or self.started_at is None:
            raise ValueError("the run has not finished")
        return self.finished_at - self.started_at

    def add(self, msg: ForwardMsg, size: int, kind: str, now: float) -> bool:
        """Count one message; return whether it ends the run.

        A run that ends early because the script asked for another one goes on.
        """
        self.n_bytes += size
        self.n_messages += 1
        what = msg.WhichOneof("type") or ""
        referred = what == "ref_hash"
        self.n_references += referred
        if kind == "map":
            self.map_hashes.add(msg.ref_hash or msg.hash)
            self.map_bytes += size
        self.bytes_by_kind["reference" if referred else kind or what] += size
        if what == "new_session" and self.started_at is None:
            self.started_at = now
        elif what == "page_profile":
            self.exec_ms = msg.page_profile.exec_time / 1000
        elif what == "page_not_found":
            self.problems.append(f"page not found: {msg.page_not_found.page_name!r}")
        elif what == "session_event" and msg.session_event.HasField("script_compilation_exception"):
            shown = msg.session_event.script_compilation_exception
            self.problems.append(f"{shown.type}: {shown.message}")
        elif kind == "exception" and not referred:
            shown = msg.delta.new_element.exception
            if not shown.is_warning:
                self.problems.append(f"{shown.type}: {shown.message}")
        elif what == "script_finished":
            return self._finish(msg, now)
        return False

    def _finish(self, msg: ForwardMsg, now: float) -> bool:
        if msg.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if msg.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.problems.append("the script does not compile")
        self.finished_at = now
        return True
