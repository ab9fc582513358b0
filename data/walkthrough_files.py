"""The files of the walkthroughs as they are written: text and values, nothing checked yet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

WALKTHROUGHS_PATH: Final = Path(__file__).resolve().parent / "walkthroughs"
_SYNTAX_LINE = re.compile(r" ?\(at line (\d+), column \d+\)$")


@dataclass(frozen=True)
class WalkthroughFile:
    """One file.

    Attributes:
        path: The file.
        text: What is written in it.
        values: The same as nested values; empty when it is not TOML.
        error: Why it is not TOML, or ``""``.
        error_line: Line of the error as an editor counts it, or 0.
    """

    path: Path
    text: str
    values: Mapping[str, Any] = field(hash=False)
    error: str = ""
    error_line: int = 0


def read_walkthrough(path: Path) -> WalkthroughFile:
    """Read one file.

    Raises:
        OSError: It cannot be read.
    """
    text = path.read_text(encoding="utf-8")
    try:
        return WalkthroughFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _SYNTAX_LINE.search(said)
        line = int(place[1]) if place else len(text.splitlines())
        return WalkthroughFile(path, text, {}, _SYNTAX_LINE.sub("", said), line)


def read_walkthroughs(folder: Path = WALKTHROUGHS_PATH) -> tuple[WalkthroughFile, ...]:
    """Every ``*.toml`` of a folder, by name.

    Raises:
        OSError: A file cannot be read.
    """
    return tuple(read_walkthrough(path) for path in sorted(folder.glob("*.toml")))
