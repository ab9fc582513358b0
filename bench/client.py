"""One session over the websocket, speaking Streamlit's protocol as its frontend does.

The first request names the page by its URL path (``page_name``); after that the page is named by
the hash that the server answered with (``page_script_hash``). Each request carries the hashes of
the messages that the client still holds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from types import TracebackType
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from bench.messages import MessageCache, Rerun
from bench.widgets import Settings, Values, Widget, differences, states_for, widget_in

RERUN_TIMEOUT_SECONDS = 60.0
LOOPBACK = "127.0.0.1"


class SessionError(RuntimeError):
    """The session cannot go on: no answer in time, or the connection is gone."""


class NoAnswerError(SessionError):
    """A rerun was not answered in time."""

    def __init__(self, seconds: float) -> None:
        """Remember how long was waited."""
        super().__init__(f"no answer within {seconds:.0f} s")
        self.seconds = seconds


class Wire(ClientConnection):
    """A connection that counts what reaches it, as it travels: packed, with frames."""

    n_received = 0

    def data_received(self, data: bytes) -> None:
        """Count what has arrived and hand it on."""
        self.n_received += len(data)
        super().data_received(data)


class Session:
    """A browser tab, as far as the server can tell."""

    def __init__(
        self,
        base_url: str,
        page: str = "",
        settings: Settings | None = None,
        *,
        timeout: float = RERUN_TIMEOUT_SECONDS,
    ) -> None:
        """Prepare a session of one page; `open` connects.

        Args:
            base_url: Where the server is.
            page: The page's URL path; empty for the start page.
            settings: What the widgets show for each query string, as `learn` finds it.
            timeout: How long to wait for a rerun.

        Raises:
            ValueError: If the server is not on this machine's loopback address.
        """
        parts = urlsplit(base_url)
        if parts.hostname != LOOPBACK:
            raise ValueError(f"the bench drives {LOOPBACK} only, found {parts.hostname!r}")
        self._origin = f"http://{parts.netloc}"
        self._uri = f"ws://{parts.netloc}/_stcore/stream"
        self._page = page
        self._timeout = timeout
        self._settings = settings or {}
        self._query = ""
        self._set: Mapping[str, Values] = {}
        self._page_hash = ""
        self._cache = MessageCache()
        self._widgets: dict[str, Widget] = {}
        self._states: dict[str, WidgetState] = {}
        self._socket: Wire | None = None
        self._maps: set[str] = set()
        self.pages: dict[str, str] = {}

    async def __aenter__(self) -> Session:
        """Return the session itself; it connects when it is opened."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        await self.close()

    async def open(self, query: str = "") -> Rerun:
        """Connect and run the page for the first time."""
        connection = await connect(
            self._uri,
            origin=Origin(self._origin),
            subprotocols=[Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")],
            max_size=None,
            open_timeout=self._timeout,
            ping_interval=None,
            create_connection=Wire,
        )
        if not isinstance(connection, Wire):  # for the types only: it is what was asked for
            raise SessionError("the connection does not count what it receives")
        self._socket = connection
        self._query = query
        return await self._run(BackMsg())

    async def change(self, query: str) -> Rerun:
        """Make the filters what this query string says, by widgets where the page has them.

        A widget that is bound to the URL changes it before the rerun; for any other the URL
        stays until the server says otherwise, as in a browser. Where no widget stands for the
        query string, the change is sent as a move in the browser's history.
        """
        query = query.lstrip("?")
        request = BackMsg()
        wanted = self._settings.get(query, {})
        changes = differences(self._set, wanted)
        states = states_for(changes, self._widgets)
        if states:
            by = "widgets"
            if all(self._widgets[name].is_bound for name in changes):
                self._query = query
            self._set = wanted
            self._states |= {state.id: state for state in states}
        else:
            by = "none" if query == self._query else "url"
            request.rerun_script.is_history_navigation = by == "url"
            self._query = query
        run = await self._run(request)
        run.applied_by = by
        return run

    @property
    def shown(self) -> dict[str, Values]:
        """What the widgets show, of those that the server has set to other than their default."""
        return {
            name: widget.chosen
            for name, widget in self._widgets.items()
            if widget.chosen is not None
        }

    @property
    def _received(self) -> int:
        return 0 if self._socket is None else self._socket.n_received

    async def settle(self, run: Rerun, seconds: float = 0.15) -> None:
        """Count what still arrives after the run was finished."""
        deadline = time.perf_counter() + seconds
        before = self._received
        while (left := deadline - time.perf_counter()) > 0:
            try:
                async with asyncio.timeout(left):
                    data = await self._receive()
            except TimeoutError:
                break
            msg = ForwardMsg.FromString(data)
            run.n_bytes += len(data)
            run.n_messages += 1
            run.bytes_by_kind["after the run"] += len(data)
            self._take(msg)
        run.wire_bytes += self._received - before

    async def close(self) -> None:
        """Close the connection, if there is one."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def _run(self, request: BackMsg) -> Rerun:
        if self._socket is None:
            raise SessionError("the session is not open")
        self._fill(request)
        payload = request.SerializeToString()
        run, before = Rerun(sent_at=time.perf_counter()), self._received
        try:
            async with asyncio.timeout(self._timeout):
                await self._socket.send(payload)
                while not await self._step(run):
                    pass
        except TimeoutError as error:
            raise NoAnswerError(self._timeout) from error
        except ConnectionClosed as error:
            raise SessionError("the server closed the connection") from error
        run.wire_bytes = self._received - before
        run.map_changed = not run.map_hashes <= self._maps
        if run.map_hashes:  # a run of a fragment may draw no map: then the old ones stay
            self._maps = run.map_hashes
        return run

    async def _step(self, run: Rerun) -> bool:
        data = await self._receive()
        msg = ForwardMsg.FromString(data)
        if run.started_at is None and msg.WhichOneof("type") == "script_finished":
            return False  # the tail of an earlier run
        kind = self._take(msg)
        return run.add(msg, len(data), kind, time.perf_counter())

    async def _receive(self) -> bytes:
        if self._socket is None:
            raise SessionError("the session is not open")
        data = await self._socket.recv()
        if isinstance(data, str):
            raise SessionError("the server sent text; Streamlit speaks binary messages only")
        return data

    def _take(self, msg: ForwardMsg) -> str:
        """Follow the frontend's bookkeeping; return the kind of element drawn."""
        kind = self._cache.observe(msg)
        what = msg.WhichOneof("type")
        if what == "new_session":
            self._cache.max_age = msg.new_session.config.max_cached_message_age
            self._page_hash = msg.new_session.page_script_hash
        elif what == "navigation":
            self._page_hash = msg.navigation.page_script_hash
            self.pages = {
                "" if page.is_default else page.url_pathname: page.page_name
                for page in msg.navigation.app_pages
                if not page.is_hidden and not page.external_url
            }
        elif what == "page_info_changed":
            self._query = msg.page_info_changed.query_string
        elif what == "script_finished":
            if msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._cache.end_run(msg.metadata.run.fragment_ids)
        elif found := widget_in(msg):
            self._widgets[found[0]] = found[1]
        return kind

    def _fill(self, request: BackMsg) -> None:
        state = request.rerun_script
        state.query_string = self._query.lstrip("?")
        state.widget_states.widgets.extend(self._states.values())
        state.cached_message_hashes.extend(self._cache.hashes())
        if self._page_hash:
            state.page_script_hash = self._page_hash
        else:
            state.page_name = self._page
        context = state.context_info
        context.timezone = "Europe/London"
        context.locale = "en-GB"
        context.color_scheme = "light"
        context.url = f"{self._origin}/{self._page}"


async def learn(base_url: str, page: str, queries: Iterable[str]) -> Settings:
    """Open a page at each query string and return what its widgets then show."""
    found: dict[str, Mapping[str, Values]] = {}
    for query in dict.fromkeys(queries):
        async with Session(base_url, page) as session:
            await session.open(query)
            found[query] = session.shown
    return found
