"""The start command: a port that works or one clear line, and a wait for a warm app."""

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tools import serve

ROOT = Path(__file__).resolve().parents[2]
Statuses = Callable[..., str]


@contextmanager
def taken_port(host: str = "127.0.0.1") -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((host, 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def answers() -> Iterator[Statuses]:
    """Start a small server that answers with the statuses given, the last one for ever."""
    servers: list[HTTPServer] = []

    def start(*statuses: int) -> str:
        left = list(statuses)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(left.pop(0) if len(left) > 1 else left[0])
                self.end_headers()
                self.wfile.write(b"not yet")

            def log_message(self, *_: object) -> None:
                """Keep the test's output quiet."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def running() -> Iterator[subprocess.Popen[bytes]]:
    """A process that stands for the server and is still running."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize(("text", "port"), [("8501", 8501), ("1", 1), ("65535", 65535)])
def test_a_port_is_read(text: str, port: int) -> None:
    assert serve.read_port(text) == port


@pytest.mark.parametrize(
    "text", ["", "0", "65536", "-1", "80a", "8501.0", " 80", "８５０１", "1_0"]
)
def test_what_is_no_port_is_named_with_what_would_be(text: str) -> None:
    with pytest.raises(serve.CannotServeError, match="a number from 1 to 65535") as caught:
        serve.read_port(text)
    assert repr(text) in str(caught.value)


def test_a_free_port_passes() -> None:
    with taken_port() as port:
        pass
    serve.check_free("127.0.0.1", port)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_taken_port_says_so_and_names_another(host: str) -> None:
    with taken_port(host) as port, pytest.raises(serve.CannotServeError) as caught:
        serve.check_free("127.0.0.1", port)
    assert f"Port {port} on 127.0.0.1 cannot be used" in str(caught.value)
    assert f"make run PORT={port + 1}" in str(caught.value)


def test_an_address_of_another_machine_says_so() -> None:
    with pytest.raises(serve.CannotServeError, match=r"on 192\.0\.2\.1 cannot be used"):
        serve.check_free("192.0.2.1", 8501)


def test_the_command_serves_this_app_at_that_address() -> None:
    line = serve.command("0.0.0.0", 8600)
    assert line[:4] == [sys.executable, "-m", "streamlit", "run"]
    assert Path(line[4]) == ROOT / "asgi.py"
    assert Path(line[4]).is_file()
    assert line[line.index("--server.port") + 1] == "8600"
    assert line[line.index("--server.address") + 1] == "0.0.0.0"
    assert "--server.baseUrlPath" not in line
    assert serve.command("127.0.0.1", 8600, "atlas")[-2:] == ["--server.baseUrlPath", "atlas"]


def test_the_wait_ends_when_the_app_has_run(
    answers: Statuses, running: subprocess.Popen[bytes]
) -> None:
    serve.wait_until_warm(answers(503, 503, 200), running)


def test_the_wait_ends_at_once_when_the_app_has_an_error(
    answers: Statuses, running: subprocess.Popen[bytes]
) -> None:
    with pytest.raises(serve.CannotServeError, match=r"The app has an error \(500\)"):
        serve.wait_until_warm(answers(500), running)


def test_the_wait_ends_at_once_when_the_server_has_stopped(answers: Statuses) -> None:
    stopped = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    stopped.wait()
    with pytest.raises(serve.CannotServeError, match=r"stopped at once \(exit code 3\)"):
        serve.wait_until_warm(answers(503), stopped)


def test_the_wait_gives_up_and_says_what_it_heard(
    answers: Statuses, running: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "START_SECONDS", 0.4)
    with pytest.raises(serve.CannotServeError, match=r"not ready after 0\.4 s: not yet"):
        serve.wait_until_warm(answers(503), running)


def test_the_wait_asks_this_machine_and_no_proxy(
    answers: Statuses, running: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed networks set a proxy for everything, and it knows nothing of 127.0.0.1."""
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    # urllib reads the proxies once per process.
    monkeypatch.setattr(urllib.request, "_opener", None)
    monkeypatch.setattr(serve, "START_SECONDS", 0.4)
    serve.wait_until_warm(answers(200), running)


def test_stopping_ends_a_server_that_runs(running: subprocess.Popen[bytes]) -> None:
    serve.stop(running)
    assert running.poll() is not None


def test_stopping_a_server_that_has_ended_does_nothing() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    serve.stop(ended)
    assert ended.returncode == 0


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.serve"],
        cwd=ROOT,
        env={**os.environ, "HOST": "", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_starting_on_a_taken_port_fails_with_one_clear_line() -> None:
    with taken_port() as port:
        done = start(PORT=str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Cannot serve the Atlas. Port {port} on 127.0.0.1 cannot be used")
    assert f"make run PORT={port + 1}" in line


def test_starting_with_a_port_that_is_none_fails_with_one_clear_line() -> None:
    done = start(PORT="http")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("Cannot serve the Atlas. PORT is 'http'; expected a number")
