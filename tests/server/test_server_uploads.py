"""What is uploaded is never written to disk."""

from __future__ import annotations

import runpy
import tomllib
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

from data.own import limits

ROOT = Path(__file__).resolve().parents[2]


def test_the_server_takes_what_the_page_says() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == limits.FILE_MB


def test_an_upload_of_many_megabytes_is_parsed_without_a_file(
    monkeypatch: pytest.MonkeyPatch, run_async: Callable[..., Any]
) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1)
    runpy.run_path(str(ROOT / "asgi.py"))
    body = b"x" * (3 * limits.MB)
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'

    async def stream() -> AsyncGenerator[bytes, None]:
        yield head
        yield body
        yield b"\r\n--b--\r\n"

    headers = Headers({"content-type": "multipart/form-data; boundary=b"})
    form = run_async(MultiPartParser(headers, stream()).parse())
    file = form["f"]
    assert isinstance(file, UploadFile)
    assert file.size == len(body)
    # What Python calls a file in memory that has not been rolled over to disk.
    assert file.file._rolled is False  # type: ignore[attr-defined]
