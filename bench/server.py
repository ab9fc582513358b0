"""Start a Streamlit server on a free loopback port, read its CPU and memory, and stop it.

Each server gets a working folder and a HOME of its own when it is a floor, so that "default
settings" are the defaults and no one's own configuration.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).resolve().parent / "floors"
COARSE_BOUNDARIES = ROOT / "geo" / "boundaries" / "icb_2023_coarse.geojson"
BOUNDARIES_VARIABLE = "BENCH_BOUNDARIES"
START_TIMEOUT_SECONDS = 120.0
HOST = "127.0.0.1"

STREAMLIT = (sys.executable, "-m", "streamlit", "run")
LOOPBACK_OPTIONS = (
    "--server.headless=true",
    f"--server.address={HOST}",
    "--server.port={port}",
)


class ServerError(RuntimeError):
    """The server did not start."""


@dataclass(frozen=True)
class ServerSpec:
    """How to start a server: ``{port}`` in the command becomes the free port."""

    name: str
    command: tuple[str, ...]
    folder: Path | None = None
    """Where to run; None for an empty folder of its own."""
    script: Path | None = None
    """A floor's script, copied into that folder."""
    environment: Mapping[str, str] = field(default_factory=dict)

    def with_options(self, name: str, options: Mapping[str, str]) -> ServerSpec:
        """Return the same server with Streamlit options set, by environment variable."""
        extra = {option_variable(key): value for key, value in options.items()}
        return ServerSpec(
            name, self.command, self.folder, self.script, {**self.environment, **extra}
        )


def option_variable(option: str) -> str:
    """Return Streamlit's environment variable for an option.

    >>> option_variable("runner.postScriptGC")
    'STREAMLIT_RUNNER_POST_SCRIPT_GC'
    """
    section, _, name = option.partition(".")
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    return f"STREAMLIT_{section}_{words}".upper()


def floor(script: str, options: Mapping[str, str] | None = None) -> ServerSpec:
    """Return the server of a floor: one script of ``bench/floors``, default settings."""
    command = (*STREAMLIT, f"{script}.py", *LOOPBACK_OPTIONS)
    spec = ServerSpec(script, command, None, FLOORS / f"{script}.py")
    return spec.with_options(script, {"browser.gatherUsageStats": "false", **(options or {})})


def atlas(command: str = "") -> ServerSpec:
    """Return the server of the Atlas: the given command, or the one of ``make run``.

    The port also reaches the command in ``PORT``, and the address in ``HOST``.
    """
    words = command.split() if command else ["python", "-m", "tools.serve"]
    if words[0] in {"python", "python3"}:
        words[0] = sys.executable
    return ServerSpec("atlas", tuple(words), ROOT)


def boundaries() -> Path:
    """Return the boundaries that the floors draw.

    Raises:
        ServerError: If they have not been built.
    """
    path = Path(os.environ.get(BOUNDARIES_VARIABLE) or COARSE_BOUNDARIES)
    if not path.is_file():
        raise ServerError(
            f"no boundaries for the naive page: expected {path.name} in {path.parent.name}/; "
            f"build them with `python -m geo build`, or name a GeoJSON in {BOUNDARIES_VARIABLE}"
        )
    return path


class Server:
    """A running server and what it costs."""

    def __init__(self, spec: ServerSpec, process: subprocess.Popen[bytes], url: str) -> None:
        """Watch a process that serves at a URL."""
        self.spec = spec
        self.url = url
        self._process = process
        self._watched = psutil.Process(process.pid)

    def _family(self) -> list[psutil.Process]:
        return [self._watched, *self._watched.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Return the CPU time, user and system, that the server has used until now."""
        total = 0.0
        for process in self._family():
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def rss_bytes(self) -> int:
        """Return the resident memory of the server."""
        total = 0
        for process in self._family():
            with contextlib.suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
        return total


@contextlib.contextmanager
def running(spec: ServerSpec) -> Iterator[Server]:
    """Serve for the length of a ``with`` block.

    Raises:
        ServerError: If the server does not answer in time.
    """
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        home = Path(scratch, "home")
        home.mkdir()
        folder = spec.folder or _stage(spec, Path(scratch, "app"))
        log = Path(scratch, "server.log")
        with log.open("wb") as output:
            process = subprocess.Popen(
                [word.replace("{port}", str(port)) for word in spec.command],
                cwd=folder,
                env=_environment(spec, home, port),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        url = f"http://{HOST}:{port}"
        try:
            _await_ready(process, url, log, spec.name)
            yield Server(spec, process, url)
        finally:
            _stop(process)


def _stage(spec: ServerSpec, folder: Path) -> Path:
    """Lay out a floor: its script and, beside it, a folder for static files."""
    (folder / "static").mkdir(parents=True)
    if spec.script is not None:
        shutil.copy(spec.script, folder)
        if spec.script.stem != "title":
            shutil.copy(boundaries(), folder / "static" / "boundaries.geojson")
    return folder


def _environment(spec: ServerSpec, home: Path, port: int) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")}
    own = {"PORT": str(port), "HOST": HOST, **spec.environment}
    if spec.folder is None:
        own["HOME"] = str(home)
    return kept | own


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _await_ready(process: subprocess.Popen[bytes], url: str, log: Path, name: str) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServerError(f"the server of {name!r} stopped at once:\n{_tail(log)}")
        with (
            contextlib.suppress(URLError, OSError),
            urlopen(f"{url}/_stcore/health", timeout=2) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise ServerError(f"the server of {name!r} gave no answer at {url}:\n{_tail(log)}")


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _stop(process: subprocess.Popen[bytes], patience: Sequence[float] = (8, 5)) -> None:
    """Ask the server and its children to stop, then make them."""
    for sign, seconds in zip((signal.SIGTERM, signal.SIGKILL), patience, strict=True):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
            return
