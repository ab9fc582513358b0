"""Where something stands in a walkthrough's file, for messages that name the line."""

from __future__ import annotations

import re
from typing import Final

_STEP: Final = re.compile(r"^\s*\[\[\s*steps\s*\]\]")
_TABLE: Final = re.compile(r"^\s*\[\s*steps\.([\w.-]+)\s*\]")


def line_of(text: str, step: int | None, *path: str) -> int:
    """Line, as an editor counts it, of a key of a file.

    Args:
        text: The file.
        step: Position of the step from 0; ``None`` for keys above the steps.
        path: Keys from the step inwards, such as ``"figures", "active"``.

    Returns:
        The line; that of the nearest thing around the key where the key itself is missing.
    """
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines) if _STEP.match(line)]
    if step is None:
        block = range(0, starts[0] if starts else len(lines))
    elif step < len(starts):
        block = range(starts[step], starts[step + 1] if step + 1 < len(starts) else len(lines))
    else:
        return len(lines)
    for depth in range(len(path), 0, -1):
        table, wanted = "", ".".join(path[:depth])
        for number in block:
            head = _TABLE.match(lines[number])
            table = head[1] if head else table
            key = re.match(r'\s*"?([\w-]+)"?\s*[.=]', lines[number])
            here = f"{table}.{key[1]}" if key and table else key[1] if key else table
            if here == wanted:
                return number + 1
    return block.start + 1
