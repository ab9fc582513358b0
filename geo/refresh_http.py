"""Ask a feature service for JSON, patiently but not for ever."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geo.errors import GeoError
from geo.refresh_input import plain

AGAIN_STATUS = frozenset({408, 429, 500, 502, 503, 504})
CHUNK = 1 << 16


class _PassingError(Exception):
    """A fault that may pass: the message says what was found."""


@dataclass
class Client:
    """Requests to one service, within limits that hold for all of them together.

    Attributes:
        timeout_s: Seconds of silence after which a request is given up.
        request_s: Seconds that one request may take in all.
        attempts: How often a request is tried.
        wait_s: Seconds before the second attempt; doubled before each further one.
        max_bytes: Bytes of all answers together.
        received: Bytes received so far.
    """

    timeout_s: float = 60.0
    request_s: float = 600.0
    attempts: int = 3
    wait_s: float = 1.0
    max_bytes: int = 200_000_000
    received: int = field(default=0, init=False)

    def get(self, url: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        """Ask for JSON.

        Args:
            url: The address, without a query.
            parameters: The query.

        Returns:
            The answer, an object.

        Raises:
            GeoError: If there is no usable answer after all attempts, the service refuses, or the
                answers are larger than ``max_bytes``.
        """
        address = f"{url}?{urllib.parse.urlencode(parameters)}"
        found = ""
        for attempt in range(self.attempts):
            if attempt:
                time.sleep(self.wait_s * 2 ** (attempt - 1))
            try:
                return self._parsed(self._read(address), url)
            except _PassingError as fault:
                found = str(fault)
        raise GeoError(
            f"Expected an answer from {url}, found {found}, {self.attempts} times. "
            "Check the connection and the address and run the command again; if it is cut "
            "off at the same place each time, ask for fewer areas at once with --page-size 1."
        )

    def _read(self, address: str) -> bytes:
        """Read one answer whole."""
        request = urllib.request.Request(
            address,
            headers={"User-Agent": "provider-collaboratives-atlas", "Accept": "application/json"},
        )
        shown = address.partition("?")[0]
        ends = time.monotonic() + self.request_s
        try:
            with urllib.request.urlopen(request, timeout=self.timeout_s) as answer:
                stated = answer.headers.get("Content-Length", "")
                expected = int(stated) if stated.isdecimal() else None
                body = bytearray()
                self._check_size(expected or 0, shown)
                while chunk := answer.read1(CHUNK):
                    body += chunk
                    self._check_size(len(body), shown)
                    if time.monotonic() > ends:
                        raise _PassingError(
                            f"no end of the answer within {self.request_s:g} seconds"
                        )
        except urllib.error.HTTPError as error:
            found = f"the answer {error.code} {plain(error.reason, 80)}"
            error.close()
            if error.code in AGAIN_STATUS:
                raise _PassingError(found) from error
            raise GeoError(
                f"Expected an answer from {shown}, found {found}. Check the "
                "address of the layer in a browser; a layer that asks for a sign-in cannot be used."
            ) from error
        except TimeoutError as error:
            raise _PassingError(f"no answer within {self.timeout_s:g} seconds") from error
        except http.client.IncompleteRead as error:
            raise _PassingError("an answer that was cut off") from error
        except urllib.error.URLError as error:
            raise _PassingError(_of(error.reason, self.timeout_s)) from error
        except (http.client.HTTPException, OSError) as error:
            raise _PassingError(f"a broken connection ({plain(error, 80)})") from error
        if expected is not None and len(body) < expected:
            raise _PassingError(f"an answer cut off after {len(body):,} of {expected:,} bytes")
        self.received += len(body)
        return bytes(body)

    def _check_size(self, more: int, shown: str) -> None:
        """Refuse what would go beyond the limit."""
        if self.received + more > self.max_bytes:
            raise GeoError(
                f"Expected at most {self.max_bytes / 1e6:g} MB from {shown}, found more. "
                "Use a generalised layer (ONS calls them BGC, BSC or BUC), or allow "
                "more with --max-mb."
            )

    def _parsed(self, body: bytes, url: str) -> dict[str, Any]:
        """Read JSON and recognise ArcGIS's way of reporting an error with status 200."""
        if body.lstrip()[:1] == b"<":
            raise GeoError(
                f"Expected JSON from {url}, found a web page. Check that the "
                "address is that of a layer (it ends in FeatureServer/ and a number), and that no "
                "sign-in page of the network answers instead."
            )
        try:
            document = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _PassingError(f"{len(body):,} bytes that are not whole JSON") from error
        if not isinstance(document, dict):
            raise GeoError(
                f"Expected a JSON object from {url}, found {type(document).__name__}. "
                "Check that the address is that of a layer of a feature service."
            )
        if "error" in document:
            self._refuse(document["error"], url)
        return document

    def _refuse(self, error: object, url: str) -> None:
        """Pass on an error that the service reports."""
        fields = error if isinstance(error, dict) else {"message": error}
        details = fields.get("details")
        said = [fields.get("message"), *(details if isinstance(details, list) else [])]
        words = plain(" ".join(str(part) for part in said if part)) or "no reason"
        code = fields.get("code")
        number = f" {code}" if isinstance(code, int) else ""
        found = f"the service's error{number} ({words})"
        if isinstance(code, int) and code in AGAIN_STATUS:
            raise _PassingError(found)
        raise GeoError(
            f"Expected an answer from {url}, found {found}. Check the number "
            "of the layer at the end of the address; a layer that asks for a token cannot be used."
        )


def _of(reason: object, timeout_s: float) -> str:
    """Put the reason of a failed connection into words."""
    if isinstance(reason, TimeoutError):
        return f"no answer within {timeout_s:g} seconds"
    return f"no connection ({plain(reason, 80)})"
