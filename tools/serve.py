"""Serve the Atlas: ``python -m tools.serve``; ``make run`` calls it.

Starts Streamlit, runs the app once so that the first deep link to any page finds its router warm
and its tables loaded, says the address, and stops cleanly on Ctrl-C.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 90


class CannotServeError(Exception):
    """The app cannot be served; the message says why and what to do."""


def read_port(text: str) -> int:
    """The port in ``PORT``.

    Raises:
        CannotServeError: It is not a number from 1 to 65535.
    """
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise CannotServeError(
        f"PORT is {text!r}; expected a number from 1 to 65535. Try: make run PORT=8502"
    )


def check_free(host: str, port: int) -> None:
    """Make sure that nothing listens on the port.

    Raises:
        CannotServeError: The port is taken or the host is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServeError(
                f"Port {port} on {host} cannot be used ({error.strerror or error}). Perhaps "
                f"another program, or another Atlas, is using it. "
                f"Try another: make run PORT={port + 1 if port < 65535 else 8501}"
            ) from error


def command(host: str, port: int, below: str = "") -> list[str]:
    """The command line of the server, which serves everything below a path where one is given."""
    path = ["--server.baseUrlPath", below] if below else []
    return [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "asgi.py"),
        "--server.port", str(port), "--server.address", host, *path,
    ]  # fmt: skip


def wait_until_warm(base: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the app has run once without an error.

    Raises:
        CannotServeError: It did not come up in time, or the app has an error.
    """
    deadline = time.monotonic() + START_SECONDS
    # Closed networks set a proxy for everything, and it knows nothing of this machine.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    last = "it did not answer"
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CannotServeError(f"The server stopped at once (exit code {server.returncode}).")
        try:
            with direct.open(f"{base}/_stcore/script-health-check", timeout=60) as reply:
                if reply.status == 200:
                    return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise CannotServeError(
                    f"The app has an error ({error.code}); see above."
                ) from error
            last = error.read().decode("utf-8", "replace").strip()[:200] or "not ready"
        except (urllib.error.URLError, OSError) as error:
            last = str(error)
        time.sleep(0.3)
    raise CannotServeError(f"The app was not ready after {START_SECONDS} s: {last}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop the server, first politely."""
    if server.poll() is None:
        # Not SIGINT: Streamlit's command line answers that with "Aborted!".
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=8)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _reachable(host: str) -> str:
    """The host as a browser on this machine writes it."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
    return everywhere.get(host, f"[{host}]" if ":" in host else host)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Serve until interrupted.

    Returns:
        0 after Ctrl-C, 1 when the app cannot be served.
    """
    host = os.environ.get("HOST", "").strip() or "127.0.0.1"
    # Also where a shell started this in the background and had SIGINT ignored.
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    server: subprocess.Popen[bytes] | None = None
    try:
        port = read_port(os.environ.get("PORT", "").strip() or "8501")
        check_free(host, port)
        below = os.environ.get("BASE_PATH", "").strip().strip("/")
        began = time.monotonic()
        # A session of its own keeps the terminal's Ctrl-C from reaching the server twice.
        server = subprocess.Popen(
            command(host, port, below), cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL
        )
        base = f"http://{_reachable(host)}:{port}{f'/{below}' if below else ''}"
        wait_until_warm(base, server)
        print(f"The Atlas is ready after {time.monotonic() - began:.1f} s: {base}", flush=True)
        print("Stop it with Ctrl-C.", flush=True)
        return server.wait()
    except CannotServeError as error:
        print(f"Cannot serve the Atlas. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
        return 0
    finally:
        if server is not None:
            stop(server)


if __name__ == "__main__":
    sys.exit(main())
